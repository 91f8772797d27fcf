//! One page in one locale: what a visitor sees there. Pure.
//!
//! An entry shows its value in the first locale of the chain that has one that can be formed.
//! Whatever is needed and was not read yet is asked for, and the page is made again.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{DraftId, EntryInfo};
use crate::copies::{Copies, Lookup};
use crate::delivered::PageFile;
use crate::message::check::{Code, Context, Finding, Source, check};
use crate::message::{Message, Node, kind_shown};
use crate::release::Remark;
use crate::structure::Page;
use crate::table::Name;
use crate::{EntryKey, Kind, Locale, PageId, Pattern, Structure};

/// A page that was made.
#[derive(Default)]
pub struct Flat {
    /// The file.
    pub file: PageFile,
    /// What the file's values refer to, wherever it was looked for.
    pub names: BTreeSet<Name>,
    /// What is left out or not as it was meant.
    pub remarks: Vec<Remark>,
    /// Entries that have no value.
    pub left_out: u64,
    /// Entries that the plain alias cannot say as they are.
    pub simplified: u64,
    /// Entries that are markup although no element shows it.
    pub html: BTreeSet<EntryKey>,
    /// What the project does not want to be published.
    pub blocked: Vec<Remark>,
}

/// Makes a page, or says what has to be read first.
pub fn flatten(
    structure: &Structure,
    terms: &BTreeMap<EntryKey, PageId>,
    copies: &Copies,
    locale: &Locale,
    page: &PageId,
) -> Result<Flat, BTreeSet<DraftId>> {
    let lookup = Lookup::new(structure, terms, copies);
    let chain = structure.chain(locale);
    let flat = Flattening { structure, terms, lookup: &lookup, locale, page, chain }.page();
    Ok(Flat { names: compact(lookup.end()?), ..flat })
}

/// Whether it is markup that has to be escaped, and nothing about the message shows that.
fn is_hidden(kind: Kind, message: &Message) -> bool {
    let special = |node: &Node| matches!(node, Node::Text(text) if text.contains(['<', '>', '&', '"']));
    let inside = |node: &Node| special(node) || matches!(node, Node::Select(_));
    kind == Kind::Html && kind_shown(message) == Kind::Text && message.0.iter().any(inside)
}

/// Where a file takes very much from another locale, it depends on all of its page there.
fn compact(names: BTreeSet<Name>) -> BTreeSet<Name> {
    let entries = names.iter().filter_map(Name::parts).filter(|(_, key)| !key.is_term());
    let mut counts: BTreeMap<Locale, usize> = BTreeMap::new();
    for (locale, _) in entries {
        *counts.entry(locale).or_default() += 1;
    }
    let many: Vec<Name> = counts.into_iter().filter(|(_, n)| *n > MOST_NAMES).map(|(l, _)| Name::any(&l)).collect();
    if many.is_empty() {
        return names;
    }
    let covered = |name: &Name| many.iter().any(|all| all != name && all.covers(name));
    let kept: BTreeSet<Name> = names.into_iter().filter(|name| !covered(name)).collect();
    kept.into_iter().chain(many.iter().cloned()).collect()
}

/// Entries of another locale that a file remembers one by one.
const MOST_NAMES: usize = 64;

struct Flattening<'f> {
    structure: &'f Structure,
    terms: &'f BTreeMap<EntryKey, PageId>,
    lookup: &'f Lookup<'f>,
    locale: &'f Locale,
    page: &'f PageId,
    chain: Vec<Locale>,
}

