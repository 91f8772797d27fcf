//! One worker a project. A worker is woken by a signal, by a request falling due, and by a sweep
//! that finds what signals were lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use copydesk_process::{CancellationToken, Clock};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::table::QueueItem;
use copydesk_schema::{ProjectId, Timestamp};
use copydesk_store::{Messages, Publishing, Reader, StoreError};
use futures::stream::{self, StreamExt as _};
use tokio::sync::{Notify, mpsc};
use tokio::task::{AbortHandle, JoinSet};

use crate::hooks::{Deliverer, Hooks};
use crate::reconcile::Worker;
use crate::{Bucket, Invalidation, Pace, SiteScript};

/// Site scripts that are renewed at one sweep.
const RENEWED: usize = 200;
/// Projects that are brought on at the same time, where all are waited for.
const AT_ONCE: usize = 4;

/// Wakes a publisher of the same process.
#[derive(Clone, Debug)]
pub struct Waker {
    signals: mpsc::UnboundedSender<ProjectId>,
    told: Arc<Notify>,
}

impl Waker {
    /// Says that something was asked of the publisher. Never waits; a lost signal is made good by
    /// the sweep.
    pub fn wake(&self, project: &ProjectId) {
        // A publisher that has ended needs no waking.
        let _ = self.signals.send(project.clone());
    }

    /// Says that there are messages to webhooks which no request brought about.
    pub fn deliver(&self) {
        self.told.notify_one();
    }
}

/// The publisher: gives every project its worker.
pub struct Publisher {
    publishing: Publishing,
    bucket: Bucket,
    invalidation: Option<Invalidation>,
    clock: Clock,
    pace: Pace,
    script: Arc<SiteScript>,
    signals: mpsc::UnboundedReceiver<ProjectId>,
    waker: Waker,
    workers: HashMap<ProjectId, (Arc<Notify>, AbortHandle)>,
    told: Arc<Notify>,
    deliverer: Option<Deliverer>,
    tasks: JoinSet<()>,
}

impl Publisher {
    /// A publisher and what wakes it.
    pub fn new(
        publishing: Publishing,
        bucket: Bucket,
        invalidation: Option<Invalidation>,
        clock: Clock,
        pace: Pace,
        hooks: Hooks,
        script: SiteScript,
    ) -> (Self, Waker) {
        let (sender, signals) = mpsc::unbounded_channel();
        let (workers, tasks) = (HashMap::new(), JoinSet::new());
        let told = Arc::new(Notify::new());
        let waker = Waker { signals: sender, told: Arc::clone(&told) };
        let messages = Messages::new(publishing.table());
        let deliverer = Deliverer::new(publishing.reader(), messages, hooks, clock.clone(), Arc::clone(&told));
        let publisher = Self {
            publishing,
            bucket,
            invalidation,
            clock,
            pace,
            script: Arc::new(script),
            signals,
            waker: waker.clone(),
            workers,
            told,
            deliverer: Some(deliverer),
            tasks,
        };
        (publisher, waker)
    }

    /// Works until `shutdown`, then finishes nothing more: whatever is under way is taken up again
    /// by the next publisher.
    pub async fn run(mut self, shutdown: CancellationToken) {
        let mut sweep = tokio::time::interval(self.pace.sweep);
        if let Some(deliverer) = self.deliverer.take() {
            self.tasks.spawn(deliverer.run(self.pace.sweep));
        }
        loop {
            tokio::select! {
                () = shutdown.cancelled() => break,
                Some(project) = self.signals.recv() => self.wake(project),
                _ = sweep.tick() => self.sweep(),
                Some(_) = self.tasks.join_next() => {}
            }
        }
        self.tasks.shutdown().await;
    }

    /// Brings projects to where nothing is due, some at a time; those that could not be. For processes that live no
    /// longer than this takes.
    pub async fn pass(&self, projects: impl IntoIterator<Item = ProjectId>) -> BTreeSet<ProjectId> {
        let passes = stream::iter(projects).map(|project| async move {
            let brought = self.worker(&project).reconcile().await;
            let failed =
                brought.inspect_err(|error| tracing::error!(%project, %error, "publishing has to be tried again"));
            failed.is_err().then_some(project)
        });
        passes.buffer_unordered(AT_ONCE).filter_map(std::future::ready).collect().await
    }

    /// Sends the messages to webhooks that are due.
    pub async fn deliver(&self) {
        if let Some(deliverer) = &self.deliverer
            && let Err(error) = deliverer.once().await
        {
            tracing::warn!(%error, "messages to webhooks wait for the next look");
        }
    }

