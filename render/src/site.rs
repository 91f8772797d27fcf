//! The site: its locales, its HTML files and its copy, and where what is rendered will lie.

use std::collections::BTreeMap;

use copydesk_schema::delivered::PageFile;
use copydesk_schema::message::Message;
use copydesk_schema::{EntryKey, Locale, PageId};
use url::Url;

/// The page files of one release.
pub type Pages = BTreeMap<(Locale, PageId), PageFile>;

/// What is the same for every file that is rendered.
#[derive(Debug)]
pub struct Site {
    base: Url,
    addresses: Addresses,
    source: Locale,
    locales: Vec<Locale>,
    /// The HTML files by their place in an address, below the base.
    files: BTreeMap<String, String>,
    pages: Pages,
}

/// How the host answers for HTML files. `index.html` is never part of an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addresses {
    /// `about.html` is at `/about.html`.
    #[default]
    Files,
    /// `about.html` is at `/about`.
    Clean,
}

/// Why there is no such site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// The base is no address of a site.
    #[error("{0:?} is no address of a site: give one such as https://example.org or https://example.org/docs")]
    Base(String),
    /// The source locale is not among the locales.
    #[error("{0} is the source locale and has to be rendered, too: add it to the locales")]
    Source(Locale),
    /// A file's path is not one below the site's folder.
    #[error("{0:?} is no path below the site's folder: give one such as blog/index.html")]
    Path(String),
    /// A file lies where a locale's files are written.
    #[error("{path} lies where the pages in {locale} are written: rename the folder, or leave out the locale")]
    Taken {
        /// The file.
        path: String,
        /// The locale.
        locale: Locale,
    },
}

/// Where an address leads.
pub(crate) struct Lead<'s> {
    /// An HTML file of the site.
    pub(crate) path: &'s str,
    /// In a locale other than the source locale.
    pub(crate) locale: Option<&'s Locale>,
}

impl Site {
    /// A site. `paths` are its HTML files, below the folder that is rendered; links are followed among
    /// them.
    pub fn new(
        base: &str,
        addresses: Addresses,
        source: Locale,
        locales: Vec<Locale>,
        paths: impl IntoIterator<Item = String>,
        pages: Pages,
    ) -> Result<Self, SiteError> {
        let base = base_address(base).ok_or_else(|| SiteError::Base(base.to_owned()))?;
        if !locales.contains(&source) {
            return Err(SiteError::Source(source));
        }
        let mut site = Self { base, addresses, source, locales, files: BTreeMap::new(), pages };
        for path in paths {
            site.check(&path)?;
            let place = below(&site.base, &path).path()[site.base.path().len()..].to_owned();
            site.files.insert(place, path);
        }
        Ok(site)
    }

    fn check(&self, path: &str) -> Result<(), SiteError> {
        if path.split('/').any(|segment| matches!(segment, "" | "." | "..")) || path.contains('\\') {
            return Err(SiteError::Path(path.to_owned()));
        }
        let folder = path.split_once('/').map_or("", |(first, _)| first);
        match self.others().find(|locale| locale.as_str().eq_ignore_ascii_case(folder)) {
            Some(locale) => Err(SiteError::Taken { path: path.to_owned(), locale: locale.clone() }),
            None => Ok(()),
        }
    }

    /// The locale that the site itself is written in; its pages have the addresses without a locale.
    pub fn source(&self) -> &Locale {
        &self.source
    }

    /// The locales, in the order in which they were given.
    pub fn locales(&self) -> &[Locale] {
        &self.locales
    }

    fn others(&self) -> impl Iterator<Item = &Locale> {
        self.locales.iter().filter(|locale| **locale != self.source)
    }

    /// Where a file lies in a locale: `about.html`, `de/about.html`. The one place that decides it;
    /// addresses and links follow.
    pub fn place(&self, path: &str, locale: &Locale) -> String {
        if *locale == self.source { path.to_owned() } else { format!("{locale}/{path}") }
    }

    /// The absolute address of a file in a locale.
    pub fn address(&self, path: &str, locale: &Locale) -> String {
        self.url(path, locale).into()
    }

    pub(crate) fn url(&self, path: &str, locale: &Locale) -> Url {
        let place = self.place(path, locale);
        let folder = place.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let place = match (folder, self.addresses) {
            (Some(folder), _) => folder,
            (None, Addresses::Files) => &place,
            (None, Addresses::Clean) => place.strip_suffix(".html").unwrap_or(&place),
        };
        below(&self.base, place)
    }

    /// The path that all addresses of the site begin with: `/`, `/docs/`.
    pub(crate) fn root(&self) -> &str {
        self.base.path()
    }

    /// The HTML file that an address leads to.
    pub(crate) fn lead(&self, address: &Url) -> Option<Lead<'_>> {
        if address.origin() != self.base.origin() {
            return None;
        }
        let place = address.path().strip_prefix(self.base.path())?;
        let (first, rest) = place.split_once('/').unwrap_or(("", place));
        match self.others().find(|locale| locale.as_str() == first) {
            Some(locale) => Some(Lead { path: self.file(rest)?, locale: Some(locale) }),
            None => Some(Lead { path: self.file(place)?, locale: None }),
        }
    }

    /// As hosts look for it: the file, a folder's index, the file without its ending.
    fn file(&self, place: &str) -> Option<&str> {
        let index = place.is_empty() || place.ends_with('/');
        let tried = if index {
            [format!("{place}index.html"), String::new(), String::new()]
        } else {
            [place.to_owned(), format!("{place}.html"), format!("{place}/index.html")]
        };
        tried.iter().find_map(|place| self.files.get(place)).map(String::as_str)
    }

    /// A delivered entry, and the locale that it is in: another one where it fell back.
    pub(crate) fn entry(&self, locale: &Locale, pages: &[PageId], key: &EntryKey) -> Option<(&Locale, &Message)> {
        pages.iter().find_map(|page| {
            let ((locale, _), file) = self.pages.get_key_value(&(locale.clone(), page.clone()))?;
            let fallbacks = || file.fallbacks.iter().find_map(|(locale, copy)| Some((locale, copy.get(key)?)));
            file.copy.get(key).map(|message| (locale, message)).or_else(fallbacks)
        })
    }
}

/// With a slash at its end, so that paths can be put behind it.
fn base_address(base: &str) -> Option<Url> {
    let mut url = Url::parse(base).ok()?;
    let plain = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    (plain && anonymous).then_some(url)
}

/// The address of a place below `base`, percent-encoded.
fn below(base: &Url, place: &str) -> Url {
    let mut url = base.clone();
    // All addresses with http and https have segments.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(place.split('/'));
    }
    url
}
