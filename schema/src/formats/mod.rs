//! How copy comes in and goes out. Text in, text out: reading and writing files is the caller's.

pub mod csv_file;
pub mod file;
pub mod ftl;
pub mod i18next;
pub mod po;
pub mod sheet;
mod slots;
pub mod xliff;

use crate::{EntryKey, Invalid, Kind, PageId, Pattern, Seq};

/// One piece of copy in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its key.
    pub key: EntryKey,
    /// Its value.
    pub value: Pattern,
    /// What the file says about it.
    pub note: String,
    /// What the file says it may hold.
    pub kind: Option<Kind>,
    /// The version that the file was exported from: what a save of it stands on.
    pub version: Option<Seq>,
    /// The version of the source text beside it; only exports of ours say it.
    pub source_version: Option<Seq>,
    /// The file says that somebody still has to look at it.
    pub fuzzy: bool,
}

impl Message {
    /// A message of a file that says no more than that.
    pub fn new(key: EntryKey, value: Pattern, note: impl Into<String>) -> Self {
        Self { key, value, note: note.into(), kind: None, version: None, source_version: None, fuzzy: false }
    }
}

/// Something in a file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Where, counting from 1; 0 when the format has no lines.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// A file's contents, as far as they can be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What the file says about itself.
    pub note: String,
    /// Its messages, in the file's order.
    pub messages: Vec<Message>,
    /// The rest.
    pub skipped: Vec<Skipped>,
    /// What was taken, but not as it was.
    pub changed: Vec<Skipped>,
}

/// The kind that fits a value: markup makes it `html`.
pub fn kind_of(value: &Pattern) -> Kind {
    let source = value.as_str();
    let last = source.rfind('>').unwrap_or_default();
    let tag = |at: usize| source[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && at < last;
    if source.match_indices('<').any(|(at, _)| tag(at)) { Kind::Html } else { Kind::Text }
}

/// The page of a file by its path without extension: folders are joined by `--`.
pub fn page_of_path(path: &str) -> Result<PageId, Invalid> {
    let parts: Vec<&str> = path.split('/').collect();
    let unclear = |part: &&str| part.contains("--") || part.starts_with('-') || part.ends_with('-');
    if parts.iter().any(unclear) {
        let remedy = "a folder or file name may not hold --, nor begin or end with a hyphen, since -- joins them";
        return Err(Invalid::new("path of a page", path, remedy));
    }
    parts.join("--").parse()
}

/// The reverse of [`page_of_path`].
pub fn path_of_page(page: &PageId) -> String {
    page.as_str().replace("--", "/")
}

#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod tests;
