//! Entries and pages under another name: with their texts in every locale, and with their history, which goes on at the
//! name before (`EntryInfo::was`).
//!
//! Each text moves in one transaction, and stands on the version that was read, so that nothing that is saved meanwhile
//! stays behind. What does not fit into one transaction follows in more; asked again, it goes on where it ended.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::State;
use copydesk_schema::change::{DraftId, EntryAt, EntryInfo, PageInfo};
use copydesk_schema::structure::Page as Home;
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
/// How often a move is tried that meets somebody's save.
const TRIES: usize = 8;
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
    let structure = structure(&app, &project).await?;
    if structure.page(&to.page).is_none() {
        return Err(Problem::not_found(format!("page {} in project {project}", to.page)));
    }
    if from.key.is_term() != to.key.is_term() {
        return Err(Problem::new(
            Kind::InvalidBody,
            "a term stays a term: its key begins with a hyphen, others do not",
        ));
    }
    let moving = Moving { app: &app, project: &project, structure: &structure, by: &by };
    let moved = moving.entry(&from, &to).await?;
    let referring = if from.key == to.key && from.key.is_term() { Vec::new() } else { moving.referring(&from).await? };
    Ok(Json(Renamed { moved, referring }))
}

/// Gives a page another name, with all its entries.
#[utoipa::path(post, path = "/projects/{project}/pages/{page}/rename", params(("project" = ProjectId, Path), ("page" = PageId, Path)), request_body = PageName, responses((status = 200, body = Renamed), Failures))]
async fn rename_page(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, page)): Path<(ProjectId, PageId)>,
    Json(PageName { page: to }): Json<PageName>,
) -> Result<Json<Renamed>, Problem> {
    let structure = structure(&app, &project).await?;
    let moving = Moving { app: &app, project: &project, structure: &structure, by: &by };
    Ok(Json(Renamed { moved: moving.page(&page, &to).await?, referring: Vec::new() }))
}

async fn structure(app: &App, project: &ProjectId) -> Result<std::sync::Arc<Structure>, Problem> {
    let structure = app.structures.now(&app.reader, project).await?.0.structure;
    match structure.existing_project() {
        Some(_) => Ok(structure),
        None => Err(Problem::not_found(format!("project {project}"))),
    }
}

struct Moving<'m> {
    app: &'m App,
    project: &'m ProjectId,
    structure: &'m Structure,
    by: &'m Actor,
}

