//! The page behind a sign-in link: it uses the code up when its button is pressed, so that nothing
//! that merely looks at the link does.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::CONTENT_SECURITY_POLICY;
use sha2::{Digest as _, Sha256};

use crate::access::links::SIGN_IN_PAGE;
use crate::state::App;

const PAGE: &str = include_str!("sign_in.html");

pub(crate) fn router() -> Router<App> {
    let policy = format!(
        "default-src 'none'; connect-src 'self'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        hash(inside("style")),
        hash(inside("script")),
    );
    Router::new().route(SIGN_IN_PAGE, get(async move || ([(CONTENT_SECURITY_POLICY, policy)], Html(PAGE))))
}

/// What is between an element's tags.
fn inside(tag: &str) -> &'static str {
    let after = PAGE.split_once(&format!("<{tag}>")).map_or("", |(_, after)| after);
    after.split_once(&format!("</{tag}>")).map_or("", |(inside, _)| inside)
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
