//! Every value that a draft ever had, and bringing one back.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use copydesk_schema::change::DraftId;
use copydesk_schema::table::DraftItem;
use copydesk_schema::{Actor, Change, Event, Pattern, ProjectId, Seq, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::one::{DraftPath, save};
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::preconditions::{IdempotencyKey, Precondition};
use crate::problem::{Failures, Problem};
use crate::routes::lookup;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_history)).routes(routes!(restore_draft))
}

/// One saved value.
#[derive(Serialize, ToSchema)]
struct Revision {
    /// Its version.
    version: Seq,
    /// The value; null where the draft was emptied.
    value: Option<Pattern>,
    /// Who saved it.
    by: Actor,
    /// When.
    at: Timestamp,
    /// The version that it brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    restored_from: Option<Seq>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Restore {
    /// The version to bring back.
    version: Seq,
}

/// Every value ever saved here, newest first: also from before its page, entry or locale was
/// removed and came back.
#[utoipa::path(get, path = "/projects/{project}/drafts/{locale}/{page}/{key}/history", params(("project" = ProjectId, Path), ("locale" = copydesk_schema::Locale, Path), ("page" = copydesk_schema::PageId, Path), ("key" = copydesk_schema::EntryKey, Path), Paging), responses((status = 200, body = Page<Revision>), Failures))]
async fn list_history(
    State(app): State<App>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Revision>>, Problem> {
    let (limit, before) = (paging.limit()?, paging.after_number()?);
    lookup::project(&app.reader, &project).await?;
    let id = DraftId { locale, page, key };
    let head = app.reader.draft(&project, &id).await?;
    let head = head.ok_or_else(|| Problem::not_found(format!("draft of {} in {}", id.key, id.locale)))?;
    let mut revisions = walk(&app, &project, &head, before.map(Seq), limit + 1).await?;
    let more = revisions.len() > limit;
    revisions.truncate(limit);
    let revisions: Vec<Revision> = revisions.into_iter().map(Revision::from).collect();
    Ok(Json(Page::new(revisions, more, |revision| revision.version.to_string())))
}

/// Saves an earlier value again. Like any save it says what it stands on.
#[utoipa::path(post, path = "/projects/{project}/drafts/{locale}/{page}/{key}/restore", params(("project" = ProjectId, Path), ("locale" = copydesk_schema::Locale, Path), ("page" = copydesk_schema::PageId, Path), ("key" = copydesk_schema::EntryKey, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)), request_body = Restore, responses((status = 200, body = super::Draft), (status = 201, body = super::Draft), Failures))]
async fn restore_draft(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Precondition(expect): Precondition,
    idempotency: IdempotencyKey,
    Json(body): Json<Restore>,
) -> Result<Response, Problem> {
    lookup::project(&app.reader, &project).await?;
    let id = DraftId { locale, page, key };
    let event = app.reader.event(&project, body.version).await?;
    let value = event.filter(|event| event.change.draft() == Some(&id)).and_then(|event| event.change.value().cloned());
    let missing =
        || Problem::not_found(format!("version {} of {} in {} with a value", body.version, id.key, id.locale));
    let value = value.ok_or_else(missing)?;
    save(&app, &project, id, value.as_str(), Some(body.version), expect, by, &idempotency).await
}

/// The revisions before `before`, newest first. The head knows the newest; older ones are followed
/// one by one.
async fn walk(
    app: &App,
    project: &ProjectId,
    head: &DraftItem,
    before: Option<Seq>,
    limit: usize,
) -> Result<Vec<Event>, Problem> {
    let wanted = |seq: &Seq| before.is_none_or(|before| *seq < before);
    let known: Vec<Seq> = head.recent.iter().copied().filter(wanted).take(limit).collect();
    let mut events = app.reader.events_at(project, &known).await?;
    events.sort_by_key(|event| std::cmp::Reverse(event.seq));
    let mut next = match events.last() {
        Some(oldest) => oldest.prev,
        // Beyond what the head knows: the cursor's own revision says what came before it.
        None => match before {
            Some(before) => app.reader.event(project, before).await?.map_or(Seq::NONE, |event| event.prev),
            None => Seq::NONE,
        },
    };
    while events.len() < limit && next != Seq::NONE {
        let Some(event) = app.reader.event(project, next).await? else { break };
        next = event.prev;
        events.push(event);
    }
    Ok(events)
}

impl From<Event> for Revision {
    fn from(event: Event) -> Self {
        let (value, restored_from) = match event.change {
            Change::DraftSaved { value, restored_from, .. } => (Some(value), restored_from),
            _ => (None, None),
        };
        Self { version: event.seq, value, by: event.by, at: event.at, restored_from }
    }
}
