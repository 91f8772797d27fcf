//! Erasing a person: what the table says of them is rewritten, the words that they wrote stay.
//!
//! Names stand beside what people did, as they were called then: reading costs nothing more, and nobody erases them by a
//! change of their name. So erasing reads the whole table, and rewrites what it finds, attribute by attribute and only as
//! it was read: whoever writes meanwhile loses nothing. It repeats that until there is nothing left.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;
use copydesk_schema::Subject;
use copydesk_schema::access::ERASED as PREFIX;
use copydesk_schema::table::{HeadItem, InvitedItem, Key, KeyRange, MembershipItem, attributes};
use serde_json::{Map, Value};

use crate::table::{Item, Order, decode, failure};
use crate::{StoreError, Table};

/// What stands in place of a name.
pub const ERASED: &str = "(erased)";
/// What stands in place of an address: nothing can be sent there.
const NOWHERE: &str = "erased@erased.invalid";
/// Attributes that hold JSON as text, by the partitions where they do: what an event changed, what a webhook is told.
const TEXTS: [(&str, &str); 2] = [("LOG#", "change"), ("HOOK#", "body")];
/// Partitions of items that are about one person and go: where they are, how they sign in.
const PASSING: [&str; 3] = ["PRESENCE#", "LINK#", "SESSION#"];
/// Somebody who goes on writing is not erased.
const ROUNDS: usize = 20;
/// Codes of writes that lost to somebody else's: the next round sees what became of it.
const OVERTAKEN: [&str; 2] = ["ConditionalCheckFailedException", "TransactionConflictException"];

/// Why a person cannot be erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// They would come back with their next save.
    #[error("{0} still belongs to {1}: remove them there first")]
    Member(Subject, String),
    /// They, or whoever has their address now, could come in.
    #[error("an address of {0} is invited to {1}: take the invitation back first")]
    Invited(Subject, String),
    /// The owner is whoever has the owner's token, and has no name of their own.
    #[error("the owner is no person: there is no name to erase")]
    Owner,
    /// They were named anew in every round.
    #[error("{0} goes on being named: what they started is still under way; try again later")]
    Busy(Subject),
    /// The table could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was done, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Who they are from now on.
    pub alias: String,
    /// Items that named them.
    pub rewritten: usize,
    /// Items that were about them alone.
    pub removed: usize,
}

/// How far it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing is written: which addresses are theirs.
    Look,
    /// Addresses that stand where the subject does not. Where it does they are found from, so that what is interrupted here
    /// can be begun again.
    Addresses,
    /// Everything.
    All,
}

struct Erasure<'t> {
    table: &'t Table,
    subject: &'t Subject,
    alias: String,
    stage: Stage,
    /// The addresses that were found to be theirs.
    addresses: BTreeSet<String>,
    /// The projects that these are invited to.
    invited: BTreeSet<String>,
}

/// How often a person is named.
pub async fn look(table: &Table, subject: &Subject) -> Result<Erased, ErasureError> {
    let mut erasure = Erasure::new(table, subject)?;
    erasure.find().await
}

/// Erases a person. What running processes still hold of them they may write for as long as `settle`, in which one more round
/// begins.
pub async fn erase(table: &Table, subject: &Subject, settle: Duration) -> Result<Erased, ErasureError> {
    let mut erasure = Erasure::new(table, subject)?;
    erasure.find().await?;
    let mut erased = Erased { alias: erasure.alias.clone(), ..Erased::default() };
    for stage in [Stage::Addresses, Stage::All] {
        erasure.stage = stage;
        erasure.until_clean(&mut erased).await?;
    }
    if erased.rewritten + erased.removed > 0 {
        tokio::time::sleep(settle).await;
        erasure.until_clean(&mut erased).await?;
    }
    Ok(erased)
}

impl<'t> Erasure<'t> {
    fn new(table: &'t Table, subject: &'t Subject) -> Result<Self, ErasureError> {
        if subject.as_str() == "owner" {
            return Err(ErasureError::Owner);
        }
        // Whoever signs in by a link is known by their address.
        let addresses = subject.as_str().strip_prefix("local:").map(str::to_owned).into_iter().collect();
        let alias = format!("{PREFIX}{:08x}", fastrand::u32(..));
        Ok(Self { table, subject, alias, stage: Stage::Look, addresses, invited: BTreeSet::new() })
    }

