//! The table is lost, or goes back to an earlier point in time: sites go on, and the next publish delivers the same bytes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use copydesk_schema::sources::{SourceKey, SourceRelease};
use copydesk_schema::{ProjectId, ReleaseNumber};
use reqwest::Method;
use serde_json::{Value, json};

use crate::command::process::binary;
use crate::support::engines::Engines;
use crate::support::faults::{Fault, Faults};
use crate::support::system::{Options, TOKEN};
use crate::support::{TempFolder, TestSystem, soon};

const PAGES: [(&str, &[&str]); 3] =
    [("home", &["title", "lead", "count"]), ("shop", &["-brand", "offer"]), ("book", &["title"])];

/// A project with all that shapes bytes: fallbacks, markup, terms, a plural, likely pages, settings.
async fn fill(system: &TestSystem) {
    let client = &system.client;
    client.project("acme", &["en", "de", "de-AT"], &PAGES).await;
    client.put("/projects/acme/locales/de-AT", json!({ "name": "Austria", "fallback": ["de"] })).await.expect(200);
    client
        .put("/projects/acme/pages/home/entries/lead", json!({ "kind": "html", "note": "At the top" }))
        .await
        .expect(200);
    // A page may have no entries yet.
    client.put("/projects/acme/pages/soon", json!({ "note": "From spring on" })).await.expect(200);
    client.put("/projects/acme/pages/home/next", json!({ "next": ["shop", "book", "soon"] })).await.expect(200);
    let settings = json!({ "alias": "nested", "origins": ["https://acme.example"] });
    client.send(Method::PATCH, "/projects/acme", &[], Some(settings)).await.expect(200);
    let texts = [
        ("en", "home", "title", "Title"),
        ("en", "home", "lead", "A <strong>bold</strong> lead by { -brand }"),
        ("en", "home", "count", "{ $n ->\n    [one] one boat\n   *[other] { $n } boats\n}"),
        ("en", "shop", "-brand", "Heron"),
        ("en", "shop", "offer", "Only at { -brand }"),
        ("en", "book", "title", "Book"),
        ("de", "home", "title", "Titel"),
        ("de", "shop", "-brand", "Reiher"),
        ("de-AT", "home", "title", "Titel, bitte"),
    ];
    for (locale, page, key, value) in texts {
        client.save(&format!("/projects/acme/drafts/{locale}/{page}/{key}"), value).await;
    }
}

/// Every file of what is live, by its path.
async fn delivered(system: &TestSystem) -> (Value, Vec<(String, Value)>) {
    let live = system.client.fetch("acme/live.json").await.unwrap();
    let mut files = Vec::new();
    for (page, numbers) in live["pages"].as_object().unwrap() {
        for (place, number) in numbers.as_array().unwrap().iter().enumerate() {
            let locale = live["locales"][place].as_str().unwrap();
            let path = format!("acme/{locale}/{page}.{number}.json");
            let file = system.client.fetch(&path).await.unwrap();
            files.push((path, file));
        }
    }
    (live, files)
}

/// A copy of the private bucket, as `aws s3 sync` makes it.
fn copy_sources(engines: &Engines, release: u64, into: &Path) {
    let project: ProjectId = "acme".parse().unwrap();
    let take = |key: &SourceKey| {
        let stored = engines.sources.get(&key.to_string()).unwrap().unwrap();
        let path = into.join(key.to_string());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &stored.body).unwrap();
        stored
    };
    let whole = take(&SourceKey::Release(project, ReleaseNumber(release)));
    let whole: SourceRelease = serde_json::from_slice(&whole.body).unwrap();
    for key in whole.objects() {
        take(&key);
    }
}

