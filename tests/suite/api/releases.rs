//! Publishing: scopes, order, schedules, rolling back.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::engines::{Engine, Engines};
use crate::support::faults::{Fault, Faults};
use crate::support::system::Options;
use crate::support::{Client, TestSystem, soon};

const PAGES: &[(&str, &[&str])] = &[("home", &["title"]), ("about", &["title"])];
const LOCALES: &[&str] = &["en", "de"];

async fn system() -> TestSystem {
    let system = TestSystem::start().await;
    system.client.project("acme", LOCALES, PAGES).await;
    system.client.save_all("acme", LOCALES, PAGES, "v1").await;
    system
}

async fn shows(client: &Client, locale: &str, page: &str) -> Value {
    let live = client.live("acme").await.unwrap();
    let number = live.number(&locale.parse().unwrap(), &page.parse().unwrap()).unwrap();
    client.page(&format!("acme/{locale}/{page}.{number}.json")).await.unwrap()["title"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_files_keep_their_number() {
    let system = system().await;
    let client = &system.client;
    assert_eq!(client.publish("acme", json!({})).await, 1);
    client.save("/projects/acme/drafts/de/home/title", "v2").await;
    assert_eq!(client.publish("acme", json!({ "note": "German" })).await, 2);
    let live = client.live("acme").await.unwrap();
    assert_eq!((live.release.0, live.switch.0), (2, 2));
    assert_eq!(json!(live.pages), json!({ "about": [1, 1], "home": [2, 1] }), "locales are de, en");
    let release = client.get("/projects/acme/releases/2").await.expect(200).body;
    assert_eq!(
        (&release["state"], &release["files_changed"], &release["note"]),
        (&json!("live"), &json!(1), &json!("German"))
    );
    assert_eq!(client.get("/projects/acme/releases/1").await.expect(200).body["state"], "superseded");

    // Nothing changed: nothing is made, and the request says what is live.
    assert_eq!(client.publish("acme", json!({})).await, 2);
    assert_eq!(client.get("/projects/acme/releases").await.expect(200).body["items"].as_array().unwrap().len(), 2);

    let file = client.fetch("acme/releases/2.json").await.unwrap();
    assert_eq!(file["files"]["home"]["de"]["number"], 2);
    let diff = client.get("/projects/acme/releases/1/diff/2").await.expect(200).body;
    assert_eq!(diff["items"], json!([{ "page": "home", "locale": "de", "key": "title", "from": "v1", "to": "v2" }]));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_copy_falls_back_and_says_so() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "pt"], &[("home", &["title", "lead"])]).await;
    client.put("/projects/acme/locales/pt-BR", json!({ "fallback": ["pt"] })).await.expect(200);
    client.save("/projects/acme/drafts/en/home/title", "Hi").await;
    client.save("/projects/acme/drafts/en/home/lead", "Lead").await;
    client.save("/projects/acme/drafts/pt/home/title", "Oi").await;
    client.publish("acme", json!({})).await;
    let file = client.page("acme/pt-BR/home.1.json").await.unwrap();
    let expected = json!({ "title": { "value": "Oi", "locale": "pt" }, "lead": { "value": "Lead", "locale": "en" } });
    assert_eq!(file, expected);

    // A change far up the chain reaches those that fall back on it, and only those.
    client.save("/projects/acme/drafts/en/home/title", "Hello").await;
    client.publish("acme", json!({})).await;
    assert_eq!(json!(client.live("acme").await.unwrap().pages), json!({ "home": [2, 1, 1] }));
    // So does a change of the chain itself.
    client.put("/projects/acme/locales/pt-BR", json!({ "fallback": [] })).await.expect(200);
    client.publish("acme", json!({})).await;
    let file = client.page("acme/pt-BR/home.3.json").await.unwrap();
    assert_eq!(file["title"], json!({ "value": "Hello", "locale": "en" }));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_leaves_everything_else_as_it_is_live() {
    let system = system().await;
    let client = &system.client;
    client.publish("acme", json!({})).await;
    client.save_all("acme", LOCALES, PAGES, "v2").await;
    client.publish("acme", json!({ "locales": ["de"], "pages": ["home"] })).await;
    for (locale, page, value) in
        [("de", "home", "v2"), ("de", "about", "v1"), ("en", "home", "v1"), ("en", "about", "v1")]
    {
        assert_eq!(shows(client, locale, page).await, value, "{locale} {page}");
    }
    // Nor does a locale that was removed disappear from pages that are not published.
    client.put("/projects/acme/locales/fr", json!({})).await.expect(200);
    client.publish("acme", json!({})).await;
    client.delete("/projects/acme/locales/fr").await.expect(204);
    client.save("/projects/acme/drafts/en/home/title", "v3").await;
    client.publish("acme", json!({ "pages": ["home"] })).await;
    let live = client.live("acme").await.unwrap();
    assert!(live.number(&"fr".parse().unwrap(), &"about".parse().unwrap()).is_some(), "{live:?}");
    assert!(live.number(&"fr".parse().unwrap(), &"home".parse().unwrap()).is_none(), "{live:?}");
    client.save_all("acme", LOCALES, PAGES, "v2").await;
    // What was rolled back does not slip in by the next scoped publish.
    client.publish("acme", json!({})).await;
    client.activate("acme", 1).await;
    client.publish("acme", json!({ "pages": ["about"] })).await;
    for (locale, page, value) in
        [("de", "home", "v1"), ("de", "about", "v2"), ("en", "home", "v1"), ("en", "about", "v2")]
    {
        assert_eq!(shows(client, locale, page).await, value, "{locale} {page}");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_shows_the_state_at_its_seq() {
    let system = system().await;
    let client = &system.client;
    let pinned = client.save("/projects/acme/drafts/en/home/title", "reviewed").await;
    client.save("/projects/acme/drafts/en/home/title", "not reviewed").await;
    client.publish("acme", json!({ "seq": pinned })).await;
    assert_eq!(shows(client, "en", "home").await, "reviewed");
    client.publish("acme", json!({})).await;
    assert_eq!(shows(client, "en", "home").await, "not reviewed");

    // Going back needs to be said.
    let request = client.ask("acme", json!({ "seq": pinned })).await;
    let failed = client.ended("acme", request).await;
    assert_eq!(failed["state"], "failed");
    assert!(failed["error"].as_str().unwrap().contains("force"), "{failed}");
    client.publish("acme", json!({ "seq": pinned, "force": true })).await;
    assert_eq!(shows(client, "en", "home").await, "reviewed");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_pages_and_locales_leave_the_release_and_their_aliases_go() {
    let system = system().await;
    let client = &system.client;
    client.publish("acme", json!({})).await;
    soon("the aliases", || async { client.fetch("acme/de/about.json").await }).await;
    client.delete("/projects/acme/pages/about").await.expect(204);
    client.delete("/projects/acme/locales/de").await.expect(204);
    client.publish("acme", json!({})).await;
    let live = client.live("acme").await.unwrap();
    assert_eq!((json!(live.locales), json!(live.pages)), (json!(["en"]), json!({ "home": [1] })));
    for path in ["acme/de/about.json", "acme/en/about.json", "acme/de/home.json"] {
        soon(path, || async { client.fetch(path).await.is_none().then_some(()) }).await;
    }
    assert_eq!(client.fetch("acme/en/home.json").await.unwrap(), json!({ "title": "v1" }));
    assert!(client.page("acme/de/home.1.json").await.is_some(), "what was released stays");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_requests_are_built_in_their_order() {
    let system = system().await;
    let client = &system.client;
    let mut requests = Vec::new();
    for n in 0..6 {
        client.save("/projects/acme/drafts/en/home/title", &format!("state {n}")).await;
        requests.push(client.ask("acme", json!({})).await);
    }
    for (n, request) in requests.iter().enumerate() {
        let ended = client.ended("acme", *request).await;
        let release = ended["release"].as_u64().unwrap();
        assert_eq!((ended["state"].as_str().unwrap(), release), ("done", n as u64 + 1));
        let file = client.page(&format!("acme/en/home.{release}.json")).await.unwrap();
        assert_eq!(file["title"], format!("state {n}"));
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_idempotency_key_is_the_same_request() {
    let system = system().await;
    let client = &system.client;
    let ask = async |key: &str, note: &str| {
        let body = Some(json!({ "note": note }));
        client.send(Method::POST, "/projects/acme/releases", &[("idempotency-key", key)], body).await
    };
    let first = ask("k", "x").await;
    assert_eq!(first.headers["location"], format!("/v1/projects/acme/releases/requests/{}", first.body["request"]));
    assert_eq!(ask("k", "x").await.expect(202).body["request"], first.body["request"]);
    ask("k", "y").await.problem(422, "idempotency-mismatch");
    let listed = client.get("/projects/acme/releases/requests").await.expect(200).body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_release_waits_and_shows_the_state_of_its_hour() {
    let system = system().await;
    let client = &system.client;
    let soon_at = copydesk_process::Clock::system().now().plus_millis(700);
    let request = client.ask("acme", json!({ "publish_at": soon_at })).await;
    client.save("/projects/acme/drafts/en/home/title", "saved while waiting").await;
    assert_eq!(client.get(&format!("/projects/acme/releases/requests/{request}")).await.body["state"], "waiting");
    assert!(client.live("acme").await.is_none());
    assert_eq!(client.ended("acme", request).await["state"], "done");
    assert_eq!(shows(client, "en", "home").await, "saved while waiting");

    let later = copydesk_process::Clock::system().now().plus_millis(3_600_000);
    let request = client.ask("acme", json!({ "publish_at": later })).await;
    let path = format!("/projects/acme/releases/requests/{request}");
    client.delete(&path).await.expect(204);
    assert_eq!(client.get(&path).await.expect(200).body["state"], "cancelled");
    client.delete(&path).await.problem(409, "not-cancellable");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rolling_back_is_one_switch_and_aliases_follow() {
    let system = system().await;
    let client = &system.client;
    client.publish("acme", json!({})).await;
    client.save_all("acme", LOCALES, PAGES, "v2").await;
    client.publish("acme", json!({})).await;
    soon("the aliases", || async {
        (client.fetch("acme/de/home.json").await == Some(json!({ "title": "v2" }))).then_some(())
    })
    .await;
    let done = client.activate("acme", 1).await;
    assert_eq!((&done["state"], &done["release"]), (&json!("done"), &json!(1)));
    let live = client.live("acme").await.unwrap();
    assert_eq!((live.release.0, live.switch.0), (1, 3));
    soon("the aliases", || async {
        (client.fetch("acme/de/home.json").await == Some(json!({ "title": "v1" }))).then_some(())
    })
    .await;
    assert_eq!(client.get("/projects/acme/releases/2").await.body["state"], "superseded");
    assert_eq!(client.get("/projects/acme").await.body["live"], 1);
    client.activate("acme", 2).await;
    assert_eq!(shows(client, "en", "about").await, "v2");
    if Engine::chosen() == Engine::MiniStack {
        let told = soon("the invalidations", || async {
            let paths = system.engines.invalidated_paths().await;
            (paths.iter().filter(|path| *path == "/acme/live.json").count() >= 4).then_some(paths)
        })
        .await;
        let live = ["/acme/live.json", "/acme/site.js"];
        let mutable = |path: &String| live.contains(&path.as_str()) || !path.trim_end_matches(".json").contains('.');
        assert!(live.iter().all(|path| told.iter().any(|told| told == path)), "{told:?}");
        assert!(told.iter().all(mutable), "{told:?}");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_releases_are_pruned_and_what_is_live_stays() {
    let first = system().await;
    let client = &first.client;
    client.publish("acme", json!({})).await;
    client.save("/projects/acme/drafts/en/home/title", "v2").await;
    client.publish("acme", json!({})).await;
    let engines: Arc<Engines> = first.stop().await;

    // A publisher that keeps nothing longer than it must looks at the project.
    let options = Options { keep: Some(std::time::Duration::ZERO), ..Options::default() };
    let second = TestSystem::on(engines, options).await;
    let client = &second.client;
    client.save("/projects/acme/drafts/en/home/title", "v3").await;
    client.publish("acme", json!({})).await;
    soon("the pruning", || async { client.fetch("acme/releases/1.json").await.is_none().then_some(()) }).await;
    soon("the pruning", || async { client.page("acme/en/home.1.json").await.is_none().then_some(()) }).await;
    assert_eq!(shows(client, "de", "about").await, "v1", "live files from old releases stay");
    let state = client.get("/projects/acme/releases/1").await.expect(200).body["state"].clone();
    assert_eq!(state, "pruned");
    client.post("/projects/acme/releases/1/activate", json!({})).await.problem(409, "not-activatable");
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rollback_overtakes_a_build_which_begins_again_on_what_is_live_then() {
    let faults = Faults::none();
    let options = Options { publisher_faults: Some(faults.clone()), ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let client = &system.client;
    client.project("acme", LOCALES, PAGES).await;
    for value in ["v1", "v2"] {
        client.save_all("acme", LOCALES, PAGES, value).await;
        client.publish("acme", json!({})).await;
    }
    client.save_all("acme", LOCALES, PAGES, "v3").await;
    // Everything the publisher does takes its time from now on.
    faults.arm(|_, _| Some(Fault::Delay(Duration::from_millis(30))));
    let request = client.ask("acme", json!({ "pages": ["about"] })).await;
    let path = format!("/projects/acme/releases/requests/{request}");
    soon("the building", || async { (client.get(&path).await.body["state"] == "building").then_some(()) }).await;
    assert_eq!(client.activate("acme", 1).await["state"], "done");

    let ended = client.ended("acme", request).await;
    assert_eq!((&ended["state"], &ended["release"]), (&json!("done"), &json!(4)), "its first number was given up");
    assert_eq!(client.get("/projects/acme/releases/3").await.body["state"], "failed");
    for (page, value) in [("about", "v3"), ("home", "v1")] {
        assert_eq!(shows(client, "de", page).await, value, "{page}");
    }
    system.stop().await;
}
