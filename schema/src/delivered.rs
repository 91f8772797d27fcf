//! The files that sites fetch. The bytes depend on nothing but what is passed in.
//!
//! All formats are at 0: not frozen, since page files still carry pattern source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{EntryKey, Kind, Locale, PageId, Pattern, ProjectId, ReleaseNumber, Seq, Switch};

/// The version of the delivered formats.
pub const FORMAT: u32 = 0;
/// The version of the cleaning policy; 0: none yet.
pub const POLICY: u32 = 0;

/// `live.json`: which file numbers are live. One of these is replaced at every switch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveManifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The project.
    pub project: ProjectId,
    /// The live release.
    pub release: ReleaseNumber,
    /// The fence: only grows.
    pub switch: Switch,
    /// The source locale.
    pub source: Locale,
    /// The locales, in the order in which `pages` lists their numbers.
    pub locales: Vec<Locale>,
    /// For each page, the number of its file in each locale; 0 where there is none.
    pub pages: BTreeMap<PageId, Vec<u64>>,
}

/// `releases/{n}.json`: everything a release consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The project.
    pub project: ProjectId,
    /// The release.
    pub release: ReleaseNumber,
    /// The point in the log that it was cut at.
    pub cut: Seq,
    /// The source locale.
    pub source: Locale,
    /// The locales.
    pub locales: Vec<Locale>,
    /// The publisher's version.
    pub publisher: String,
    /// The cleaning policy's version.
    pub policy: u32,
    /// Every page file, by page, then by locale.
    pub files: BTreeMap<PageId, BTreeMap<Locale, FileEntry>>,
}

/// One page file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The release in which its bytes last changed: part of its name.
    pub number: ReleaseNumber,
    /// The point in the log that it shows.
    pub cut: Seq,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// A page's copy in a locale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFile {
    /// [`FORMAT`].
    pub format: u32,
    /// The locale.
    pub locale: Locale,
    /// The page.
    pub page: PageId,
    /// The copy by key.
    pub entries: BTreeMap<EntryKey, Copy>,
}

/// One entry's copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Copy {
    /// Text in the file's own locale.
    Own(Pattern),
    /// Anything that needs saying more.
    Full {
        /// The pattern.
        value: Pattern,
        /// What it holds.
        #[serde(default, skip_serializing_if = "is_text")]
        kind: Kind,
        /// The locale it fell back to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        locale: Option<Locale>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_text(kind: &Kind) -> bool {
    *kind == Kind::Text
}

impl Copy {
    /// The copy of an entry, as short as it can be said.
    pub fn new(value: Pattern, kind: Kind, fallback: Option<Locale>) -> Self {
        if kind == Kind::Text && fallback.is_none() {
            Self::Own(value)
        } else {
            Self::Full { value, kind, locale: fallback }
        }
    }

    /// The pattern.
    pub fn value(&self) -> &Pattern {
        match self {
            Self::Own(value) | Self::Full { value, .. } => value,
        }
    }
}

impl PageFile {
    /// The plain alias: key to text, for anybody's client.
    pub fn alias(&self) -> BTreeMap<&EntryKey, &str> {
        self.entries.iter().map(|(key, copy)| (key, copy.value().as_str())).collect()
    }
}

impl ReleaseFile {
    /// The live manifest that makes this release live at `switch`.
    pub fn live(&self, switch: Switch) -> LiveManifest {
        let numbers = |locales: &BTreeMap<Locale, FileEntry>| {
            self.locales.iter().map(|locale| locales.get(locale).map_or(0, |file| file.number.0)).collect()
        };
        LiveManifest {
            format: FORMAT,
            project: self.project.clone(),
            release: self.release,
            switch,
            source: self.source.clone(),
            locales: self.locales.clone(),
            pages: self.files.iter().map(|(page, locales)| (page.clone(), numbers(locales))).collect(),
        }
    }

    /// The entry of one file.
    pub fn file(&self, locale: &Locale, page: &PageId) -> Option<&FileEntry> {
        self.files.get(page)?.get(locale)
    }

    /// Every file, by page, then by locale.
    pub fn each(&self) -> impl Iterator<Item = (&PageId, &Locale, &FileEntry)> {
        self.files.iter().flat_map(|(page, locales)| locales.iter().map(move |(locale, file)| (page, locale, file)))
    }
}

impl LiveManifest {
    /// The number of one file, if it is live.
    pub fn number(&self, locale: &Locale, page: &PageId) -> Option<ReleaseNumber> {
        let column = self.locales.iter().position(|live| live == locale)?;
        let number = *self.pages.get(page)?.get(column)?;
        (number > 0).then_some(ReleaseNumber(number))
    }
}

/// Compact JSON. Our formats have only text keys, so this cannot fail.
pub fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("delivered formats have only text keys")
}

/// SHA-256 in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    sha2::Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
