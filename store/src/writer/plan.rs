//! From changes to the writes of one transaction.

use std::collections::HashMap;

use copydesk_schema::access::TokenInfo;
use copydesk_schema::change::DraftId;
use copydesk_schema::hooks::{Notice, hooks};
use copydesk_schema::release::{Request, RequestState, Wanted};
use copydesk_schema::table::{
    DraftItem, EventItem, HeadItem, IdempotencyItem, InvitedItem, Key, MembershipItem, QueueItem, RECENT, Tip,
    TokenItem, attributes,
};
use copydesk_schema::usage::Quota;
use copydesk_schema::{Change, Credential, Event, ProjectId, Refusal, Seq, Structure, Timestamp, TokenId};

use super::{Along, Committed, Expect, Op, Unit, WriteError};
use crate::StoreError;
use crate::table::{Condition, Write, token};

/// How long an idempotency key is remembered, in seconds.
const IDEMPOTENCY_SECONDS: u64 = 24 * 60 * 60;

/// What a write of the transaction is, so that its failure can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Tip,
    Draft,
    Other,
    Idempotency,
    Cancel,
}

/// One transaction in the making.
pub(super) struct Plan {
    pub(super) tx: String,
    /// The event before this transaction's first.
    pub(super) base: Tip,
    pub(super) tip: Tip,
    pub(super) writes: Vec<Write>,
    /// For each write: the unit it belongs to and what it is.
    pub(super) roles: Vec<(usize, Role)>,
    /// For each unit: its committed changes, should the transaction go through.
    pub(super) outcomes: Vec<Vec<Committed>>,
    pub(super) recents: Vec<(DraftId, Vec<Seq>)>,
    pub(super) structural: bool,
    at: Timestamp,
    quota: Quota,
}

impl Plan {
    pub(super) fn new(base: Tip, at: Timestamp, quota: Quota) -> Self {
        Self {
            tx: token(),
            base,
            tip: base,
            writes: Vec::new(),
            roles: Vec::new(),
            outcomes: Vec::new(),
            recents: Vec::new(),
            structural: false,
            at,
            quota,
        }
    }

    /// Adds a unit whose changes the rules allow; the structure moves on with it. A unit that is
    /// refused leaves nothing behind.
    pub(super) fn add(
        &mut self,
        project: &ProjectId,
        unit: &Unit,
        structure: &mut Structure,
        recents: &HashMap<DraftId, Vec<Seq>>,
    ) -> Result<(), WriteError> {
        if unit.base.is_some_and(|base| base != self.tip.seq) {
            return Err(WriteError::Stale(None));
        }
        self.check_all(&unit.ops, structure)?;
        let (tip, writes, drafts) = (self.tip, self.writes.len(), self.recents.len());
        let outcomes: Result<Vec<Committed>, WriteError> =
            unit.ops.iter().map(|op| self.add_op(project, unit, op, structure, recents)).collect();
        if outcomes.is_err() {
            self.tip = tip;
            self.writes.truncate(writes);
            self.roles.truncate(writes);
            self.recents.truncate(drafts);
        }
        self.outcomes.push(outcomes?);
        Ok(())
    }

    fn add_op(
        &mut self,
        project: &ProjectId,
        unit: &Unit,
        op: &Op,
        structure: &mut Structure,
        recents: &HashMap<DraftId, Vec<Seq>>,
    ) -> Result<Committed, WriteError> {
        let seq = self.tip.seq.next();
        let prev = self.add_head(project, unit, op, structure, recents)?;
        self.add_along(project, op, seq)?;
        self.add_consequences(project, op, seq, structure)?;
        let (by, save_id, change) = (op.by.clone(), op.save_id.clone(), op.change.clone());
        let event = Event { seq, prev, at: self.at, by, save_id, change };
        self.push(Write::put(&Key::Event(project, seq), &EventItem::new(&event, &self.tx))?, Role::Other);
        self.tip.usage.count(self.at, &op.change);
        self.tip.seq = seq;
        Ok(Committed { seq, at: self.at })
    }

    /// Whether the rules and the project's quota allow all of these changes, one after the other.
    fn check_all(&self, ops: &[Op], structure: &Structure) -> Result<(), WriteError> {
        let (mut later, mut usage) = (None::<Structure>, self.tip.usage);
        for (index, op) in ops.iter().enumerate() {
            let current = later.as_ref().unwrap_or(structure);
            current.check(&op.change)?;
            check_version(op, current)?;
            // Whoever runs Copydesk is not held up: trials of new versions, projects that are made anew.
            if op.by.credential != Credential::Owner {
                self.quota.check(&usage, self.at, current, &op.change)?;
            }
            usage.count(self.at, &op.change);
            if index + 1 < ops.len() {
                let mut next = current.clone();
                next.apply_change(structure.changed.next(), &op.change);
                later = Some(next);
            }
        }
        Ok(())
    }

