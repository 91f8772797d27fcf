//! A whole system in this process, on the chosen engines.

use std::sync::Arc;
use std::time::Duration;

use copydesk_local::system::{Running, System, deliver};
use copydesk_process::{Clock, http};
use copydesk_publisher::Pace;
use copydesk_server::Patience;
use copydesk_store::writer;
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
    /// How long releases are kept.
    pub keep: Option<Duration>,
    /// How long a request may take.
    pub request: Option<Duration>,
    /// How often the publisher looks for what it was not told of.
    pub sweep: Option<Duration>,
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
        let delivering = deliver(front, Arc::clone(&engines.objects), clients);
        let system = System {
            table: engines.table(options.server_faults.as_ref()),
            publisher_table: engines.table(options.publisher_faults.as_ref()),
            bucket: engines.bucket(options.publisher_faults.as_ref()),
            invalidation: engines.invalidation(),
            clock: Clock::system(),
            owner_token: TOKEN.to_owned(),
            delivery_url: delivery.clone(),
            pace: pace(&options),
            patience: Patience { request: options.request.unwrap_or(Duration::from_secs(20)), ..Patience::default() },
            limits: writer::Limits::default(),
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
        lease: Duration::from_millis(300),
        sweep: options.sweep.unwrap_or(Duration::from_millis(50)),
        progress: Duration::ZERO,
        keep: options.keep.unwrap_or(default.keep),
        longest_pause: Duration::from_millis(50),
    }
}
