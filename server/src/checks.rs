//! Checks values as they stand in the table.

use std::collections::BTreeSet;
use std::sync::Arc;

use copydesk_schema::change::DraftId;
use copydesk_schema::copies::{Copies, DraftAt, Lookup};
use copydesk_schema::delivered::PageFile;
use copydesk_schema::flatten::flatten;
use copydesk_schema::message::Message;
use copydesk_schema::message::check::{Context, Finding, Source, check, errors};
use copydesk_schema::{EntryKey, Kind, Locale, PageId, Pattern, ProjectId, Seq};
use copydesk_store::Reader;

use crate::problem::{Kind as Wrong, Problem};
use crate::structures::Known;

/// Reads a value, and refuses what cannot be saved: broken syntax, limits, markup that cannot be
/// made safe.
pub(crate) fn readable(value: &str, kind: Kind) -> Result<Pattern, Problem> {
    let pattern = Pattern::parse(value)?;
    let findings = errors(&pattern, kind);
    let Some(first) = findings.first() else { return Ok(pattern) };
    let problem = Problem::new(Wrong::InvalidMarkup, first.message.clone());
    Err(problem.with("line", first.line).with("column", first.column).with("findings", &findings))
}

/// Checks values of a project.
pub(crate) struct Checking<'c> {
    pub(crate) reader: &'c Reader,
    pub(crate) project: &'c ProjectId,
    pub(crate) known: &'c Known,
    pub(crate) copies: Copies,
}

impl<'c> Checking<'c> {
    pub(crate) fn new(reader: &'c Reader, project: &'c ProjectId, known: &'c Known) -> Self {
        Self { reader, project, known, copies: Copies::default() }
    }

    /// What may be in an entry.
    pub(crate) fn kind(&self, page: &PageId, key: &EntryKey) -> Kind {
        self.known.structure.entry(page, key).map(|entry| entry.info.kind).unwrap_or_default()
    }

    /// The locale whose text is translated, for any other.
    pub(crate) fn source_for(&self, locale: &Locale) -> Option<Locale> {
        self.known.structure.source().filter(|source| *source != locale).cloned()
    }

    /// Takes a value that is being saved: it is newer than everything.
    pub(crate) fn saved(&mut self, id: DraftId, value: Pattern) {
        self.copies.add(id, Some(DraftAt { seq: Seq(u64::MAX), value: Some(value) }));
    }

    /// Reads all drafts of a locale on pages that follow each other.
    pub(crate) async fn read(&mut self, locale: &Locale, first: &PageId, last: &PageId) -> Result<(), Problem> {
        let drafts = self.reader.drafts(self.project, locale, first, last).await?;
        let drafts = drafts.into_iter().map(|draft| (draft.id(), DraftAt { seq: draft.seq, value: draft.value }));
        self.copies.add_locale(locale.clone(), drafts);
        Ok(())
    }

    /// What is to be said of a draft; `None` when it does not exist. Reads what it refers to.
    pub(crate) async fn findings(&mut self, id: &DraftId) -> Result<Option<Vec<Finding>>, Problem> {
        loop {
            let lookup = Lookup::new(&self.known.structure, &self.known.terms, &self.copies);
            let findings = self.look(&lookup, id);
            match lookup.end() {
                Ok(_) => return Ok(findings),
                Err(unread) => self.read_more(unread).await?,
            }
        }
    }

    /// A value as it would be delivered; `None` when it cannot be formed. Reads what it refers to.
    pub(crate) async fn compiled(&mut self, id: &DraftId, value: &Pattern) -> Result<Option<Message>, Problem> {
        let kind = self.kind(&id.page, &id.key);
        loop {
            let lookup = Lookup::new(&self.known.structure, &self.known.terms, &self.copies);
            let compiled = lookup.compile(&id.locale, &id.page, value, kind).ok();
            match lookup.end() {
                Ok(_) => return Ok(compiled),
                Err(unread) => self.read_more(unread).await?,
            }
        }
    }

    /// A draft that exists, as far as it was read, and its version.
    pub(crate) fn value(&self, id: &DraftId) -> Option<(Pattern, Seq)> {
        let floor = self.known.structure.draft_floor(id)?;
        let draft = self.copies.draft(id).filter(|draft| draft.seq > floor)?;
        Some((draft.value.clone()?, draft.seq))
    }

    /// A page as it would be delivered.
    pub(crate) async fn page(&mut self, locale: &Locale, page: &PageId) -> Result<PageFile, Problem> {
        let structure = Arc::clone(&self.known.structure);
        self.copies.turn_to([page.clone()]);
        for read in structure.chain(locale) {
            self.read(&read, page, page).await?;
        }
        loop {
            match flatten(&structure, &self.known.terms, &self.copies, locale, page) {
                Ok(flat) => return Ok(flat.file),
                Err(unread) => self.read_more(unread).await?,
            }
        }
    }

    fn look(&self, lookup: &Lookup<'_>, id: &DraftId) -> Option<Vec<Finding>> {
        let structure = &self.known.structure;
        let pattern = lookup.value(&id.locale, &id.page, &id.key)?;
        let info = structure.entry(&id.page, &id.key).map(|entry| entry.info.clone()).unwrap_or_default();
        let source = self.source_for(&id.locale);
        let source = source.as_ref().and_then(|locale| {
            let (pattern, parsed) = lookup.read(locale, &id.page, &id.key)?;
            Some(Source { locale, pattern, parsed })
        });
        let chain = structure.chain(&id.locale);
        let find = |key: &str| lookup.find(&chain, &id.page, key);
        let context = Context {
            kind: info.kind,
            term: id.key.is_term(),
            locale: &id.locale,
            max_length: info.max_length,
            source,
            find: &find,
        };
        Some(check(pattern, &context))
    }

    async fn read_more(&mut self, unread: BTreeSet<DraftId>) -> Result<(), Problem> {
        let wanted: Vec<DraftId> = unread.into_iter().collect();
        let found = self.reader.drafts_of(self.project, &wanted).await?;
        for id in wanted {
            self.copies.add(id, None);
        }
        for draft in found {
            self.copies.add(draft.id(), Some(DraftAt { seq: draft.seq, value: draft.value }));
        }
        Ok(())
    }
}
