//! Builds a release and makes it live.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use copydesk_schema::delivered::{FORMAT, ReleaseFile, to_json};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::release::{REMARKS, Release, ReleaseOrder, ReleaseState, Request, RequestState, Scope, Wanted};
use copydesk_schema::table::{Lease, Name, ReleaseHead};
use copydesk_schema::{Locale, PageId, ReleaseNumber, Seq, Timestamp};
use copydesk_store::publishing::Step;

use super::{Left, Worker, millis, shown};
use crate::bucket::{BucketError, Live};
use crate::build::{Job, Todo};
use crate::dirt::Dirt;
use crate::switch::{Switched, switch};
use crate::{PublishError, VERSION};

/// How building ended.
enum Built {
    Whole(Box<Release>, ReleaseFile),
    /// Nothing in scope differs from what is live.
    Same,
    /// It has to be begun again under another number.
    Again(&'static str),
    /// It cannot be done.
    Failed(String),
    /// It was begun, and cannot be done.
    Stopped(Box<Release>, String),
}

impl Worker {
    pub(super) async fn publish(
        &mut self,
        head: ReleaseHead,
        request: Request,
        order: ReleaseOrder,
        live: Option<Live>,
    ) -> Result<Left, PublishError> {
        let now = self.clock.now();
        if let Some(until) = self.wait_for_lease(now).await? {
            // Another publisher builds; should it die, its lease ends.
            return Ok(Left::Until(Some(until)));
        }
        let record = match request.release {
            Some(number) => self.reader.release(&self.project, number).await?,
            None => None,
        };
        let (release, begun) = match record {
            Some(release) => (release, true),
            None => (self.next_release(&head, &request, &order, live.as_ref()).await?, false),
        };
        if begun && shown(live.as_ref()) == (release.release, release.switch) {
            return self.finish(release, None).await;
        }
        if begun && release.publisher != VERSION {
            return self.again(release, "another version of the publisher had begun it").await;
        }
        match self.build(&head, &request, &order, release.clone(), begun, live.as_ref()).await? {
            Built::Whole(release, file) => self.go_live(*release, file, live).await,
            Built::Same => {
                let done = Request { release: Some(shown(live.as_ref()).0), ..request };
                self.end(&head, done, RequestState::Done, None).await
            }
            Built::Again(why) => self.again(release, why).await,
            Built::Stopped(release, why) => self.fail(*release, why).await,
            Built::Failed(why) if begun => self.fail(release, why).await,
            Built::Failed(why) => self.end(&head, request, RequestState::Failed, Some(why)).await,
        }
    }

    /// Takes the lease, or says when to try again. One that is held for a while yet is not renewed.
    pub(super) async fn wait_for_lease(&mut self, now: Timestamp) -> Result<Option<Timestamp>, PublishError> {
        let lease = millis(self.pace.lease);
        if self.leased_until > now.plus_millis(lease / 2) {
            return Ok(None);
        }
        let mine = Lease { owner: self.pace.owner.clone(), until: now.plus_millis(lease) };
        if !self.publishing.lease(&self.project, &mine, now).await? {
            return Ok(Some(mine.until));
        }
        self.leased_until = mine.until;
        Ok(None)
    }

    /// Whether nobody else could build since the lease was taken; it is renewed in time.
    pub(crate) async fn keeps_lease(&mut self) -> Result<bool, PublishError> {
        let now = self.clock.now();
        Ok(now < self.leased_until && self.wait_for_lease(now).await?.is_none())
    }

    /// Leaves the project to others. `false` when nothing was held.
    pub(super) async fn end_lease(&mut self) -> bool {
        let until = std::mem::take(&mut self.leased_until);
        if until == Timestamp::default() {
            return false;
        }
        // What was done is done: where this fails, the lease ends by itself.
        if let Err(error) = self.publishing.end_lease(&self.project, until).await {
            tracing::debug!(project = %self.project, %error, "the lease has to end by itself");
        }
        true
    }

    /// The release that the request will become, with the next free numbers. Nothing is written.
    /// Without a pinned cut it never shows less than what is live in its scope: a release that was
    /// scheduled may have gone ahead of one that was asked for earlier.
    async fn next_release(
        &mut self,
        head: &ReleaseHead,
        request: &Request,
        order: &ReleaseOrder,
        live: Option<&Live>,
    ) -> Result<Release, PublishError> {
        let (shown_release, shown_switch) = shown(live);
        let cut = match (order.seq, order.publish_at) {
            (Some(pinned), _) => pinned,
            (None, None) => {
                let base = self.base(shown_release).await?;
                let shown = base.filter(|base| base.known).and_then(|base| newest(&base.file, &order.scope));
                request.request.max(shown.unwrap_or_default())
            }
            (None, Some(_)) => self.reader.tip(&self.project).await?.seq,
        };
        Ok(Release {
            release: head.last_release.max(shown_release).next(),
            request: request.request,
            state: ReleaseState::Building,
            switch: head.last_switch.max(shown_switch).next(),
            cut,
            base: shown_release,
            scope: order.scope.clone(),
            note: order.note.clone(),
            files_done: 0,
            files_total: 0,
            files_changed: 0,
            bytes: 0,
            left_out: 0,
            simplified: 0,
            remarks: Vec::new(),
            error: None,
            started_at: self.clock.now(),
            finished_at: None,
            superseded_at: None,
            by: request.by.clone(),
            publisher: VERSION.to_owned(),
        })
    }

