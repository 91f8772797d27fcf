//! What the table's items hold besides their keys.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::access::{Delivery, Grant, HookInfo, InvitationInfo, MemberInfo, TokenInfo};
use crate::change::{DraftId, EntryInfo, LocaleInfo, PageInfo};
use crate::structure::{Access, Head, Page, ProjectInfo, Structure};
use crate::usage::Usage;
use crate::{
    Actor, Change, Email, EntryKey, Event, HookId, InvitationId, Locale, PageId, Pattern, ProjectId, ReleaseNumber,
    Seq, Subject, Switch, Timestamp, TokenId, timestamp,
};

/// How many of a draft's newest seqs its head remembers, so that history and cuts need no walking.
pub const RECENT: usize = 32;

/// The last number of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    /// The newest event.
    pub seq: Seq,
    /// The newest event that changed locales, pages, entries or fallbacks.
    pub structure_seq: Seq,
    /// What was used of what costs something.
    #[serde(default)]
    pub usage: Usage,
}

/// The newest revision of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// Where.
    pub locale: Locale,
    /// Where.
    pub page: PageId,
    /// Where.
    pub key: EntryKey,
    /// The value; absent when the draft was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "stored")]
    pub value: Option<Pattern>,
    /// Its event, and its version.
    pub seq: Seq,
    /// The event before; 0 for the first.
    pub prev: Seq,
    /// The newest seqs, newest first, this one included.
    pub recent: Vec<Seq>,
    /// What the client called the save.
    pub save_id: String,
    /// Who saved.
    pub by: Actor,
    /// When.
    #[serde(with = "timestamp::millis")]
    pub at: Timestamp,
}

/// Reads a value that was checked when it was saved.
fn stored<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Pattern>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(|source| Pattern::from_stored(&source)))
}

/// What a cut needs of a draft's head: the attributes named by [`DraftHead::ATTRIBUTES`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DraftHead {
    /// Where.
    pub page: PageId,
    /// Where.
    pub key: EntryKey,
    /// The value; absent when the draft was deleted.
    #[serde(default, deserialize_with = "stored")]
    pub value: Option<Pattern>,
    /// Its event.
    pub seq: Seq,
}

impl DraftHead {
    /// The attributes of a [`DraftItem`] that are read.
    pub const ATTRIBUTES: [&str; 4] = ["page", "key", "value", "seq"];
}

impl DraftItem {
    /// Where the draft lives.
    pub fn id(&self) -> DraftId {
        DraftId { locale: self.locale.clone(), page: self.page.clone(), key: self.key.clone() }
    }
}

/// An event as it is stored: the change as JSON text, so that reading the log costs one parse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventItem {
    /// Its place.
    pub seq: Seq,
    /// The event before it on the same thing.
    pub prev: Seq,
    /// When.
    #[serde(with = "timestamp::millis")]
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
    /// What the client called the save.
    pub save_id: String,
    /// The transaction it came in: how a writer recognises its own work after a lost reply.
    pub tx: String,
    /// The change, as JSON.
    pub change: String,
}

impl EventItem {
    /// Stores an event.
    pub fn new(event: &Event, tx: &str) -> Self {
        Self {
            seq: event.seq,
            prev: event.prev,
            at: event.at,
            by: event.by.clone(),
            save_id: event.save_id.clone(),
            tx: tx.to_owned(),
            change: serde_json::to_string(&event.change).expect("a change has only text keys"),
        }
    }

    /// Reads it back.
    pub fn event(self) -> Result<Event, serde_json::Error> {
        let change: Change = serde_json::from_str(&self.change)?;
        Ok(Event { seq: self.seq, prev: self.prev, at: self.at, by: self.by, save_id: self.save_id, change })
    }
}

