//! Links that show a site with unpublished copy to somebody without an account, and what they open: pages as they
//! would be delivered if everything were published now.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, NoContent, Response};
use copydesk_schema::access::TokenInfo;
use copydesk_schema::delivered::to_json;
use copydesk_schema::{Actor, Change, Grant, Locale, PageId, ProjectId, Role, Timestamp, TokenId};
use copydesk_store::Op;
use copydesk_store::writer::Along;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::projects::op;
use super::{commit_access, lookup};
use crate::access::callers::{Caller, new_token};
use crate::access::secrets::{random_number, sha256};
use crate::checks::Checking;
use crate::extract::{Json, Path};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// How long a link lasts unless told otherwise, and at most, in milliseconds.
const LASTS: u64 = 7 * DAY;
const LONGEST: u64 = 90 * DAY;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// The most links of a project that last.
const LINKS: usize = 40;
/// Links that have expired are taken away so many at a time, when another is made.
const TIDIED: usize = 20;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_previews, create_preview))
        .routes(routes!(get_preview))
        .routes(routes!(end_preview))
}

/// What is wanted of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPreview {
    /// Whom it is for, as people see it.
    #[serde(default)]
    name: String,
    /// Until when: a week from now when absent, 90 days at most.
    expires: Option<Timestamp>,
}

/// A link's secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct PreviewLink {
    /// What goes into the address of a page that has the site script: `#copydesk-preview=cpd_…`. It is kept nowhere.
    secret: String,
    /// Its name in lists and logs: it ends as API tokens do.
    token: TokenId,
    /// Until when.
    expires: Timestamp,
}

/// What can be previewed.
#[derive(Serialize, ToSchema)]
struct Previews {
    /// The locale that copy is first written in.
    source: Locale,
    /// All that there are, also those that were never published.
    locales: Vec<Locale>,
    /// All pages.
    pages: Vec<PageId>,
    /// Until when this link lasts; absent for members.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
}

/// Which locales and pages can be previewed.
#[utoipa::path(get, path = "/projects/{project}/previews", params(("project" = ProjectId, Path)), responses((status = 200, body = Previews), Failures))]
async fn get_previews(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<ProjectId>,
) -> Result<Json<Previews>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let structure = app.structures.now(&app.reader, &project).await?.0.structure;
    let source = structure.source().cloned().ok_or_else(|| Problem::not_found(format!("project {project}")))?;
    let locales = structure.existing_locales().map(|(locale, _)| locale.clone()).collect();
    let pages = structure.existing_pages().map(|(page, _)| page.clone()).collect();
    let expires = caller.token.filter(|token| token.preview).and_then(|token| token.expires);
    Ok(Json(Previews { source, locales, pages, expires }))
}

/// Makes a link. It reads what is written, as it would be published, and nothing else.
#[utoipa::path(post, path = "/projects/{project}/previews", params(("project" = ProjectId, Path)), request_body = NewPreview, responses((status = 201, body = PreviewLink), Failures))]
async fn create_preview(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    Json(new): Json<NewPreview>,
) -> Result<(StatusCode, Json<PreviewLink>), Problem> {
    lookup::project(&app.reader, &project).await?;
    let now = app.clock.now();
    let expires = new.expires.unwrap_or_else(|| now.plus_millis(LASTS));
    if expires <= now || expires > now.plus_millis(LONGEST) {
        return Err(Problem::new(Kind::InvalidBody, "expires is in the past, or more than 90 days away"));
    }
    let fault = |error: std::io::Error| Problem::fault(&error);
    let token = TokenId::from_random(random_number().map_err(fault)?);
    let secret = new_token(&token).map_err(fault)?;
    let name = if new.name.is_empty() { "Preview".to_owned() } else { new.name };
    let info = TokenInfo { name, grant: Grant::of(Role::Viewer), expires: Some(expires), preview: true };
    tidy(&app, &project, &by).await?;
    let change = Change::TokenCreated { token: token.clone(), info };
    let op = Op { along: Along::Token(sha256(&secret)), ..op(change, by) };
    commit_access(&app, &project, vec![op]).await?;
    Ok((StatusCode::CREATED, Json(PreviewLink { secret, token, expires })))
}

/// Takes away links that lead nowhere any more, and says whether there is room for another.
async fn tidy(app: &App, project: &ProjectId, by: &Actor) -> Result<(), Problem> {
    let now = app.clock.now();
    let structure = app.structures.now(&app.reader, project).await?.0.structure;
    let links = structure.access.tokens.iter().filter(|(_, head)| !head.deleted && head.info.preview);
    let (over, lasting): (Vec<_>, Vec<_>) =
        links.partition(|(_, head)| head.info.expires.is_some_and(|expires| expires <= now));
    if lasting.len() >= LINKS {
        let detail = format!("a project has at most {LINKS} links for previews; end one first");
        return Err(Problem::new(Kind::LimitExceeded, detail));
    }
    for (token, _) in over.into_iter().take(TIDIED) {
        let gone =
            commit_access(app, project, vec![op(Change::TokenRevoked { token: token.clone() }, by.clone())]).await;
        if let Err(problem) = gone {
            // Somebody else was first, most likely.
            tracing::debug!(?problem, "a link that has expired stays for now");
        }
    }
    Ok(())
}

/// Ends a link, whoever made it.
#[utoipa::path(delete, path = "/projects/{project}/previews/{token}", params(("project" = ProjectId, Path), ("token" = TokenId, Path)), responses((status = 204), Failures))]
async fn end_preview(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, token)): Path<(ProjectId, TokenId)>,
) -> Result<NoContent, Problem> {
    let structure = app.structures.now(&app.reader, &project).await?.0.structure;
    let known = structure.access.tokens.get(&token);
    if known.is_none_or(|head| head.deleted || !head.info.preview) {
        return Err(Problem::not_found(format!("preview link {token}")));
    }
    commit_access(&app, &project, vec![op(Change::TokenRevoked { token }, by)]).await?;
    Ok(NoContent)
}

/// A page as it would be delivered if everything were published now: a page file (`docs/delivered.md`).
#[utoipa::path(get, path = "/projects/{project}/previews/{locale}/{page}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path)), responses((status = 200, body = serde_json::Value), Failures))]
async fn get_preview(
    State(app): State<App>,
    Path((project, locale, page)): Path<(ProjectId, Locale, PageId)>,
) -> Result<Response, Problem> {
    lookup::project(&app.reader, &project).await?;
    lookup::locale(&app.reader, &project, &locale).await?;
    lookup::page(&app.reader, &project, &page).await?;
    let known = app.structures.now(&app.reader, &project).await?.0;
    let file = Checking::new(&app.reader, &project, &known).page(&locale, &page).await?;
    Ok(([(CONTENT_TYPE, "application/json")], to_json(&file)).into_response())
}
