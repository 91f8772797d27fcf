//! No saved word is lost: editors race on the same and on different strings, through several
//! servers on one table that conflicts and throttles.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::engines::{Engine, Engines};
use crate::support::faults::{Fault, Faults, is_transaction};
use crate::support::system::Options;
use crate::support::{Client, TestSystem};

const EDITORS: usize = 8;
const KEYS: [&str; 4] = ["a", "b", "c", "d"];

/// A save that was acknowledged: its version, what it stood on, its value.
#[derive(Debug)]
struct Acknowledged {
    key: &'static str,
    version: u64,
    stood_on: u64,
    value: String,
}

async fn edit(client: Client, editor: usize, rounds: usize) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        let key = KEYS[(editor + round) % KEYS.len()];
        let path = format!("/projects/acme/drafts/en/home/{key}");
        let seen = client.get(&path).await;
        let stood_on = if seen.status == 200 { seen.body["version"].as_u64().unwrap() } else { 0 };
        let tag = format!("\"{stood_on}\"");
        let condition = if stood_on > 0 { ("if-match", tag.as_str()) } else { ("if-none-match", "*") };
        let value = format!("editor {editor}, round {round}");
        let saved = client.send(Method::PUT, &path, &[condition], Some(json!({ "value": value }))).await;
        match saved.status.as_u16() {
            200 | 201 => {
                let version = saved.body["version"].as_u64().unwrap();
                acknowledged.push(Acknowledged { key, version, stood_on, value });
            }
            412 => assert_eq!(saved.body["yours"], value, "a save that lost gets its own text back"),
            503 => {}
            other => panic!("{other}: {}", saved.body),
        }
    }
    acknowledged
}

async fn whole_log(client: &Client) -> Vec<Value> {
    let (mut events, mut after) = (Vec::new(), 0);
    loop {
        let part = client.get(&format!("/projects/acme/log?after={after}&limit=1000")).await.expect(200).body;
        events.extend(part["items"].as_array().unwrap().iter().cloned());
        after = part["next"].as_u64().unwrap();
        if part["next"] == part["tip"] {
            return events;
        }
    }
}

async fn race(fault: fn(u64) -> Option<Fault>) {
    let engines = Arc::new(Engines::start().await);
    let mut servers = Vec::new();
    for _ in 0..3 {
        let faults = Faults::none();
        faults.arm(move |call, request| if is_transaction(request) { fault(call) } else { None });
        let options = Options { server_faults: Some(faults), ..Options::default() };
        servers.push(TestSystem::on(Arc::clone(&engines), options).await);
    }
    servers[0].client.project("acme", &["en"], &[("home", &KEYS)]).await;
    let rounds = if Engine::chosen() == Engine::Embedded { 30 } else { 8 };
    let editors = (0..EDITORS).map(|editor| edit(servers[editor % 3].client.clone(), editor, rounds));
    let acknowledged: Vec<Acknowledged> = join_all(editors).await.into_iter().flatten().collect();
    assert!(acknowledged.len() > EDITORS * rounds / 8, "hardly anything went through: {}", acknowledged.len());

    let log = whole_log(&servers[0].client).await;
    for (index, event) in log.iter().enumerate() {
        assert_eq!(event["seq"].as_u64().unwrap(), index as u64 + 1, "the log has a gap or a repetition");
    }
    // What each save stood on is what it replaced: nothing was overwritten unseen.
    for save in &acknowledged {
        let event = &log[usize::try_from(save.version).unwrap() - 1];
        assert_eq!(
            (event["change"]["value"].as_str(), event["prev"].as_u64()),
            (Some(&*save.value), Some(save.stood_on)),
            "{save:?}"
        );
    }
    // Every value is in the history of its draft, and each revision leads to the one before.
    let mut newest: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for event in log.iter().filter(|event| event["change"]["kind"] == "draft-saved") {
        let key = event["change"]["key"].as_str().unwrap();
        let versions = newest.entry(key).or_default();
        assert_eq!(event["prev"].as_u64().unwrap(), versions.last().copied().unwrap_or(0));
        versions.push(event["seq"].as_u64().unwrap());
    }
    for (key, versions) in newest {
        let path = format!("/projects/acme/drafts/en/home/{key}/history?limit=1000");
        let history = servers[1].client.get(&path).await.expect(200).body;
        let listed: Vec<u64> =
            history["items"].as_array().unwrap().iter().rev().map(|r| r["version"].as_u64().unwrap()).collect();
        assert_eq!(listed, versions);
        assert!(acknowledged.iter().filter(|save| save.key == key).all(|save| listed.contains(&save.version)));
    }
    for server in servers {
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_editors_race_through_several_servers() {
    race(|_| None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_transactions_conflict_and_the_table_throttles() {
    race(|call| match call % 5 {
        1 => Some(Fault::Conflict),
        3 => Some(Fault::Throttle),
        _ => None,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_answers_are_lost_and_calls_arrive_twice() {
    race(|call| match call % 4 {
        1 => Some(Fault::Drop),
        2 => Some(Fault::Duplicate),
        _ => None,
    })
    .await;
}

/// What one server created, another knows of, however long it has not looked.
#[tokio::test(flavor = "multi_thread")]
async fn when_another_server_has_moved_on() {
    let engines = Arc::new(Engines::start().await);
    let one = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    let two = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    one.client.project("acme", &["en"], &[("home", &["a"])]).await;
    two.client.put("/projects/acme/pages/about", json!({})).await.expect(200);
    // The first server's view of the project is older than the page.
    one.client.put("/projects/acme/pages/about/entries/a", json!({})).await.expect(200);
    two.client.save("/projects/acme/drafts/en/about/a", "kept").await;
    one.client.delete("/projects/acme/pages/about").await.expect(204);
    two.client.put("/projects/acme/pages/about/entries/b", json!({})).await.problem(404, "not-found");
    one.stop().await;
    two.stop().await;
}
