//! A whole system in this process, on the chosen engines.

use std::sync::Arc;
use std::time::Duration;

use copydesk_local::system::{Running, System, deliver};
use copydesk_process::{Clock, http};
use copydesk_publisher::{Hooks, Pace, SiteScript};
use copydesk_schema::Quotas;
use copydesk_schema::hooks::Reach;
use copydesk_server::access::links::Lives;
use copydesk_server::access::{Creators, Rate, Rates, SignIn};
use copydesk_server::oidc::{KeyPace, Oidc};
use copydesk_server::settings::AccessSettings;
use copydesk_server::{Links, Patience};
use copydesk_store::{SignIns, writer};
use tokio::net::TcpListener;

use super::Client;
use super::engines::Engines;
use super::faults::Faults;

/// How long a slow client or request is suffered in tests.
pub const PATIENCE: Duration = Duration::from_millis(500);

pub const TOKEN: &str = "test-token-test-token-test-token-test";

pub struct TestSystem {
    pub client: Client,
    pub engines: Arc<Engines>,
    editing: Option<Running>,
    delivering: Option<Running>,
}

/// What is special about a system.
#[derive(Default)]
pub struct Options {
    /// Faults between the server and the table.
    pub server_faults: Option<Faults>,
    /// Faults between the publisher and the table and the bucket.
    pub publisher_faults: Option<Faults>,
    /// Who the publisher says it is; each its own unless given.
    pub owner: Option<String>,
    /// How long other publishers leave a project alone that a publisher works on.
    pub lease: Option<Duration>,
    /// How long releases are kept.
    pub keep: Option<Duration>,
    /// How long a request may take.
    pub request: Option<Duration>,
    /// How often the publisher looks for what it was not told of.
    pub sweep: Option<Duration>,
    /// What time it is.
    pub clock: Option<Clock>,
    /// The outside issuers, if people do not sign in by link.
    pub issuers: Option<String>,
    /// How long links and sessions last.
    pub lives: Option<Lives>,
    /// The settings of access.
    pub access: AccessSettings,
    /// How late a change of access in another process is noticed.
    pub kept: Option<Duration>,
    /// How many wrong credentials of one address are answered a second.
    pub guesses: Option<u32>,
    /// How messages to webhooks are tried.
    pub hooks: Option<Hooks>,
    /// The site script.
    pub script: Option<SiteScript>,
    /// How much projects may have and use.
    pub quotas: Quotas,
}

impl Options {
    fn sign_in(&self, engines: &Engines, clock: &Clock) -> SignIn {
        if let Some(issuers) = &self.issuers {
            let pace = KeyPace { timeout: Duration::from_secs(2), ..KeyPace::default() };
            return SignIn::Issuers(Oidc::new(issuers.parse().unwrap(), clock.clone(), pace).unwrap());
        }
        let sign_ins = SignIns::new(engines.table(None));
        let lives = self.lives.unwrap_or_default();
        SignIn::Links(Arc::new(Links::new(engines.session_key(), sign_ins, clock.clone(), lives).unwrap()))
    }
}

/// Messages that are tried in quick succession.
pub fn hooks(reach: Reach) -> Hooks {
    Hooks {
        first_pause: Duration::from_millis(20),
        longest_pause: Duration::from_millis(100),
        patience: Duration::from_secs(1),
        claim: Duration::from_secs(5),
        ..Hooks::new(reach).unwrap()
    }
}

impl TestSystem {
    pub async fn start() -> Self {
        Self::on(Arc::new(Engines::start().await), Options::default()).await
    }

    /// A system on engines that others may use too.
    pub async fn on(engines: Arc<Engines>, options: Options) -> Self {
        copydesk_process::logs::start("off");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let front = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://{}", front.local_addr().unwrap());
        let delivery = engines.delivery_url().unwrap_or(own);
        let clients = http::Patience { headers: PATIENCE, drain: Duration::from_secs(5) };
        let clock = options.clock.clone().unwrap_or_else(Clock::system);
        let delivering = deliver(front, Arc::clone(&engines.objects), engines.views(), clients);
        let system = System {
            table: engines.table(options.server_faults.as_ref()),
            publisher_table: engines.table(options.publisher_faults.as_ref()),
            bucket: engines.bucket(options.publisher_faults.as_ref()),
            invalidation: engines.invalidation(),
            clock: clock.clone(),
            owner_token: TOKEN.to_owned(),
            sign_in: options.sign_in(&engines, &clock),
            access: AccessSettings {
                creators: options.access.creators.clone().or(Some(Creators::Anyone)),
                ..options.access.clone()
            },
            // Tests ask as fast as they can.
            rates: Rates {
                address: Rate::per_second(1_000_000),
                credential: Rate::per_second(1_000_000),
                failures: Rate::per_second(options.guesses.unwrap_or(1_000_000)),
            },
            kept: options.kept.unwrap_or(Duration::from_millis(200)),
            hooks: options.hooks.clone().unwrap_or_else(|| hooks(Reach::PublicAndLoopback)),
            delivery_url: delivery.clone(),
            pace: pace(&options),
            script: options.script.clone().unwrap_or_else(|| SiteScript::new(None)),
            patience: Patience { request: options.request.unwrap_or(Duration::from_secs(20)), ..Patience::default() },
            limits: writer::Limits { quotas: Arc::new(options.quotas.clone()), ..writer::Limits::default() },
            clients,
        };
        let editing = Some(system.start(listener).unwrap());
        let http = super::client::http();
        let client = Client { http, api, delivery, token: TOKEN.to_owned() };
        Self { client, engines, editing, delivering: Some(delivering) }
    }

    /// Ends everything but delivery, in order.
    pub async fn stop_editing(&mut self) {
        self.editing.take().unwrap().stop().await;
    }

    /// Ends server and publisher in the middle of whatever they do.
    pub async fn kill_editing(&mut self) {
        self.editing.take().unwrap().kill().await;
    }

    /// Ends the system; its engines live on for whoever holds them.
    pub async fn stop(mut self) -> Arc<Engines> {
        if let Some(editing) = self.editing.take() {
            editing.stop().await;
        }
        self.delivering.take().unwrap().stop().await;
        Arc::clone(&self.engines)
    }
}

fn pace(options: &Options) -> Pace {
    let default = Pace::default();
    Pace {
        owner: options.owner.clone().unwrap_or(default.owner.clone()),
        lease: options.lease.unwrap_or(Duration::from_millis(300)),
        sweep: options.sweep.unwrap_or(Duration::from_millis(50)),
        progress: Duration::ZERO,
        keep: options.keep.unwrap_or(default.keep),
        longest_pause: Duration::from_millis(50),
    }
}
