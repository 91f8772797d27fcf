//! The cleaner, run until nothing changes.

use super::policy::{Attribute, CLEANER, SLOT};
use super::tokens::{Token, tokens};
use std::borrow::Cow;

/// One run is enough for nearly all; browsers' rules for misnested markup may need a second.
const RUNS: usize = 5;

/// Cleans markup. The result is balanced, holds nothing outside the policy, and cleaning it again
/// changes nothing.
pub(super) fn clean(source: &str) -> String {
    // Every run would take one away.
    let mut source = source.replace(BYTE_ORDER_MARK, "");
    for _ in 0..RUNS {
        let cleaned = without_own_buttons(CLEANER.clean(&source).to_string());
        if cleaned == source {
            return cleaned;
        }
        source = cleaned;
    }
    // It does not settle.
    words(&source)
}

/// The words of markup alone, as markup. No tree is made of it.
pub(super) fn words(source: &str) -> String {
    let texts = tokens(source).into_iter().filter_map(|token| match token {
        Token::Text(text) => Some(escape(&text).into_owned()),
        _ => None,
    });
    texts.collect()
}

/// A button of copy's own would do nothing, or send a form of the page: it gives way to its words.
/// What is cleaned is well-formed, and buttons do not nest.
fn without_own_buttons(cleaned: String) -> String {
    if !cleaned.contains("<button") {
        return cleaned;
    }
    let (mut kept, mut own) = (String::new(), false);
    let mut rest = cleaned.as_str();
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        let tag = &rest[at..];
        // Cleaned attributes hold no bare `>`, but may hold one all the same: quotes are skipped.
        let length = tag_length(tag);
        let (tag, after) = tag.split_at(length);
        match tag {
            "</button>" if own => own = false,
            tag if tag.starts_with("<button") && !has_slot(tag) => own = true,
            tag => kept.push_str(tag),
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

fn tag_length(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn has_slot(tag: &str) -> bool {
    let value = tag.split_once(&format!(" {SLOT}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.is_some_and(|(value, _)| Attribute::Slot.accepts(value))
}

/// Adds text without anything that could be taken for a placeholder: the noncharacters that begin
/// and end them, and character references that would become one.
pub(super) fn harmless(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == '&' || is_reserved(c)) {
        into.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = reserved(rest) {
            into.push(char::REPLACEMENT_CHARACTER);
            rest = after;
        } else {
            into.push('&');
            rest = &rest[1..];
        }
    }
    into.push_str(rest);
}

/// A literal as it can stand among markup: what browsers would change, and what is reserved, is
/// changed beforehand.
pub(crate) fn literal(text: &str) -> String {
    if !text.contains(['\0', '\r', BYTE_ORDER_MARK]) && !text.chars().any(is_reserved) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace(BYTE_ORDER_MARK, "");
    text.replace(|c| c == '\0' || is_reserved(c), "\u{fffd}")
}

/// Meant for the beginning of files; a browser takes it away there.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What follows a reserved character or a character reference to one.
fn reserved(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix(is_reserved) {
        return Some(after);
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (digits, 10),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(&digits[..length], radix).ok()?;
    char::from_u32(code).filter(|c| is_reserved(*c))?;
    let after = &digits[length..];
    Some(after.strip_prefix(';').unwrap_or(after))
}

/// Unicode's noncharacters U+FDD0 to U+FDEF, which no text may hold.
fn is_reserved(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Markup with nothing to clean: neither tags and references nor what browsers change in text.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.contains(['<', '&', '\0', '\r', BYTE_ORDER_MARK]) && !text.chars().any(is_reserved)
}

/// Text as markup that shows it.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '>', '&', '"']) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        return Cow::Owned(escaped);
    }
    Cow::Borrowed(text)
}