    /// One sweep, to its end: what is due, site scripts that are older than ours, messages to webhooks.
    pub async fn sweep_once(&self) -> Result<(), StoreError> {
        let (reader, now) = (self.publishing.reader(), self.clock.now());
        let jobs = reader.jobs(now).await?;
        say_late(&jobs, now, self.pace.sweep);
        let due = jobs.into_iter().map(|job| job.project);
        let older = reader.older_scripts(self.script.generation, RENEWED).await?;
        let projects: BTreeSet<ProjectId> = due.chain(older).collect();
        // What failed is still due at the next sweep.
        self.pass(projects).await;
        self.deliver().await;
        Ok(())
    }

    /// Shows that it can do what it is for before anything depends on it: finds what is due, brings the project of trials on,
    /// and reads and writes objects of it.
    pub async fn trial(&self) -> anyhow::Result<()> {
        let project: ProjectId = ProjectId::TRIAL.parse()?;
        self.publishing.reader().jobs(self.clock.now()).await.context("what is due cannot be found")?;
        ensure!(self.pass([project.clone()]).await.is_empty(), "{project} cannot be published");
        self.bucket.live(&project).await.context("what is live cannot be read")?;
        // It is there after any publish, and always the same.
        self.bucket.put_counted(&ObjectKey::Seen(project)).await.context("nothing can be delivered")
    }

    /// Finds what is due, beside whatever else goes on.
    fn sweep(&mut self) {
        let (reader, now, waker) = (self.publishing.reader(), self.clock.now(), self.waker.clone());
        let apart = self.pace.sweep;
        self.tasks.spawn(async move {
            match reader.jobs(now).await {
                Ok(jobs) => {
                    say_late(&jobs, now, apart);
                    for job in &jobs {
                        waker.wake(&job.project);
                    }
                }
                Err(error) => tracing::warn!(%error, "the sweep failed; the next one may not"),
            }
        });
        self.tasks.spawn(renew(self.publishing.reader(), self.script.generation, self.waker.clone()));
    }

    fn wake(&mut self, project: ProjectId) {
        let running = self.workers.get(&project).filter(|(_, task)| !task.is_finished());
        if let Some((notify, _)) = running {
            return notify.notify_one();
        }
        let notify = Arc::new(Notify::new());
        notify.notify_one();
        let task = self.tasks.spawn(work(self.worker(&project), Arc::clone(&notify)));
        self.workers.insert(project, (notify, task));
    }

    fn worker(&self, project: &ProjectId) -> Worker {
        Worker {
            project: project.clone(),
            reader: self.publishing.reader(),
            publishing: self.publishing.clone(),
            bucket: self.bucket.clone(),
            invalidation: self.invalidation.clone(),
            clock: self.clock.clone(),
            pace: self.pace.clone(),
            dirt: None,
            manifests: BTreeMap::new(),
            pruned_at: None,
            leased_until: Timestamp::default(),
            known_base: None,
            script: Arc::clone(&self.script),
            told: Arc::clone(&self.told),
        }
    }
}

/// Says what should be live: it was due when sweeps before this one looked, which are so far `apart`.
fn say_late(jobs: &[QueueItem], now: Timestamp, apart: Duration) {
    for QueueItem { project, request, due, .. } in jobs {
        let seconds = now.0.saturating_sub(due.0) / 1000;
        if seconds > 2 * apart.as_secs() {
            tracing::warn!(%project, %request, seconds, "what was asked for is not live yet");
        }
    }
}

/// Wakes projects whose site script is older than ours, some at each sweep.
async fn renew(reader: Reader, generation: u32, waker: Waker) {
    match reader.older_scripts(generation, RENEWED).await {
        Ok(older) => {
            for project in &older {
                waker.wake(project);
            }
        }
        Err(error) => tracing::warn!(%error, "older site scripts could not be looked for; the next sweep does"),
    }
}

/// Reconciles whenever woken, and again after a pause when that failed.
async fn work(mut worker: Worker, woken: Arc<Notify>) {
    let mut failures = 0_u32;
    let mut wait = None;
    loop {
        tokio::select! {
            () = woken.notified() => {}
            () = sleep(wait) => {}
        }
        wait = match worker.reconcile().await {
            Ok(due) => {
                failures = 0;
                due.map(|due| until(due, &worker.clock))
            }
            Err(error) => {
                tracing::warn!(project = %worker.project, %error, failures, "publishing is tried again");
                // What was remembered may be what was wrong.
                worker.dirt = None;
                worker.manifests.clear();
                failures += 1;
                Some(pause(failures, worker.pace.longest_pause))
            }
        };
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

fn until(due: Timestamp, clock: &Clock) -> Duration {
    // One more millisecond, so that rounding never wakes too early.
    Duration::from_millis(due.0.saturating_sub(clock.now().0) + 1)
}

fn pause(failures: u32, longest: Duration) -> Duration {
    let doubled = Duration::from_millis(10) * 2_u32.pow(failures.min(12));
    doubled.min(longest).mul_f64(0.5 + fastrand::f64() / 2.0)
}
