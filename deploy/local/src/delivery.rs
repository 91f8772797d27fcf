//! Delivery from the object folder: what CloudFront and S3 are on AWS. It knows nothing of the
//! rest: with everything else gone, it serves what was published.

mod compress;
mod range;
mod views;

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri};
use http_body_util::Full;

use crate::engines::ObjectFolder;
use crate::engines::objects::{ObjectError, Stored};
pub use views::{ViewLog, before};

use compress::Encoding;
use range::Wanted;

/// Serves a folder's objects. GET and HEAD only.
#[derive(Clone, Debug)]
pub struct Delivery {
    folder: Arc<ObjectFolder>,
    views: Arc<ViewLog>,
}

type Answer = Response<Full<Bytes>>;

impl Delivery {
    /// Serves `folder`, and writes views down in `views`.
    pub fn new(folder: Arc<ObjectFolder>, views: ViewLog) -> Self {
        Self { folder, views: Arc::new(views) }
    }

    async fn answer(self, method: Method, uri: Uri, headers: HeaderMap) -> Answer {
        let path = uri.path();
        match method {
            Method::GET | Method::HEAD => {}
            Method::OPTIONS => return preflight(),
            _ => return refuse(StatusCode::METHOD_NOT_ALLOWED),
        }
        let mut answer = match self.find(path.trim_start_matches('/')).await {
            Ok(Some(stored)) => serve(stored, &headers).await,
            Ok(None) => refuse(StatusCode::NOT_FOUND),
            Err(error) => {
                tracing::error!(%error, path, "an object cannot be read");
                refuse(StatusCode::SERVICE_UNAVAILABLE)
            }
        };
        // Who has it already is answered that it is unchanged, and has seen a page all the same.
        let is_seen = answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED;
        if method == Method::GET && is_seen {
            self.views.note(path, uri.query());
        }
        if method == Method::HEAD {
            *answer.body_mut() = Full::default();
        }
        answer
    }

    async fn find(&self, key: &str) -> Result<Option<Arc<Stored>>, ObjectError> {
        if let Some(stored) = self.folder.hot(key) {
            return Ok(Some(stored));
        }
        let (folder, key) = (Arc::clone(&self.folder), key.to_owned());
        // A panic in there would have been printed; to the visitor it is an object that is not there.
        tokio::task::spawn_blocking(move || folder.get(&key)).await.unwrap_or(Ok(None))
    }
}

impl<B> tower::Service<Request<B>> for Delivery {
    type Response = Answer;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let delivery = self.clone();
        let (parts, _) = request.into_parts();
        Box::pin(async move { Ok(delivery.answer(parts.method, parts.uri, parts.headers).await) })
    }
}

async fn serve(stored: Arc<Stored>, asked: &HeaderMap) -> Answer {
    let wanted = range::wanted(asked.get(RANGE), stored.body.len(), applies(asked, &stored));
    let encoding = match wanted {
        // Parts are parts of the plain bytes.
        Wanted::All => compress::negotiate(asked.get(ACCEPT_ENCODING)),
        _ => Encoding::Plain,
    };
    let (encoding, body) = compress::encoded(&stored, encoding).await;
    let tag = etag(&stored.about.etag, encoding);
    let mut answer = Response::new(Full::default());
    let headers = answer.headers_mut();
    open_to_all(headers);
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set(headers, CACHE_CONTROL, &stored.about.cache_control);
    set(headers, ETAG, &tag);
    if matches_tag(asked.get(IF_NONE_MATCH), &stored.about.etag) {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        return answer;
    }
    set(headers, CONTENT_TYPE, &stored.about.content_type);
    if let Some(name) = encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    let (status, body) = match wanted {
        Wanted::All => (StatusCode::OK, body),
        Wanted::Part(from, to) => {
            set(headers, CONTENT_RANGE, &format!("bytes {from}-{to}/{}", body.len()));
            (StatusCode::PARTIAL_CONTENT, body.slice(from..=to))
        }
        Wanted::Nothing => {
            set(headers, CONTENT_RANGE, &format!("bytes */{}", body.len()));
            (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new())
        }
    };
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    *answer.status_mut() = status;
    *answer.body_mut() = Full::new(body);
    answer
}

/// Whether a range still concerns this object (`If-Range`, RFC 9110).
fn applies(asked: &HeaderMap, stored: &Stored) -> bool {
    asked.get(IF_RANGE).is_none_or(|tag| tag.as_bytes() == etag(&stored.about.etag, Encoding::Plain).as_bytes())
}

/// Each encoding has a tag of its own: they are different bytes.
fn etag(tag: &str, encoding: Encoding) -> String {
    match encoding.name() {
        Some(name) => format!("\"{tag}-{name}\""),
        None => format!("\"{tag}\""),
    }
}

/// Whether the client has this object, in whatever encoding.
fn matches_tag(header: Option<&HeaderValue>, tag: &str) -> bool {
    let Some(text) = header.and_then(|value| value.to_str().ok()) else { return false };
    let same = |candidate: &str| {
        let opaque = candidate.trim().trim_start_matches("W/").trim_matches('"');
        opaque == "*" || opaque.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    text.split(',').any(same)
}

fn preflight() -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    open_to_all(headers);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    answer
}

fn refuse(status: StatusCode) -> Answer {
    let text = format!("{}\n", status.canonical_reason().unwrap_or("refused"));
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    open_to_all(headers);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("max-age=5"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    }
    answer
}

/// Copy is public: any site may read it.
fn open_to_all(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
}

/// Sets a header whose value is ours. One that cannot be a header is left out.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
