//! Pages: the unit of delivery.

use axum::extract::State;
use axum::{Extension, response};
use copydesk_schema::change::PageInfo;
use copydesk_schema::table::{KeyRange, Thing};
use copydesk_schema::{Actor, Change, PageId, ProjectId, Seq};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use super::projects::op;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_pages))
        .routes(routes!(get_page, put_page, delete_page))
        .routes(routes!(put_next))
}

/// A page of a project.
#[derive(Serialize, ToSchema)]
struct PageBody {
    /// Its name.
    page: PageId,
    /// A note for translators.
    note: String,
    /// Pages that a visitor is likely to see next, the likeliest first.
    next: Vec<PageId>,
    /// The event that changed it last.
    seq: Seq,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPage {
    /// A note for translators.
    #[serde(default)]
    note: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewNext {
    /// Other pages, the likeliest first.
    #[schema(max_items = 5)]
    next: Vec<PageId>,
}

/// The pages of a project.
#[utoipa::path(get, path = "/projects/{project}/pages", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<PageBody>), Failures))]
async fn list_pages(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PageBody>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let heads = app.reader.heads(&KeyRange::pages(&project)).await?;
    let pages = heads.into_iter().filter(|head| !head.deleted).filter_map(|head| match head.thing {
        Thing::Page { page, info } => Some(PageBody { page, note: info.note, next: info.next, seq: head.seq }),
        _ => None,
    });
    Ok(Json(Page::of(pages, &paging, |item| item.page.to_string())?))
}

/// One page.
#[utoipa::path(get, path = "/projects/{project}/pages/{page}", params(("project" = ProjectId, Path), ("page" = PageId, Path)), responses((status = 200, body = PageBody), Failures))]
async fn get_page(
    State(app): State<App>,
    Path((project, page)): Path<(ProjectId, PageId)>,
) -> Result<Json<PageBody>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let head = lookup::page(&app.reader, &project, &page).await?;
    Ok(Json(PageBody { page, note: head.info.note, next: head.info.next, seq: head.seq }))
}

/// Adds a page or changes it.
#[utoipa::path(put, path = "/projects/{project}/pages/{page}", params(("project" = ProjectId, Path), ("page" = PageId, Path)), request_body = NewPage, responses((status = 200, body = PageBody), Failures))]
async fn put_page(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Json(NewPage { note }): Json<NewPage>,
) -> Result<Json<PageBody>, Problem> {
    let info = PageInfo { note, ..PageInfo::default() };
    app.writer.commit(&project, op(Change::PagePut { page: page.clone(), info }, by)).await?;
    get_page(State(app), Path((project, page))).await
}

/// Says which pages a visitor of this one is likely to see next, so that the site script can fetch them in advance.
#[utoipa::path(put, path = "/projects/{project}/pages/{page}/next", params(("project" = ProjectId, Path), ("page" = PageId, Path)), request_body = NewNext, responses((status = 200, body = PageBody), Failures))]
async fn put_next(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Json(NewNext { next }): Json<NewNext>,
) -> Result<Json<PageBody>, Problem> {
    app.writer.commit(&project, op(Change::NextSet { page: page.clone(), next }, by)).await?;
    get_page(State(app), Path((project, page))).await
}

/// Removes a page with its entries and drafts. Their history stays.
#[utoipa::path(delete, path = "/projects/{project}/pages/{page}", params(("project" = ProjectId, Path), ("page" = PageId, Path)), responses((status = 204), Failures))]
async fn delete_page(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
) -> Result<response::NoContent, Problem> {
    app.writer.commit(&project, op(Change::PageDeleted { page }, by)).await?;
    Ok(response::NoContent)
}
