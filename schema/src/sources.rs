//! What releases were made of: patterns and structure as they were at the cut. The publisher keeps it in a private bucket,
//! as the way back when the table is lost. Formats are versioned as what is delivered is.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::copies::{Copies, Lookup};
use crate::{
    EntryInfo, EntryKey, Locale, LocaleInfo, PageId, PageInfo, Pattern, ProjectId, ReleaseNumber, Seq, Settings,
    Structure,
};

/// The version of both formats.
pub const FORMAT: u32 = 1;

/// A private object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SourceKey {
    /// `{p}/releases/{n}.json`: a [`SourceRelease`].
    Release(ProjectId, ReleaseNumber),
    /// `{p}/values/{sha256}.json`: [`Values`], called by their own digest.
    Values(ProjectId, String),
}

impl fmt::Display for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Release(p, n) => write!(f, "{p}/releases/{n}.json"),
            Self::Values(p, sha256) => write!(f, "{p}/values/{sha256}.json"),
        }
    }
}

/// The own values of a page in a locale: nothing that it falls back on.
pub type Values = BTreeMap<EntryKey, Pattern>;

/// A page as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePage {
    /// What was known of it.
    #[serde(flatten)]
    pub info: PageInfo,
    /// What was on it.
    pub entries: BTreeMap<EntryKey, EntryInfo>,
}

/// Everything that a release was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRelease {
    /// [`FORMAT`].
    pub format: u32,
    /// The project.
    pub project: ProjectId,
    /// Its release.
    pub release: ReleaseNumber,
    /// The point in the log that it shows, in its scope.
    pub cut: Seq,
    /// The project's name.
    pub name: String,
    /// The source locale.
    pub source: Locale,
    /// What its admins chose.
    pub settings: Settings,
    /// Locales.
    pub locales: BTreeMap<Locale, LocaleInfo>,
    /// Pages.
    pub pages: BTreeMap<PageId, SourcePage>,
    /// The digests of the values, by page and locale.
    pub values: BTreeMap<PageId, BTreeMap<Locale, String>>,
}

impl SourceRelease {
    /// The structure at the cut, with no values yet. `None` for a project that does not exist.
    pub fn of(structure: &Structure, project: &ProjectId, release: ReleaseNumber, cut: Seq) -> Option<Self> {
        let info = &structure.existing_project()?.info;
        let locales = structure.existing_locales().map(|(locale, head)| (locale.clone(), head.info.clone()));
        let pages = structure.existing_pages().map(|(id, page)| {
            let entries = page.existing_entries().map(|(key, head)| (key.clone(), head.info.clone())).collect();
            (id.clone(), SourcePage { info: page.head.info.clone(), entries })
        });
        Some(Self {
            format: FORMAT,
            project: project.clone(),
            release,
            cut,
            name: info.name.clone(),
            source: info.source.clone()?,
            settings: info.settings.clone(),
            locales: locales.collect(),
            pages: pages.collect(),
            values: BTreeMap::new(),
        })
    }

    /// The digest of a page's values in a locale.
    pub fn digest(&self, page: &PageId, locale: &Locale) -> Option<&String> {
        self.values.get(page)?.get(locale)
    }

    /// Says what a page's values in a locale are.
    pub fn put(&mut self, page: &PageId, locale: &Locale, digest: String) {
        self.values.entry(page.clone()).or_default().insert(locale.clone(), digest);
    }

    /// Every object that it consists of, but itself.
    pub fn objects(&self) -> impl Iterator<Item = SourceKey> + '_ {
        let digests = self.values.values().flat_map(BTreeMap::values);
        digests.map(|digest| SourceKey::Values(self.project.clone(), digest.clone()))
    }
}

/// The own values of a page in a locale, as far as its drafts were read: all of them, once its file was made.
pub fn values(structure: &Structure, copies: &Copies, locale: &Locale, page: &PageId) -> Values {
    let terms = BTreeMap::new();
    let lookup = Lookup::new(structure, &terms, copies);
    let keys = structure.page(page).into_iter().flat_map(|page| page.existing_entries().map(|(key, _)| key));
    keys.filter_map(|key| Some((key.clone(), lookup.value(locale, page, key)?.clone()))).collect()
}
