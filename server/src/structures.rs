//! Locales, pages and entries of the projects that were asked for lately, kept up by the log:
//! reading them whole costs more than most requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use copydesk_schema::{EntryKey, PageId, ProjectId, Seq, Structure};
use copydesk_store::{Reader, StoreError};

/// Projects that are kept; forgotten all at once when there are more.
const KEPT: usize = 64;
/// Following more events than this costs more than reading everything.
const FARTHEST: u64 = 2_000;

/// A project's structure as of an event.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) structure: Arc<Structure>,
    /// Where each term is at home.
    pub(crate) terms: Arc<BTreeMap<EntryKey, PageId>>,
    /// The newest event that is in it.
    pub(crate) seq: Seq,
}

/// The structures that are kept. Cheap to clone.
#[derive(Clone, Default)]
pub struct Structures(Arc<Mutex<HashMap<ProjectId, Known>>>);

impl Structures {
    /// A project's structure as of now.
    pub(crate) async fn now(&self, reader: &Reader, project: &ProjectId) -> Result<Known, StoreError> {
        let tip = reader.tip(project).await?;
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(project).cloned();
        let known = match known {
            Some(known) if known.seq == tip.seq => return Ok(known),
            // Where it knows more than there is, the table was restored: it is read anew.
            Some(known) if known.seq < tip.seq && tip.seq.0 - known.seq.0 <= FARTHEST => {
                follow(reader, project, known, tip.seq).await?
            }
            _ => {
                let (structure, tip) = reader.structure(project).await?;
                Known { terms: Arc::new(structure.terms()), structure: Arc::new(structure), seq: tip.seq }
            }
        };
        if known.structure.project.is_none() {
            return Ok(known);
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT && !all.contains_key(project) {
            all.clear();
        }
        all.insert(project.clone(), known.clone());
        Ok(known)
    }
}

async fn follow(reader: &Reader, project: &ProjectId, mut known: Known, tip: Seq) -> Result<Known, StoreError> {
    let events = reader.events_through(project, known.seq, tip).await?;
    if events.iter().any(|event| event.change.is_structural()) {
        let structure = Arc::make_mut(&mut known.structure);
        for event in &events {
            structure.apply(event);
        }
        known.terms = Arc::new(structure.terms());
    }
    known.seq = tip;
    Ok(known)
}
