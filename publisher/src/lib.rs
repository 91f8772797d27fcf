#![doc = include_str!("../README.md")]

pub mod events;
pub mod settings;
pub mod start;
pub mod wake;

pub mod hooks;

mod reconcile;

mod dirt;

mod build;

mod switch;

mod prune;
mod settle;
mod site;

mod bucket;
mod invalidate;

pub use bucket::{Bucket, BucketError};
pub use hooks::Hooks;
pub use invalidate::Invalidation;
pub use settings::{Pace, PublisherSettings};
pub use site::SiteScript;
pub use wake::{Publisher, Waker};

use copydesk_schema::delivered::PageError;

/// The publisher's version. A release that one version began is not finished by another.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Why a step of the publisher did not succeed. It is tried again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PublishError {
    #[error(transparent)]
    Store(#[from] copydesk_store::StoreError),
    #[error(transparent)]
    Bucket(#[from] BucketError),
    #[error("{0} cannot be read: {1}")]
    Damaged(String, serde_json::Error),
    #[error("{0} cannot be read: {1}")]
    Tampered(String, PageError),
    #[error("a delivered file is missing: {0}")]
    Missing(String),
    #[error("the edges could not be told: {0}")]
    Invalidation(String),
    #[error("somebody else moved on; looking again")]
    Moved,
}
