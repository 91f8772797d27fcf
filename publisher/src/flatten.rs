//! One page in one locale: what a visitor sees there. Pure.
//!
//! An entry shows its value in the first locale of the chain that has one that can be formed.
//! Whatever is needed and was not read yet is asked for, and the page is made again.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_schema::change::{DraftId, EntryInfo};
use copydesk_schema::copies::{Copies, Lookup};
use copydesk_schema::delivered::PageFile;
use copydesk_schema::message::Message;
use copydesk_schema::message::check::{Context, check};
use copydesk_schema::release::Remark;
use copydesk_schema::structure::Page;
use copydesk_schema::table::Name;
use copydesk_schema::{EntryKey, Locale, PageId, Structure};

/// A page that was made.
#[derive(Default)]
pub(crate) struct Flat {
    pub(crate) file: PageFile,
    /// What the file's values refer to, wherever it was looked for.
    pub(crate) names: BTreeSet<Name>,
    /// What is left out or not as it was meant.
    pub(crate) remarks: Vec<Remark>,
    pub(crate) left_out: u64,
    pub(crate) simplified: u64,
    /// What the project does not want to be published.
    pub(crate) blocked: Vec<Remark>,
}

/// Makes a page, or says what has to be read first.
pub(crate) fn flatten(
    structure: &Structure,
    terms: &BTreeMap<EntryKey, PageId>,
    copies: &Copies,
    locale: &Locale,
    page: &PageId,
) -> Result<Flat, BTreeSet<DraftId>> {
    let lookup = Lookup::new(structure, terms, copies);
    let chain = structure.chain(locale);
    let flat = Flattening { structure, lookup: &lookup, locale, page, chain }.page();
    Ok(Flat { names: lookup.end()?, ..flat })
}

struct Flattening<'f> {
    structure: &'f Structure,
    lookup: &'f Lookup<'f>,
    locale: &'f Locale,
    page: &'f PageId,
    chain: Vec<Locale>,
}

impl Flattening<'_> {
    fn page(&self) -> Flat {
        let mut flat = Flat::default();
        let entries = self.structure.page(self.page).into_iter().flat_map(Page::existing_entries);
        // Terms are not shown by themselves.
        for (key, entry) in entries.filter(|(key, _)| !key.is_term()) {
            match self.entry(key, &entry.info, &mut flat.remarks) {
                Some((from, message)) if from == self.locale => {
                    self.block(key, &entry.info, &mut flat.blocked);
                    flat.file.copy.insert(key.clone(), message);
                }
                Some((from, message)) => {
                    flat.file.fallbacks.entry(from.clone()).or_default().insert(key.clone(), message);
                }
                None => {
                    flat.left_out += 1;
                    flat.remarks
                        .push(self.remark(key, "it has no value that can be shown; sites keep their own words"));
                }
            }
        }
        flat.simplified = flat.file.simplified(self.locale);
        flat
    }

    fn remark(&self, key: &EntryKey, reason: impl Into<String>) -> Remark {
        Remark { locale: self.locale.clone(), page: self.page.clone(), key: key.clone(), reason: reason.into() }
    }

    /// The message of an entry and the locale that it is in.
    fn entry(&self, key: &EntryKey, info: &EntryInfo, remarks: &mut Vec<Remark>) -> Option<(&Locale, Message)> {
        let mut passed = false;
        for from in &self.chain {
            if passed {
                // Its own value is there and cannot be shown: what follows is depended on, too.
                self.lookup.note(from, key);
            }
            let Some(pattern) = self.lookup.value(from, self.page, key) else { continue };
            match self.lookup.compile(from, self.page, pattern, info.kind) {
                Ok(message) => return Some((from, message)),
                Err(broken) => {
                    passed = true;
                    remarks.push(self.remark(key, format!("its value in {from} cannot be shown: {broken}")));
                }
            }
        }
        None
    }

    /// Remarks on what the project does not want to be published.
    fn block(&self, key: &EntryKey, info: &EntryInfo, blocked: &mut Vec<Remark>) {
        let unwanted = match self.structure.existing_project() {
            Some(project) if !project.info.settings.blocking.is_empty() => &project.info.settings.blocking,
            _ => return,
        };
        let Some(pattern) = self.lookup.value(self.locale, self.page, key) else { return };
        let source = self.structure.source().filter(|source| *source != self.locale);
        let source = source.and_then(|source| Some((source, self.lookup.value(source, self.page, key)?)));
        let find = |key: &str| self.lookup.find(&self.chain, self.page, key);
        let context = Context {
            kind: info.kind,
            term: key.is_term(),
            locale: self.locale,
            max_length: info.max_length,
            source,
            find: &find,
        };
        let findings = check(pattern, &context).into_iter().filter(|finding| unwanted.contains(&finding.code));
        let remark = |finding: copydesk_schema::message::check::Finding| {
            self.remark(key, format!("{}: {}", finding.code.slug(), finding.message))
        };
        blocked.extend(findings.map(remark));
    }
}
