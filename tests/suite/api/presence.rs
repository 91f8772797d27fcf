//! Who else is writing.

use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn people_see_who_else_has_which_page_open() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en", "de"], &[("home", &[]), ("shop", &[])]).await;
    let ada = owner.member("acme", "ada@example.com", json!({ "role": "editor" })).await;
    let here = |window: &str, page: &str| json!({ "window": window, "locale": "de", "page": page });
    let path = "/projects/acme/presence";
    let alone = ada.put(path, here("w1", "home")).await.expect(200).body;
    assert_eq!(alone["others"], json!([]));
    ada.put(path, here("w2", "shop")).await.expect(200);
    let seen = owner.put(path, here("w1", "home")).await.expect(200).body;
    let others: Vec<_> = seen["others"].as_array().unwrap().iter().map(|one| (&one["name"], &one["page"])).collect();
    let name = json!("ada@example.com");
    assert_eq!(others, [(&name, &json!("home")), (&name, &json!("shop"))]);

    // Who leaves is gone at once.
    ada.put(path, json!({ "window": "w1", "locale": "de" })).await.expect(200);
    let seen = owner.put(path, here("w1", "home")).await.expect(200).body;
    assert_eq!(seen["others"].as_array().unwrap().len(), 1);
    owner.put(path, here("no name!", "home")).await.problem(422, "invalid-body");
    owner.put(path, here("w1", "nowhere")).await.problem(404, "not-found");
    system.stop().await;
}
