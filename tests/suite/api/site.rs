//! The site script reaches every site, also one that publishes nothing, and never gets older.

use std::sync::Arc;

use copydesk_publisher::SiteScript;
use serde_json::json;

use crate::support::engines::Engines;
use crate::support::system::Options;
use crate::support::{TestSystem, soon};

const PAGES: [(&str, &[&str]); 1] = [("home", &["title"])];

async fn system(engines: Arc<Engines>, generation: u32) -> TestSystem {
    let text = format!("(live=>{{self.generation={generation}}})").into();
    TestSystem::on(
        engines,
        Options { script: Some(SiteScript { generation, text, studio: None }), ..Options::default() },
    )
    .await
}

/// Waits until the script of this generation is delivered, with this release in it.
async fn delivered(system: &TestSystem, generation: u32, release: u64) {
    let client = &system.client;
    let wanted = [format!("self.generation={generation}}}"), format!("\"release\":{release},")];
    soon("the script", || async {
        let text = client.text("acme/site.js").await?;
        wanted.iter().all(|part| text.contains(part)).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_newer_script_reaches_sites_that_publish_nothing_and_an_older_publisher_takes_nothing_back() {
    let first = system(Arc::new(Engines::start().await), 1).await;
    first.client.project("acme", &["en"], &PAGES).await;
    first.client.save_all("acme", &["en"], &PAGES, "One").await;
    first.client.publish("acme", json!({})).await;
    delivered(&first, 1, 1).await;

    let newer = system(first.stop().await, 2).await;
    delivered(&newer, 2, 1).await;

    let older = system(newer.stop().await, 1).await;
    older.client.save_all("acme", &["en"], &PAGES, "Two").await;
    older.client.publish("acme", json!({})).await;
    delivered(&older, 2, 2).await;
    older.stop().await;
}
