//! Makes the files of a release. Files in scope come from the cut; all others are taken over from
//! the release that was live when building began. The bytes derive from the request and its cut
//! alone, so that a repetition writes the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use copydesk_schema::change::DraftId;
use copydesk_schema::copies::{Copies, DraftAt};
use copydesk_schema::delivered::{FORMAT, FileEntry, POLICY, ReleaseFile, sha256_hex, to_json};
use copydesk_schema::flatten::{Flat, flatten};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::release::{Release, Remark};
use copydesk_schema::sources::{self, SourceKey, SourceRelease};
use copydesk_schema::table::Name;
use copydesk_schema::{EntryKey, Event, Locale, PageId, ProjectId, Seq, Structure};
use copydesk_store::Reader;
use copydesk_store::cut::{drafts_at, revision_at};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::dirt::Dirt;
use crate::{Bucket, PublishError, VERSION};

/// Pages read in one go: neighbours share their queries.
const PAGES: usize = 32;
/// Locales read at the same time.
const READS: usize = 4;
/// Files written at the same time.
const WRITES: usize = 16;

/// So many of a locale are read together with everything around them.
const SINGLE_READS: usize = 20;

/// Everything that building a release looks at.
pub(crate) struct Job<'j> {
    pub(crate) project: &'j ProjectId,
    pub(crate) reader: &'j Reader,
    pub(crate) bucket: &'j Bucket,
    pub(crate) release: &'j Release,
    pub(crate) base: Option<Arc<ReleaseFile>>,
    /// Whether the table knows of that release.
    pub(crate) known_base: bool,
    /// What it was made of, where that is kept.
    pub(crate) base_sources: Option<Arc<SourceRelease>>,
    pub(crate) structure: Arc<Structure>,
    /// Where each term is at home.
    pub(crate) terms: Arc<BTreeMap<EntryKey, PageId>>,
    pub(crate) tail: Vec<Event>,
}

/// What building some pages came to, apart from the files themselves.
#[derive(Default)]
pub(crate) struct Outcome {
    /// How many files changed.
    pub(crate) changed: u64,
    /// What each file's values refer to.
    pub(crate) names: Vec<(Locale, PageId, BTreeSet<Name>)>,
    /// The digests of what each was made of, where that is kept.
    pub(crate) values: Vec<(PageId, Locale, String)>,
    pub(crate) remarks: Vec<Remark>,
    /// What the project does not want to be published.
    pub(crate) blocked: Vec<Remark>,
}

/// The files of a release that have to be looked at, and those that are taken over.
pub(crate) struct Todo {
    /// The release as far as it is known without building.
    pub(crate) kept: ReleaseFile,
    /// For each page, the locales to build.
    pub(crate) files: BTreeMap<PageId, Vec<Locale>>,
}

/// A file that was built, and its bytes where they are not live already.
struct Built {
    page: PageId,
    locale: Locale,
    entry: FileEntry,
    body: Option<Vec<u8>>,
    values: Option<Values>,
    names: BTreeSet<Name>,
    remarks: Vec<Remark>,
    blocked: Vec<Remark>,
}

/// What a file was made of.
struct Values {
    digest: String,
    /// Its bytes, where they are not kept already.
    body: Option<Vec<u8>>,
}

