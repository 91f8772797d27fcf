//! The files that sites fetch. The bytes depend on nothing but what is passed in. The formats are
//! specified in `schema/README.md` and frozen by snapshots.

mod alias;
mod page;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use alias::AliasLayout;
pub(crate) use alias::nested;
pub use page::{Copy, PageError, PageFile};

use crate::message::number::may_write_other_digits;
use crate::objects::ObjectKey;
use crate::{EntryKey, Locale, PageId, ProjectId, ReleaseNumber, Seq, Switch};

/// The version of the delivered formats.
pub const FORMAT: u32 = 1;
/// The version of the cleaning policy (`message::markup`): a release built under an older one is
/// built again by the next publish.
pub const POLICY: u32 = 1;

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
    /// Those of them that are written from right to left.
    #[serde(default)]
    pub rtl: Vec<Locale>,
    /// Those of them that may write numbers with other digits than 0 to 9: to a reader all others are plain.
    #[serde(default)]
    pub digits: Vec<Locale>,
    /// For each page, the number of its file in each locale; 0 where there is none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pages: BTreeMap<PageId, Vec<u64>>,
    /// In place of `pages` where those would be too many: for each locale, the number of its own
    /// manifest, `manifests/{locale}.{n}.json`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manifests: Vec<u64>,
}

/// `manifests/{locale}.{n}.json`: of a large site, which file numbers of a locale are live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocaleManifest {
    /// [`FORMAT`].
    pub format: u32,
    /// The locale alone: read as the live manifest is.
    pub locales: Vec<Locale>,
    /// For each page that the locale has, the number of its file.
    pub pages: BTreeMap<PageId, Vec<u64>>,
}

/// The most bytes of all file numbers as JSON that a live manifest holds itself.
pub const MANIFEST_BYTES: usize = 64 * 1024;

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
    /// The oldest cleaning policy that any of its files was made under.
    pub policy: u32,
    /// How the plain aliases are laid out.
    #[serde(default, skip_serializing_if = "AliasLayout::is_flat")]
    pub alias: AliasLayout,
    /// The numbers of the manifests by locale, where the live manifest names those instead of all files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub manifests: BTreeMap<Locale, ReleaseNumber>,
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
    /// Entries of the page that have no value to show, so that the site keeps its own words.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub left_out: u64,
    /// Messages that the plain alias cannot express and shows in their default form.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub simplified: u64,
    /// Entries that are markup although no element shows it: the plain alias says so by escaping.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub html: BTreeSet<EntryKey>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl ReleaseFile {
    /// The live manifest that makes this release live at `switch`.
    pub fn live(&self, switch: Switch) -> LiveManifest {
        let is_large = !self.manifests.is_empty();
        let manifest = |locale| self.manifests.get(locale).map_or(0, |number: &ReleaseNumber| number.0);
        LiveManifest {
            format: FORMAT,
            project: self.project.clone(),
            release: self.release,
            switch,
            source: self.source.clone(),
            locales: self.locales.clone(),
            rtl: self.locales.iter().filter(|locale| locale.is_right_to_left()).cloned().collect(),
            digits: self.locales.iter().filter(|locale| may_write_other_digits(locale)).cloned().collect(),
            pages: if is_large { BTreeMap::new() } else { self.numbers() },
            manifests: if is_large { self.locales.iter().map(manifest).collect() } else { Vec::new() },
        }
    }

    /// For each page, the number of its file in each locale; 0 where there is none.
    fn numbers(&self) -> BTreeMap<PageId, Vec<u64>> {
        let number = |file: Option<&FileEntry>| file.map_or(0, |file| file.number.0);
        let numbers =
            |files: &BTreeMap<Locale, FileEntry>| self.locales.iter().map(|locale| number(files.get(locale))).collect();
        self.files.iter().map(|(page, files)| (page.clone(), numbers(files))).collect()
    }

    /// Whether there are more files than a live manifest holds.
    pub fn is_large(&self) -> bool {
        to_json(&self.numbers()).len() > MANIFEST_BYTES
    }

    /// Which files of one locale it consists of.
    pub fn manifest(&self, locale: &Locale) -> LocaleManifest {
        let number = |files: &BTreeMap<Locale, FileEntry>| files.get(locale).map(|file| vec![file.number.0]);
        let pages = self.files.iter().filter_map(|(page, files)| Some((page.clone(), number(files)?))).collect();
        LocaleManifest { format: FORMAT, locales: vec![locale.clone()], pages }
    }

    /// What it consists of, besides this file.
    pub fn objects(&self) -> impl Iterator<Item = ObjectKey> {
        let page = |(page, locale, file): (&PageId, &Locale, &FileEntry)| {
            ObjectKey::Page(self.project.clone(), locale.clone(), page.clone(), file.number)
        };
        let manifest = |(locale, number): (&Locale, &ReleaseNumber)| {
            ObjectKey::Manifest(self.project.clone(), locale.clone(), *number)
        };
        self.each().map(page).chain(self.manifests.iter().map(manifest))
    }

    /// Whether its files are as they would be made now.
    pub fn is_current(&self) -> bool {
        self.format == FORMAT && self.policy == POLICY
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
