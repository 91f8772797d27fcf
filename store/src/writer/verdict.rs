//! What becomes of a save whose transaction was not written.

use copydesk_schema::table::{DraftItem, IdempotencyItem};
use copydesk_schema::{Seq, Structure};

use super::plan::{Plan, Role};
use super::{Committed, Expect, Op, Unit, WriteError};
use crate::table::Reason;

/// What becomes of one unit.
pub(super) enum Verdict {
    /// It is tried again, with the event that was last there where that was read.
    Again { found: Option<Seq> },
    /// Its caller is told.
    Answer(Result<Vec<Committed>, WriteError>),
}

impl Verdict {
    /// Finds out for each unit of a plan that was not written whether it can be tried again; `structure` is what the table
    /// has.
    pub(super) fn of_all(
        plan: &Plan,
        group: &[Unit],
        reasons: Vec<Reason>,
        structure: Option<&Structure>,
    ) -> Vec<Self> {
        let mut verdicts: Vec<Self> = group.iter().map(|_| Self::Again { found: None }).collect();
        for ((index, role), reason) in plan.roles.iter().zip(reasons) {
            let (Some(unit), Some(verdict)) = (group.get(*index), verdicts.get_mut(*index)) else { continue };
            match (role, reason) {
                (Role::Draft, reason @ Reason::Condition(_)) => *verdict = Self::of_draft(unit, reason, structure),
                (Role::Idempotency, reason @ Reason::Condition(_)) => {
                    let answer = match reason.current::<IdempotencyItem>() {
                        Ok(Some(item)) => WriteError::Repeated(item),
                        Ok(None) => WriteError::Internal("an idempotency key came and went".to_owned()),
                        Err(error) => error.into(),
                    };
                    *verdict = Self::Answer(Err(answer));
                }
                (Role::Cancel, Reason::Condition(_)) => *verdict = Self::Answer(Err(WriteError::Begun)),
                (_, Reason::Invalid(text)) => *verdict = Self::Answer(Err(WriteError::Internal(text))),
                _ => {}
            }
        }
        verdicts
    }

    /// The draft is not where the save expected it: is it our own write, nothing, or a conflict?
    fn of_draft(unit: &Unit, reason: Reason, structure: Option<&Structure>) -> Self {
        let current = match reason.current::<DraftItem>() {
            Ok(current) => current,
            Err(error) => return Self::Answer(Err(error.into())),
        };
        let Some(current) = current else { return Self::Answer(Err(WriteError::Stale(None))) };
        let at = current.id();
        let op = unit.ops.iter().find(|op| op.change.draft() == Some(&at));
        let Some(op) = op else { return Self::Again { found: None } };
        if let Some(committed) = own(op, &current) {
            return Self::Answer(Ok(vec![committed]));
        }
        let floor = structure.and_then(|structure| structure.draft_floor(&at));
        let exists = current.value.is_some() && floor.is_some_and(|floor| current.seq > floor);
        match op.expect {
            Expect::Absent if !exists => Self::Again { found: Some(current.seq) },
            Expect::Anything => Self::Again { found: Some(current.seq) },
            _ => Self::Answer(Err(WriteError::Stale(exists.then(|| Box::new(current))))),
        }
    }
}

/// What a save came to, if it is what the draft's head holds.
pub(super) fn own(op: &Op, current: &DraftItem) -> Option<Committed> {
    let same = current.save_id == op.save_id && current.by.subject == op.by.subject;
    (same && current.value.as_ref() == op.change.value()).then_some(Committed { seq: current.seq, at: current.at })
}
