//! What the projects have, what was seen of it, and what is said of that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use copydesk_popularity::Counts;
use copydesk_schema::table::{Key, KeyRange, Thing};
use copydesk_schema::{Actor, Change, Credential, PageId, ProjectId};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op, Reader, StoreError, WriteError, Writer};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::logs::Seen;

/// Fewer views of a project say nothing.
const LEAST: u64 = 100;
/// Names that are no projects' are asked for until there were so many: anybody can make them up.
const UNKNOWN: usize = 10_000;
/// Pages that are written at the same time.
const AT_ONCE: usize = 20;

/// Projects with views.
pub(crate) struct Projects {
    reader: Reader,
    /// `None`: there is no such project.
    all: HashMap<ProjectId, Option<Project>>,
    unknown: usize,
}

struct Project {
    /// Its pages, with what is said of them now.
    next: BTreeMap<PageId, Vec<PageId>>,
    counts: Counts<PageId>,
}

impl Projects {
    pub(crate) fn new(reader: Reader) -> Self {
        Self { reader, all: HashMap::new(), unknown: 0 }
    }

    /// Counts the views of pages that there are, and says how many that were.
    pub(crate) async fn count(&mut self, seen: Seen) -> Result<u64, StoreError> {
        let mut counted = 0;
        for ((project, view), times) in seen {
            self.look_for(&project).await?;
            let Some(Some(project)) = self.all.get_mut(&project) else { continue };
            let is_there = |page: &PageId| project.next.contains_key(page);
            if is_there(&view.page) && view.previous.as_ref().is_none_or(is_there) {
                project.counts.add_times(view, times);
                counted += times;
            }
        }
        Ok(counted)
    }

    async fn look_for(&mut self, project: &ProjectId) -> Result<(), StoreError> {
        if self.all.contains_key(project) || self.unknown >= UNKNOWN {
            return Ok(());
        }
        let found = Project::read(&self.reader, project).await?;
        self.unknown += usize::from(found.is_none());
        self.all.insert(project.clone(), found);
        Ok(())
    }

    /// Says what is likely to be next, where that is something else than before: of how many projects there was enough to say,
    /// and of how many pages something else is said.
    pub(crate) async fn say(self, writer: &Writer) -> Result<(usize, usize), WriteError> {
        let (mut projects, mut changed, mut failed) = (0, 0, None);
        for (id, project) in self.all {
            let Some(project) = project.filter(|project| project.counts.views() >= LEAST) else { continue };
            projects += 1;
            let said = stream::iter(project.changes()).map(|change| say(writer, &id, change));
            let sum = said.buffer_unordered(AT_ONCE).try_fold(0, async |sum, is_said| Ok(sum + usize::from(is_said)));
            match sum.await {
                Ok(sum) => changed += sum,
                // The others are not held up by one.
                Err(error) => {
                    tracing::error!(%error, project = %id, "a project is left as it is");
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok((projects, changed)), Err)
    }
}

impl Project {
    async fn read(reader: &Reader, project: &ProjectId) -> Result<Option<Self>, StoreError> {
        let head = reader.head(&Key::Project(project)).await?;
        if head.is_none_or(|head| head.deleted) {
            return Ok(None);
        }
        let heads = reader.heads(&KeyRange::pages(project)).await?;
        let pages = heads.into_iter().filter(|head| !head.deleted).filter_map(|head| match head.thing {
            Thing::Page { page, info } => Some((page, info.next)),
            _ => None,
        });
        Ok(Some(Self { next: pages.collect(), counts: Counts::default() }))
    }

    /// Another order alone is no change: each makes new files, in every locale.
    fn changes(&self) -> Vec<Change> {
        let there: BTreeSet<&PageId> = self.next.keys().collect();
        let likely = self.next.iter().map(|(page, next)| (page, next, self.counts.likely_among(page, &there)));
        let all = |pages: &[PageId]| pages.iter().cloned().collect::<BTreeSet<PageId>>();
        let new = likely.filter(|(_, next, likely)| all(next) != all(likely));
        new.map(|(page, _, next)| Change::NextSet { page: page.clone(), next }).collect()
    }
}

/// Whether it could be said: a page that is gone meanwhile needs nothing said of it.
async fn say(writer: &Writer, project: &ProjectId, change: Change) -> Result<bool, WriteError> {
    let by = Actor {
        subject: "popularity".to_owned(),
        name: "Popularity".to_owned(),
        credential: Credential::Owner,
        request: String::new(),
    };
    let save_id = format!("popularity-{:016x}", fastrand::u64(..));
    let op = Op { change, expect: Expect::Anything, along: Along::Nothing, save_id, by };
    match writer.commit(project, op).await {
        Ok(_) => Ok(true),
        Err(WriteError::Refused(refusal)) => {
            tracing::info!(%project, %refusal, "nothing is said of a page");
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
