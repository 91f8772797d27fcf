//! `copydesk-server`: the editing API against a DynamoDB table.

use std::sync::Arc;

use copydesk_process::{Clock, Settings, http, logs, metrics, shutdown};
use copydesk_schema::hooks::Reach;
use copydesk_server::access::{Rates, SignIn};
use copydesk_server::oidc::{KeyPace, Oidc};
use copydesk_server::{App, OwnerToken, Parts, Patience, ServerSettings, router};
use copydesk_store::Writer;
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
    let sign_in = match settings.access.issuers.clone() {
        Some(issuers) => SignIn::Issuers(Oidc::new(issuers, clock.clone(), KeyPace::default())?),
        None => SignIn::None,
    };
    let app = App::new(Parts {
        table: table.clone(),
        writer: Writer::new(table, clock.clone(), copydesk_store::writer::Limits::default()),
        delivery: settings.delivery,
        clock,
        owner: settings.owner_token.as_deref().map(OwnerToken::new),
        sign_in,
        access: settings.access,
        rates: Rates::default(),
        kept: copydesk_server::state::KEPT,
        hook_reach: Reach::Public,
        // The publisher is another process: it finds requests by itself.
        wake: Arc::new(|_| {}),
        deliver: Arc::new(|| {}),
        patience: Patience::default(),
    })?;
    let listener = TcpListener::bind(settings.listen).await?;
    tracing::info!(address = %listener.local_addr()?, "serving");
    http::serve(listener, router(app), http::Patience::default(), ending).await;
    Ok(())
}
