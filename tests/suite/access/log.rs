//! The log says who, and can be asked for it.

use serde_json::{Value, json};

use crate::support::TestSystem;

fn seqs(log: &Value) -> Vec<u64> {
    log["items"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_says_who_by_what_and_in_which_request() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    let ada = owner.member("acme", "ada@example.com", json!({ "role": "editor" })).await;
    let (script, id) = owner.api_token("acme", json!({ "role": "editor" })).await;
    let path = "/projects/acme/drafts/en/home/title";
    // A request's name is not the client's to choose.
    let by_hand = [("if-none-match", "*"), ("x-request-id", "mine\tmine")];
    let saved = ada.send(reqwest::Method::PUT, path, &by_hand[..1], Some(json!({ "value": "one" }))).await.expect(201);
    let request = saved.headers["x-request-id"].to_str().unwrap().to_owned();
    let version = format!("\"{}\"", saved.body["version"]);
    script
        .send(
            reqwest::Method::PUT,
            path,
            &[("if-match", &version), ("x-request-id", "mine")],
            Some(json!({ "value": "two" })),
        )
        .await
        .expect(200);

    let log = owner.get("/projects/acme/log?kind=draft-saved").await.expect(200).body;
    let by = |index: usize| log["items"][index]["by"].clone();
    assert_eq!(
        by(0),
        json!({ "subject": "local:ada@example.com", "name": "ada@example.com", "credential": "session", "request": request })
    );
    assert_eq!((&by(1)["subject"], &by(1)["credential"]), (&json!(id), &json!("token")));
    assert_ne!(by(1)["request"], "mine");

    // Asked by actor, by kind, by time, from both ends.
    let all = owner.get("/projects/acme/log?limit=1000").await.expect(200).body;
    let tip = all["tip"].as_u64().unwrap();
    let mine = owner.get("/projects/acme/log?actor=local:ada@example.com").await.expect(200).body;
    let of_ada =
        all["items"].as_array().unwrap().iter().filter(|event| event["by"]["subject"] == "local:ada@example.com");
    assert_eq!(seqs(&mine).len(), of_ada.count());
    let several = owner.get("/projects/acme/log?kind=member-put,token-created").await.expect(200).body;
    assert_eq!(seqs(&several).len(), 3);
    let backwards = owner.get("/projects/acme/log?before=0&limit=2").await.expect(200).body;
    assert_eq!(seqs(&backwards), [tip, tip - 1]);
    let next = owner.get(&format!("/projects/acme/log?before={}&limit=1000", backwards["next"])).await.expect(200).body;
    assert_eq!(seqs(&next), (1..tip - 1).rev().collect::<Vec<_>>());
    let at = all["items"][3]["at"].as_str().unwrap();
    let since = owner.get(&format!("/projects/acme/log?since={at}")).await.expect(200).body;
    assert!(seqs(&since).contains(&4) && seqs(&since).len() <= seqs(&all).len());
    let none = owner.get("/projects/acme/log?until=2020-01-01T00:00:00Z").await.expect(200).body;
    assert_eq!((seqs(&none), &none["next"]), (vec![], &json!(tip)));
    owner.get("/projects/acme/log?after=1&before=5").await.problem(400, "bad-request");
    owner.get("/projects/acme/log?knd=draft-saved").await.problem(400, "bad-request");

    // Addresses are for admins.
    let seen = ada.get("/projects/acme/log?kind=member-put,invitation-created").await.expect(200).body.to_string();
    assert!(!seen.contains("email\":\"ada@"), "{seen}");
    let admin = owner.get("/projects/acme/log?kind=member-put").await.expect(200).body.to_string();
    assert!(admin.contains("email\":\"ada@"), "{admin}");
    system.stop().await;
}
