//! The key of an entry: a Fluent identifier, optionally with dotted tails.

use crate::limits::KEY_CHARS;

super::checked_name! {
    /// An entry's key: Fluent identifiers joined by dots (`hero-title`, `search.placeholder`);
    /// a leading `-` makes it a term. Source: the `Identifier` rule of the Fluent 1.0 EBNF.
    EntryKey, "key", "hero-title", "^-?[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*)*$", KEY_CHARS, check
}

impl EntryKey {
    /// Whether this names a term: usable from every page, unique in the project.
    pub fn is_term(&self) -> bool {
        self.as_str().starts_with('-')
    }

    /// The message or term and, where there is a dot, what follows the first one.
    pub fn split_attribute(&self) -> (&str, Option<&str>) {
        match self.as_str().split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (self.as_str(), None),
        }
    }
}

fn check(text: &str) -> Result<&str, String> {
    let identifier = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let body = text.strip_prefix('-').unwrap_or(text);
    if text.len() <= KEY_CHARS && body.split('.').all(identifier) {
        Ok(text)
    } else {
        Err(format!(
            "use at most {KEY_CHARS} letters, digits, hyphens and underscores, beginning with a letter; \
             dots may separate such parts, and a leading hyphen makes a term"
        ))
    }
}
