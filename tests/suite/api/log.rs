//! The log: every change, in order, for ever.

use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_one_event_in_order() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "one").await;
    client.save("/projects/acme/drafts/en/home/title", "two").await;
    client.publish("acme", json!({ "note": "first" })).await;
    client.delete("/projects/acme/pages/home").await.expect(204);

    let log = client.get("/projects/acme/log").await.expect(200).body;
    let kinds: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|e| e["change"]["kind"].as_str().unwrap()).collect();
    let expected = [
        "project-created",
        "locale-put",
        "member-put",
        "locale-put",
        "page-put",
        "entry-put",
        "draft-saved",
        "draft-saved",
        "publish-requested",
        "page-deleted",
    ];
    assert_eq!(kinds, expected);
    assert_eq!((&log["next"], &log["tip"]), (&json!(10), &json!(10)));
    assert_eq!(log["items"][7]["prev"], 7, "an event names the one before it on the same thing");
    assert_eq!(log["items"][9]["prev"], 5);

    let mut after = 0;
    let mut seqs = Vec::new();
    while after < 10 {
        let part = client.get(&format!("/projects/acme/log?after={after}&limit=2")).await.expect(200).body;
        seqs.extend(part["items"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()));
        after = part["next"].as_u64().unwrap();
    }
    assert_eq!(seqs, (1..=10).collect::<Vec<_>>());
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_goes_on_over_the_ends_of_its_partitions() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &[])]).await;
    for part in 0..3 {
        let entries: Vec<_> = (0..800).map(|n| json!({ "key": format!("k{part}-{n}") })).collect();
        let body = Some(json!({ "entries": entries }));
        client.send(reqwest::Method::PATCH, "/projects/acme/pages/home/entries", &[], body).await.expect(200);
    }
    let part = client.get("/projects/acme/log?after=500&limit=1000").await.expect(200).body;
    let seqs: Vec<_> = part["items"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (501..=1500).collect::<Vec<_>>());
    system.stop().await;
}
