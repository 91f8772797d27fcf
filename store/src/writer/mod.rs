//! Saving. Every change enters a project's log and its heads in one transaction; what several
//! editors of one process save at the same moment shares one (group commit).
//!
//! `committer` decides what goes into a transaction; `room` says what fits into it, `plan` turns changes into its writes,
//! `verdict` says what it means for each caller when it was not written.

mod committer;
mod plan;
mod room;
mod verdict;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::release::Request;
use copydesk_schema::table::{DraftItem, HookSecretItem, IdempotencyItem};
use copydesk_schema::usage::Quota;
use copydesk_schema::{Actor, Change, ProjectId, Quotas, Refusal, Seq, Structure, Timestamp};
use tokio::sync::{mpsc, oneshot};

use crate::{Reader, StoreError, Table};
use committer::Committer;

/// What a caller believes of the thing it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Nothing.
    Anything,
    /// That the draft does not exist.
    Absent,
    /// That the draft is at this version.
    Version(Seq),
    /// That this event was the last there, whether or not the draft exists since.
    Head(Seq),
}

/// What goes along with a change, in the same transaction.
#[derive(Clone, Debug, Default)]
pub enum Along {
    /// Nothing.
    #[default]
    Nothing,
    /// The request that the change asks for.
    Order {
        /// When it may begin; at once when absent.
        due: Option<Timestamp>,
        /// The idempotency key with the hash of what was asked.
        idempotency: Option<(String, String)>,
    },
    /// That this waiting request is cancelled.
    Cancel(Box<Request>),
    /// The SHA-256 of the API token that the change makes.
    Token(String),
    /// What messages to the webhook are signed with from now on.
    HookSecret(HookSecretItem),
}

/// One change that somebody wants.
#[derive(Clone, Debug)]
pub struct Op {
    /// The change.
    pub change: Change,
    /// What it stands on.
    pub expect: Expect,
    /// What goes along.
    pub along: Along,
    /// What the client calls it: a retry under the same name succeeds if the first went through.
    pub save_id: String,
    /// Who wants it.
    pub by: Actor,
}

/// A change that is in the log, durably.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its event.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
}

/// Why a change is not in the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else was first. The draft as it is, if it exists.
    #[error("the draft has changed since")]
    Stale(Option<Box<DraftItem>>),
    /// The project's rules do not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The idempotency key was used before, for this.
    #[error("the idempotency key was used before")]
    Repeated(IdempotencyItem),
    /// The request has begun or ended and can no longer be cancelled.
    #[error("the request is not waiting any more")]
    Begun,
    /// The table did not answer in time. The change may be in the log or not; asking again under
    /// the same save id is safe.
    #[error("the table did not answer in time: {0}")]
    Unavailable(String),
    /// A fault of ours.
    #[error("the table refused: {0}")]
    Internal(String),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(text) => Self::Unavailable(text),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// How long and how much.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long a change is tried before its caller is told that the table does not answer.
    pub patience: Duration,
    /// After how long without work a project's committer is put away.
    pub idle: Duration,
    /// How much projects may have and use.
    pub quotas: Arc<Quotas>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { patience: Duration::from_secs(10), idle: Duration::from_mins(10), quotas: Arc::default() }
    }
}

/// Changes that stand or fall together, and who waits for them.
struct Unit {
    ops: Vec<Op>,
    /// The event that has to be the last before them, if one has to be.
    base: Option<Seq>,
    /// Seq of the draft's head where the caller could not know it (a deleted or re-born draft).
    found: Seq,
    reply: oneshot::Sender<Result<Vec<Committed>, WriteError>>,
}

impl Unit {
    fn answer(self, result: Result<Vec<Committed>, WriteError>) {
        // Whoever asked may have gone; the change stands all the same.
        let _ = self.reply.send(result);
    }
}

type Committers = Arc<Mutex<HashMap<ProjectId, mpsc::Sender<Unit>>>>;

/// The structures that committers last committed upon.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<HashMap<ProjectId, Arc<Structure>>>>);

impl Seen {
    /// Copies it only where it differs from what was shown last.
    fn show(&self, project: &ProjectId, structure: &Structure) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(project).is_none_or(|shown| shown.changed != structure.changed) {
            all.insert(project.clone(), Arc::new(structure.clone()));
        }
    }

    fn forget(&self, project: &ProjectId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(project);
    }
}

/// Writes changes of projects. Cheap to clone; all clones share their committers.
#[derive(Clone, Debug)]
pub struct Writer {
    table: Table,
    clock: Clock,
    limits: Limits,
    committers: Committers,
    seen: Seen,
}

/// Changes that may wait for a project's committer before callers are held back.
const QUEUE: usize = 4096;

impl Writer {
    /// Writes to `table`.
    pub fn new(table: Table, clock: Clock, limits: Limits) -> Self {
        Self { table, clock, limits, committers: Committers::default(), seen: Seen::default() }
    }

    /// Locales, pages and entries as of the last change that this process brought into a project's log
    /// lately: nothing is read. Another process may have changed them since.
    pub fn structure(&self, project: &ProjectId) -> Option<Arc<Structure>> {
        self.seen.0.lock().unwrap_or_else(PoisonError::into_inner).get(project).cloned()
    }

    /// How much a project may have and use.
    pub fn quota(&self, project: &ProjectId) -> Quota {
        self.limits.quotas.of(project)
    }

    /// Brings one change into the log. Returns when it is durable.
    pub async fn commit(&self, project: &ProjectId, op: Op) -> Result<Committed, WriteError> {
        let committed = self.commit_together(project, vec![op]).await?;
        committed.first().copied().ok_or_else(|| WriteError::Internal("nothing was committed".to_owned()))
    }

    /// Brings several changes into the log in one transaction, all or none.
    pub async fn commit_together(&self, project: &ProjectId, ops: Vec<Op>) -> Result<Vec<Committed>, WriteError> {
        self.send(project, ops, None).await
    }

    /// The same, if nothing at all happened in the project since `base`.
    pub async fn commit_upon(
        &self,
        project: &ProjectId,
        ops: Vec<Op>,
        base: Seq,
    ) -> Result<Vec<Committed>, WriteError> {
        self.send(project, ops, Some(base)).await
    }

    async fn send(&self, project: &ProjectId, ops: Vec<Op>, base: Option<Seq>) -> Result<Vec<Committed>, WriteError> {
        let (reply, answer) = oneshot::channel();
        let mut unit = Unit { ops, base, found: Seq::NONE, reply };
        loop {
            let sender = self.committer(project);
            match sender.send(unit).await {
                Ok(()) => break,
                // It was put away this very moment: start another.
                Err(mpsc::error::SendError(returned)) => unit = returned,
            }
        }
        answer.await.unwrap_or_else(|_| Err(WriteError::Internal("the committer ended".to_owned())))
    }

    fn committer(&self, project: &ProjectId) -> mpsc::Sender<Unit> {
        let mut committers = self.committers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = committers.get(project).filter(|sender| !sender.is_closed()) {
            return sender.clone();
        }
        let (sender, inbox) = mpsc::channel(QUEUE);
        committers.insert(project.clone(), sender.clone());
        let reader = Reader::new(self.table.clone());
        let committer = Committer::new(
            self.table.clone(),
            reader,
            self.clock.clone(),
            self.limits.clone(),
            project.clone(),
            inbox,
            self.seen.clone(),
        );
        tokio::spawn(committer.run());
        sender
    }
}
