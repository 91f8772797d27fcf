//! Messages to webhooks on their way: claimed, tried, delivered or given up.

use copydesk_schema::access::DeliveryState;
use copydesk_schema::table::{DeliveryItem, HookStatusItem, Key, attributes};
use copydesk_schema::{HookId, ProjectId, Timestamp};

use crate::table::{Condition, Write};
use crate::{StoreError, Table};

/// Writes what becomes of messages.
#[derive(Clone, Debug)]
pub struct Messages {
    table: Table,
}

impl Messages {
    /// Writes to `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// Moves a message on, unless somebody else did: it was last due at `seen`, or not at all.
    pub async fn advance(&self, item: &DeliveryItem, seen: Option<u64>) -> Result<bool, StoreError> {
        let write = Write::put(&Key::Delivery(&item.project, &item.hook, item.seq), item)?;
        self.table.write(write.when(due_at(seen))).await
    }

    /// Has a message sent once more.
    pub async fn replay(&self, item: DeliveryItem, at: Timestamp) -> Result<bool, StoreError> {
        let seen = item.job_due;
        let mut again = item;
        again.delivery.state = DeliveryState::Waiting;
        again.since = at;
        again.job = Some(attributes::HOOKS.to_owned());
        again.job_due = Some(at.0);
        self.advance(&again, seen).await
    }

    /// Notes how a webhook is doing, unless somebody else did since `status` was read.
    pub async fn put_status(
        &self,
        project: &ProjectId,
        hook: &HookId,
        status: HookStatusItem,
    ) -> Result<bool, StoreError> {
        let condition = match status.version {
            0 => Condition::Absent,
            seen => Condition::number("version", seen),
        };
        let next = HookStatusItem { version: status.version + 1, ..status };
        self.table.write(Write::put(&Key::HookStatus(project, hook), &next)?.when(condition)).await
    }
}

fn due_at(seen: Option<u64>) -> Condition {
    match seen {
        Some(seen) => Condition::number(attributes::DUE, seen),
        None => Condition::Without(attributes::DUE),
    }
}
