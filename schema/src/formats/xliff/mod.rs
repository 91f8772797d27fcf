//! XLIFF 1.2 and 2.0, for translators' tools.
//!
//! Placeables are protected as inline codes, so that translators move them but do not change them.
//! A pattern with a select expression is plain text: its variants are to be translated.

mod inline;
mod out;
mod v1;
mod v2;
mod xml;

use super::Skipped;
use super::sheet::{Returned, Sheet};

/// A version of XLIFF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// What most tools read.
    V1_2,
    /// What replaced it.
    V2_0,
}

/// Writes a sheet as XLIFF.
pub fn write(sheet: &Sheet, version: Version) -> String {
    match version {
        Version::V1_2 => v1::write(sheet),
        Version::V2_0 => v2::write(sheet),
    }
}

/// Reads XLIFF of either version. The minor versions differ in nothing that is read here.
pub fn parse(text: &str) -> Result<Returned, Skipped> {
    let root = xml::read(text)?;
    let refuse = |reason: String| Skipped { line: root.line, reason };
    if root.name != "xliff" {
        return Err(refuse(format!("this is not XLIFF: the outermost element is <{}>, not <xliff>", root.name)));
    }
    match root.attribute("version").unwrap_or_default() {
        version if version.starts_with("1.") => Ok(v1::read(&root)),
        version if version.starts_with("2.") => Ok(v2::read(&root)),
        version => Err(refuse(format!("version {version:?} of XLIFF is not known; save the file as 1.2 or 2.0"))),
    }
}
