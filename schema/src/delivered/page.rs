//! `{locale}/{page}.{n}.json`: a page's copy in a locale.

use std::collections::BTreeMap;

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::FORMAT;
use crate::limits::NEXT;
use crate::message::{Malformed, Message};
use crate::{EntryKey, Locale, PageId};

/// A page's copy in a locale. As JSON it is a list, since the names of fields would be a fortieth of
/// what a visitor loads: `[format, copy, { locale: copy }, [page, …]]`, the last two only where there
/// is something in them; a copy is `["key key …", message, message, …]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFile {
    /// The copy in the locale itself, by key.
    pub copy: Copy,
    /// What fell back, by the locale that it is in and is shown by the rules of.
    pub fallbacks: BTreeMap<Locale, Copy>,
    /// Pages that a visitor is likely to see next, at most five.
    pub next: Vec<PageId>,
}

/// Messages by key.
pub type Copy = BTreeMap<EntryKey, Message>;

impl Serialize for PageFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(&FORMAT)?;
        list.serialize_element(&Listed(&self.copy))?;
        if !self.fallbacks.is_empty() || !self.next.is_empty() {
            let fallbacks: BTreeMap<&Locale, Listed<'_>> =
                self.fallbacks.iter().map(|(locale, copy)| (locale, Listed(copy))).collect();
            list.serialize_element(&fallbacks)?;
        }
        if !self.next.is_empty() {
            list.serialize_element(&self.next)?;
        }
        list.end()
    }
}

/// Keys in one text, then the messages: keys compress best side by side.
struct Listed<'c>(&'c Copy);

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        if !self.0.is_empty() {
            let keys: Vec<&str> = self.0.keys().map(EntryKey::as_str).collect();
            list.serialize_element(&keys.join(" "))?;
        }
        self.0.values().try_for_each(|message| list.serialize_element(message))?;
        list.end()
    }
}

/// Why bytes are no page file.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// It is not of that shape.
    #[error("this is no page file: {0}")]
    Shape(#[from] serde_json::Error),
    /// It is of another version.
    #[error("this page file is of format {0}; {FORMAT} is known")]
    Format(String),
    /// Its keys are not those of its messages.
    #[error("this page file has not as many keys as messages")]
    Keys,
}

impl PageFile {
    /// Reads a page file that may have been tampered with. An entry that is not as compiling leaves
    /// it is left out, and named.
    pub fn read(bytes: &[u8]) -> Result<(Self, Vec<(String, Malformed)>), PageError> {
        let list: Vec<Value> = serde_json::from_slice(bytes)?;
        let mut list = list.into_iter();
        let format = list.next().unwrap_or_default();
        if format != FORMAT {
            return Err(PageError::Format(format.to_string()));
        }
        let mut refused = Vec::new();
        let copy = read_copy(serde_json::from_value(list.next().unwrap_or_default())?, &mut refused)?;
        let others: BTreeMap<Locale, Vec<Value>> = list.next().map_or(Ok(BTreeMap::new()), serde_json::from_value)?;
        let fallbacks = others.into_iter().map(|(locale, copy)| Ok((locale, read_copy(copy, &mut refused)?)));
        let fallbacks = fallbacks.collect::<Result<_, PageError>>()?;
        let mut next: Vec<PageId> = list.next().map_or(Ok(Vec::new()), serde_json::from_value)?;
        next.truncate(NEXT);
        Ok((Self { copy, fallbacks, next }, refused))
    }

    /// Each entry, with the locale that it is in; `own` is the file's.
    pub fn each<'f>(&'f self, own: &'f Locale) -> impl Iterator<Item = (&'f Locale, &'f EntryKey, &'f Message)> {
        let copies = self.fallbacks.iter().chain([(own, &self.copy)]);
        copies.flat_map(|(locale, copy)| copy.iter().map(move |(key, message)| (locale, key, message)))
    }
}

fn read_copy(list: Vec<Value>, refused: &mut Vec<(String, Malformed)>) -> Result<Copy, PageError> {
    let mut list = list.into_iter();
    let keys = match list.next() {
        None => return Ok(Copy::new()),
        Some(Value::String(keys)) => keys,
        Some(_) => return Err(PageError::Keys),
    };
    let keys: Vec<&str> = keys.split(' ').collect();
    if keys.len() != list.len() {
        return Err(PageError::Keys);
    }
    let mut copy = Copy::new();
    for (key, value) in keys.into_iter().zip(list) {
        match (key.parse::<EntryKey>(), Message::from_json(value)) {
            (Ok(key), Ok(message)) => drop(copy.insert(key, message)),
            (Ok(_), Err(error)) => refused.push((key.to_owned(), error)),
            (Err(_), _) => refused.push((key.to_owned(), Malformed::NAME)),
        }
    }
    Ok(copy)
}
