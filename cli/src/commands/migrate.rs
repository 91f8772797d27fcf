//! Creates or updates the table.

use std::process::ExitCode;

use copydesk_migrations::{migrate, pending};
use copydesk_process::{Clock, Settings};
use copydesk_store::settings::TableSettings;

pub(super) async fn run(check: bool) -> anyhow::Result<ExitCode> {
    let mut settings = Settings::from_env();
    let table = TableSettings::read(&mut settings);
    let table = settings.finish(table)?.connect().await;
    let (verb, migrations) =
        if check { ("pending", pending(&table).await?) } else { ("applied", migrate(&table, &Clock::system()).await?) };
    for migration in &migrations {
        println!("{verb} {}: {}", migration.number, migration.name);
    }
    if migrations.is_empty() {
        println!("the table is up to date");
    }
    Ok(if check && !migrations.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
