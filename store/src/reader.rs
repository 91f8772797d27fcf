//! What anybody may read.

use copydesk_schema::access::MemberInfo;
use copydesk_schema::change::DraftId;
use copydesk_schema::release::{Release, Request};
use copydesk_schema::structure::Head;
use copydesk_schema::table::{
    DeliveryItem, DraftHead, DraftItem, EventItem, FileItem, Fold, HeadItem, HookSecretItem, HookStatusItem,
    IdempotencyItem, InvitedItem, Key, KeyRange, Lease, MembershipItem, QueueItem, ReleaseHead, ScriptItem, Thing, Tip,
    TokenItem, attributes,
};
use copydesk_schema::{
    Email, Event, HookId, Locale, PageId, ProjectId, ReleaseNumber, Seq, Structure, Subject, Timestamp, TokenId,
};

use crate::table::Order;
use crate::{StoreError, Table};

/// How many of the newest events a read of many heads is checked against: a query is only
/// read-committed, so it may miss what was committed moments before.
const COVER: u64 = 100;
/// The newest event that a query of many heads, begun when `tip` was the newest, is sure to show.
pub fn covered(tip: Seq) -> Seq {
    Seq(tip.0.saturating_sub(COVER))
}

/// Events read at a time.
const EVENTS: usize = 1000;

/// Reads the table.
#[derive(Clone, Debug)]
pub struct Reader {
    table: Table,
}

impl Reader {
    /// Reads `table`.
    pub fn new(table: Table) -> Self {
        Self { table }
    }

    /// The last number of a project's log; 0 before the project exists.
    pub async fn tip(&self, project: &ProjectId) -> Result<Tip, StoreError> {
        Ok(self.table.get(&Key::Tip(project)).await?.unwrap_or_default())
    }

    /// Locales, pages and entries, with the tip that they are valid at.
    pub async fn structure(&self, project: &ProjectId) -> Result<(Structure, Tip), StoreError> {
        let tip = self.tip(project).await?;
        let heads: Vec<HeadItem> = self.table.query(&KeyRange::structure(project), Order::Ascending, None).await?;
        let mut structure = Structure::from_heads(heads);
        // What the query missed is in the log.
        for event in self.events_through(project, covered(tip.seq), tip.seq).await? {
            structure.apply(&event);
        }
        Ok((structure, tip))
    }

    /// All structural heads as they are, the removed ones too.
    pub async fn heads(&self, range: &KeyRange) -> Result<Vec<HeadItem>, StoreError> {
        self.table.query(range, Order::Ascending, None).await
    }

    /// One structural head.
    pub async fn head(&self, key: &Key<'_>) -> Result<Option<HeadItem>, StoreError> {
        self.table.get(key).await
    }

    /// A draft's head.
    pub async fn draft(&self, project: &ProjectId, id: &DraftId) -> Result<Option<DraftItem>, StoreError> {
        self.table.get(&Key::Draft(project, id)).await
    }

    /// Several drafts' heads, in no particular order; absent ones are left out.
    pub async fn drafts_of(&self, project: &ProjectId, ids: &[DraftId]) -> Result<Vec<DraftItem>, StoreError> {
        let keys: Vec<Key<'_>> = ids.iter().map(|id| Key::Draft(project, id)).collect();
        self.table.get_many(&keys).await
    }

    /// The drafts' heads of a locale on the pages from `first` to `last`, the deleted ones too.
    pub async fn drafts(
        &self,
        project: &ProjectId,
        locale: &Locale,
        first: &PageId,
        last: &PageId,
    ) -> Result<Vec<DraftItem>, StoreError> {
        self.table.query(&KeyRange::drafts(project, locale, first, last), Order::Ascending, None).await
    }

    /// What a cut needs of the same heads.
    pub(crate) async fn draft_heads(
        &self,
        project: &ProjectId,
        locale: &Locale,
        first: &PageId,
        last: &PageId,
    ) -> Result<Vec<DraftHead>, StoreError> {
        let range = KeyRange::drafts(project, locale, first, last);
        self.table.query_some(&range, Order::Ascending, None, &DraftHead::ATTRIBUTES).await
    }

    /// The events after `after` in order, at most `limit`, without gaps: an event that is not
    /// readable yet ends the list.
    pub async fn events(&self, project: &ProjectId, after: Seq, limit: usize) -> Result<Vec<Event>, StoreError> {
        let mut events: Vec<Event> = Vec::new();
        let mut next = after.next();
        while events.len() < limit {
            let wanted = (limit - events.len()).min(EVENTS);
            let range = KeyRange::events(project, next, Seq(next.0.saturating_add(wanted as u64 - 1)));
            let found: Vec<EventItem> = self.table.query(&range, Order::Ascending, Some(wanted)).await?;
            let before = events.len();
            for item in found {
                if item.seq != next {
                    return Ok(events);
                }
                events.push(read_event(item)?);
                next = next.next();
            }
            // A partition's end looks like the log's end: one more look into the next partition.
            let same_block = KeyRange::events(project, next, next).pk == range.pk;
            if events.len() == before || (same_block && events.len() - before < wanted) {
                break;
            }
        }
        Ok(events)
    }

