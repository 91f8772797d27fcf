//! You publish what you reviewed: a release holds exactly the state at its cut, whatever is saved
//! while it is built, and even where queries are a little behind.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use serde_json::{Value, json};

use crate::support::engines::Engines;
use crate::support::faults::Faults;
use crate::support::system::Options;
use crate::support::{Client, TestSystem};

const LOCALES: [&str; 2] = ["en", "de"];
const PAGES: [&str; 2] = ["home", "about"];
const KEYS: [&str; 3] = ["a", "b", "c"];

type State = BTreeMap<(String, String, String), String>;

/// The drafts at `cut` by the log alone.
fn replay(log: &[Value], cut: u64) -> State {
    let mut state = State::new();
    for event in log.iter().filter(|event| event["seq"].as_u64().unwrap() <= cut) {
        let change = &event["change"];
        let text = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
        let id = || (text("locale"), text("page"), text("key"));
        match change["kind"].as_str().unwrap() {
            "draft-saved" => drop(state.insert(id(), text("value"))),
            "draft-deleted" => drop(state.remove(&id())),
            "page-deleted" => state.retain(|(_, page, _), _| *page != text("page")),
            "entry-deleted" => state.retain(|(_, page, key), _| (page, key) != (&text("page"), &text("key"))),
            _ => {}
        }
    }
    state
}

/// What a release shows of its own in each locale.
async fn released(client: &Client, release: u64) -> State {
    let file = client.fetch(&format!("acme/releases/{release}.json")).await.unwrap();
    let mut state = State::new();
    for (page, locales) in file["files"].as_object().unwrap() {
        for (locale, entry) in locales.as_object().unwrap() {
            let path = format!("acme/{locale}/{page}.{}.json", entry["number"]);
            for (key, copy) in client.page(&path).await.unwrap().as_object().unwrap() {
                if let Some(own) = copy.as_str() {
                    state.insert((locale.clone(), page.clone(), key.clone()), own.to_owned());
                }
            }
        }
    }
    state
}

async fn edit_until(client: Client, editor: usize, stop: Arc<AtomicBool>) {
    let mut n = editor;
    while !stop.load(Ordering::Relaxed) {
        n += 7;
        let (locale, page, key) = (LOCALES[n % 2], PAGES[(n / 2) % 2], KEYS[n % 3]);
        let path = format!("/projects/acme/drafts/{locale}/{page}/{key}");
        if n.is_multiple_of(11) {
            let seen = client.get(&path).await;
            let tag = format!("\"{}\"", seen.body["version"]);
            client.send(reqwest::Method::DELETE, &path, &[("if-match", &tag)], None).await;
        } else {
            client.save(&path, &format!("editor {editor}, save {n}")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_hold_the_state_at_their_cut_while_editors_save() {
    let faults = Faults::none();
    faults.stale_queries();
    let options = Options { publisher_faults: Some(faults), ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let client = &system.client;
    let pages: Vec<(&str, &[&str])> = PAGES.iter().map(|page| (*page, &KEYS[..])).collect();
    client.project("acme", &LOCALES, &pages).await;
    let stop = Arc::new(AtomicBool::new(false));
    let editors: Vec<_> = (0..4).map(|n| tokio::spawn(edit_until(client.clone(), n, Arc::clone(&stop)))).collect();
    for round in 0..12 {
        // Now, and at points shortly before.
        let tip = client.get("/projects/acme/log?limit=1").await.expect(200).body["tip"].as_u64().unwrap();
        let order = if round % 3 == 2 { json!({ "seq": tip - 1, "force": true }) } else { json!({}) };
        client.publish("acme", order).await;
    }
    stop.store(true, Ordering::Relaxed);
    join_all(editors).await.into_iter().for_each(|editor| editor.unwrap());

    let mut log = Vec::new();
    while let Some(part) = Some(client.get(&format!("/projects/acme/log?after={}&limit=1000", log.len())).await.body) {
        log.extend(part["items"].as_array().unwrap().iter().cloned());
        if part["next"] == part["tip"] {
            break;
        }
    }
    let releases = client.get("/projects/acme/releases").await.expect(200).body;
    let releases = releases["items"].as_array().unwrap();
    assert!(releases.len() > 6);
    for release in releases.iter().filter(|release| release["state"] != "failed") {
        let (number, cut) = (release["release"].as_u64().unwrap(), release["cut"].as_u64().unwrap());
        assert_eq!(released(client, number).await, replay(&log, cut), "release {number} at {cut}");
    }
    system.stop().await;
}

/// Pages and entries come and go while releases are cut at points before and after.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_before_a_page_was_removed_still_has_it() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["a"]), ("about", &["a"])]).await;
    client.save("/projects/acme/drafts/en/home/a", "home").await;
    let with_both = client.save("/projects/acme/drafts/en/about/a", "first life").await;
    client.delete("/projects/acme/pages/about").await.expect(204);
    client.delete("/projects/acme/pages/home/entries/a").await.expect(204);
    client.put("/projects/acme/pages/about", json!({})).await.expect(200);
    client.put("/projects/acme/pages/about/entries/a", json!({})).await.expect(200);
    let reborn = client.save("/projects/acme/drafts/en/about/a", "second life").await;

    let first = client.publish("acme", json!({ "seq": with_both })).await;
    let state = released(client, first).await;
    let value = |page: &str| state.get(&("en".to_owned(), page.to_owned(), "a".to_owned())).map(String::as_str);
    assert_eq!((value("home"), value("about")), (Some("home"), Some("first life")));
    let second = client.publish("acme", json!({ "seq": reborn })).await;
    let state = released(client, second).await;
    assert_eq!(state.into_values().collect::<Vec<_>>(), ["second life"]);
    system.stop().await;
}

/// The fold of the log begins shortly before the first cut, or where the last publisher saved it:
/// what is older than that must be found all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_changed_lately_keeps_its_older_entries() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[("home", &["old", "busy"])]).await;
    client.save("/projects/acme/drafts/en/home/old", "from long ago").await;
    for n in 0..110 {
        client.save("/projects/acme/drafts/en/home/busy", &format!("save {n}")).await;
    }
    client.put("/projects/acme/pages/home", json!({ "note": "for translators" })).await.expect(200);
    client.publish("acme", json!({})).await;
    let value = |state: State, key: &str| state.get(&("en".into(), "home".into(), key.to_owned())).cloned();
    assert_eq!(value(released(client, 1).await, "old").as_deref(), Some("from long ago"));
    let pinned = client.save("/projects/acme/drafts/en/home/busy", "pinned").await;
    client.put("/projects/acme/pages/home", json!({ "note": "changed again" })).await.expect(200);
    client.save("/projects/acme/drafts/en/home/busy", "newer").await;
    client.publish("acme", json!({})).await;

    // A publisher that begins with an older cut than what is live does not take that for the cut.
    let again = TestSystem::on(system.stop().await, Options::default()).await;
    let release = again.client.publish("acme", json!({ "seq": pinned, "force": true })).await;
    let state = released(&again.client, release).await;
    assert_eq!(value(state.clone(), "busy").as_deref(), Some("pinned"));
    assert_eq!(value(state, "old").as_deref(), Some("from long ago"));
    again.stop().await;
}
