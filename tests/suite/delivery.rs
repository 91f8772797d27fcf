//! What the local delivery says to browsers and caches. (On AWS, CloudFront says it.)

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn files_come_with_the_right_headers() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", &"words ".repeat(500)).await;
    client.publish("acme", json!({})).await;
    let page = format!("{}/acme/en/home.1.json", client.delivery);
    let send = |method: Method, url: &str, headers: &[(&str, &str)]| {
        let request = headers.iter().fold(client.http.request(method, url), |request, (n, v)| request.header(*n, *v));
        async move { request.send().await.unwrap() }
    };

    let plain = send(Method::GET, &page, &[]).await;
    assert_eq!(plain.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(plain.headers()["access-control-allow-origin"], "*");
    assert_eq!(plain.headers()["x-content-type-options"], "nosniff");
    assert_eq!(plain.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(plain.headers()["vary"], "accept-encoding");
    let tag = plain.headers()["etag"].to_str().unwrap().to_owned();
    let bytes = plain.bytes().await.unwrap();

    let live = send(Method::GET, &format!("{}/acme/live.json", client.delivery), &[]).await;
    let rule = "public, max-age=30, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800";
    assert_eq!(live.headers()["cache-control"], rule);

    for encoding in ["br", "gzip"] {
        let packed = send(Method::GET, &page, &[("accept-encoding", encoding)]).await;
        assert_eq!(packed.headers()["content-encoding"], encoding);
        let packed_tag = packed.headers()["etag"].to_str().unwrap().to_owned();
        assert_ne!(packed_tag, tag, "other bytes have another tag");
        assert!(packed.bytes().await.unwrap().len() < bytes.len() / 10);
        let again = send(Method::GET, &page, &[("accept-encoding", encoding), ("if-none-match", &packed_tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }
    let refused = send(Method::GET, &page, &[("accept-encoding", "br;q=0, gzip;q=0")]).await;
    assert!(!refused.headers().contains_key("content-encoding"));

    let part = send(Method::GET, &page, &[("range", "bytes=1-4"), ("accept-encoding", "br")]).await;
    assert_eq!(
        (part.status(), part.headers()["content-range"].to_str().unwrap().to_owned()),
        (StatusCode::PARTIAL_CONTENT, format!("bytes 1-4/{}", bytes.len()))
    );
    assert_eq!(part.bytes().await.unwrap(), bytes.slice(1..5));
    assert_eq!(
        send(Method::GET, &page, &[("range", "bytes=99999-")]).await.status(),
        StatusCode::RANGE_NOT_SATISFIABLE
    );

    let head = send(Method::HEAD, &page, &[]).await;
    assert_eq!(head.headers()["content-length"], bytes.len().to_string());
    assert!(head.bytes().await.unwrap().is_empty());
    assert_eq!(send(Method::OPTIONS, &page, &[]).await.status(), StatusCode::NO_CONTENT);
    for method in [Method::PUT, Method::POST, Method::DELETE] {
        assert_eq!(send(method, &page, &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
    for path in ["", "acme/", "acme/../lock", "acme/en/home.2.json", "%2e%2e/lock"] {
        let missing = send(Method::GET, &format!("{}/{path}", client.delivery), &[]).await;
        assert_eq!(missing.status(), StatusCode::NOT_FOUND, "{path}");
    }
    system.stop().await;
}
