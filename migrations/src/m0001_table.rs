//! The table: two text keys, a sparse index of waiting jobs by due time, and expiry.

use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::operation::describe_table::DescribeTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TableStatus, TimeToLiveSpecification,
};
use copydesk_schema::table::attributes::{DUE, JOB, JOBS_INDEX, PK, SK, TTL};
use copydesk_store::Table;

use crate::{MigrationError, setup_error};

/// How long the table may take to become active, in looks of a fifth of a second.
const LOOKS: u32 = 600;

pub(crate) async fn apply(table: &Table) -> Result<(), MigrationError> {
    if !exists(table).await? {
        create(table).await?;
    }
    wait_until_active(table).await?;
    expire(table).await
}

pub(crate) async fn exists(table: &Table) -> Result<bool, MigrationError> {
    match table.client().describe_table().table_name(table.name()).send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(DescribeTableError::is_resource_not_found_exception) => {
            Ok(false)
        }
        Err(error) => Err(setup_error(&error)),
    }
}

async fn create(table: &Table) -> Result<(), MigrationError> {
    let attribute = |name: &str, kind: ScalarAttributeType| {
        let definition = AttributeDefinition::builder().attribute_name(name).attribute_type(kind);
        definition.build().map_err(|error| setup_error(&error))
    };
    let key = |name: &str, kind: KeyType| {
        KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(|error| setup_error(&error))
    };
    let jobs = GlobalSecondaryIndex::builder()
        .index_name(JOBS_INDEX)
        .key_schema(key(JOB, KeyType::Hash)?)
        .key_schema(key(DUE, KeyType::Range)?)
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()
        .map_err(|error| setup_error(&error))?;
    let created = table
        .client()
        .create_table()
        .table_name(table.name())
        .attribute_definitions(attribute(PK, ScalarAttributeType::S)?)
        .attribute_definitions(attribute(SK, ScalarAttributeType::S)?)
        .attribute_definitions(attribute(JOB, ScalarAttributeType::S)?)
        .attribute_definitions(attribute(DUE, ScalarAttributeType::N)?)
        .key_schema(key(PK, KeyType::Hash)?)
        .key_schema(key(SK, KeyType::Range)?)
        .global_secondary_indexes(jobs)
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await;
    match created {
        Ok(_) => Ok(()),
        // Another process is creating it.
        Err(error) if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) => Ok(()),
        Err(error) => Err(setup_error(&error)),
    }
}

async fn wait_until_active(table: &Table) -> Result<(), MigrationError> {
    for _ in 0..LOOKS {
        let described = table.client().describe_table().table_name(table.name()).send().await;
        let described = described.map_err(|error| setup_error(&error))?.table;
        if described.and_then(|table| table.table_status) == Some(TableStatus::Active) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Err(MigrationError::Setup("it did not become active within two minutes".to_owned()))
}

async fn expire(table: &Table) -> Result<(), MigrationError> {
    let described = table.client().describe_time_to_live().table_name(table.name()).send().await;
    let described = described.map_err(|error| setup_error(&error))?.time_to_live_description;
    if described.and_then(|ttl| ttl.attribute_name).as_deref() == Some(TTL) {
        return Ok(());
    }
    let specification = TimeToLiveSpecification::builder().attribute_name(TTL).enabled(true).build();
    let specification = specification.map_err(|error| setup_error(&error))?;
    let request = table.client().update_time_to_live().table_name(table.name());
    match request.time_to_live_specification(specification).send().await {
        Ok(_) => Ok(()),
        // Amazon refuses a second change within the hour: another process has made it.
        Err(error) if is_validation(&error) => Ok(()),
        Err(error) => Err(setup_error(&error)),
    }
}

/// Recognises the refusal of a repeated change, which has no type of its own.
fn is_validation<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    error.as_service_error().and_then(|error| error.code()) == Some("ValidationException")
}
