//! What a woken worker does: brings one project from wherever it is to where nothing is left to
//! do. Idempotent: after any crash it is simply run again.

mod activate;
mod ending;
mod publish;
mod tell;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::hooks::Notice;
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::release::{Request, RequestState, Wanted};
use copydesk_schema::table::ReleaseHead;
use copydesk_schema::{ProjectId, ReleaseNumber, Seq, Switch, Timestamp};
use copydesk_store::publishing::Step;
use copydesk_store::{Publishing, Reader};
use futures::try_join;
use tokio::sync::Notify;

use crate::bucket::Live;
use crate::dirt::Dirt;
use crate::{Bucket, Invalidation, Pace, PublishError, SiteScript, prune, settle, site};

/// Release files that stay in memory.
const MANIFESTS: usize = 4;
/// So many switches may wait for the aliases to follow while more requests come.
const MOST_UNSETTLED: usize = 4;

/// One project's worker: what it stands on and what it remembers. Everything remembered can be
/// read again.
pub(crate) struct Worker {
    pub(crate) project: ProjectId,
    pub(crate) publishing: Publishing,
    pub(crate) reader: Reader,
    pub(crate) bucket: Bucket,
    pub(crate) invalidation: Option<Invalidation>,
    pub(crate) clock: Clock,
    pub(crate) pace: Pace,
    pub(crate) dirt: Option<Dirt>,
    pub(crate) manifests: BTreeMap<ReleaseNumber, Arc<ReleaseFile>>,
    pub(crate) pruned_at: Option<Timestamp>,
    pub(crate) leased_until: Timestamp,
    /// A live release that the table knows of: what it says of its cuts can be trusted.
    pub(crate) known_base: Option<ReleaseNumber>,
    /// The newest site script that this publisher knows.
    pub(crate) script: Arc<SiteScript>,
    /// Wakes whoever delivers messages to webhooks.
    pub(crate) told: Arc<Notify>,
}

/// What a step leaves to do.
enum Left {
    /// Look again at once.
    More,
    /// Nothing before this moment.
    Until(Option<Timestamp>),
}

impl Worker {
    /// Works until nothing is due. Returns when the next request falls due, if one waits.
    pub(crate) async fn reconcile(&mut self) -> Result<Option<Timestamp>, PublishError> {
        let brought = self.bring_on().await;
        if brought.is_err() {
            // Whoever tries again may be another.
            self.end_lease().await;
        }
        brought
    }

    async fn bring_on(&mut self) -> Result<Option<Timestamp>, PublishError> {
        loop {
            if let Left::Until(due) = Box::pin(self.step()).await? {
                self.keep_house().await?;
                // Whoever was asked for more while it was held left that to us.
                if !self.end_lease().await {
                    return Ok(due);
                }
            }
        }
    }

    async fn step(&mut self) -> Result<Left, PublishError> {
        let (head, requests, live) = try_join!(self.head(), self.requests(), self.bucket.live(&self.project))?;
        let (requests, finished) = requests;
        if head.unsettled.len() >= MOST_UNSETTLED {
            self.settle(&head, Vec::new()).await?;
            return Ok(Left::More);
        }
        if let Some(request) = self.next(&requests, live.as_ref()) {
            return match request.wanted.clone() {
                Wanted::Activate { release } => self.activate(head, request, release, live).await,
                Wanted::Publish { order } => Box::pin(self.publish(head, request, order, live)).await,
            };
        }
        if self.follow_live(&head, live.as_ref()).await?
            || self.settle(&head, finished).await?
            || self.renew_script(&head, live.as_ref()).await?
        {
            return Ok(Left::More);
        }
        Ok(Left::Until(requests.iter().map(|request| request.due).min()))
    }

