//! Entries and pages under another name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Client, TestSystem};

async fn history(client: &Client, at: &str) -> Vec<Value> {
    let path = format!("/projects/acme/drafts/{at}/history");
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        // Pages of two: cursors have to lead from one name to the one before.
        let page = client.get(&format!("{path}?limit=2{cursor}")).await.expect(200).body;
        all.extend(page["items"].as_array().unwrap().iter().map(|item| item["value"].clone()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_keeps_its_texts_and_its_history_under_every_name_it_gets() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title", "lead"]), ("shop", &[])]).await;
    for value in ["One", "Two", "Three"] {
        client.save("/projects/acme/drafts/en/home/title", value).await;
    }
    client.save("/projects/acme/drafts/de/home/title", "Drei").await;
    client.save("/projects/acme/drafts/en/home/lead", "See { title }").await;

    let renamed = client.post("/projects/acme/pages/home/entries/title/rename", json!({ "key": "headline" })).await;
    let renamed = renamed.expect(200).body;
    assert_eq!(renamed["moved"], 2);
    assert_eq!(renamed["referring"], json!([{ "locale": "en", "page": "home", "key": "lead" }]));
    client.get("/projects/acme/drafts/en/home/title").await.problem(404, "not-found");
    let there = client.get("/projects/acme/drafts/en/home/headline").await.expect(200).body;
    assert_eq!(there["value"], "Three");
    let again = client.post("/projects/acme/pages/home/entries/title/rename", json!({ "key": "headline" })).await;
    // Asked once more, as after a lost answer: it is done.
    assert_eq!(again.expect(200).body["moved"], 0);

    // To another page, and back to the first name of all.
    client.save("/projects/acme/drafts/en/home/headline", "Four").await;
    let body = json!({ "page": "shop", "key": "title" });
    client.post("/projects/acme/pages/home/entries/headline/rename", body).await.expect(200);
    client.save("/projects/acme/drafts/en/shop/title", "Five").await;
    let body = json!({ "page": "home", "key": "title" });
    client.post("/projects/acme/pages/shop/entries/title/rename", body).await.expect(200);
    client.put("/projects/acme/pages/home/entries/title", json!({ "note": "Says what it is." })).await.expect(200);
    let values: Vec<String> =
        history(client, "en/home/title").await.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
    assert_eq!(values, ["Five", "Five", "Four", "Four", "Three", "Three", "Two", "One"]);

    // What was saved under another name can be brought back.
    let one = client.get("/projects/acme/drafts/en/home/title/history?limit=100").await.expect(200).body;
    let one = one["items"].as_array().unwrap().iter().find(|item| item["value"] == "One").unwrap()["version"].clone();
    let version = client.get("/projects/acme/drafts/en/home/title").await.body["version"].to_string();
    let tag = format!("\"{version}\"");
    let restore = "/projects/acme/drafts/en/home/title/restore";
    let restored =
        client.send(reqwest::Method::POST, restore, &[("if-match", &tag)], Some(json!({ "version": one }))).await;
    assert_eq!(restored.expect(200).body["value"], "One");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_renamed_with_everything_on_it_and_sites_follow() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let keys = ["-brand", "title", "lead"];
    client.project("acme", &["en", "de"], &[("start", &keys), ("shop", &["title"])]).await;
    client.save_all("acme", &["en", "de"], &[("start", &keys)], "Text").await;
    client.save("/projects/acme/drafts/de/shop/title", "Bei { -brand }").await;
    client.put("/projects/acme/pages/shop/next", json!({ "next": ["start"] })).await.expect(200);
    client.put("/projects/acme/pages/start/next", json!({ "next": ["shop"] })).await.expect(200);
    client.publish("acme", json!({})).await;

    let renamed = client.post("/projects/acme/pages/start/rename", json!({ "page": "home" })).await.expect(200).body;
    assert_eq!(renamed["moved"], 6);
    let pages = client.get("/projects/acme/pages").await.expect(200).body;
    let named: Vec<(&Value, &Value)> =
        pages["items"].as_array().unwrap().iter().map(|page| (&page["page"], &page["next"])).collect();
    assert_eq!(named, [(&json!("home"), &json!(["shop"])), (&json!("shop"), &json!(["home"]))]);
    let findings = client.get("/projects/acme/checks?page=shop&locale=de").await.expect(200).body;
    assert_eq!(findings["counts"]["de"]["errors"], 0, "the term is still found: {findings}");

    let release = client.publish("acme", json!({})).await;
    let copy = client.page(&format!("acme/de/home.{release}.json")).await.unwrap();
    assert_eq!(copy, json!({ "lead": "Text", "title": "Text" }));
    let live = client.live("acme").await.unwrap();
    let pages: BTreeSet<String> = live.pages.keys().map(ToString::to_string).collect();
    assert_eq!(pages, ["home".to_owned(), "shop".to_owned()].into());
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_taken_or_is_none_is_refused_and_nothing_moves() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title", "lead", "-brand"]), ("shop", &[])]).await;
    client.save("/projects/acme/drafts/en/home/title", "Here").await;
    let rename = |key: &str| format!("/projects/acme/pages/home/entries/{key}/rename");
    client.post(&rename("title"), json!({ "key": "lead" })).await.problem(409, "taken");
    client.post(&rename("title"), json!({ "key": "title" })).await.problem(409, "taken");
    client.post(&rename("title"), json!({ "key": "-title" })).await.problem(422, "invalid-body");
    client.post(&rename("title"), json!({ "key": "a b" })).await.problem(422, "invalid-body");
    client.post(&rename("title"), json!({ "key": "title", "page": "nowhere" })).await.problem(404, "not-found");
    client.post(&rename("nothing"), json!({ "key": "something" })).await.problem(404, "not-found");
    client.post("/projects/acme/pages/home/rename", json!({ "page": "shop" })).await.problem(409, "taken");
    client.post("/projects/acme/pages/home/rename", json!({ "page": "store" })).await.expect(200);
    client.post("/projects/acme/pages/store/rename", json!({ "page": "store" })).await.problem(409, "taken");
    assert_eq!(client.get("/projects/acme/drafts/en/store/title").await.expect(200).body["value"], "Here");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_while_an_entry_is_renamed_is_not_lost() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["k0"])]).await;
    let mut version = client.save("/projects/acme/drafts/en/home/k0", "0").await;
    for round in 0..20_u32 {
        let (from, to) = (format!("k{round}"), format!("k{}", round + 1));
        let at = format!("/projects/acme/drafts/en/home/{from}");
        let tag = format!("\"{version}\"");
        let (headers, text) = ([("if-match", tag.as_str())], round.to_string() + " saved");
        let path = format!("/projects/acme/pages/home/entries/{from}/rename");
        let rename = client.post(&path, json!({ "key": to }));
        let save = client.send(reqwest::Method::PUT, &at, &headers, Some(json!({ "value": text })));
        let (renamed, saved) = tokio::join!(rename, save);
        renamed.expect(200);
        let there = client.get(&format!("/projects/acme/drafts/en/home/{to}")).await.expect(200).body;
        // Either the save was first and moved, or it came too late and was told so.
        if saved.status == 200 {
            assert_eq!(there["value"], json!(text), "round {round}");
        } else {
            assert!(matches!(saved.status.as_u16(), 404 | 412), "{}", saved.body);
        }
        version = there["version"].as_u64().unwrap();
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_came_to_be_again_takes_nothing_from_what_was_called_so() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["a"]), ("shop", &["x"])]).await;
    client.save("/projects/acme/drafts/en/home/a", "First").await;
    let rename = async |key: &str, to: &str| {
        client.post(&format!("/projects/acme/pages/home/entries/{key}/rename"), json!({ "key": to })).await
    };
    rename("a", "b").await.expect(200);
    client.put("/projects/acme/pages/home/entries/a", json!({})).await.expect(200);
    client.save("/projects/acme/drafts/en/home/a", "Second").await;
    rename("a", "b").await.problem(409, "taken");
    assert_eq!(client.get("/projects/acme/drafts/en/home/b").await.expect(200).body["value"], "First");

    client.post("/projects/acme/pages/home/rename", json!({ "page": "start" })).await.expect(200);
    client.put("/projects/acme/pages/home", json!({})).await.expect(200);
    client.post("/projects/acme/pages/home/rename", json!({ "page": "start" })).await.problem(409, "taken");
    // Asked once more, what was done is done.
    client.post("/projects/acme/pages/shop/rename", json!({ "page": "store" })).await.expect(200);
    client.post("/projects/acme/pages/shop/rename", json!({ "page": "store" })).await.expect(200);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_outdated_stays_so_and_what_is_not_does_not_become_it() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de", "fr"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/fr/home/title", "Vieux").await;
    client.save("/projects/acme/drafts/en/home/title", "New").await;
    client.save("/projects/acme/drafts/de/home/title", "Neu").await;
    client.post("/projects/acme/pages/home/entries/title/rename", json!({ "key": "headline" })).await.expect(200);
    let outdated = client.get("/projects/acme/search?state=outdated").await.expect(200).body;
    let locales: Vec<&Value> = outdated["items"].as_array().unwrap().iter().map(|item| &item["locale"]).collect();
    assert_eq!(locales, [&json!("fr")]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_many_locales_is_renamed_while_others_write_on_it() {
    let system = TestSystem::start().await;
    let client = &system.client;
    // More than move in one transaction.
    let all: Vec<&str> =
        "en de fr es it pt nl pl cs sk hu ro bg el tr ru uk sv da nb fi et lv lt ja ko zh".split(' ').collect();
    client.project("acme", &all, &[("home", &["one", "two"]), ("next", &[])]).await;
    client.save_all("acme", &all, &[("home", &["one", "two"])], "Text").await;
    let writing = async {
        let mut saved = Vec::new();
        for round in 0..30 {
            let key = format!("late{round}");
            let made = client.put(&format!("/projects/acme/pages/home/entries/{key}"), json!({})).await;
            if made.status != 200 {
                break;
            }
            let path = format!("/projects/acme/drafts/en/home/{key}");
            let value = Some(json!({ "value": key }));
            let save = client.send(reqwest::Method::PUT, &path, &[("if-none-match", "*")], value).await;
            if save.status == 201 {
                saved.push(key);
            }
        }
        saved
    };
    let rename = async {
        loop {
            let renamed = client.post("/projects/acme/pages/home/rename", json!({ "page": "start" })).await;
            if renamed.status != 503 {
                return renamed.expect(200);
            }
        }
    };
    let (_, saved) = tokio::join!(rename, writing);
    for locale in &all {
        let texts = client.get(&format!("/projects/acme/drafts/{locale}/start")).await.expect(200).body;
        let keys: Vec<&str> =
            texts["items"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
        assert!(keys.contains(&"one") && keys.contains(&"two"), "{locale}: {keys:?}");
        if *locale == "en" {
            let lost: Vec<&String> = saved.iter().filter(|key| !keys.contains(&key.as_str())).collect();
            assert!(lost.is_empty(), "saved and not there: {lost:?}");
        }
    }
    client.get("/projects/acme/pages/home").await.problem(404, "not-found");
    client.publish("acme", json!({})).await;
    system.stop().await;
}
