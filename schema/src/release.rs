//! What is asked of the publisher, and the releases that come of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, EntryKey, Locale, PageId, ReleaseNumber, Seq, Switch, Timestamp};

/// Which files a publish covers; everything else stays as it is live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Scope {
    /// Only these locales; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locales: Option<Vec<Locale>>,
    /// Only these pages; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Vec<PageId>>,
}

impl Scope {
    /// Whether the scope covers a page in a locale.
    pub fn covers(&self, locale: &Locale, page: &PageId) -> bool {
        self.locales.as_ref().is_none_or(|some| some.contains(locale))
            && self.pages.as_ref().is_none_or(|some| some.contains(page))
    }
}

/// An order to publish.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReleaseOrder {
    /// The point in the log to publish. Absent: the moment of asking, or of `publish_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// What to publish.
    #[serde(flatten)]
    pub scope: Scope,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When; at once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_at: Option<Timestamp>,
    /// Publish even when something newer than `seq` is already live in the scope.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force: bool,
}

/// What a request wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Wanted {
    /// A new release.
    Publish {
        /// What is to be in it.
        #[serde(flatten)]
        order: ReleaseOrder,
    },
    /// An earlier release live again.
    Activate {
        /// Which.
        release: ReleaseNumber,
    },
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RequestState {
    /// Not begun; it can still be cancelled.
    Waiting,
    /// A release is being built for it.
    Building,
    /// What it wanted is live, or was until something later replaced it.
    Done,
    /// It could not be done; `error` says why.
    Failed,
    /// Taken back before it began.
    Cancelled,
}

impl RequestState {
    /// Whether nothing more will happen to the request.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// Something asked of the publisher. Its number is the seq of the event that asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Request {
    /// Its number.
    pub request: Seq,
    /// What is wanted.
    pub wanted: Wanted,
    /// How far it has come.
    pub state: RequestState,
    /// The release it became or made live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseNumber>,
    /// The switch that it takes, once it has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it may begin.
    pub due: Timestamp,
    /// When it was asked.
    pub at: Timestamp,
    /// Who asked.
    pub by: Actor,
}

/// How many remarks a release keeps; `GET …/checks` lists everything.
pub const REMARKS: usize = 50;

/// Something that an admin should know of an entry in a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remark {
    /// In which locale.
    pub locale: Locale,
    /// On which page.
    pub page: PageId,
    /// Which entry.
    pub key: EntryKey,
    /// What it is.
    pub reason: String,
}

/// How far a release has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReleaseState {
    /// Files are being made.
    Building,
    /// What sites show.
    Live,
    /// Whole, was live once, can be activated again.
    Superseded,
    /// Never was live and never will be.
    Failed,
    /// Was live once; too old to be kept, its files are gone.
    Pruned,
}

/// One release of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Release {
    /// Its number.
    pub release: ReleaseNumber,
    /// The request it was built for.
    pub request: Seq,
    /// How far it has come.
    pub state: ReleaseState,
    /// The switch it takes.
    pub switch: Switch,
    /// The point in the log that it shows, in its scope.
    pub cut: Seq,
    /// The release that was live when building began; 0 for none.
    pub base: ReleaseNumber,
    /// What it covers.
    #[serde(flatten)]
    pub scope: Scope,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Files examined so far.
    pub files_done: u64,
    /// Files to examine.
    pub files_total: u64,
    /// Files whose bytes changed, removed ones too.
    pub files_changed: u64,
    /// Bytes of all files of the release.
    pub bytes: u64,
    /// Entries, by locale, that have nothing to show: there sites keep their own words.
    #[serde(default)]
    pub left_out: u64,
    /// Messages that the plain aliases cannot express and show in their default form.
    #[serde(default)]
    pub simplified: u64,
    /// What became of entries of the files that were built: the first [`REMARKS`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When building began.
    pub started_at: Timestamp,
    /// When it was live or had failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// When something else became live instead: from then on it is kept for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_at: Option<Timestamp>,
    /// Who asked.
    pub by: Actor,
    /// The publisher's version.
    pub publisher: String,
}
