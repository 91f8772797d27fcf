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

/// A save that can be told from others.
async fn put(client: &Client, key: &str, version: Option<u64>, value: &str) -> Answer {
    let condition = version.map_or(("if-none-match", "*".to_owned()), |version| ("if-match", format!("\"{version}\"")));
    let path = format!("/projects/acme/drafts/en/home/{key}");
    let name = format!("{key}-{}", value.len());
    let headers = [(condition.0, &*condition.1), ("idempotency-key", &*name)];
    client.send(Method::PUT, &path, &headers, Some(json!({ "value": value }))).await
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
        r#"{"usual":{"pages":1,"entries":2,"saves":7,"releases":1},"projects":{"free":{}}}"#.parse().unwrap();
    let options = Options { clock: Some(clock), quotas, ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    // The owner is not held up.
    let ada = system.client.person("ada@example.com").await;
    ada.project("acme", &["en"], &[("home", &["title", "text"])]).await;
    ada.project("free", &["en"], &[("home", &["a", "b", "c"]), ("more", &["a", "b", "c"])]).await;
    let (client, _) = &ada.api_token("acme", json!({ "role": "admin" })).await;

    // A locale, a page and two entries are four saves.
    let page = client.put("/projects/acme/pages/other", json!({})).await.problem(403, "quota-exceeded");
    assert_eq!(page["detail"], "the project may have 1 pages, and has them; remove some first");
    client.put("/projects/acme/pages/home/entries/more", json!({})).await.problem(403, "quota-exceeded");
    let version = |saved: Answer| saved.body["version"].as_u64().unwrap();
    let first = version(put(client, "title", None, "Größe").await.expect(201));
    let second = version(put(client, "title", Some(first), "Second").await.expect(200));
    let text = version(put(client, "text", None, "x").await.expect(201));
    let refused = put(client, "title", Some(second), "Later").await.problem(403, "quota-exceeded");
    assert_eq!(
        refused["detail"],
        "the project may use 7 saves in a month, and with this it would be 8 in 2026-11; 2026-12 begins on the 1st, UTC"
    );
    let path = "/projects/acme/drafts/en/home";
    let draft = json!({ "drafts": [{ "key": "title", "value": "A", "version": second }] });
    let answer = client.send(Method::PATCH, path, &[], Some(draft)).await.expect(200).body;
    assert_eq!(answer["results"][0]["problem"]["type"], "urn:copydesk:problem:quota-exceeded", "{answer}");

    let publish = async |key: &str| {
        client.send(Method::POST, "/projects/acme/releases", &[("idempotency-key", key)], Some(json!({}))).await
    };
    let request = publish("once").await.expect(202).body["request"].as_u64().unwrap();
    client.ended("acme", request).await;
    publish("another").await.problem(403, "quota-exceeded");
    let expect = json!({
        "pages": { "used": 1, "quota": 1 },
        "entries": { "used": 2, "quota": 2 },
        "month": {
            "month": "2026-11", "saves": { "used": 7, "quota": 7 }, "bytes": { "used": 14 },
            "releases": { "used": 1, "quota": 1 },
        },
        "before": {
            "month": "2026-10", "saves": { "used": 0, "quota": 7 }, "bytes": { "used": 0 },
            "releases": { "used": 0, "quota": 1 },
        },
    });
    assert_eq!(usage(client).await, expect);

    // Who asks again for what is done, because the answer was lost, is told what it came to, and nothing is counted.
    assert_eq!(version(put(client, "text", None, "x").await.expect(201)), text);
    assert_eq!(publish("once").await.expect(202).body["request"], request);
    assert_eq!(usage(client).await, expect);

    // What brings back, calls something otherwise or clears up is always possible.
    let back = Some(json!({ "version": first }));
    let tag = format!("\"{second}\"");
    let restored = client.send(Method::POST, &format!("{path}/title/restore"), &[("if-match", &tag)], back).await;
    let restored = restored.expect(200);
    assert_eq!(restored.body["value"], "Größe");
    let second = version(restored);
    client.post("/projects/acme/pages/home/entries/text/rename", json!({ "key": "words" })).await.expect(200);
    client.delete("/projects/acme/pages/home/entries/words").await.expect(204);
    client.post("/projects/acme/releases/1/activate", Value::Null).await.expect(202);
    assert_eq!(usage(client).await["entries"]["used"], 1);
    system.client.put("/projects/acme/pages/other", json!({})).await.expect(200);

    // Another project has quotas of its own.
    assert_eq!(ada.get("/projects/free/usage").await.expect(200).body["entries"], json!({ "used": 6 }));

    // The next month begins with nothing used.
    now.store(MONTHS[1], Ordering::SeqCst);
    put(client, "title", Some(second), "Later").await.expect(200);
    let then = usage(client).await;
    assert_eq!((&then["month"]["month"], &then["month"]["saves"]["used"]), (&json!("2026-12"), &json!(1)));
    assert_eq!((&then["before"]["month"], &then["before"]["saves"]["used"]), (&json!("2026-11"), &json!(11)));
    client.publish("acme", json!({})).await;

    // Also where nothing was used meanwhile.
    now.store(MONTHS[2], Ordering::SeqCst);
    let then = usage(client).await;
    assert_eq!((&then["month"]["month"], &then["month"]["saves"]["used"]), (&json!("2027-01"), &json!(0)));
    assert_eq!((&then["before"]["month"], &then["before"]["saves"]["used"]), (&json!("2026-12"), &json!(1)));
    system.stop().await;
}
