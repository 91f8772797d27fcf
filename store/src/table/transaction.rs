//! Conditional writes, all or nothing.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use copydesk_schema::table::{Key, attributes};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Item, StoreError, Table, decode, encode, failure, key_item};

/// One write of a transaction.
#[derive(Clone, Debug)]
pub struct Write {
    action: Action,
    condition: Option<Condition>,
}

#[derive(Clone, Debug)]
enum Action {
    Put(Item),
    Delete(Item),
}

/// What must hold of the item before it is written.
#[derive(Clone, Debug)]
pub enum Condition {
    /// There is none.
    Absent,
    /// There is one.
    Exists,
    /// There is one, without this attribute.
    Without(&'static str),
    /// An attribute has this value.
    Is(&'static str, AttributeValue),
    /// There is none, or a number attribute is not above this value.
    NotAbove(&'static str, u64),
}

/// Why one write of a transaction did not go through.
#[derive(Debug)]
pub enum Reason {
    /// It would have.
    None,
    /// Its condition failed; the item as it is.
    Condition(Option<Item>),
    /// Another transaction was at the item, or the table is busy: try again.
    Busy,
    /// It can never go through.
    Invalid(String),
}

/// Why a transaction did not go through.
#[derive(Debug)]
pub enum TransactError {
    /// It was cancelled: nothing was written. A reason for each write, in order.
    Cancelled(Vec<Reason>),
    /// No definite answer: it may have been written.
    Unknown(StoreError),
    /// It can never go through.
    Refused(StoreError),
}

impl Condition {
    /// A head is at this event, or absent when it is 0.
    pub fn at(seq: copydesk_schema::Seq) -> Self {
        if seq.0 == 0 { Self::Absent } else { Self::number(attributes::SEQ, seq.0) }
    }

    /// A number attribute has this value.
    pub fn number(attribute: &'static str, value: u64) -> Self {
        Self::Is(attribute, AttributeValue::N(value.to_string()))
    }

    /// A text attribute has this value.
    pub fn text(attribute: &'static str, value: &str) -> Self {
        Self::Is(attribute, AttributeValue::S(value.to_owned()))
    }
}

impl Write {
    /// Puts a whole item.
    pub fn put(key: &Key<'_>, value: &impl Serialize) -> Result<Self, StoreError> {
        Ok(Self { action: Action::Put(encode(key, value)?), condition: None })
    }

    /// Removes an item.
    pub fn delete(key: &Key<'_>) -> Self {
        Self { action: Action::Delete(key_item(key)), condition: None }
    }

    /// Only when `condition` holds.
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(condition);
        self
    }

    fn build(self, table: &str) -> Result<TransactWriteItem, StoreError> {
        let (expression, name, value) = match self.condition {
            None => (None, None, None),
            Some(Condition::Absent) => (Some("attribute_not_exists(pk)"), None, None),
            Some(Condition::Exists) => (Some("attribute_exists(pk)"), None, None),
            Some(Condition::Without(name)) => {
                (Some("attribute_exists(pk) AND attribute_not_exists(#a)"), Some(name), None)
            }
            Some(Condition::Is(name, value)) => (Some("#a = :v"), Some(name), Some(value)),
            Some(Condition::NotAbove(name, value)) => {
                let value = AttributeValue::N(value.to_string());
                (Some("attribute_not_exists(pk) OR #a <= :v"), Some(name), Some(value))
            }
        };
        let expression = expression.map(str::to_owned);
        let names = name.map(|name| [("#a".to_owned(), name.to_owned())].into());
        let values = value.map(|value| [(":v".to_owned(), value)].into());
        let old = expression.is_some().then_some(ReturnValuesOnConditionCheckFailure::AllOld);
        let write = TransactWriteItem::builder();
        let built = match self.action {
            Action::Put(item) => {
                let put = Put::builder().table_name(table).set_item(Some(item)).set_condition_expression(expression);
                let put = put.set_expression_attribute_names(names).set_expression_attribute_values(values);
                put.set_return_values_on_condition_check_failure(old).build().map(|put| write.put(put))
            }
            Action::Delete(key) => {
                let delete = Delete::builder().table_name(table).set_key(Some(key));
                let delete = delete.set_condition_expression(expression).set_expression_attribute_names(names);
                let delete = delete.set_expression_attribute_values(values);
                delete.set_return_values_on_condition_check_failure(old).build().map(|delete| write.delete(delete))
            }
        };
        Ok(built.map_err(|error| StoreError::Refused(error.to_string()))?.build())
    }
}

impl Reason {
    fn new(reason: CancellationReason) -> Self {
        match reason.code.as_deref() {
            None | Some("None") => Self::None,
            Some("ConditionalCheckFailed") => Self::Condition(reason.item),
            Some("TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded") => Self::Busy,
            Some(code) => Self::Invalid(format!("{code}: {}", reason.message.unwrap_or_default())),
        }
    }

    /// The item as it is, when this write's condition failed.
    pub fn current<T: DeserializeOwned>(self) -> Result<Option<T>, StoreError> {
        match self {
            Self::Condition(Some(item)) => decode(item).map(Some),
            _ => Ok(None),
        }
    }
}

impl Table {
    /// Writes all or nothing. `token` makes a repetition within minutes harmless.
    pub async fn transact(&self, writes: &[Write], token: &str) -> Result<(), TransactError> {
        let build = |write: &Write| write.clone().build(self.name());
        let items: Result<Vec<_>, _> = writes.iter().map(build).collect();
        let items = items.map_err(TransactError::Refused)?;
        let request = self.client().transact_write_items().client_request_token(token);
        match Box::pin(request.set_transact_items(Some(items)).send()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(transact_error(error)),
        }
    }

    /// One write that is not part of anything larger. `Ok(false)` when its condition failed.
    pub async fn write(&self, write: Write) -> Result<bool, StoreError> {
        match self.transact(&[write], &token()).await {
            Ok(()) => Ok(true),
            Err(TransactError::Cancelled(reasons)) => match reasons.into_iter().next() {
                Some(Reason::Condition(_)) => Ok(false),
                other => Err(StoreError::Unavailable(format!("{other:?}"))),
            },
            Err(TransactError::Unknown(error) | TransactError::Refused(error)) => Err(error),
        }
    }
}

/// A fresh idempotency token for one transaction.
pub fn token() -> String {
    format!("{:032x}", fastrand::u128(..))
}

fn transact_error(error: SdkError<TransactWriteItemsError>) -> TransactError {
    if let SdkError::ServiceError(service) = error {
        let raw = service.raw().status().as_u16();
        return match service.into_err() {
            TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                let reasons = cancelled.cancellation_reasons.unwrap_or_default();
                TransactError::Cancelled(reasons.into_iter().map(Reason::new).collect())
            }
            other => {
                let code = aws_sdk_dynamodb::error::ProvideErrorMetadata::code(&other).unwrap_or_default().to_owned();
                let text = format!("{raw} {}", aws_sdk_dynamodb::error::DisplayErrorContext(&other));
                if super::PASSING.contains(&code.as_str()) || raw >= 500 {
                    TransactError::Unknown(StoreError::Unavailable(text))
                } else {
                    TransactError::Refused(StoreError::Refused(text))
                }
            }
        };
    }
    match failure(&error) {
        refused @ StoreError::Refused(_) => TransactError::Refused(refused),
        unknown => TransactError::Unknown(unknown),
    }
}
