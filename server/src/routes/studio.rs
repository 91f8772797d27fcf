//! The studio: static pages that ask the API as anybody else does. Also the page behind a sign-in link, which uses
//! the code up when its button is pressed, so that nothing that merely looks at the link does; and the in-page editor: its
//! script, which runs in a site, and its frame, which does not.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use copydesk_schema::delivered::sha256_hex;
use copydesk_schema::{Origin, ProjectId};
use http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::access::links::SIGN_IN_PAGE;
use crate::problem::{Kind, Problem};
use crate::state::App;

/// One file of the studio.
struct File {
    kind: &'static str,
    text: &'static [u8],
    /// The same, compressed with Brotli as it was built.
    brotli: &'static [u8],
    etag: LazyLock<String>,
}

impl File {
    /// The first digits of its hash.
    fn version(&self) -> &str {
        &self.etag[1..9]
    }
}

macro_rules! file {
    ($name:literal, $kind:literal) => {
        File {
            kind: $kind,
            text: include_bytes!(concat!("../../../web/studio/", $name)),
            brotli: include_bytes!(concat!("../../../web/studio/", $name, ".br")),
            etag: LazyLock::new(|| {
                format!("\"{}\"", &sha256_hex(include_bytes!(concat!("../../../web/studio/", $name)))[..32])
            }),
        }
    };
}

static PAGE: &str = include_str!("../../../web/studio/index.html");
/// What somebody comes through: signing in, choosing a project.
static DOOR: File = file!("dist/studio.js", "text/javascript; charset=utf-8");
/// What is in a project, and what this and the door both use.
static PROJECT: File = file!("dist/project.js", "text/javascript; charset=utf-8");
static BASE: File = file!("dist/base.js", "text/javascript; charset=utf-8");
/// What asks for the first screen's data while the scripts are on their way: it stands in the page itself.
static EARLY: &str = include_str!("../../../web/studio/dist/early.js");
static STYLE: File = file!("dist/studio.css", "text/css; charset=utf-8");
/// What words with chips are written with, in the studio.
static FIELD: File = file!("dist/field.js", "text/javascript; charset=utf-8");
/// Archives of copy.
static ZIP: File = file!("dist/zip.js", "text/javascript; charset=utf-8");
/// The in-page editor: what runs in a site, and the frame that it talks to.
static EDIT: File = file!("dist/edit.js", "text/javascript; charset=utf-8");
static FRAME: &str = include_str!("../../../web/studio/frame.html");
static FRAME_SCRIPT: File = file!("dist/frame.js", "text/javascript; charset=utf-8");

/// Scripts and styles are our own files; whatever copy holds cannot run, or be sent elsewhere.
const POLICY: &str = "style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

/// Our own files.
const OURS: &str = "'self'";

/// Our own files, and the one script that stands in the studio's page, by its hash.
static OURS_AND_EARLY: LazyLock<String> =
    LazyLock::new(|| format!("'self' 'sha256-{}'", STANDARD.encode(Sha256::digest(EARLY))));

/// What stands in our pages for the address of delivery.
const DELIVERY: &str = "{delivery}";

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(async |State(app): State<App>| page(&app, PAGE, &OURS_AND_EARLY, "'none'")))
        .route(SIGN_IN_PAGE, get(async |State(app): State<App>| page(&app, PAGE, &OURS_AND_EARLY, "'none'")))
        .route("/studio.js", get(async |headers: HeaderMap| answer(&DOOR, &headers)))
        .route("/project.js", get(async |asked: Query<Asked>, headers: HeaderMap| part(&PROJECT, &asked, &headers)))
        .route("/base.js", get(async |asked: Query<Asked>, headers: HeaderMap| part(&BASE, &asked, &headers)))
        .route("/studio.css", get(async |headers: HeaderMap| answer(&STYLE, &headers)))
        .route("/field.js", get(async |headers: HeaderMap| answer(&FIELD, &headers)))
        .route("/zip.js", get(async |headers: HeaderMap| answer(&ZIP, &headers)))
        .route("/edit.js", get(edit_script))
        .route("/edit/{project}", get(frame))
        .route("/frame.js", get(async |headers: HeaderMap| answer(&FRAME_SCRIPT, &headers)))
}

fn answer(file: &'static File, asked: &HeaderMap) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(file.kind)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (ETAG, HeaderValue::try_from(file.etag.as_str()).expect("hex")),
        (CONTENT_SECURITY_POLICY, policy(OURS, "'self'", "'none'")),
    ];
    let is_known = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == file.etag.as_bytes());
    if is_known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else if takes_brotli(asked) {
        let how =
            [(CONTENT_ENCODING, HeaderValue::from_static("br")), (VARY, HeaderValue::from_static("accept-encoding"))];
        (headers, how, file.brotli).into_response()
    } else {
        (headers, file.text).into_response()
    }
}

/// Which version of a part the other parts want.
#[derive(Deserialize)]
struct Asked {
    v: Option<String>,
}

/// A part of the studio, in the version that the others were made with: those of two versions would not fit. A browser that
/// has it need not ask again.
fn part(file: &'static File, asked: &Asked, headers: &HeaderMap) -> Response {
    if asked.v.as_deref() != Some(file.version()) {
        let detail = "the studio has another version now: load the page again";
        return Problem::new(Kind::NotFound, detail).into_response();
    }
    let mut answer = answer(file, headers);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer
}

/// All that do say so in the plainest way; for anything else there is what is made for it while it is sent.
fn takes_brotli(asked: &HeaderMap) -> bool {
    let accepted = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| one.trim() == "br")
}

fn policy(scripts: &str, connect: &str, ancestors: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src {scripts}; {POLICY}; connect-src {connect}; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).expect("origins are ASCII")
}

/// A page of ours. It learns where sites fetch: its own words are delivered as any site's are.
fn page(app: &App, text: &str, scripts: &str, ancestors: &str) -> Response {
    let delivery = app.delivered.base();
    let connect = format!("'self' {delivery}/");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (CONTENT_SECURITY_POLICY, policy(scripts, &connect, ancestors)),
    ];
    let text =
        text.replace(DELIVERY, delivery).replace("{base}", BASE.version()).replace("{project}", PROJECT.version());
    let text = text.replace("{early}", EARLY);
    (headers, text).into_response()
}

/// Runs in the sites that ask for it: there is nothing in it that is not public.
async fn edit_script(headers: HeaderMap) -> Response {
    let open = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    ];
    (open, answer(&EDIT, &headers)).into_response()
}

/// The frame in which a project is edited: only the project's own sites may show it. It is never kept by browsers, which
/// would keep who may show it.
async fn frame(State(app): State<App>, Path(project): Path<String>) -> Result<Response, Problem> {
    let project: ProjectId = project.parse()?;
    let origins = app.access.kept.origins(&app.reader, &project).await?;
    let origins: Vec<&str> = origins.iter().map(Origin::as_str).collect();
    let ancestors = if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") };
    let mut frame = page(&app, FRAME, OURS, &ancestors);
    frame.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    frame.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    Ok(frame)
}
