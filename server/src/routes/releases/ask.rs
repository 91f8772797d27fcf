//! Asking for a release, or for an earlier one to be live again.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use copydesk_schema::release::{ReleaseOrder, ReleaseState, Request, Scope};
use copydesk_schema::{Actor, Change, Locale, PageId, ProjectId, ReleaseNumber, Seq, Timestamp};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op, WriteError};
use http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::super::rename::unfinished;
use super::requests::{self, answer};
use crate::access::guard::Allowed;
use crate::extract::{Json, Path};
use crate::preconditions::IdempotencyKey;
use crate::problem::{Failures, Kind, Problem};
use crate::routes::lookup;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(publish)).routes(routes!(activate))
}

/// How far in the past `publish_at` may be: clocks differ a little.
const LATE_MILLIS: u64 = 60_000;

/// What to publish. A field that is not known is refused: a typo must not publish everything.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRelease {
    /// The point in the log to publish. Absent: the moment of asking, or of `publish_at`.
    seq: Option<Seq>,
    /// Only these locales; all when absent.
    locales: Option<Vec<Locale>>,
    /// Only these pages; all when absent.
    pages: Option<Vec<PageId>>,
    /// Why, for people.
    #[serde(default)]
    note: String,
    /// When; at once when absent.
    publish_at: Option<Timestamp>,
    /// Publish even when something newer than `seq` is already live in the scope.
    #[serde(default)]
    force: bool,
}

impl From<NewRelease> for ReleaseOrder {
    fn from(new: NewRelease) -> Self {
        let scope = Scope { locales: new.locales, pages: new.pages };
        Self { seq: new.seq, scope, note: new.note, publish_at: new.publish_at, force: new.force }
    }
}

/// Asks for a release: everything saved up to `seq` (or up to now), in the scope. Answers at once
/// with the request; `Prefer: wait=10` waits for it to end. The same `Idempotency-Key` is the same
/// request.
#[utoipa::path(post, path = "/projects/{project}/releases", params(("project" = ProjectId, Path), ("Idempotency-Key" = Option<String>, Header), ("Prefer" = Option<String>, Header)), request_body = NewRelease, responses((status = 202, body = Request), Failures))]
async fn publish(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Extension(allowed): Extension<Allowed>,
    Path(project): Path<ProjectId>,
    key: IdempotencyKey,
    headers: HeaderMap,
    Json(new): Json<NewRelease>,
) -> Result<Response, Problem> {
    let order = ReleaseOrder::from(new);
    allowed.scope(&order.scope)?;
    if order.publish_at.is_some_and(|at| at.plus_millis(LATE_MILLIS) < app.clock.now()) {
        return Err(Problem::new(Kind::InvalidBody, "publish_at is in the past; leave it out to publish at once"));
    }
    if let Some(seq) = order.seq {
        lookup::project(&app.reader, &project).await?;
        let tip = app.reader.tip(&project).await?.seq;
        if seq > tip || seq.0 == 0 {
            return Err(Problem::new(Kind::UnknownSeq, format!("seq is 1 to {tip}, the newest event; not {seq}")));
        }
    }
    let structure = app.structures.now(&app.reader, &project).await?.0.structure;
    if let Some(half) = unfinished(&structure) {
        return Err(Problem::new(
            Kind::InUse,
            format!("{half}: wait for that, or ask for it again if nobody is at it"),
        ));
    }
    let due = order.publish_at;
    ask(&app, &project, Change::PublishRequested { order }, due, by, key, &headers).await
}

/// Asks for a release to be live again: rolls back or forward.
#[utoipa::path(post, path = "/projects/{project}/releases/{release}/activate", params(("project" = ProjectId, Path), ("release" = ReleaseNumber, Path), ("Idempotency-Key" = Option<String>, Header), ("Prefer" = Option<String>, Header)), responses((status = 202, body = Request), Failures))]
async fn activate(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, release)): Path<(ProjectId, ReleaseNumber)>,
    key: IdempotencyKey,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    lookup::project(&app.reader, &project).await?;
    let record = app.reader.release(&project, release).await?;
    let record = record.ok_or_else(|| Problem::not_found(format!("release {release}")))?;
    if !matches!(record.state, ReleaseState::Live | ReleaseState::Superseded) {
        let detail = format!("release {release} is {}", state_name(record.state));
        return Err(Problem::new(Kind::NotActivatable, detail));
    }
    ask(&app, &project, Change::ActivateRequested { release }, None, by, key, &headers).await
}

async fn ask(
    app: &App,
    project: &ProjectId,
    change: Change,
    due: Option<Timestamp>,
    by: Actor,
    key: IdempotencyKey,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let wanted = serde_json::to_vec(&change).unwrap_or_default();
    let hash = copydesk_schema::delivered::sha256_hex(&wanted);
    let idempotency = key.0.clone().map(|key| (key, hash.clone()));
    let along = Along::Order { due, idempotency };
    let op = Op { change, expect: Expect::Anything, along, save_id: key.save_id(), by };
    let number = match app.writer.commit(project, op).await {
        Ok(committed) => committed.seq,
        Err(WriteError::Repeated(earlier)) if earlier.body == hash => earlier.request,
        Err(WriteError::Repeated(_)) => {
            return Err(Problem::new(
                Kind::IdempotencyMismatch,
                "that Idempotency-Key asked for something else before",
            ));
        }
        Err(other) => return Err(other.into()),
    };
    (app.wake)(project);
    let request = requests::wait(app, project, number, headers).await?;
    Ok(answer(project, request))
}

/// How a state is written.
fn state_name(state: ReleaseState) -> String {
    serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
