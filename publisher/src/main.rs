//! `copydesk-publisher`: makes releases from a DynamoDB table into an S3 bucket.

use std::net::SocketAddr;

use copydesk_process::{Clock, Settings, logs, metrics, shutdown};
use copydesk_publisher::{Hooks, Publisher, PublisherSettings, SiteScript, settings};
use copydesk_schema::hooks::Reach;
use copydesk_store::Publishing;
use copydesk_store::settings::TableSettings;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::start("info");
    let mut read = Settings::from_env();
    let table = TableSettings::read(&mut read);
    let publisher = PublisherSettings::read(&mut read);
    let pace = settings::read_pace(&mut read);
    let script = SiteScript::new(settings::read_studio(&mut read));
    let metrics_at: Option<SocketAddr> = read.optional("COPYDESK_METRICS");
    let (table, publisher, pace) = read.finish((table, publisher, pace))?;

    metrics_at.map(metrics::serve).transpose()?;
    let ending = shutdown::on_signal()?;
    let (bucket, invalidation) = publisher.connect().await;
    let publishing = Publishing::new(table.connect().await);
    // Nothing in this process asks for releases: it finds them by its sweep.
    let hooks = Hooks::new(Reach::Public)?;
    let (publisher, _waker) = Publisher::new(publishing, bucket, invalidation, Clock::system(), pace, hooks, script);
    tracing::info!("publishing");
    publisher.run(ending).await;
    Ok(())
}