    /// Goes through the table until all their addresses are known.
    async fn find(&mut self) -> Result<Erased, ErasureError> {
        loop {
            let (known, found) = (self.addresses.len(), self.round().await?);
            if self.addresses.len() == known {
                return Ok(found);
            }
        }
    }

    /// Goes through the table until nothing is left to do.
    async fn until_clean(&mut self, erased: &mut Erased) -> Result<(), ErasureError> {
        for _ in 0..ROUNDS {
            let found = self.round().await?;
            if found.rewritten + found.removed == 0 {
                return Ok(());
            }
            erased.rewritten += found.rewritten;
            erased.removed += found.removed;
        }
        Err(ErasureError::Busy(self.subject.clone()))
    }

    /// Goes through the table once, while they belong nowhere.
    async fn round(&mut self) -> Result<Erased, ErasureError> {
        self.invited.clear();
        let memberships: Vec<MembershipItem> =
            self.table.query(&KeyRange::memberships(self.subject), Order::Ascending, None).await?;
        if !memberships.is_empty() {
            let projects: Vec<&str> = memberships.iter().map(|one| one.project.as_str()).collect();
            return Err(ErasureError::Member(self.subject.clone(), projects.join(", ")));
        }
        let mut found = Erased::default();
        let request = self.table.client().scan().table_name(self.table.name()).consistent_read(true);
        let mut pages = request.into_paginator().send();
        while let Some(page) = pages.next().await {
            for item in page.map_err(|error| failure(&error))?.items.unwrap_or_default() {
                self.treat(&item, &mut found).await?;
            }
        }
        if self.invited.is_empty() {
            return Ok(found);
        }
        let projects: Vec<&str> = self.invited.iter().map(String::as_str).collect();
        Err(ErasureError::Invited(self.subject.clone(), projects.join(", ")))
    }

    async fn treat(&mut self, item: &Item, found: &mut Erased) -> Result<(), StoreError> {
        if self.is_open_invitation(item).await? {
            self.invited.insert(text(item, "project").to_owned());
            return Ok(());
        }
        let is_head = text(item, attributes::SK) == format!("MEMBER#{}", self.subject);
        let is_removed = item.get("deleted").and_then(|deleted| deleted.as_bool().ok()) == Some(&true);
        if is_head && !is_removed {
            // A member again since this round began: the next one refuses.
            found.rewritten += 1;
            return Ok(());
        }
        if is_head || self.is_about(item) {
            if self.stage != Stage::Addresses {
                found.removed += 1;
            }
            return if self.stage == Stage::All { self.remove(item).await } else { Ok(()) };
        }
        let changed = self.changed(item)?;
        found.rewritten += usize::from(!changed.is_empty());
        if self.stage != Stage::Look {
            for (attribute, value) in changed {
                self.rewrite(item, &attribute, value).await?;
            }
        }
        Ok(())
    }

    /// Whether an item lets somebody in who has one of their addresses.
    async fn is_open_invitation(&self, item: &Item) -> Result<bool, StoreError> {
        if !self.is_invitation(item) {
            return Ok(false);
        }
        let InvitedItem { project, invitation } = decode(item.clone())?;
        let head: Option<HeadItem> = self.table.get(&Key::Invitation(&project, &invitation)).await?;
        Ok(head.is_some_and(|head| !head.deleted))
    }

    fn is_invitation(&self, item: &Item) -> bool {
        let address = text(item, attributes::PK).strip_prefix("INVITED#");
        address.is_some_and(|address| self.addresses.contains(address))
    }

    /// Whether an item is about the person alone.
    fn is_about(&self, item: &Item) -> bool {
        let pk = text(item, attributes::PK);
        let is_theirs = text(item, "subject") == self.subject.as_str();
        (is_theirs && PASSING.iter().any(|prefix| pk.starts_with(prefix))) || self.is_invitation(item)
    }

