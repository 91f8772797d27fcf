//! Erasing a person: what the table says of them is rewritten, the words that they wrote stay.
//!
//! Names stand beside what people did, as they were called then: reading costs nothing more, and nobody erases them by a
//! change of their name. So erasing reads the whole table, and rewrites what it finds, attribute by attribute and only as
//! it was read: whoever writes meanwhile loses nothing. It repeats that until there is nothing left.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::types::AttributeValue;
use copydesk_schema::Subject;
use copydesk_schema::table::{KeyRange, MembershipItem, attributes};
use serde_json::{Map, Value};

use crate::table::{Item, Order, failure};
use crate::{StoreError, Table};

/// What stands in place of a name.
pub const ERASED: &str = "(erased)";
/// What stands in place of an address: nothing can be sent there.
const NOWHERE: &str = "erased@erased.invalid";
/// Attributes that hold JSON as text: what an event changed, what a webhook is told.
const TEXTS: [&str; 2] = ["change", "body"];
/// Partitions of items that are about one person and go: where they are, how they sign in.
const PASSING: [&str; 3] = ["PRESENCE#", "LINK#", "SESSION#"];
/// Somebody who goes on writing is not erased.
const ROUNDS: usize = 20;

/// Why a person cannot be erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// They would come back with their next save.
    #[error("{0} still belongs to {1}: remove them there first")]
    Member(Subject, String),
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

struct Erasure<'t> {
    table: &'t Table,
    subject: &'t Subject,
    alias: String,
    /// The addresses that were found to be theirs.
    addresses: BTreeSet<String>,
}

/// Erases a person; with `only_look` nothing is written.
pub async fn erase(table: &Table, subject: &Subject, only_look: bool) -> Result<Erased, ErasureError> {
    if subject.as_str() == "owner" {
        return Err(ErasureError::Owner);
    }
    let memberships: Vec<MembershipItem> = table.query(&KeyRange::memberships(subject), Order::Ascending, None).await?;
    if !memberships.is_empty() {
        let projects: Vec<&str> = memberships.iter().map(|one| one.project.as_str()).collect();
        return Err(ErasureError::Member(subject.clone(), projects.join(", ")));
    }
    let alias = format!("erased:{:08x}", fastrand::u32(..));
    let mut erasure = Erasure { table, subject, alias, addresses: BTreeSet::new() };
    // Whoever signs in by a link is known by their address.
    erasure.addresses.extend(subject.as_str().strip_prefix("local:").map(str::to_owned));
    let mut erased = Erased { alias: erasure.alias.clone(), ..Erased::default() };
    for _ in 0..ROUNDS {
        let (known, found) = (erasure.addresses.len(), erasure.round(only_look).await?);
        if only_look && erasure.addresses.len() == known {
            return Ok(Erased { alias: erased.alias, ..found });
        }
        if found.rewritten + found.removed == 0 && erasure.addresses.len() == known {
            return Ok(erased);
        }
        erased.rewritten += found.rewritten;
        erased.removed += found.removed;
    }
    Err(ErasureError::Busy(subject.clone()))
}

impl Erasure<'_> {
    /// Goes through the table once.
    async fn round(&mut self, only_look: bool) -> Result<Erased, StoreError> {
        let mut found = Erased::default();
        let request = self.table.client().scan().table_name(self.table.name()).consistent_read(true);
        let mut pages = request.into_paginator().send();
        while let Some(page) = pages.next().await {
            for item in page.map_err(|error| failure(&error))?.items.unwrap_or_default() {
                if self.is_about(&item) {
                    found.removed += 1;
                    if !only_look {
                        self.remove(&item).await?;
                    }
                    continue;
                }
                let changed = self.changed(&item)?;
                found.rewritten += usize::from(!changed.is_empty());
                if !only_look {
                    for (attribute, value) in changed {
                        self.rewrite(&item, &attribute, value).await?;
                    }
                }
            }
        }
        Ok(found)
    }

    /// Whether an item is about the person alone.
    fn is_about(&self, item: &Item) -> bool {
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str);
        let pk = text(attributes::PK);
        let is_theirs = text("subject") == self.subject.as_str();
        let invited = pk.strip_prefix("INVITED#");
        (is_theirs && PASSING.iter().any(|prefix| pk.starts_with(prefix)))
            || invited.is_some_and(|address| self.addresses.contains(address))
            || text(attributes::SK) == format!("MEMBER#{}", self.subject)
    }

    /// The attributes that name them, as they are to be.
    fn changed(&mut self, item: &Item) -> Result<Vec<(String, AttributeValue)>, StoreError> {
        let mut changed = Vec::new();
        for (name, old) in item {
            let damaged = |error: &dyn std::fmt::Display| StoreError::Damaged(name.clone(), error.to_string());
            let is_text = TEXTS.contains(&name.as_str());
            let mut value: Value = match old {
                AttributeValue::S(text) if is_text => serde_json::from_str(text).map_err(|error| damaged(&error))?,
                AttributeValue::M(_) => {
                    serde_dynamo::from_attribute_value(old.clone()).map_err(|error| damaged(&error))?
                }
                _ => continue,
            };
            if self.walk(&mut value) {
                let new = if is_text {
                    Ok(AttributeValue::S(value.to_string()))
                } else {
                    serde_dynamo::to_attribute_value(value)
                };
                changed.push((name.clone(), new.map_err(|error| damaged(&error))?));
            }
        }
        Ok(changed)
    }

    /// Takes them out of a value, and says whether they were in it.
    fn walk(&mut self, value: &mut Value) -> bool {
        match value {
            Value::Object(object) => {
                let is_theirs = object.get("subject").is_some_and(|subject| subject == self.subject.as_str());
                let is_named = is_theirs && self.anonymise(object);
                let is_addressed = self.unaddress(object);
                let others = object.values_mut().fold(false, |found, one| self.walk(one) | found);
                is_named | is_addressed | others
            }
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
        true
    }

    fn unaddress(&self, object: &mut Map<String, Value>) -> bool {
        let email = object.get_mut("email");
        let theirs = email.filter(|email| email.as_str().is_some_and(|email| self.addresses.contains(email)));
        theirs.map(|email| *email = NOWHERE.into()).is_some()
    }

    async fn remove(&self, item: &Item) -> Result<(), StoreError> {
        let request = self.table.client().delete_item().table_name(self.table.name()).set_key(Some(key_of(item)));
        request.send().await.map(drop).map_err(|error| failure(&error))
    }

    /// Sets an attribute that is still as it was read; otherwise the next round sees it.
    async fn rewrite(&self, item: &Item, attribute: &str, value: AttributeValue) -> Result<(), StoreError> {
        let request = self.table.client().update_item().table_name(self.table.name()).set_key(Some(key_of(item)));
        let request = request.update_expression("SET #a = :new").condition_expression("#a = :old");
        let old = item.get(attribute).cloned().unwrap_or(AttributeValue::Null(true));
        let request = request.expression_attribute_names("#a", attribute);
        let request = request.expression_attribute_values(":new", value).expression_attribute_values(":old", old);
        request.send().await.map(drop).or_else(|error| {
            let code = error.as_service_error().and_then(|error| error.code());
            if code == Some("ConditionalCheckFailedException") { Ok(()) } else { Err(failure(&error)) }
        })
    }
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
