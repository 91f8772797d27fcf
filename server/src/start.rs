//! From settings to a server's state: the same whatever it runs in.

use std::sync::Arc;

use copydesk_process::Clock;
use copydesk_schema::hooks::Reach;
use copydesk_store::Writer;
use copydesk_store::writer::Limits;

use crate::access::{OwnerToken, Rates, SignIn, secrets};
use crate::oidc::{KeyPace, Oidc};
use crate::state::KEPT;
use crate::trial::Trial;
use crate::{App, Parts, Patience, ServerSettings};

/// The state of a server whose publisher is another process: that finds requests by itself.
pub async fn app(settings: ServerSettings) -> anyhow::Result<App> {
    let (table, clock) = (settings.table.connect().await, Clock::system());
    let sign_in = match settings.access.issuers.clone() {
        Some(issuers) => SignIn::Issuers(Oidc::new(issuers, clock.clone(), KeyPace::default())?),
        None => SignIn::None,
    };
    App::new(Parts {
        table: table.clone(),
        writer: Writer::new(table, clock.clone(), Limits { quotas: Arc::new(settings.quotas), ..Limits::default() }),
        delivery: settings.delivery,
        clock,
        owner: settings.owner_token.as_deref().map(OwnerToken::new),
        sign_in,
        access: settings.access,
        rates: Rates::default(),
        kept: KEPT,
        hook_reach: Reach::Public,
        wake: Arc::new(|_| {}),
        deliver: Arc::new(|| {}),
        patience: Patience::default(),
    })
}

/// The same, with a trial of it.
pub async fn with_trial(mut settings: ServerSettings) -> anyhow::Result<(App, Trial)> {
    // Nobody but this process knows it where none is set.
    let owner = settings.owner_token.take().map_or_else(|| secrets::random_hex(64), Ok)?;
    settings.owner_token = Some(owner.clone());
    let app = app(settings).await?;
    Ok((app.clone(), Trial::new(app, owner)))
}
