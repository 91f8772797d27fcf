//! Locales, pages and entries of the projects that were asked for lately, kept up by the log:
//! reading them whole costs more than most requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use copydesk_schema::{EntryKey, PageId, ProjectId, Seq, Structure};
use copydesk_store::{Reader, StoreError};

use crate::state::App;

/// Projects that are kept; forgotten all at once when there are more.
const KEPT: usize = 64;
/// Following more events than this costs more than reading everything.
const FARTHEST: u64 = 2_000;

/// A project's structure.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) structure: Arc<Structure>,
    /// Where each term is at home.
    pub(crate) terms: Arc<BTreeMap<EntryKey, PageId>>,
}

/// The structures that are kept. Cheap to clone.
#[derive(Clone, Default)]
pub struct Structures(Arc<Mutex<HashMap<ProjectId, Known>>>);

impl Structures {
    /// A project's structure as of now, and the newest event.
    pub(crate) async fn now(&self, reader: &Reader, project: &ProjectId) -> Result<(Known, Seq), StoreError> {
        let tip = reader.tip(project).await?;
        let known = self.kept(project).filter(|known| known.structure.changed <= tip.structure_seq);
        let structure = match known {
            Some(known) if known.structure.changed == tip.structure_seq => return Ok((known, tip.seq)),
            Some(known) if tip.seq.0 - known.structure.changed.0 <= FARTHEST => {
                let mut structure = known.structure;
                let changed = structure.changed;
                let events = reader.events_through(project, changed, tip.structure_seq).await?;
                let followed = Arc::make_mut(&mut structure);
                for event in &events {
                    followed.apply(event);
                }
                structure
            }
            // Where it knew more than there is, the table was restored.
            _ => Arc::new(reader.structure(project).await?.0),
        };
        Ok((self.keep(project, structure), tip.seq))
    }

    /// A project's structure as it was moments ago: for what a save is told, not for what it does.
    pub(crate) async fn lately(&self, app: &App, project: &ProjectId) -> Result<Known, StoreError> {
        match app.writer.structure(project) {
            Some(structure) => match self.kept(project) {
                Some(known) if known.structure.changed == structure.changed => Ok(known),
                _ => Ok(self.keep(project, structure)),
            },
            None => Ok(self.now(&app.reader, project).await?.0),
        }
    }

    fn kept(&self, project: &ProjectId) -> Option<Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(project).cloned()
    }

    fn keep(&self, project: &ProjectId, structure: Arc<Structure>) -> Known {
        let known = Known { terms: Arc::new(structure.terms()), structure };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT && !all.contains_key(project) {
            all.clear();
        }
        if known.structure.project.is_some() {
            all.insert(project.clone(), known.clone());
        }
        known
    }
}
