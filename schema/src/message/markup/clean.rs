//! The cleaner, run until nothing changes.

use super::policy::CLEANER;
use std::borrow::Cow;

/// One run is enough for nearly all; browsers' rules for misnested markup may need a second.
const RUNS: usize = 5;

/// Cleans markup. The result is balanced, holds nothing outside the policy, and cleaning it again
/// changes nothing.
pub(super) fn clean(source: String) -> String {
    let mut source = source;
    for _ in 0..RUNS {
        let cleaned = CLEANER.clean(&source).to_string();
        if cleaned == source {
            return cleaned;
        }
        source = cleaned;
    }
    // It does not settle: only its words are kept.
    ammonia::Builder::empty().clean(&source).to_string()
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

/// Markup with nothing to clean.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.contains(['<', '&']) && !text.chars().any(is_reserved)
}

/// Text as markup that shows it.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '>', '&', '"']) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        return Cow::Owned(escaped);
    }
    Cow::Borrowed(text)
}
