//! The project's events in order: for audit and for keeping a copy in step.

use axum::extract::State;
use copydesk_schema::{Event, ProjectId, Seq};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::extract::{Json, Path, Query};
use crate::paging::MOST;
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_events))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct After {
    /// The last event that is known already; 0 for none.
    #[serde(default)]
    after: Seq,
    /// At most so many events: 1 to 1000, 100 when absent.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
struct Log {
    /// The events after `after`, in order, without gaps.
    items: Vec<Event>,
    /// What to pass as `after` next time.
    next: Seq,
    /// The newest event there is.
    tip: Seq,
}

/// The events after a known one. Repeat with `next` until it equals `tip`; later for what came since.
#[utoipa::path(get, path = "/projects/{project}/log", params(("project" = ProjectId, Path), After), responses((status = 200, body = Log), Failures))]
async fn list_events(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(query): Query<After>,
) -> Result<Json<Log>, Problem> {
    let limit = query.limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::new(Kind::BadRequest, format!("limit is 1 to {MOST}")));
    }
    lookup::project(&app.reader, &project).await?;
    let tip = app.reader.tip(&project).await?.seq;
    if query.after > tip {
        let detail = format!("after is at most {tip}, the newest event; not {}", query.after);
        return Err(Problem::new(Kind::UnknownSeq, detail));
    }
    let items = app.reader.events(&project, query.after, limit).await?;
    let next = items.last().map_or(query.after, |event| event.seq);
    Ok(Json(Log { items, next, tip: tip.max(next) }))
}
