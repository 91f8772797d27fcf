//! Entries of a page: what may be written there, not the words themselves.

use axum::extract::{DefaultBodyLimit, State};
use axum::{Extension, response};
use copydesk_schema::change::EntryInfo;
use copydesk_schema::limits::PATCH_ITEMS;
use copydesk_schema::table::{KeyRange, Thing};
use copydesk_schema::{Actor, Change, EntryKey, Kind, PageId, ProjectId, Seq};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::drafts::PATCH_BYTES;
use super::lookup;
use super::projects::op;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{self, Failures, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_entries, patch_entries))
        .layer(DefaultBodyLimit::max(PATCH_BYTES))
        .routes(routes!(put_entry, delete_entry))
}

/// An entry of a page.
#[derive(Serialize, ToSchema)]
struct EntryBody {
    /// Its key.
    key: EntryKey,
    /// What is known of it.
    #[serde(flatten)]
    info: EntryInfo,
    /// The event that changed it last.
    seq: Seq,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EntriesPatch {
    /// Entries to add or change, at most 1000.
    entries: Vec<NewEntry>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEntry {
    /// Its key.
    key: EntryKey,
    /// What it may hold.
    #[serde(default)]
    kind: Kind,
    /// A note for translators.
    #[serde(default)]
    note: String,
    /// The most characters a value should have.
    #[schema(format = "uint32", maximum = 4_294_967_295_u32)]
    max_length: Option<u32>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEntryInfo {
    /// What it may hold.
    #[serde(default)]
    kind: Kind,
    /// A note for translators.
    #[serde(default)]
    note: String,
    /// The most characters a value should have.
    #[schema(format = "uint32", maximum = 4_294_967_295_u32)]
    max_length: Option<u32>,
}

#[derive(Serialize, ToSchema)]
struct EntriesResult {
    /// One for each entry of the request, in its order.
    results: Vec<EntryResult>,
}

#[derive(Serialize, ToSchema)]
struct EntryResult {
    key: EntryKey,
    /// The event that saved it; absent when it was not saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<Seq>,
    /// Why it was not saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

/// The entries of a page.
#[utoipa::path(get, path = "/projects/{project}/pages/{page}/entries", params(("project" = ProjectId, Path), ("page" = PageId, Path), Paging), responses((status = 200, body = Page<EntryBody>), Failures))]
async fn list_entries(
    State(app): State<App>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<EntryBody>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let home = lookup::page(&app.reader, &project, &page).await?;
    let heads = app.reader.heads(&KeyRange::entries(&project, &page)).await?;
    let entries = heads.into_iter().filter(|head| !head.deleted && head.born > home.born);
    let entries = entries.filter_map(|head| match head.thing {
        Thing::Entry { key, info, .. } => Some(EntryBody { key, info, seq: head.seq }),
        _ => None,
    });
    Ok(Json(Page::of(entries, &paging, |item| item.key.to_string())?))
}

/// Adds or changes many entries at once. Each stands for itself.
#[utoipa::path(patch, path = "/projects/{project}/pages/{page}/entries", params(("project" = ProjectId, Path), ("page" = PageId, Path)), request_body = EntriesPatch, responses((status = 200, body = EntriesResult), Failures))]
async fn patch_entries(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Json(patch): Json<EntriesPatch>,
) -> Result<Json<EntriesResult>, Problem> {
    if patch.entries.len() > PATCH_ITEMS {
        return Err(Problem::new(problem::Kind::LimitExceeded, format!("at most {PATCH_ITEMS} entries at once")));
    }
    lookup::project(&app.reader, &project).await?;
    let saves = patch.entries.into_iter().map(|entry| {
        let info =
            EntryInfo { kind: entry.kind, note: entry.note, max_length: entry.max_length, ..EntryInfo::default() };
        let change = Change::EntryPut { page: page.clone(), key: entry.key.clone(), info };
        let op = op(change, by.clone());
        async {
            let saved = app.writer.commit(&project, op).await;
            let (seq, problem) = match saved {
                Ok(committed) => (Some(committed.seq), None),
                Err(error) => (None, Some(Problem::from(error))),
            };
            EntryResult { key: entry.key, seq, problem }
        }
    });
    Ok(Json(EntriesResult { results: join_all(saves).await }))
}

/// Adds an entry or changes it.
#[utoipa::path(put, path = "/projects/{project}/pages/{page}/entries/{key}", params(("project" = ProjectId, Path), ("page" = PageId, Path), ("key" = EntryKey, Path)), request_body = NewEntryInfo, responses((status = 200, body = EntryBody), Failures))]
async fn put_entry(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page, key)): Path<(ProjectId, PageId, EntryKey)>,
    Json(new): Json<NewEntryInfo>,
) -> Result<Json<EntryBody>, Problem> {
    let info = EntryInfo { kind: new.kind, note: new.note, max_length: new.max_length, ..EntryInfo::default() };
    let change = Change::EntryPut { page, key: key.clone(), info: info.clone() };
    let committed = app.writer.commit(&project, op(change, by)).await?;
    Ok(Json(EntryBody { key, info, seq: committed.seq }))
}

/// Removes an entry with its drafts. Their history stays.
#[utoipa::path(delete, path = "/projects/{project}/pages/{page}/entries/{key}", params(("project" = ProjectId, Path), ("page" = PageId, Path), ("key" = EntryKey, Path)), responses((status = 204), Failures))]
async fn delete_entry(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page, key)): Path<(ProjectId, PageId, EntryKey)>,
) -> Result<response::NoContent, Problem> {
    app.writer.commit(&project, op(Change::EntryDeleted { page, key }, by)).await?;
    Ok(response::NoContent)
}
