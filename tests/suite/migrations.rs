//! Migrations: safe to run twice, by two at once, and while a server runs.

use copydesk_migrations::{migrate, pending};
use copydesk_process::Clock;
use futures::join;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn migrating_again_changes_nothing_and_serving_goes_on() {
    let system = TestSystem::start().await;
    system.client.project("acme", &["en"], &[("home", &["title"])]).await;
    let (table, clock) = (system.engines.table(None), Clock::system());
    assert!(pending(&table).await.unwrap().is_empty());
    let (one, two) = join!(migrate(&table, &clock), migrate(&table, &clock));
    assert!(one.unwrap().is_empty() && two.unwrap().is_empty());
    system.client.save("/projects/acme/drafts/en/home/title", "still here").await;
    system.stop().await;
}
