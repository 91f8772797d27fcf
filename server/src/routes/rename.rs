//! Entries and pages under another name: with their texts in every locale, and with their history, which goes on at the
//! name before (`EntryInfo::was`).
//!
//! A rename is a few steps, most of the time one, each a transaction that stands on the project as it was read: nothing
//! that is saved meanwhile stays behind or is overwritten. Asked again, it goes on where it ended; until it has ended,
//! nothing is published.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use copydesk_schema::change::{DraftId, EntryAt, EntryInfo, PageInfo};
use copydesk_schema::structure::{Head, Page as Home};
use copydesk_schema::table::DraftItem;
use copydesk_schema::{Actor, Change, EntryKey, Locale, PageId, ProjectId, Seq, Structure};
use copydesk_store::{Expect, Op, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::projects::op;
use crate::extract::{Json, Path};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// Texts that move in one transaction: each takes four writes of its 99, and four are the entry's own.
const TOGETHER: usize = 23;
/// Their bytes: a transaction takes 3 MB, and each text is in four of its writes.
const BYTES: usize = 512 * 1024;
/// How often a step is tried that meets somebody's change.
const TRIES: usize = 40;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(40);
/// Pages that follow in one transaction.
const NEIGHBOURS: usize = 20;
/// Places that are told of, at most.
const PLACES: usize = 100;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(rename_entry)).routes(routes!(rename_page))
}

/// Where an entry shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EntryName {
    /// Its page from now on; where it is when absent.
    page: Option<PageId>,
    /// Its key from now on.
    key: EntryKey,
}

/// What a page shall be called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PageName {
    /// Its name from now on.
    page: PageId,
}

/// What was renamed.
#[derive(Serialize, ToSchema)]
struct Renamed {
    /// Texts that moved, in all locales.
    moved: usize,
    /// Entries whose texts refer to the name before, at most 100: these have to be written anew.
    referring: Vec<DraftId>,
}

/// Gives an entry another key, or another page. Sites show it once its new key is in their pages and it is published.
#[utoipa::path(post, path = "/projects/{project}/pages/{page}/entries/{key}/rename", params(("project" = ProjectId, Path), ("page" = PageId, Path), ("key" = EntryKey, Path)), request_body = EntryName, responses((status = 200, body = Renamed), Failures))]
async fn rename_entry(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page, key)): Path<(ProjectId, PageId, EntryKey)>,
    Json(to): Json<EntryName>,
) -> Result<Json<Renamed>, Problem> {
    let from = EntryAt { page, key };
    let to = EntryAt { page: to.page.unwrap_or_else(|| from.page.clone()), key: to.key };
    if from.key.is_term() != to.key.is_term() {
        return Err(Problem::new(
            Kind::InvalidBody,
            "a term stays a term: its key begins with a hyphen, others do not",
        ));
    }
    let moving = Moving { app, project, by };
    finish(async move {
        let moved = moving.go(&What::Entry(from.clone(), to.clone())).await?;
        Ok(Renamed { moved, referring: moving.referring(&from, &to).await? })
    })
    .await
}

/// Gives a page another name, with all its entries.
#[utoipa::path(post, path = "/projects/{project}/pages/{page}/rename", params(("project" = ProjectId, Path), ("page" = PageId, Path)), request_body = PageName, responses((status = 200, body = Renamed), Failures))]
async fn rename_page(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Json(PageName { page: to }): Json<PageName>,
) -> Result<Json<Renamed>, Problem> {
    let moving = Moving { app, project, by };
    finish(async move { Ok(Renamed { moved: moving.go(&What::Page(page, to)).await?, referring: Vec::new() }) }).await
}

/// Goes on when the client does not wait: half a rename is nothing that anybody wants.
async fn finish(
    work: impl Future<Output = Result<Renamed, Problem>> + Send + 'static,
) -> Result<Json<Renamed>, Problem> {
    tokio::spawn(work).await.map_err(|error| Problem::fault(&error))?.map(Json)
}

struct Moving {
    app: App,
    project: ProjectId,
    by: Actor,
}

/// What is renamed, and to what.
enum What {
    Entry(EntryAt, EntryAt),
    Page(PageId, PageId),
}

