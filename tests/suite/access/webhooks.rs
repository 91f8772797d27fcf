//! Webhooks: one message an event, signed, tried again, given up, replayed.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::engines::Engines;
use crate::support::receiver::{Received, Receiver};
use crate::support::system::{Options, hooks};
use crate::support::{Client, TestSystem, soon};

async fn add(owner: &Client, url: &str, topics: Option<Value>) -> (String, String) {
    let mut body = json!({ "url": url });
    if let Some(topics) = topics {
        body["topics"] = topics;
    }
    let made = owner.post("/projects/acme/hooks", body).await.expect(201).body;
    (made["hook"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
}

async fn deliveries(owner: &Client, hook: &str) -> Vec<Value> {
    let list = owner.get(&format!("/projects/acme/hooks/{hook}/deliveries")).await.expect(200).body;
    list["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_and_members_are_told_once_and_signed() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    let receiver = Receiver::start().await;
    let (hook, secret) = add(owner, &receiver.url, None).await;
    let ping = receiver.count(1).await.remove(0);
    assert_eq!((&ping.json()["type"], &ping.json()["data"]["project"]), (&json!("ping"), &json!("acme")));
    assert!(ping.is_signed_with(&secret) && !ping.is_signed_with("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="));

    owner.save("/projects/acme/drafts/en/home/title", "one").await;
    let release = owner.publish("acme", json!({ "note": "first" })).await;
    owner.save("/projects/acme/drafts/en/home/title", "two").await;
    owner.publish("acme", json!({})).await;
    owner.activate("acme", release).await;
    owner.member("acme", "ada@example.com", json!({ "role": "viewer" })).await;
    owner.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
    let told = receiver.count(6).await;
    let mut topics: Vec<String> = told.iter().map(|one| one.json()["type"].as_str().unwrap().to_owned()).collect();
    topics.sort();
    assert_eq!(
        topics,
        ["member.changed", "member.removed", "ping", "release.live", "release.live", "release.rolled-back"]
    );
    assert!(told.iter().all(|one| one.is_signed_with(&secret)));
    let live = told.iter().map(Received::json).find(|body| body["data"]["note"] == "first").unwrap();
    assert_eq!((&live["data"]["release"], &live["data"]["by"]["subject"]), (&json!(release), &json!("owner")));
    let ids: std::collections::BTreeSet<_> = told.iter().map(|one| one.headers["webhook-id"].clone()).collect();
    assert_eq!(ids.len(), 6, "every event has an id of its own");
    // Publishing what is live already is no release.
    owner.publish("acme", json!({})).await;
    owner.publish("acme", json!({})).await;
    soon("all are noted", || async {
        let all = deliveries(owner, &hook).await;
        all.iter().all(|one| one["state"] == "delivered").then_some(())
    })
    .await;
    assert!(deliveries(owner, &hook).await.len() <= 7);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_tried_until_it_is_taken_and_can_be_replayed() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    let receiver = Receiver::start().await;
    receiver.answers(503);
    let (hook, secret) = add(owner, &receiver.url, Some(json!(["release.live"]))).await;
    let tries = receiver.count(3).await;
    assert!(
        tries
            .iter()
            .all(|one| one.headers["webhook-id"] == tries[0].headers["webhook-id"] && one.body == tries[0].body)
    );
    receiver.answers(204);
    let delivered = soon("it is taken", || async {
        deliveries(owner, &hook).await.into_iter().find(|one| one["state"] == "delivered")
    })
    .await;
    let statuses: Vec<_> =
        delivered["tries"].as_array().unwrap().iter().map(|one| one["status"].as_u64().unwrap()).collect();
    assert!(statuses.len() >= 4 && statuses.last() == Some(&204) && statuses[..3] == [503, 503, 503], "{statuses:?}");

    // Where it is, its project's viewers do not learn.
    let (viewer, _) = owner.api_token("acme", json!({ "role": "viewer" })).await;
    let seen = viewer.get("/projects/acme/log?kind=hook-put").await.expect(200).body.to_string();
    assert!(seen.contains("hook-put") && !seen.contains(&receiver.url), "{seen}");
    assert!(owner.get("/projects/acme/log?kind=hook-put").await.expect(200).body.to_string().contains(&receiver.url));

    // Once more, on demand; what it does not listen to is not sent.
    let before = receiver.all().len();
    let path = format!("/projects/acme/hooks/{hook}/deliveries/{}/replay", delivered["delivery"]);
    owner.post(&path, json!({})).await.expect(202);
    let again = receiver.count(before + 1).await.pop().unwrap();
    assert_eq!(again.headers["webhook-id"], tries[0].headers["webhook-id"]);
    owner.member("acme", "ada@example.com", json!({ "role": "viewer" })).await;
    owner
        .post(&format!("/projects/acme/hooks/{hook}/deliveries/999999/replay"), json!({}))
        .await
        .problem(404, "not-found");

    // A new secret: for a while both are good.
    let fresh = owner.post(&format!("/projects/acme/hooks/{hook}/secret"), json!({})).await.expect(201).body;
    owner.save("/projects/acme/drafts/en/home/title", "one").await;
    owner.publish("acme", json!({})).await;
    let last = receiver.count(before + 2).await.pop().unwrap();
    assert_eq!(last.json()["type"], "release.live", "nothing of members was sent");
    assert!(last.is_signed_with(&secret) && last.is_signed_with(fresh["secret"].as_str().unwrap()));
    // Asked for twice, because the first answer was lost: what the receiver has is still good.
    let again = owner.post(&format!("/projects/acme/hooks/{hook}/secret"), json!({})).await.expect(201).body;
    owner.post(&path, json!({})).await.expect(202);
    let last = receiver.count(before + 3).await.pop().unwrap();
    assert!(last.is_signed_with(&secret) && last.is_signed_with(again["secret"].as_str().unwrap()));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_or_never_answers_is_left_alone() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    let (gone, dead) = (Receiver::start().await, Receiver::start().await);
    gone.answers(410);
    dead.answers(500);
    let (hook, _) = add(owner, &gone.url, None).await;
    let stopped = |hook: String| async move {
        soon("it is stopped", || async {
            let list = owner.get("/projects/acme/hooks").await.expect(200).body;
            let one = list["items"].as_array().unwrap().iter().find(|one| one["hook"] == *hook).cloned().unwrap();
            one.get("stopped").cloned()
        })
        .await
    };
    assert!(stopped(hook.clone()).await.as_str().unwrap().contains("410"));
    assert_eq!(gone.all().len(), 1);
    // Saving it again begins anew.
    gone.answers(200);
    owner.put(&format!("/projects/acme/hooks/{hook}"), json!({ "url": gone.url })).await.expect(200);
    owner.save("/projects/acme/drafts/en/home/title", "one").await;
    owner.publish("acme", json!({})).await;
    gone.count(2).await;

    // Three messages in a row that nobody took.
    let (hook, _) = add(owner, &dead.url, None).await;
    owner.member("acme", "ada@example.com", json!({ "role": "viewer" })).await;
    owner.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
    assert!(stopped(hook.clone()).await.as_str().unwrap().contains("could not be delivered"));
    let before = dead.all().len();
    owner.save("/projects/acme/drafts/en/home/title", "two").await;
    owner.publish("acme", json!({})).await;
    soon("the message is given up untried", || async {
        let all = deliveries(owner, &hook).await;
        all.iter().all(|one| one["state"] == "failed").then_some(())
    })
    .await;
    assert_eq!(dead.all().len(), before);
    owner.delete(&format!("/projects/acme/hooks/{hook}")).await.expect(204);
    owner.get(&format!("/projects/acme/hooks/{hook}/deliveries")).await.problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_receiver_keeps_nobody_waiting() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    // It takes connections and says nothing.
    let tarpit = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", tarpit.local_addr().unwrap());
    for _ in 0..9 {
        add(owner, &url, None).await;
    }
    for n in 0..20 {
        let body = json!({ "email": format!("a{n}@example.com"), "role": "viewer" });
        owner.post("/projects/acme/invitations", body).await.expect(201);
        owner.person(&format!("a{n}@example.com")).await.get("/projects/acme").await.expect(200);
    }
    let receiver = Receiver::start().await;
    let began = std::time::Instant::now();
    add(owner, &receiver.url, None).await;
    receiver.count(1).await;
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "{:?}", began.elapsed());
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_inside_are_refused_and_messages_survive_a_crash() {
    let engines = Arc::new(Engines::start().await);
    let strict = Options { hooks: Some(hooks(copydesk_schema::hooks::Reach::Public)), ..Options::default() };
    let system = TestSystem::on(Arc::clone(&engines), strict).await;
    system.client.project("acme", &["en"], &[("home", &["title"])]).await;
    for url in [
        "http://127.0.0.1:9000/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "ftp://example.com/",
        "https://u:p@example.com/",
        "not a url",
    ] {
        let problem =
            system.client.post("/projects/acme/hooks", json!({ "url": url })).await.problem(422, "invalid-body");
        assert!(problem["detail"].as_str().unwrap().starts_with("url: "), "{problem}");
    }
    system.stop().await;

    // A process that dies with a message on its way: the next one sends it.
    let receiver = Receiver::start().await;
    receiver.answers(500);
    let mut first = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    let (hook, _) = add(&first.client, &receiver.url, None).await;
    receiver.count(1).await;
    first.kill_editing().await;
    first.stop().await;
    receiver.answers(200);
    let second = TestSystem::on(engines, Options::default()).await;
    soon("it is delivered", || async {
        deliveries(&second.client, &hook).await.into_iter().find(|one| one["state"] == "delivered")
    })
    .await;
    second.stop().await;
}
