//! What an editor should know of a value before it is published. Errors stop a save; all else is
//! said and kept.

mod code;
mod inventory;
mod markup;
mod outline;
mod plurals;
mod source;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::compile::{Broken, compile};
use super::read::{Parsed, read};
use super::{Message, Node};
use crate::limits::{DEPTH, PLACEABLES};
use crate::pattern::{PatternError, Place};
use crate::{Kind, Locale, Pattern};

pub use code::{Code, Severity};
use outline::Outline;

/// Something about a value that its editor should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Finding {
    /// Whether it stops a save.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: Code,
    /// Line in the value, from 1; absent when the whole value is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column in that line, in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// A sentence for its editor.
    pub message: String,
}

impl Finding {
    fn new(code: Code, place: Option<Place>, message: impl Into<String>) -> Self {
        let (line, column) = (place.map(|place| place.line), place.map(|place| place.column));
        Self { severity: code.severity(), code, line, column, message: message.into() }
    }

    /// A value that cannot be read at all.
    pub fn unreadable(error: &PatternError) -> Self {
        match error {
            PatternError::Syntax { place, reason } => Self::new(Code::Syntax, Some(*place), reason.clone()),
            PatternError::TooLong(_) | PatternError::TooDeep => Self::new(Code::Limit, None, error.to_string()),
        }
    }
}

/// What a value is checked against.
pub struct Context<'c> {
    /// What its entry may hold.
    pub kind: Kind,
    /// Whether it is a term: its variables are its own, and names are often the same everywhere.
    pub term: bool,
    /// Its locale.
    pub locale: &'c Locale,
    /// The most characters that it should have.
    pub max_length: Option<u32>,
    /// The value in the source locale; `None` for that locale itself, or where there is none.
    pub source: Option<Source<'c>>,
    /// The values that it may refer to, by key.
    pub find: &'c dyn Fn(&str) -> Option<Arc<Parsed>>,
}

/// The text that a value translates.
pub struct Source<'c> {
    /// Its locale.
    pub locale: &'c Locale,
    /// As it was typed.
    pub pattern: &'c Pattern,
    /// As it was read: once for all its translations.
    pub parsed: Arc<Parsed>,
}

/// All findings, errors first.
pub fn check(pattern: &Pattern, context: &Context<'_>) -> Vec<Finding> {
    if pattern.is_blank() {
        return vec![Finding::new(Code::Empty, None, "There is nothing in it; visitors would see nothing.")];
    }
    let mut findings = Vec::new();
    let parsed = read(pattern, context.kind);
    pattern.with_places(|ast, places| {
        let Some(ast) = ast else { return };
        let outline = Outline::of(ast, places);
        limits(&outline, &mut findings);
        if !findings.is_empty() {
            return;
        }
        markup::check(ast, context.kind, places, &mut findings);
        formed(&parsed, &outline, context, &mut findings);
        let source = context.source.as_ref();
        let source =
            source.map(|source| source.pattern.with_places(|ast, places| ast.map(|ast| Outline::of(ast, places))));
        plurals::check(&outline, source.flatten().as_ref(), context.locale, &mut findings);
        if let Some(source) = &context.source {
            source::check(pattern, &parsed, &outline, source, context, &mut findings);
        }
    });
    edges(pattern, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// The errors among the findings: what stops a save. Needs no other values.
pub fn errors(pattern: &Pattern, kind: Kind) -> Vec<Finding> {
    let mut findings = Vec::new();
    pattern.with_places(|ast, places| {
        let Some(ast) = ast else { return };
        limits(&Outline::of(ast, places), &mut findings);
        if findings.is_empty() {
            markup::check(ast, kind, places, &mut findings);
        }
    });
    findings.retain(|finding| finding.severity == Severity::Error);
    findings
}

fn limits(outline: &Outline, findings: &mut Vec<Finding>) {
    if outline.placeables > PLACEABLES {
        let said =
            format!("It has more than {PLACEABLES} placeables and variants; no page needs that many in one text.");
        findings.push(Finding::new(Code::Limit, None, said));
    }
    if outline.depth > DEPTH {
        let said = format!("Placeables are nested {} deep; at most {DEPTH} are allowed.", outline.depth);
        findings.push(Finding::new(Code::Limit, None, said));
    }
}

/// Whether it can be formed at all, and how long it becomes.
fn formed(parsed: &[Node<super::Reference>], outline: &Outline, context: &Context<'_>, findings: &mut Vec<Finding>) {
    // Everything at once that can be told by itself.
    let missing = outline.references.iter().filter(|(key, _)| (context.find)(key).is_none());
    let missing = missing.map(|(key, place)| (Broken::Missing(key.clone()), *place));
    let all: Vec<(Broken, Place)> = outline.broken.iter().cloned().chain(missing).collect();
    for (broken, place) in &all {
        findings.push(unshown(broken, Some(*place)));
    }
    match compile(parsed, context.kind, context.locale, context.find) {
        Err(_) if !all.is_empty() => {}
        Ok(message) => length(&message, context.max_length, findings),
        Err(broken) => {
            let place = match &broken {
                Broken::UnknownFunction(name) | Broken::Argument(name, _) => outline.calls.get(name),
                Broken::Missing(key) | Broken::Cycle(key) => outline.references.get(key),
                Broken::MissingArgument(_) | Broken::TooDeep | Broken::TooLarge => None,
            };
            findings.push(unshown(&broken, place.copied()));
        }
    }
}

fn unshown(broken: &Broken, place: Option<Place>) -> Finding {
    let code = match broken {
        Broken::UnknownFunction(_) => Code::UnknownFunction,
        Broken::Argument(..) => Code::FunctionArgument,
        Broken::Missing(_) => Code::MissingReference,
        Broken::Cycle(_) => Code::ReferenceCycle,
        Broken::MissingArgument(_) => Code::TermArgument,
        Broken::TooDeep | Broken::TooLarge => Code::ReferenceDepth,
    };
    let said = format!("It cannot be shown, and pages keep other words instead: {broken}.");
    Finding::new(code, place, said)
}

fn length(message: &Message, limit: Option<u32>, findings: &mut Vec<Finding>) {
    let Some(limit) = limit else { return };
    let longest = inventory::longest(&message.0);
    if longest > limit as usize {
        let said = format!("It has {longest} characters; its entry allows {limit}.");
        findings.push(Finding::new(Code::TooLong, None, said));
    }
}

fn edges(pattern: &Pattern, findings: &mut Vec<Finding>) {
    let text = pattern.as_str();
    if text.starts_with([' ', '\n']) || text.ends_with([' ', '\n']) {
        let said = "It begins or ends with blanks, which do not show; write { \" \" } for one that should.";
        findings.push(Finding::new(Code::BlankEdge, None, said));
    }
}

#[cfg(test)]
mod tests;
