//! Finding entries, in any language, as of the last save.

use serde_json::{Value, json};

use crate::support::{Client, TestSystem};

/// What is found, as `locale page key`.
async fn found(client: &Client, query: &str) -> Vec<String> {
    let body = client.get(&format!("/projects/acme/search?{query}")).await.expect(200).body;
    let items = body["items"].as_array().unwrap();
    assert_eq!(body["total"], json!(items.len()));
    let part = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    items.iter().map(|item| ["locale", "page", "key"].map(|name| part(item, name)).join(" ")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_found_by_key_source_and_text_in_any_language() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "ja", "de"], &[("home", &["title", "lead"]), ("shop", &["title"])]).await;
    let save = async |at: &str, value: &str| client.save(&format!("/projects/acme/drafts/{at}"), value).await;
    save("en/home/title", "The Drowsy Heron").await;
    save("ja/home/title", "居眠りサギの貸しボート").await;
    save("de/home/title", "ÜBER den Reiher").await;
    save("en/shop/title", "Our shop").await;

    assert_eq!(found(client, "q=heron").await, ["de home title", "en home title", "ja home title"]);
    assert_eq!(found(client, "q=%E8%B2%B8%E3%81%97").await, ["ja home title"]);
    assert_eq!(found(client, "q=%C3%BCber").await, ["de home title"]);
    // Words are found in any order, without the signs around them; in quotes, what stands there.
    assert_eq!(found(client, "q=heron%20the%20drowsy").await, ["de home title", "en home title", "ja home title"]);
    assert_eq!(found(client, "q=%22heron%20drowsy%22").await, [] as [&str; 0]);
    assert_eq!(found(client, "q=%22drowsy%20heron%22&locale=en").await, ["en home title"]);
    assert_eq!(found(client, "q=(heron),%C2%BBthe%C2%AB%20%E2%80%93").await.len(), 3);
    assert_eq!(found(client, "q=%E3%83%9C%E3%83%BC%E3%83%88%20%E5%B1%85%E7%9C%A0%E3%82%8A").await, ["ja home title"]);
    // What stands between blanks is looked for as it is.
    assert_eq!(found(client, "q=%E3%83%9C%E3%83%BC%E3%83%88%E5%B1%85%E7%9C%A0%E3%82%8A").await, [] as [&str; 0]);
    assert_eq!(found(client, "q=lead&locale=de").await, ["de home lead"]);
    assert_eq!(found(client, "q=title&locale=en&page=shop").await, ["en shop title"]);
    assert_eq!(found(client, "state=missing&locale=ja").await, ["ja home lead", "ja shop title"]);
    assert_eq!(found(client, "q=nothing%20of%20the%20kind").await, [] as [&str; 0]);

    // Signs are other ones in markup; some belong to their words.
    client.put("/projects/acme/pages/shop/entries/faq", json!({ "kind": "html" })).await.expect(200);
    save("en/shop/faq", "Our <b>Q&amp;A</b> at faq.example.com").await;
    for query in ["q=Q%26A%20our", "q=FAQ.Example.com", "q=%22q%26amp;a%22"] {
        assert_eq!(found(client, &format!("{query}&locale=en")).await, ["en shop faq"], "{query}");
    }
    client.delete("/projects/acme/pages/shop/entries/faq").await.expect(204);

    // What is saved, emptied, removed and made anew since is found as it is.
    assert_eq!(found(client, "state=outdated").await, [] as [&str; 0]);
    let version = save("en/home/title", "The Sleepy Heron").await;
    assert_eq!(found(client, "state=outdated").await, ["de home title", "ja home title"]);
    assert_eq!(found(client, "q=drowsy").await, [] as [&str; 0]);
    let sleepy = client.get("/projects/acme/search?q=sleepy&locale=en").await.expect(200).body;
    let item = &sleepy["items"][0];
    assert_eq!((&item["value"], &item["version"]), (&json!("The Sleepy Heron"), &json!(version)));
    assert_eq!((&item["by"]["subject"], &sleepy["locales"]), (&json!("owner"), &json!({ "en": 1 })));
    let item = client.get("/projects/acme/search?q=sleepy&locale=de").await.expect(200).body["items"][0].clone();
    assert_eq!((&item["value"], &item["source"]), (&json!("ÜBER den Reiher"), &json!("The Sleepy Heron")));
    client.delete("/projects/acme/pages/shop").await.expect(204);
    client.put("/projects/acme/pages/shop", json!({})).await.expect(200);
    client.put("/projects/acme/pages/shop/entries/title", json!({})).await.expect(200);
    assert_eq!(found(client, "q=our%20shop").await, [] as [&str; 0]);
    assert_eq!(found(client, "locale=en&state=missing").await, ["en home lead", "en shop title"]);

    let editor = client.member("acme", "ada@example.com", json!({ "role": "editor" })).await;
    editor.save("/projects/acme/drafts/de/shop/title", "Laden").await;
    assert_eq!(found(client, "by=local:ada@example.com").await, ["de shop title"]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_findings_and_what_is_not_live_is_found() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title", "lead"])]).await;
    client.save_all("acme", &["en"], &[("home", &["title", "lead"])], "Hello, { $name }!").await;
    client.save_all("acme", &["de"], &[("home", &["title", "lead"])], "Hallo, { $name }!").await;
    assert_eq!(found(client, "state=changed&locale=de").await, ["de home lead", "de home title"]);
    client.publish("acme", json!({})).await;
    assert_eq!(found(client, "state=changed").await, [] as [&str; 0]);
    assert_eq!(found(client, "state=findings").await, [] as [&str; 0]);

    // A variable that the source text does not have.
    client.save("/projects/acme/drafts/de/home/title", "Hallo, { $nome }!").await;
    assert_eq!(found(client, "state=findings").await, ["de home title"]);
    assert_eq!(found(client, "state=findings&q=lead").await, [] as [&str; 0]);
    assert_eq!(found(client, "state=changed").await, ["de home title"]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_comes_in_pages_and_says_what_is_wrong_with_it() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let keys = ["a", "b", "c", "d", "e"];
    client.project("acme", &["en", "de"], &[("home", &keys)]).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let body = client.get(&format!("/projects/acme/search?limit=3{cursor}")).await.expect(200).body;
        assert_eq!(body["total"], json!(10));
        seen.extend(body["items"].as_array().unwrap().iter().map(|item| format!("{} {}", item["locale"], item["key"])));
        match body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 10);
    assert!(seen.is_sorted());
    client.get("/projects/acme/search?locale=fr").await.problem(404, "not-found");
    client.get("/projects/acme/search?page=nowhere").await.problem(404, "not-found");
    client.get("/projects/nowhere/search?q=x").await.problem(404, "not-found");
    assert_eq!(found(client, &format!("q={}", "x%20".repeat(200))).await, [] as [&str; 0]);
    client.get(&format!("/projects/acme/search?q={}", "x".repeat(201))).await.problem(422, "limit-exceeded");
    client.get("/projects/acme/search?query=x").await.problem(400, "bad-request");
    system.stop().await;
}
