//! Everything that can happen to a project. The log holds these; heads are what they leave.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::{ERASED, HookInfo, InvitationInfo, MemberInfo, TokenInfo};
use crate::delivered::AliasLayout;
use crate::ids::{HookId, InvitationId, Origin, Subject, TokenId};
use crate::message::check::Code;
use crate::release::ReleaseOrder;
use crate::{EntryKey, Locale, PageId, Pattern, ReleaseNumber, Seq};

/// What an entry may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words without markup.
    #[default]
    Text,
    /// Words with inline markup.
    Html,
}

/// What is known of a locale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LocaleInfo {
    /// The name that people see.
    pub name: String,
    /// Where copy is taken from when it is missing here, in order. The source locale ends every
    /// chain whether it is named or not.
    #[serde(default)]
    pub fallback: Vec<Locale>,
}

/// What is known of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PageInfo {
    /// A note for translators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Pages that a visitor of this one is likely to see next, the likeliest first; `NextSet` alone changes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<PageId>,
    /// What it was called before, where it was renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<PageId>,
}

/// What is known of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryInfo {
    /// What it may hold.
    #[serde(default)]
    pub kind: Kind,
    /// A note for translators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The most characters a value should have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint32", maximum = 4_294_967_295_u32)]
    pub max_length: Option<u32>,
    /// What it was called before, where it was renamed: its history goes on there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<EntryAt>,
}

/// Where an entry is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct EntryAt {
    /// Its page.
    pub page: PageId,
    /// Its key.
    pub key: EntryKey,
}

/// What a project's admins chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Settings {
    /// How the plain aliases are laid out.
    #[serde(default)]
    pub alias: AliasLayout,
    /// Kinds of findings that stop a publish while a changed page has one of them.
    #[serde(default)]
    pub blocking: BTreeSet<Code>,
    /// Sites from whose pages the API may be used.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub origins: BTreeSet<Origin>,
}

/// One change of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// The project came to be.
    ProjectCreated {
        /// The name that people see.
        name: String,
        /// The locale in which copy is first written.
        source: Locale,
    },
    /// The project got another name.
    ProjectRenamed {
        /// The name that people see.
        name: String,
    },
    /// Some of the project's settings were changed.
    SettingsChanged {
        /// The name that people see from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// How the plain aliases are laid out from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alias: Option<AliasLayout>,
        /// Kinds of findings that stop a publish from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        blocking: Option<BTreeSet<Code>>,
        /// Sites from whose pages the API may be used from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origins: Option<BTreeSet<Origin>>,
    },
    /// The project is gone; what it delivered stays.
    ProjectDeleted,
    /// A locale was added or changed.
    LocalePut {
        /// Which.
        locale: Locale,
        /// What is known of it from now on.
        info: LocaleInfo,
    },
    /// A locale was removed, and its drafts with it.
    LocaleDeleted {
        /// Which.
        locale: Locale,
    },
    /// A page was added or changed.
    PagePut {
        /// Which.
        page: PageId,
        /// What is known of it from now on.
        info: PageInfo,
    },
    /// Other pages are likely to be seen after a page.
    NextSet {
        /// After which.
        page: PageId,
        /// The pages, the likeliest first.
        next: Vec<PageId>,
    },
    /// A page was removed, and its entries and drafts with it.
    PageDeleted {
        /// Which.
        page: PageId,
    },
    /// An entry was added or changed.
    EntryPut {
        /// On which page.
        page: PageId,
        /// Which.
        key: EntryKey,
        /// What is known of it from now on.
        info: EntryInfo,
    },
    /// An entry was removed, and its drafts with it.
    EntryDeleted {
        /// On which page.
        page: PageId,
        /// Which.
        key: EntryKey,
    },
    /// A value was saved.
    DraftSaved {
        /// Where.
        #[serde(flatten)]
        at: DraftId,
        /// The value. It was checked before it entered the log.
        #[serde(deserialize_with = "stored_value")]
        value: Pattern,
        /// The revision that was brought back, where this is a restore.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        restored_from: Option<Seq>,
    },
    /// A draft was emptied: its entry has no value in its locale any more.
    DraftDeleted {
        /// Where.
        #[serde(flatten)]
        at: DraftId,
    },
    /// Somebody became a member, or may do something else from now on.
    MemberPut {
        /// Who.
        subject: Subject,
        /// What is known of them.
        info: MemberInfo,
    },
    /// Somebody is no member any more.
    MemberRemoved {
        /// Who.
        subject: Subject,
    },
    /// Somebody was invited.
    InvitationCreated {
        /// Which invitation.
        invitation: InvitationId,
        /// What is known of it.
        info: InvitationInfo,
    },
    /// An invitation was accepted or taken back.
    InvitationEnded {
        /// Which.
        invitation: InvitationId,
    },
    /// An API token was made.
    TokenCreated {
        /// Which.
        token: TokenId,
        /// What is known of it.
        info: TokenInfo,
    },
    /// An API token was made worthless.
    TokenRevoked {
        /// Which.
        token: TokenId,
    },
    /// A webhook was added or changed.
    HookPut {
        /// Which.
        hook: HookId,
        /// What is known of it.
        info: HookInfo,
    },
    /// A webhook was removed.
    HookRemoved {
        /// Which.
        hook: HookId,
    },
    /// A release was asked for.
    PublishRequested {
        /// What is wanted.
        order: ReleaseOrder,
    },
    /// An earlier release was asked to be live again.
    ActivateRequested {
        /// Which.
        release: ReleaseNumber,
    },
    /// A request was taken back before it began.
    RequestCancelled {
        /// Which.
        request: Seq,
    },
}

