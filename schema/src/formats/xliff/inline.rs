//! What both versions of XLIFF have in common: inline codes, notes, and what becomes of a unit.

use crate::pattern::is_blank;
use std::collections::BTreeMap;
use std::ops::Range;

use super::out::is_unwritable;
use super::xml::Node;
use crate::formats::sheet::{Mark, ReturnedValue, value_of};
use crate::{EntryKey, Pattern, Seq};

/// A part of a pattern's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'p> {
    /// Words.
    Text(&'p str),
    /// A placeable, to be protected.
    Code(&'p str),
    /// A character that XML cannot hold; it becomes an element that names it.
    Character(char),
}

/// Takes a pattern's source apart. Joined, the pieces give exactly that source again.
fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut taken = 0;
    for code in placeables(source).unwrap_or_default() {
        // An element within a code would be lost in many tools; such a placeable stays text.
        if !source[code.clone()].contains(is_unwritable) {
            push_text(&source[taken..code.start], &mut pieces);
            pieces.push(Piece::Code(&source[code.clone()]));
            taken = code.end;
        }
    }
    push_text(&source[taken..], &mut pieces);
    pieces
}

fn push_text<'p>(text: &'p str, pieces: &mut Vec<Piece<'p>>) {
    let mut taken = 0;
    for (at, found) in text.match_indices(is_unwritable) {
        pieces.extend(words(&text[taken..at]));
        pieces.extend(found.chars().map(Piece::Character));
        taken = at + found.len();
    }
    pieces.extend(words(&text[taken..]));
}

fn words(text: &str) -> Option<Piece<'_>> {
    (!text.is_empty()).then_some(Piece::Text(text))
}

/// Where the placeables are. `None` when one of them is a select expression.
fn placeables(source: &str) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut taken = 0;
    while let Some(start) = source[taken..].find('{').map(|at| taken + at) {
        taken = start + length_of_placeable(&source[start..])?;
        found.push(start..taken);
    }
    Some(found)
}

/// The length of the placeable that `source` begins with. The arrow of a select expression comes
/// before any of its variants, so up to it every quotation mark belongs to a string literal.
fn length_of_placeable(source: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut bytes = source.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quoted => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            b'-' if source[at..].starts_with("->") => return None,
            _ => {}
        }
    }
    None
}

/// Numbers the codes of a unit from 1: the same code in source and target has the same number, and
/// of several that are alike the first one corresponds to the first one.
#[derive(Default)]
pub(super) struct Codes<'p> {
    numbers: BTreeMap<(&'p str, usize), usize>,
}

impl<'p> Codes<'p> {
    /// The pieces of a pattern, each with its code's number; text has none.
    pub(super) fn number(&mut self, source: &'p str) -> Vec<(Piece<'p>, usize)> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut numbered = Vec::new();
        for piece in pieces(source) {
            let mut number = 0;
            if let Piece::Code(text) = piece {
                let count = seen.entry(text).or_default();
                *count += 1;
                let next = self.numbers.len() + 1;
                number = *self.numbers.entry((text, *count)).or_insert(next);
            }
            numbered.push((piece, number));
        }
        numbered
    }

    /// The codes that were numbered, by their numbers.
    pub(super) fn texts(&self) -> BTreeMap<usize, &'p str> {
        self.numbers.iter().map(|((text, _), number)| (*number, *text)).collect()
    }
}

/// The mark and the note that the notes of a unit hold.
pub(super) fn read_notes<'n>(notes: impl Iterator<Item = &'n Node>) -> (Mark, String) {
    let mut mark = None;
    let mut texts = Vec::new();
    for note in notes {
        let text = note.text();
        match Mark::parse(&text) {
            Some(found) if mark.is_none() => mark = Some(found),
            _ => texts.push(text),
        }
    }
    (mark.unwrap_or_default(), texts.join("\n"))
}

/// What was read of a unit.
pub(super) struct Read<'n> {
    pub(super) unit: &'n Node,
    /// The attribute in which the key is looked for before `id`.
    pub(super) name: &'static str,
    pub(super) source: Option<String>,
    pub(super) target: Result<String, String>,
    /// The state says that nobody translated this yet.
    pub(super) untouched: bool,
    pub(super) mark: Mark,
    pub(super) note: String,
}

impl Read<'_> {
    /// The value, if the unit is translated.
    pub(super) fn value(self) -> Result<Option<ReturnedValue>, String> {
        if self.target.as_ref().is_ok_and(|text| is_blank(text) || self.is_copy(text)) {
            return Ok(None);
        }
        let key = self.key()?;
        let text = self.target.map_err(|reason| format!("correct the translation of {key}: {reason}"))?;
        Ok(Some(ReturnedValue {
            value: value_of(&key, &text)?,
            version: self.mark.version,
            source_version: self.mark.source,
            fuzzy: false,
            source: self.source.and_then(|source| Pattern::parse(&source).ok()),
            note: self.note,
            kind: self.mark.kind,
            key,
        }))
    }

    /// Many tools copy the source to the target before anybody translates. Only where nothing was
    /// exported, since a value that equals its source may be meant so.
    fn is_copy(&self, text: &str) -> bool {
        let exported = self.mark.version.is_some_and(|version| version != Seq::NONE);
        self.untouched && !exported && self.source.as_deref() == Some(text)
    }

    fn key(&self) -> Result<EntryKey, String> {
        let candidates = [self.unit.attribute(self.name), self.unit.attribute("id")];
        let found = candidates.into_iter().flatten().find_map(|text| text.parse().ok());
        found.ok_or_else(|| {
            let given = candidates.into_iter().flatten().next().unwrap_or_default();
            format!("give this <{}> the key of its entry as {}; {given:?} is not a key", self.unit.name, self.name)
        })
    }
}
