//! Makes the files of a release. Files in scope come from the cut; all others are taken over from
//! the release that was live when building began. The bytes derive from the request and its cut
//! alone, so that a repetition writes the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use copydesk_schema::change::DraftId;
use copydesk_schema::delivered::{FORMAT, FileEntry, POLICY, ReleaseFile, sha256_hex, to_json};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::release::Release;
use copydesk_schema::{EntryKey, Event, Locale, PageId, ProjectId, Seq, Structure};
use copydesk_store::Reader;
use copydesk_store::cut::drafts_at;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::dirt::Dirt;
use crate::flatten::{Drafts, flatten, next_to_read};
use crate::{Bucket, PublishError, VERSION};

/// Pages read in one go: neighbours share their queries.
const PAGES: usize = 32;
/// Locales read at the same time.
const READS: usize = 4;
/// Files written at the same time.
const WRITES: usize = 16;

/// More single drafts than this cost more to read than whole pages do.
const DOUBTS: usize = 300;

/// Everything that building a release looks at.
pub(crate) struct Job<'j> {
    pub(crate) project: &'j ProjectId,
    pub(crate) reader: &'j Reader,
    pub(crate) bucket: &'j Bucket,
    pub(crate) release: &'j Release,
    pub(crate) base: Option<Arc<ReleaseFile>>,
    pub(crate) structure: Arc<Structure>,
    pub(crate) tail: Vec<Event>,
}

/// The files of a release that have to be looked at, and those that are taken over.
pub(crate) struct Todo {
    /// The release as far as it is known without building.
    pub(crate) kept: ReleaseFile,
    /// For each page, the locales to build.
    pub(crate) files: BTreeMap<PageId, Vec<Locale>>,
    /// Files that changed only if they fall back for one of these entries.
    doubts: Vec<Doubt>,
}

/// A live file whose locale saw no change itself, but one that it falls back on did.
struct Doubt {
    page: PageId,
    locale: Locale,
    live: FileEntry,
    keys: BTreeSet<EntryKey>,
}

/// A file that was built, and its bytes where they are not live already.
struct Built {
    page: PageId,
    locale: Locale,
    entry: FileEntry,
    body: Option<Vec<u8>>,
}

impl Todo {
    /// Decides for every file of the release whether it has to be built; without a fold that can be
    /// trusted, every one in scope has to.
    pub(crate) fn new(job: &Job<'_>, dirt: Option<&Dirt>) -> Self {
        let (release, structure) = (job.release, &job.structure);
        let base = job.base.as_deref();
        let mut todo = Self { kept: empty(job), files: BTreeMap::new(), doubts: Vec::new() };
        for (page, locale, file) in base.into_iter().flat_map(ReleaseFile::each) {
            if !release.scope.covers(locale, page) {
                todo.keep(page, locale, file.clone());
                todo.list(locale);
            }
        }
        for (page, _) in structure.existing_pages() {
            for (locale, _) in structure.existing_locales().filter(|(locale, _)| release.scope.covers(locale, page)) {
                let live = base.and_then(|base| base.file(locale, page));
                match dirt {
                    Some(dirt) => todo.decide(page, locale, live, dirt, release.cut),
                    None => todo.build(page, locale),
                }
            }
        }
        todo
    }

    fn decide(&mut self, page: &PageId, locale: &Locale, live: Option<&FileEntry>, dirt: &Dirt, cut: Seq) {
        let Some(live) = live.filter(|file| dirt.own(locale, page) <= file.cut.min(cut)) else {
            return self.build(page, locale);
        };
        // Nothing happened to it in between: it shows the cut as well as the point it was built at.
        // Saying so keeps the release file the same whoever builds it.
        let (shown, live) = (live.cut.min(cut), FileEntry { cut, ..live.clone() });
        let keys = dirt.inherited(locale, page, shown);
        if keys.is_empty() {
            self.keep(page, locale, live);
        } else {
            self.doubts.push(Doubt { page: page.clone(), locale: locale.clone(), live, keys });
        }
    }

    /// Looks whether the doubtful files have values of their own: those do not fall back. Their
    /// locale saw no change since they were built, so what is there now was there then.
    pub(crate) async fn resolve(&mut self, job: &Job<'_>) -> Result<(), PublishError> {
        let doubts = std::mem::take(&mut self.doubts);
        let ids: Vec<DraftId> = doubts.iter().flat_map(Doubt::drafts).collect();
        let own = if ids.len() > DOUBTS { Vec::new() } else { job.reader.drafts_of(job.project, &ids).await? };
        let own: BTreeSet<DraftId> = own
            .into_iter()
            .filter(|draft| draft.value.is_some() && draft.seq <= job.release.cut)
            .filter(|draft| job.structure.draft_floor(&draft.id()).is_some_and(|floor| draft.seq > floor))
            .map(|draft| draft.id())
            .collect();
        for doubt in doubts {
            if doubt.drafts().all(|id| own.contains(&id)) {
                self.keep(&doubt.page, &doubt.locale, doubt.live);
            } else {
                self.build(&doubt.page, &doubt.locale);
            }
        }
        Ok(())
    }

    /// A locale that some file is kept in stays listed, whatever became of it since.
    fn list(&mut self, locale: &Locale) {
        if let Err(place) = self.kept.locales.binary_search(locale) {
            self.kept.locales.insert(place, locale.clone());
        }
    }

