//! The whole process: opens the folder, migrates, listens, runs until asked to end.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use copydesk_process::{CancellationToken, Clock, Settings, http, metrics};
use copydesk_publisher::{Bucket, Hooks, Pace, SiteScript};
use copydesk_schema::Quotas;
use copydesk_schema::hooks::Reach;
use copydesk_server::access::callers::owner;
use copydesk_server::access::links::Lives;
use copydesk_server::access::{Creators, Rate, Rates, SignIn};
use copydesk_server::oidc::{KeyPace, Oidc};
use copydesk_server::settings::{AccessSettings, QUOTAS};
use copydesk_server::state::KEPT;
use copydesk_server::{Links, Patience};
use copydesk_store::{SignIns, Table, writer};
use tokio::net::TcpListener;

use crate::engines::table::TableEngine;
use crate::engines::{self, ObjectFolder};
use crate::system::{Running, System, deliver};
use crate::{DataFolder, ViewLog, data, demo};

/// How often expired items are removed from the embedded table.
const EXPIRY: Duration = Duration::from_mins(10);

/// What the process is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder.
    pub data: PathBuf,
    /// Where the API is served.
    pub api: SocketAddr,
    /// Where sites fetch.
    pub delivery: SocketAddr,
    /// Where Prometheus may ask, if it may.
    pub metrics: Option<SocketAddr>,
    /// Where the demo site is served, if it is.
    pub demo: Option<SocketAddr>,
}

/// An opened data folder with its engines.
pub struct Local {
    /// The folder, locked.
    pub folder: DataFolder,
    /// The delivered objects.
    pub objects: Arc<ObjectFolder>,
    /// The table, migrated.
    pub table: Table,
    engine: TableEngine,
}

impl Local {
    /// Opens a data folder and brings its table up to date.
    pub async fn open(root: &Path, clock: &Clock) -> anyhow::Result<Self> {
        let folder = DataFolder::open(root)?;
        let objects = ObjectFolder::open(&folder.objects(), clock.clone())?;
        objects.tidy()?;
        let engine = TableEngine::open(&folder.database())?;
        let table = engines::table(SharedHttpClient::new(engine.clone()));
        copydesk_migrations::migrate(&table, clock).await?;
        Ok(Self { folder, objects: Arc::new(objects), table, engine })
    }

    /// The bucket of delivered objects.
    pub fn bucket(&self) -> Bucket {
        Bucket::new(engines::bucket(engines::objects::client(Arc::clone(&self.objects))), engines::BUCKET)
    }

    /// Removes expired items now and then, until the process ends.
    fn expire(&self) {
        let engine = self.engine.clone();
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(EXPIRY);
            loop {
                tick.tick().await;
                let engine = engine.clone();
                match tokio::task::spawn_blocking(move || engine.sweep()).await {
                    Ok(Ok(removed)) => tracing::debug!(removed, "expired items removed"),
                    other => tracing::warn!(?other, "expired items stay for now"),
                }
            }
        });
    }
}

/// Runs everything until `ending`. `ready` is told once everything listens.
pub async fn run(
    options: Options,
    ending: CancellationToken,
    ready: impl FnOnce(&Options, &Path, Option<&str>),
) -> anyhow::Result<()> {
    let clock = Clock::system();
    let local = Local::open(&options.data, &clock).await?;
    let owner_token = local.folder.owner_token()?;
    let mut read = Settings::from_env();
    let access = AccessSettings::read(&mut read);
    let quotas = read.or(QUOTAS, Quotas::default());
    let (access, quotas) = read.finish((access, quotas))?;
    let api = listen(options.api, "--listen").await?;
    let delivery = listen(options.delivery, "--delivery").await?;
    options.metrics.map(metrics::serve).transpose()?;
    let demo = match options.demo {
        Some(address) => listen(address, "--demo").await.map_err(|error| tracing::warn!("no demo site: {error}")).ok(),
        None => None,
    };
    let bound = Options {
        api: api.local_addr()?,
        delivery: delivery.local_addr()?,
        demo: demo.as_ref().map(TcpListener::local_addr).transpose()?,
        ..options
    };

    let studio = format!("http://{}", bound.api);
    let demo = demo.map(|listener| demo::serve(listener, bound.delivery, &studio, http::Patience::default()));
    let views = ViewLog::new(data::views(&bound.data));
    let delivering = deliver(delivery, Arc::clone(&local.objects), views, http::Patience::default());
    // Where strangers sign in, they must not reach what only this machine reaches.
    let reach = if access.issuers.is_some() { Reach::Public } else { Reach::PublicAndLoopback };
    let (sign_in, link) = sign_in(&local, &access, &clock).await?;
    let system = System {
        table: local.table.clone(),
        publisher_table: local.table.clone(),
        bucket: local.bucket(),
        invalidation: None,
        clock,
        owner_token,
        sign_in,
        access: AccessSettings { creators: access.creators.or(Some(Creators::Anyone)), ..access },
        // Whoever reaches this machine's own addresses is one person with their scripts.
        rates: Rates { address: Rate::per_second(20_000), credential: Rate::per_second(20_000), ..Rates::default() },
        kept: KEPT,
        hooks: Hooks::new(reach)?,
        delivery_url: format!("http://{}", bound.delivery),
        // Only one process can have the folder: a lease of its own is never somebody else's.
        pace: Pace { owner: "local".to_owned(), ..Pace::default() },
        script: SiteScript::new(Some(studio)),
        patience: Patience::default(),
        limits: writer::Limits { quotas: Arc::new(quotas), ..writer::Limits::default() },
        clients: http::Patience::default(),
    };
    let running = system.start(api)?;
    local.expire();
    ready(&bound, &local.folder.token_file(), link.as_deref());
    ending.cancelled().await;
    if let Some(demo) = demo {
        demo.stop().await;
    }
    stop(running, delivering).await;
    Ok(())
}

/// At outside issuers where some are configured; otherwise by our own links, the first of which is for
/// the owner.
async fn sign_in(local: &Local, access: &AccessSettings, clock: &Clock) -> anyhow::Result<(SignIn, Option<String>)> {
    if let Some(issuers) = access.issuers.clone() {
        return Ok((SignIn::Issuers(Oidc::new(issuers, clock.clone(), KeyPace::default())?), None));
    }
    let sign_ins = SignIns::new(local.table.clone());
    let links = Links::new(&local.folder.session_key()?, sign_ins, clock.clone(), Lives::default())?;
    let (code, _) = links.code(owner(), "Owner".to_owned(), None).await?;
    Ok((SignIn::Links(Arc::new(links)), Some(Links::path(&code))))
}

/// Serves what was published, and nothing else: no lock, no table.
/// `ready` is told once it listens.
pub async fn run_delivery(
    root: &Path,
    address: SocketAddr,
    ending: CancellationToken,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let objects = data::objects(root);
    anyhow::ensure!(objects.exists(), "{} is no data folder: nothing was ever published from it", root.display());
    let folder = ObjectFolder::open(&objects, Clock::system())?;
    let listener = listen(address, "--delivery").await?;
    ready(listener.local_addr()?);
    let views = ViewLog::new(data::views(root));
    let running = deliver(listener, Arc::new(folder), views, http::Patience::default());
    ending.cancelled().await;
    running.stop().await;
    Ok(())
}

/// Editing ends before delivery does.
async fn stop(editing: Running, delivering: Running) {
    editing.stop().await;
    delivering.stop().await;
}

async fn listen(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| anyhow::anyhow!("cannot listen on {address}: {error}; choose another address with {flag}"))
}
