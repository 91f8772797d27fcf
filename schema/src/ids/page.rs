//! The name of a page: one path segment of a delivered file.

use crate::limits::PAGE_CHARS;

super::checked_name! {
    /// A page: letters, digits, `-` and `_`; no dot, since the dot separates the release number
    /// in a delivered file's name.
    PageId, "page", "pricing", "^[A-Za-z0-9_-]+$", PAGE_CHARS, check
}

/// Segments that delivery uses for itself, or that are special to JavaScript objects.
const RESERVED: [&str; 4] = ["releases", "live", "site", "__proto__"];

fn check(text: &str) -> Result<&str, String> {
    if RESERVED.contains(&text) {
        return Err("that name is reserved; choose another".to_owned());
    }
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if plain && (1..=PAGE_CHARS).contains(&text.len()) {
        Ok(text)
    } else {
        Err(format!("use 1 to {PAGE_CHARS} letters, digits, hyphens and underscores"))
    }
}