    fn build(&mut self, page: &PageId, locale: &Locale) {
        self.files.entry(page.clone()).or_default().push(locale.clone());
    }

    fn keep(&mut self, page: &PageId, locale: &Locale, file: FileEntry) {
        self.kept.files.entry(page.clone()).or_default().insert(locale.clone(), file);
    }

    /// Files to build.
    pub(crate) fn count(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }

    /// Pages to build, a few neighbours at a time.
    pub(crate) fn chunks(&self, structure: &Structure) -> Vec<Vec<PageId>> {
        let mut chunks: Vec<Vec<PageId>> = Vec::new();
        let mut neighbours = false;
        for (page, _) in structure.existing_pages() {
            if !self.files.contains_key(page) {
                neighbours = false;
                continue;
            }
            match chunks.last_mut().filter(|chunk| neighbours && chunk.len() < PAGES) {
                Some(chunk) => chunk.push(page.clone()),
                None => chunks.push(vec![page.clone()]),
            }
            neighbours = true;
        }
        chunks
    }
}

impl Doubt {
    /// The drafts that decide.
    fn drafts(&self) -> impl Iterator<Item = DraftId> {
        self.keys.iter().map(|key| DraftId { locale: self.locale.clone(), page: self.page.clone(), key: key.clone() })
    }
}

/// The release without files. A scoped publish leaves the locales outside its scope alone.
fn empty(job: &Job<'_>) -> ReleaseFile {
    let (release, structure) = (job.release, &job.structure);
    let covered = |locale: &Locale| release.scope.locales.as_ref().is_none_or(|some| some.contains(locale));
    let before = job.base.iter().flat_map(|base| &base.locales).filter(|locale| !covered(locale));
    let now = structure.existing_locales().map(|(locale, _)| locale).filter(|locale| covered(locale));
    let locales: BTreeSet<Locale> = before.chain(now).cloned().collect();
    let source = structure.source().cloned().or_else(|| job.base.as_ref().map(|base| base.source.clone()));
    ReleaseFile {
        format: FORMAT,
        project: job.project.clone(),
        release: release.release,
        cut: release.cut,
        source: source.expect("a project that can be published has a source locale"),
        locales: locales.into_iter().collect(),
        publisher: VERSION.to_owned(),
        policy: POLICY,
        files: BTreeMap::new(),
    }
}

impl Job<'_> {
    /// Builds the files of some neighbouring pages, writes those that changed, and adds them to
    /// `into`. Returns how many changed.
    pub(crate) async fn build(
        &self,
        pages: &[PageId],
        todo: &Todo,
        into: &mut ReleaseFile,
    ) -> Result<u64, PublishError> {
        let (Some(first), Some(last)) = (pages.first(), pages.last()) else { return Ok(0) };
        let drafts = self.read(first, last, pages, todo).await?;
        let wanted = pages.iter().flat_map(|page| todo.files.get(page).into_iter().flatten().map(move |l| (page, l)));
        let made: Vec<Built> = wanted.map(|(page, locale)| self.make(page, locale, &drafts)).collect();
        let built: Vec<Built> =
            stream::iter(made).map(|built| self.write(built)).buffered(WRITES).try_collect().await?;
        let changed = built.iter().filter(|built| built.body.is_some()).count() as u64;
        for built in built {
            into.files.entry(built.page).or_default().insert(built.locale, built.entry);
        }
        Ok(changed)
    }

    /// The drafts at the cut: each file's own locale, and those that it falls back on as far as
    /// something is missing.
    async fn read(&self, first: &PageId, last: &PageId, pages: &[PageId], todo: &Todo) -> Result<Drafts, PublishError> {
        let mut drafts = Drafts::new();
        let mut read: BTreeSet<Locale> = BTreeSet::new();
        loop {
            let files =
                pages.iter().flat_map(|page| todo.files.get(page).into_iter().flatten().map(move |l| (page, l)));
            let next = files.filter_map(|(page, locale)| next_to_read(&self.structure, locale, page, &drafts, &read));
            let wanted: BTreeSet<Locale> = next.collect();
            if wanted.is_empty() {
                return Ok(drafts);
            }
            read.extend(wanted.iter().cloned());
            let cut = self.release.cut;
            let reads = stream::iter(wanted).map(|locale| async move {
                drafts_at(self.reader, self.project, &locale, (first, last), cut, &self.tail).await
            });
            let found: Vec<Drafts> = reads.buffer_unordered(READS).try_collect().await?;
            drafts.extend(found.into_iter().flatten());
        }
    }

    fn make(&self, page: &PageId, locale: &Locale, drafts: &Drafts) -> Built {
        let body = to_json(&flatten(&self.structure, locale, page, drafts));
        let sha256 = sha256_hex(&body);
        let live = self.base.as_ref().and_then(|base| base.file(locale, page));
        let same = live.filter(|file| file.sha256 == sha256);
        let number = same.map_or(self.release.release, |file| file.number);
        let entry = FileEntry { number, cut: self.release.cut, bytes: body.len() as u64, sha256 };
        let body = same.is_none().then_some(body);
        Built { page: page.clone(), locale: locale.clone(), entry, body }
    }

    async fn write(&self, built: Built) -> Result<Built, PublishError> {
        if let Some(body) = &built.body {
            let number = built.entry.number;
            let key = ObjectKey::Page(self.project.clone(), built.locale.clone(), built.page.clone(), number);
            self.bucket.put_immutable(&key, body.clone()).await?;
        }
        Ok(built)
    }
}
