//! One task a project: gathers what is waiting, writes it in one transaction, and tells each
//! caller what became of it.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::change::DraftId;
use copydesk_schema::table::Tip;
use copydesk_schema::{ProjectId, Refusal, Seq, Structure};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::plan::{Plan, Role};
use super::room::Room;
use super::verdict::{Verdict, own};
use super::{Along, Committed, Limits, Seen, Unit, WriteError};
use crate::table::{Reason, TransactError};
use crate::{Reader, StoreError, Table};

/// Drafts whose newest seqs are remembered; forgotten all at once when there are more.
const REMEMBERED: usize = 20_000;
/// The first pause before trying again; it doubles, jittered, up to 64 times as long.
const PAUSE: Duration = Duration::from_millis(2);

pub(super) struct Committer {
    table: Table,
    reader: Reader,
    clock: Clock,
    limits: Limits,
    project: ProjectId,
    inbox: mpsc::Receiver<Unit>,
    waiting: VecDeque<Unit>,
    /// What the next transaction is validated against; absent when it has to be read.
    state: Option<State>,
    seen: Seen,
    recents: HashMap<DraftId, Vec<Seq>>,
}

struct State {
    tip: Tip,
    structure: Structure,
}

/// What became of a transaction. Its units have been answered unless they are to be tried again.
enum Next {
    Committed,
    Again(Vec<Unit>),
    Failed(WriteError),
}

/// A group after planning.
struct Planned {
    plan: Plan,
    units: Vec<Unit>,
    /// Units that the rules refuse, as far as this process knows. They are told once it is certain
    /// that it knew everything.
    refused: Vec<(Unit, WriteError)>,
}

impl Committer {
    pub(super) fn new(
        table: Table,
        reader: Reader,
        clock: Clock,
        limits: Limits,
        project: ProjectId,
        inbox: mpsc::Receiver<Unit>,
        seen: Seen,
    ) -> Self {
        let (waiting, recents) = (VecDeque::new(), HashMap::new());
        Self { table, reader, clock, limits, project, inbox, waiting, state: None, seen, recents }
    }

    /// Works until nothing has come for a while.
    pub(super) async fn run(mut self) {
        loop {
            if self.waiting.is_empty() && !self.receive().await {
                self.seen.forget(&self.project);
                return;
            }
            while let Ok(unit) = self.inbox.try_recv() {
                self.waiting.push_back(unit);
            }
            let group = self.take_group();
            self.commit(group).await;
        }
    }

    /// Waits for work. `false` when there is none: senders see the closed inbox and start anew.
    async fn receive(&mut self) -> bool {
        if let Ok(unit) = tokio::time::timeout(self.limits.idle, self.inbox.recv()).await {
            self.waiting.extend(unit);
        } else {
            self.inbox.close();
            // What slips in before senders see that is still served.
            while let Some(unit) = self.inbox.recv().await {
                self.waiting.push_back(unit);
            }
        }
        !self.waiting.is_empty()
    }

    /// The next transaction's units: in order, a head once, the rest waits.
    fn take_group(&mut self) -> Vec<Unit> {
        let mut room = Room::default();
        let mut group = Vec::new();
        let mut rest = VecDeque::new();
        while let Some(unit) = self.waiting.pop_front() {
            // Nobody waits for it any more, and it was not begun.
            if unit.reply.is_closed() {
                continue;
            }
            if room.take(&unit) {
                group.push(unit);
            } else {
                rest.push_back(unit);
            }
            if group.len() + rest.len() > 256 {
                break;
            }
        }
        rest.extend(std::mem::take(&mut self.waiting));
        self.waiting = rest;
        group
    }

