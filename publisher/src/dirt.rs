//! Which files need building: the fold of the log into, for each page file, the newest event that
//! may change it: an event on the page itself, or one on something that the file looked up when it
//! was built. A file is dirty for a cut when that event is newer than the point it shows.
//! Nothing is ever cleared, and every publisher folds to the same result.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use copydesk_schema::copies::Copies;
use copydesk_schema::table::{FileItem, Fold, Name, Names};
use copydesk_schema::{Change, EntryKey, Event, Locale, PageId, ProjectId, Seq, Structure};
use copydesk_store::cut::structure_at;
use copydesk_store::{Publishing, Reader, StoreError};

/// The newest events that are kept: a query may have missed one of them.
const TAIL: usize = 100;
/// A longer stretch of log costs more to fold than building everything does.
const LONGEST_FOLD: u64 = 20_000;
/// Events folded at a time.
const BATCH: u64 = 2_000;

/// Events between two savings of what was folded.
const SAVED_EVERY: u64 = 500;

/// So many files' names are worth saving by themselves; fewer are learned again as cheaply.
const LEARNED: usize = 50;

type File = (Locale, PageId);

/// The fold of a project's log.
#[derive(Debug, Default)]
pub(crate) struct Dirt {
    fold: Fold,
    structure: Arc<Structure>,
    files: HashMap<File, Seq>,
    /// What the values of each file refer to, and the cut at which that was so.
    names: HashMap<File, Names>,
    /// Files whose item in the table is older than `files`.
    unsaved: HashSet<File>,
    /// How many files' names were learned since they were saved.
    learned: usize,
    saved: Fold,
    tail: VecDeque<Event>,
    /// Where each term is at home, and the terms that were read, as of `fold`: most pages use the same
    /// few.
    terms: Option<Arc<BTreeMap<EntryKey, PageId>>>,
    copies: Copies,
}

impl Dirt {
    /// Goes on from what was saved last, or from shortly before `cut` with everything dirty.
    pub(crate) async fn load(reader: &Reader, project: &ProjectId, cut: Seq) -> Result<Self, StoreError> {
        let saved = reader.fold(project).await?;
        let mut dirt = Self { fold: saved, saved, ..Self::default() };
        if saved.seq == Seq::NONE {
            dirt.start_over(reader, project, cut).await?;
            return Ok(dirt);
        }
        dirt.structure = Arc::new(structure_at(reader, project, saved.seq).await?);
        for locale in dirt.structure.locales.keys() {
            let items = reader.files(project, locale).await?;
            for item in items {
                let file = (item.locale, item.page);
                dirt.names.extend(item.names.map(|names| (file.clone(), names)));
                dirt.files.insert(file, item.dirty_seq);
            }
        }
        Ok(dirt)
    }

    /// Everything counts as changed shortly before `cut`.
    async fn start_over(&mut self, reader: &Reader, project: &ProjectId, cut: Seq) -> Result<(), StoreError> {
        let seq = Seq(cut.0.saturating_sub(TAIL as u64));
        self.structure = Arc::new(structure_at(reader, project, seq).await?);
        self.files.clear();
        self.names.clear();
        self.terms = None;
        self.copies = Copies::default();
        self.unsaved.clear();
        self.tail.clear();
        self.fold = Fold { seq, floor: seq };
        Ok(())
    }

    /// Folds what the log has up to `cut`.
    pub(crate) async fn advance(&mut self, reader: &Reader, project: &ProjectId, cut: Seq) -> Result<(), StoreError> {
        if cut.0.saturating_sub(self.fold.seq.0) > LONGEST_FOLD {
            self.start_over(reader, project, cut).await?;
        }
        while self.fold.seq < cut {
            let last = Seq(cut.0.min(self.fold.seq.0 + BATCH));
            for event in reader.events_through(project, self.fold.seq, last).await? {
                Arc::make_mut(&mut self.structure).apply(&event);
                self.mark(&event);
                self.fold.seq = event.seq;
                self.tail.push_back(event);
                if self.tail.len() > TAIL {
                    self.tail.pop_front();
                }
            }
        }
        Ok(())
    }

    /// The newest event that may change a file.
    pub(crate) fn own(&self, locale: &Locale, page: &PageId) -> Seq {
        let known = self.files.get(&(locale.clone(), page.clone())).copied().unwrap_or_default();
        known.max(self.fold.floor)
    }

    /// Locales, pages and entries at `cut`.
    pub(crate) async fn structure(
        &self,
        reader: &Reader,
        project: &ProjectId,
        cut: Seq,
    ) -> Result<Arc<Structure>, StoreError> {
        if self.structure.changed <= cut {
            return Ok(Arc::clone(&self.structure));
        }
        Ok(Arc::new(structure_at(reader, project, cut).await?))
    }

    /// The newest events at or before `cut`.
    pub(crate) fn tail(&self, cut: Seq) -> Vec<Event> {
        self.tail.iter().filter(|event| event.seq <= cut).cloned().collect()
    }

    /// Saves what was folded, so that a restart goes on from here; a few events are folded again
    /// more cheaply than they are saved. What was learned of files is not in the log.
    pub(crate) async fn save(&mut self, publishing: &Publishing, project: &ProjectId) -> Result<(), StoreError> {
        let is_near = self.fold.seq.0 - self.saved.seq.0.min(self.fold.seq.0) < SAVED_EVERY;
        if self.saved.seq != Seq::NONE && is_near && self.learned < LEARNED {
            return Ok(());
        }
        let item = |file: &File| FileItem {
            locale: file.0.clone(),
            page: file.1.clone(),
            dirty_seq: self.files.get(file).copied().unwrap_or_default(),
            names: self.names.get(file).cloned(),
        };
        let items: Vec<FileItem> = self.unsaved.iter().map(item).collect();
        publishing.keep_fold(project, &items, self.fold).await?;
        self.unsaved.clear();
        self.learned = 0;
        self.saved = self.fold;
        Ok(())
    }

