#![doc = include_str!("../README.md")]

mod m0001_table;

use aws_sdk_dynamodb::error::DisplayErrorContext;
use copydesk_process::Clock;
use copydesk_schema::table::{Key, KeyRange, MigrationItem};
use copydesk_store::table::{Condition, Order, Write};
use copydesk_store::{StoreError, Table};
use futures::future::BoxFuture;

/// Why the table could not be migrated.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The table could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The table could not be created or described.
    #[error("the table could not be set up: {0}")]
    Setup(String),
    /// The table was migrated by a newer version.
    #[error("the table is at migration {0}, which this version does not know: use a newer one")]
    Newer(u32),
}

/// One step of the table's evolution.
pub struct Migration {
    /// Its number; they are applied in order.
    pub number: u32,
    /// What it does, in a few words.
    pub name: &'static str,
    apply: for<'t> fn(&'t Table) -> BoxFuture<'t, Result<(), MigrationError>>,
}

/// Every migration, in order.
pub const ALL: &[Migration] = &[Migration {
    number: 1,
    name: "create the table, its index of waiting jobs, and expiry",
    apply: |table| Box::pin(m0001_table::apply(table)),
}];

/// The migrations that were not applied yet.
pub async fn pending(table: &Table) -> Result<Vec<&'static Migration>, MigrationError> {
    if !m0001_table::exists(table).await? {
        return Ok(ALL.iter().collect());
    }
    let done: Vec<MigrationItem> = table.query(&KeyRange::migrations(), Order::Ascending, None).await?;
    let unknown = done.iter().find(|item| ALL.iter().all(|known| known.number != item.number));
    if let Some(unknown) = unknown {
        return Err(MigrationError::Newer(unknown.number));
    }
    Ok(ALL.iter().filter(|migration| done.iter().all(|item| item.number != migration.number)).collect())
}

/// Applies what is pending and returns it.
pub async fn migrate(table: &Table, clock: &Clock) -> Result<Vec<&'static Migration>, MigrationError> {
    let pending = pending(table).await?;
    for migration in &pending {
        tracing::info!(number = migration.number, name = migration.name, "migrating");
        (migration.apply)(table).await?;
        let item = MigrationItem { number: migration.number, name: migration.name.to_owned(), at: clock.now() };
        let write = Write::put(&Key::Migration(migration.number), &item)?;
        // Somebody else may have noted it this moment: that is as good.
        table.write(write.when(Condition::Absent)).await?;
    }
    Ok(pending)
}

fn setup_error<E: std::error::Error>(error: &E) -> MigrationError {
    MigrationError::Setup(DisplayErrorContext(error).to_string())
}
