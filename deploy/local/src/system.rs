//! Server, publisher and delivery, put together.

use std::sync::Arc;
use std::time::Duration;

use copydesk_process::{CancellationToken, Clock, http};
use copydesk_publisher::{Bucket, Hooks, Invalidation, Pace, Publisher, SiteScript};
use copydesk_server::access::{Rates, SignIn};
use copydesk_server::settings::AccessSettings;
use copydesk_server::{App, OwnerToken, Parts, Patience, router};
use copydesk_store::{Publishing, Table, Writer, writer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::delivery::{Delivery, ViewLog};
use crate::engines::ObjectFolder;

/// What a system is made of. Any table and any bucket will do.
pub struct System {
    /// The table, migrated, as the server reaches it.
    pub table: Table,
    /// The same table as the publisher reaches it: on AWS by another role.
    pub publisher_table: Table,
    /// The bucket of delivered objects.
    pub bucket: Bucket,
    /// The CDN in front of it, if there is one.
    pub invalidation: Option<Invalidation>,
    /// The time.
    pub clock: Clock,
    /// The token that opens everything.
    pub owner_token: String,
    /// How people sign in.
    pub sign_in: SignIn,
    /// What else decides about access.
    pub access: AccessSettings,
    /// How much anybody may ask, where the settings do not say.
    pub rates: Rates,
    /// How late a change of access in another process is noticed.
    pub kept: Duration,
    /// Where webhooks may be, and how they are tried.
    pub hooks: Hooks,
    /// Where sites fetch, as the server reads it.
    pub delivery_url: String,
    /// How often the publisher does what.
    pub pace: Pace,
    /// The site script.
    pub script: SiteScript,
    /// How long requests may take.
    pub patience: Patience,
    /// How long changes are tried.
    pub limits: writer::Limits,
    /// How long clients may take.
    pub clients: http::Patience,
}

/// Parts that run until they are stopped.
pub struct Running {
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: JoinSet<()>,
}

impl System {
    /// Starts server and publisher.
    pub fn start(self, listener: TcpListener) -> anyhow::Result<Running> {
        let mut running = Running { stop: CancellationToken::new(), tasks: JoinSet::new() };
        let publishing = Publishing::new(self.publisher_table);
        let (publisher, waker) = Publisher::new(
            publishing,
            self.bucket,
            self.invalidation,
            self.clock.clone(),
            self.pace,
            self.hooks.clone(),
            self.script,
        );
        let app = App::new(Parts {
            table: self.table.clone(),
            writer: Writer::new(self.table, self.clock.clone(), self.limits),
            delivery: self.delivery_url,
            clock: self.clock,
            owner: Some(OwnerToken::new(&self.owner_token)),
            sign_in: self.sign_in,
            access: self.access,
            rates: self.rates,
            kept: self.kept,
            hook_reach: self.hooks.reach,
            deliver: {
                let waker = waker.clone();
                Arc::new(move || waker.deliver())
            },
            wake: Arc::new(move |project| waker.wake(project)),
            patience: self.patience,
        })?;
        // The publisher ends after the server: what the server acknowledged may still be published.
        let (serving, publishing) = (running.stop.child_token(), running.stop.clone());
        running.tasks.spawn(http::serve(listener, router(app), self.clients, serving));
        running.tasks.spawn(publisher.run(publishing));
        Ok(running)
    }
}

/// Serves a folder's objects until stopped, and writes views down in `views`.
pub fn deliver(listener: TcpListener, folder: Arc<ObjectFolder>, views: ViewLog, clients: http::Patience) -> Running {
    let mut running = Running { stop: CancellationToken::new(), tasks: JoinSet::new() };
    running.tasks.spawn(http::serve(listener, Delivery::new(folder, views), clients, running.stop.clone()));
    running
}

impl Running {
    /// Ends the parts: nothing new is taken on, what was begun is finished.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }

    /// Ends the parts at once, as a crash would.
    pub async fn kill(mut self) {
        self.tasks.shutdown().await;
    }
}
