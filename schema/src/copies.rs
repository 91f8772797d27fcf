//! Looking up a project's values: as far as drafts were read, from locale to locale along the
//! fallback chain, and from a value to those that it refers to.
//!
//! Nothing is read here. Whatever is needed and is not known yet is noted; its reader fetches it
//! and looks again.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::change::DraftId;
use crate::message::{Broken, Message, Parsed, compile, read};
use crate::table::Name;
use crate::{EntryKey, Kind, Locale, PageId, Pattern, Seq, Structure};

/// A draft as it was at some point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftAt {
    /// Its newest event at or before that point.
    pub seq: Seq,
    /// Its value then; absent when it was deleted.
    pub value: Option<Pattern>,
}

/// Drafts, as far as they were read.
#[derive(Debug, Default)]
pub struct Copies {
    /// `None` for one that is known not to be there.
    found: HashMap<DraftId, Option<DraftAt>>,
    /// Locales that were read whole, for the pages at hand.
    whole: BTreeSet<Locale>,
    pages: BTreeSet<PageId>,
    parsed: Mutex<HashMap<DraftId, Arc<Parsed>>>,
}

impl Copies {
    /// Turns to other pages. Of what was read before, terms are kept.
    pub fn turn_to(&mut self, pages: impl IntoIterator<Item = PageId>) {
        self.whole.clear();
        self.pages = pages.into_iter().collect();
        self.found.retain(|id, _| id.key.is_term());
        self.parsed.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|id, _| id.key.is_term());
    }

    /// Takes all drafts of a locale on the pages at hand.
    pub fn add_locale(&mut self, locale: Locale, drafts: impl IntoIterator<Item = (DraftId, DraftAt)>) {
        self.whole.insert(locale);
        self.found.extend(drafts.into_iter().map(|(id, draft)| (id, Some(draft))));
    }

    /// Drops all drafts of a locale but its terms.
    pub fn drop_locale(&mut self, locale: &Locale) {
        self.whole.remove(locale);
        let stays = |id: &DraftId| id.locale != *locale || id.key.is_term();
        self.found.retain(|id, _| stays(id));
        self.parsed.get_mut().unwrap_or_else(PoisonError::into_inner).retain(|id, _| stays(id));
    }

    /// Takes one draft, or that there is none.
    pub fn add(&mut self, id: DraftId, draft: Option<DraftAt>) {
        self.found.insert(id, draft);
    }

    /// Forgets a draft that has changed.
    pub fn forget(&mut self, id: &DraftId) {
        self.found.remove(id);
        self.parsed.get_mut().unwrap_or_else(PoisonError::into_inner).remove(id);
    }

    /// A draft as it was read.
    pub fn draft(&self, id: &DraftId) -> Option<&DraftAt> {
        self.found.get(id)?.as_ref()
    }

    fn is_known(&self, id: &DraftId) -> bool {
        self.found.contains_key(id) || (self.whole.contains(&id.locale) && self.pages.contains(&id.page))
    }
}

/// Looks values up.
pub struct Lookup<'l> {
    structure: &'l Structure,
    copies: &'l Copies,
    /// Where each term is at home.
    terms: &'l BTreeMap<EntryKey, PageId>,
    unread: RefCell<BTreeSet<DraftId>>,
    names: RefCell<BTreeSet<Name>>,
}

impl<'l> Lookup<'l> {
    /// Looks in `copies`.
    pub fn new(structure: &'l Structure, terms: &'l BTreeMap<EntryKey, PageId>, copies: &'l Copies) -> Self {
        Self { structure, copies, terms, unread: RefCell::default(), names: RefCell::default() }
    }

    /// What was looked for and has to be read first; and, where that is nothing, every value that
    /// was referred to.
    pub fn end(self) -> Result<BTreeSet<Name>, BTreeSet<DraftId>> {
        let unread = self.unread.into_inner();
        if unread.is_empty() { Ok(self.names.into_inner()) } else { Err(unread) }
    }

    /// An entry's own value in a locale, if it exists there.
    pub fn value(&self, locale: &Locale, page: &PageId, key: &EntryKey) -> Option<&'l Pattern> {
        let id = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
        let floor = self.structure.draft_floor(&id)?;
        if !self.copies.is_known(&id) {
            self.unread.borrow_mut().insert(id);
            return None;
        }
        self.copies.draft(&id).filter(|draft| draft.seq > floor)?.value.as_ref()
    }

    /// Every value that was looked up so far.
    pub fn names(&self) -> BTreeSet<Name> {
        self.names.borrow().clone()
    }

    /// Notes that something depends on a value.
    pub fn note(&self, locale: &Locale, key: &EntryKey) {
        self.names.borrow_mut().insert(Name::new(locale, key));
    }

    /// What a value refers to, read: a term wherever it is at home, an entry on the same page; in
    /// the first locale of the chain that has it.
    pub fn find(&self, chain: &[Locale], page: &PageId, key: &str) -> Option<Arc<Parsed>> {
        let key: EntryKey = key.parse().ok()?;
        let home = if key.is_term() { self.terms.get(&key) } else { Some(page) };
        for locale in chain {
            self.note(locale, &key);
            if let Some((_, parsed)) = home.and_then(|home| self.read(locale, home, &key)) {
                return Some(parsed);
            }
        }
        None
    }

    /// An entry's own value in a locale, with what it reads as: read once.
    pub fn read(&self, locale: &Locale, page: &PageId, key: &EntryKey) -> Option<(&'l Pattern, Arc<Parsed>)> {
        let pattern = self.value(locale, page, key)?;
        let id = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
        let kind = self.structure.entry(page, key).map(|entry| entry.info.kind).unwrap_or_default();
        let mut parsed = self.copies.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        Some((pattern, Arc::clone(parsed.entry(id).or_insert_with(|| Arc::new(read(pattern, kind))))))
    }

    /// Compiles a value that stands in `from`. What it refers to is looked up from there, since it
    /// is that locale's sentence.
    pub fn compile(&self, from: &Locale, page: &PageId, pattern: &Pattern, kind: Kind) -> Result<Message, Broken> {
        let chain = self.structure.chain(from);
        compile(&read(pattern, kind), kind, from, &|key| self.find(&chain, page, key))
    }
}
