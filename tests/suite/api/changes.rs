//! What is saved and not live.

use serde_json::{Value, json};

use crate::support::TestSystem;

fn changes(body: &Value) -> Vec<(String, String, Value, Value)> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    let items = body["items"].as_array().unwrap().iter();
    items.map(|item| (text(item, "locale"), text(item, "key"), item["live"].clone(), item["draft"].clone())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_compare_drafts_with_what_sites_show() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let pages: &[(&str, &[&str])] = &[("home", &["title", "lead"]), ("about", &["title"])];
    client.project("acme", &["en", "de"], pages).await;
    client.save_all("acme", &["en"], pages, "one").await;
    let before = client.get("/projects/acme/changes").await.expect(200).body;
    assert_eq!(before["counts"], json!({ "total": 3, "locales": { "en": 3 }, "pages": { "about": 1, "home": 2 } }));
    assert!(before["live"].is_null());

    client.publish("acme", json!({ "seq": before["seq"] })).await;
    assert_eq!(client.get("/projects/acme/changes").await.expect(200).body["counts"]["total"], 0);

    client.save("/projects/acme/drafts/en/home/title", "two").await;
    client.save("/projects/acme/drafts/de/home/title", "zwei").await;
    client.delete("/projects/acme/pages/about").await.expect(204);
    let expected = vec![
        ("de".to_owned(), "title".to_owned(), json!(null), json!("zwei")),
        ("en".to_owned(), "title".to_owned(), json!("one"), json!(null)),
        ("en".to_owned(), "title".to_owned(), json!("one"), json!("two")),
    ];
    let after = client.get("/projects/acme/changes").await.expect(200).body;
    assert_eq!(changes(&after), expected);
    let only = client.get("/projects/acme/changes?locale=en&page=home").await.expect(200).body;
    assert_eq!(changes(&only), expected[2..]);

    // After a rollback drafts are compared with what is live now.
    client.publish("acme", json!({})).await;
    assert_eq!(client.get("/projects/acme/changes").await.expect(200).body["counts"]["total"], 0);
    client.activate("acme", 1).await;
    assert_eq!(changes(&client.get("/projects/acme/changes").await.expect(200).body), expected);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_come_in_pages() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let pages: &[(&str, &[&str])] = &[("a", &["k1", "k2"]), ("b", &["k1"])];
    client.project("acme", &["en", "de"], pages).await;
    client.save_all("acme", &["en", "de"], pages, "x").await;
    let mut seen = 0;
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/projects/acme/changes?limit=4{cursor}")).await.expect(200).body;
        assert_eq!(page["counts"]["total"], 6);
        seen += page["items"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, 6);
    system.stop().await;
}
