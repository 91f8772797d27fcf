//! `copydesk-server`: the editing API against a DynamoDB table.

use copydesk_process::{Settings, http, logs, metrics, shutdown};
use copydesk_server::settings::Listening;
use copydesk_server::{ServerSettings, router, start};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::start("info");
    let mut read = Settings::from_env();
    let settings = (Listening::read(&mut read), ServerSettings::read(&mut read));
    let (Listening { listen, metrics }, settings) = read.finish(settings)?;

    metrics.map(metrics::serve).transpose()?;
    let ending = shutdown::on_signal()?;
    let app = start::app(settings).await?;
    let listener = TcpListener::bind(listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    http::serve(listener, router(app), http::Patience::default(), ending).await;
    Ok(())
}
