//! What fits into one transaction.

use std::collections::HashSet;

use copydesk_schema::Change;
use copydesk_schema::limits::HOOKS;

use super::{Along, Op, Unit};

/// Writes of one transaction: DynamoDB allows 100, and one is the tip.
const WRITES: usize = 99;
/// Bytes of one transaction: DynamoDB allows 4 MB.
const BYTES: usize = 3 * 1024 * 1024;

/// Whether a unit fits beside what a group holds already.
#[derive(Default)]
pub(super) struct Room {
    writes: usize,
    bytes: usize,
    keys: HashSet<String>,
}

impl Room {
    /// Takes the unit in, or says that it has to wait for the next transaction.
    pub(super) fn take(&mut self, unit: &Unit) -> bool {
        let writes = unit.ops.iter().map(writes).sum::<usize>();
        let bytes = unit.ops.iter().map(size).sum::<usize>();
        let keys: Vec<String> = unit.ops.iter().map(|op| head_name(&op.change)).collect();
        let fits = self.writes + writes <= WRITES && self.bytes + bytes <= BYTES;
        let free = keys.iter().all(|key| !self.keys.contains(key));
        if (fits && free) || self.writes == 0 {
            self.writes += writes;
            self.bytes += bytes;
            self.keys.extend(keys);
            return true;
        }
        false
    }
}

/// The most writes that a change needs: a head and an event, what an order brings, and for a change of
/// access what follows from it and a message to each webhook.
fn writes(op: &Op) -> usize {
    match op.along {
        _ if op.change.is_access() => 5 + HOOKS,
        Along::Nothing => 2,
        _ => 5,
    }
}

/// A generous estimate of a change's bytes, head and event together.
fn size(op: &Op) -> usize {
    let text = match &op.change {
        Change::DraftSaved { value, .. } => value.as_str().len(),
        Change::EntryPut { info, .. } => info.note.len(),
        Change::PagePut { info, .. } => info.note.len(),
        Change::NextSet { next, .. } => 256 * next.len(),
        Change::PublishRequested { order } => order.note.len() + 256 * order.scope.pages.as_ref().map_or(0, Vec::len),
        _ => 0,
    };
    // JSON may double what it escapes.
    2048 + 3 * text
}

/// A name for the head that a change writes, unique within the project.
fn head_name(change: &Change) -> String {
    match change {
        Change::DraftSaved { at, .. } | Change::DraftDeleted { at } => {
            format!("d {} {} {}", at.locale, at.page, at.key)
        }
        Change::LocalePut { locale, .. } | Change::LocaleDeleted { locale } => format!("l {locale}"),
        Change::PagePut { page, .. } | Change::NextSet { page, .. } | Change::PageDeleted { page } => {
            format!("p {page}")
        }
        Change::EntryPut { page, key, .. } | Change::EntryDeleted { page, key } => format!("e {page} {key}"),
        Change::RequestCancelled { request } => format!("r {request}"),
        Change::PublishRequested { .. } | Change::ActivateRequested { .. } => "order".to_owned(),
        Change::ProjectCreated { .. }
        | Change::ProjectRenamed { .. }
        | Change::SettingsChanged { .. }
        | Change::ProjectDeleted => "project".to_owned(),
        // One at a time: what follows from them may meet at the same item.
        _ => "access".to_owned(),
    }
}
