//! What became of a file, for people.

use std::fmt;

use copydesk_schema::Invalid;
use copydesk_schema::message::Failure;

/// What became of a file's tagged elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries were written, as content, attribute or JSON-LD.
    pub filled: usize,
    /// What stays as the host wrote it, in the order of the file.
    pub kept: Vec<Kept>,
}

/// Something that stays as the host wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The line in the file, from 1.
    pub line: usize,
    /// The key of the entry as it is written there, or the tag.
    pub what: String,
    /// Why.
    pub why: Why,
}

/// Why something stays as the host wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// There is no such entry on the pages that it was looked for on.
    #[error("no such entry is delivered on {0}")]
    Missing(String),
    /// Its arguments are not known beforehand, or do not fit.
    #[error("{0}: give it in data-copy-args if it is always the same")]
    Failed(#[from] Failure),
    /// Nothing says where to look for it.
    #[error("no element around it names a page: set data-copy-page on body")]
    NoPage,
    /// What names it is no name.
    #[error(transparent)]
    Name(#[from] Invalid),
    /// Attributes have nothing to be named after.
    #[error("data-copy-attrs needs data-copy beside it")]
    NoKey,
    /// The arguments are malformed.
    #[error("data-copy-args is not a JSON object of texts and numbers: {0}")]
    Arguments(String),
    /// Copy may not set that attribute.
    #[error("copy may not set {attribute} on <{tag}>")]
    Attribute {
        /// The attribute.
        attribute: String,
        /// The element.
        tag: String,
    },
    /// The element takes no words.
    #[error("<{0}> takes no words")]
    Element(String),
    /// Nobody can tell where the element ends.
    #[error("the end tag of <{0}> is missing or in the wrong place")]
    Unclosed(String),
    /// A browser would close the element too early.
    #[error("the entry has <{inner}>, which cannot stand in <{outer}>: use a <div>, or change the entry")]
    Nested {
        /// What the entry brings.
        inner: String,
        /// What it would stand in.
        outer: String,
    },
    /// An element around it was filled and has no place for it.
    #[error("it stands in an element that was filled: make it a slot with data-copy-name, or tag only one of them")]
    Inside,
    /// The JSON-LD cannot be filled.
    #[error("{0}")]
    JsonLd(&'static str),
    /// There is no place for the canonical link and the alternates.
    #[error("the head has no end: write </head>, so that it can have links to the other languages")]
    NoHead,
}

impl Report {
    /// The keys that are not delivered, in the order of the file.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().filter(|kept| matches!(kept.why, Why::Missing(_))).map(|kept| kept.what.as_str())
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.what, self.why)
    }
}
