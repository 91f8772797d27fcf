//! Members, invitations, tokens and webhooks: heads like those of the copy's structure, and the
//! rules for changing them.

use std::collections::BTreeMap;

use super::{Head, Refusal, Structure};
use crate::access::{Grant, HookInfo, InvitationInfo, MemberInfo, Role, TokenInfo};
use crate::ids::{HookId, InvitationId, Subject, TokenId};
use crate::limits::{HOOKS, INVITATIONS, MEMBERS, TOKENS};
use crate::{Change, Seq};

/// Heads by name, the removed ones too.
pub type Heads<K, T> = BTreeMap<K, Head<T>>;

/// Who may do what in a project, and who is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Members.
    pub members: Heads<Subject, MemberInfo>,
    /// Invitations.
    pub invitations: Heads<InvitationId, InvitationInfo>,
    /// API tokens.
    pub tokens: Heads<TokenId, TokenInfo>,
    /// Webhooks.
    pub hooks: Heads<HookId, HookInfo>,
}

/// Those that were not removed.
pub fn existing<K, T>(heads: &Heads<K, T>) -> impl Iterator<Item = (&K, &Head<T>)> {
    heads.iter().filter(|(_, head)| !head.deleted)
}

fn put<K: Ord + Clone, T: Clone>(heads: &mut Heads<K, T>, key: &K, seq: Seq, info: &T) {
    let before = heads.get(key);
    let existed = before.is_some_and(|head| !head.deleted);
    let head = Head::advance(before, existed, seq, info.clone());
    heads.insert(key.clone(), head);
}

fn remove<K: Ord, T>(heads: &mut Heads<K, T>, key: &K, seq: Seq) {
    if let Some(head) = heads.get_mut(key) {
        head.delete(seq);
    }
}

impl Access {
    /// The newest event in here of what `change` changes.
    pub fn head_seq(&self, change: &Change) -> Option<Seq> {
        match change {
            Change::MemberPut { subject, .. } | Change::MemberRemoved { subject } => {
                self.members.get(subject).map(|head| head.seq)
            }
            Change::InvitationCreated { invitation, .. } | Change::InvitationEnded { invitation } => {
                self.invitations.get(invitation).map(|head| head.seq)
            }
            Change::TokenCreated { token, .. } | Change::TokenRevoked { token } => {
                self.tokens.get(token).map(|head| head.seq)
            }
            Change::HookPut { hook, .. } | Change::HookRemoved { hook } => self.hooks.get(hook).map(|head| head.seq),
            _ => None,
        }
    }

    pub(super) fn apply(&mut self, seq: Seq, change: &Change) {
        if change.is_of_erased() {
            return;
        }
        match change {
            Change::MemberPut { subject, info } => put(&mut self.members, subject, seq, info),
            Change::MemberRemoved { subject } => remove(&mut self.members, subject, seq),
            Change::InvitationCreated { invitation, info } => put(&mut self.invitations, invitation, seq, info),
            Change::InvitationEnded { invitation } => remove(&mut self.invitations, invitation, seq),
            Change::TokenCreated { token, info } => put(&mut self.tokens, token, seq, info),
            Change::TokenRevoked { token } => remove(&mut self.tokens, token, seq),
            Change::HookPut { hook, info } => put(&mut self.hooks, hook, seq, info),
            Change::HookRemoved { hook } => remove(&mut self.hooks, hook, seq),
            _ => {}
        }
    }

    /// A member, if they are one.
    pub fn member(&self, subject: &Subject) -> Option<&Head<MemberInfo>> {
        self.members.get(subject).filter(|head| !head.deleted)
    }

    fn is_last_admin(&self, subject: &Subject) -> bool {
        let mut admins = existing(&self.members).filter(|(_, head)| head.info.grant.role == Role::Admin);
        admins.next().is_some_and(|(admin, _)| admin == subject) && admins.next().is_none()
    }
}

impl Structure {
    /// Whether a change of access may be the next event.
    pub(super) fn check_access(&self, change: &Change) -> Result<(), Refusal> {
        let access = &*self.access;
        match change {
            Change::MemberPut { subject, info } => {
                super::rules::check_name(&info.name)?;
                self.check_grant(&info.grant)?;
                need_room(&access.members, subject, MEMBERS, "members")?;
                if info.grant.role != Role::Admin && access.is_last_admin(subject) {
                    return Err(Refusal::LastAdmin);
                }
                Ok(())
            }
            Change::MemberRemoved { subject } => {
                need(&access.members, subject, "member")?;
                if access.is_last_admin(subject) { Err(Refusal::LastAdmin) } else { Ok(()) }
            }
            Change::InvitationCreated { invitation, info } => {
                self.check_grant(&info.grant)?;
                need_room(&access.invitations, invitation, INVITATIONS, "open invitations")?;
                match existing(&access.invitations).find(|(_, head)| head.info.email == info.email) {
                    Some((other, _)) => Err(Refusal::Invited(other.clone())),
                    None => Ok(()),
                }
            }
            Change::InvitationEnded { invitation } => need(&access.invitations, invitation, "invitation"),
            Change::TokenCreated { info, .. } => {
                super::rules::check_name(&info.name)?;
                self.check_grant(&info.grant)?;
                if info.preview {
                    // Links for previews end by themselves; whoever makes them sees to how many there are.
                    return Ok(());
                }
                let own = existing(&access.tokens).filter(|(_, head)| !head.info.preview).count();
                if own >= TOKENS {
                    return Err(Refusal::TooMany(format!(
                        "a project has at most {TOKENS} API tokens; remove one first"
                    )));
                }
                Ok(())
            }
            Change::TokenRevoked { token } => need(&access.tokens, token, "API token"),
            Change::HookPut { hook, .. } => need_room(&access.hooks, hook, HOOKS, "webhooks"),
            Change::HookRemoved { hook } => need(&access.hooks, hook, "webhook"),
            _ => Ok(()),
        }
    }

    fn check_grant(&self, grant: &Grant) -> Result<(), Refusal> {
        let Some(locales) = &grant.locales else { return Ok(()) };
        if !matches!(grant.role, Role::Editor | Role::Publisher) || locales.is_empty() {
            return Err(Refusal::Limits);
        }
        locales.iter().try_for_each(|locale| self.need_locale(locale))
    }
}

fn need<K: Ord + std::fmt::Display, T>(heads: &Heads<K, T>, key: &K, what: &'static str) -> Result<(), Refusal> {
    match heads.get(key).filter(|head| !head.deleted) {
        Some(_) => Ok(()),
        None => Err(Refusal::NotThere(format!("{what} {key}"))),
    }
}

fn need_room<K: Ord, T>(heads: &Heads<K, T>, key: &K, most: usize, what: &str) -> Result<(), Refusal> {
    let is_new = heads.get(key).is_none_or(|head| head.deleted);
    if is_new && existing(heads).count() >= most {
        return Err(Refusal::TooMany(format!("a project has at most {most} {what}; remove one first")));
    }
    Ok(())
}
