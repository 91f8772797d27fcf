//! What was asked of the publisher, and which release it became.

use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, NoContent, Response};
use copydesk_schema::release::{Request, RequestState, Wanted};
use copydesk_schema::{Actor, Change, ProjectId, Seq};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op};
use http::header::{HeaderName, LOCATION};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::guard::Allowed;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::preconditions::IdempotencyKey;
use crate::problem::{Failures, Kind, Problem};
use crate::routes::lookup;
use crate::state::App;

/// The first pause between two looks at a request that is waited for; it doubles up to the longest.
const FIRST_LOOK: Duration = Duration::from_millis(5);
const LONGEST_LOOK: Duration = Duration::from_millis(250);

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_requests)).routes(routes!(get_request, cancel_request))
}

/// What was asked, newest first.
#[utoipa::path(get, path = "/projects/{project}/releases/requests", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Request>), Failures))]
async fn list_requests(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Request>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let (limit, before) = (paging.limit()?, paging.after_number()?);
    let mut requests = app.reader.requests(&project, before.map(Seq), limit + 1).await?;
    let more = requests.len() > limit;
    requests.truncate(limit);
    Ok(Json(Page::new(requests, more, |request| request.request.to_string())))
}

/// One request. `Prefer: wait=10` waits up to so many seconds for it to end.
#[utoipa::path(get, path = "/projects/{project}/releases/requests/{request}", params(("project" = ProjectId, Path), ("request" = Seq, Path), ("Prefer" = Option<String>, Header)), responses((status = 200, body = Request), Failures))]
async fn get_request(
    State(app): State<App>,
    Path((project, request)): Path<(ProjectId, Seq)>,
    headers: HeaderMap,
) -> Result<Json<Request>, Problem> {
    lookup::project(&app.reader, &project).await?;
    Ok(Json(wait(&app, &project, request, &headers).await?))
}

/// Cancels a request that has not begun.
#[utoipa::path(delete, path = "/projects/{project}/releases/requests/{request}", params(("project" = ProjectId, Path), ("request" = Seq, Path)), responses((status = 204), Failures))]
async fn cancel_request(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Extension(allowed): Extension<Allowed>,
    Path((project, number)): Path<(ProjectId, Seq)>,
    key: IdempotencyKey,
) -> Result<NoContent, Problem> {
    lookup::project(&app.reader, &project).await?;
    let request = read(&app, &project, number).await?;
    match &request.wanted {
        Wanted::Publish { order } => allowed.scope(&order.scope)?,
        Wanted::Activate { .. } => allowed.whole()?,
    }
    if request.state != RequestState::Waiting {
        return Err(Problem::new(Kind::NotCancellable, "it has begun or ended already"));
    }
    let change = Change::RequestCancelled { request: number };
    let along = Along::Cancel(Box::new(request));
    let op = Op { change, expect: Expect::Anything, along, save_id: key.save_id(), by };
    app.writer.commit(&project, op).await?;
    Ok(NoContent)
}

/// Reads a request; where the client prefers, once it has ended.
pub(super) async fn wait(app: &App, project: &ProjectId, number: Seq, headers: &HeaderMap) -> Result<Request, Problem> {
    let deadline = Instant::now() + preferred_wait(headers).min(app.patience.wait);
    let mut pause = FIRST_LOOK;
    loop {
        let request = read(app, project, number).await?;
        if request.state.is_final() || Instant::now() + pause > deadline {
            return Ok(request);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_LOOK);
    }
}

async fn read(app: &App, project: &ProjectId, number: Seq) -> Result<Request, Problem> {
    let request = app.reader.request(project, number).await?;
    request.ok_or_else(|| Problem::not_found(format!("request {number}")))
}

/// `Prefer: wait=10` (RFC 7240), in seconds.
fn preferred_wait(headers: &HeaderMap) -> Duration {
    let values = headers.get_all(HeaderName::from_static("prefer")).iter().filter_map(|value| value.to_str().ok());
    let seconds =
        values.flat_map(|value| value.split(',')).find_map(|part| part.trim().strip_prefix("wait=")?.parse().ok());
    Duration::from_secs(seconds.unwrap_or(0))
}

/// 202 with the request's address.
pub(super) fn answer(project: &ProjectId, request: Request) -> Response {
    let location = format!("/v1/projects/{project}/releases/requests/{}", request.request);
    (StatusCode::ACCEPTED, [(LOCATION, location)], Json(request)).into_response()
}