/// Where a draft lives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct DraftId {
    /// The locale.
    pub locale: Locale,
    /// The page.
    pub page: PageId,
    /// The entry.
    pub key: EntryKey,
}

impl Change {
    /// Whether it is about the membership of somebody who was erased since: it cannot be told any more of whom.
    pub fn is_of_erased(&self) -> bool {
        let (Self::MemberPut { subject, .. } | Self::MemberRemoved { subject }) = self else { return false };
        subject.as_str().starts_with(ERASED)
    }

    /// Its kind, as JSON names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ProjectCreated { .. } => "project-created",
            Self::ProjectRenamed { .. } => "project-renamed",
            Self::SettingsChanged { .. } => "settings-changed",
            Self::ProjectDeleted => "project-deleted",
            Self::LocalePut { .. } => "locale-put",
            Self::LocaleDeleted { .. } => "locale-deleted",
            Self::PagePut { .. } => "page-put",
            Self::NextSet { .. } => "next-set",
            Self::PageDeleted { .. } => "page-deleted",
            Self::EntryPut { .. } => "entry-put",
            Self::EntryDeleted { .. } => "entry-deleted",
            Self::DraftSaved { .. } => "draft-saved",
            Self::DraftDeleted { .. } => "draft-deleted",
            Self::MemberPut { .. } => "member-put",
            Self::MemberRemoved { .. } => "member-removed",
            Self::InvitationCreated { .. } => "invitation-created",
            Self::InvitationEnded { .. } => "invitation-ended",
            Self::TokenCreated { .. } => "token-created",
            Self::TokenRevoked { .. } => "token-revoked",
            Self::HookPut { .. } => "hook-put",
            Self::HookRemoved { .. } => "hook-removed",
            Self::PublishRequested { .. } => "publish-requested",
            Self::ActivateRequested { .. } => "activate-requested",
            Self::RequestCancelled { .. } => "request-cancelled",
        }
    }

    /// Whether it is about who may do what and who is told: no copy depends on it.
    pub fn is_access(&self) -> bool {
        matches!(
            self,
            Self::MemberPut { .. }
                | Self::MemberRemoved { .. }
                | Self::InvitationCreated { .. }
                | Self::InvitationEnded { .. }
                | Self::TokenCreated { .. }
                | Self::TokenRevoked { .. }
                | Self::HookPut { .. }
                | Self::HookRemoved { .. }
        )
    }

    /// Whether anything that has a head besides drafts changes: what validation stands on.
    pub fn is_structural(&self) -> bool {
        !matches!(
            self,
            Self::DraftSaved { .. }
                | Self::DraftDeleted { .. }
                | Self::PublishRequested { .. }
                | Self::ActivateRequested { .. }
                | Self::RequestCancelled { .. }
        )
    }

    /// The draft that changes, if one does.
    pub fn draft(&self) -> Option<&DraftId> {
        match self {
            Self::DraftSaved { at, .. } | Self::DraftDeleted { at } => Some(at),
            _ => None,
        }
    }

    /// The value that is saved, if one is.
    pub fn value(&self) -> Option<&Pattern> {
        match self {
            Self::DraftSaved { value, .. } => Some(value),
            _ => None,
        }
    }
}

fn stored_value<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
    String::deserialize(deserializer).map(|source| Pattern::from_stored(&source))
}
