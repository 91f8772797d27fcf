//! What is saved and not live: what the next publish would bring.
//!
//! The live release's file says which point in the log each page file shows; the log says what was
//! written then. Only files that some event may have changed since are compared; the publisher's
//! fold of the log says which.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use copydesk_schema::change::DraftId;
use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::message::{Message, kind_shown, to_ftl};
use copydesk_schema::table::ReleaseHead;
use copydesk_schema::{EntryKey, Event, Locale, PageId, Pattern, ProjectId, ReleaseNumber, Seq, Structure};
use copydesk_store::cut::{drafts_at, structure_at};
use copydesk_store::reader::covered;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::state::App;

/// Files compared at the same time.
const PARALLEL: usize = 8;
/// Looking at every file costs less than reading more events than this.
const LONGEST_TAIL: u64 = 5_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_changes))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only this locale.
    locale: Option<Locale>,
    /// Only this page.
    page: Option<PageId>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many items: 1 to 1000, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
struct Changes {
    /// The release that is live; absent when none is.
    live: Option<ReleaseNumber>,
    /// The newest event that was looked at: publish with this `seq` to get exactly these changes.
    seq: Seq,
    /// How many there are.
    counts: Counts,
    /// The changes, by locale, page and key.
    items: Vec<Item>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
}

#[derive(Default, Serialize, ToSchema)]
#[schema(as = ChangeCounts)]
struct Counts {
    total: usize,
    locales: BTreeMap<Locale, usize>,
    pages: BTreeMap<PageId, usize>,
}

/// One entry whose draft is not what sites show.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ChangedEntry)]
struct Item {
    locale: Locale,
    page: PageId,
    key: EntryKey,
    /// What sites show in this very locale; null for nothing of its own.
    live: Option<Pattern>,
    /// What is saved; null for nothing.
    draft: Option<Pattern>,
    /// The draft's version; absent for nothing saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Seq>,
}

type File = (Locale, PageId);

/// What is saved and not live.
#[utoipa::path(get, path = "/projects/{project}/changes", params(("project" = ProjectId, Path), Filter), responses((status = 200, body = Changes), Failures))]
async fn list_changes(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(filter): Query<Filter>,
) -> Result<Json<Changes>, Problem> {
    let (structure, tip) = app.reader.structure(&project).await?;
    if structure.existing_project().is_none() {
        return Err(Problem::not_found(format!("project {project}")));
    }
    if let Some(locale) = filter.locale.as_ref().filter(|locale| !structure.locales.contains_key(locale)) {
        return Err(Problem::not_found(format!("locale {locale} in project {project}")));
    }
    if let Some(page) = filter.page.as_ref().filter(|page| !structure.pages.contains_key(page)) {
        return Err(Problem::not_found(format!("page {page} in project {project}")));
    }
    let head = app.reader.release_head(&project).await?;
    let live = live_release(&app, &project, &head).await?;
    // A live release that the table does not know of: the table was restored, its cuts mean nothing.
    let known = match &live {
        Some(live) => app.reader.release(&project, live.release).await?.is_some(),
        None => false,
    };
    let mut files = candidates(&app, &project, &structure, tip.seq, live.as_ref().filter(|_| known)).await?;
    files.extend(gone(&structure, live.as_ref()));
    files.retain(|(locale, page)| {
        filter.locale.as_ref().is_none_or(|only| only == locale) && filter.page.as_ref().is_none_or(|only| only == page)
    });
    // What is saved while this is read is not in it: the answer is the state at `seq`.
    let tail = app.reader.events_through(&project, covered(tip.seq), tip.seq).await?;
    let now = At { structure: Arc::new(structure), seq: tip.seq };
    let comparing =
        Comparing { app: &app, project: &project, tail, then: Mutex::default(), live: live.as_ref(), known };
    let compared: Vec<Vec<Item>> =
        stream::iter(files).map(|file| comparing.compare(&now, file)).buffered(PARALLEL).try_collect().await?;
    let items: Vec<Item> = compared.into_iter().flatten().collect();
    let counts = count(&items);
    let paging = Paging { cursor: filter.cursor, limit: filter.limit };
    let page = Page::of(items, &paging, |item| format!("{} {} {}", item.locale, item.page, item.key))?;
    let live = live.map(|live| live.release);
    Ok(Json(Changes { live, seq: tip.seq, counts, items: page.items, next: page.next }))
}

/// The files of the live release.
pub(super) async fn live_release(
    app: &App,
    project: &ProjectId,
    head: &ReleaseHead,
) -> Result<Option<ReleaseFile>, Problem> {
    if head.live == ReleaseNumber::NONE {
        return Ok(None);
    }
    Ok(Some(app.delivered.release(project, head.live).await?))
}

