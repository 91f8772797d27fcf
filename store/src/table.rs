//! One place that talks to DynamoDB. Every read is strongly consistent.

mod transaction;

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use copydesk_schema::Timestamp;
use copydesk_schema::table::{Key, KeyRange, attributes};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use transaction::{Condition, Reason, TransactError, Write, token};

/// An item as DynamoDB has it.
pub type Item = HashMap<String, AttributeValue>;

/// The most keys of one batch read.
const BATCH: usize = 100;

/// Why the table could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No answer, or one that says to try again. A write may have happened all the same.
    #[error("the table did not answer: {0}")]
    Unavailable(String),
    /// The table refused what was asked: a fault of ours.
    #[error("the table refused: {0}")]
    Refused(String),
    /// An item does not hold what it should.
    #[error("item {0} cannot be read: {1}")]
    Damaged(String, String),
}

/// The table.
#[derive(Clone, Debug)]
pub struct Table {
    client: Client,
    name: Arc<str>,
}

/// Which end of a range comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Smallest key first.
    Ascending,
    /// Largest key first.
    Descending,
}

impl Table {
    /// A table by its name.
    pub fn new(client: Client, name: &str) -> Self {
        Self { client, name: name.into() }
    }

    /// The SDK's client, for those who create and describe tables.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One item.
    pub async fn get<T: DeserializeOwned>(&self, key: &Key<'_>) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(&*self.name).consistent_read(true);
        let answer = Box::pin(request.set_key(Some(key_item(key))).send()).await.map_err(|error| failure(&error))?;
        answer.item.map(decode).transpose()
    }

    /// Several items, in no particular order; absent ones are left out.
    pub async fn get_many<T: DeserializeOwned>(&self, keys: &[Key<'_>]) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(BATCH) {
            let mut open = Some(batch(chunk.iter().map(key_item).collect())?);
            while let Some(wanted) = open {
                let request = self.client.batch_get_item().request_items(&*self.name, wanted);
                let answer = Box::pin(request.send()).await.map_err(|error| failure(&error))?;
                let items = answer.responses.unwrap_or_default().into_values().flatten();
                for item in items {
                    found.push(decode(item)?);
                }
                open = answer.unprocessed_keys.unwrap_or_default().into_values().next();
            }
        }
        Ok(found)
    }

    /// The items of a range, at most `limit` of them.
    pub async fn query<T: DeserializeOwned>(
        &self,
        range: &KeyRange,
        order: Order,
        limit: Option<usize>,
    ) -> Result<Vec<T>, StoreError> {
        self.query_some(range, order, limit, &[]).await
    }

    /// The same with only these attributes; all when there are none.
    pub async fn query_some<T: DeserializeOwned>(
        &self,
        range: &KeyRange,
        order: Order,
        limit: Option<usize>,
        attributes: &[&str],
    ) -> Result<Vec<T>, StoreError> {
        let places: Vec<String> = (0..attributes.len()).map(|n| format!("#a{n}")).collect();
        let names = places.iter().cloned().zip(attributes.iter().map(|name| (*name).to_owned()));
        let names: Option<HashMap<String, String>> = (!attributes.is_empty()).then(|| names.collect());
        let projection = (!attributes.is_empty()).then(|| places.join(", "));
        let mut found: Vec<T> = Vec::new();
        let mut start: Option<Item> = None;
        loop {
            let left = limit.map(|limit| limit - found.len());
            let request = self
                .client
                .query()
                .table_name(&*self.name)
                .consistent_read(true)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .expression_attribute_values(":pk", AttributeValue::S(range.pk.clone()))
                .expression_attribute_values(":from", AttributeValue::S(range.from.clone()))
                .expression_attribute_values(":to", AttributeValue::S(range.to.clone()))
                .set_expression_attribute_names(names.clone())
                .set_projection_expression(projection.clone())
                .scan_index_forward(order == Order::Ascending)
                .set_limit(left.and_then(|left| i32::try_from(left).ok()))
                .set_exclusive_start_key(start);
            let answer = Box::pin(request.send()).await.map_err(|error| failure(&error))?;
            for item in answer.items.unwrap_or_default() {
                found.push(decode(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() || limit.is_some_and(|limit| found.len() >= limit) {
                return Ok(found);
            }
        }
    }

    /// Waiting jobs of one kind that are due by `by`, soonest first, at most `limit`. The index may lag behind the table.
    pub async fn jobs<T: DeserializeOwned>(
        &self,
        kind: &str,
        by: Timestamp,
        limit: Option<usize>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        let mut start = None;
        loop {
            let request = self
                .client
                .query()
                .table_name(&*self.name)
                .index_name(attributes::JOBS_INDEX)
                .key_condition_expression("#job = :job AND #due <= :by")
                .expression_attribute_names("#job", attributes::JOB)
                .expression_attribute_names("#due", attributes::DUE)
                .expression_attribute_values(":job", AttributeValue::S(kind.to_owned()))
                .expression_attribute_values(":by", AttributeValue::N(by.0.to_string()))
                .set_limit(limit.and_then(|limit| i32::try_from(limit - found.len()).ok()))
                .set_exclusive_start_key(start);
            let answer = Box::pin(request.send()).await.map_err(|error| failure(&error))?;
            for item in answer.items.unwrap_or_default() {
                found.push(decode(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() || limit.is_some_and(|limit| found.len() >= limit) {
                return Ok(found);
            }
        }
    }
}

fn batch(keys: Vec<Item>) -> Result<KeysAndAttributes, StoreError> {
    let batch = KeysAndAttributes::builder().consistent_read(true).set_keys(Some(keys)).build();
    batch.map_err(|error| StoreError::Refused(error.to_string()))
}

fn key_item(key: &Key<'_>) -> Item {
    let text = |value| AttributeValue::S(value);
    [(attributes::PK.to_owned(), text(key.pk())), (attributes::SK.to_owned(), text(key.sk()))].into()
}

/// An item with its key.
fn encode(key: &Key<'_>, value: &impl Serialize) -> Result<Item, StoreError> {
    let mut item: Item =
        serde_dynamo::to_item(value).map_err(|error| StoreError::Damaged(key.sk(), error.to_string()))?;
    item.extend(key_item(key));
    Ok(item)
}

/// Reads an item; its key attributes are ignored.
pub(crate) fn decode<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let name = |attribute| item.get(attribute).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    let place = format!("{} {}", name(attributes::PK), name(attributes::SK));
    serde_dynamo::from_item(item).map_err(|error| StoreError::Damaged(place, error.to_string()))
}

/// Codes of errors that may pass: throttling, and faults of the service.
const PASSING: [&str; 7] = [
    "InternalServerError",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionConflictException",
    "TransactionInProgressException",
];

pub(crate) fn failure<E>(error: &SdkError<E>) -> StoreError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    let text = DisplayErrorContext(error).to_string();
    match error {
        SdkError::ServiceError(service) => match service.err().code() {
            Some(code) if !PASSING.contains(&code) => StoreError::Refused(text),
            _ => StoreError::Unavailable(text),
        },
        SdkError::ConstructionFailure(_) => StoreError::Refused(text),
        _ => StoreError::Unavailable(text),
    }
}