    /// The attributes that name them, as they are to be.
    fn changed(&mut self, item: &Item) -> Result<Vec<(String, AttributeValue)>, StoreError> {
        let (pk, mut changed) = (text(item, attributes::PK), Vec::new());
        for (name, old) in item {
            let damaged =
                |error: &dyn std::fmt::Display| StoreError::Damaged(format!("{pk} {name}"), error.to_string());
            let is_text = TEXTS.iter().any(|(partition, attribute)| pk.starts_with(partition) && attribute == name);
            let mut value: Value = match old {
                AttributeValue::S(text) if is_text => serde_json::from_str(text).map_err(|error| damaged(&error))?,
                AttributeValue::M(_) => {
                    serde_dynamo::from_attribute_value(old.clone()).map_err(|error| damaged(&error))?
                }
                _ => continue,
            };
            if !self.walk(&mut value) {
                continue;
            }
            let new = if is_text {
                AttributeValue::S(value.to_string())
            } else {
                serde_dynamo::to_attribute_value(value).map_err(|error| damaged(&error))?
            };
            changed.push((name.clone(), new));
        }
        Ok(changed)
    }

    /// Takes them out of a value, and says whether they were in it.
    fn walk(&mut self, value: &mut Value) -> bool {
        match value {
            Value::Object(object) => match object.get("subject").and_then(Value::as_str) {
                Some(subject) if subject == self.subject.as_str() => self.anonymise(object),
                // Somebody else's address, even if it was theirs once.
                Some(_) => false,
                None => {
                    let is_addressed = self.unaddress(object);
                    object.values_mut().fold(is_addressed, |found, one| self.walk(one) | found)
                }
            },
            Value::Array(all) => all.iter_mut().fold(false, |found, one| self.walk(one) | found),
            _ => false,
        }
    }

    /// An object that is about them: with their name, or with what is known of a member.
    fn anonymise(&mut self, object: &mut Map<String, Value>) -> bool {
        object.insert("subject".to_owned(), self.alias.clone().into());
        unname(object);
        if let Some(Value::Object(info)) = object.get_mut("info") {
            unname(info);
            self.addresses.extend(info.remove("email").and_then(|email| email.as_str().map(str::to_owned)));
        }
        self.stage != Stage::Addresses
    }

    fn unaddress(&self, object: &mut Map<String, Value>) -> bool {
        let email = object.get_mut("email");
        let theirs = email.filter(|email| email.as_str().is_some_and(|email| self.addresses.contains(email)));
        theirs.map(|email| *email = NOWHERE.into()).is_some()
    }

    /// Removes an item whose newest event, if it has any, is still the one that was read.
    async fn remove(&self, item: &Item) -> Result<(), StoreError> {
        let request = self.table.client().delete_item().table_name(self.table.name()).set_key(Some(key_of(item)));
        let request = match item.get(attributes::SEQ) {
            None => request,
            Some(seq) => request
                .condition_expression("#a = :old")
                .expression_attribute_names("#a", attributes::SEQ)
                .expression_attribute_values(":old", seq.clone()),
        };
        overtaken(request.send().await.map(drop))
    }

    /// Sets an attribute that is still as it was read.
    async fn rewrite(&self, item: &Item, attribute: &str, value: AttributeValue) -> Result<(), StoreError> {
        let request = self.table.client().update_item().table_name(self.table.name()).set_key(Some(key_of(item)));
        let request = request.update_expression("SET #a = :new").condition_expression("#a = :old");
        let old = item.get(attribute).cloned().unwrap_or(AttributeValue::Null(true));
        let request = request.expression_attribute_names("#a", attribute);
        let request = request.expression_attribute_values(":new", value).expression_attribute_values(":old", old);
        overtaken(request.send().await.map(drop))
    }
}

/// A write that may have lost to somebody else's.
fn overtaken<E>(result: Result<(), SdkError<E>>) -> Result<(), StoreError>
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    result.or_else(|error| {
        let code = error.as_service_error().and_then(|error| error.code());
        if code.is_some_and(|code| OVERTAKEN.contains(&code)) { Ok(()) } else { Err(failure(&error)) }
    })
}

fn text<'i>(item: &'i Item, name: &str) -> &'i str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

fn unname(object: &mut Map<String, Value>) {
    if let Some(name) = object.get_mut("name") {
        *name = ERASED.into();
    }
}

fn key_of(item: &Item) -> Item {
    let part = |name: &str| item.get(name).map(|value| (name.to_owned(), value.clone()));
    [part(attributes::PK), part(attributes::SK)].into_iter().flatten().collect()
}
