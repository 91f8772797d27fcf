//! Who may do what in a project, and who is told what happens in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::Email;
use crate::{Locale, Timestamp};

/// What the subjects of people begin with who were erased: members of nothing.
pub const ERASED: &str = "erased:";

/// What somebody may do. Each may do all that the one before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Reads everything.
    Viewer,
    /// Saves copy; without a limit to some locales also pages and entries.
    Editor,
    /// Publishes and rolls back; with a limit only those locales, and not back.
    Publisher,
    /// Locales, people, tokens, webhooks, settings.
    Admin,
}

impl Role {
    /// All of them, the weakest first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Editor, Self::Publisher, Self::Admin];

    /// Its name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Admin => "admin",
        }
    }
}

/// A role, for all locales or for some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Only these locales, for editors and publishers; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locales: Option<BTreeSet<Locale>>,
}

impl Grant {
    /// A role without limits.
    pub fn of(role: Role) -> Self {
        Self { role, locales: None }
    }

    /// Whether a locale is within its limits.
    pub fn covers(&self, locale: &Locale) -> bool {
        self.locales.as_ref().is_none_or(|some| some.contains(locale))
    }
}

/// What is known of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemberInfo {
    /// The name that people see.
    pub name: String,
    /// What they may do.
    #[serde(flatten)]
    pub grant: Grant,
    /// The address that they were invited at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// A membership for whoever signs in first with this verified address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitationInfo {
    /// The address.
    pub email: Email,
    /// What they will be allowed to do.
    #[serde(flatten)]
    pub grant: Grant,
    /// Until when.
    pub expires: Timestamp,
}

/// What is known of an API token; its secret is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenInfo {
    /// What it is for, as people see it.
    pub name: String,
    /// What it may do.
    #[serde(flatten)]
    pub grant: Grant,
    /// Until when; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// Whether it is that of a preview link: it opens previews and nothing else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preview: bool,
}

/// What a webhook can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Topic {
    /// Nothing happened: the first message of every webhook.
    #[serde(rename = "ping")]
    Ping,
    /// A new release is live.
    #[serde(rename = "release.live")]
    ReleaseLive,
    /// A release that was asked for could not be made.
    #[serde(rename = "release.failed")]
    ReleaseFailed,
    /// An earlier release is live again.
    #[serde(rename = "release.rolled-back")]
    ReleaseRolledBack,
    /// Somebody joined, or may do something else now.
    #[serde(rename = "member.changed")]
    MemberChanged,
    /// Somebody left.
    #[serde(rename = "member.removed")]
    MemberRemoved,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Ping,
        Self::ReleaseLive,
        Self::ReleaseFailed,
        Self::ReleaseRolledBack,
        Self::MemberChanged,
        Self::MemberRemoved,
    ];
}

/// What is known of a webhook; its secret is kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookInfo {
    /// Where messages go.
    pub url: String,
    /// What it is told; everything when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topics: Option<BTreeSet<Topic>>,
    /// Whether it is told anything at the moment.
    pub enabled: bool,
}

impl HookInfo {
    /// Whether it is to be told.
    pub fn hears(&self, topic: Topic) -> bool {
        let subscribed = topic == Topic::Ping || self.topics.as_ref().is_none_or(|some| some.contains(&topic));
        self.enabled && subscribed
    }
}

/// By what somebody was recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Credential {
    /// The owner's token.
    #[default]
    Owner,
    /// A sign-in by one of our own links.
    Session,
    /// A sign-in by an outside issuer.
    Identity,
    /// An API token.
    Token,
}

/// A message to a webhook, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    /// The same at every try, so that the receiver can tell a repetition.
    pub id: String,
    /// What it is about.
    pub topic: Topic,
    /// What is sent, as JSON text.
    pub body: String,
    /// When it happened.
    pub at: Timestamp,
    /// How far it has come.
    pub state: DeliveryState,
    /// The newest tries, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tries: Vec<Try>,
}

/// How far a message to a webhook has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryState {
    /// It is tried until it is taken, for a day.
    Waiting,
    /// It was taken.
    Delivered,
    /// It was given up.
    Failed,
}

/// One try to deliver a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Try {
    /// When.
    pub at: Timestamp,
    /// The answer's status, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
