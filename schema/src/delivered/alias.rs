//! `{locale}/{page}.json`: the plain alias, i18next JSON v4.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::PageFile;
use crate::message::{Message, kind_shown, plain};
use crate::{EntryKey, Kind, Locale};

/// How the plain aliases lay out dotted keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AliasLayout {
    /// `{ "nav.home": "Home" }`
    #[default]
    Flat,
    /// `{ "nav": { "home": "Home" } }`
    Nested,
}

impl AliasLayout {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(super) fn is_flat(&self) -> bool {
        *self == Self::Flat
    }
}

impl PageFile {
    /// The plain alias of the file in `own` locale. `html` are the entries that are markup although
    /// no element shows it.
    pub fn alias(&self, own: &Locale, layout: AliasLayout, html: &BTreeSet<EntryKey>) -> Value {
        let texts = self.each(own).flat_map(|(locale, key, message)| {
            let kind = if html.contains(key) { Kind::Html } else { kind_shown(message) };
            let texts = plain(message, locale, kind).texts.into_iter();
            texts.map(move |(suffix, text)| (format!("{key}{suffix}"), text))
        });
        let texts: BTreeMap<String, String> = texts.collect();
        match layout {
            AliasLayout::Flat => texts.into_iter().map(|(key, text)| (key, Value::String(text))).collect(),
            AliasLayout::Nested => nested(texts),
        }
    }

    /// How many messages the plain alias shows in their default form, having none of its own.
    pub fn simplified(&self, own: &Locale) -> u64 {
        let simplified = |locale: &Locale, message: &Message| plain(message, locale, kind_shown(message)).simplified;
        self.each(own).filter(|(locale, _, message)| simplified(locale, message)).count() as u64
    }
}

/// A key that is also the beginning of others stays whole: i18next finds it all the same.
pub(crate) fn nested(texts: BTreeMap<String, String>) -> Value {
    let mut root = Map::new();
    for (key, text) in texts {
        if let Some(text) = insert(&mut root, &key, text) {
            root.insert(key, Value::String(text));
        }
    }
    Value::Object(root)
}

/// Gives the text back where something else is in its place.
fn insert(object: &mut Map<String, Value>, key: &str, text: String) -> Option<String> {
    let Some((first, rest)) = key.split_once('.') else {
        if object.contains_key(key) {
            return Some(text);
        }
        object.insert(key.to_owned(), Value::String(text));
        return None;
    };
    match object.entry(first.to_owned()).or_insert_with(|| Value::Object(Map::new())) {
        Value::Object(inner) => insert(inner, rest, text),
        _ => Some(text),
    }
}