impl Todo {
    /// Decides for every file of the release whether it has to be built; without a fold that can be
    /// trusted, every one in scope has to.
    pub(crate) fn new(job: &Job<'_>, dirt: Option<&Dirt>) -> Self {
        let (release, structure) = (job.release, &job.structure);
        let base = job.base.as_deref();
        let mut todo = Self { kept: empty(job), files: BTreeMap::new() };
        for (page, locale, file) in base.into_iter().flat_map(ReleaseFile::each) {
            if !release.scope.covers(locale, page) {
                // What an unknown release says of its cuts means nothing in this log.
                let cut = if job.known_base { file.cut } else { Seq::NONE };
                todo.keep(page, locale, FileEntry { cut, ..file.clone() });
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
        self.keep(page, locale, FileEntry { cut, ..live.clone() });
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
        policy: oldest_policy(job),
        manifests: BTreeMap::new(),
        alias: structure.existing_project().map(|head| head.info.settings.alias).unwrap_or_default(),
        files: BTreeMap::new(),
    }
}

/// Files outside the scope are taken over as they are.
fn oldest_policy(job: &Job<'_>) -> u32 {
    let keeps_some =
        |base: &&Arc<ReleaseFile>| base.each().any(|(page, locale, _)| !job.release.scope.covers(locale, page));
    job.base.as_ref().filter(keeps_some).map_or(POLICY, |base| base.policy.min(POLICY))
}

impl Job<'_> {
    /// Builds the files of some neighbouring pages, writes those that changed, and adds them to
    /// `into`.
    pub(crate) async fn build(
        &self,
        pages: &[PageId],
        todo: &Todo,
        copies: &mut Copies,
        into: &mut ReleaseFile,
    ) -> Result<Outcome, PublishError> {
        let files: Vec<(&PageId, &Locale)> =
            pages.iter().flat_map(|page| todo.files.get(page).into_iter().flatten().map(move |l| (page, l))).collect();
        copies.turn_to(pages.iter().cloned());
        let own = files.iter().map(|(_, locale)| (*locale).clone()).collect();
        self.read_locales(pages, own, copies).await?;
        let mut made = Vec::new();
        for (page, locale) in files {
            made.push(self.make(pages, page, locale, copies).await?);
        }
        // A release that will not be is not written.
        let blocked = made.iter().any(|built| !built.blocked.is_empty());
        let writes = stream::iter(made).map(|built| self.write(built, blocked));
        let built: Vec<Built> = writes.buffered(WRITES).try_collect().await?;
        let mut outcome = Outcome::default();
        for built in built {
            outcome.changed += u64::from(built.body.is_some());
            outcome.names.push((built.locale.clone(), built.page.clone(), built.names));
            outcome.values.extend(built.values.map(|kept| (built.page.clone(), built.locale.clone(), kept.digest)));
            outcome.remarks.extend(built.remarks);
            outcome.blocked.extend(built.blocked);
            into.files.entry(built.page).or_default().insert(built.locale, built.entry);
        }
        Ok(outcome)
    }

    /// The drafts of whole locales at the cut.
    async fn read_locales(
        &self,
        pages: &[PageId],
        locales: BTreeSet<Locale>,
        copies: &mut Copies,
    ) -> Result<(), PublishError> {
        let (Some(first), Some(last)) = (pages.first(), pages.last()) else { return Ok(()) };
        let cut = self.release.cut;
        let reads = stream::iter(locales).map(|locale| async move {
            let found = drafts_at(self.reader, self.project, &locale, (first, last), cut, &self.tail).await?;
            Ok::<_, PublishError>((locale, found))
        });
        let found: Vec<_> = reads.buffer_unordered(READS).try_collect().await?;
        for (locale, found) in found {
            copies.add_locale(locale, found);
        }
        Ok(())
    }

    /// Reads what making a page asked for: copy of other locales that it falls back on, and what
    /// its values refer to.
    async fn read_more(
        &self,
        pages: &[PageId],
        wanted: BTreeSet<DraftId>,
        copies: &mut Copies,
    ) -> Result<(), PublishError> {
        let mut here: BTreeMap<Locale, usize> = BTreeMap::new();
        for id in wanted.iter().filter(|id| pages.contains(&id.page)) {
            *here.entry(id.locale.clone()).or_default() += 1;
        }
        let whole: BTreeSet<Locale> =
            here.into_iter().filter(|(_, count)| *count > SINGLE_READS).map(|(locale, _)| locale).collect();
        let single: Vec<DraftId> =
            wanted.into_iter().filter(|id| !whole.contains(&id.locale) || !pages.contains(&id.page)).collect();
        self.read_locales(pages, whole, copies).await?;
        let heads = self.reader.drafts_of(self.project, &single).await?;
        let mut found: BTreeMap<DraftId, DraftAt> = BTreeMap::new();
        for head in heads {
            let draft = revision_at(self.reader, self.project, &head, self.release.cut).await?;
            found.extend(draft.map(|draft| (head.id(), draft)));
        }
        for id in single {
            let draft = found.remove(&id);
            copies.add(id, draft);
        }
        Ok(())
    }

    async fn make(
        &self,
        pages: &[PageId],
        page: &PageId,
        locale: &Locale,
        copies: &mut Copies,
    ) -> Result<Built, PublishError> {
        loop {
            match flatten(&self.structure, &self.terms, copies, locale, page) {
                Ok(flat) => {
                    let made = self.bucket.keeps_sources().then(|| self.values(page, locale, copies));
                    return Ok(Built { values: made, ..self.built(page, locale, flat) });
                }
                Err(unread) => self.read_more(pages, unread, copies).await?,
            }
        }
    }

    fn built(&self, page: &PageId, locale: &Locale, flat: Flat) -> Built {
        let body = to_json(&flat.file);
        let sha256 = sha256_hex(&body);
        let live = self.base.as_ref().and_then(|base| base.file(locale, page));
        let same = live.filter(|file| file.sha256 == sha256);
        let number = same.map_or(self.release.release, |file| file.number);
        let (left_out, simplified) = (flat.left_out, flat.simplified);
        let bytes = body.len() as u64;
        let html = flat.html;
        let entry = FileEntry { number, cut: self.release.cut, bytes, sha256, left_out, simplified, html };
        let body = same.is_none().then_some(body);
        let (page, locale) = (page.clone(), locale.clone());
        Built {
            page,
            locale,
            entry,
            body,
            values: None,
            names: flat.names,
            remarks: flat.remarks,
            blocked: flat.blocked,
        }
    }

    /// What a file was made of; its bytes where they are not kept already.
    fn values(&self, page: &PageId, locale: &Locale, copies: &Copies) -> Values {
        let body = to_json(&sources::values(&self.structure, copies, locale, page));
        let digest = sha256_hex(&body);
        let is_kept = self.base_sources.as_ref().and_then(|base| base.digest(page, locale)) == Some(&digest);
        Values { digest, body: (!is_kept).then_some(body) }
    }

    /// Keeps what the release was made of: the files that were built, and for the others what they were made of before.
    pub(crate) async fn keep_sources(
        &self,
        file: &ReleaseFile,
        made: Vec<(PageId, Locale, String)>,
    ) -> Result<(), PublishError> {
        let Release { release, cut, .. } = *self.release;
        let whole = self.bucket.keeps_sources().then(|| SourceRelease::of(&self.structure, self.project, release, cut));
        let Some(mut whole) = whole.flatten() else { return Ok(()) };
        for (page, locale, _) in file.each() {
            if let Some(digest) = self.base_sources.as_ref().and_then(|base| base.digest(page, locale)) {
                whole.put(page, locale, digest.clone());
            }
        }
        for (page, locale, digest) in made {
            whole.put(&page, &locale, digest);
        }
        let key = SourceKey::Release(self.project.clone(), release);
        Ok(self.bucket.put_source(&key, to_json(&whole)).await?)
    }

    /// Of a large site, writes the manifests by locale; those that are as they were keep their number.
    pub(crate) async fn write_manifests(&self, file: &mut ReleaseFile) -> Result<(), PublishError> {
        if !file.is_large() {
            return Ok(());
        }
        for locale in file.locales.clone() {
            let manifest = file.manifest(&locale);
            let before = self.base.as_ref().and_then(|base| Some((base, *base.manifests.get(&locale)?)));
            let same = before.filter(|(base, _)| base.manifest(&locale) == manifest);
            let number = same.map_or(file.release, |(_, number)| number);
            if same.is_none() {
                let key = ObjectKey::Manifest(self.project.clone(), locale.clone(), number);
                self.bucket.put_immutable(&key, to_json(&manifest)).await?;
            }
            file.manifests.insert(locale, number);
        }
        Ok(())
    }

    async fn write(&self, mut built: Built, blocked: bool) -> Result<Built, PublishError> {
        if let Some(values) = built.values.as_mut().filter(|_| !blocked)
            && let Some(body) = values.body.take()
        {
            self.bucket.put_source(&SourceKey::Values(self.project.clone(), values.digest.clone()), body).await?;
        }
        if let Some(body) = built.body.as_ref().filter(|_| !blocked) {
            let number = built.entry.number;
            let key = ObjectKey::Page(self.project.clone(), built.locale.clone(), built.page.clone(), number);
            self.bucket.put_immutable(&key, body.clone()).await?;
        }
        Ok(built)
    }
}