/// What is done next, and how many texts move by it.
struct Step {
    ops: Vec<Op>,
    moved: usize,
    /// Whether it is the last.
    last: bool,
}

impl Moving {
    fn op(&self, change: Change) -> Op {
        op(change, self.by.clone())
    }

    /// Takes steps until the last one. Each stands on the project as it was read: where anything happens in between, it
    /// is read again.
    async fn go(&self, what: &What) -> Result<usize, Problem> {
        let (mut moved, mut tries) = (0, 0);
        loop {
            let (known, tip) = self.app.structures.now(&self.app.reader, &self.project).await?;
            if known.structure.existing_project().is_none() {
                return Err(Problem::not_found(format!("project {}", self.project)));
            }
            let structure = &known.structure;
            let step = match what {
                What::Entry(from, to) => self.entry_step(structure, from, to).await,
                What::Page(from, to) => self.page_step(structure, from, to).await,
            };
            let Step { ops, moved: with_it, last } = step?;
            match self.commit(ops, tip).await {
                Ok(()) => (moved, tries) = (moved + with_it, 0),
                Err(WriteError::Stale(_)) if tries < TRIES => {
                    tries += 1;
                    tokio::time::sleep(PAUSE.mul_f64(fastrand::f64())).await;
                    continue;
                }
                Err(WriteError::Stale(_)) => {
                    return Err(Problem::new(
                        Kind::Unavailable,
                        "the project is being written all the time; try again",
                    ));
                }
                Err(error) => return Err(error.into()),
            }
            if last {
                return Ok(moved);
            }
        }
    }

    async fn commit(&self, ops: Vec<Op>, tip: Seq) -> Result<(), WriteError> {
        if ops.is_empty() {
            return Ok(());
        }
        self.app.writer.commit_upon(&self.project, ops, tip).await.map(drop)
    }

    /// The next step of a page: it is made, its entries move, then what names it follows, then the name before goes.
    async fn page_step(&self, structure: &Structure, from: &PageId, to: &PageId) -> Result<Step, Problem> {
        let step = |change| Step { ops: vec![self.op(change)], moved: 0, last: false };
        let taken = structure.page(to);
        let is_ours = |taken: &Home| taken.head.info.was.as_ref() == Some(from);
        let Some(home) = structure.page(from) else {
            // Asked for once more, after it was done.
            return match taken.filter(|taken| is_ours(taken)) {
                Some(_) => Ok(Step { ops: Vec::new(), moved: 0, last: true }),
                None => Err(Problem::not_found(format!("page {from} in project {}", self.project))),
            };
        };
        match taken {
            Some(taken) if !is_ours(taken) || taken.head.born < home.head.born => {
                return Err(Problem::new(Kind::Taken, format!("there is a page {to} already")));
            }
            Some(_) => {}
            None => {
                self.terms_fit(structure, from, home).await?;
                let info = PageInfo { note: home.head.info.note.clone(), next: Vec::new(), was: Some(from.clone()) };
                return Ok(step(Change::PagePut { page: to.clone(), info }));
            }
        }
        if let Some((key, _)) = home.existing_entries().next() {
            let at = |page: &PageId| EntryAt { page: page.clone(), key: key.clone() };
            let entry = self.entry_step(structure, &at(from), &at(to)).await?;
            return Ok(Step { last: false, ..entry });
        }
        let ops = self.neighbours(structure, from, to);
        if !ops.is_empty() {
            return Ok(Step { ops, moved: 0, last: false });
        }
        Ok(Step { last: true, ..step(Change::PageDeleted { page: from.clone() }) })
    }

    /// Terms are unique in their project: each has to move in one step.
    async fn terms_fit(&self, structure: &Structure, page: &PageId, home: &Home) -> Result<(), Problem> {
        for (key, _) in home.existing_entries().filter(|(key, _)| key.is_term()) {
            let at = EntryAt { page: page.clone(), key: key.clone() };
            let mut texts = self.texts(structure, &at, &at).await?;
            let whole = texts.len();
            if next_of(&mut texts).len() < whole {
                return Err(term_too_large(key));
            }
        }
        Ok(())
    }

