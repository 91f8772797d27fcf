//! Delivery never depends on editing: with everything else gone, sites show their copy.

use std::sync::Arc;

use copydesk_schema::delivered::ReleaseFile;
use serde_json::json;

use crate::support::TestSystem;
use crate::support::system::Options;

#[tokio::test(flavor = "multi_thread")]
async fn everything_published_is_served_with_all_else_stopped() {
    let mut system = TestSystem::start().await;
    let client = system.client.clone();
    let pages: &[(&str, &[&str])] = &[("home", &["title"]), ("about", &["title"])];
    client.project("acme", &["en", "de"], pages).await;
    client.save_all("acme", &["en", "de"], pages, "v1").await;
    client.publish("acme", json!({})).await;
    client.save_all("acme", &["de"], pages, "v2").await;
    client.publish("acme", json!({})).await;
    system.stop_editing().await;
    assert!(client.http.get(format!("{}/health/live", client.api)).send().await.is_err(), "the API is gone");

    let live = client.live("acme").await.unwrap();
    assert_eq!(live.release.0, 2);
    for release in 1..=2 {
        let file = client.fetch(&format!("acme/releases/{release}.json")).await.unwrap();
        let file: ReleaseFile = serde_json::from_value(file).unwrap();
        for (page, locale, entry) in file.each() {
            let path = format!("acme/{locale}/{page}.{}.json", entry.number);
            assert!(client.fetch(&path).await.is_some(), "{path}");
        }
    }

    // Restarted, everything is there.
    let engines = system.stop().await;
    let again = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    assert_eq!(again.client.get("/projects/acme/drafts/de/home/title").await.expect(200).body["value"], "v2");
    assert_eq!(again.client.get("/projects/acme/changes").await.expect(200).body["counts"]["total"], 0);
    again.client.save("/projects/acme/drafts/de/home/title", "v3").await;
    assert_eq!(again.client.publish("acme", json!({})).await, 3);
    again.stop().await;
}
