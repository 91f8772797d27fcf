//! Releases as the publisher noted them.

use axum::extract::State;
use copydesk_schema::release::Release;
use copydesk_schema::{ProjectId, ReleaseNumber};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::routes::lookup;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_releases)).routes(routes!(get_release))
}

/// The releases, newest first.
#[utoipa::path(get, path = "/projects/{project}/releases", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Release>), Failures))]
async fn list_releases(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Release>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let (limit, before) = (paging.limit()?, paging.after_number()?);
    let mut releases = app.reader.releases(&project, before.map(ReleaseNumber), limit + 1).await?;
    let more = releases.len() > limit;
    releases.truncate(limit);
    Ok(Json(Page::new(releases, more, |release| release.release.to_string())))
}

/// One release: its state, how far it has come, what it changed.
#[utoipa::path(get, path = "/projects/{project}/releases/{release}", params(("project" = ProjectId, Path), ("release" = ReleaseNumber, Path)), responses((status = 200, body = Release), Failures))]
async fn get_release(
    State(app): State<App>,
    Path((project, number)): Path<(ProjectId, ReleaseNumber)>,
) -> Result<Json<Release>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let release = app.reader.release(&project, number).await?;
    release.map(Json).ok_or_else(|| Problem::not_found(format!("release {number}")))
}