    /// Remembers what a file's values refer to, as it was built at `cut`.
    pub(crate) fn learn(&mut self, locale: Locale, page: PageId, cut: Seq, names: BTreeSet<Name>) {
        let file = (locale, page);
        if self.fold.seq > cut {
            // What happened after the cut was not held against these names.
            self.touch(self.fold.seq, file.0.clone(), file.1.clone());
        }
        if self.names.get(&file).is_none_or(|known| known.cut < cut) {
            self.names.insert(file.clone(), Names { cut, names });
            self.unsaved.insert(file);
            self.learned += 1;
        }
    }

    /// Where each term is at home in `structure`.
    pub(crate) fn terms(&mut self, structure: &Arc<Structure>) -> Arc<BTreeMap<EntryKey, PageId>> {
        if Arc::ptr_eq(structure, &self.structure) {
            return Arc::clone(self.terms.get_or_insert_with(|| Arc::new(structure.terms())));
        }
        Arc::new(structure.terms())
    }

    /// The terms that were read before and are the same at `cut`.
    pub(crate) fn take_copies(&mut self, cut: Seq) -> Copies {
        if cut == self.fold.seq { std::mem::take(&mut self.copies) } else { Copies::default() }
    }

    /// Keeps the terms that were read for `cut`.
    pub(crate) fn keep_copies(&mut self, cut: Seq, mut copies: Copies) {
        if cut == self.fold.seq {
            copies.turn_to([]);
            self.copies = copies;
        }
    }

    fn mark(&mut self, event: &Event) {
        match event.change.draft() {
            Some(at) => self.copies.forget(at),
            None if event.change.is_structural() && !event.change.is_access() => {
                self.terms = None;
                self.copies = Copies::default();
            }
            None => {}
        }
        match &event.change {
            Change::DraftSaved { at, .. } | Change::DraftDeleted { at } => {
                // An entry is read for its own page only, a term for any.
                let page = Some(&at.page).filter(|_| !at.key.is_term());
                let name = Name::new(&at.locale, &at.key);
                self.touch_users(event.seq, self.readers(&at.locale), page, |used| used.covers(&name));
                self.touch(event.seq, at.locale.clone(), at.page.clone());
            }
            Change::EntryPut { page, key, .. } | Change::EntryDeleted { page, key } => {
                self.touch_page(event.seq, page);
                if key.is_term() {
                    self.touch_users(event.seq, self.locales(), None, |used| used.key() == key.as_str());
                }
            }
            Change::NextSet { page, .. } => self.touch_page(event.seq, page),
            Change::PagePut { page, .. } | Change::PageDeleted { page } => {
                self.touch_page(event.seq, page);
                let known = self.structure.pages.get(page).into_iter().flat_map(|page| page.entries.keys());
                let terms: BTreeSet<EntryKey> = known.filter(|key| key.is_term()).cloned().collect();
                if !terms.is_empty() {
                    let is_one = |used: &Name| terms.iter().any(|term| term.as_str() == used.key());
                    self.touch_users(event.seq, self.locales(), None, is_one);
                }
            }
            Change::LocalePut { locale, .. } | Change::LocaleDeleted { locale } => {
                let pages: Vec<PageId> = self.structure.existing_pages().map(|(page, _)| page.clone()).collect();
                for dependent in self.readers(locale) {
                    for page in &pages {
                        self.touch(event.seq, dependent.clone(), page.clone());
                    }
                }
            }
            _ => {}
        }
    }

    fn touch_page(&mut self, seq: Seq, page: &PageId) {
        for locale in self.locales() {
            self.touch(seq, locale, page.clone());
        }
    }

    /// Touches the files (of one page, or of all) whose values refer to something that changed. A
    /// file whose references are not known as of its newest change may refer to anything.
    fn touch_users(&mut self, seq: Seq, locales: Vec<Locale>, page: Option<&PageId>, is_used: impl Fn(&Name) -> bool) {
        let pages: Vec<PageId> = match page {
            Some(page) => vec![page.clone()],
            None => self.structure.existing_pages().map(|(page, _)| page.clone()).collect(),
        };
        for locale in locales {
            for page in &pages {
                let file = (locale.clone(), page.clone());
                let names = self.names.get(&file).filter(|names| names.cut >= self.own(&file.0, &file.1));
                if names.is_none_or(|names| names.names.iter().any(&is_used)) {
                    self.touch(seq, file.0, file.1);
                }
            }
        }
    }

    fn touch(&mut self, seq: Seq, locale: Locale, page: PageId) {
        let file = (locale, page);
        let known = self.files.entry(file.clone()).or_default();
        if *known < seq {
            *known = seq;
            self.unsaved.insert(file);
        }
    }

    fn locales(&self) -> Vec<Locale> {
        self.structure.existing_locales().map(|(locale, _)| locale.clone()).collect()
    }

    /// The locales whose files may show or refer to something in a locale: those whose chain holds
    /// one whose own chain holds it, since what fell back refers on from where it stands.
    fn readers(&self, locale: &Locale) -> Vec<Locale> {
        let reads = |from: &Locale| self.structure.chain(from).contains(locale);
        let reads_on = |other: &Locale| other == locale || self.structure.chain(other).iter().any(reads);
        self.locales().into_iter().filter(reads_on).collect()
    }
}
