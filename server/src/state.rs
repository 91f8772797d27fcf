//! What every request stands on. Built once.

use std::sync::Arc;
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::ProjectId;
use copydesk_schema::hooks::Reach;
use copydesk_store::{Messages, Presence, Reader, SignIns, Table, Writer};

use crate::access::grants::Kept;
use crate::access::limits::Limits;
use crate::access::{Access, OwnerToken, Rates, SignIn};
use crate::delivered::Delivered;
use crate::routes::site_check;
use crate::settings::AccessSettings;
use crate::structures::Structures;
use crate::texts::Texts;

/// How long requests may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Any request, its body included.
    pub request: Duration,
    /// The longest wait that a client may ask for (`Prefer: wait`).
    pub wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { request: Duration::from_secs(30), wait: Duration::from_secs(25) }
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The table.
    pub table: Table,
    /// Writes the log and its heads.
    pub writer: Writer,
    /// Where sites fetch.
    pub delivery: String,
    /// The time.
    pub clock: Clock,
    /// The token that opens everything, if there is one.
    pub owner: Option<OwnerToken>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// What else decides about access.
    pub access: AccessSettings,
    /// How much anybody may ask, where the settings do not say.
    pub rates: Rates,
    /// How late a change of access in another process is noticed.
    pub kept: Duration,
    /// Where webhooks may be.
    pub hook_reach: Reach,
    /// Tells the publisher that something was asked of it, where one runs in this process.
    pub wake: Arc<dyn Fn(&ProjectId) + Send + Sync>,
    /// Tells it that there may be messages to webhooks.
    pub deliver: Arc<dyn Fn() + Send + Sync>,
    /// How long requests may take.
    pub patience: Patience,
}

/// How late a change of access in another process is noticed, unless told otherwise.
pub const KEPT: Duration = Duration::from_secs(3);

impl App {
    /// Puts the state together.
    pub fn new(parts: Parts) -> anyhow::Result<Self> {
        let access = Access {
            owner: parts.owner,
            sign_in: parts.sign_in,
            limits: Arc::new(Limits::new(parts.access.rates(parts.rates))),
            creators: parts.access.creators.unwrap_or_default(),
            studios: parts.access.studios,
            kept: Kept::new(parts.kept),
        };
        Ok(Self {
            reader: Reader::new(parts.table.clone()),
            writer: parts.writer,
            structures: Structures::default(),
            texts: Texts::default(),
            delivered: Delivered::new(&parts.delivery)?,
            clock: parts.clock,
            access,
            sign_ins: SignIns::new(parts.table.clone()),
            messages: Messages::new(parts.table.clone()),
            presence: Presence::new(parts.table),
            sites: site_check::client(parts.hook_reach)?,
            hook_reach: parts.hook_reach,
            proxies: parts.access.proxies,
            wake: parts.wake,
            deliver: parts.deliver,
            patience: parts.patience,
        })
    }
}

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Reads the table.
    pub reader: Reader,
    /// Writes the log and its heads.
    pub writer: Writer,
    /// Locales, pages and entries, kept up.
    pub structures: Structures,
    /// Drafts, kept up for searching.
    pub texts: Texts,
    /// What sites read.
    pub delivered: Delivered,
    /// The time.
    pub clock: Clock,
    /// Who may do what.
    pub access: Access,
    /// Sign-ins, and when tokens were used.
    pub sign_ins: SignIns,
    /// Messages to webhooks.
    pub messages: Messages,
    /// Where people are writing.
    pub presence: Presence,
    /// Fetches pages of customers' sites.
    pub sites: reqwest::Client,
    /// Where webhooks may be.
    pub hook_reach: Reach,
    /// How many trusted proxies are in front and name the client in `X-Forwarded-For`.
    pub proxies: usize,
    /// Tells the publisher that something was asked of it, where one runs in this process.
    pub wake: Arc<dyn Fn(&ProjectId) + Send + Sync>,
    /// Tells it that there may be messages to webhooks.
    pub deliver: Arc<dyn Fn() + Send + Sync>,
    /// How long requests may take.
    pub patience: Patience,
}