    /// Exactly the events after `after` up to `last`, which is known to be committed.
    pub async fn events_through(&self, project: &ProjectId, after: Seq, last: Seq) -> Result<Vec<Event>, StoreError> {
        let wanted = usize::try_from(last.0.saturating_sub(after.0)).unwrap_or(usize::MAX);
        let mut events = Vec::new();
        for attempt in 0..10_u32 {
            let from = events.last().map_or(after, |event: &Event| event.seq);
            events.extend(self.events(project, from, wanted - events.len()).await?);
            if events.len() == wanted {
                return Ok(events);
            }
            // Committed, but not readable everywhere yet: that takes milliseconds.
            tokio::time::sleep(std::time::Duration::from_millis(u64::from(attempt) * 10)).await;
        }
        Err(StoreError::Unavailable(format!("the log of {project} has a gap before {last}")))
    }

    /// One event.
    pub async fn event(&self, project: &ProjectId, seq: Seq) -> Result<Option<Event>, StoreError> {
        self.event_item(project, seq).await?.map(read_event).transpose()
    }

    pub(crate) async fn event_item(&self, project: &ProjectId, seq: Seq) -> Result<Option<EventItem>, StoreError> {
        self.table.get(&Key::Event(project, seq)).await
    }

    /// Several events, in no particular order.
    pub async fn events_at(&self, project: &ProjectId, seqs: &[Seq]) -> Result<Vec<Event>, StoreError> {
        let keys: Vec<Key<'_>> = seqs.iter().map(|seq| Key::Event(project, *seq)).collect();
        let items: Vec<EventItem> = self.table.get_many(&keys).await?;
        items.into_iter().map(read_event).collect()
    }

    /// The requests of a project, newest first, before `before`.
    pub async fn requests(
        &self,
        project: &ProjectId,
        before: Option<Seq>,
        limit: usize,
    ) -> Result<Vec<Request>, StoreError> {
        let mut range = KeyRange::requests(project);
        if let Some(before) = before {
            range.to = Key::Request(project, Seq(before.0.saturating_sub(1))).sk();
        }
        self.table.query(&range, Order::Descending, Some(limit)).await
    }

    /// One request.
    pub async fn request(&self, project: &ProjectId, request: Seq) -> Result<Option<Request>, StoreError> {
        self.table.get(&Key::Request(project, request)).await
    }

    /// The marks of requests that are not finished, oldest first.
    pub async fn queue(&self, project: &ProjectId) -> Result<Vec<QueueItem>, StoreError> {
        self.table.query(&KeyRange::queue(project), Order::Ascending, None).await
    }

    /// Jobs of any project that are due by `by`, soonest first.
    pub async fn jobs(&self, by: Timestamp) -> Result<Vec<QueueItem>, StoreError> {
        self.table.jobs(attributes::JOBS, by, None).await
    }

    /// Projects whose site script is older than `generation`, oldest first, at most `limit`.
    pub async fn older_scripts(&self, generation: u32, limit: usize) -> Result<Vec<ProjectId>, StoreError> {
        let by = Timestamp(u64::from(generation).saturating_sub(1));
        let items: Vec<ScriptItem> = self.table.jobs(attributes::SCRIPTS, by, Some(limit)).await?;
        Ok(items.into_iter().map(|item| item.project).collect())
    }

    /// What is live, and which numbers were given out.
    pub async fn release_head(&self, project: &ProjectId) -> Result<ReleaseHead, StoreError> {
        Ok(self.table.get(&Key::ReleaseHead(project)).await?.unwrap_or_default())
    }

    /// The releases of a project, newest first, before `before`.
    pub async fn releases(
        &self,
        project: &ProjectId,
        before: Option<ReleaseNumber>,
        limit: usize,
    ) -> Result<Vec<Release>, StoreError> {
        let mut range = KeyRange::releases(project);
        if let Some(before) = before {
            range.to = Key::Release(project, ReleaseNumber(before.0.saturating_sub(1))).sk();
        }
        self.table.query(&range, Order::Descending, Some(limit)).await
    }

    /// One release.
    pub async fn release(&self, project: &ProjectId, release: ReleaseNumber) -> Result<Option<Release>, StoreError> {
        self.table.get(&Key::Release(project, release)).await
    }

    /// Who is building.
    pub async fn lease(&self, project: &ProjectId) -> Result<Option<Lease>, StoreError> {
        self.table.get(&Key::Lease(project)).await
    }

    /// How far the log was folded into file items.
    pub async fn fold(&self, project: &ProjectId) -> Result<Fold, StoreError> {
        Ok(self.table.get(&Key::Fold(project)).await?.unwrap_or_default())
    }

