//! Projects: one site or app each.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, response};
use copydesk_schema::change::LocaleInfo;
use copydesk_schema::delivered::AliasLayout;
use copydesk_schema::message::check::Code;
use copydesk_schema::structure::{Head, ProjectInfo};
use copydesk_schema::{Actor, Change, Locale, ProjectId, ReleaseNumber, Seq};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op};
use futures::future::try_join_all;
use http::StatusCode;
use http::header::LOCATION;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::auth::OWNER;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::preconditions::IdempotencyKey;
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_projects, create_project)).routes(routes!(
        get_project,
        patch_project,
        delete_project
    ))
}

/// A project.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Project {
    /// Its slug.
    project: ProjectId,
    /// The name that people see.
    name: String,
    /// The source locale.
    source: Option<Locale>,
    /// How the plain aliases are laid out.
    alias: AliasLayout,
    /// Kinds of findings that stop a publish while a changed page has one of them.
    blocking: BTreeSet<Code>,
    /// The event that changed this last.
    seq: Seq,
    /// The release that is live; absent when none is.
    live: Option<ReleaseNumber>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewProject {
    /// Its slug: never used twice.
    project: ProjectId,
    /// The name that people see.
    name: String,
    /// The locale in which copy is first written.
    source: Locale,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProjectPatch {
    /// The name that people see.
    name: Option<String>,
    /// How the plain aliases are laid out, from the next release on.
    alias: Option<AliasLayout>,
    /// Kinds of findings that stop a publish while a changed page has one of them.
    blocking: Option<BTreeSet<Code>>,
}

/// The projects that the caller belongs to.
#[utoipa::path(get, path = "/projects", params(Paging), responses((status = 200, body = Page<Project>), Failures))]
async fn list_projects(State(app): State<App>, Query(paging): Query<Paging>) -> Result<Json<Page<Project>>, Problem> {
    let limit = paging.limit()?;
    let after: Option<ProjectId> = paging.after()?.map(|after| after.parse()).transpose()?;
    let mut slugs = app.reader.memberships(OWNER, after.as_ref(), limit + 1).await?;
    let more = slugs.len() > limit;
    slugs.truncate(limit);
    let projects = try_join_all(slugs.iter().map(|slug| read(&app, slug))).await?;
    Ok(Json(Page::new(projects, more, |project| project.project.to_string())))
}

/// Creates a project with its source locale.
#[utoipa::path(post, path = "/projects", request_body = NewProject, responses((status = 201, body = Project), Failures))]
async fn create_project(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    key: IdempotencyKey,
    Json(new): Json<NewProject>,
) -> Result<Response, Problem> {
    let op = |change, along| Op { change, expect: Expect::Anything, along, save_id: key.save_id(), by: by.clone() };
    let info = LocaleInfo { name: new.source.to_string(), fallback: Vec::new() };
    let created = Change::ProjectCreated { name: new.name, source: new.source.clone() };
    let ops = vec![
        op(created, Along::Join(OWNER.to_owned())),
        op(Change::LocalePut { locale: new.source, info }, Along::Nothing),
    ];
    app.writer.commit_together(&new.project, ops).await?;
    let location = format!("/v1/projects/{}", new.project);
    let project = read(&app, &new.project).await?;
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(project)).into_response())
}

/// One project.
#[utoipa::path(get, path = "/projects/{project}", params(("project" = ProjectId, Path)), responses((status = 200, body = Project), Failures))]
async fn get_project(State(app): State<App>, Path(project): Path<ProjectId>) -> Result<Json<Project>, Problem> {
    Ok(Json(read(&app, &project).await?))
}

/// Changes a project's name or settings. Its slug and source locale stay.
#[utoipa::path(patch, path = "/projects/{project}", params(("project" = ProjectId, Path)), request_body = ProjectPatch, responses((status = 200, body = Project), Failures))]
async fn patch_project(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    key: IdempotencyKey,
    Json(patch): Json<ProjectPatch>,
) -> Result<Json<Project>, Problem> {
    let ProjectPatch { name, alias, blocking } = patch;
    let change = match (name, alias, blocking) {
        (None, None, None) => return Err(Problem::new(Kind::InvalidBody, "name, alias or blocking has to be given")),
        (Some(name), None, None) => Change::ProjectRenamed { name },
        (name, alias, blocking) => Change::SettingsChanged { name, alias, blocking },
    };
    app.writer.commit(&project, op(change, by, &key)).await?;
    Ok(Json(read(&app, &project).await?))
}

/// Deletes a project. What it delivered stays, and its slug is never used again.
#[utoipa::path(delete, path = "/projects/{project}", params(("project" = ProjectId, Path)), responses((status = 204), Failures))]
async fn delete_project(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    key: IdempotencyKey,
) -> Result<response::NoContent, Problem> {
    let along = Along::Leave(OWNER.to_owned());
    let op = Op { along, ..op(Change::ProjectDeleted, by, &key) };
    app.writer.commit(&project, op).await?;
    Ok(response::NoContent)
}

/// A change that stands on nothing but the project's rules.
pub(super) fn op(change: Change, by: Actor, key: &IdempotencyKey) -> Op {
    Op { change, expect: Expect::Anything, along: Along::Nothing, save_id: key.save_id(), by }
}

async fn read(app: &App, project: &ProjectId) -> Result<Project, Problem> {
    let head: Head<ProjectInfo> = lookup::project(&app.reader, project).await?;
    let live = app.reader.release_head(project).await?.live;
    let live = (live != ReleaseNumber::NONE).then_some(live);
    let ProjectInfo { name, source, settings } = head.info;
    let (alias, blocking) = (settings.alias, settings.blocking);
    Ok(Project { project: project.clone(), name, source, alias, blocking, seq: head.seq, live })
}
