//! How much one may ask.

use std::num::NonZeroU32;
use std::sync::Arc;

use copydesk_server::settings::AccessSettings;
use serde_json::json;

use crate::support::TestSystem;
use crate::support::engines::Engines;
use crate::support::system::Options;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_much_is_told_when_to_come_back() {
    let access = AccessSettings { rate: NonZeroU32::new(1), ..AccessSettings::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), Options { access, ..Options::default() }).await;
    let owner = &system.client;
    let first = owner.get("/me").await.expect(200);
    assert_eq!(first.headers["ratelimit-policy"], "\"credential\";q=10;w=10");
    assert_eq!(first.headers["ratelimit"], "\"credential\";r=9;t=0");
    let refused = loop {
        let answer = owner.get("/me").await;
        if answer.status != 200 {
            break answer;
        }
    };
    let wait: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait), "{wait}");
    assert!(refused.headers["ratelimit"].to_str().unwrap().starts_with("\"credential\";r=0;"));
    refused.problem(429, "too-many-requests");
    // In a while there is room again; and another credential has a count of its own.
    let code = crate::support::soon("there is room again", || async {
        let answer = owner.post("/sign-in-links", json!({ "email": "ada@example.com" })).await;
        (answer.status == 201).then(|| answer.body["code"].clone())
    })
    .await;
    let tokens = owner.with("").post("/sessions", json!({ "code": code })).await.expect(201).body;
    owner.get("/me").await;
    let ada = owner.with(tokens["access_token"].as_str().unwrap());
    assert_eq!(ada.get("/me").await.expect(200).headers["ratelimit"], "\"credential\";r=9;t=0");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_browsers_ask_beforehand_is_counted() {
    let access = AccessSettings { rate_address: NonZeroU32::new(1), ..AccessSettings::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), Options { access, ..Options::default() }).await;
    let owner = &system.client;
    let ask = |n: u32| {
        let request = owner.http.request(reqwest::Method::OPTIONS, format!("{}/v1/projects/p{n}", owner.api));
        request.header("origin", "https://a.example").header("access-control-request-method", "GET").send()
    };
    let mut refused = 0;
    for n in 0..30 {
        refused += usize::from(ask(n).await.unwrap().status() == 429);
    }
    assert!(refused >= 15, "{refused}");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slow_and_those_with_a_good_credential_do_not_notice() {
    let options = Options { guesses: Some(1), ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let owner = &system.client;
    let guesser = owner.with("guessed");
    let mut refused = 0;
    for _ in 0..40 {
        match guesser.get("/me").await.status.as_u16() {
            401 => {}
            429 => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert!(refused >= 25, "{refused}");
    owner.with("").post("/sessions", json!({ "code": "guessed" })).await.problem(429, "too-many-requests");
    owner.get("/me").await.expect(200);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_behind_a_proxy_is_the_one_that_the_proxy_saw() {
    let access = AccessSettings { rate_address: NonZeroU32::new(1), proxies: 1, ..AccessSettings::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), Options { access, ..Options::default() }).await;
    let owner = &system.client;
    let from = |forwarded: &'static str| {
        owner.http.get(format!("{}/openapi.json", owner.api)).header("x-forwarded-for", forwarded).send()
    };
    let mut refused = 0;
    for _ in 0..20 {
        // What the client itself says comes first, and counts for nothing.
        let answer = from("198.51.100.7, 203.0.113.9").await.unwrap();
        refused += usize::from(answer.status() == 429);
    }
    assert!(refused >= 5, "{refused}");
    assert_eq!(from("203.0.113.9, 203.0.113.10").await.unwrap().status(), 200, "another address has its own count");
    system.stop().await;
}
