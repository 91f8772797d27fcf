//! `copydesk-publisher`: makes releases from a DynamoDB table into an S3 bucket.

use std::net::SocketAddr;

use copydesk_process::{logs, metrics, shutdown};
use copydesk_publisher::start;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::start("info");
    let (publisher, metrics_at) = start::publisher(|read| read.optional::<SocketAddr>("COPYDESK_METRICS")).await?;
    metrics_at.map(metrics::serve).transpose()?;
    let ending = shutdown::on_signal()?;
    tracing::info!("publishing");
    publisher.run(ending).await;
    Ok(())
}
