//! All drafts of the projects that were searched lately, kept up by the log: reading them for every search would take
//! seconds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use copydesk_schema::change::{DraftId, EntryAt};
use copydesk_schema::copies::DraftAt;
use copydesk_schema::table::DraftItem;
use copydesk_schema::{Actor, Change, EntryKey, Event, Locale, PageId, Pattern, ProjectId, Seq, Structure, Timestamp};
use copydesk_store::reader::covered;
use copydesk_store::{Reader, StoreError};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

/// Bytes of texts that are kept; forgotten all at once when there are more.
const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// Following more events than this costs more than reading everything.
const FARTHEST: u64 = 2_000;
/// Locales that are read at the same time.
const PARALLEL: usize = 4;

/// One draft, ready to be searched.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// As it is saved; nothing where it was emptied.
    pub(crate) value: Option<Pattern>,
    /// The same in small letters.
    pub(crate) folded: Box<str>,
    /// Its version.
    pub(crate) seq: Seq,
    /// Who saved it.
    pub(crate) by: Actor,
    /// When.
    pub(crate) at: Timestamp,
}

impl Text {
    fn new(value: Option<Pattern>, seq: Seq, by: Actor, at: Timestamp) -> Self {
        let folded = value.as_ref().map(|value| fold(value.as_str())).unwrap_or_default().into();
        Self { value, folded, seq, by, at }
    }
}

/// Text as it is compared: in small letters, whatever the language.
pub(crate) fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The drafts of one locale, by page and key.
type InLocale = BTreeMap<PageId, BTreeMap<EntryKey, Text>>;

/// A project's drafts as of an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drafts {
    seq: Seq,
    locales: BTreeMap<Locale, Arc<InLocale>>,
    bytes: usize,
}

impl Drafts {
    /// A draft, whether or not what it belongs to exists.
    pub(crate) fn get(&self, locale: &Locale, page: &PageId, key: &EntryKey) -> Option<&Text> {
        self.locales.get(locale)?.get(page)?.get(key)
    }

    /// The drafts of a locale on some pages, as checks look them up.
    pub(crate) fn on<'d>(
        &'d self,
        locale: &'d Locale,
        pages: &'d BTreeSet<PageId>,
    ) -> impl Iterator<Item = (DraftId, DraftAt)> + 'd {
        let in_locale = self.locales.get(locale).into_iter().flat_map(|pages| pages.iter());
        let on_pages = in_locale.filter(|(page, _)| pages.contains(*page));
        on_pages.flat_map(move |(page, texts)| {
            texts.iter().map(move |(key, text)| {
                let id = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
                (id, DraftAt { seq: text.seq, value: text.value.clone() })
            })
        })
    }

    /// The drafts that refer to an entry, where they exist.
    pub(crate) fn referring<'d>(
        &'d self,
        structure: &'d Structure,
        to: &'d EntryAt,
    ) -> impl Iterator<Item = DraftId> + 'd {
        let pages = self
            .locales
            .iter()
            .flat_map(|(locale, pages)| pages.iter().map(move |(page, texts)| (locale, page, texts)));
        let near = pages.filter(|(_, page, _)| to.key.is_term() || **page == to.page);
        near.flat_map(move |(locale, page, texts)| {
            texts.iter().filter_map(move |(key, text)| {
                let id = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
                let exists = structure.draft_floor(&id).is_some_and(|floor| text.seq > floor);
                let value = text.value.as_ref().filter(|_| exists)?;
                value.refers_to(&to.key).then_some(id)
            })
        })
    }

    /// The drafts of an entry that refer to one of these.
    pub(crate) fn naming<'d>(&'d self, at: &'d EntryAt, keys: &'d [&EntryKey]) -> impl Iterator<Item = DraftId> + 'd {
        self.locales.keys().filter_map(move |locale| {
            let value = self.get(locale, &at.page, &at.key)?.value.as_ref()?;
            let id = DraftId { locale: locale.clone(), page: at.page.clone(), key: at.key.clone() };
            keys.iter().any(|key| value.refers_to(key)).then_some(id)
        })
    }

    fn put(&mut self, id: DraftId, text: Text) {
        let locale = Arc::make_mut(self.locales.entry(id.locale).or_default());
        let of_page = locale.entry(id.page).or_default();
        if of_page.get(&id.key).is_none_or(|known| known.seq < text.seq) {
            // What it takes, roughly: the text twice, its names, the tree.
            self.bytes += text.folded.len() * 2 + 256;
            of_page.insert(id.key, text);
        }
    }

    fn read(&mut self, item: DraftItem) {
        self.put(item.id(), Text::new(item.value, item.seq, item.by, item.at));
    }

    fn follow(&mut self, event: Event) {
        self.seq = self.seq.max(event.seq);
        let (seq, by, at) = (event.seq, event.by, event.at);
        match event.change {
            Change::DraftSaved { at: id, value, .. } => self.put(id, Text::new(Some(value), seq, by, at)),
            Change::DraftDeleted { at: id } => self.put(id, Text::new(None, seq, by, at)),
            _ => {}
        }
    }
}

/// The drafts that are kept. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Texts(Arc<Mutex<HashMap<ProjectId, Arc<Drafts>>>>);

impl Texts {
    /// A project's drafts as of the event `tip`, or a later one.
    pub(crate) async fn now(
        &self,
        reader: &Reader,
        project: &ProjectId,
        structure: &Structure,
        tip: Seq,
    ) -> Result<Arc<Drafts>, StoreError> {
        let known = self.kept(project).filter(|known| tip.0.saturating_sub(known.seq.0) <= FARTHEST);
        let drafts = match known {
            Some(known) if known.seq >= tip => return Ok(known),
            Some(mut known) => {
                let events = reader.events_through(project, known.seq, tip).await?;
                let followed = Arc::make_mut(&mut known);
                for event in events {
                    followed.follow(event);
                }
                known
            }
            None => Arc::new(read(reader, project, structure, tip).await?),
        };
        self.keep(project, &drafts);
        Ok(drafts)
    }

    fn kept(&self, project: &ProjectId) -> Option<Arc<Drafts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(project).cloned()
    }

    fn keep(&self, project: &ProjectId, drafts: &Arc<Drafts>) {
        if drafts.bytes > KEPT_BYTES {
            return;
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let others: usize = all.iter().filter(|(known, _)| *known != project).map(|(_, drafts)| drafts.bytes).sum();
        if others + drafts.bytes > KEPT_BYTES {
            all.clear();
        }
        if all.get(project).is_none_or(|known| known.seq < drafts.seq) {
            all.insert(project.clone(), Arc::clone(drafts));
        }
    }
}

/// Everything from the table, and what the queries missed from the log.
async fn read(reader: &Reader, project: &ProjectId, structure: &Structure, tip: Seq) -> Result<Drafts, StoreError> {
    let mut drafts = Drafts { seq: tip, ..Drafts::default() };
    let mut pages = structure.existing_pages().map(|(page, _)| page);
    let Some(first) = pages.next() else { return Ok(drafts) };
    let last = pages.last().unwrap_or(first);
    let locales: Vec<Locale> = structure.existing_locales().map(|(locale, _)| locale.clone()).collect();
    let locales: Vec<Vec<DraftItem>> = stream::iter(locales)
        .map(|locale| async move { reader.drafts(project, &locale, first, last).await })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    for item in locales.into_iter().flatten() {
        drafts.read(item);
    }
    for event in reader.events_through(project, covered(tip), tip).await? {
        drafts.follow(event);
    }
    Ok(drafts)
}
