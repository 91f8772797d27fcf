//! Whether a page of a site has the site script: looked up as a visitor's browser would fetch the page.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use copydesk_process::resolver::{GuardedResolver, SystemLookup};
use copydesk_schema::hooks::{Reach, check_url};
use copydesk_schema::{ProjectId, Role};
use reqwest::header::LOCATION;
use reqwest::{Client, Response, redirect, retry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::access::guard::Allowed;
use crate::extract::{Json, Path};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// So much of a page is looked at.
const BYTES: usize = 2 * 1024 * 1024;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(check_site))
}

/// A client for pages of customers' sites, which may only be where webhooks may be.
pub(crate) fn client(reach: Reach) -> reqwest::Result<Client> {
    Client::builder()
        .dns_resolver(GuardedResolver::new(reach, Arc::new(SystemLookup)))
        // A proxy would do the resolving, unguarded.
        .no_proxy()
        .redirect(redirect::Policy::none())
        .referer(false)
        .retry(retry::never())
        .pool_max_idle_per_host(0)
        .https_only(reach == Reach::Public)
        .timeout(PATIENCE)
        .user_agent(concat!("Copydesk/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// A page of a site.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SitePage {
    /// Its address. Whoever is no admin may only ask for pages of the project's origins.
    url: String,
}

/// What was found in a page as it comes from its server; what scripts add to it later is not seen.
#[derive(Serialize, ToSchema)]
struct SiteCheck {
    /// Whether it has the site script.
    script: ScriptFound,
    /// Whether it names its page (`data-copy-page`).
    page: bool,
    /// How many elements are tagged (`data-copy`).
    tagged: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ScriptFound {
    /// It has it.
    Found,
    /// It has a site script of this project from another address.
    Elsewhere,
    /// It has none.
    Missing,
}

/// Looks whether a page of the project's site has the site script.
#[utoipa::path(post, path = "/projects/{project}/site-check", params(("project" = ProjectId, Path)), request_body = SitePage, responses((status = 200, body = SiteCheck), Failures))]
async fn check_site(
    State(app): State<App>,
    Extension(allowed): Extension<Allowed>,
    Path(project): Path<ProjectId>,
    Json(SitePage { url }): Json<SitePage>,
) -> Result<Json<SiteCheck>, Problem> {
    let known = lookup::project(&app.reader, &project).await?;
    let refuse = |detail: String| Problem::new(Kind::InvalidBody, detail);
    let url = check_url(&url, app.hook_reach).map_err(|refused| refuse(format!("url: {refused}")))?;
    let origin = url.origin().ascii_serialization();
    let is_known = known.info.settings.origins.iter().any(|one| one.as_str() == origin);
    if !is_known && allowed.0.role < Role::Admin {
        return Err(refuse(format!("url: {origin} is not among the origins of {project}")));
    }
    let answer = app.sites.get(url).send().await;
    let answer = answer.map_err(|error| refuse(format!("url: the page could not be fetched: {}", reason(&error))))?;
    let status = answer.status();
    if status.is_redirection() {
        let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("another page");
        return Err(refuse(format!("url: the site leads on to {to}; use the final address")));
    }
    if !status.is_success() {
        return Err(refuse(format!("url: the site answered {}", status.as_u16())));
    }
    Ok(Json(look(&read(answer).await, &app.delivered.script(&project), &project)))
}

/// Why, without what is told to nobody outside: which address a name leads to.
fn reason(error: &reqwest::Error) -> &'static str {
    match () {
        () if error.is_timeout() => "it did not come in time",
        () if error.is_connect() => "there is no connection",
        () => "the connection broke off",
    }
}

async fn read(mut answer: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < BYTES
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn look(html: &str, script: &str, project: &ProjectId) -> SiteCheck {
    let without_scheme = script.split_once(':').map_or(script, |(_, rest)| rest);
    let script = match () {
        () if html.contains(without_scheme) => ScriptFound::Found,
        () if html.contains(&format!("/{project}/site.js")) => ScriptFound::Elsewhere,
        () => ScriptFound::Missing,
    };
    SiteCheck { script, page: html.contains("data-copy-page"), tagged: html.matches("data-copy=").count() }
}