    /// Ends the plan with the tip: the one write that puts all transactions of a project in order.
    pub(super) fn seal(&mut self, project: &ProjectId) -> Result<(), StoreError> {
        let tip = Write::put(&Key::Tip(project), &self.tip)?.when(Condition::at(self.base.seq));
        self.writes.push(tip);
        self.roles.push((usize::MAX, Role::Tip));
        Ok(())
    }

    fn push(&mut self, write: Write, role: Role) {
        self.writes.push(write);
        self.roles.push((self.outcomes.len(), role));
    }

    /// Writes the head that a change leaves; returns the event before on the same thing.
    fn add_head(
        &mut self,
        project: &ProjectId,
        unit: &Unit,
        op: &Op,
        structure: &mut Structure,
        recents: &HashMap<DraftId, Vec<Seq>>,
    ) -> Result<Seq, WriteError> {
        let seq = self.tip.seq.next();
        if let Some(id) = op.change.draft() {
            let prev = match op.expect {
                Expect::Version(version) | Expect::Head(version) => version,
                Expect::Absent | Expect::Anything => unit.found,
            };
            let item = self.draft_item(op, id, prev, recents);
            self.recents.push((id.clone(), item.recent.clone()));
            self.push(Write::put(&Key::Draft(project, id), &item)?.when(Condition::at(prev)), Role::Draft);
            return Ok(prev);
        }
        structure.apply_change(seq, &op.change);
        let Some(head) = HeadItem::after(structure, &op.change) else { return Ok(Seq::NONE) };
        self.structural = true;
        self.tip.structure_seq = seq;
        self.push(Write::put(&head_key(project, &op.change), &head)?, Role::Other);
        Ok(head.prev)
    }

    fn draft_item(&self, op: &Op, id: &DraftId, prev: Seq, recents: &HashMap<DraftId, Vec<Seq>>) -> DraftItem {
        let seq = self.tip.seq.next();
        // What is remembered only counts if it leads to the head that this save stands on.
        let before = recents.get(id).filter(|recent| recent.first() == Some(&prev)).cloned();
        let before = before.unwrap_or_else(|| if prev == Seq::NONE { Vec::new() } else { vec![prev] });
        DraftItem {
            locale: id.locale.clone(),
            page: id.page.clone(),
            key: id.key.clone(),
            value: op.change.value().cloned(),
            seq,
            prev,
            recent: std::iter::once(seq).chain(before).take(RECENT).collect(),
            save_id: op.save_id.clone(),
            by: op.by.clone(),
            at: self.at,
        }
    }

    fn add_along(&mut self, project: &ProjectId, op: &Op, seq: Seq) -> Result<(), WriteError> {
        match &op.along {
            Along::Nothing => {}
            Along::Order { due, idempotency } => {
                let request = self.request(op, seq, *due)?;
                let queued = QueueItem {
                    job: attributes::JOBS.to_owned(),
                    due: request.due,
                    project: project.clone(),
                    request: seq,
                };
                self.push(Write::put(&Key::Request(project, seq), &request)?, Role::Other);
                self.push(Write::put(&Key::Queue(project, seq), &queued)?, Role::Other);
                if let Some((key, body)) = idempotency {
                    let ttl = self.at.0 / 1000 + IDEMPOTENCY_SECONDS;
                    let item = IdempotencyItem { body: body.clone(), request: seq, ttl };
                    let write = Write::put(&Key::Idempotency(project, key), &item)?.when(Condition::Absent);
                    self.push(write, Role::Idempotency);
                }
            }
            Along::Cancel(request) => {
                let cancelled = Request { state: RequestState::Cancelled, ..(**request).clone() };
                let write = Write::put(&Key::Request(project, request.request), &cancelled)?;
                self.push(write.when(Condition::text("state", "waiting")), Role::Cancel);
                self.push(Write::delete(&Key::Queue(project, request.request)), Role::Other);
            }
            Along::Token(sha256) => {
                if let Change::TokenCreated { token, info } = &op.change {
                    let item = token_item(project, token, info, sha256);
                    self.push(Write::put(&Key::Token(token), &item)?, Role::Other);
                }
            }
            Along::HookSecret(secret) => {
                if let Change::HookPut { hook, .. } = &op.change {
                    self.push(Write::put(&Key::HookSecret(project, hook), secret)?, Role::Other);
                }
            }
        }
        Ok(())
    }

