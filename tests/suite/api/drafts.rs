//! Saving: what stands on what, and what becomes of a save that lost.

use reqwest::Method;
use serde_json::json;

use crate::support::TestSystem;

const DRAFT: &str = "/projects/acme/drafts/en/home/title";

async fn system() -> TestSystem {
    let system = TestSystem::start().await;
    system.client.project("acme", &["en", "de"], &[("home", &["title", "lead", "foot"])]).await;
    system
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_from_before_the_entry_meets_what_is_there() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "there").await;
    let put = Some(json!({ "value": "mine" }));
    let lost = client.send(Method::PUT, "/projects/acme/drafts/en/home/title", &[("if-match", "\"1\"")], put).await;
    let lost = lost.problem(412, "stale-version");
    assert_eq!((&lost["current"]["value"], &lost["yours"]), (&json!("there"), &json!("mine")));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_editors_gets_both_texts() {
    let system = system().await;
    let client = &system.client;
    let put = |condition: (&'static str, String), value: &'static str| async move {
        let body = Some(json!({ "value": value }));
        client.send(Method::PUT, DRAFT, &[(condition.0, &condition.1)], body).await
    };
    let created = put(("if-none-match", "*".into()), "one").await.expect(201);
    let tag = created.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(client.get(DRAFT).await.expect(200).headers["etag"], *tag);

    put(("if-match", tag.clone()), "two").await.expect(200);
    let lost = put(("if-match", tag), "three").await.problem(412, "stale-version");
    assert_eq!((&lost["current"]["value"], &lost["yours"]), (&json!("two"), &json!("three")));
    let lost = put(("if-none-match", "*".into()), "four").await.problem(412, "stale-version");
    assert_eq!(lost["current"]["value"], "two");
    assert_eq!(client.get(DRAFT).await.expect(200).body["value"], "two");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_save_succeeds_once() {
    let system = system().await;
    let client = &system.client;
    let save = || {
        client.send(
            Method::PUT,
            DRAFT,
            &[("if-none-match", "*"), ("idempotency-key", "k1")],
            Some(json!({ "value": "one" })),
        )
    };
    let first = save().await.expect(201).body["version"].clone();
    assert_eq!(save().await.expect(201).body["version"], first);
    let history = client.get(&format!("{DRAFT}/history")).await.expect(200).body;
    assert_eq!(history["items"].as_array().unwrap().len(), 1);

    // Other words under the same key are another save: they are not taken for the first one.
    let body = Some(json!({ "value": "other words" }));
    let headers = [("if-none-match", "*"), ("idempotency-key", "k1")];
    let lost = client.send(Method::PUT, DRAFT, &headers, body).await.problem(412, "stale-version");
    assert_eq!((&lost["current"]["value"], &lost["yours"]), (&json!("one"), &json!("other words")));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_empties_and_history_brings_back() {
    let system = system().await;
    let client = &system.client;
    let mut versions = Vec::new();
    // More than a head remembers, so that older revisions are followed one by one.
    for n in 0..40 {
        versions.push(client.save(DRAFT, &format!("value {n}")).await);
    }
    let tag = format!("\"{}\"", versions[39]);
    client.send(Method::DELETE, DRAFT, &[("if-match", &tag)], None).await.expect(204);
    client.get(DRAFT).await.problem(404, "not-found");
    client.send(Method::DELETE, DRAFT, &[("if-match", &tag)], None).await.problem(412, "stale-version");

    let mut values = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("{DRAFT}/history?limit=7{cursor}")).await.expect(200).body;
        values.extend(page["items"].as_array().unwrap().iter().map(|item| item["value"].clone()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(values.len(), 41);
    assert_eq!((&values[0], &values[1], &values[40]), (&json!(null), &json!("value 39"), &json!("value 0")));

    let back = json!({ "version": versions[3] });
    let restored = client.send(Method::POST, &format!("{DRAFT}/restore"), &[("if-none-match", "*")], Some(back)).await;
    assert_eq!(restored.expect(201).body["value"], "value 3");
    let newest = client.get(&format!("{DRAFT}/history?limit=1")).await.expect(200).body;
    assert_eq!(newest["items"][0]["restored_from"], versions[3]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_saves_what_it_can_and_reports_the_rest() {
    let system = system().await;
    let client = &system.client;
    let title = client.save(DRAFT, "one").await;
    client.save("/projects/acme/drafts/en/home/lead", "one").await;
    let patch = json!({ "drafts": [
        { "key": "title", "value": "two", "version": title },
        { "key": "lead", "value": "two", "version": title },
        { "key": "foot", "value": "Hello { $name", "version": 0 },
        { "key": "nowhere", "value": "x", "version": 0 },
    ]});
    let results = client.send(Method::PATCH, "/projects/acme/drafts/en/home", &[], Some(patch)).await.expect(200).body;
    let results = results["results"].as_array().unwrap();
    assert!(results[0]["version"].as_u64().unwrap() > title);
    assert_eq!((&results[1]["problem"]["status"], &results[1]["problem"]["yours"]), (&json!(412), &json!("two")));
    assert_eq!(results[2]["problem"]["column"], 14);
    assert_eq!(results[3]["problem"]["status"], 404);
    let listed = client.get("/projects/acme/drafts/en/home").await.expect(200).body;
    let values: Vec<_> = listed["items"].as_array().unwrap().iter().map(|item| item["value"].clone()).collect();
    assert_eq!(values, ["one", "two"]);

    // Null empties a draft.
    let version = results[0]["version"].clone();
    let patch = json!({ "drafts": [{ "key": "title", "value": null, "version": version }] });
    client.send(Method::PATCH, "/projects/acme/drafts/en/home", &[], Some(patch)).await.expect(200);
    client.get(DRAFT).await.problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_drafts_go_in_one_patch() {
    let system = system().await;
    let client = &system.client;
    let keys: Vec<String> = (0..1000).map(|n| format!("k{n:04}")).collect();
    let entries: Vec<_> = keys.iter().map(|key| json!({ "key": key })).collect();
    let path = "/projects/acme/pages/home/entries";
    client.send(Method::PATCH, path, &[], Some(json!({ "entries": entries }))).await.expect(200);
    let drafts: Vec<_> = keys.iter().map(|key| json!({ "key": key, "value": key, "version": 0 })).collect();
    let path = "/projects/acme/drafts/de/home";
    let saved = client.send(Method::PATCH, path, &[], Some(json!({ "drafts": drafts }))).await.expect(200).body;
    assert!(saved["results"].as_array().unwrap().iter().all(|result| result["problem"].is_null()));
    let listed = client.get("/projects/acme/drafts/de/home?limit=1000").await.expect(200).body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1000);
    system.stop().await;
}
