//! What every request stands on. Built once.

use std::sync::Arc;
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::ProjectId;
use copydesk_store::{Reader, Writer};

use crate::OwnerToken;
use crate::delivered::Delivered;
use crate::structures::Structures;

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

/// The server's state. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Reads the table.
    pub reader: Reader,
    /// Writes the log and its heads.
    pub writer: Writer,
    /// Locales, pages and entries, kept up.
    pub structures: Structures,
    /// What sites read.
    pub delivered: Delivered,
    /// The time.
    pub clock: Clock,
    /// The token that opens everything.
    pub owner: OwnerToken,
    /// Tells the publisher that something was asked of it, where one runs in this process.
    pub wake: Arc<dyn Fn(&ProjectId) + Send + Sync>,
    /// How long requests may take.
    pub patience: Patience,
}
