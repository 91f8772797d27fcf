//! API tokens.

use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_limited_and_revoked_at_once() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    owner.project("other", &["en"], &[]).await;
    let new = json!({ "name": "build", "role": "editor", "locales": ["de"], "expires": "2099-01-01T00:00:00Z" });
    let made = owner.post("/projects/acme/tokens", new).await.expect(201).body;
    let secret = made["secret"].as_str().unwrap();
    let id = made["token"].as_str().unwrap();
    assert!(secret.starts_with(&format!("cpd_{id}_")), "{secret}");

    let script = owner.with(secret);
    let mine = script.get("/projects").await.expect(200).body;
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
    let put = |locale: &str| {
        let (path, body) = (format!("/projects/acme/drafts/{locale}/home/title"), json!({ "value": "Hallo" }));
        let script = script.clone();
        async move { script.send(reqwest::Method::PUT, &path, &[("if-none-match", "*")], Some(body)).await }
    };
    put("de").await.expect(201);
    put("en").await.problem(403, "forbidden");
    script.get("/projects/other").await.problem(404, "not-found");

    // Its secret is nowhere; its use is.
    let list = owner.get("/projects/acme/tokens").await.expect(200).body;
    assert!(!list.to_string().contains(&secret[20..]), "{list}");
    assert_eq!((&list["items"][0]["name"], &list["items"][0]["by"]["subject"]), (&json!("build"), &json!("owner")));
    let used = crate::support::soon("its use is noted", || async {
        let list = owner.get("/projects/acme/tokens").await.expect(200).body;
        list["items"][0].get("used").cloned()
    });
    assert!(used.await.is_string());
    let log = owner.get("/projects/acme/log").await.expect(200).body.to_string();
    assert!(log.contains("token-created") && !log.contains(&secret[20..]), "{log}");

    owner.delete(&format!("/projects/acme/tokens/{id}")).await.expect(204);
    script.get("/projects/acme").await.problem(401, "unauthorized");
    owner.delete(&format!("/projects/acme/tokens/{id}")).await.problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_when_it_expires() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[]).await;
    let past = json!({ "role": "viewer", "name": "x", "expires": "2020-01-01T00:00:00Z" });
    owner.post("/projects/acme/tokens", past).await.problem(422, "invalid-body");
    let soon = copydesk_process::Clock::system().now().plus_millis(700);
    let (script, _) = owner.api_token("acme", json!({ "role": "viewer", "expires": soon })).await;
    script.get("/projects/acme").await.expect(200);
    crate::support::soon("it expires", || async { (script.get("/projects/acme").await.status == 401).then_some(()) })
        .await;
    system.stop().await;
}
