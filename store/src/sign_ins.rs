//! Sign-ins by our own links, and when API tokens were used: what is no project's history.

use copydesk_schema::table::{InvitedItem, Key, LinkItem, SessionItem, TokenItem};
use copydesk_schema::{Email, Timestamp};

use crate::table::{Condition, Write};
use crate::{StoreError, Table};

/// Writes sign-ins.
#[derive(Clone, Debug)]
pub struct SignIns {
    table: Table,
}

impl SignIns {
    /// Writes to `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// Keeps a link, by the SHA-256 of its code.
    pub async fn put_link(&self, sha256: &str, link: &LinkItem) -> Result<(), StoreError> {
        self.table.write(Write::put(&Key::Link(sha256), link)?).await?;
        Ok(())
    }

    /// Uses a link up. Of several who try at once, one gets it.
    pub async fn take_link(&self, sha256: &str) -> Result<Option<LinkItem>, StoreError> {
        let key = Key::Link(sha256);
        let Some(link): Option<LinkItem> = self.table.get(&key).await? else { return Ok(None) };
        let mine = self.table.write(Write::delete(&key).when(Condition::Exists)).await?;
        Ok(mine.then_some(link))
    }

    /// A session.
    pub async fn session(&self, family: &str) -> Result<Option<SessionItem>, StoreError> {
        self.table.get(&Key::Session(family)).await
    }

    /// Moves a session on from `seen`; `false` when somebody else did. A new one is at version 1.
    pub async fn put_session(&self, family: &str, session: &SessionItem) -> Result<bool, StoreError> {
        let seen = session.version.saturating_sub(1);
        let condition = if seen == 0 { Condition::Absent } else { Condition::number("version", seen) };
        self.table.write(Write::put(&Key::Session(family), session)?.when(condition)).await
    }

    /// Forgets an invitation that leads nowhere any more, unless there is another one by now.
    pub async fn forget_invited(&self, email: &Email, invited: &InvitedItem) -> Result<(), StoreError> {
        let write = Write::delete(&Key::Invited(email, &invited.project));
        self.table.write(write.when(Condition::text("invitation", invited.invitation.as_str()))).await?;
        Ok(())
    }

    /// Notes when a token was used, unless it was revoked meanwhile.
    pub async fn token_used(&self, token: &TokenItem, at: Timestamp) -> Result<(), StoreError> {
        let used = TokenItem { used: Some(at), ..token.clone() };
        let write = Write::put(&Key::Token(&token.token), &used)?;
        self.table.write(write.when(Condition::text("sha256", &token.sha256))).await?;
        Ok(())
    }
}
