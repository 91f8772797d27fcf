//! A person is taken out of the log and everything else; what they wrote stays.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use copydesk_store::erasure::{ErasureError, erase, look};
use serde_json::{Value, json};

use crate::support::receiver::Receiver;
use crate::support::{Client, TestSystem};

const ADA: &str = "ada@example.com";
const WORDS: &str = "Ask ada@example.com";
const TITLE: &str = "/projects/acme/drafts/en/home/title";

/// How often the table names her, but for the words that she wrote.
async fn named(system: &TestSystem) -> usize {
    let table = system.engines.table(None);
    let pages = table.client().scan().table_name(table.name()).into_paginator().items().send();
    let items: Vec<std::collections::HashMap<String, AttributeValue>> = pages.try_collect().await.unwrap();
    let text = format!("{items:?}").replace(WORDS, "").replace(&format!("not-{ADA}"), "");
    text.matches(ADA).count()
}

async fn list(client: &Client, path: &str) -> Vec<Value> {
    client.get(&format!("/projects/acme/{path}")).await.expect(200).body["items"].as_array().unwrap().clone()
}

/// What somebody did who can be found by their address, and somebody else beside them.
async fn written(system: &TestSystem) -> (Client, Receiver) {
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title", "lead"])]).await;
    let receiver = Receiver::start().await;
    let hook = json!({ "url": receiver.url, "topics": ["member.changed", "member.removed"] });
    owner.post("/projects/acme/hooks", hook).await.expect(201);
    let ada = owner.member("acme", ADA, json!({ "role": "publisher" })).await;
    let other = owner.member("acme", &format!("not-{ADA}"), json!({ "role": "editor" })).await;
    ada.save(TITLE, WORDS).await;
    let key = [("idempotency-key", "publish-once")];
    let order = ada.send(reqwest::Method::POST, "/projects/acme/releases", &key, Some(json!({}))).await.expect(202);
    assert_eq!(ada.ended("acme", order.body["request"].as_u64().unwrap()).await["state"], "done");
    other.save("/projects/acme/drafts/en/home/lead", "Another's").await;
    let window = json!({ "window": "0123456789abcdef", "locale": "en", "page": "home" });
    ada.put("/projects/acme/presence", window).await.expect(200);
    let pending = json!({ "email": ADA, "role": "viewer" });
    owner.post("/projects", json!({ "project": "other", "name": "other", "source": "en" })).await.expect(201);
    owner.post("/projects/other/invitations", pending).await.expect(201);
    (other, receiver)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_is_named_nowhere_and_their_words_stay() {
    let system = TestSystem::start().await;
    let (owner, table) = (&system.client, system.engines.table(None));
    let (other, _receiver) = written(&system).await;
    let ada = format!("local:{ADA}").parse().unwrap();

    let refused = erase(&table, &ada, Duration::ZERO).await.unwrap_err();
    assert_eq!(refused.to_string(), "local:ada@example.com still belongs to acme: remove them there first");
    owner.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
    let refused = erase(&table, &ada, Duration::ZERO).await.unwrap_err();
    let said = "an address of local:ada@example.com is invited to other: take the invitation back first";
    assert_eq!(refused.to_string(), said);
    let invitations = owner.get("/projects/other/invitations").await.expect(200).body;
    let invitation = invitations["items"][0]["invitation"].as_str().unwrap();
    owner.delete(&format!("/projects/other/invitations/{invitation}")).await.expect(204);
    let (before, events) = (named(&system).await, list(owner, "log?limit=1000").await);
    let found = look(&table, &ada).await.unwrap();
    assert!(found.rewritten > 5 && found.removed > 2, "{found:?}");
    assert!(before > 20, "{before}");
    assert_eq!(named(&system).await, before, "who only looks changes nothing");

    // Somebody else goes on writing meanwhile.
    let saves = async {
        for round in 0..20 {
            other.save("/projects/acme/drafts/en/home/lead", &format!("Another's {round}")).await;
        }
    };
    let (erased, ()) = tokio::join!(erase(&table, &ada, Duration::ZERO), saves);
    let erased = erased.unwrap();

    assert_eq!(named(&system).await, 0);
    let log = list(owner, "log?limit=1000").await;
    for (was, is) in events.iter().zip(&log) {
        let is_hers = was["by"]["subject"] == "local:ada@example.com";
        assert_eq!((&was["seq"], &was["change"]["value"]), (&is["seq"], &is["change"]["value"]));
        let by =
            if is_hers { json!([erased.alias, "(erased)"]) } else { json!([was["by"]["subject"], was["by"]["name"]]) };
        assert_eq!(json!([is["by"]["subject"], is["by"]["name"]]), by, "{is}");
    }
    assert_eq!(log.len(), events.len() + 20);
    assert_eq!(owner.get(TITLE).await.expect(200).body["value"], WORDS);
    assert_eq!(list(owner, "releases").await[0]["by"]["name"], "(erased)");
    let lead = owner.get("/projects/acme/drafts/en/home/lead").await.expect(200).body;
    assert_eq!((&lead["value"], &lead["by"]["name"]), (&json!("Another's 19"), &json!(format!("not-{ADA}"))));

    // Nothing is left to do, the project goes on, and who comes back is somebody new.
    let again = erase(&table, &ada, Duration::ZERO).await.unwrap();
    assert_eq!((again.rewritten, again.removed), (0, 0));
    owner.publish("acme", json!({})).await;
    let back = owner.member("acme", ADA, json!({ "role": "editor" })).await;
    back.save(TITLE, "Back").await;
    assert!(matches!(erase(&table, &"owner".parse().unwrap(), Duration::ZERO).await, Err(ErasureError::Owner)));
    system.stop().await;
}
