//! Where people are writing at the moment: no project's history, and soon forgotten.

use copydesk_schema::ProjectId;
use copydesk_schema::table::{Key, KeyRange, PresenceItem};

use crate::table::{Order, Write};
use crate::{StoreError, Table};

/// Reads and writes where people are.
#[derive(Clone, Debug)]
pub struct Presence {
    table: Table,
}

impl Presence {
    /// Works on `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// Notes where somebody is.
    pub async fn put(&self, project: &ProjectId, item: &PresenceItem) -> Result<(), StoreError> {
        self.table.write(Write::put(&Key::Presence(project, &item.subject, &item.window), item)?).await?;
        Ok(())
    }

    /// Notes that a window was closed.
    pub async fn remove(
        &self,
        project: &ProjectId,
        subject: &copydesk_schema::Subject,
        window: &str,
    ) -> Result<(), StoreError> {
        self.table.write(Write::delete(&Key::Presence(project, subject, window))).await?;
        Ok(())
    }

    /// Where everybody was last, at most `limit`; also who has gone without a word.
    pub async fn all(&self, project: &ProjectId, limit: usize) -> Result<Vec<PresenceItem>, StoreError> {
        self.table.query(&KeyRange::presence(project), Order::Ascending, Some(limit)).await
    }
}
