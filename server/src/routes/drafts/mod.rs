//! Drafts: the newest saved value of an entry in a locale, and how it came to be.

mod history;
mod one;
mod page;
mod preview;

use copydesk_schema::message::check::Finding;
use copydesk_schema::table::DraftItem;
use copydesk_schema::{Actor, EntryKey, Pattern, Seq, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use crate::state::App;

pub(super) use page::PATCH_BYTES;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(page::router()).merge(one::router()).merge(history::router()).merge(preview::router())
}

/// A draft.
#[derive(Serialize, ToSchema)]
struct Draft {
    /// Its entry.
    key: EntryKey,
    /// The value: the source of a Fluent pattern, as typed.
    value: Option<Pattern>,
    /// Its version: what `If-Match` names.
    version: Seq,
    /// Who saved it.
    by: Actor,
    /// When.
    at: Timestamp,
    /// What its editor should know of it; said when it is saved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
}

impl From<DraftItem> for Draft {
    fn from(item: DraftItem) -> Self {
        Self { key: item.key, value: item.value, version: item.seq, by: item.by, at: item.at, findings: Vec::new() }
    }
}