    async fn commit(&mut self, mut group: Vec<Unit>) {
        let deadline = Instant::now() + self.limits.patience;
        let mut attempt = 0;
        while !group.is_empty() {
            let Planned { plan, units, refused } = match self.plan(group).await {
                Ok(planned) => planned,
                Err((error, units)) => return answer_all(units, &error),
            };
            let next =
                if units.is_empty() { self.confirm(&plan).await } else { self.send(plan, units, deadline).await };
            match next {
                Next::Committed => return self.refuse(refused).await,
                Next::Failed(error) => return answer_all(refused.into_iter().map(|(unit, _)| unit).collect(), &error),
                Next::Again(again) => group = again,
            }
            group.extend(refused.into_iter().map(|(unit, _)| unit));
            if Instant::now() >= deadline {
                return answer_all(group, &WriteError::Unavailable("it was busy for too long".to_owned()));
            }
            metrics::counter!("copydesk_commit_retries_total").increment(1);
            pause(attempt).await;
            attempt += 1;
        }
    }

    /// Tells what was refused, other than to who asks again for what is done: a quota does not undo it.
    async fn refuse(&self, refused: Vec<(Unit, WriteError)>) {
        for (unit, error) in refused {
            let answer = match error {
                WriteError::Refused(Refusal::Quota(_)) => self.repeated(&unit).await.unwrap_or(Err(error)),
                other => Err(other),
            };
            unit.answer(answer);
        }
    }

    /// What a unit came to that was committed before, where its answer was lost.
    async fn repeated(&self, unit: &Unit) -> Option<Result<Vec<Committed>, WriteError>> {
        let [op] = &unit.ops[..] else { return None };
        if let Along::Order { idempotency: Some((key, _)), .. } = &op.along {
            let item = self.reader.idempotency(&self.project, key).await.ok()??;
            return Some(Err(WriteError::Repeated(item)));
        }
        let current = self.reader.draft(&self.project, op.change.draft()?).await.ok()??;
        own(op, &current).map(|committed| Ok(vec![committed]))
    }

    /// Whether what a plan stood on is still all there is, when there is nothing to write.
    async fn confirm(&mut self, plan: &Plan) -> Next {
        match self.refresh(plan.structural).await {
            Ok(tip) if tip.seq == plan.base.seq => Next::Committed,
            Ok(_) => Next::Again(Vec::new()),
            Err(error) => Next::Failed(error.into()),
        }
    }

    /// Validates and plans a group.
    async fn plan(&mut self, group: Vec<Unit>) -> Result<Planned, (WriteError, Vec<Unit>)> {
        if self.state.is_none()
            && let Err(error) = self.refresh(true).await
        {
            return Err((error.into(), group));
        }
        let Some(state) = &mut self.state else {
            return Err((WriteError::Internal("the project was not read".to_owned()), group));
        };
        let mut plan = Plan::new(state.tip, self.clock.now(), self.limits.quotas.of(&self.project));
        let (mut units, mut refused) = (Vec::new(), Vec::new());
        for unit in group {
            match plan.add(&self.project, &unit, &mut state.structure, &self.recents) {
                Ok(()) => units.push(unit),
                Err(error) => refused.push((unit, error)),
            }
        }
        match plan.seal(&self.project) {
            Ok(()) => Ok(Planned { plan, units, refused }),
            Err(error) => {
                units.extend(refused.into_iter().map(|(unit, _)| unit));
                Err((error.into(), units))
            }
        }
    }

    /// Sends a plan until there is a definite answer, and acts on it.
    async fn send(&mut self, plan: Plan, group: Vec<Unit>, deadline: Instant) -> Next {
        let mut attempt = 0;
        loop {
            match self.table.transact(&plan.writes, &plan.tx).await {
                Ok(()) => {
                    self.succeed(plan, group);
                    return Next::Committed;
                }
                Err(TransactError::Cancelled(reasons)) => return self.cancelled(plan, group, reasons).await,
                Err(TransactError::Refused(error)) => {
                    self.state = None;
                    tracing::error!(%error, project = %self.project, "a transaction was refused");
                    return fail(group, error.into());
                }
                Err(TransactError::Unknown(error)) if Instant::now() >= deadline => {
                    return self.give_up(plan, group, error).await;
                }
                // The same transaction again: its token and the tip's condition keep it from
                // happening twice.
                Err(TransactError::Unknown(_)) => pause(attempt).await,
            }
            attempt += 1;
        }
    }

