//! Bad input: each case with its status and type. Nothing panics, nothing is lost.

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk_schema::ReleaseNumber;
use copydesk_schema::release::{Release, ReleaseState};
use copydesk_store::Publishing;
use reqwest::Method;
use serde_json::json;

use crate::support::engines::Engines;
use crate::support::system::{Options, PATIENCE};
use crate::support::{DEADLINE, TestSystem};

/// Method, path, body, status, type, a part of the detail.
type Case = (Method, String, Option<serde_json::Value>, u16, &'static str, &'static str);

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_bad_input_says_what_to_change() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    client.publish("acme", json!({})).await;
    let long = "x".repeat(64 * 1024 + 1);
    let many: Vec<_> = (0..1001).map(|n| json!({ "key": format!("k{n}"), "value": "x", "version": 0 })).collect();
    let p = |rest: &str| format!("/projects/acme{rest}");
    let (get, put, post, patch) = (|| Method::GET, || Method::PUT, || Method::POST, || Method::PATCH);
    let cases: Vec<Case> = vec![
        (get(), "/projects/nobody".into(), None, 404, "not-found", "project nobody"),
        (get(), "/projects/nobody/changes".into(), None, 404, "not-found", "project nobody"),
        (put(), "/projects/nobody/pages/x".into(), Some(json!({})), 404, "not-found", "project"),
        (get(), "/nowhere".into(), None, 404, "not-found", "path"),
        (post(), p(""), Some(json!({})), 405, "method-not-allowed", "Allow"),
        (
            post(),
            "/projects".into(),
            Some(json!({ "project": "Not OK", "name": "x", "source": "en" })),
            422,
            "invalid-body",
            "not a project",
        ),
        (
            post(),
            "/projects".into(),
            Some(json!({ "project": "ok", "name": "", "source": "en" })),
            422,
            "limit-exceeded",
            "1 to 200",
        ),
        (
            post(),
            "/projects".into(),
            Some(json!({ "project": "acme", "name": "x", "source": "en" })),
            409,
            "taken",
            "choose another",
        ),
        (get(), "/projects/No".into(), None, 422, "invalid-name", "not a project"),
        (put(), p("/locales/not_a_tag"), Some(json!({})), 422, "invalid-name", "BCP 47"),
        (put(), p("/locales/en"), Some(json!({ "fallback": ["de"] })), 409, "in-use", "source locale"),
        (put(), p("/locales/de"), Some(json!({ "fallback": ["de"] })), 422, "fallback-cycle", "leads back"),
        (put(), p("/locales/de"), Some(json!({ "fallback": ["fr"] })), 404, "not-found", "fr"),
        (put(), p("/pages/a.b"), Some(json!({})), 422, "invalid-name", "not a page"),
        (put(), p("/pages/live"), Some(json!({})), 422, "invalid-name", "reserved"),
        (put(), p("/pages/home/entries/1x"), Some(json!({})), 422, "invalid-name", "not a key"),
        (put(), p("/pages/home/entries/x"), Some(json!({ "kind": "video" })), 422, "invalid-body", "video"),
        (put(), p("/pages/none/entries/x"), Some(json!({})), 404, "not-found", "page none"),
        (get(), p("/drafts/fr/home"), None, 404, "not-found", "locale fr"),
        (get(), p("/drafts/en/none/title"), None, 404, "not-found", "page none"),
        (get(), p("/drafts/en/home/none"), None, 404, "not-found", "entry none"),
        (get(), p("/drafts/en/home/title"), None, 404, "not-found", "draft of title"),
        (get(), p("/drafts/en/home/title/history"), None, 404, "not-found", "draft of title"),
        (put(), p("/drafts/en/home/title"), Some(json!({ "value": "x" })), 428, "precondition-required", "If-Match"),
        (patch(), p("/drafts/en/home"), Some(json!({ "drafts": many })), 422, "limit-exceeded", "1000"),
        (
            patch(),
            p("/drafts/en/home"),
            Some(
                json!({ "drafts": [{ "key": "a", "value": "", "version": 0 }, { "key": "a", "value": "", "version": 0 }] }),
            ),
            422,
            "invalid-body",
            "once",
        ),
        (patch(), p("/drafts/en/home"), Some(json!({ "draft": [] })), 422, "invalid-body", "draft"),
        (get(), p("/pages?limit=0"), None, 400, "bad-request", "1 to 1000"),
        (get(), p("/pages?cursor=***"), None, 400, "bad-request", "cursor"),
        (get(), p("/log?after=x"), None, 400, "bad-request", "after"),
        (post(), p("/releases"), Some(json!({ "pages": [] })), 409, "nothing-to-publish", "empty list"),
        (post(), p("/releases"), Some(json!({ "pages": ["none"] })), 404, "not-found", "page none"),
        (post(), p("/releases"), Some(json!({ "locales": ["fr"] })), 404, "not-found", "locale fr"),
        (post(), p("/releases"), Some(json!({ "seq": 9999 })), 422, "unknown-seq", "9999"),
        (post(), p("/releases"), Some(json!({ "publish_at": "tomorrow" })), 422, "invalid-body", "RFC 3339"),
        (post(), p("/releases"), Some(json!({ "locale": ["de"] })), 422, "invalid-body", "locale: unknown field"),
        (post(), p("/releases"), Some(json!({ "publish_at": "2020-01-01T00:00:00Z" })), 422, "invalid-body", "past"),
        (put(), p("/pages/home/entries/x"), Some(json!({ "knd": "html" })), 422, "invalid-body", "knd"),
        (
            patch(),
            p("/pages/home/entries"),
            Some(json!({ "entries": [{ "key": "x", "knd": "html" }] })),
            422,
            "invalid-body",
            "knd",
        ),
        (put(), p("/pages/home"), Some(json!({ "nte": "" })), 422, "invalid-body", "nte"),
        (get(), p("/log?after=9999"), None, 422, "unknown-seq", "9999"),
        (get(), p("/changes?locale=fr"), None, 404, "not-found", "locale fr"),
        (get(), p("/changes?page=none"), None, 404, "not-found", "page none"),
        (get(), p("/releases/9"), None, 404, "not-found", "release 9"),
        (get(), p("/releases/latest"), None, 422, "invalid-name", "\"latest\" is not a number"),
        (get(), p("/releases/1/diff/9"), None, 404, "not-found", "release 9"),
        (post(), p("/releases/9/activate"), None, 404, "not-found", "release 9"),
        (get(), p("/releases/requests/9999"), None, 404, "not-found", "request 9999"),
        (Method::DELETE, p("/releases/requests/9999"), None, 404, "not-found", "request 9999"),
    ];
    for (method, path, body, status, kind, detail) in cases {
        let answer = client.send(method.clone(), &path, &[], body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.body);
        let problem = answer.problem(status, kind);
        assert!(problem["detail"].as_str().unwrap().contains(detail), "{method} {path}: {problem}");
    }

    let draft = p("/drafts/en/home/title");
    let put = async |value: serde_json::Value, condition: (&str, &str)| {
        client.send(Method::PUT, &draft, &[condition], Some(json!({ "value": value }))).await
    };
    let new = ("if-none-match", "*");
    let pattern = put(json!("first\nHello { $name"), new).await.problem(422, "invalid-pattern");
    assert_eq!((&pattern["line"], &pattern["column"]), (&json!(2), &json!(14)));
    put(json!(long), new).await.problem(422, "limit-exceeded");
    put(json!(7), new).await.problem(422, "invalid-body");
    put(json!("x"), ("if-match", "7")).await.problem(400, "bad-request");
    put(json!("x"), ("if-match", "\"7\"")).await.problem(412, "stale-version");
    put(json!("x"), ("if-none-match", "\"7\"")).await.problem(400, "bad-request");
    client
        .send(Method::POST, &format!("{draft}/restore"), &[new], Some(json!({ "version": 1 })))
        .await
        .problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_and_tokens_are_looked_at_before_anything_else() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let url = |path: &str| format!("{}/v1{path}", client.api);
    let with = |kind: &'static str, body: Vec<u8>| {
        client.http.post(url("/projects")).bearer_auth(&client.token).header("content-type", kind).body(body)
    };
    client.answer(with("application/json", b"{".to_vec())).await.problem(400, "invalid-json");
    client.answer(with("text/plain", b"{}".to_vec())).await.problem(415, "unsupported-media-type");
    client.answer(with("application/json", vec![b' '; 600 * 1024])).await.problem(413, "too-large");
    client.answer(client.http.get(url("/projects"))).await.problem(401, "unauthorized");
    client.answer(client.http.get(url("/projects")).bearer_auth("wrong")).await.problem(401, "unauthorized");
    client
        .answer(client.http.get(url("/projects")).basic_auth("owner", Some(&client.token)))
        .await
        .problem(401, "unauthorized");
    // For machines and newcomers there is no token.
    for path in ["/health/live", "/health/ready", "/openapi.json"] {
        let answer = client.http.get(format!("{}{path}", client.api)).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_finishes_its_headers_is_cut_off() {
    let system = TestSystem::start().await;
    let address = system.client.api.trim_start_matches("http://").to_owned();
    let took = tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.write_all(b"GET /health/live HTTP/1.1\r\nhost: x\r\nslow: ").unwrap();
        let began = Instant::now();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        began.elapsed()
    })
    .await
    .unwrap();
    assert!(took < PATIENCE + Duration::from_secs(5), "{took:?}");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_finishes_its_body_is_told_so() {
    let options = Options { request: Some(PATIENCE), ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let (address, token) = (system.client.api.trim_start_matches("http://").to_owned(), system.client.token.clone());
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let head = "POST /v1/projects HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99";
        stream.write_all(format!("{head}\r\nauthorization: Bearer {token}\r\n\r\n{{").as_bytes()).unwrap();
        let mut answer = [0; 2048];
        let read = stream.read(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[..read]).into_owned()
    })
    .await
    .unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("urn:copydesk:problem:too-slow"), "{answer}");
    system.stop().await;
}

/// A release that failed was never live and never will be.
#[tokio::test(flavor = "multi_thread")]
async fn a_failed_release_cannot_be_made_live() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    client.publish("acme", json!({})).await;
    let (publishing, project) = (Publishing::new(system.engines.table(None)), "acme".parse().unwrap());
    let whole = publishing.reader().release(&project, ReleaseNumber(1)).await.unwrap().unwrap();
    let failed = Release { release: ReleaseNumber(2), state: ReleaseState::Failed, ..whole };
    publishing.put_release(&project, &failed).await.unwrap();
    let problem = client.post("/projects/acme/releases/2/activate", json!({})).await.problem(409, "not-activatable");
    assert!(problem["detail"].as_str().unwrap().contains("failed"), "{problem}");
    client.get("/projects/acme/releases/1/diff/2").await.problem(404, "not-found");
    system.stop().await;
}
