//! One page in one locale: the values that a visitor sees there. Pure.

use std::collections::BTreeMap;

use copydesk_schema::change::DraftId;
use copydesk_schema::delivered::{Copy, FORMAT, PageFile};
use copydesk_schema::{Locale, PageId, Structure};
use copydesk_store::cut::DraftAt;

/// Each entry's value in the first locale of the chain that has one. An entry without any is left
/// out: the site keeps its own words.
pub(crate) fn flatten(
    structure: &Structure,
    locale: &Locale,
    page: &PageId,
    drafts: &BTreeMap<DraftId, DraftAt>,
) -> PageFile {
    let chain = structure.chain(locale);
    let entries = structure.page(page).into_iter().flat_map(copydesk_schema::structure::Page::existing_entries);
    let copies = entries.filter_map(|(key, entry)| {
        chain.iter().find_map(|from| {
            let id = DraftId { locale: from.clone(), page: page.clone(), key: key.clone() };
            let draft = drafts.get(&id)?;
            let exists = structure.draft_floor(&id).is_some_and(|floor| draft.seq > floor);
            let value = draft.value.as_ref().filter(|_| exists)?;
            let fallback = (from != locale).then(|| from.clone());
            Some((key.clone(), Copy::new(value.clone(), entry.info.kind, fallback)))
        })
    });
    PageFile { format: FORMAT, locale: locale.clone(), page: page.clone(), entries: copies.collect() }
}
