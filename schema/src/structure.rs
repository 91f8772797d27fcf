//! Locales, pages and entries: the fold of a project's structural events, and the rules that the
//! next change has to meet. Values are not in here.
//!
//! A thing that is deleted leaves its head behind, so that its history goes on when it comes back.
//! A thing exists when its head is not deleted and was born after whatever contains it.

pub mod access;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::{DraftId, EntryInfo, LocaleInfo, PageInfo, Settings};
use crate::{Change, EntryKey, Event, Locale, PageId, Seq};

pub use access::Access;
pub use rules::Refusal;

/// The newest state of one structural thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<T> {
    /// Its newest event.
    pub seq: Seq,
    /// The event before that; 0 for the first.
    pub prev: Seq,
    /// The event that made it exist, the last time.
    pub born: Seq,
    /// Whether its newest event removed it.
    pub deleted: bool,
    /// What is known of it.
    pub info: T,
}

/// The project itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProjectInfo {
    /// The name that people see.
    pub name: String,
    /// The source locale; absent only before the project exists.
    pub source: Option<Locale>,
    /// What its admins chose.
    #[serde(default)]
    pub settings: Settings,
}

/// A page with what was ever on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The page's own head.
    pub head: Head<PageInfo>,
    /// Entries, the deleted ones too.
    pub entries: BTreeMap<EntryKey, Head<EntryInfo>>,
}

/// All structural heads of a project as of some event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// The project.
    pub project: Option<Head<ProjectInfo>>,
    /// Locales, the deleted ones too.
    pub locales: BTreeMap<Locale, Head<LocaleInfo>>,
    /// Pages, the deleted ones too; shared, so that a copy of the structure costs little.
    pub pages: BTreeMap<PageId, Arc<Page>>,
    /// Who may do what, and who is told; shared likewise.
    pub access: Arc<Access>,
    /// The newest structural event in here.
    pub changed: Seq,
}

impl<T> Head<T> {
    /// The head after one more event. `born` moves when the thing did not exist before.
    fn advance(before: Option<&Self>, existed: bool, seq: Seq, info: T) -> Self {
        Self {
            seq,
            prev: before.map_or(Seq::NONE, |head| head.seq),
            born: before.filter(|_| existed).map_or(seq, |head| head.born),
            deleted: false,
            info,
        }
    }

    fn delete(&mut self, seq: Seq) {
        self.prev = self.seq;
        self.seq = seq;
        self.deleted = true;
    }
}

impl Structure {
    /// Applies the next event. Events that are not structural, or already in here, change nothing.
    pub fn apply(&mut self, event: &Event) {
        if self.head_seq(&event.change).is_none_or(|seq| seq < event.seq) {
            self.apply_change(event.seq, &event.change);
        }
    }

    /// The newest event in here of what `change` changes.
    fn head_seq(&self, change: &Change) -> Option<Seq> {
        match change {
            Change::ProjectCreated { .. }
            | Change::ProjectRenamed { .. }
            | Change::SettingsChanged { .. }
            | Change::ProjectDeleted => self.project.as_ref().map(|head| head.seq),
            Change::LocalePut { locale, .. } | Change::LocaleDeleted { locale } => {
                self.locales.get(locale).map(|head| head.seq)
            }
            Change::PagePut { page, .. } | Change::NextSet { page, .. } | Change::PageDeleted { page } => {
                self.pages.get(page).map(|page| page.head.seq)
            }
            Change::EntryPut { page, key, .. } | Change::EntryDeleted { page, key } => {
                self.pages.get(page)?.entries.get(key).map(|head| head.seq)
            }
            _ => self.access.head_seq(change),
        }
    }

    /// Applies a change as event `seq`.
    pub fn apply_change(&mut self, seq: Seq, change: &Change) {
        if !change.is_structural() {
            return;
        }
        self.changed = self.changed.max(seq);
        match change {
            Change::ProjectCreated { name, source } => {
                let info =
                    ProjectInfo { name: name.clone(), source: Some(source.clone()), settings: Settings::default() };
                self.project = Some(Head::advance(None, false, seq, info));
            }
            Change::ProjectRenamed { name } => {
                if let Some(head) = &self.project {
                    let info = ProjectInfo { name: name.clone(), ..head.info.clone() };
                    self.project = Some(Head::advance(Some(head), true, seq, info));
                }
            }
            Change::SettingsChanged { name, alias, blocking, origins } => {
                if let Some(head) = &self.project {
                    let known = &head.info.settings;
                    let blocking = blocking.as_ref().unwrap_or(&known.blocking).clone();
                    let origins = origins.as_ref().unwrap_or(&known.origins).clone();
                    let settings = Settings { alias: alias.unwrap_or(known.alias), blocking, origins };
                    let name = name.as_ref().unwrap_or(&head.info.name).clone();
                    let info = ProjectInfo { name, settings, ..head.info.clone() };
                    self.project = Some(Head::advance(Some(head), true, seq, info));
                }
            }
            Change::ProjectDeleted => {
                if let Some(head) = &mut self.project {
                    head.delete(seq);
                }
            }
            Change::LocalePut { locale, info } => {
                let head = Head::advance(self.locales.get(locale), self.locale(locale).is_some(), seq, info.clone());
                self.locales.insert(locale.clone(), head);
            }
            Change::LocaleDeleted { locale } => {
                if let Some(head) = self.locales.get_mut(locale) {
                    head.delete(seq);
                }
            }
            Change::PagePut { page, info } => {
                let known = self.page(page).map(|page| page.head.info.clone()).unwrap_or_default();
                let was = info.was.clone().or(known.was);
                self.put_page(seq, page, PageInfo { note: info.note.clone(), next: known.next, was });
            }
            Change::NextSet { page, next } => {
                if let Some(known) = self.page(page) {
                    let info = PageInfo { next: next.clone(), ..known.head.info.clone() };
                    self.put_page(seq, page, info);
                }
            }
            Change::PageDeleted { page } => {
                if let Some(page) = self.pages.get_mut(page) {
                    Arc::make_mut(page).head.delete(seq);
                }
            }
            Change::EntryPut { page, key, info } => self.put_entry(seq, page, key, info),
            Change::EntryDeleted { page, key } => {
                let page = self.pages.get_mut(page).map(Arc::make_mut);
                if let Some(head) = page.and_then(|page| page.entries.get_mut(key)) {
                    head.delete(seq);
                }
            }
            access if access.is_access() => Arc::make_mut(&mut self.access).apply(seq, access),
            _ => {}
        }
    }