/// A structural thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Thing {
    /// The project.
    Project(ProjectInfo),
    /// A locale.
    Locale {
        /// Which.
        locale: Locale,
        /// What is known of it.
        info: LocaleInfo,
    },
    /// A page.
    Page {
        /// Which.
        page: PageId,
        /// What is known of it.
        info: PageInfo,
    },
    /// An entry.
    Entry {
        /// On which page.
        page: PageId,
        /// Which.
        key: EntryKey,
        /// What is known of it.
        info: EntryInfo,
    },
    /// A member.
    Member {
        /// Who.
        subject: Subject,
        /// What is known of them.
        info: MemberInfo,
    },
    /// An invitation.
    Invitation {
        /// Which.
        invitation: InvitationId,
        /// What is known of it.
        info: InvitationInfo,
    },
    /// An API token.
    Token {
        /// Which.
        token: TokenId,
        /// What is known of it.
        info: TokenInfo,
    },
    /// A webhook.
    Hook {
        /// Which.
        hook: HookId,
        /// What is known of it.
        info: HookInfo,
    },
}

/// The head of a structural thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadItem {
    /// Its newest event.
    pub seq: Seq,
    /// The event before.
    pub prev: Seq,
    /// The event that made it exist.
    pub born: Seq,
    /// Whether it was removed.
    pub deleted: bool,
    /// What it is.
    pub thing: Thing,
}

impl HeadItem {
    fn new<T>(head: &Head<T>, thing: Thing) -> Self {
        Self { seq: head.seq, prev: head.prev, born: head.born, deleted: head.deleted, thing }
    }

    fn head<T>(&self, info: T) -> Head<T> {
        Head { seq: self.seq, prev: self.prev, born: self.born, deleted: self.deleted, info }
    }

    /// The head that a structural change left in `structure`; `None` for other changes.
    pub fn after(structure: &Structure, change: &Change) -> Option<Self> {
        match change {
            Change::ProjectCreated { .. }
            | Change::ProjectRenamed { .. }
            | Change::SettingsChanged { .. }
            | Change::ProjectDeleted => {
                let head = structure.project.as_ref()?;
                Some(Self::new(head, Thing::Project(head.info.clone())))
            }
            Change::LocalePut { locale, .. } | Change::LocaleDeleted { locale } => {
                let head = structure.locales.get(locale)?;
                Some(Self::new(head, Thing::Locale { locale: locale.clone(), info: head.info.clone() }))
            }
            Change::PagePut { page, .. } | Change::NextSet { page, .. } | Change::PageDeleted { page } => {
                let head = &structure.pages.get(page)?.head;
                Some(Self::new(head, Thing::Page { page: page.clone(), info: head.info.clone() }))
            }
            Change::EntryPut { page, key, .. } | Change::EntryDeleted { page, key } => {
                let head = structure.pages.get(page)?.entries.get(key)?;
                let info = head.info.clone();
                Some(Self::new(head, Thing::Entry { page: page.clone(), key: key.clone(), info }))
            }
            access => Self::after_access(&structure.access, access),
        }
    }

    fn after_access(access: &Access, change: &Change) -> Option<Self> {
        match change {
            Change::MemberPut { subject, .. } | Change::MemberRemoved { subject } => {
                let head = access.members.get(subject)?;
                Some(Self::new(head, Thing::Member { subject: subject.clone(), info: head.info.clone() }))
            }
            Change::InvitationCreated { invitation, .. } | Change::InvitationEnded { invitation } => {
                let head = access.invitations.get(invitation)?;
                let thing = Thing::Invitation { invitation: invitation.clone(), info: head.info.clone() };
                Some(Self::new(head, thing))
            }
            Change::TokenCreated { token, .. } | Change::TokenRevoked { token } => {
                let head = access.tokens.get(token)?;
                Some(Self::new(head, Thing::Token { token: token.clone(), info: head.info.clone() }))
            }
            Change::HookPut { hook, .. } | Change::HookRemoved { hook } => {
                let head = access.hooks.get(hook)?;
                Some(Self::new(head, Thing::Hook { hook: hook.clone(), info: head.info.clone() }))
            }
            _ => None,
        }
    }
}

impl Structure {
    /// Builds the structure from all heads of a project, in any order.
    pub fn from_heads(items: impl IntoIterator<Item = HeadItem>) -> Self {
        let mut structure = Self::default();
        let (entries, others): (Vec<HeadItem>, Vec<HeadItem>) =
            items.into_iter().partition(|item| matches!(item.thing, Thing::Entry { .. }));
        // Entries last: they need their page.
        others.into_iter().chain(entries).for_each(|item| structure.insert(&item));
        structure
    }

