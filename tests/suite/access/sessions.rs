//! Signing in by link, and what continues a session.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use futures::future::join_all;
use serde_json::json;

use crate::support::engines::Engines;
use crate::support::system::Options;
use crate::support::{Client, TestSystem};

/// A clock that stands still until it is moved.
fn clock() -> (Clock, Arc<AtomicU64>) {
    let now = Arc::new(AtomicU64::new(1_800_000_000_000));
    let shown = Arc::clone(&now);
    (Clock::new(move || Timestamp(shown.load(Ordering::SeqCst))), now)
}

const MINUTE: u64 = 60_000;

async fn code(owner: &Client) -> String {
    let link = owner.post("/sign-in-links", json!({})).await.expect(201).body;
    assert_eq!(link["path"], json!(format!("/sign-in#{}", link["code"].as_str().unwrap())));
    link["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signs_in_once() {
    let system = TestSystem::start().await;
    let (owner, nobody) = (&system.client, system.client.with(""));
    let code = code(owner).await;
    let tries = (0..8).map(|_| nobody.post("/sessions", json!({ "code": code })));
    let answers = join_all(tries).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    let good = answers.iter().find(|answer| answer.status == 201).unwrap();
    let me = owner.with(good.body["access_token"].as_str().unwrap()).get("/me").await.expect(200).body;
    assert_eq!((&me["subject"], &me["credential"]), (&json!("owner"), &json!("session")));
    // Guessed, used and made-up codes are told the same.
    let used = nobody.post("/sessions", json!({ "code": code })).await.problem(401, "unauthorized");
    let guessed = nobody.post("/sessions", json!({ "code": "0".repeat(64) })).await.problem(401, "unauthorized");
    assert_eq!(used, guessed);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_and_tokens_end_when_they_should() {
    let (clock, now) = clock();
    let system =
        TestSystem::on(Arc::new(Engines::start().await), Options { clock: Some(clock), ..Options::default() }).await;
    let (owner, nobody) = (&system.client, system.client.with(""));
    let late = code(owner).await;
    now.fetch_add(10 * MINUTE + 1, Ordering::SeqCst);
    nobody.post("/sessions", json!({ "code": late })).await.problem(401, "unauthorized");

    let tokens = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    let session = owner.with(tokens["access_token"].as_str().unwrap());
    now.fetch_add(9 * MINUTE, Ordering::SeqCst);
    session.get("/me").await.expect(200);
    now.fetch_add(2 * MINUTE, Ordering::SeqCst);
    session.get("/me").await.problem(401, "unauthorized");
    let refreshed =
        nobody.post("/sessions/refresh", json!({ "refresh_token": tokens["refresh_token"] })).await.expect(200).body;
    owner.with(refreshed["access_token"].as_str().unwrap()).get("/me").await.expect(200);
    now.fetch_add(31 * 24 * 60 * MINUTE, Ordering::SeqCst);
    let late = nobody.post("/sessions/refresh", json!({ "refresh_token": refreshed["refresh_token"] })).await;
    late.problem(401, "unauthorized");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_signed_in_gets_a_code_for_another_window() {
    let (clock, now) = clock();
    let system =
        TestSystem::on(Arc::new(Engines::start().await), Options { clock: Some(clock), ..Options::default() }).await;
    let (owner, nobody) = (&system.client, system.client.with(""));
    let link =
        owner.post("/sign-in-links", json!({ "email": "ada@example.com", "name": "Ada" })).await.expect(201).body;
    let first = nobody.post("/sessions", json!({ "code": link["code"] })).await.expect(201).body;
    let ada = owner.with(first["access_token"].as_str().unwrap());

    let code = ada.post("/sessions/codes", json!({})).await.expect(201).body["code"].clone();
    assert_eq!(code.as_str().unwrap().len(), 10, "people may have to type it");
    let second = nobody.post("/sessions", json!({ "code": code })).await.expect(201).body;
    let again = owner.with(second["access_token"].as_str().unwrap());
    assert_eq!(again.get("/me").await.expect(200).body, ada.get("/me").await.expect(200).body);
    nobody.post("/sessions", json!({ "code": code })).await.problem(401, "unauthorized");

    let late = ada.post("/sessions/codes", json!({})).await.expect(201).body["code"].clone();
    now.fetch_add(2 * MINUTE + 1, Ordering::SeqCst);
    nobody.post("/sessions", json!({ "code": late })).await.problem(401, "unauthorized");
    // Each of the two goes on without the other.
    nobody.post("/sessions/end", json!({ "refresh_token": second["refresh_token"] })).await.expect(204);
    nobody.post("/sessions/refresh", json!({ "refresh_token": first["refresh_token"] })).await.expect(200);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_is_used_twice_ends_the_session() {
    let system = TestSystem::start().await;
    let (owner, nobody) = (&system.client, system.client.with(""));
    let first = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    let refresh = |token: &serde_json::Value| {
        let (nobody, body) = (nobody.clone(), json!({ "refresh_token": token }));
        async move { nobody.post("/sessions/refresh", body).await }
    };
    let second = refresh(&first["refresh_token"]).await.expect(200).body;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    refresh(&first["refresh_token"]).await.problem(401, "unauthorized");
    refresh(&second["refresh_token"]).await.problem(401, "unauthorized");

    // Signing out ends it as well, and other sessions go on.
    let other = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    let third = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    nobody.post("/sessions/end", json!({ "refresh_token": third["refresh_token"] })).await.expect(204);
    refresh(&third["refresh_token"]).await.problem(401, "unauthorized");
    refresh(&other["refresh_token"]).await.expect(200);

    // Whoever knows only which session it is cannot end it.
    let fifth = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    let mut other_secret = fifth["refresh_token"].as_str().unwrap().to_owned();
    let last = if other_secret.ends_with('0') { '1' } else { '0' };
    other_secret.pop();
    other_secret.push(last);
    nobody.post("/sessions/end", json!({ "refresh_token": other_secret })).await.problem(401, "unauthorized");
    refresh(&fifth["refresh_token"]).await.expect(200);

    // Two at once: one of them has a copy. Nobody goes on with it.
    let fourth = nobody.post("/sessions", json!({ "code": code(owner).await })).await.expect(201).body;
    let answers = join_all((0..6).map(|_| refresh(&fourth["refresh_token"]))).await;
    let winners: Vec<_> = answers.into_iter().filter(|answer| answer.status == 200).collect();
    assert!(winners.len() <= 1);
    for winner in winners {
        refresh(&winner.body["refresh_token"]).await.problem(401, "unauthorized");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_another_installation_opens_nothing() {
    let (one, two) = (TestSystem::start().await, TestSystem::start().await);
    let person = one.client.person("ada@example.com").await;
    person.get("/me").await.expect(200);
    two.client.with(&person.token).get("/me").await.problem(401, "unauthorized");
    // Nor does one that was changed by a letter.
    let (head, signature) = person.token.rsplit_once('.').unwrap();
    let (start, claims) = head.split_once('.').unwrap();
    let changed = format!("{start}.{}A.{signature}", &claims[..claims.len() - 1]);
    one.client.with(&changed).get("/me").await.problem(401, "unauthorized");
    one.stop().await;
    two.stop().await;
}