    /// Builds all files. Where the release has no number yet, it gets one as soon as it is clear
    /// that there is something to build.
    async fn build(
        &mut self,
        head: &ReleaseHead,
        request: &Request,
        order: &ReleaseOrder,
        release: Release,
        begun: bool,
        live: Option<&Live>,
    ) -> Result<Built, PublishError> {
        if begun && shown(live).0 != release.base {
            return Ok(Built::Again("what is live changed while it was built"));
        }
        let base = self.base(release.base).await?;
        let known = base.as_ref().is_none_or(|base| base.known);
        let base = base.map(|base| base.file);
        let base_sources = match &base {
            Some(base) => self.bucket.source(&self.project, base.release).await?.map(Arc::new),
            None => None,
        };
        // Of every file it is kept what it was made of; where it is not, it is made again.
        let has = |page: &PageId, locale: &Locale| {
            base_sources.as_ref().is_some_and(|kept| kept.digest(page, locale).is_some())
        };
        let is_kept = !self.bucket.keeps_sources()
            || base.as_ref().is_none_or(|base| base.each().all(|(page, locale, _)| has(page, locale)));
        // Files that were made otherwise than now are made again.
        let trusted = known && is_kept && base.as_ref().is_none_or(|base| base.is_current());
        if base.as_ref().is_some_and(|base| base.format != FORMAT) && release.scope != Scope::default() {
            let why = "what is live is in an older format: publish all pages and locales once, then parts again";
            return Ok(Built::Failed(why.to_owned()));
        }
        let mut dirt = self.fold(&release, base.as_deref().filter(|_| known)).await?;
        let structure = dirt.structure(&self.reader, &self.project, release.cut).await?;
        let tail = dirt.tail(release.cut);
        if structure.existing_project().is_none() {
            self.dirt = Some(dirt);
            return Ok(Built::Failed("the project was deleted".to_owned()));
        }
        let (reader, bucket, project) = (self.reader.clone(), self.bucket.clone(), self.project.clone());
        let terms = dirt.terms(&structure);
        let job = Job {
            project: &project,
            reader: &reader,
            bucket: &bucket,
            release: &release,
            base,
            known_base: known,
            base_sources,
            structure,
            terms,
            tail,
        };
        let todo = Todo::new(&job, trusted.then_some(&dirt));
        self.dirt = Some(dirt);

        if known && order.seq.is_some() && !order.force && job.is_overtaken() {
            return Ok(Built::Failed(format!(
                "something newer than event {} is live in its scope; ask again with force to go back",
                release.cut
            )));
        }
        if todo.count() == 0 && job.is_same(&todo) && !begun {
            return Ok(Built::Same);
        }
        let release = Release { files_total: todo.count() as u64, ..release.clone() };
        if !begun && !self.begin(head, request, &release).await? {
            return Err(PublishError::Moved);
        }
        let job = Job { release: &release, ..job };
        match self.make_files(&job, &todo).await {
            Err(PublishError::Bucket(BucketError::Collision(_))) => Ok(Built::Again("its number was used before")),
            built => built,
        }
    }

    /// The live release that the next one is built on. Where the table has no record of it (it was
    /// restored from a backup), its cuts mean nothing in this log: everything is built.
    async fn base(&mut self, number: ReleaseNumber) -> Result<Option<Base>, PublishError> {
        if number == ReleaseNumber::NONE {
            return Ok(None);
        }
        if self.known_base != Some(number) && self.reader.release(&self.project, number).await?.is_some() {
            self.known_base = Some(number);
        }
        let known = self.known_base == Some(number);
        Ok(Some(Base { file: self.manifest(number).await?, known }))
    }

    /// The fold of the log, as far as the release and what it is built on reach.
    async fn fold(&mut self, release: &Release, base: Option<&ReleaseFile>) -> Result<Dirt, PublishError> {
        let mut dirt = match self.dirt.take() {
            Some(dirt) => dirt,
            None => Dirt::load(&self.reader, &self.project, release.cut).await?,
        };
        let shown = base.and_then(|base| newest(base, &Scope::default())).unwrap_or_default();
        dirt.advance(&self.reader, &self.project, release.cut.max(shown)).await?;
        Ok(dirt)
    }

    /// Gives the release its number and switch, and takes the request.
    async fn begin(&self, head: &ReleaseHead, request: &Request, release: &Release) -> Result<bool, PublishError> {
        let taken = Request {
            state: RequestState::Building,
            release: Some(release.release),
            switch: Some(release.switch),
            ..request.clone()
        };
        let next = ReleaseHead { last_release: release.release, last_switch: release.switch, ..head.clone() };
        let step =
            Step { head: next, releases: vec![release.clone()], request: Some((taken, "waiting")), ..Step::default() };
        Ok(self.publishing.advance(&self.project, head, step).await?)
    }