    /// Takes a head as it is. An entry's page must be in here.
    pub fn insert(&mut self, item: &HeadItem) {
        self.changed = self.changed.max(item.seq);
        match &item.thing {
            Thing::Project(info) => self.project = Some(item.head(info.clone())),
            Thing::Locale { locale, info } => drop(self.locales.insert(locale.clone(), item.head(info.clone()))),
            Thing::Page { page, info } => {
                let page_head = Page { head: item.head(info.clone()), entries: std::collections::BTreeMap::new() };
                self.pages.insert(page.clone(), Arc::new(page_head));
            }
            Thing::Entry { page, key, info } => {
                if let Some(home) = self.pages.get_mut(page).map(Arc::make_mut) {
                    home.entries.insert(key.clone(), item.head(info.clone()));
                }
            }
            Thing::Member { subject, info } => {
                self.access_mut().members.insert(subject.clone(), item.head(info.clone()));
            }
            Thing::Invitation { invitation, info } => {
                self.access_mut().invitations.insert(invitation.clone(), item.head(info.clone()));
            }
            Thing::Token { token, info } => {
                self.access_mut().tokens.insert(token.clone(), item.head(info.clone()));
            }
            Thing::Hook { hook, info } => {
                self.access_mut().hooks.insert(hook.clone(), item.head(info.clone()));
            }
        }
    }
}

impl Structure {
    fn access_mut(&mut self) -> &mut Access {
        Arc::make_mut(&mut self.access)
    }
}

/// The mark that a request is not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueItem {
    /// The jobs index's partition.
    pub job: String,
    /// When it may begin.
    #[serde(rename = "job_due", with = "timestamp::millis")]
    pub due: Timestamp,
    /// Whose it is.
    pub project: ProjectId,
    /// Which request.
    pub request: Seq,
}

/// What is live, and which numbers were given out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseHead {
    /// Changes with every write: what conditions compare.
    pub version: u64,
    /// The last release number given out.
    pub last_release: ReleaseNumber,
    /// The last switch given out.
    pub last_switch: Switch,
    /// The release that is live; 0 for none.
    pub live: ReleaseNumber,
    /// The switch that made it live.
    pub switch: Switch,
    /// The release that the aliases show completely; 0 for none.
    pub settled: ReleaseNumber,
    /// Releases that were live since, whose aliases may be written in part.
    pub unsettled: Vec<ReleaseNumber>,
    /// The generation of the site script that is delivered; 0 before there was one.
    #[serde(default)]
    pub script: u32,
}

/// How new a project's site script is: found when there is a newer one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptItem {
    /// The jobs index's partition.
    pub job: String,
    /// The generation.
    #[serde(rename = "job_due")]
    pub generation: u32,
    /// Whose it is.
    pub project: ProjectId,
}

/// Who is building a release, and until when others leave it alone. Efficiency only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// The process.
    pub owner: String,
    /// Until when.
    #[serde(with = "timestamp::millis")]
    pub until: Timestamp,
}

/// How far the log has been folded into [`FileItem`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold {
    /// The last event that the file items know of.
    pub seq: Seq,
    /// A file without an item may have been changed by any event up to this one.
    pub floor: Seq,
}

/// Whether a page file needs to be built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileItem {
    /// Which.
    pub locale: Locale,
    /// Which.
    pub page: PageId,
    /// The newest event that may change the file.
    pub dirty_seq: Seq,
    /// What its values refer to; absent when that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Names>,
}

/// What the values of a page file refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The point in the log at which that was so.
    pub cut: Seq,
    /// Every value that was looked up, found or not.
    pub names: BTreeSet<Name>,
}

/// A value that another refers to, in a locale: `de/-brand`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(String);

impl Name {
    /// The value of `key` in `locale`.
    pub fn new(locale: &Locale, key: &EntryKey) -> Self {
        Self(format!("{locale}/{key}"))
    }

    /// Any entry in `locale` on the file's own page; terms are named one by one.
    pub fn any(locale: &Locale) -> Self {
        Self(format!("{locale}/*"))
    }

    /// Whether a change of `other` is meant.
    pub fn covers(&self, other: &Self) -> bool {
        let is_any = self.0.strip_suffix('*').is_some_and(|locale| other.0.starts_with(locale));
        self == other || (is_any && !other.key().starts_with('-'))
    }

