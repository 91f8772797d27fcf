//! What a save stands on: `If-Match`, `If-None-Match` (RFC 9110) and `Idempotency-Key`.

use axum::extract::FromRequestParts;
use copydesk_schema::Seq;
use copydesk_schema::limits::IDEMPOTENCY_CHARS;
use copydesk_store::Expect;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderValue};

use crate::problem::{Kind, Problem};

/// `If-Match: "version"` or `If-None-Match: *`. One of them is required.
pub(crate) struct Precondition(pub(crate) Expect);

/// The client's name for what it does, if it gave one.
pub(crate) struct IdempotencyKey(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Precondition {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match (text(&parts.headers, &IF_MATCH), text(&parts.headers, &IF_NONE_MATCH)) {
            (Some(tag), None) => version(tag).map(|version| Self(Expect::Version(version))),
            (None, Some("*")) => Ok(Self(Expect::Absent)),
            (None, None) => Err(Problem::new(
                Kind::PreconditionRequired,
                "send If-Match with the version that you saw, or If-None-Match: * for a draft that does not exist yet",
            )),
            _ => Err(Problem::new(Kind::BadRequest, "send either If-Match: \"version\" or If-None-Match: *")),
        }
    }
}

fn version(tag: &str) -> Result<Seq, Problem> {
    let number = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.parse().ok());
    match number {
        Some(number) if number > 0 => Ok(Seq(number)),
        _ => {
            Err(Problem::new(Kind::BadRequest, format!("If-Match must be a version in quotes, like \"17\", not {tag}")))
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let name = HeaderName::from_static("idempotency-key");
        let Some(key) = text(&parts.headers, &name) else { return Ok(Self(None)) };
        let printable = key.bytes().all(|byte| byte.is_ascii_graphic());
        if printable && (1..=IDEMPOTENCY_CHARS).contains(&key.len()) {
            return Ok(Self(Some(key.to_owned())));
        }
        let detail = format!("Idempotency-Key has 1 to {IDEMPOTENCY_CHARS} printable characters without blanks");
        Err(Problem::new(Kind::BadRequest, detail))
    }
}

impl IdempotencyKey {
    /// The name of a save: the client's, made unique among several saves of one request, or ours.
    pub(crate) fn save_id(&self) -> String {
        self.0.clone().unwrap_or_else(unnamed)
    }
}

/// The name of a save that no client named.
pub(crate) fn unnamed() -> String {
    format!("{:032x}", fastrand::u128(..))
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

/// The entity tag of a version.
pub(crate) fn etag(version: Seq) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).expect("a number in quotes is a header value")
}