    /// The file items of a locale.
    pub async fn files(&self, project: &ProjectId, locale: &Locale) -> Result<Vec<FileItem>, StoreError> {
        self.table.query(&KeyRange::files(project, locale), Order::Ascending, None).await
    }

    /// What an idempotency key was used for.
    pub async fn idempotency(&self, project: &ProjectId, key: &str) -> Result<Option<IdempotencyItem>, StoreError> {
        self.table.get(&Key::Idempotency(project, key)).await
    }

    /// A person's projects after `after`, in order.
    pub async fn memberships(
        &self,
        user: &Subject,
        after: Option<&ProjectId>,
        limit: usize,
    ) -> Result<Vec<ProjectId>, StoreError> {
        let mut range = KeyRange::memberships(user);
        if let Some(after) = after {
            // The smallest text that sorts after the cursor itself.
            range.from = format!("{}!", Key::Membership(user, after).sk());
        }
        let items: Vec<MembershipItem> = self.table.query(&range, Order::Ascending, Some(limit)).await?;
        Ok(items.into_iter().map(|item| item.project).collect())
    }

    /// A member's head, if they ever were one.
    pub async fn member(&self, project: &ProjectId, subject: &Subject) -> Result<Option<Head<MemberInfo>>, StoreError> {
        Ok(match self.head(&Key::Member(project, subject)).await? {
            Some(HeadItem { seq, prev, born, deleted, thing: Thing::Member { info, .. } }) => {
                Some(Head { seq, prev, born, deleted, info })
            }
            _ => None,
        })
    }

    /// The invitation that an address had last in a project.
    pub async fn invited(&self, email: &Email, project: &ProjectId) -> Result<Option<InvitedItem>, StoreError> {
        self.table.get(&Key::Invited(email, project)).await
    }

    /// Projects that an address was invited to, at most `limit`.
    pub async fn invitations_of(&self, email: &Email, limit: usize) -> Result<Vec<InvitedItem>, StoreError> {
        self.table.query(&KeyRange::invited(email), Order::Ascending, Some(limit)).await
    }

    /// What an API token opens.
    pub async fn token(&self, token: &TokenId) -> Result<Option<TokenItem>, StoreError> {
        self.table.get(&Key::Token(token)).await
    }

    /// What several API tokens open, in no particular order.
    pub async fn tokens(&self, tokens: &[TokenId]) -> Result<Vec<TokenItem>, StoreError> {
        let keys: Vec<Key<'_>> = tokens.iter().map(Key::Token).collect();
        self.table.get_many(&keys).await
    }

    /// What messages to a webhook are signed with.
    pub async fn hook_secret(&self, project: &ProjectId, hook: &HookId) -> Result<Option<HookSecretItem>, StoreError> {
        self.table.get(&Key::HookSecret(project, hook)).await
    }

    /// How a webhook is doing.
    pub async fn hook_status(&self, project: &ProjectId, hook: &HookId) -> Result<HookStatusItem, StoreError> {
        Ok(self.table.get(&Key::HookStatus(project, hook)).await?.unwrap_or_default())
    }

    /// The messages to a webhook, newest first, before `before`.
    pub async fn deliveries(
        &self,
        project: &ProjectId,
        hook: &HookId,
        before: Option<Seq>,
        limit: usize,
    ) -> Result<Vec<DeliveryItem>, StoreError> {
        let mut range = KeyRange::deliveries(project, hook);
        if let Some(before) = before {
            range.to = Key::Delivery(project, hook, Seq(before.0.saturating_sub(1))).sk();
        }
        self.table.query(&range, Order::Descending, Some(limit)).await
    }

    /// One message to a webhook.
    pub async fn delivery(
        &self,
        project: &ProjectId,
        hook: &HookId,
        seq: Seq,
    ) -> Result<Option<DeliveryItem>, StoreError> {
        self.table.get(&Key::Delivery(project, hook, seq)).await
    }

    /// Messages to any webhook that are due by `by`, soonest first, at most `limit`.
    pub async fn due_deliveries(&self, by: Timestamp, limit: usize) -> Result<Vec<DeliveryItem>, StoreError> {
        self.table.jobs(attributes::HOOKS, by, Some(limit)).await
    }

    /// The events before `before`, newest first, at most `limit` and at most back to where its
    /// partition of the log begins.
    pub async fn events_before(
        &self,
        project: &ProjectId,
        before: Seq,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let last = Seq(before.0.saturating_sub(1));
        let range = KeyRange::events_of_block(project, last);
        let items: Vec<EventItem> = self.table.query(&range, Order::Descending, Some(limit)).await?;
        items.into_iter().map(read_event).collect()
    }
}

fn read_event(item: EventItem) -> Result<Event, StoreError> {
    let place = format!("event {}", item.seq);
    item.event().map_err(|error| StoreError::Damaged(place, error.to_string()))
}
