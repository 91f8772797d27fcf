//! Every route, and what lies around them.

use std::time::Instant;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue, Method};
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::access::guard::{count, guard};
use crate::access::{origins, rules};
use crate::problem::{Kind, Problem};
use crate::routes;
use crate::state::App;

/// The largest body of a request that carries one value.
const BODY_BYTES: usize = 512 * 1024;
/// The methods that are measured by name.
const KNOWN_METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::PUT, Method::POST, Method::PATCH, Method::DELETE, Method::OPTIONS];
/// The name of the header that names a request in the log.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Copydesk",
        description = "Edit copy, publish releases. Failures are problems (RFC 9457); lists come in pages with cursors. \
                       Limits: a value has at most 64 KiB, a page 5,000 entries, a PATCH 1,000 items and 8 MiB."
    ),
    components(schemas(Problem)),
    security(("token" = []))
)]
struct Description;

/// The API as it is served.
pub fn router(app: App) -> Router {
    let (api, description) = routes(&app).split_for_parts();
    let description = finish(description);
    assert_ruled(&description);
    let api = api.route_layer(middleware::from_fn_with_state(app.clone(), guard));
    Router::new()
        .merge(api)
        .merge(routes::health::router())
        .merge(routes::studio::router())
        .route("/openapi.json", axum::routing::get(move || async move { axum::Json(description) }))
        .fallback(|| async { Problem::not_found("such path") })
        .method_not_allowed_fallback(|| async {
            Problem::new(Kind::MethodNotAllowed, "see the header Allow for what this path knows")
        })
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(origins::layer(app.clone()))
        .layer(middleware::from_fn_with_state(app.clone(), count))
        .layer(middleware::from_fn_with_state(app.clone(), limit_time))
        .layer(middleware::from_fn(measure))
        .layer(harden(CACHE_CONTROL, "no-store"))
        .layer(harden(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .layer(harden(REFERRER_POLICY, "no-referrer"))
        .layer(harden(STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .layer(harden(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(harden(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, FreshId))
        .layer(MapRequestLayer::new(forget_request_id))
        .with_state(app)
}

/// A header that every answer has, unless its route says otherwise.
fn harden(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The request's name is ours to give: clients' own would end up in the log.
fn forget_request_id<B>(mut request: http::Request<B>) -> http::Request<B> {
    request.headers_mut().remove(REQUEST_ID);
    request
}

/// A route without a rule would be open to everybody.
fn assert_ruled(description: &utoipa::openapi::OpenApi) {
    for (path, item) in &description.paths.paths {
        let operations = [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("DELETE", &item.delete),
            ("PATCH", &item.patch),
        ];
        for (method, _) in operations.into_iter().filter(|(_, operation)| operation.is_some()) {
            let ruled = rules::RULES.iter().any(|rule| rule.method == method && rule.path == path);
            assert!(ruled, "access/rules.rs has no rule for {method} {path}");
        }
    }
}

/// The API's description, OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    finish(routes::all().split_for_parts().1)
}

fn routes(_: &App) -> OpenApiRouter<App> {
    routes::all()
}

fn finish(mut description: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let mut whole = Description::openapi();
    std::mem::swap(&mut whole, &mut description);
    description.merge(whole);
    if let Some(components) = &mut description.components {
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
    description
}

/// Names every request, whatever the client calls it.
#[derive(Clone)]
struct FreshId;

impl MakeRequestId for FreshId {
    fn make_request_id<B>(&mut self, _: &http::Request<B>) -> Option<RequestId> {
        HeaderValue::try_from(format!("{:016x}", fastrand::u64(..))).ok().map(RequestId::new)
    }
}

fn span<B>(request: &http::Request<B>) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}

async fn limit_time(State(app): State<App>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(app.patience.request, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Kind::TooSlow, format!("a request may take {:?}", app.patience.request)).into_response(),
    }
}

async fn measure(matched: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    // A client may call its method anything.
    let method = KNOWN_METHODS.iter().find(|known| *known == request.method());
    let method = method.map_or_else(|| "other".to_owned(), ToString::to_string);
    let route = matched.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::histogram!("copydesk_request_seconds", "method" => method, "route" => route, "status" => status)
        .record(began.elapsed());
    response
}

#[expect(clippy::needless_pass_by_value, reason = "tower-http's signature")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("without a message"), "a request panicked");
    Problem::new(Kind::Internal, "the fault was logged; the header x-request-id names it").into_response()
}
