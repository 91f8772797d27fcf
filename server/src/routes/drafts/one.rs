//! One draft: read, save, delete. A save says what it stands on, so that nobody's words are
//! overwritten unseen.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, NoContent, Response};
use copydesk_schema::change::DraftId;
use copydesk_schema::message::check::Finding;
use copydesk_schema::{Actor, Change, EntryKey, Locale, PageId, Pattern, ProjectId, Seq};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op, WriteError};
use futures::join;
use http::StatusCode;
use http::header::ETAG;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Draft;
use crate::checks::{Checking, readable};
use crate::extract::{Json, Path};
use crate::preconditions::{IdempotencyKey, Precondition, etag};
use crate::problem::{Failures, Problem};
use crate::routes::lookup;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_draft, save_draft, delete_draft))
}

/// Where a draft lives.
pub(super) type DraftPath = (ProjectId, Locale, PageId, EntryKey);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewValue {
    /// The source of a Fluent pattern: plain words are already valid. At most 64 KiB.
    value: String,
}

/// One draft, with its version as entity tag.
#[utoipa::path(get, path = "/projects/{project}/drafts/{locale}/{page}/{key}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), ("key" = EntryKey, Path)), responses((status = 200, body = Draft), Failures))]
async fn get_draft(
    State(app): State<App>,
    Path((project, locale, page, key)): Path<DraftPath>,
) -> Result<Response, Problem> {
    let id = DraftId { locale, page, key };
    let floor = lookup::draft_floor(&app.reader, &project, &id).await?;
    let item = app.reader.draft(&project, &id).await?;
    let item = item.filter(|item| item.value.is_some() && item.seq > floor);
    let item = item.ok_or_else(|| Problem::not_found(format!("draft of {} in {}", id.key, id.locale)))?;
    Ok(([(ETAG, etag(item.seq))], Json(Draft::from(item))).into_response())
}

/// Saves a draft, and says what its editor should know of it. Needs `If-Match: "version"`, or `If-None-Match: *` for one that does not exist
/// yet. A save that lost is answered with both texts and changes nothing. Repeating a save with the
/// same `Idempotency-Key` is safe.
#[utoipa::path(put, path = "/projects/{project}/drafts/{locale}/{page}/{key}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), ("key" = EntryKey, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)), request_body = NewValue, responses((status = 200, body = Draft), (status = 201, body = Draft), Failures))]
async fn save_draft(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Precondition(expect): Precondition,
    idempotency: IdempotencyKey,
    Json(body): Json<NewValue>,
) -> Result<Response, Problem> {
    let at = DraftId { locale, page, key };
    save(&app, &project, at, &body.value, None, expect, by, &idempotency).await
}

/// Saves a value; shared with restoring.
#[expect(clippy::too_many_arguments, reason = "everything that makes a save")]
pub(super) async fn save(
    app: &App,
    project: &ProjectId,
    id: DraftId,
    value: &str,
    restored_from: Option<Seq>,
    expect: Expect,
    by: Actor,
    idempotency: &IdempotencyKey,
) -> Result<Response, Problem> {
    let known = app.structures.lately(app, project).await?;
    let mut checking = Checking::new(&app.reader, project, &known);
    // What was saved once can be brought back, whatever is asked of new values by now: delivery
    // cleans it all the same.
    let value = match restored_from {
        Some(_) => Pattern::parse(value)?,
        None => readable(value, checking.kind(&id.page, &id.key))?,
    };
    checking.saved(id.clone(), value.clone());
    let change = Change::DraftSaved { at: id.clone(), value: value.clone(), restored_from };
    let op = Op { change, expect, along: Along::Nothing, save_id: idempotency.save_id(), by: by.clone() };
    // What is to be said of it is looked up meanwhile.
    let (saved, findings) = join!(app.writer.commit(project, op), checking.findings(&id));
    let saved = match saved {
        // The version named is from before its entry came to be: the writer did not have to look.
        Err(WriteError::Stale(None)) => return Err(stale(app, project, &id, &value).await?),
        saved => saved.map_err(|error| lost(error, Some(&value)))?,
    };
    let status = if expect == Expect::Absent { StatusCode::CREATED } else { StatusCode::OK };
    // It is saved: that it could not be checked is no failure of the save.
    let findings = match findings {
        Ok(Some(findings)) => findings,
        // Its entry is newer than what was known here.
        _ => findings_anew(app, project, &id, &value).await.unwrap_or_default(),
    };
    let draft = Draft { key: id.key, value: Some(value), version: saved.seq, by, at: saved.at, findings };
    Ok((status, [(ETAG, etag(saved.seq))], Json(draft)).into_response())
}

/// A save that lost against what may be there.
async fn stale(app: &App, project: &ProjectId, id: &DraftId, value: &Pattern) -> Result<Problem, Problem> {
    let floor = lookup::draft_floor(&app.reader, project, id).await?;
    let current = app.reader.draft(project, id).await?;
    let current = current.filter(|current| current.value.is_some() && current.seq > floor);
    Ok(Problem::stale(current.as_ref(), Some(value.as_str())))
}

/// What the editor should know of a value that was just saved.
async fn findings_anew(app: &App, project: &ProjectId, id: &DraftId, value: &Pattern) -> Result<Vec<Finding>, Problem> {
    let known = app.structures.lately(app, project).await?;
    let mut checking = Checking::new(&app.reader, project, &known);
    checking.saved(id.clone(), value.clone());
    Ok(checking.findings(id).await?.unwrap_or_default())
}

/// A save that lost gets both texts.
pub(super) fn lost(error: WriteError, yours: Option<&Pattern>) -> Problem {
    match error {
        WriteError::Stale(current) => Problem::stale(current.as_deref(), yours.map(Pattern::as_str)),
        other => other.into(),
    }
}

/// Empties a draft. Needs `If-Match: "version"`. Its history stays.
#[utoipa::path(delete, path = "/projects/{project}/drafts/{locale}/{page}/{key}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), ("key" = EntryKey, Path), ("If-Match" = String, Header)), responses((status = 204), Failures))]
async fn delete_draft(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Precondition(expect): Precondition,
    idempotency: IdempotencyKey,
) -> Result<NoContent, Problem> {
    if expect == Expect::Absent {
        return Err(Problem::stale(None, None));
    }
    let change = Change::DraftDeleted { at: DraftId { locale, page, key } };
    let op = Op { change, expect, along: Along::Nothing, save_id: idempotency.save_id(), by };
    app.writer.commit(&project, op).await.map_err(|error| lost(error, None))?;
    Ok(NoContent)
}
