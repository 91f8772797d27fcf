//! The way to those that have a name in the cloud and no address: for programs that take it as their proxy, and for the
//! studio's edges to the gateway. Beyond it, all came by TLS.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use tokio::net::TcpListener;

/// The header by which edges say which gateway is theirs.
pub(super) const GATEWAY: &str = "x-gateway";

pub(super) struct Passage {
    pub(super) port: u16,
}

impl Passage {
    pub(super) async fn start(cloud: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let way = Router::new().fallback(pass).with_state((cloud.to_owned(), http));
        tokio::spawn(async move { axum::serve(listener, way).await });
        Self { port }
    }
}

async fn pass(State((cloud, http)): State<(String, reqwest::Client)>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let host = match parts.headers.remove(GATEWAY) {
        Some(gateway) => format!("{}.execute-api.localhost", gateway.to_str().unwrap()),
        None => parts.uri.host().unwrap_or_default().to_owned(),
    };
    parts.headers.insert(HOST, host.parse().unwrap());
    parts.headers.insert("x-forwarded-proto", "https".parse().unwrap());
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let answer =
        http.request(parts.method, format!("{cloud}{path}")).headers(parts.headers).body(body).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = Response::new(Body::from(answer.bytes().await.unwrap()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    // It is one body, whatever it was in parts.
    response.headers_mut().remove(TRANSFER_ENCODING);
    response.headers_mut().remove(CONTENT_LENGTH);
    response
}
