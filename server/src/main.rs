//! `copydesk-server`: the editing API against a DynamoDB table.

use std::sync::Arc;

use copydesk_process::{Clock, Settings, http, logs, metrics, shutdown};
use copydesk_server::delivered::Delivered;
use copydesk_server::{App, OwnerToken, Patience, ServerSettings, router};
use copydesk_store::{Reader, Writer};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::start("info");
    let mut read = Settings::from_env();
    let settings = ServerSettings::read(&mut read);
    let settings = read.finish(settings)?;

    settings.metrics.map(metrics::serve).transpose()?;
    let ending = shutdown::on_signal()?;
    let table = settings.table.connect().await;
    let clock = Clock::system();
    let app = App {
        structures: copydesk_server::Structures::default(),
        reader: Reader::new(table.clone()),
        writer: Writer::new(table, clock.clone(), copydesk_store::writer::Limits::default()),
        delivered: Delivered::new(&settings.delivery)?,
        clock,
        owner: OwnerToken::new(&settings.owner_token),
        // The publisher is another process: it finds requests by itself.
        wake: Arc::new(|_| {}),
        patience: Patience::default(),
    };
    let listener = TcpListener::bind(settings.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    http::serve(listener, router(app), http::Patience::default(), ending).await;
    Ok(())
}