    /// Its locale and key, where it names just one.
    pub fn parts(&self) -> Option<(Locale, EntryKey)> {
        let (locale, key) = self.0.split_once('/')?;
        Some((locale.parse().ok()?, key.parse().ok()?))
    }

    /// Its key.
    pub fn key(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, key)| key)
    }
}

/// What a request made under an idempotency key came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyItem {
    /// SHA-256 of what was asked.
    pub body: String,
    /// The request it made.
    pub request: Seq,
    /// When it may be forgotten, in seconds since 1970.
    pub ttl: u64,
}

/// That a person belongs to a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipItem {
    /// Which project.
    pub project: ProjectId,
}

/// That somebody is invited to a project: found by the address that they sign in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedItem {
    /// The project.
    pub project: ProjectId,
    /// The invitation.
    pub invitation: InvitationId,
}

/// What an API token opens. The token itself is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenItem {
    /// The project.
    pub project: ProjectId,
    /// Its id.
    pub token: TokenId,
    /// SHA-256 of the whole token, in hex.
    pub sha256: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub grant: Grant,
    /// Until when; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// When it was used last, to within some minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Timestamp>,
    /// Whether it is that of a preview link: it opens previews and nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview: bool,
}

/// Where somebody is writing at the moment. Nothing depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceItem {
    /// Who.
    pub subject: Subject,
    /// Which window of theirs.
    pub window: String,
    /// The name that people see.
    pub name: String,
    /// The locale that they write in.
    pub locale: Locale,
    /// The page that they have open.
    pub page: PageId,
    /// When they were last heard of.
    pub at: Timestamp,
    /// When it may be forgotten, in seconds since 1970.
    pub ttl: u64,
}

/// What messages to a webhook are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookSecretItem {
    /// The secret.
    pub secret: String,
    /// Those before, newest first, as long as messages carry their signatures too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<OldSecret>,
}

/// A secret that was replaced.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldSecret {
    /// The secret.
    pub secret: String,
    /// Until when messages carry its signature.
    pub until: Timestamp,
}

impl std::fmt::Debug for HookSecretItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookSecretItem")
    }
}

/// How a webhook is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookStatusItem {
    /// Counts every change: what conditions compare.
    #[serde(default)]
    pub version: u64,
    /// Messages that were given up since one was taken last.
    pub given_up: u32,
    /// Why nothing is sent any more; it is until the webhook is saved again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
    /// The state of the webhook that this is about: its newest event.
    pub hook_seq: Seq,
}

/// A message to a webhook. Waiting ones are in the index of jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryItem {
    /// Whose.
    pub project: ProjectId,
    /// To which webhook.
    pub hook: HookId,
    /// The event or request that it tells of.
    pub seq: Seq,
    /// The message.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Since when it is tried: when it happened, or when somebody had it sent once more.
    pub since: Timestamp,
    /// The jobs index's partition; only while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// When it is to be tried next, in milliseconds; only while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_due: Option<u64>,
    /// When it may be forgotten, in seconds since 1970.
    pub ttl: u64,
}

/// A link that signs somebody in, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkItem {
    /// Who.
    pub subject: Subject,
    /// Their name.
    pub name: String,
    /// Their address, when it is theirs for certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The access token of an outside issuer, which only the code opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lent: Option<String>,
    /// Until when.
    #[serde(with = "timestamp::millis")]
    pub expires: Timestamp,
    /// When it may be forgotten, in seconds since 1970.
    pub ttl: u64,
}

/// A sign-in by a link, and the refresh token that continues it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionItem {
    /// Who.
    pub subject: Subject,
    /// Their name.
    pub name: String,
    /// Their address, when it is theirs for certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// SHA-256 of the refresh token that is good now; none when the session has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
    /// Counts every change: what conditions compare.
    pub version: u64,
    /// The key that its access tokens are signed with: with another key it has ended.
    pub key: String,
    /// Until when it can be continued.
    #[serde(with = "timestamp::millis")]
    pub expires: Timestamp,
    /// When it may be forgotten, in seconds since 1970.
    pub ttl: u64,
}

/// That a migration was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationItem {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// When.
    #[serde(with = "timestamp::millis")]
    pub at: Timestamp,
}
