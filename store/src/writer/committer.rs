//! One task a project: gathers what is waiting, writes it in one transaction, and tells each
//! caller what became of it.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::change::DraftId;
use copydesk_schema::table::{DraftItem, IdempotencyItem, Tip};
use copydesk_schema::{ProjectId, Seq, Structure};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::plan::{Plan, Role, Room};
use super::{Committed, Expect, Limits, Unit, WriteError};
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
    recents: HashMap<DraftId, Vec<Seq>>,
}

struct State {
    tip: Tip,
    structure: Structure,
}

/// What is left to do after a transaction that did not go through.
enum Next {
    /// These units, again.
    Again(Vec<Unit>),
    Finished,
}

impl Committer {
    pub(super) fn new(
        table: Table,
        reader: Reader,
        clock: Clock,
        limits: Limits,
        project: ProjectId,
        inbox: mpsc::Receiver<Unit>,
    ) -> Self {
        let (waiting, recents) = (VecDeque::new(), HashMap::new());
        Self { table, reader, clock, limits, project, inbox, waiting, state: None, recents }
    }

    /// Works until nothing has come for a while.
    pub(super) async fn run(mut self) {
        loop {
            if self.waiting.is_empty() && !self.receive().await {
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
            // What slipped in before closing is still served.
            while let Ok(unit) = self.inbox.try_recv() {
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
            let (plan, planned) = match self.plan(group).await {
                Ok(planned) => planned,
                Err((error, units)) => return answer_all(units, &error),
            };
            if planned.is_empty() {
                return;
            }
            match self.send(plan, planned, deadline).await {
                Next::Finished => return,
                Next::Again(again) => group = again,
            }
            if Instant::now() >= deadline {
                return answer_all(group, &WriteError::Unavailable("it was busy for too long".to_owned()));
            }
            metrics::counter!("copydesk_commit_retries_total").increment(1);
            pause(attempt).await;
            attempt += 1;
        }
    }

    /// Validates and plans a group. Units that the rules refuse are answered and left out.
    async fn plan(&mut self, group: Vec<Unit>) -> Result<(Plan, Vec<Unit>), (WriteError, Vec<Unit>)> {
        if self.state.is_none() {
            match self.reader.structure(&self.project).await {
                Ok((structure, tip)) => self.state = Some(State { tip, structure }),
                Err(error) => return Err((error.into(), group)),
            }
        }
        let Some(state) = &mut self.state else {
            return Err((WriteError::Internal("the project was not read".to_owned()), group));
        };
        let mut plan = Plan::new(state.tip, self.clock.now());
        let mut planned = Vec::new();
        for unit in group {
            match plan.add(&self.project, &unit, &mut state.structure, &self.recents) {
                Ok(()) => planned.push(unit),
                Err(error) => unit.answer(Err(error)),
            }
        }
        match plan.seal(&self.project) {
            Ok(()) => Ok((plan, planned)),
            Err(error) => Err((error.into(), planned)),
        }
    }

    /// Sends a plan until there is a definite answer, and acts on it.
    async fn send(&mut self, plan: Plan, group: Vec<Unit>, deadline: Instant) -> Next {
        let mut attempt = 0;
        loop {
            match self.table.transact(&plan.writes, &plan.tx).await {
                Ok(()) => {
                    self.succeed(plan, group);
                    return Next::Finished;
                }
                Err(TransactError::Cancelled(reasons)) => return self.cancelled(plan, group, reasons).await,
                Err(TransactError::Refused(error)) => {
                    self.state = None;
                    tracing::error!(%error, project = %self.project, "a transaction was refused");
                    answer_all(group, &error.into());
                    return Next::Finished;
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
        } else {
            self.state = None;
            answer_all(group, &error.into());
        }
        Next::Finished
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
                    return Next::Finished;
                }
                Ok(false) => {}
                Err(error) => {
                    self.state = None;
                    answer_all(group, &error.into());
                    return Next::Finished;
                }
            }
        }
        let verdicts = self.judge(&plan, &group, reasons);
        self.forget_plan(&plan, moved).await;
        let mut again = Vec::new();
        for (unit, verdict) in group.into_iter().zip(verdicts) {
            match verdict {
                Verdict::Again { found } => again.push(Unit { found: found.unwrap_or(unit.found), ..unit }),
                Verdict::Answer(result) => unit.answer(result),
            }
        }
        Next::Again(again)
    }

    fn judge(&self, plan: &Plan, group: &[Unit], reasons: Vec<Reason>) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> = group.iter().map(|_| Verdict::Again { found: None }).collect();
        for ((index, role), reason) in plan.roles.iter().zip(reasons) {
            let (Some(unit), Some(verdict)) = (group.get(*index), verdicts.get_mut(*index)) else { continue };
            match (role, reason) {
                (Role::Draft, reason @ Reason::Condition(_)) => *verdict = self.judge_draft(unit, reason),
                (Role::Idempotency, reason @ Reason::Condition(_)) => {
                    let answer = match reason.current::<IdempotencyItem>() {
                        Ok(Some(item)) => WriteError::Repeated(item),
                        Ok(None) => WriteError::Internal("an idempotency key came and went".to_owned()),
                        Err(error) => error.into(),
                    };
                    *verdict = Verdict::Answer(Err(answer));
                }
                (Role::Cancel, Reason::Condition(_)) => *verdict = Verdict::Answer(Err(WriteError::Begun)),
                (_, Reason::Invalid(text)) => *verdict = Verdict::Answer(Err(WriteError::Internal(text))),
                _ => {}
            }
        }
        verdicts
    }

    /// The draft is not where the save expected it: is it our own write, nothing, or a conflict?
    fn judge_draft(&self, unit: &Unit, reason: Reason) -> Verdict {
        let current = match reason.current::<DraftItem>() {
            Ok(current) => current,
            Err(error) => return Verdict::Answer(Err(error.into())),
        };
        let Some(op) = unit.ops.first() else { return Verdict::Again { found: None } };
        let Some(current) = current else { return Verdict::Answer(Err(WriteError::Stale(None))) };
        if current.save_id == op.save_id {
            let committed = Committed { seq: current.seq, at: current.at };
            return Verdict::Answer(Ok(vec![committed]));
        }
        let floor = self.state.as_ref().and_then(|state| state.structure.draft_floor(&current.id()));
        let exists = current.value.is_some() && floor.is_some_and(|floor| current.seq > floor);
        match op.expect {
            Expect::Absent if !exists => Verdict::Again { found: Some(current.seq) },
            Expect::Anything => Verdict::Again { found: Some(current.seq) },
            _ => Verdict::Answer(Err(WriteError::Stale(exists.then(|| Box::new(current))))),
        }
    }

    /// Brings the state back to what the table has, after a plan that was not written.
    async fn forget_plan(&mut self, plan: &Plan, moved: bool) {
        if plan.structural {
            self.state = None;
        }
        if !moved {
            return;
        }
        let Some(state) = self.state.take() else { return };
        if let Ok(state) = self.catch_up(state).await {
            self.state = Some(state);
        }
    }

    /// Applies what other processes committed.
    async fn catch_up(&self, mut state: State) -> Result<State, StoreError> {
        let tip = self.reader.tip(&self.project).await?;
        if tip.structure_seq > state.tip.structure_seq {
            for event in self.reader.events_through(&self.project, state.tip.seq, tip.seq).await? {
                state.structure.apply(&event);
            }
        }
        state.tip = tip;
        Ok(state)
    }
}

enum Verdict {
    Again { found: Option<Seq> },
    Answer(Result<Vec<Committed>, WriteError>),
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
