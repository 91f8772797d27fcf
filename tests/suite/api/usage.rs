//! What a project used, and what it may not use any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use copydesk_process::Clock;
use copydesk_schema::{Quotas, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::Answer;
use crate::support::engines::Engines;
use crate::support::system::Options;
use crate::support::{Client, TestSystem};

/// The 15th of November and of December 2026, and of January 2027.
const MONTHS: [u64; 3] = [1_794_700_800_000, 1_797_292_800_000, 1_799_971_200_000];

async fn put(client: &Client, key: &str, version: Option<u64>, value: &str) -> Answer {
    let condition = version.map_or(("if-none-match", "*".to_owned()), |version| ("if-match", format!("\"{version}\"")));
    let path = format!("/projects/acme/drafts/en/home/{key}");
    client.send(Method::PUT, &path, &[(condition.0, &condition.1)], Some(json!({ "value": value }))).await
}

async fn usage(client: &Client) -> Value {
    client.get("/projects/acme/usage").await.expect(200).body
}

#[tokio::test]
async fn a_project_uses_no_more_than_it_may_and_sees_how_much_that_is() {
    let now = Arc::new(AtomicU64::new(MONTHS[0]));
    let clock = {
        let now = Arc::clone(&now);
        Clock::new(move || Timestamp(now.load(Ordering::SeqCst)))
    };
    let quotas: Quotas =
        r#"{"usual":{"pages":1,"entries":2,"saves":6,"releases":1},"projects":{"free":{}}}"#.parse().unwrap();
    let options = Options { clock: Some(clock), quotas, ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let client = &system.client;

    // A locale, a page, two entries.
    client.project("acme", &["en"], &[("home", &["title", "text"])]).await;
    let page = client.put("/projects/acme/pages/other", json!({})).await.problem(403, "quota-exceeded");
    assert_eq!(page["detail"], "the project may have 1 pages, and has them; remove some first");
    client.put("/projects/acme/pages/home/entries/more", json!({})).await.problem(403, "quota-exceeded");
    let saved = put(client, "title", None, "Größe").await.expect(201);
    let version = saved.body["version"].as_u64().unwrap();
    put(client, "text", None, "x").await.expect(201);
    let refused = put(client, "title", Some(version), "Later").await.problem(403, "quota-exceeded");
    assert_eq!(
        refused["detail"],
        "the project may use 6 saves in a month, and has used them in 2026-11; 2026-12 begins on the 1st, UTC"
    );
    let path = "/projects/acme/drafts/en/home";
    let draft = json!({ "drafts": [{ "key": "title", "value": "A", "version": version }] });
    let answer = client.send(Method::PATCH, path, &[], Some(draft)).await.expect(200).body;
    assert_eq!(answer["results"][0]["problem"]["type"], "urn:copydesk:problem:quota-exceeded", "{answer}");

    client.publish("acme", json!({})).await;
    client.post("/projects/acme/releases", json!({})).await.problem(403, "quota-exceeded");
    let expect = json!({
        "pages": { "used": 1, "quota": 1 },
        "entries": { "used": 2, "quota": 2 },
        "month": {
            "month": "2026-11", "saves": { "used": 6, "quota": 6 }, "bytes": { "used": 8 },
            "releases": { "used": 1, "quota": 1 },
        },
        "before": {
            "month": "2026-10", "saves": { "used": 0, "quota": 6 }, "bytes": { "used": 0 },
            "releases": { "used": 0, "quota": 1 },
        },
    });
    assert_eq!(usage(client).await, expect);

    // What clears up and what brings back is always possible, and costs nothing.
    client.send(Method::DELETE, "/projects/acme/pages/home/entries/text", &[], None).await.expect(204);
    client.post("/projects/acme/releases/1/activate", Value::Null).await.expect(202);
    assert_eq!(usage(client).await["entries"]["used"], 1);

    // Another project has quotas of its own.
    client.project("free", &["en"], &[("home", &["a", "b", "c"]), ("more", &["a", "b", "c"])]).await;
    assert_eq!(client.get("/projects/free/usage").await.expect(200).body["entries"], json!({ "used": 6 }));

    // The next month begins with nothing used.
    now.store(MONTHS[1], Ordering::SeqCst);
    put(client, "title", Some(version), "Later").await.expect(200);
    let then = usage(client).await;
    assert_eq!((&then["month"]["month"], &then["month"]["saves"]["used"]), (&json!("2026-12"), &json!(1)));
    assert_eq!((&then["before"]["month"], &then["before"]["saves"]["used"]), (&json!("2026-11"), &json!(6)));
    client.publish("acme", json!({})).await;

    // Also where nothing was used meanwhile.
    now.store(MONTHS[2], Ordering::SeqCst);
    let then = usage(client).await;
    assert_eq!((&then["month"]["month"], &then["month"]["saves"]["used"]), (&json!("2027-01"), &json!(0)));
    assert_eq!((&then["before"]["month"], &then["before"]["saves"]["used"]), (&json!("2026-12"), &json!(1)));
    system.stop().await;
}
