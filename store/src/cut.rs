//! Drafts as they were at a point in the log: exact, whatever is saved meanwhile.
//!
//! A head that is newer than the cut is followed back along its revisions. A query is only
//! read-committed, so a head may also be older than the newest event at or before the cut; those
//! events are passed in as `tail` and win over what the query found.

use std::collections::BTreeMap;

use copydesk_schema::change::DraftId;
use copydesk_schema::copies::DraftAt;
use copydesk_schema::table::{DraftItem, HeadItem, KeyRange, Thing};
use copydesk_schema::{Change, Event, Locale, PageId, ProjectId, Seq, Structure};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::{Reader, StoreError};

/// Chains that are followed back at the same time.
const PARALLEL: usize = 8;

/// The drafts of `locale` on the pages `first..=last` at `cut`. `tail` holds the log's newest
/// events at or before the cut, as far back as a query could have missed one.
pub async fn drafts_at(
    reader: &Reader,
    project: &ProjectId,
    locale: &Locale,
    (first, last): (&PageId, &PageId),
    cut: Seq,
    tail: &[Event],
) -> Result<BTreeMap<DraftId, DraftAt>, StoreError> {
    let heads = reader.draft_heads(project, locale, first, last).await?;
    let mut found = BTreeMap::new();
    let mut newer = Vec::new();
    for head in heads {
        let id = DraftId { locale: locale.clone(), page: head.page, key: head.key };
        if head.seq <= cut {
            found.insert(id, DraftAt { seq: head.seq, value: head.value });
        } else {
            newer.push(id);
        }
    }
    let newer = reader.drafts_of(project, &newer).await?;
    let older: Vec<_> = stream::iter(newer)
        .map(|head| async move { Ok::<_, StoreError>((head.id(), revision_at(reader, project, &head, cut).await?)) })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    found.extend(older.into_iter().filter_map(|(id, draft)| Some((id, draft?))));
    cover(&mut found, locale, first, last, tail);
    Ok(found)
}

/// A draft's newest revision at or before `cut`; `None` when it had none yet.
pub async fn revision_at(
    reader: &Reader,
    project: &ProjectId,
    head: &DraftItem,
    cut: Seq,
) -> Result<Option<DraftAt>, StoreError> {
    if head.seq <= cut {
        return Ok(Some(DraftAt { seq: head.seq, value: head.value.clone() }));
    }
    let known = head.recent.iter().find(|seq| **seq <= cut);
    let mut next = known.or(head.recent.last()).copied().unwrap_or(head.prev);
    while next != Seq::NONE {
        let event = reader.event(project, next).await?;
        let event = event.ok_or_else(|| StoreError::Damaged(format!("event {next}"), "it is missing".into()))?;
        if event.seq <= cut {
            return Ok(Some(DraftAt { seq: event.seq, value: event.change.value().cloned() }));
        }
        next = event.prev;
    }
    Ok(None)
}

/// Locales, pages and entries at `cut`. Heads that are newer are made again from their events:
/// pages first, since an entry belongs to its page as it was at the cut.
pub async fn structure_at(reader: &Reader, project: &ProjectId, cut: Seq) -> Result<Structure, StoreError> {
    let heads = reader.heads(&KeyRange::structure(project)).await?;
    let (entries, others): (Vec<HeadItem>, Vec<HeadItem>) =
        heads.into_iter().partition(|head| matches!(head.thing, Thing::Entry { .. }));
    let mut structure = Structure::default();
    for group in [others, entries] {
        let (at_cut, newer): (Vec<HeadItem>, Vec<HeadItem>) = group.into_iter().partition(|head| head.seq <= cut);
        for head in &at_cut {
            structure.insert(head);
        }
        for event in events_of(reader, project, &newer, cut).await? {
            structure.apply(&event);
        }
    }
    Ok(structure)
}

/// The events at or before `cut` that made these heads, in order.
async fn events_of(
    reader: &Reader,
    project: &ProjectId,
    heads: &[HeadItem],
    cut: Seq,
) -> Result<Vec<Event>, StoreError> {
    let mut frontier: Vec<Seq> = heads.iter().map(|head| head.seq).collect();
    let mut events = Vec::new();
    while !frontier.is_empty() {
        let found = reader.events_at(project, &frontier).await?;
        frontier = found.iter().map(|event| event.prev).filter(|prev| *prev != Seq::NONE).collect();
        events.extend(found.into_iter().filter(|event| event.seq <= cut));
    }
    events.sort_by_key(|event| event.seq);
    Ok(events)
}

fn cover(found: &mut BTreeMap<DraftId, DraftAt>, locale: &Locale, first: &PageId, last: &PageId, tail: &[Event]) {
    for event in tail {
        let Some(id) = event.change.draft() else { continue };
        if id.locale != *locale || id.page < *first || id.page > *last {
            continue;
        }
        if found.get(id).is_none_or(|draft| draft.seq < event.seq) {
            let value = match &event.change {
                Change::DraftSaved { value, .. } => Some(value.clone()),
                _ => None,
            };
            found.insert(id.clone(), DraftAt { seq: event.seq, value });
        }
    }
}