    async fn make_files(&mut self, job: &Job<'_>, todo: &Todo) -> Result<Built, PublishError> {
        let mut file = todo.kept.clone();
        let mut release = job.release.clone();
        let mut noted = Instant::now();
        let mut copies = self.dirt.as_mut().map(|dirt| dirt.take_copies(release.cut)).unwrap_or_default();
        let (mut blocked, mut values) = (Vec::new(), Vec::new());
        for pages in todo.chunks(&job.structure) {
            let outcome = job.build(&pages, todo, &mut copies, &mut file).await?;
            release.files_changed += outcome.changed;
            release.remarks.extend(outcome.remarks);
            release.remarks.truncate(REMARKS);
            blocked.extend(outcome.blocked);
            values.extend(outcome.values);
            self.learn(release.cut, outcome.names);
            release.files_done +=
                pages.iter().filter_map(|page| todo.files.get(page)).map(|l| l.len() as u64).sum::<u64>();
            if noted.elapsed() >= self.pace.progress {
                noted = Instant::now();
                self.publishing.progress(&self.project, &release).await?;
                if self.activation_waits().await? {
                    return Ok(Built::Again("another release was activated meanwhile"));
                }
            }
        }
        if let Some(dirt) = &mut self.dirt {
            dirt.keep_copies(release.cut, copies);
        }
        if let Some(first) = blocked.first() {
            let why = format!(
                "{} findings that this project does not publish, the first in {} on page {}, {}: {} (release {} lists them; \
                 so does GET …/checks)",
                blocked.len(),
                first.locale,
                first.page,
                first.key,
                first.reason,
                release.release
            );
            release.remarks = blocked.into_iter().take(REMARKS).collect();
            return Ok(Built::Stopped(Box::new(release), why));
        }
        release.files_changed += job.removed(&file);
        release.left_out = file.each().map(|(_, _, entry)| entry.left_out).sum();
        release.simplified = file.each().map(|(_, _, entry)| entry.simplified).sum();
        release.bytes = file.each().map(|(_, _, entry)| entry.bytes).sum();
        job.write_manifests(&mut file).await?;
        job.keep_sources(&file, values).await?;
        let key = ObjectKey::Release(self.project.clone(), release.release);
        self.bucket.put_immutable(&key, to_json(&file)).await?;
        Ok(Built::Whole(Box::new(release), file))
    }

    fn learn(&mut self, cut: Seq, names: Vec<(Locale, PageId, BTreeSet<Name>)>) {
        if let Some(dirt) = &mut self.dirt {
            for (locale, page, names) in names {
                dirt.learn(locale, page, cut, names);
            }
        }
    }

    async fn activation_waits(&self) -> Result<bool, PublishError> {
        let (requests, _) = self.requests().await?;
        Ok(requests.iter().any(|request| matches!(request.wanted, Wanted::Activate { .. })))
    }

    async fn go_live(&mut self, release: Release, file: ReleaseFile, live: Option<Live>) -> Result<Left, PublishError> {
        match switch(&self.bucket, &file, release.switch, Some(release.base), live).await? {
            Switched::Live => self.finish(release, Some(file)).await,
            Switched::Overtaken => self.again(release, "another release was activated meanwhile").await,
        }
    }
}

/// A live release, and whether the table knows of it.
struct Base {
    file: Arc<ReleaseFile>,
    known: bool,
}

/// The newest point in the log that some file in the scope shows.
fn newest(release: &ReleaseFile, scope: &Scope) -> Option<Seq> {
    release.each().filter(|(page, locale, _)| scope.covers(locale, page)).map(|(_, _, file)| file.cut).max()
}

impl Job<'_> {
    /// Whether something newer than the cut is live in the scope.
    fn is_overtaken(&self) -> bool {
        let newest = self.base.as_ref().and_then(|base| newest(base, &self.release.scope));
        newest.is_some_and(|newest| newest > self.release.cut)
    }

    /// Whether the release would hold what is live, when no file has to be built.
    fn is_same(&self, todo: &Todo) -> bool {
        let numbers = |release: &ReleaseFile| -> Vec<_> {
            release.each().map(|(page, locale, file)| (page.clone(), locale.clone(), file.number)).collect()
        };
        let kept = &todo.kept;
        let same = |base: &Arc<ReleaseFile>| {
            base.locales == kept.locales
                && (&base.source, base.alias) == (&kept.source, kept.alias)
                && numbers(base) == numbers(kept)
        };
        self.base.as_ref().is_some_and(same)
    }

    /// How many live files the release drops.
    fn removed(&self, file: &ReleaseFile) -> u64 {
        let dropped = |base: &Arc<ReleaseFile>| base.each().filter(|(p, l, _)| file.file(l, p).is_none()).count();
        self.base.as_ref().map_or(0, dropped) as u64
    }
}