    /// What follows from a change of access by itself; `structure` is as the change left it.
    fn add_consequences(
        &mut self,
        project: &ProjectId,
        op: &Op,
        seq: Seq,
        structure: &Structure,
    ) -> Result<(), WriteError> {
        match &op.change {
            Change::MemberPut { subject, .. } => {
                let item = MembershipItem { project: project.clone() };
                self.push(Write::put(&Key::Membership(subject, project), &item)?, Role::Other);
            }
            Change::MemberRemoved { subject } => {
                self.push(Write::delete(&Key::Membership(subject, project)), Role::Other);
            }
            Change::InvitationCreated { invitation, info } => {
                // It stays when the invitation ends: whoever finds it looks at the invitation, and removes it.
                let item = InvitedItem { project: project.clone(), invitation: invitation.clone() };
                self.push(Write::put(&Key::Invited(&info.email, project), &item)?, Role::Other);
            }
            Change::TokenRevoked { token } => self.push(Write::delete(&Key::Token(token)), Role::Other),
            Change::HookPut { hook, .. } => self.push(Write::delete(&Key::HookStatus(project, hook)), Role::Other),
            Change::HookRemoved { hook } => self.push(Write::delete(&Key::HookSecret(project, hook)), Role::Other),
            _ => return Ok(()),
        }
        let Some(notice) = Notice::of_change(&op.change, &op.by, structure) else { return Ok(()) };
        for item in notice.deliveries(hooks(structure), project, seq, self.at) {
            self.push(Write::put(&Key::Delivery(project, &item.hook, seq), &item)?, Role::Other);
        }
        Ok(())
    }

    fn request(&self, op: &Op, seq: Seq, due: Option<Timestamp>) -> Result<Request, WriteError> {
        let wanted = match &op.change {
            Change::PublishRequested { order } => Wanted::Publish { order: order.clone() },
            Change::ActivateRequested { release } => Wanted::Activate { release: *release },
            _ => return Err(WriteError::Internal("only publishing and activating are requests".to_owned())),
        };
        Ok(Request {
            request: seq,
            wanted,
            state: RequestState::Waiting,
            release: None,
            switch: None,
            error: None,
            due: due.unwrap_or(self.at),
            at: self.at,
            by: op.by.clone(),
        })
    }
}

/// A version from before the draft's page, entry or locale was born again names nothing.
fn check_version(op: &Op, structure: &Structure) -> Result<(), WriteError> {
    if let (true, Expect::Version(version)) = (op.change.is_access(), op.expect)
        && structure.access.head_seq(&op.change) != Some(version)
    {
        return Err(WriteError::Refused(Refusal::Changed));
    }
    let (Some(id), Expect::Version(version)) = (op.change.draft(), op.expect) else { return Ok(()) };
    if structure.draft_floor(id).is_some_and(|floor| version <= floor) {
        return Err(WriteError::Stale(None));
    }
    Ok(())
}

fn token_item(project: &ProjectId, token: &TokenId, info: &TokenInfo, sha256: &str) -> TokenItem {
    TokenItem {
        project: project.clone(),
        token: token.clone(),
        sha256: sha256.to_owned(),
        name: info.name.clone(),
        grant: info.grant.clone(),
        preview: info.preview,
        expires: info.expires,
        used: None,
    }
}

fn head_key<'a>(project: &'a ProjectId, change: &'a Change) -> Key<'a> {
    match change {
        Change::LocalePut { locale, .. } | Change::LocaleDeleted { locale } => Key::Locale(project, locale),
        Change::PagePut { page, .. } | Change::NextSet { page, .. } | Change::PageDeleted { page } => {
            Key::Page(project, page)
        }
        Change::EntryPut { page, key, .. } | Change::EntryDeleted { page, key } => Key::Entry(project, page, key),
        Change::MemberPut { subject, .. } | Change::MemberRemoved { subject } => Key::Member(project, subject),
        Change::InvitationCreated { invitation, .. } | Change::InvitationEnded { invitation } => {
            Key::Invitation(project, invitation)
        }
        Change::TokenCreated { token, .. } | Change::TokenRevoked { token } => Key::TokenHead(project, token),
        Change::HookPut { hook, .. } | Change::HookRemoved { hook } => Key::Hook(project, hook),
        _ => Key::Project(project),
    }
}
