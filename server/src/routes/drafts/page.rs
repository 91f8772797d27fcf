//! The drafts of a page in a locale, read and saved together.

use std::collections::{BTreeMap, BTreeSet};

use axum::Extension;
use axum::extract::{DefaultBodyLimit, State};
use copydesk_schema::change::DraftId;
use copydesk_schema::limits::PATCH_ITEMS;
use copydesk_schema::message::check::Finding;
use copydesk_schema::table::{KeyRange, Thing};
use copydesk_schema::{Actor, Change, EntryKey, Kind as EntryKind, Locale, PageId, ProjectId, Seq};
use copydesk_store::reader::covered;
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op};
use futures::future::join_all;
use futures::try_join;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Draft;
use super::one::lost;
use crate::checks::{Checking, readable};
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::preconditions::IdempotencyKey;
use crate::problem::{Failures, Kind, Problem};
use crate::routes::lookup;
use crate::state::App;

/// The largest body of a `PATCH`.
pub(crate) const PATCH_BYTES: usize = 8 * 1024 * 1024;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_drafts, patch_drafts)).layer(DefaultBodyLimit::max(PATCH_BYTES))
}

type PagePath = (ProjectId, Locale, PageId);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DraftsPatch {
    /// Drafts to save, at most 1000, each key once.
    drafts: Vec<NewDraft>,
    /// Whether to say what editors should know of the values; `GET …/checks` says it later.
    #[serde(default = "yes")]
    check: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDraft {
    /// Its entry.
    key: EntryKey,
    /// The source of a Fluent pattern; null empties the draft.
    value: Option<String>,
    /// The version that the save stands on; 0 for a draft that does not exist yet.
    version: Seq,
}

#[derive(Serialize, ToSchema)]
struct DraftsResult {
    /// One for each draft of the request, in its order.
    results: Vec<DraftResult>,
}

#[derive(Serialize, ToSchema)]
struct DraftResult {
    key: EntryKey,
    /// The new version; absent when nothing was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Seq>,
    /// What its editor should know of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
    /// Why nothing was saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

/// A part of a page's drafts.
#[derive(Serialize, ToSchema)]
struct Drafts {
    /// The drafts.
    items: Vec<Draft>,
    /// The cursor of the next part; null on the last one.
    next: Option<String>,
    /// Everything up to this event was seen: what is saved later comes by `GET …/log?after=` it.
    seq: Seq,
}

/// The drafts of a page in a locale.
#[utoipa::path(get, path = "/projects/{project}/drafts/{locale}/{page}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), Paging), responses((status = 200, body = Drafts), Failures))]
async fn list_drafts(
    State(app): State<App>,
    Path((project, locale, page)): Path<PagePath>,
    Query(paging): Query<Paging>,
) -> Result<Json<Drafts>, Problem> {
    let reader = &app.reader;
    let tip = async { reader.tip(&project).await.map_err(Problem::from) };
    let (_, in_locale, home, tip) = try_join!(
        lookup::project(reader, &project),
        lookup::locale(reader, &project, &locale),
        lookup::page(reader, &project, &page),
        tip
    )?;
    let heads = reader.heads(&KeyRange::entries(&project, &page)).await?;
    let drafts = reader.drafts(&project, &locale, &page, &page).await?;
    let floors: BTreeMap<EntryKey, Seq> = heads
        .into_iter()
        .filter(|head| !head.deleted && head.born > home.born)
        .filter_map(|head| match head.thing {
            Thing::Entry { key, .. } => Some((key, head.born.max(in_locale.born))),
            _ => None,
        })
        .collect();
    let exists = |draft: &copydesk_schema::table::DraftItem| {
        draft.value.is_some() && floors.get(&draft.key).is_some_and(|floor| draft.seq > *floor)
    };
    let drafts = drafts.into_iter().filter(exists).map(Draft::from);
    let Page { items, next } = Page::of(drafts, &paging, |item| item.key.to_string())?;
    Ok(Json(Drafts { items, next, seq: covered(tip.seq) }))
}

/// Saves many drafts at once, each standing on its own version. Each stands for itself: what lost
/// changes nothing and is reported with both texts.
#[utoipa::path(patch, path = "/projects/{project}/drafts/{locale}/{page}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = DraftsPatch, responses((status = 200, body = DraftsResult), Failures))]
async fn patch_drafts(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale, page)): Path<PagePath>,
    idempotency: IdempotencyKey,
    Json(patch): Json<DraftsPatch>,
) -> Result<Json<DraftsResult>, Problem> {
    if patch.drafts.len() > PATCH_ITEMS {
        return Err(Problem::new(Kind::LimitExceeded, format!("at most {PATCH_ITEMS} drafts at once")));
    }
    let distinct: BTreeSet<&EntryKey> = patch.drafts.iter().map(|draft| &draft.key).collect();
    if distinct.len() < patch.drafts.len() {
        return Err(Problem::new(Kind::InvalidBody, "each key may come once"));
    }
    try_join!(
        lookup::project(&app.reader, &project),
        lookup::locale(&app.reader, &project, &locale),
        lookup::page(&app.reader, &project, &page)
    )?;
    let known = app.structures.lately(&app, &project).await?;
    let mut checking = Checking::new(&app.reader, &project, &known);
    let saves = patch.drafts.into_iter().map(|draft| {
        let id = DraftId { locale: locale.clone(), page: page.clone(), key: draft.key.clone() };
        let kind = checking.kind(&page, &draft.key);
        save(&app, &project, id, draft, kind, &by, &idempotency)
    });
    let mut results = join_all(saves).await;
    if patch.check {
        // They are saved: that they could not be checked is no failure of the saves.
        if let Err(problem) = check(&mut checking, &locale, &page, &mut results).await {
            tracing::warn!(?problem, "drafts that were saved could not be checked");
        }
    }
    Ok(Json(DraftsResult { results }))
}