impl Moving<'_> {
    async fn page(&self, from: &PageId, to: &PageId) -> Result<usize, Problem> {
        let missing = || Problem::not_found(format!("page {from} in project {}", self.project));
        let home = self.structure.page(from).ok_or_else(missing)?;
        if let Some(taken) = self.structure.page(to) {
            // A page that is there already is one that this was asked for before.
            let own = |(_, head): (&EntryKey, _)| was(head).is_some_and(|was| was.page == *from);
            if from == to || !taken.existing_entries().all(own) {
                return Err(Problem::new(Kind::Taken, format!("there is a page {to} already")));
            }
        } else {
            let info = PageInfo { note: home.head.info.note.clone(), next: Vec::new() };
            self.commit(vec![op(Change::PagePut { page: to.clone(), info }, self.by.clone())]).await?;
        }
        let mut moved = 0;
        for (key, _) in home.existing_entries() {
            let at = |page: &PageId| EntryAt { page: page.clone(), key: key.clone() };
            moved += self.entry(&at(from), &at(to)).await?;
        }
        self.commit(self.neighbours(from, to, home)).await?;
        self.commit(vec![op(Change::PageDeleted { page: from.clone() }, self.by.clone())]).await?;
        Ok(moved)
    }

    /// Pages after which this one is likely to be seen, and those that are after it.
    fn neighbours(&self, from: &PageId, to: &PageId, home: &Home) -> Vec<Op> {
        let renamed = |page: &PageId| if page == from { to.clone() } else { page.clone() };
        let set = |page: &PageId, next: &[PageId]| {
            op(Change::NextSet { page: page.clone(), next: next.iter().map(renamed).collect() }, self.by.clone())
        };
        let before = self
            .structure
            .existing_pages()
            .filter(|(page, other)| *page != from && other.head.info.next.contains(from));
        let own = (!home.head.info.next.is_empty()).then(|| set(to, &home.head.info.next));
        own.into_iter().chain(before.map(|(page, other)| set(page, &other.head.info.next))).collect()
    }

    /// Moves an entry; how many texts moved.
    async fn entry(&self, from: &EntryAt, to: &EntryAt) -> Result<usize, Problem> {
        let missing = || Problem::not_found(format!("entry {} on page {}", from.key, from.page));
        let known = self.structure.entry(&from.page, &from.key).ok_or_else(missing)?;
        let begun = match self.structure.entry(&to.page, &to.key) {
            Some(taken) if taken.info.was.as_ref() != Some(from) || from == to => {
                return Err(Problem::new(
                    Kind::Taken,
                    format!("there is an entry {} on page {} already", to.key, to.page),
                ));
            }
            taken => taken.is_some(),
        };
        let info = EntryInfo { was: Some(from.clone()), ..known.info.clone() };
        let put = Change::EntryPut { page: to.page.clone(), key: to.key.clone(), info };
        let remove = Change::EntryDeleted { page: from.page.clone(), key: from.key.clone() };
        for _ in 0..TRIES {
            let texts = self.texts(from, to).await?;
            let moved = texts.len();
            let mut chunks = chunks(texts);
            // A term is unique in its project: its old name goes with the same transaction that brings the new one.
            let is_same_term = from.key == to.key && from.key.is_term();
            if is_same_term && chunks.len() > 1 {
                let detail = format!("a term with texts in more than {TOGETHER} locales keeps its page");
                return Err(Problem::new(Kind::LimitExceeded, detail));
            }
            let last = chunks.pop().unwrap_or_default();
            let mut done = begun;
            let mut outcome = Ok(());
            for chunk in chunks {
                let first = (!done).then(|| op(put.clone(), self.by.clone()));
                let ops = first.into_iter().chain(chunk.into_iter().flat_map(|text| text.moves(self.by))).collect();
                outcome = self.commit(ops).await;
                if outcome.is_err() {
                    break;
                }
                done = true;
            }
            if outcome.is_ok() {
                outcome = self.commit(self.last(last, (!done).then_some(&put), &remove, is_same_term)).await;
            }
            match outcome {
                Ok(()) => return Ok(moved),
                Err(WriteError::Stale(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Problem::new(Kind::Unavailable, "its texts are being saved all the time; try again"))
    }

    /// The transaction after which the name before is gone.
    fn last(&self, texts: Vec<Text>, put: Option<&Change>, remove: &Change, is_same_term: bool) -> Vec<Op> {
        let make = |change: &Change| op(change.clone(), self.by.clone());
        let (saved, emptied): (Vec<Op>, Vec<Op>) = texts.into_iter().map(|text| text.pair(self.by)).unzip();
        let (put, remove) = (put.map(make), make(remove));
        if is_same_term {
            return emptied.into_iter().chain([remove]).chain(put).chain(saved).collect();
        }
        put.into_iter().chain(saved).chain(emptied).chain([remove]).collect()
    }

    async fn commit(&self, ops: Vec<Op>) -> Result<(), WriteError> {
        if ops.is_empty() {
            return Ok(());
        }
        self.app.writer.commit_together(self.project, ops).await.map(drop)
    }

    /// The texts that there are under the name before, each with what is at its place under the new one.
    async fn texts(&self, from: &EntryAt, to: &EntryAt) -> Result<Vec<Text>, Problem> {
        let locales: Vec<&Locale> = self.structure.existing_locales().map(|(locale, _)| locale).collect();
        let at = |locale: &Locale, at: &EntryAt| DraftId {
            locale: locale.clone(),
            page: at.page.clone(),
            key: at.key.clone(),
        };
        let ids: Vec<DraftId> = locales.iter().flat_map(|locale| [at(locale, from), at(locale, to)]).collect();
        let found = self.app.reader.drafts_of(self.project, &ids).await?;
        let mut found: BTreeMap<DraftId, DraftItem> = found.into_iter().map(|draft| (draft.id(), draft)).collect();
        let texts = locales.into_iter().filter_map(|locale| {
            let draft = found.remove(&at(locale, from))?;
            let floor = self.structure.draft_floor(&draft.id())?;
            let place = at(locale, to);
            let there = found.get(&place).map_or(Seq::NONE, |there| there.seq);
            (draft.value.is_some() && draft.seq > floor).then_some(Text { draft, place, there })
        });
        Ok(texts.collect())
    }

    /// Entries whose texts name this one.
    async fn referring(&self, from: &EntryAt) -> Result<Vec<DraftId>, Problem> {
        let (known, tip) = self.app.structures.now(&self.app.reader, self.project).await?;
        let drafts = self.app.texts.now(&self.app.reader, self.project, &known.structure, tip).await?;
        Ok(drafts.referring(&known.structure, from).take(PLACES).collect())
    }
}

fn was(head: &copydesk_schema::structure::Head<EntryInfo>) -> Option<&EntryAt> {
    head.info.was.as_ref()
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

    fn moves(self, by: &Actor) -> [Op; 2] {
        self.pair(by).into()
    }
}

/// Texts that fit into one transaction each.
fn chunks(texts: Vec<Text>) -> Vec<Vec<Text>> {
    let (mut chunks, mut bytes): (Vec<Vec<Text>>, usize) = (Vec::new(), 0);
    for text in texts {
        let size = text.draft.value.as_ref().map_or(0, |value| value.as_str().len());
        match chunks.last_mut().filter(|chunk| chunk.len() < TOGETHER && bytes + size <= BYTES) {
            Some(chunk) => chunk.push(text),
            None => {
                chunks.push(vec![text]);
                bytes = 0;
            }
        }
        bytes += size;
    }
    chunks
}
