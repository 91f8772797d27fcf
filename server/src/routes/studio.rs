//! The studio: a static page that asks the API as anybody else does. Also the page behind a sign-in link, which uses
//! the code up when its button is pressed, so that nothing that merely looks at the link does.

use std::sync::LazyLock;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use copydesk_schema::delivered::sha256_hex;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};

use crate::access::links::SIGN_IN_PAGE;
use crate::state::App;

/// One file of the studio.
struct File {
    kind: &'static str,
    text: &'static str,
    etag: LazyLock<String>,
}

macro_rules! file {
    ($name:literal, $kind:literal) => {
        File {
            kind: $kind,
            text: include_str!(concat!("../../../web/studio/", $name)),
            etag: LazyLock::new(|| {
                format!("\"{}\"", &sha256_hex(include_bytes!(concat!("../../../web/studio/", $name)))[..32])
            }),
        }
    };
}

static PAGE: File = file!("index.html", "text/html; charset=utf-8");
static SCRIPT: File = file!("dist/studio.js", "text/javascript; charset=utf-8");
static STYLE: File = file!("dist/studio.css", "text/css; charset=utf-8");

/// Scripts and styles are our own files; whatever copy holds cannot run, be sent elsewhere or be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(async |headers: HeaderMap| answer(&PAGE, &headers)))
        .route(SIGN_IN_PAGE, get(async |headers: HeaderMap| answer(&PAGE, &headers)))
        .route("/studio.js", get(async |headers: HeaderMap| answer(&SCRIPT, &headers)))
        .route("/studio.css", get(async |headers: HeaderMap| answer(&STYLE, &headers)))
}

fn answer(file: &'static File, asked: &HeaderMap) -> Response {
    let headers = [
        (CONTENT_TYPE, file.kind),
        (CACHE_CONTROL, "no-cache"),
        (ETAG, file.etag.as_str()),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    let is_known = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == file.etag.as_bytes());
    if is_known { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, file.text).into_response() }
}
