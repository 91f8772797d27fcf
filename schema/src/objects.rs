//! The objects that sites fetch: where they lie and how they may be cached.

use std::fmt;

use crate::{Locale, PageId, ProjectId, ReleaseNumber};

/// A delivered object. One value owns its path, content type and cache rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKey {
    /// `{p}/live.json`: the live manifest, the only switch.
    Live(ProjectId),
    /// `{p}/site.js`: the site script with the live manifest inside.
    Site(ProjectId),
    /// `{p}/seen.json`: holds nothing; a line of it in a log is a view of a page.
    Seen(ProjectId),
    /// `{p}/{locale}/{page}.{n}.json`: a page's copy as it was when release `n` changed it.
    Page(ProjectId, Locale, PageId, ReleaseNumber),
    /// `{p}/manifests/{locale}.{n}.json`: of a large site, which files of a locale release `n` and those after it have.
    Manifest(ProjectId, Locale, ReleaseNumber),
    /// `{p}/releases/{n}.json`: everything release `n` consists of.
    Release(ProjectId, ReleaseNumber),
    /// `{p}/{locale}/{page}.json`: the live copy as plain JSON for anybody's client.
    Alias(ProjectId, Locale, PageId),
}

/// How long a delivered object may be kept, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Never changes once written.
    Immutable,
    /// Changes at every switch; stale is better than nothing.
    Live,
    /// Follows the switch file by file.
    Alias,
    /// Never changes, but browsers have to ask, so that it can be counted.
    Counted,
}

impl CachePolicy {
    /// The `Cache-Control` header. Source: RFC 9111, RFC 5861 (stale-*), RFC 8246 (immutable).
    pub fn header(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Live => "public, max-age=30, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800",
            Self::Alias => "public, max-age=60, s-maxage=60, stale-while-revalidate=60, stale-if-error=604800",
            Self::Counted => "public, max-age=0, s-maxage=86400",
        }
    }
}

impl ObjectKey {
    /// How the object may be cached.
    pub fn cache(&self) -> CachePolicy {
        match self {
            Self::Live(_) | Self::Site(_) => CachePolicy::Live,
            Self::Seen(_) => CachePolicy::Counted,
            Self::Alias(..) => CachePolicy::Alias,
            Self::Page(..) | Self::Manifest(..) | Self::Release(..) => CachePolicy::Immutable,
        }
    }

    /// The object's media type.
    pub fn content_type(&self) -> &'static str {
        match self {
            Self::Site(_) => "text/javascript; charset=utf-8",
            _ => "application/json; charset=utf-8",
        }
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Live(p) => write!(f, "{p}/live.json"),
            Self::Site(p) => write!(f, "{p}/site.js"),
            Self::Seen(p) => write!(f, "{p}/seen.json"),
            Self::Page(p, locale, page, n) => write!(f, "{p}/{locale}/{page}.{n}.json"),
            Self::Manifest(p, locale, n) => write!(f, "{p}/manifests/{locale}.{n}.json"),
            Self::Release(p, n) => write!(f, "{p}/releases/{n}.json"),
            Self::Alias(p, locale, page) => write!(f, "{p}/{locale}/{page}.json"),
        }
    }
}
