//! Which sites may use the API from a browser: a project's own list, matched exactly. No cookies are
//! involved: what a site may do is what the token does that it has.

use copydesk_schema::{Origin, ProjectId};
use http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, LOCATION, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::state::App;

/// How long a browser remembers the answer, in seconds.
const REMEMBERED: std::time::Duration = std::time::Duration::from_mins(10);

/// Answers what browsers ask before a request from another site, and marks answers to such requests.
pub(crate) fn layer(app: App) -> CorsLayer {
    let allowed = AllowOrigin::async_predicate(move |origin: HeaderValue, parts: &Parts| {
        let (app, path) = (app.clone(), parts.uri.path().to_owned());
        async move { allows(&app, &origin, &path).await }
    });
    let name = HeaderName::from_static;
    CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods([Method::GET, Method::PUT, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, name("idempotency-key"), name("prefer")])
        .expose_headers([
            ETAG,
            LOCATION,
            RETRY_AFTER,
            name("x-request-id"),
            name("ratelimit"),
            name("ratelimit-policy"),
        ])
        .max_age(REMEMBERED)
}

async fn allows(app: &App, origin: &HeaderValue, path: &str) -> bool {
    let origin: Option<Origin> = origin.to_str().ok().and_then(|origin| origin.parse().ok());
    let Some(origin) = origin else { return false };
    if app.access.studios.contains(&origin) {
        return true;
    }
    let Some(project) = project_in(path) else { return false };
    // Where it cannot be looked up, the browser asks again.
    let known = app.access.kept.origins(&app.reader, &project).await;
    known.is_ok_and(|origins| origins.contains(&origin))
}

fn project_in(path: &str) -> Option<ProjectId> {
    path.strip_prefix("/v1/projects/")?.split('/').next()?.parse().ok()
}
