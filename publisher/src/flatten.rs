//! One page in one locale: the values that a visitor sees there. Pure.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_schema::change::DraftId;
use copydesk_schema::delivered::{Copy, FORMAT, PageFile};
use copydesk_schema::structure::Page;
use copydesk_schema::{EntryKey, Kind, Locale, PageId, Pattern, Structure};
use copydesk_store::cut::DraftAt;

/// Drafts at the cut, of the locales that were read so far.
pub(crate) type Drafts = BTreeMap<DraftId, DraftAt>;

/// Each entry's value in the first locale of the chain that has one. An entry without any is left
/// out: the site keeps its own words.
pub(crate) fn flatten(structure: &Structure, locale: &Locale, page: &PageId, drafts: &Drafts) -> PageFile {
    let chain = structure.chain(locale);
    let copies = entries(structure, page).filter_map(|(key, kind)| {
        chain.iter().find_map(|from| {
            let value = value(structure, from, page, key, drafts)?;
            let fallback = (from != locale).then(|| from.clone());
            Some((key.clone(), Copy::new(value.clone(), kind, fallback)))
        })
    });
    PageFile { format: FORMAT, locale: locale.clone(), page: page.clone(), entries: copies.collect() }
}

/// The first locale of the chain that still has to be read: some entry has no value in those
/// before it.
pub(crate) fn next_to_read(
    structure: &Structure,
    locale: &Locale,
    page: &PageId,
    drafts: &Drafts,
    read: &BTreeSet<Locale>,
) -> Option<Locale> {
    let chain = structure.chain(locale);
    let mut missing: Vec<&EntryKey> = entries(structure, page).map(|(key, _)| key).collect();
    for from in chain {
        if missing.is_empty() {
            return None;
        }
        if !read.contains(&from) {
            return Some(from);
        }
        missing.retain(|key| value(structure, &from, page, key, drafts).is_none());
    }
    None
}

fn entries<'s>(structure: &'s Structure, page: &PageId) -> impl Iterator<Item = (&'s EntryKey, Kind)> {
    let entries = structure.page(page).into_iter().flat_map(Page::existing_entries);
    entries.map(|(key, entry)| (key, entry.info.kind))
}

/// An entry's value in one locale, if it exists there.
fn value<'d>(
    structure: &Structure,
    locale: &Locale,
    page: &PageId,
    key: &EntryKey,
    drafts: &'d Drafts,
) -> Option<&'d Pattern> {
    let id = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
    let draft = drafts.get(&id)?;
    let exists = structure.draft_floor(&id).is_some_and(|floor| draft.seq > floor);
    draft.value.as_ref().filter(|_| exists)
}