/// The files in which a change may be.
async fn candidates(
    app: &App,
    project: &ProjectId,
    structure: &Structure,
    tip: Seq,
    live: Option<&ReleaseFile>,
) -> Result<BTreeSet<File>, Problem> {
    let fold = app.reader.fold(project).await?;
    let mut dirty: BTreeMap<File, Seq> = BTreeMap::new();
    let mut everything = live.is_none() || tip.0.saturating_sub(fold.seq.0) > LONGEST_TAIL;
    if !everything {
        for (locale, _) in structure.existing_locales() {
            let items = app.reader.files(project, locale).await?;
            dirty.extend(items.into_iter().map(|item| ((item.locale, item.page), item.dirty_seq)));
        }
        for event in app.reader.events_through(project, fold.seq, tip).await? {
            match event.change.draft() {
                Some(id) => drop(dirty.insert((id.locale.clone(), id.page.clone()), event.seq)),
                None => everything |= event.change.is_structural() && !event.change.is_access(),
            }
        }
    }
    let mut files = BTreeSet::new();
    for (page, _) in structure.existing_pages() {
        for (locale, _) in structure.existing_locales() {
            let file = (locale.clone(), page.clone());
            let shows = live.and_then(|live| live.file(locale, page)).map(|file| file.cut);
            let changed = dirty.get(&file).copied().unwrap_or_default().max(fold.floor);
            if everything || shows.is_none_or(|cut| changed > cut) {
                files.insert(file);
            }
        }
    }
    Ok(files)
}

/// What is live and does not exist any more.
fn gone(structure: &Structure, live: Option<&ReleaseFile>) -> Vec<File> {
    let all = live.into_iter().flat_map(ReleaseFile::each).map(|(page, locale, _)| (locale.clone(), page.clone()));
    all.filter(|(locale, page)| structure.locale(locale).is_none() || structure.page(page).is_none()).collect()
}

/// A point in the log.
#[derive(Clone)]
struct At {
    structure: Arc<Structure>,
    seq: Seq,
}

struct Comparing<'c> {
    app: &'c App,
    project: &'c ProjectId,
    /// The newest events: a query may have missed one.
    tail: Vec<Event>,
    /// The points that live files show: few, since every publish moves all files of its scope.
    then: Mutex<BTreeMap<Seq, Arc<Structure>>>,
    live: Option<&'c ReleaseFile>,
    /// Whether the table knows of the live release.
    known: bool,
}

impl Comparing<'_> {
    async fn compare(&self, now: &At, (locale, page): File) -> Result<Vec<Item>, Problem> {
        let live = self.shown(&locale, &page).await?;
        let draft = self.own(now, &locale, &page).await?;
        let keys: BTreeSet<EntryKey> = live.keys().chain(draft.keys()).cloned().collect();
        let items = keys.into_iter().map(|key| Item {
            locale: locale.clone(),
            page: page.clone(),
            live: live.get(&key).map(|(_, value)| value.clone()),
            draft: draft.get(&key).map(|(_, value)| value.clone()),
            version: draft.get(&key).map(|(seq, _)| *seq),
            key,
        });
        Ok(items.filter(|item| item.live != item.draft).collect())
    }

    /// What is live in this very locale.
    async fn shown(&self, locale: &Locale, page: &PageId) -> Result<BTreeMap<EntryKey, (Seq, Pattern)>, Problem> {
        let Some(file) = self.live.and_then(|live| live.file(locale, page)) else { return Ok(BTreeMap::new()) };
        // A cut of 0 was taken over from a release of which the table knew nothing.
        if self.known && file.cut != Seq::NONE {
            let at = At { structure: self.structure_at(file.cut).await?, seq: file.cut };
            return self.own(&at, locale, page).await;
        }
        // The file itself is all that is known: its references are filled in.
        let file = self.app.delivered.page(self.project, locale, page, file.number).await?;
        let source = |message: &Message| Pattern::from_stored(&to_ftl(message, kind_shown(message)));
        Ok(file.copy.iter().map(|(key, message)| (key.clone(), (Seq::NONE, source(message)))).collect())
    }

    async fn structure_at(&self, seq: Seq) -> Result<Arc<Structure>, Problem> {
        if let Some(known) = self.then.lock().unwrap_or_else(PoisonError::into_inner).get(&seq) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(structure_at(&self.app.reader, self.project, seq).await?);
        self.then.lock().unwrap_or_else(PoisonError::into_inner).insert(seq, Arc::clone(&made));
        Ok(made)
    }

    /// The values of a page in a locale at a point in the log.
    async fn own(
        &self,
        at: &At,
        locale: &Locale,
        page: &PageId,
    ) -> Result<BTreeMap<EntryKey, (Seq, Pattern)>, Problem> {
        let tail: Vec<Event> = self.tail.iter().filter(|event| event.seq <= at.seq).cloned().collect();
        let drafts = drafts_at(&self.app.reader, self.project, locale, (page, page), at.seq, &tail).await?;
        let exists = |id: &DraftId, seq: Seq| at.structure.draft_floor(id).is_some_and(|floor| seq > floor);
        let values = drafts.into_iter().filter(|(id, draft)| exists(id, draft.seq));
        Ok(values.filter_map(|(id, draft)| Some((id.key, (draft.seq, draft.value?)))).collect())
    }
}

fn count(items: &[Item]) -> Counts {
    let mut counts = Counts { total: items.len(), ..Counts::default() };
    for item in items {
        *counts.locales.entry(item.locale.clone()).or_default() += 1;
        *counts.pages.entry(item.page.clone()).or_default() += 1;
    }
    counts
}
