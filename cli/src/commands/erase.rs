//! Takes a person out of the table: their name, their address, and what they are known by.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use copydesk_local::data;
use copydesk_local::process::Local;
use copydesk_process::{Clock, Settings};
use copydesk_schema::Subject;
use copydesk_store::Table;
use copydesk_store::erasure::{erase, look};
use copydesk_store::settings::TableSettings;

use crate::args::Erase;

/// How long servers and publishers may hold what they read: longer than a message to a webhook is tried.
const SETTLE: Duration = Duration::from_secs(30);

pub(super) async fn run(args: Erase, folder: &Path) -> anyhow::Result<ExitCode> {
    let subject: Subject = args.subject.parse().context("this is no subject: the log and `members` name them")?;
    let (table, local) = table(folder).await?;
    let settle = if local.is_some() { Duration::ZERO } else { SETTLE };
    let found = if args.check { look(&table, &subject).await? } else { erase(&table, &subject, settle).await? };
    let (rewritten, removed) = (found.rewritten, found.removed);
    if rewritten + removed == 0 {
        println!("nothing names {subject}");
    } else if args.check {
        println!("{rewritten} items name {subject}, and {removed} are about them alone");
    } else {
        println!("{subject} is {} from now on: {rewritten} items rewritten, {removed} removed", found.alias);
    }
    Ok(ExitCode::SUCCESS)
}

/// The table that `COPYDESK_TABLE` names, or that of the data folder, which is kept from others meanwhile.
async fn table(folder: &Path) -> anyhow::Result<(Table, Option<Local>)> {
    let mut settings = Settings::from_env();
    if settings.optional::<String>("COPYDESK_TABLE").is_some() {
        let table = TableSettings::read(&mut settings);
        return Ok((settings.finish(table)?.connect().await, None));
    }
    ensure!(
        data::database(folder).exists(),
        "{} is no data folder: it has no table. Say which with --data, or set COPYDESK_TABLE",
        folder.display()
    );
    let local = Local::open(folder, &Clock::system()).await?;
    Ok((local.table.clone(), Some(local)))
}