    async fn give_up(&mut self, plan: Plan, group: Vec<Unit>, error: StoreError) -> Next {
        if matches!(self.is_committed(&plan).await, Ok(true)) {
            self.succeed(plan, group);
            return Next::Committed;
        }
        self.state = None;
        fail(group, error.into())
    }

    /// Whether the plan's first event is in the log: then all of it is.
    async fn is_committed(&self, plan: &Plan) -> Result<bool, StoreError> {
        let event = self.reader.event_item(&self.project, plan.base.seq.next()).await?;
        Ok(event.is_some_and(|event| event.tx == plan.tx))
    }

    fn succeed(&mut self, plan: Plan, group: Vec<Unit>) {
        metrics::histogram!("copydesk_commit_group_size").record(f64::from(u32::try_from(group.len()).unwrap_or(0)));
        if let Some(state) = &mut self.state {
            state.tip = plan.tip;
            self.seen.show(&self.project, &state.structure);
        }
        if self.recents.len() > REMEMBERED {
            self.recents.clear();
        }
        self.recents.extend(plan.recents);
        for (unit, outcome) in group.into_iter().zip(plan.outcomes) {
            unit.answer(Ok(outcome));
        }
    }

    /// Nothing was written (this time): finds out for each unit whether it can be tried again.
    async fn cancelled(&mut self, plan: Plan, group: Vec<Unit>, reasons: Vec<Reason>) -> Next {
        let moved = plan
            .roles
            .iter()
            .zip(&reasons)
            .any(|((_, role), reason)| *role == Role::Tip && matches!(reason, Reason::Condition(_)));
        // An earlier try whose answer was lost may have gone through after all.
        if moved {
            match self.is_committed(&plan).await {
                Ok(true) => {
                    self.succeed(plan, group);
                    return Next::Committed;
                }
                Ok(false) => {}
                Err(error) => {
                    self.state = None;
                    return fail(group, error.into());
                }
            }
        }
        // What the table has, not what the plan would have made of it, decides what exists.
        if (moved || plan.structural)
            && let Err(error) = self.refresh(plan.structural).await
        {
            return fail(group, error.into());
        }
        let verdicts = Verdict::of_all(&plan, &group, reasons, self.state.as_ref().map(|state| &state.structure));
        let mut again = Vec::new();
        for (unit, verdict) in group.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Again { found } => again.push(Unit { found: found.unwrap_or(unit.found), ..unit }),
                Verdict::Answer(result) => unit.answer(result),
            }
        }
        Next::Again(again)
    }

    /// Brings the state to what the table has; from the ground up when it holds changes that were
    /// not written. Without an answer there is no state.
    async fn refresh(&mut self, anew: bool) -> Result<Tip, StoreError> {
        let state = if let Some(state) = self.state.take().filter(|_| !anew) {
            self.catch_up(state).await?
        } else {
            let (structure, tip) = self.reader.structure(&self.project).await?;
            State { tip, structure }
        };
        let tip = state.tip;
        self.state = Some(state);
        Ok(tip)
    }

    /// Applies what other processes committed.
    async fn catch_up(&self, mut state: State) -> Result<State, StoreError> {
        let tip = self.reader.tip(&self.project).await?;
        if tip.structure_seq > state.tip.structure_seq {
            let events = self.reader.events_through(&self.project, state.tip.seq, tip.seq).await?;
            if events.iter().any(|event| event.change.is_of_erased()) {
                let (structure, tip) = self.reader.structure(&self.project).await?;
                return Ok(State { tip, structure });
            }
            for event in &events {
                state.structure.apply(event);
            }
        }
        state.tip = tip;
        Ok(state)
    }
}

fn fail(group: Vec<Unit>, error: WriteError) -> Next {
    answer_all(group, &error);
    Next::Failed(error)
}

fn answer_all(group: Vec<Unit>, error: &WriteError) {
    for unit in group {
        unit.answer(Err(error.clone()));
    }
}

async fn pause(attempt: u32) {
    let longest = PAUSE * 2_u32.pow(attempt.min(6));
    tokio::time::sleep(longest.mul_f64(fastrand::f64())).await;
}