async fn check(
    checking: &mut Checking<'_>,
    locale: &Locale,
    page: &PageId,
    results: &mut [DraftResult],
) -> Result<(), Problem> {
    checking.copies.turn_to([page.clone()]);
    for read in [Some(locale.clone()), checking.source_for(locale)].into_iter().flatten() {
        checking.read(&read, page, page).await?;
    }
    for result in results.iter_mut().filter(|result| result.version.is_some()) {
        let id = DraftId { locale: locale.clone(), page: page.clone(), key: result.key.clone() };
        result.findings = checking.findings(&id).await?.unwrap_or_default();
    }
    Ok(())
}

async fn save(
    app: &App,
    project: &ProjectId,
    id: DraftId,
    draft: NewDraft,
    kind: EntryKind,
    by: &Actor,
    idempotency: &IdempotencyKey,
) -> DraftResult {
    let key = draft.key.clone();
    match try_save(app, project, id, draft, kind, by, idempotency).await {
        Ok(version) => DraftResult { key, version: Some(version), findings: Vec::new(), problem: None },
        Err(problem) => DraftResult { key, version: None, findings: Vec::new(), problem: Some(problem) },
    }
}

async fn try_save(
    app: &App,
    project: &ProjectId,
    id: DraftId,
    draft: NewDraft,
    kind: EntryKind,
    by: &Actor,
    idempotency: &IdempotencyKey,
) -> Result<Seq, Problem> {
    let expect = if draft.version == Seq::NONE { Expect::Absent } else { Expect::Version(draft.version) };
    let value = draft.value.as_deref().map(|value| readable(value, kind)).transpose()?;
    let change = match (&value, expect) {
        (Some(value), _) => Change::DraftSaved { at: id, value: value.clone(), restored_from: None },
        (None, Expect::Absent) => return Err(Problem::stale(None, None)),
        (None, _) => Change::DraftDeleted { at: id },
    };
    let op = Op { change, expect, along: Along::Nothing, save_id: idempotency.save_id(), by: by.clone() };
    let committed = app.writer.commit(project, op).await.map_err(|error| lost(error, value.as_ref()))?;
    Ok(committed.seq)
}
