//! The demo site: a few pages of an invented boat hire, as any site of a customer, that get their copy from the project
//! `demo` of this process.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use copydesk_process::{CancellationToken, http as server};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::system::Running;

/// A file by its name.
type File = (&'static str, &'static str);

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../web/demo/", $folder, "/", $name)))),*]
    };
}

const SITE: [File; 7] =
    files!("site": "index.html" "boats.html" "book.html" "about.html" "style.css" "demo.js" "locale.js");

/// The copy of the site in Fluent: by locale and page.
pub const COPY: [File; 25] = files!("copy":
    "en/shared.ftl" "en/home.ftl" "en/boats.ftl" "en/book.ftl" "en/about.ftl"
    "de/shared.ftl" "de/home.ftl" "de/boats.ftl" "de/book.ftl" "de/about.ftl"
    "ar/shared.ftl" "ar/home.ftl" "ar/boats.ftl" "ar/book.ftl" "ar/about.ftl"
    "pl/shared.ftl" "pl/home.ftl" "pl/boats.ftl" "pl/book.ftl" "pl/about.ftl"
    "ja/shared.ftl" "ja/home.ftl" "ja/boats.ftl" "ja/book.ftl" "ja/about.ftl"
);

/// What stands in the site's pages for the address of delivery.
const DELIVERY: &str = "{delivery}";

/// Serves the site until stopped.
pub(crate) fn serve(listener: TcpListener, delivery: SocketAddr, studio: &str, clients: server::Patience) -> Running {
    let (origin, studio): (Arc<str>, Arc<str>) = (format!("http://{delivery}").into(), studio.into());
    let service = tower::service_fn(move |request: Request<_>| {
        let answer = answer(&request, &origin, &studio);
        async move { Ok::<_, Infallible>(answer) }
    });
    let mut running = Running { stop: CancellationToken::new(), tasks: JoinSet::new() };
    running.tasks.spawn(server::serve(listener, service, clients, running.stop.clone()));
    running
}

fn answer<B>(request: &Request<B>, delivery: &str, studio: &str) -> Response<Full<Bytes>> {
    let name = match request.uri().path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let Some((_, text)) = SITE.iter().find(|(known, _)| *known == name) else {
        let mut missing = Response::new(Full::from("There is no such page.\n"));
        *missing.status_mut() = StatusCode::NOT_FOUND;
        return missing;
    };
    let kind = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };
    // As strict as a site's policy can be: the site script needs delivery, and its editors the studio.
    let policy = format!(
        "default-src 'none'; script-src 'self' {delivery} {studio}; frame-src {studio}; connect-src {delivery}; \
         style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    Response::builder()
        .header(CONTENT_TYPE, kind)
        .header(CACHE_CONTROL, "no-cache")
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CONTENT_SECURITY_POLICY, policy)
        .body(Full::from(text.replace(DELIVERY, delivery)))
        .expect("an address is a header value")
}
