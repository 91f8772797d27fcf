//! Projects, locales, pages and entries.

use reqwest::Method;
use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn projects_come_and_go_and_their_slug_stays_taken() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let new = json!({ "project": "acme", "name": "Acme", "source": "EN-gb" });
    let created = client.post("/projects", new.clone()).await.expect(201);
    assert_eq!(created.headers["location"], "/v1/projects/acme");
    assert_eq!(created.body["source"], "en-GB");
    client.send(Method::PATCH, "/projects/acme", &[], Some(json!({ "name": "Acme Inc." }))).await.expect(200);
    assert_eq!(client.get("/projects/acme").await.expect(200).body["name"], "Acme Inc.");

    for project in ["beta", "gamma"] {
        client.post("/projects", json!({ "project": project, "name": project, "source": "en" })).await.expect(201);
    }
    let first = client.get("/projects?limit=2").await.expect(200).body;
    let cursor = first["next"].as_str().unwrap();
    let second = client.get(&format!("/projects?limit=2&cursor={cursor}")).await.expect(200).body;
    let slugs = |body: &serde_json::Value| -> Vec<String> {
        body["items"].as_array().unwrap().iter().map(|item| item["project"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((slugs(&first), slugs(&second)), (vec!["acme".into(), "beta".into()], vec!["gamma".to_owned()]));
    assert!(second["next"].is_null());

    client.delete("/projects/beta").await.expect(204);
    client.get("/projects/beta").await.problem(404, "not-found");
    client.post("/projects", json!({ "project": "beta", "name": "b", "source": "en" })).await.problem(409, "taken");
    assert_eq!(slugs(&client.get("/projects").await.expect(200).body), ["acme", "gamma"]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn locales_have_chains_that_end_at_the_source() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "pt"], &[]).await;
    let put =
        client.put("/projects/acme/locales/pt-br", json!({ "name": "Brasil", "fallback": ["pt"] })).await.expect(200);
    assert_eq!(put.body["locale"], "pt-BR");
    let listed = client.get("/projects/acme/locales").await.expect(200).body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    assert_eq!(listed["items"][0], json!({ "locale": "en", "name": "en", "fallback": [], "source": true, "seq": 2 }));
    client.delete("/projects/acme/locales/pt").await.problem(409, "in-use");
    client.delete("/projects/acme/locales/en").await.problem(409, "in-use");
    client.delete("/projects/acme/locales/pt-BR").await.expect(204);
    client.delete("/projects/acme/locales/pt").await.expect(204);
    client.delete("/projects/acme/locales/pt").await.problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_comes_back_is_empty_and_its_history_goes_on() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    let draft = "/projects/acme/drafts/en/home/title";
    let first = client.save(draft, "first life").await;
    client.delete("/projects/acme/pages/home").await.expect(204);
    client.get("/projects/acme/drafts/en/home").await.problem(404, "not-found");
    client.put("/projects/acme/pages/home", json!({ "note": "again" })).await.expect(200);
    assert_eq!(client.get("/projects/acme/pages/home/entries").await.expect(200).body["items"], json!([]));
    client.put("/projects/acme/pages/home/entries/title", json!({ "kind": "html" })).await.expect(200);
    client.get(draft).await.problem(404, "not-found");

    // The version of the earlier life names nothing now, and a new draft can be created.
    let tag = format!("\"{first}\"");
    let stale = client.send(Method::PUT, draft, &[("if-match", &tag)], Some(json!({ "value": "x" }))).await;
    stale.problem(412, "stale-version");
    let second = client.save(draft, "second life").await;
    assert!(second > first, "versions never restart");
    let history = client.get(&format!("{draft}/history")).await.expect(200).body;
    let values: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|item| item["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["second life", "first life"]);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_saved_in_bulk_each_for_itself() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &[]), ("brands", &["-brand"])]).await;
    let entries = json!({ "entries": [
        { "key": "title", "kind": "html", "note": "Shown first", "max_length": 40 },
        { "key": "-brand" },
        { "key": "search.placeholder" },
    ]});
    let path = "/projects/acme/pages/home/entries";
    let results = client.send(Method::PATCH, path, &[], Some(entries)).await.expect(200).body;
    let problem = &results["results"][1]["problem"];
    assert_eq!((&problem["status"], &problem["type"]), (&json!(409), &json!("urn:copydesk:problem:taken")));
    let listed = client.get(path).await.expect(200).body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(listed["items"][1]["note"], "Shown first");
    client.delete(&format!("{path}/title")).await.expect(204);
    client.delete(&format!("{path}/title")).await.problem(404, "not-found");
    system.stop().await;
}
