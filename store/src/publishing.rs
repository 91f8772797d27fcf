//! What the publisher writes: releases, leases, file items, and how requests end.

use copydesk_schema::release::{Release, Request};
use copydesk_schema::table::{DeliveryItem, FileItem, Fold, Key, Lease, ReleaseHead, ScriptItem, attributes};
use copydesk_schema::{ProjectId, Seq, Timestamp};

use crate::table::{Condition, TransactError, Write, token};
use crate::{Reader, StoreError, Table};

/// Items of one transaction of file items.
const FILES: usize = 99;

/// Writes what only the publisher may write.
#[derive(Clone, Debug)]
pub struct Publishing {
    table: Table,
}

impl Publishing {
    /// Writes to `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// The table, for what else the publisher writes.
    pub fn table(&self) -> Table {
        self.table.clone()
    }

    /// Reads the same table.
    pub fn reader(&self) -> Reader {
        Reader::new(self.table.clone())
    }

    /// Takes the right to build for a while, unless somebody else has it. `false` then.
    pub async fn lease(&self, project: &ProjectId, mine: &Lease, now: Timestamp) -> Result<bool, StoreError> {
        let key = Key::Lease(project);
        let held: Option<Lease> = self.table.get(&key).await?;
        let condition = match &held {
            None => Condition::Absent,
            Some(held) if held.owner == mine.owner || held.until < now => Condition::number("until", held.until.0),
            Some(_) => return Ok(false),
        };
        self.table.write(Write::put(&key, mine)?.when(condition)).await
    }

    /// Gives that right back, if it is still the one that was taken until then.
    pub async fn end_lease(&self, project: &ProjectId, until: Timestamp) -> Result<(), StoreError> {
        self.table.write(Write::delete(&Key::Lease(project)).when(Condition::number("until", until.0))).await?;
        Ok(())
    }

    /// Moves requests, releases and the head forward together. `false` when the head was not at
    /// `seen` any more or a request was not waiting: then nothing was written.
    pub async fn advance(&self, project: &ProjectId, seen: &ReleaseHead, step: Step) -> Result<bool, StoreError> {
        let head = ReleaseHead { version: seen.version + 1, ..step.head };
        let expected = if seen.version == 0 { Condition::Absent } else { Condition::number("version", seen.version) };
        let mut writes = vec![Write::put(&Key::ReleaseHead(project), &head)?.when(expected)];
        for release in &step.releases {
            writes.push(Write::put(&Key::Release(project, release.release), release)?);
        }
        if let Some((request, from)) = &step.request {
            let write = Write::put(&Key::Request(project, request.request), request)?;
            writes.push(write.when(Condition::text("state", from)));
        }
        if head.script != seen.script {
            let (job, generation) = (attributes::SCRIPTS.to_owned(), head.script);
            let item = ScriptItem { job, generation, project: project.clone() };
            writes.push(Write::put(&Key::Script(project), &item)?);
        }
        for item in &step.deliveries {
            writes.push(Write::put(&Key::Delivery(project, &item.hook, item.seq), item)?);
        }
        // A transaction holds 100 writes: what does not fit stays for the next time.
        writes.extend(
            step.cleared.iter().take(FILES - writes.len()).map(|seq| Write::delete(&Key::Queue(project, *seq))),
        );
        match self.table.transact(&writes, &token()).await {
            Ok(()) => Ok(true),
            Err(TransactError::Cancelled(_)) => Ok(false),
            Err(TransactError::Unknown(error) | TransactError::Refused(error)) => Err(error),
        }
    }

    /// Notes how far a release has come.
    pub async fn progress(&self, project: &ProjectId, release: &Release) -> Result<bool, StoreError> {
        let write = Write::put(&Key::Release(project, release.release), release)?;
        self.table.write(write.when(Condition::text("state", "building"))).await
    }

    /// Writes a release's record, whatever it was.
    pub async fn put_release(&self, project: &ProjectId, release: &Release) -> Result<(), StoreError> {
        self.put_all(&[Write::put(&Key::Release(project, release.release), release)?]).await
    }

    /// Keeps what was folded from the log: first the files, then how far. Neither ever goes back:
    /// where another publisher has kept more, this leaves it.
    pub async fn keep_fold(&self, project: &ProjectId, files: &[FileItem], fold: Fold) -> Result<(), StoreError> {
        for chunk in files.chunks(FILES) {
            let write = |file: &FileItem| {
                let write = Write::put(&Key::File(project, &file.locale, &file.page), file)?;
                Ok(write.when(Condition::NotAbove("dirty_seq", file.dirty_seq.0)))
            };
            let writes: Vec<Write> = chunk.iter().map(write).collect::<Result<_, StoreError>>()?;
            if self.put_all(&writes).await.is_err() {
                for write in writes {
                    self.table.write(write).await?;
                }
            }
        }
        let write = Write::put(&Key::Fold(project), &fold)?;
        self.table.write(write.when(Condition::NotAbove(attributes::SEQ, fold.seq.0))).await?;
        Ok(())
    }

    async fn put_all(&self, writes: &[Write]) -> Result<(), StoreError> {
        match self.table.transact(writes, &token()).await {
            Ok(()) => Ok(()),
            Err(TransactError::Cancelled(_)) => Err(StoreError::Unavailable("another publisher is at it".to_owned())),
            Err(TransactError::Unknown(error) | TransactError::Refused(error)) => Err(error),
        }
    }
}

/// One step of the release machinery.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The head as it is to be; its version is set by the writer.
    pub head: ReleaseHead,
    /// Releases that change.
    pub releases: Vec<Release>,
    /// The request that changes, and the state it must be in.
    pub request: Option<(Request, &'static str)>,
    /// Messages to webhooks that tell of it.
    pub deliveries: Vec<DeliveryItem>,
    /// Finished requests whose marks go, since nothing is left to do for them.
    pub cleared: Vec<Seq>,
}