    /// Pages that name this one as likely to be next, and those that are next after it: some of them at a time.
    fn neighbours(&self, structure: &Structure, from: &PageId, to: &PageId) -> Vec<Op> {
        let renamed = |page: &PageId, next: &[PageId]| {
            let mut all: Vec<PageId> = Vec::new();
            for one in next.iter().map(|one| if one == from { to } else { one }) {
                if one != page && structure.page(one).is_some() && !all.contains(one) {
                    all.push(one.clone());
                }
            }
            all
        };
        let set = |page: &PageId, next: Vec<PageId>| self.op(Change::NextSet { page: page.clone(), next });
        let own = structure.page(from).map(|home| renamed(to, &home.head.info.next)).unwrap_or_default();
        let is_set = structure.page(to).is_some_and(|page| page.head.info.next == own);
        let naming =
            structure.existing_pages().filter(|(page, other)| *page != from && other.head.info.next.contains(from));
        let naming = naming.map(|(page, other)| set(page, renamed(page, &other.head.info.next)));
        (!is_set).then(|| set(to, own)).into_iter().chain(naming).take(NEIGHBOURS).collect()
    }

    /// The next step of an entry: with the first it is made, with the last the name before goes.
    async fn entry_step(&self, structure: &Structure, from: &EntryAt, to: &EntryAt) -> Result<Step, Problem> {
        if structure.page(&to.page).is_none() {
            return Err(Problem::not_found(format!("page {} in project {}", to.page, self.project)));
        }
        let taken = structure.entry(&to.page, &to.key);
        let is_ours = |taken: &Head<EntryInfo>| taken.info.was.as_ref() == Some(from);
        let Some(known) = structure.entry(&from.page, &from.key) else {
            return match taken.filter(|taken| is_ours(taken)) {
                Some(_) => Ok(Step { ops: Vec::new(), moved: 0, last: true }),
                None => Err(Problem::not_found(format!("entry {} on page {}", from.key, from.page))),
            };
        };
        // What was renamed before, and whose name before came to be again since, is another entry.
        if taken.is_some_and(|taken| !is_ours(taken) || taken.born < known.born) || from == to {
            return Err(Problem::new(Kind::Taken, format!("there is an entry {} on page {} already", to.key, to.page)));
        }
        let mut rest = self.texts(structure, from, to).await?;
        let texts = next_of(&mut rest);
        let is_same_term = from.key == to.key && from.key.is_term();
        if is_same_term && !rest.is_empty() {
            return Err(term_too_large(&from.key));
        }
        let info = EntryInfo { was: Some(from.clone()), ..known.info.clone() };
        let put = Change::EntryPut { page: to.page.clone(), key: to.key.clone(), info };
        let put = taken.is_none().then(|| self.op(put));
        let remove = Change::EntryDeleted { page: from.page.clone(), key: from.key.clone() };
        let (last, moved) = (rest.is_empty(), texts.len());
        let remove = last.then(|| self.op(remove));
        let (saved, emptied): (Vec<Op>, Vec<Op>) = texts.into_iter().map(|text| text.pair(&self.by)).unzip();
        let ops = if is_same_term {
            emptied.into_iter().chain(remove).chain(put).chain(saved).collect()
        } else {
            put.into_iter().chain(saved).chain(emptied).chain(remove).collect()
        };
        Ok(Step { ops, moved, last })
    }

