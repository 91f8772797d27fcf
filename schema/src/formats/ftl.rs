//! Fluent files. Attributes become dotted keys, comments become notes.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::slots::name_slots;
use super::{Imported, Message, Skipped};
use crate::{EntryKey, Pattern};

/// Takes a Fluent file apart.
pub fn parse(text: &str) -> Imported {
    let harmless = harmless(text);
    let text = harmless.as_ref();
    let (resource, errors) = match parser::parse(text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let mut reading = Reading { lines: lines_of(text), ..Reading::default() };
    for entry in &resource.body {
        reading.entry(entry);
    }
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    for error in errors {
        let at = error.slice.map_or(error.pos.start, |slice| slice.start);
        let line = ends.partition_point(|end| *end < at) + 1;
        reading.skip(line, format!("not Fluent: {}", error.kind));
    }
    reading.found
}

/// The parser cuts escapes such as `"\u00é"` in the middle of a character. They are no escapes; made
/// into something that is none either, they are reported like any other fault.
fn harmless(text: &str) -> Cow<'_, str> {
    let cut = |escape: &str, digits: usize| escape.chars().skip(2).take(digits).any(|c| !c.is_ascii());
    // Whether there is a quotation mark between the beginning of its line and a place; places come in order.
    let (mut looked, mut quoted) = (0, false);
    let mut is_cut = |at: usize| {
        let escape = &text[at..];
        let passed = &text[looked..at];
        quoted = match passed.rfind('\n') {
            Some(end) => passed[end..].contains('"'),
            None => quoted || passed.contains('"'),
        };
        looked = at;
        quoted && ((escape.starts_with("\\u") && cut(escape, 4)) || (escape.starts_with("\\U") && cut(escape, 6)))
    };
    let places: Vec<usize> = text.match_indices('\\').map(|(at, _)| at).filter(|at| is_cut(*at)).collect();
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut changed = text.as_bytes().to_vec();
    for at in places {
        // A letter that begins no escape takes the place of another.
        changed[at + 1] = b'_';
    }
    Cow::Owned(String::from_utf8(changed).expect("one ASCII letter for another"))
}

#[derive(Default)]
struct Reading<'t> {
    /// Where each message begins.
    lines: HashMap<&'t str, usize>,
    group: String,
    seen: BTreeSet<EntryKey>,
    found: Imported,
}

impl<'t> Reading<'t> {
    fn entry(&mut self, entry: &ast::Entry<&'t str>) {
        match entry {
            ast::Entry::Message(m) => {
                self.message(m.id.name, m.value.as_ref(), &m.attributes, m.comment.as_ref());
            }
            ast::Entry::Term(t) => {
                self.message(&format!("-{}", t.id.name), Some(&t.value), &t.attributes, t.comment.as_ref());
            }
            ast::Entry::GroupComment(comment) => {
                comment.content.join("\n").trim().clone_into(&mut self.group);
            }
            ast::Entry::ResourceComment(comment) => {
                let note = std::mem::take(&mut self.found.note);
                self.found.note = join(&note, &comment.content.join("\n"));
            }
            ast::Entry::Comment(_) | ast::Entry::Junk { .. } => {}
        }
    }

    fn message(
        &mut self,
        id: &str,
        value: Option<&ast::Pattern<&'t str>>,
        attributes: &[ast::Attribute<&'t str>],
        comment: Option<&ast::Comment<&'t str>>,
    ) {
        let own = comment.map(|comment| comment.content.join("\n")).unwrap_or_default();
        // The comment goes with the message's first part only, so that it comes back once.
        let mut note = join(&self.group, &own);
        if let Some(value) = value {
            self.push(id, id, value, std::mem::take(&mut note));
        }
        for attribute in attributes {
            let key = format!("{id}.{}", attribute.id.name);
            self.push(id, &key, &attribute.value, std::mem::take(&mut note));
        }
    }

    fn push(&mut self, id: &str, key: &str, value: &ast::Pattern<&'t str>, note: String) {
        let line = self.lines.get(id).copied().unwrap_or_default();
        let key: EntryKey = match key.parse() {
            Ok(key) => key,
            Err(error) => return self.skip(line, error.to_string()),
        };
        if !self.seen.insert(key.clone()) {
            return self.skip(line, format!("{key} is in this file already; the first one was taken"));
        }
        match Pattern::from_ast(value) {
            Ok(value) => {
                let (value, names) = name_slots(&value);
                for name in names {
                    let reason = format!(
                        "{key}: {{ ${name} }} stood for attributes; the element is now a slot of the page named {name}"
                    );
                    self.found.changed.push(Skipped { line, reason });
                }
                self.found.messages.push(Message::new(key, value, note));
            }
            Err(error) => self.skip(line, format!("{key}: {error}")),
        }
    }

    fn skip(&mut self, line: usize, reason: String) {
        self.found.skipped.push(Skipped { line, reason });
    }
}

fn join(first: &str, second: &str) -> String {
    match (first.trim(), second.trim()) {
        ("", text) | (text, "") => text.to_owned(),
        (first, second) => format!("{first}\n\n{second}"),
    }
}

/// The lines on which messages begin, by their name; of several the last.
fn lines_of(text: &str) -> HashMap<&str, usize> {
    let begins = |line| {
        let (name, _): (&str, _) = str::split_once(line, '=')?;
        Some(name.trim_end()).filter(|name| !name.starts_with(char::is_whitespace))
    };
    text.lines().enumerate().filter_map(|(index, line)| Some((begins(line)?, index + 1))).collect()
}
/// Writes a Fluent file. Keys with more than one dot have no place in Fluent and are reported.
pub fn write(note: &str, messages: &[Message]) -> (String, Vec<Skipped>) {
    let mut text = comment("###", note);
    if !text.is_empty() {
        text.push('\n');
    }
    let mut skipped = Vec::new();
    let mut written: BTreeSet<&str> = BTreeSet::new();
    for message in messages {
        let (id, _) = message.key.split_attribute();
        if !written.insert(id) {
            continue;
        }
        let parts: Vec<&Message> = messages.iter().filter(|part| part.key.split_attribute().0 == id).collect();
        text.push_str(&write_message(id, &parts, &mut skipped));
    }
    (text, skipped)
}

fn write_message(id: &str, parts: &[&Message], skipped: &mut Vec<Skipped>) -> String {
    let mut text: String = parts.iter().map(|part| comment("#", &part.note)).collect();
    let value = parts.iter().find(|part| part.key.split_attribute().1.is_none());
    match value {
        Some(part) => text.push_str(&part.value.to_ftl(id)),
        None if id.starts_with('-') => {
            skipped.push(Skipped {
                line: 0,
                reason: format!("{id} has attributes but no value, which Fluent does not allow"),
            });
            return String::new();
        }
        // Writing to a String cannot fail.
        None => drop(write!(text, "{id} =")),
    }
    for part in parts {
        match part.key.split_attribute().1 {
            Some(name) if name.contains('.') => {
                skipped.push(Skipped {
                    line: 0,
                    reason: format!("{} has more than one dot, which Fluent does not allow", part.key),
                });
            }
            Some(name) => {
                let attribute = part.value.to_ftl(name);
                let indented = attribute.replace('\n', "\n    ");
                let _ = write!(text, "\n    .{indented}");
            }
            None => {}
        }
    }
    text.push('\n');
    text
}

fn comment(mark: &str, note: &str) -> String {
    if note.is_empty() {
        return String::new();
    }
    note.lines().map(|line| if line.is_empty() { format!("{mark}\n") } else { format!("{mark} {line}\n") }).collect()
}