    /// What to do first: note a switch that was made already, since what is asked of later was
    /// asked of that; then roll back, which overtakes whatever is being built; then what is being
    /// built; then the oldest that is due.
    fn next(&self, requests: &[Request], live: Option<&Live>) -> Option<Request> {
        let (release, switch) = shown(live);
        let now = self.clock.now();
        let is_publish = |request: &&Request| matches!(request.wanted, Wanted::Publish { .. });
        let is_building = |request: &&Request| request.state == RequestState::Building;
        let is_switched = |request: &&Request| {
            is_publish(request) && request.release == Some(release) && request.switch == Some(switch)
        };
        let found = requests
            .iter()
            .find(|request| is_building(request) && is_switched(request))
            .or_else(|| requests.iter().find(|request| !is_publish(request)))
            .or_else(|| requests.iter().find(is_building))
            .or_else(|| {
                let due = requests.iter().filter(|request| request.due <= now);
                due.min_by_key(|request| (request.due, request.request))
            });
        found.cloned()
    }

    async fn head(&self) -> Result<ReleaseHead, PublishError> {
        Ok(self.reader.release_head(&self.project).await?)
    }

    /// The requests that are not finished, oldest first; and the finished ones whose mark is still
    /// there, since the aliases may not have followed.
    async fn requests(&self) -> Result<(Vec<Request>, Vec<Seq>), PublishError> {
        let (mut open, mut finished) = (Vec::new(), Vec::new());
        for queued in self.reader.queue(&self.project).await? {
            match self.reader.request(&self.project, queued.request).await? {
                Some(request) if request.state.is_final() => finished.push(queued.request),
                Some(request) => open.push(request),
                // Its transaction is being committed: next time.
                None => {}
            }
        }
        Ok((open, finished))
    }

    /// `live.json` is the authority on what is live; where the table says otherwise (it was
    /// restored from a backup, say), the table follows. `true` when it had to.
    async fn follow_live(&mut self, head: &ReleaseHead, live: Option<&Live>) -> Result<bool, PublishError> {
        let (release, switch) = shown(live);
        if (release, switch) == (head.live, head.switch) {
            return Ok(false);
        }
        tracing::warn!(project = %self.project, %release, %switch, "the table follows what is live");
        let mut next = head.clone();
        if next.live != release {
            next.unsettled.push(release);
        }
        (next.live, next.switch) = (release, switch);
        next.last_release = next.last_release.max(release);
        next.last_switch = next.last_switch.max(switch);
        let step = Step { head: next, ..Step::default() };
        self.publishing.advance(&self.project, head, step).await?;
        Ok(true)
    }

    /// Lets the aliases follow the switch and tells the edges; then the marks of finished requests
    /// go. `true` when there was something to do.
    async fn settle(&mut self, head: &ReleaseHead, finished: Vec<Seq>) -> Result<bool, PublishError> {
        if head.unsettled.is_empty() || head.live == ReleaseNumber::NONE {
            if finished.is_empty() {
                return Ok(false);
            }
            let step = Step { head: head.clone(), cleared: finished, ..Step::default() };
            self.publishing.advance(&self.project, head, step).await?;
            return Ok(true);
        }
        let target = self.manifest(head.live).await?;
        let mut before = Vec::new();
        for release in head.unsettled.iter().chain(Some(&head.settled)).filter(|release| **release != head.live) {
            if *release != ReleaseNumber::NONE {
                before.push(self.manifest(*release).await?);
            }
        }
        if head.settled == ReleaseNumber::NONE {
            // Nothing was settled before: every alias has to be written.
            before.insert(0, Arc::new(ReleaseFile { files: BTreeMap::new(), ..(*target).clone() }));
        }
        site::write(&self.bucket, &target.live(head.switch), &self.script).await?;
        let aliases = settle::write_aliases(&self.bucket, &self.project, &target, &before).await?;
        if !settle::is_current(&self.bucket, &self.project, head).await? {
            // Some aliases may show what was written just now: whoever settles next has to know.
            let now = self.head().await?;
            let mut next = now.clone();
            next.unsettled.push(head.live);
            self.publishing.advance(&self.project, &now, Step { head: next, ..Step::default() }).await?;
            return Ok(true);
        }
        if let Some(invalidation) = &self.invalidation {
            invalidation.invalidate(&self.project, head.switch, &aliases).await.map_err(PublishError::Invalidation)?;
        }
        // Also where a newer publisher's script was kept: it looks again whether the manifest says all it asks for.
        let script = self.script.generation;
        let next = ReleaseHead { settled: head.live, unsettled: Vec::new(), script, ..head.clone() };
        let step = Step { head: next, cleared: finished, ..Step::default() };
        self.publishing.advance(&self.project, head, step).await?;
        Ok(true)
    }

