//! The slug of a project. It is the first segment of every delivered path.

use crate::limits::PROJECT_CHARS;

super::checked_name! {
    /// A project's slug: lower-case letters, digits and single hyphens, beginning with a letter.
    /// Never used twice, not even after the project is deleted.
    ProjectId, "project", "acme", "^[a-z](-?[a-z0-9])+$", PROJECT_CHARS, check
}

impl ProjectId {
    /// The project in which new versions try themselves; nobody but the owner may create it.
    pub const TRIAL: &str = "copydesk-trial";
}

fn check(text: &str) -> Result<&str, String> {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let framed = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-') && !text.contains("--");
    if plain && framed && (2..=PROJECT_CHARS).contains(&text.len()) {
        Ok(text)
    } else {
        Err(format!("use 2 to {PROJECT_CHARS} lower-case letters, digits and single hyphens, beginning with a letter"))
    }
}