    fn put_page(&mut self, seq: Seq, id: &PageId, info: PageInfo) {
        let existed = self.page(id).is_some();
        let before = self.pages.remove(id);
        let head = Head::advance(before.as_ref().map(|page| &page.head), existed, seq, info);
        let entries = before.map(|page| Arc::unwrap_or_clone(page).entries).unwrap_or_default();
        self.pages.insert(id.clone(), Arc::new(Page { head, entries }));
    }

    fn put_entry(&mut self, seq: Seq, id: &PageId, key: &EntryKey, info: &EntryInfo) {
        let known = self.entry(id, key).map(|head| head.info.was.clone());
        if let Some(page) = self.pages.get_mut(id).map(Arc::make_mut) {
            // Where it comes from is no longer said when something else of it changes.
            let was = info.was.clone().or_else(|| known.clone().flatten());
            let head = Head::advance(page.entries.get(key), known.is_some(), seq, EntryInfo { was, ..info.clone() });
            page.entries.insert(key.clone(), head);
        }
    }

    /// The project, if it exists.
    pub fn existing_project(&self) -> Option<&Head<ProjectInfo>> {
        self.project.as_ref().filter(|head| !head.deleted)
    }

    /// The source locale, if the project exists.
    pub fn source(&self) -> Option<&Locale> {
        self.existing_project().and_then(|head| head.info.source.as_ref())
    }

    /// A locale, if it exists.
    pub fn locale(&self, locale: &Locale) -> Option<&Head<LocaleInfo>> {
        self.locales.get(locale).filter(|head| !head.deleted)
    }

    /// A page, if it exists.
    pub fn page(&self, page: &PageId) -> Option<&Page> {
        self.pages.get(page).map(Arc::as_ref).filter(|page| !page.head.deleted)
    }

    /// An entry, if it exists.
    pub fn entry(&self, page: &PageId, key: &EntryKey) -> Option<&Head<EntryInfo>> {
        self.page(page).and_then(|page| page.entry(key))
    }

    /// The locales that exist, in order.
    pub fn existing_locales(&self) -> impl Iterator<Item = (&Locale, &Head<LocaleInfo>)> {
        self.locales.iter().filter(|(_, head)| !head.deleted)
    }

    /// The pages that exist, in order.
    pub fn existing_pages(&self) -> impl Iterator<Item = (&PageId, &Page)> {
        self.pages.iter().map(|(id, page)| (id, page.as_ref())).filter(|(_, page)| !page.head.deleted)
    }

    /// The event after which a draft has to be saved to exist: the youngest birth of what it
    /// belongs to. `None` when its locale, page or entry does not exist.
    pub fn draft_floor(&self, id: &DraftId) -> Option<Seq> {
        let locale = self.locale(&id.locale)?;
        let entry = self.entry(&id.page, &id.key)?;
        Some(locale.born.max(entry.born))
    }

    /// Where each term is at home.
    pub fn terms(&self) -> BTreeMap<EntryKey, PageId> {
        let entries =
            self.existing_pages().flat_map(|(id, page)| page.existing_entries().map(move |(key, _)| (key, id)));
        entries.filter(|(key, _)| key.is_term()).map(|(key, page)| (key.clone(), page.clone())).collect()
    }

    /// `locale` and where its missing copy comes from, in order, ending at the source.
    pub fn chain(&self, locale: &Locale) -> Vec<Locale> {
        let named = self.locale(locale).map(|head| head.info.fallback.as_slice()).unwrap_or_default();
        let mut chain = vec![locale.clone()];
        for next in named.iter().chain(self.source()) {
            if !chain.contains(next) && self.locale(next).is_some() {
                chain.push(next.clone());
            }
        }
        chain
    }
}

impl Page {
    /// An entry of this page, if it exists.
    pub fn entry(&self, key: &EntryKey) -> Option<&Head<EntryInfo>> {
        self.entries.get(key).filter(|head| self.has(head))
    }

    /// The entries that exist, in order.
    pub fn existing_entries(&self) -> impl Iterator<Item = (&EntryKey, &Head<EntryInfo>)> {
        self.entries.iter().filter(|(_, head)| self.has(head))
    }

    fn has(&self, head: &Head<EntryInfo>) -> bool {
        !head.deleted && head.born > self.head.born
    }
}

#[cfg(test)]
mod tests;