    /// Delivers the newest site script with what is live. `true` when there was something to do.
    async fn renew_script(&mut self, head: &ReleaseHead, live: Option<&Live>) -> Result<bool, PublishError> {
        let Some(live) = live.filter(|_| head.script < self.script.generation) else { return Ok(false) };
        // Written anew, since an earlier publisher may not have said in it all that the script asks for.
        let live = self.manifest(live.manifest.release).await?.live(live.manifest.switch);
        site::write(&self.bucket, &live, &self.script).await?;
        let next = ReleaseHead { script: self.script.generation, ..head.clone() };
        self.publishing.advance(&self.project, head, Step { head: next, ..Step::default() }).await?;
        Ok(true)
    }

    /// What can wait until nobody does.
    async fn keep_house(&mut self) -> Result<(), PublishError> {
        if let Some(dirt) = &mut self.dirt {
            dirt.save(&self.publishing, &self.project).await?;
        }
        let now = self.clock.now();
        let due = self.pruned_at.is_none_or(|at| at.plus_millis(DAY_MILLIS) < now);
        // Nobody builds meanwhile: what a new release is made of may be what an expired one was made of.
        if due && self.wait_for_lease(now).await?.is_none() {
            let horizon = Timestamp(now.0.saturating_sub(millis(self.pace.keep)));
            let pruned = prune::prune(self, horizon).await?;
            if pruned > 0 {
                tracing::info!(project = %self.project, releases = pruned, "pruned");
            }
            // Where the lease was lost, the next look goes on.
            if self.clock.now() < self.leased_until {
                self.pruned_at = Some(now);
            }
        }
        Ok(())
    }

    /// A release file, from memory if it was read or written lately.
    async fn manifest(&mut self, release: ReleaseNumber) -> Result<Arc<ReleaseFile>, PublishError> {
        if let Some(known) = self.manifests.get(&release) {
            return Ok(Arc::clone(known));
        }
        let file: ReleaseFile = self.bucket.read(&ObjectKey::Release(self.project.clone(), release)).await?;
        Ok(self.remember(file))
    }

    fn remember(&mut self, file: ReleaseFile) -> Arc<ReleaseFile> {
        let file = Arc::new(file);
        self.manifests.insert(file.release, Arc::clone(&file));
        while self.manifests.len() > MANIFESTS {
            self.manifests.pop_first();
        }
        file
    }

    /// Takes a step, and has its messages delivered. `false` when somebody else was first.
    async fn advance(&self, head: &ReleaseHead, step: Step) -> Result<bool, PublishError> {
        let tells = !step.deliveries.is_empty();
        let taken = self.publishing.advance(&self.project, head, step).await?;
        if taken && tells {
            self.told.notify_one();
        }
        Ok(taken)
    }

    /// Ends a request without changing what is live.
    async fn end(
        &self,
        head: &ReleaseHead,
        request: Request,
        state: RequestState,
        error: Option<String>,
    ) -> Result<Left, PublishError> {
        if let Some(error) = &error {
            tracing::warn!(project = %self.project, request = %request.request, %error, "a request failed");
        }
        let from = state_name(request.state);
        let ended = Request { state, error, ..request };
        let deliveries = match state {
            RequestState::Failed => self.messages(&Notice::failed(&ended), &ended).await?,
            // Nothing differed: there is no release to tell of.
            _ => Vec::new(),
        };
        let step = Step { head: head.clone(), request: Some((ended, from)), deliveries, ..Step::default() };
        self.advance(head, step).await?;
        Ok(Left::More)
    }
}

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

fn shown(live: Option<&Live>) -> (ReleaseNumber, Switch) {
    live.map_or((ReleaseNumber::NONE, Switch::NONE), |live| (live.manifest.release, live.manifest.switch))
}

/// How a state is written in the table.
fn state_name(state: RequestState) -> &'static str {
    match state {
        RequestState::Waiting => "waiting",
        RequestState::Building => "building",
        RequestState::Done => "done",
        RequestState::Failed => "failed",
        RequestState::Cancelled => "cancelled",
    }
}
