//! What the API says of things that are there, as far as commands look.

use copydesk_schema::change::EntryInfo;
use copydesk_schema::{EntryKey, Locale, PageId, Pattern, Seq};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
pub(super) struct KnownLocale {
    pub(super) locale: Locale,
    pub(super) source: bool,
}

#[derive(Deserialize)]
pub(super) struct KnownPage {
    pub(super) page: PageId,
}

#[derive(Deserialize)]
pub(super) struct KnownEntry {
    pub(super) key: EntryKey,
    #[serde(flatten)]
    pub(super) info: EntryInfo,
}

#[derive(Deserialize)]
pub(super) struct KnownDraft {
    pub(super) key: EntryKey,
    pub(super) value: Pattern,
    pub(super) version: Seq,
}
