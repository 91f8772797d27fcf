//! What a translator is given and returns, whatever the format of the file.

use std::collections::BTreeSet;
use std::fmt;

use super::Skipped;
use crate::{EntryKey, Kind, Locale, PageId, Pattern, Seq};

/// What a translator is given: one page in one locale beside its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The page.
    pub page: PageId,
    /// The locale that is translated from.
    pub source: Locale,
    /// The locale that is translated to.
    pub locale: Locale,
    /// The page's entries, in their order.
    pub units: Vec<Unit>,
}

/// One entry of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub key: EntryKey,
    /// What it may hold.
    pub kind: Kind,
    /// Its value in the source locale.
    pub source: Pattern,
    /// The version of that source text.
    pub source_version: Seq,
    /// Its value in the locale, where it has one.
    pub value: Option<Pattern>,
    /// The version of that value; [`Seq::NONE`] without one.
    pub version: Seq,
    /// A note for translators.
    pub note: String,
    /// The most characters that the value should have.
    pub max_length: Option<u32>,
    /// The translation is missing, outdated or has findings.
    pub needs_work: bool,
}

/// What a translator returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// The page that the file names.
    pub page: Option<PageId>,
    /// The source locale that the file names.
    pub source: Option<Locale>,
    /// The locale that the file names.
    pub locale: Option<Locale>,
    /// The values, in the file's order. What has no translation is not among them.
    pub values: Vec<ReturnedValue>,
    /// What cannot be taken.
    pub skipped: Vec<Skipped>,
}

/// One returned value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedValue {
    /// Its key.
    pub key: EntryKey,
    /// The value.
    pub value: Pattern,
    /// The version that it was exported from; absent when the file does not say.
    pub version: Option<Seq>,
    /// The version of the source text that it was translated from; absent when the file does not
    /// say, and then it is no export of ours.
    pub source_version: Option<Seq>,
    /// The file says that somebody still has to look at it.
    pub fuzzy: bool,
    /// The source text beside it, for imports that create entries.
    pub source: Option<Pattern>,
    /// The note beside it.
    pub note: String,
    /// What the entry may hold, where the file says so.
    pub kind: Option<Kind>,
}

/// Collects what a file returns. The first value of a key counts.
#[derive(Default)]
pub(super) struct Taking {
    seen: BTreeSet<EntryKey>,
    pub(super) found: Returned,
}

impl Taking {
    /// Takes what could be made of one unit: a value, nothing, or the reason why not.
    pub(super) fn take(&mut self, line: usize, unit: Result<Option<ReturnedValue>, String>) {
        match unit {
            Ok(Some(value)) if self.seen.insert(value.key.clone()) => self.found.values.push(value),
            Ok(Some(value)) => {
                let reason = format!("{} is in this file already; the first one was taken", value.key);
                self.skip(line, reason);
            }
            Ok(None) => {}
            Err(reason) => self.skip(line, reason),
        }
    }

    /// Notes what cannot be taken.
    pub(super) fn skip(&mut self, line: usize, reason: String) {
        self.found.skipped.push(Skipped { line, reason });
    }
}

/// The value of `key`, or a sentence that says what is wrong with it.
pub(super) fn value_of(key: &EntryKey, text: &str) -> Result<Pattern, String> {
    Pattern::parse(text).map_err(|error| format!("correct the translation of {key}: {error}"))
}

/// How a kind is called in files.
pub(super) fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Html => "html",
    }
}

/// The reverse of [`name_of`].
pub(super) fn kind_named(name: &str) -> Option<Kind> {
    match name {
        "text" => Some(Kind::Text),
        "html" => Some(Kind::Html),
        _ => None,
    }
}

const MARK: &str = "copydesk:";

/// What a comment says about its unit: `copydesk: version=41 kind=html`. A comment that a person can
/// read is what the formats have in common and what translators' tools keep most reliably. It is
/// known by its text alone, since tools drop the attributes of comments sooner than their text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) version: Option<Seq>,
    pub(super) source: Option<Seq>,
    pub(super) kind: Option<Kind>,
    pub(super) variable: Option<String>,
    /// Only written, for people; what an entry allows is not changed by an import.
    pub(super) max_length: Option<u32>,
}

impl Mark {
    /// The mark of a unit; versions and kind only.
    pub(super) fn of(unit: &Unit) -> Self {
        let (version, source) = (Some(unit.version), Some(unit.source_version));
        Self { version, source, kind: Some(unit.kind), ..Self::default() }
    }

    /// The mark that `text` is, if it is one. Names that are not known are passed over.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut mark = Self::default();
        for field in text.trim().strip_prefix(MARK)?.split_whitespace() {
            let (name, value) = field.split_once('=')?;
            match name {
                "version" => mark.version = Some(Seq(value.parse().ok()?)),
                "source" => mark.source = Some(Seq(value.parse().ok()?)),
                "kind" => mark.kind = Some(kind_named(value)?),
                "variable" => mark.variable = Some(value.to_owned()),
                _ => {}
            }
        }
        mark.version.is_some().then_some(mark)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MARK)?;
        if let Some(version) = self.version {
            write!(f, " version={version}")?;
        }
        if let Some(source) = self.source {
            write!(f, " source={source}")?;
        }
        if let Some(kind) = self.kind {
            write!(f, " kind={}", name_of(kind))?;
        }
        if let Some(variable) = &self.variable {
            write!(f, " variable={variable}")?;
        }
        if let Some(most) = self.max_length {
            write!(f, " max-length={most}")?;
        }
        Ok(())
    }
}