fn rebuild(system: &TestSystem, args: &[&str]) -> std::process::Output {
    let mut command = Command::new(binary());
    command.args(["rebuild", "--project", "acme", "--url", &system.client.api, "--token", TOKEN]).args(args);
    command.output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_table_is_rebuilt_from_what_releases_were_made_of_to_the_same_bytes() {
    let system = TestSystem::start().await;
    let client = &system.client;
    fill(&system).await;
    client.publish("acme", json!({})).await;
    // Changes of one locale alone, then of a term that others use; then back.
    client.save("/projects/acme/drafts/de/home/title", "Titel, neu").await;
    client.publish("acme", json!({ "locales": ["de", "de-AT"] })).await;
    client.save("/projects/acme/drafts/en/shop/-brand", "Grey Heron").await;
    client.publish("acme", json!({})).await;
    client.activate("acme", 2).await;
    client.save("/projects/acme/drafts/en/book/title", "Never published").await;
    let before = delivered(&system).await;
    assert_eq!(before.0["release"], 2);

    let engines = system.stop().await;
    let folder = TempFolder::new();
    copy_sources(&engines, 2, folder.path());
    let again = TestSystem::on(Arc::new(engines.without_table().await), Options::default()).await;
    // Sites go on without it.
    assert_eq!(delivered(&again).await, before);
    let dir = folder.path().to_str().unwrap();
    let from = format!("{}/acme", again.client.delivery);
    let made = rebuild(&again, &["--from", &from, dir]);
    assert!(
        made.status.success(),
        "{}{}",
        String::from_utf8_lossy(&made.stdout),
        String::from_utf8_lossy(&made.stderr)
    );
    assert_eq!(again.client.get("/projects/acme/pages/soon").await.expect(200).body["note"], "From spring on");
    assert_eq!(again.client.get("/projects/acme/drafts/en/book/title").await.expect(200).body["value"], "Book");
    assert_eq!(
        again.client.get("/projects/acme/pages/home/entries").await.expect(200).body["items"][1]["note"],
        "At the top"
    );
    again.client.publish("acme", json!({})).await;
    let (live, files) = delivered(&again).await;
    // Another release of the very same files.
    assert!(live["release"].as_u64() > Some(3), "{live}");
    assert_eq!((&live["pages"], files), (&before.0["pages"], before.1));

    // It is there now: nothing is made twice.
    let twice = rebuild(&again, &["--from", &from, dir]);
    assert!(!twice.status.success() && String::from_utf8_lossy(&twice.stderr).contains("is there"));
    let other = rebuild(&again, &["--release", "77", dir]);
    assert!(!other.status.success());
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_goes_back_in_time_publishes_the_bytes_of_then() {
    let system = TestSystem::start().await;
    let client = &system.client;
    fill(&system).await;
    client.publish("acme", json!({})).await;
    let (then, files) = delivered(&system).await;
    let engines = system.stop().await;
    let copy = engines.copy_table().await;
    let system = TestSystem::on(engines, Options::default()).await;
    let client = &system.client;
    client.save("/projects/acme/drafts/en/home/title", "Later").await;
    client.save("/projects/acme/drafts/en/shop/-brand", "Grey Heron").await;
    client.publish("acme", json!({})).await;
    let later = delivered(&system).await;

    let engines = system.stop().await;
    let again = TestSystem::on(Arc::new(engines.with_table(copy).await), Options::default()).await;
    assert_eq!(delivered(&again).await, later, "sites go on with what was live");
    assert_eq!(again.client.get("/projects/acme/drafts/en/home/title").await.expect(200).body["value"], "Title");
    again.client.publish("acme", json!({})).await;
    let (live, now) = delivered(&again).await;
    assert!(live["release"].as_u64() > Some(2), "{live}");
    // What differs has other names, since those of then are taken; its bytes are those of then.
    let bytes = |files: Vec<(String, Value)>| files.into_iter().map(|(_, file)| file).collect::<Vec<_>>();
    assert_eq!(bytes(now), bytes(files));
    assert_eq!(live["pages"]["book"], then["pages"]["book"], "what is the same keeps its name");
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_release_was_made_of_goes_with_it() {
    let engines = Arc::new(Engines::start().await);
    let options = || Options { keep: Some(Duration::ZERO), ..Options::default() };
    let system = TestSystem::on(Arc::clone(&engines), options()).await;
    let client = &system.client;
    fill(&system).await;
    client.publish("acme", json!({})).await;
    let project: ProjectId = "acme".parse().unwrap();
    let first =
        engines.sources.get(&SourceKey::Release(project.clone(), ReleaseNumber(1)).to_string()).unwrap().unwrap();
    let first: SourceRelease = serde_json::from_slice(&first.body).unwrap();
    client.save("/projects/acme/drafts/en/home/title", "Two").await;
    client.publish("acme", json!({})).await;
    // The next publisher tidies up.
    let engines = system.stop().await;
    let again = TestSystem::on(Arc::clone(&engines), options()).await;
    again.client.save("/projects/acme/drafts/en/home/title", "Three").await;
    again.client.publish("acme", json!({})).await;
    let key = SourceKey::Release(project.clone(), ReleaseNumber(1)).to_string();
    let is_gone = || async { engines.sources.get(&key).unwrap().is_none().then_some(()) };
    soon("the first release was pruned", is_gone).await;
    let kept =
        engines.sources.get(&SourceKey::Release(project.clone(), ReleaseNumber(3)).to_string()).unwrap().unwrap();
    let kept: SourceRelease = serde_json::from_slice(&kept.body).unwrap();
    for key in kept.objects() {
        assert!(engines.sources.get(&key.to_string()).unwrap().is_some(), "{key}");
    }
    let gone = first.digest(&"home".parse().unwrap(), &"en".parse().unwrap()).unwrap();
    assert!(engines.sources.get(&SourceKey::Values(project, gone.clone()).to_string()).unwrap().is_none());
    again.stop().await;
}

/// A publisher that tidies up is held up until its lease is over; what it was about to remove is used again meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_release_is_made_of_is_not_removed_by_a_publisher_that_comes_late() {
    let (engines, lease) = (Arc::new(Engines::start().await), Duration::from_secs(1));
    let system = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    fill(&system).await;
    system.client.publish("acme", json!({})).await;
    system.client.save("/projects/acme/drafts/en/home/title", "Two").await;
    system.client.publish("acme", json!({})).await;
    system.stop().await;

    let (faults, held) = (Faults::none(), Arc::new(AtomicBool::new(false)));
    let holding = Arc::clone(&held);
    faults.arm(move |_, request| {
        let removing = request.method() == "DELETE" && request.uri().contains("releases/1.json");
        (removing && !holding.swap(true, Ordering::Relaxed)).then_some(Fault::Delay(5 * lease))
    });
    let (keep, publisher_faults) = (Some(Duration::ZERO), Some(faults));
    let options = Options { keep, lease: Some(lease), publisher_faults, ..Options::default() };
    let late = TestSystem::on(Arc::clone(&engines), options).await;
    late.client.save("/projects/acme/drafts/en/home/title", "Three").await;
    late.client.ask("acme", json!({})).await;
    soon("the removing", async || held.load(Ordering::Relaxed).then_some(())).await;
    let prompt = TestSystem::on(Arc::clone(&engines), Options { lease: Some(lease), ..Options::default() }).await;
    prompt.client.save("/projects/acme/drafts/en/home/title", "Title").await;
    prompt.client.publish("acme", json!({})).await;
    prompt.stop().await;

    // What it could not do then it does when it looks again.
    late.client.save("/projects/acme/drafts/en/book/title", "Book, too").await;
    let last = late.client.publish("acme", json!({})).await;
    let source = |release| SourceKey::Release("acme".parse().unwrap(), ReleaseNumber(release)).to_string();
    let is_gone = async || engines.sources.get(&source(1)).unwrap().is_none().then_some(());
    soon("the first release was pruned", is_gone).await;
    let live = engines.sources.get(&source(last)).unwrap().unwrap();
    let live: SourceRelease = serde_json::from_slice(&live.body).unwrap();
    for key in live.objects() {
        assert!(engines.sources.get(&key.to_string()).unwrap().is_some(), "{key}");
    }
    late.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_parts_were_published_of_is_rebuilt_under_the_names_that_it_has_now() {
    let system = TestSystem::start().await;
    let client = &system.client;
    fill(&system).await;
    client.publish("acme", json!({})).await;
    client.post("/projects/acme/pages/home/entries/title/rename", json!({ "key": "headline" })).await.expect(200);
    client.post("/projects/acme/pages/shop/rename", json!({ "page": "store" })).await.expect(200);
    client.delete("/projects/acme/pages/book").await.expect(204);
    client.delete("/projects/acme/locales/de-AT").await.expect(204);
    client.publish("acme", json!({ "locales": ["de"] })).await;

    let engines = system.stop().await;
    let folder = TempFolder::new();
    copy_sources(&engines, 2, folder.path());
    let again = TestSystem::on(Arc::new(engines.without_table().await), Options::default()).await;
    let args = ["--release", "2", folder.path().to_str().unwrap()];
    let made = rebuild(&again, &args);
    let said = String::from_utf8_lossy(&made.stdout);
    // Everything is there, and what belongs to nothing any more is named.
    assert_eq!(made.status.code(), Some(2), "{said}{}", String::from_utf8_lossy(&made.stderr));
    assert!(said.contains("book: the page was removed") && said.contains("de-AT/home"), "{said}");
    for (locale, page, key, value) in [
        ("en", "home", "headline", "Title"),
        ("de", "home", "headline", "Titel"),
        ("en", "store", "-brand", "Heron"),
        ("de", "store", "-brand", "Reiher"),
    ] {
        let draft = again.client.get(&format!("/projects/acme/drafts/{locale}/{page}/{key}")).await.expect(200).body;
        assert_eq!(draft["value"], value, "{locale} {page} {key}");
    }
    // One that was interrupted goes on; and writes nothing twice.
    let seq = again.client.get("/projects/acme/drafts/en/home/headline").await.body["version"].clone();
    let more = rebuild(&again, &[&["--again"], &args[..]].concat());
    assert_eq!(more.status.code(), Some(2), "{}", String::from_utf8_lossy(&more.stderr));
    assert_eq!(again.client.get("/projects/acme/drafts/en/home/headline").await.body["version"], seq);
    again.stop().await;
}
