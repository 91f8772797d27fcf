//! Says of the pages of all projects which are likely to be seen next, from a bucket of access logs of what is delivered.
//!
//! Nothing is remembered from one day to the next: what the bucket keeps is what is counted, so its lifecycle says how far back
//! that is. Who runs it twice gets the same.

mod logs;
mod projects;

use std::time::Duration;

use anyhow::Context as _;
use copydesk_process::{Clock, Settings};
use copydesk_store::settings::TableSettings;
use copydesk_store::writer::Limits;
use copydesk_store::{Reader, Table, Writer};
use futures::stream::{self, StreamExt as _};
use serde::Serialize;
use tokio::time::Instant;

use logs::Logs;
use projects::Projects;

/// How long logs are read. Functions end after 15 minutes, and what was counted has to be said.
const READING: Duration = Duration::from_mins(10);

/// Logs that are read at the same time.
const AHEAD: usize = 4;

/// What counts views and says what is next.
pub struct Daily {
    logs: Logs,
    reader: Reader,
    writer: Writer,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Logs that were read.
    pub logs: usize,
    /// Logs that were not: too large, no logs, or no time was left. The newest are read first.
    pub left: usize,
    /// Views of pages that there are.
    pub views: u64,
    /// Projects with enough of them.
    pub projects: usize,
    /// Pages of which something else is said than before.
    pub changed: usize,
}

impl Daily {
    /// By the variables of the environment: the table's, and `COPYDESK_VIEWS`, the bucket of logs.
    pub async fn from_env() -> anyhow::Result<Self> {
        let mut read = Settings::from_env();
        let table = TableSettings::read(&mut read);
        let bucket = read.required("COPYDESK_VIEWS", "the bucket that the edges write their logs to", String::new());
        let endpoint: Option<String> = read.optional("COPYDESK_S3_ENDPOINT");
        let (table, bucket, endpoint) = read.finish((table, bucket, endpoint))?;
        let logs = logs::connect(endpoint, table.region.clone()).await;
        Ok(Self::new(logs, bucket, table.connect().await))
    }

    /// Of the logs in a bucket, for the projects of a table.
    pub fn new(logs: aws_sdk_s3::Client, bucket: String, table: Table) -> Self {
        let (reader, writer) = (Reader::new(table.clone()), Writer::new(table, Clock::system(), Limits::default()));
        Self { logs: Logs::new(logs, bucket), reader, writer }
    }

    /// Counts all that there is, and says what follows from it.
    pub async fn run(&self) -> anyhow::Result<Summary> {
        let (mut summary, mut projects) = (Summary::default(), Projects::new(self.reader.clone()));
        let until = Instant::now() + READING;
        let logs = self.logs.newest_first().await.context("the bucket of logs cannot be listed")?;
        let read = stream::iter(&logs).map(async |log| {
            if Instant::now() >= until {
                return Ok(None);
            }
            self.logs.seen(log).await.map(Some).with_context(|| log.key.clone())
        });
        let mut read = std::pin::pin!(read.buffered(AHEAD));
        while let Some(seen) = read.next().await {
            match seen {
                Ok(Some(seen)) => {
                    summary.logs += 1;
                    summary.views += projects.count(seen).await?;
                }
                Ok(None) => summary.left += 1,
                // Another day, or never: the others say enough.
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "a log is left out");
                    summary.left += 1;
                }
            }
        }
        (summary.projects, summary.changed) = projects.say(&self.writer).await?;
        tracing::info!(?summary, "popularity");
        Ok(summary)
    }
}