    /// The texts that there are under the name before, the oldest first, so that what was newer than another stays so.
    async fn texts(&self, structure: &Structure, from: &EntryAt, to: &EntryAt) -> Result<Vec<Text>, Problem> {
        let locales: Vec<&Locale> = structure.existing_locales().map(|(locale, _)| locale).collect();
        let at = |locale: &Locale, at: &EntryAt| DraftId {
            locale: locale.clone(),
            page: at.page.clone(),
            key: at.key.clone(),
        };
        let mut ids: Vec<DraftId> = locales.iter().flat_map(|locale| [at(locale, from), at(locale, to)]).collect();
        ids.dedup();
        let found = self.app.reader.drafts_of(&self.project, &ids).await?;
        let found: BTreeMap<DraftId, DraftItem> = found.into_iter().map(|draft| (draft.id(), draft)).collect();
        let exists = |draft: &DraftItem| {
            draft.value.is_some() && structure.draft_floor(&draft.id()).is_some_and(|floor| draft.seq > floor)
        };
        let mut texts = Vec::new();
        for locale in locales {
            let Some(draft) = found.get(&at(locale, from)).filter(|draft| exists(draft)) else { continue };
            let place = at(locale, to);
            let there = found.get(&place);
            if from != to && there.is_some_and(exists) {
                let detail = format!("there is a text in {locale} under both names: empty one of them, then go on");
                return Err(Problem::new(Kind::Taken, detail));
            }
            let there = there.map_or(Seq::NONE, |there| there.seq);
            texts.push(Text { draft: draft.clone(), place, there });
        }
        texts.sort_by_key(|text| text.draft.seq);
        Ok(texts)
    }

    /// Entries whose texts name this one; and where it went to another page, its own that name what it left there.
    async fn referring(&self, from: &EntryAt, to: &EntryAt) -> Result<Vec<DraftId>, Problem> {
        let (known, tip) = self.app.structures.now(&self.app.reader, &self.project).await?;
        let drafts = self.app.texts.now(&self.app.reader, &self.project, &known.structure, tip).await?;
        let is_same_term = from.key == to.key && from.key.is_term();
        let mut all: Vec<DraftId> = Vec::new();
        if !is_same_term {
            all.extend(drafts.referring(&known.structure, from).take(PLACES));
        }
        if from.page != to.page {
            let left = known.structure.page(&from.page).into_iter().flat_map(Home::existing_entries);
            let left: Vec<&EntryKey> = left.map(|(key, _)| key).filter(|key| !key.is_term()).collect();
            all.extend(drafts.naming(to, &left).take(PLACES));
        }
        all.truncate(PLACES);
        Ok(all)
    }
}

fn term_too_large(key: &EntryKey) -> Problem {
    let detail = format!("the term {key} has texts in more than {TOGETHER} locales: such a term keeps its page");
    Problem::new(Kind::LimitExceeded, detail)
}

/// A text that moves.
struct Text {
    draft: DraftItem,
    place: DraftId,
    /// The last event at its new place.
    there: Seq,
}

impl Text {
    /// Saving it there, and emptying it here.
    fn pair(self, by: &Actor) -> (Op, Op) {
        let here = self.draft.id();
        let value = self.draft.value.expect("only texts that there are move");
        let saved = Change::DraftSaved { at: self.place, value, restored_from: Some(self.draft.seq) };
        let saved = Op { expect: Expect::Head(self.there), ..op(saved, by.clone()) };
        let emptied = Op { expect: Expect::Head(self.draft.seq), ..op(Change::DraftDeleted { at: here }, by.clone()) };
        (saved, emptied)
    }
}

/// Takes as many texts as fit into one transaction.
fn next_of(texts: &mut Vec<Text>) -> Vec<Text> {
    let mut bytes = 0;
    let sizes = texts.iter().map(|text| text.draft.value.as_ref().map_or(0, |value| value.as_str().len()));
    let fits = sizes.take(TOGETHER).take_while(|size| {
        bytes += size;
        bytes <= BYTES
    });
    // One text alone always does.
    let count = fits.count().max(1).min(texts.len());
    texts.drain(..count).collect()
}

/// A rename that has begun and not ended; publishing it would show half of it.
pub(super) fn unfinished(structure: &Structure) -> Option<String> {
    for (id, page) in structure.existing_pages() {
        let before = page.head.info.was.as_ref();
        if let Some(was) = before.filter(|was| structure.page(was).is_some_and(|old| old.head.born < page.head.born)) {
            return Some(format!("page {was} is being renamed to {id}"));
        }
        for (key, entry) in page.existing_entries() {
            let Some(was) = &entry.info.was else { continue };
            if structure.entry(&was.page, &was.key).is_some_and(|old| old.born < entry.born) {
                return Some(format!("entry {} on page {} is being renamed to {key}", was.key, was.page));
            }
        }
    }
    None
}
