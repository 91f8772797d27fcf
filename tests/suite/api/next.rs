//! Pages that are likely to be next: said of a page, kept by everything else that is said of it.

use serde_json::json;

use crate::support::TestSystem;

#[tokio::test]
async fn what_is_next_is_said_of_a_page_and_delivered_with_its_cut() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let pages: [(&str, &[&str]); 3] = [("home", &["title"]), ("boats", &["title"]), ("book", &["title"])];
    client.project("acme", &["en", "de"], &pages).await;
    client.save_all("acme", &["en", "de"], &pages, "x").await;
    client.publish("acme", json!({})).await;

    let path = "/projects/acme/pages/home/next";
    let said = client.put(path, json!({ "next": ["book", "boats"] })).await.expect(200).body;
    assert_eq!(said["next"], json!(["book", "boats"]));
    let cut = said["seq"].clone();
    let noted = client.put("/projects/acme/pages/home", json!({ "note": "The first page" })).await.expect(200).body;
    assert_eq!((&noted["note"], &noted["next"]), (&json!("The first page"), &json!(["book", "boats"])));
    client.put(path, json!({ "next": [] })).await.expect(200);

    // As it was said at the cut, in every locale, and for that page alone.
    client.publish("acme", json!({ "seq": cut })).await;
    assert_eq!(
        json!(client.live("acme").await.unwrap().pages),
        json!({ "boats": [1, 1], "book": [1, 1], "home": [2, 2] })
    );
    for locale in ["en", "de"] {
        let file = client.fetch(&format!("acme/{locale}/home.2.json")).await.unwrap();
        assert_eq!((&file[2], &file[3]), (&json!({}), &json!(["book", "boats"])));
    }
    client.publish("acme", json!({})).await;
    let file = client.fetch("acme/en/home.3.json").await.unwrap();
    assert_eq!(file.get(3), None);

    for wrong in [json!(["home"]), json!(["book", "book"])] {
        client.put(path, json!({ "next": wrong })).await.problem(422, "invalid-body");
    }
    let six = ["a", "b", "c", "d", "e", "f"];
    client.put(path, json!({ "next": six })).await.problem(422, "limit-exceeded");
    client.put(path, json!({ "next": ["nowhere"] })).await.problem(404, "not-found");
    client.put("/projects/acme/pages/nowhere/next", json!({ "next": [] })).await.problem(404, "not-found");
    system.stop().await;
}
