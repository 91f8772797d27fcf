//! Projects: one site or app each.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, response};
use copydesk_schema::access::MemberInfo;
use copydesk_schema::change::LocaleInfo;
use copydesk_schema::delivered::AliasLayout;
use copydesk_schema::message::check::Code;
use copydesk_schema::structure::{Head, ProjectInfo};
use copydesk_schema::{Actor, Change, Grant, Locale, Origin, ProjectId, ReleaseNumber, Role, Seq, Settings};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op};
use futures::future::try_join_all;
use http::StatusCode;
use http::header::LOCATION;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{commit_access, lookup};
use crate::access::callers::Caller;
use crate::access::invitations;
use crate::extract::{Json, Path, Query, distinct};
use crate::paging::{Page, Paging};
use crate::preconditions::unnamed;
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_projects, create_project)).routes(routes!(
        get_project,
        patch_project,
        delete_project
    ))
}

/// The project whose copy the studio shows as its own words.
const STUDIO: &str = "copydesk-studio";

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
    /// Sites whose pages may use the API.
    origins: BTreeSet<Origin>,
    /// The event that changed this last.
    seq: Seq,
    /// The address of its site script: what pages include.
    script: String,
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
    #[serde(default, deserialize_with = "distinct")]
    blocking: Option<BTreeSet<Code>>,
    /// Sites whose pages may use the API: scheme, host and port, matched exactly.
    #[serde(default, deserialize_with = "distinct")]
    origins: Option<BTreeSet<Origin>>,
}

/// The projects that the caller belongs to.
#[utoipa::path(get, path = "/projects", params(Paging), responses((status = 200, body = Page<Project>), Failures))]
async fn list_projects(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(by): Extension<Actor>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Project>>, Problem> {
    let limit = paging.limit()?;
    let after: Option<ProjectId> = paging.after()?.map(|after| after.parse()).transpose()?;
    let mut slugs = if let Some(token) = &caller.token {
        vec![token.project.clone()]
    } else {
        invitations::accept_all(&app, &caller, &by).await?;
        app.reader.memberships(&caller.subject, after.as_ref(), limit + 1).await?
    };
    slugs.retain(|slug| after.as_ref().is_none_or(|after| slug > after));
    let more = slugs.len() > limit;
    slugs.truncate(limit);
    let last = slugs.last().cloned();
    let projects = try_join_all(slugs.iter().map(|slug| read_existing(&app, slug))).await?;
    let items: Vec<Project> = projects.into_iter().flatten().collect();
    Ok(Json(Page::after(items, last.filter(|_| more).map(|last| last.to_string()))))
}

/// Creates a project with its source locale.
#[utoipa::path(post, path = "/projects", request_body = NewProject, responses((status = 201, body = Project), Failures))]
async fn create_project(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(by): Extension<Actor>,
    Json(new): Json<NewProject>,
) -> Result<Response, Problem> {
    if !app.access.creators.include(&caller) {
        return Err(Problem::new(
            Kind::Forbidden,
            "whoever runs this Copydesk decides who may create projects; ask them",
        ));
    }
    if [STUDIO, ProjectId::TRIAL].contains(&new.project.as_str()) && !caller.is_owner() {
        return Err(Problem::new(
            Kind::Forbidden,
            "the studio's words and the trials of new versions are in projects of these names: only the owner may create them",
        ));
    }
    let info = LocaleInfo { name: new.source.to_string(), fallback: Vec::new() };
    let created = Change::ProjectCreated { name: new.name, source: new.source.clone() };
    let admin = MemberInfo { name: caller.name, grant: Grant::of(Role::Admin), email: caller.email };
    let changes = [
        created,
        Change::LocalePut { locale: new.source, info },
        Change::MemberPut { subject: caller.subject, info: admin },
    ];
    let ops = changes.into_iter().map(|change| op(change, by.clone())).collect();
    commit_access(&app, &new.project, ops).await?;
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
    Json(patch): Json<ProjectPatch>,
) -> Result<Json<Project>, Problem> {
    let ProjectPatch { name, alias, blocking, origins } = patch;
    let change = match (name, alias, blocking, origins) {
        (None, None, None, None) => {
            return Err(Problem::new(Kind::InvalidBody, "name, alias, blocking or origins has to be given"));
        }
        (Some(name), None, None, None) => Change::ProjectRenamed { name },
        (name, alias, blocking, origins) => Change::SettingsChanged { name, alias, blocking, origins },
    };
    commit_access(&app, &project, vec![op(change, by)]).await?;
    Ok(Json(read(&app, &project).await?))
}

/// Deletes a project. What it delivered stays, and its slug is never used again.
#[utoipa::path(delete, path = "/projects/{project}", params(("project" = ProjectId, Path)), responses((status = 204), Failures))]
async fn delete_project(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
) -> Result<response::NoContent, Problem> {
    commit_access(&app, &project, vec![op(Change::ProjectDeleted, by)]).await?;
    Ok(response::NoContent)
}

/// A change that stands on nothing but the project's rules.
pub(super) fn op(change: Change, by: Actor) -> Op {
    Op { change, expect: Expect::Anything, along: Along::Nothing, save_id: unnamed(), by }
}

/// A project, unless it was deleted: whoever belonged to it still does.
async fn read_existing(app: &App, project: &ProjectId) -> Result<Option<Project>, Problem> {
    match read(app, project).await {
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => Ok(None),
        read => read.map(Some),
    }
}

async fn read(app: &App, project: &ProjectId) -> Result<Project, Problem> {
    let head: Head<ProjectInfo> = lookup::project(&app.reader, project).await?;
    let live = app.reader.release_head(project).await?.live;
    let live = (live != ReleaseNumber::NONE).then_some(live);
    let ProjectInfo { name, source, settings } = head.info;
    let Settings { alias, blocking, origins } = settings;
    let script = app.delivered.script(project);
    Ok(Project { project: project.clone(), name, source, alias, blocking, origins, seq: head.seq, script, live })
}