impl Flattening<'_> {
    fn page(&self) -> Flat {
        let mut flat = Flat::default();
        let home = self.structure.page(self.page);
        flat.file.next = home.map(|page| page.head.info.next.clone()).unwrap_or_default();
        let entries = home.into_iter().flat_map(Page::existing_entries);
        // Terms are not shown by themselves.
        for (key, entry) in entries.filter(|(key, _)| !key.is_term()) {
            let found = self.entry(key, &entry.info, &mut flat);
            if found.as_ref().is_some_and(|(_, message)| is_hidden(entry.info.kind, message)) {
                flat.html.insert(key.clone());
            }
            match found {
                Some((from, message)) if from == self.locale => {
                    flat.file.copy.insert(key.clone(), message);
                }
                Some((from, message)) => {
                    flat.file.fallbacks.entry(from.clone()).or_default().insert(key.clone(), message);
                }
                // Why was said already, where it has values.
                None if flat.remarks.last().is_some_and(|remark| remark.key == *key) => flat.left_out += 1,
                None => {
                    flat.left_out += 1;
                    flat.remarks
                        .push(self.remark(key, "it has no value that can be shown; sites keep their own words"));
                }
            }
        }
        self.block_terms(&mut flat.blocked);
        flat.simplified = flat.file.simplified(self.locale);
        flat
    }

    fn remark(&self, key: &EntryKey, reason: impl Into<String>) -> Remark {
        Remark { locale: self.locale.clone(), page: self.page.clone(), key: key.clone(), reason: reason.into() }
    }

    /// The message of an entry and the locale that it is in.
    fn entry(&self, key: &EntryKey, info: &EntryInfo, flat: &mut Flat) -> Option<(&Locale, Message)> {
        for from in &self.chain {
            if from != self.locale {
                // What fell back changes with the locale that it is in.
                self.lookup.note(from, key);
            }
            let Some(pattern) = self.lookup.value(from, self.page, key) else { continue };
            self.block(from, key, info, pattern, &mut flat.blocked);
            match self.lookup.compile(from, self.page, pattern, info.kind) {
                Ok(message) => return Some((from, message)),
                Err(broken) => {
                    flat.remarks.push(self.remark(key, format!("its value in {from} cannot be shown: {broken}")));
                }
            }
        }
        None
    }

    /// Remarks on what the project does not want to be published.
    fn block(&self, from: &Locale, key: &EntryKey, info: &EntryInfo, pattern: &Pattern, blocked: &mut Vec<Remark>) {
        let Some(unwanted) = self.unwanted() else { return };
        let source = self.structure.source().filter(|source| *source != from);
        if let Some(source) = source {
            // What is found depends on the source text, too.
            self.lookup.note(source, key);
        }
        let home = if key.is_term() { self.terms.get(key) } else { Some(self.page) };
        let source = source.and_then(|locale| {
            let (pattern, parsed) = self.lookup.read(locale, home?, key)?;
            Some(Source { locale, pattern, parsed })
        });
        let chain = self.structure.chain(from);
        let find = |key: &str| self.lookup.find(&chain, self.page, key);
        let (kind, max_length) = (info.kind, info.max_length);
        let context = Context { kind, term: key.is_term(), locale: from, max_length, source, find: &find };
        let findings = check(pattern, &context).into_iter().filter(|finding| unwanted.contains(&finding.code));
        let whose = if from == self.locale { String::new() } else { format!(" (in {from})") };
        let remark =
            |finding: Finding| self.remark(key, format!("{}{whose}: {}", finding.code.slug(), finding.message));
        blocked.extend(findings.map(remark));
    }

    /// The terms that the page uses are published with it.
    fn block_terms(&self, blocked: &mut Vec<Remark>) {
        if self.unwanted().is_none() {
            return;
        }
        for (locale, key) in self.lookup.names().iter().filter_map(Name::parts).filter(|(_, key)| key.is_term()) {
            let Some(home) = self.terms.get(&key) else { continue };
            let info = self.structure.entry(home, &key).map(|entry| entry.info.clone()).unwrap_or_default();
            if let Some(pattern) = self.lookup.value(&locale, home, &key) {
                self.block(&locale, &key, &info, pattern, blocked);
            }
        }
    }

    /// The kinds of findings that stop a publish, if there are any.
    fn unwanted(&self) -> Option<&BTreeSet<Code>> {
        let blocking = &self.structure.existing_project()?.info.settings.blocking;
        (!blocking.is_empty()).then_some(blocking)
    }
}
