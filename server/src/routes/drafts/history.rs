//! Every value that a draft ever had, and bringing one back.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use copydesk_schema::change::{DraftId, EntryAt};
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

/// Every value ever saved here, newest first: also under the names that its entry had before, and from before its page,
/// entry or locale was removed and came back.
#[utoipa::path(get, path = "/projects/{project}/drafts/{locale}/{page}/{key}/history", params(("project" = ProjectId, Path), ("locale" = copydesk_schema::Locale, Path), ("page" = copydesk_schema::PageId, Path), ("key" = copydesk_schema::EntryKey, Path), Paging), responses((status = 200, body = Page<Revision>), Failures))]
async fn list_history(
    State(app): State<App>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Revision>>, Problem> {
    let (limit, before) = (paging.limit()?, paging.after_number()?);
    lookup::project(&app.reader, &project).await?;
    let id = DraftId { locale, page, key };
    let heads = app.reader.drafts_of(&project, &names(&app, &project, &id).await?).await?;
    if heads.is_empty() {
        return Err(Problem::not_found(format!("draft of {} in {}", id.key, id.locale)));
    }
    let mut revisions = Vec::new();
    for head in heads {
        revisions.extend(walk(&app, &project, &head, before.map(Seq), limit + 1).await?);
    }
    revisions.sort_by_key(|event| std::cmp::Reverse(event.seq));
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
    let names = names(&app, &project, &id).await?;
    let is_own = |event: &Event| event.change.draft().is_some_and(|at| names.contains(at));
    let value = event.filter(is_own).and_then(|event| event.change.value().cloned());
    let missing =
        || Problem::not_found(format!("version {} of {} in {} with a value", body.version, id.key, id.locale));
    let value = value.ok_or_else(missing)?;
    save(&app, &project, id, value.as_str(), Some(body.version), expect, by, &idempotency).await
}

/// Names of an entry that its history is followed through.
const NAMES: usize = 20;

/// What a draft is called, and what it was called before.
async fn names(app: &App, project: &ProjectId, id: &DraftId) -> Result<Vec<DraftId>, Problem> {
    let structure = app.structures.now(&app.reader, project).await?.0.structure;
    let mut names = vec![id.clone()];
    let mut at = Some(EntryAt { page: id.page.clone(), key: id.key.clone() });
    while let Some(EntryAt { page, key }) = at.take().filter(|_| names.len() < NAMES) {
        // Also of what is gone.
        let head = structure.pages.get(&page).and_then(|page| page.entries.get(&key));
        let before = head.and_then(|head| head.info.was.clone());
        let name = before.as_ref().map(|before| DraftId {
            locale: id.locale.clone(),
            page: before.page.clone(),
            key: before.key.clone(),
        });
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
            at = before;
        }
    }
    Ok(names)
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
        None => beyond(app, project, head, before).await?,
    };
    while events.len() < limit && next != Seq::NONE {
        let Some(event) = app.reader.event(project, next).await? else { break };
        next = event.prev;
        events.push(event);
    }
    Ok(events)
}

/// Where to go on beyond what the head knows: the cursor's own revision says what came before it. Where that was saved
/// under another name, what the head knows is followed until it is older.
async fn beyond(app: &App, project: &ProjectId, head: &DraftItem, before: Option<Seq>) -> Result<Seq, Problem> {
    let Some(before) = before else { return Ok(Seq::NONE) };
    let cursor = app.reader.event(project, before).await?;
    if let Some(cursor) = cursor.filter(|event| event.change.draft() == Some(&head.id())) {
        return Ok(cursor.prev);
    }
    let mut next = head.recent.last().copied().unwrap_or_default();
    while next >= before && next != Seq::NONE {
        next = app.reader.event(project, next).await?.map_or(Seq::NONE, |event| event.prev);
    }
    Ok(next)
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
