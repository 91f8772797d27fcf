//! What is not published yet, for whoever got a link.

use serde_json::json;

use crate::support::{TestSystem, soon};

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_pages_as_they_would_be_published_and_nothing_else() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title", "lead", "-brand"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "Hello, { $name }!").await;
    client.save("/projects/acme/drafts/en/home/-brand", "Acme").await;
    client.save("/projects/acme/drafts/de/home/lead", "Von { -brand }").await;

    let made = client.post("/projects/acme/previews", json!({ "name": "for the board" })).await.expect(201).body;
    let outsider = client.with(made["secret"].as_str().unwrap());
    let known = outsider.get("/projects/acme/previews").await.expect(200).body;
    assert_eq!(known["locales"], json!(["de", "en"]));
    assert_eq!((&known["pages"], &known["expires"]), (&json!(["home"]), &made["expires"]));
    let shown = outsider.get("/projects/acme/previews/de/home").await.expect(200).body;
    // The very bytes that are delivered once it is published.
    let release = client.publish("acme", json!({})).await;
    let delivered = client.fetch(&format!("acme/de/home.{release}.json")).await.unwrap();
    assert_eq!(shown, delivered);

    client.save("/projects/acme/drafts/de/home/lead", "Neu").await;
    let shown = outsider.get("/projects/acme/previews/de/home").await.expect(200).body;
    assert!(shown.to_string().contains("Neu"), "{shown}");
    outsider.get("/projects/acme/previews/fr/home").await.problem(404, "not-found");
    outsider.get("/projects/acme/previews/de/nowhere").await.problem(404, "not-found");
    outsider.get("/projects/acme/log").await.problem(403, "forbidden");
    outsider.get("/projects/acme/drafts/de/home").await.problem(403, "forbidden");
    outsider.post("/projects/acme/previews", json!({})).await.problem(403, "forbidden");

    let token = made["token"].as_str().unwrap();
    client.delete(&format!("/projects/acme/tokens/{token}")).await.expect(204);
    outsider.get("/projects/acme/previews").await.problem(401, "unauthorized");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_and_is_tidied_away() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    let now = copydesk_process::Clock::system().now();
    let ends = json!({ "expires": now.plus_millis(300) });
    let made = client.post("/projects/acme/previews", ends).await.expect(201).body;
    let outsider = client.with(made["secret"].as_str().unwrap());
    let is_over = || async { (outsider.get("/projects/acme/previews").await.status == 401).then_some(()) };
    soon("the link ends", is_over).await;
    client.post("/projects/acme/previews", json!({})).await.expect(201);
    let tokens = client.get("/projects/acme/tokens").await.expect(200).body;
    assert_eq!(tokens["items"].as_array().unwrap().len(), 1, "{tokens}");

    for expires in [now, now.plus_millis(91 * 24 * 60 * 60 * 1000)] {
        client.post("/projects/acme/previews", json!({ "expires": expires })).await.problem(422, "invalid-body");
    }
    system.stop().await;
}
