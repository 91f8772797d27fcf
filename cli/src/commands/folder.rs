//! Folders of copy: one folder a locale, one file a page, folders below it joined into the page's
//! name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use copydesk_schema::formats::{self, Imported, Message, Skipped, ftl, i18next};
use copydesk_schema::{Locale, PageId};
use serde::Serialize;

use crate::args::Format;

/// A file that was read.
pub(super) struct CopyFile {
    pub(super) locale: Locale,
    pub(super) page: PageId,
    pub(super) path: PathBuf,
    pub(super) copy: Imported,
}

/// Something that could not be taken or written.
#[derive(Debug, Serialize)]
pub(super) struct Remark {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    pub(super) reason: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file.display(), self.reason),
            line => write!(f, "{}:{line}: {}", self.file.display(), self.reason),
        }
    }
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Ftl => "ftl",
            Self::I18next => "json",
        }
    }

    fn parse(self, text: &str) -> Imported {
        match self {
            Self::Ftl => ftl::parse(text),
            Self::I18next => {
                i18next::parse(text).unwrap_or_else(|whole| Imported { skipped: vec![whole], ..Imported::default() })
            }
        }
    }

    pub(super) fn write(self, note: &str, messages: &[Message]) -> (String, Vec<Skipped>) {
        match self {
            Self::Ftl => ftl::write(note, messages),
            Self::I18next => i18next::write(messages),
        }
    }

    /// Where a page's file lies below the folder.
    pub(super) fn path(self, locale: &Locale, page: &PageId) -> PathBuf {
        let name = format!("{}.{}", formats::path_of_page(page), self.extension());
        Path::new(locale.as_str()).join(name)
    }
}

/// Reads every file of the format. What cannot be read is remarked on.
pub(super) fn read(dir: &Path, format: Format) -> anyhow::Result<(Vec<CopyFile>, Vec<Remark>)> {
    let (mut files, mut remarks) = (Vec::new(), Vec::new());
    for path in walk(dir, format.extension())? {
        match read_file(dir, &path, format) {
            Ok(file) => files.push(file),
            Err(error) => remarks.push(Remark { file: path, line: 0, reason: format!("{error:#}") }),
        }
    }
    for file in &files {
        let remark =
            |skipped: &Skipped| Remark { file: file.path.clone(), line: skipped.line, reason: skipped.reason.clone() };
        remarks.extend(file.copy.skipped.iter().map(remark));
    }
    Ok((files, remarks))
}

fn read_file(dir: &Path, path: &Path, format: Format) -> anyhow::Result<CopyFile> {
    let below = path.strip_prefix(dir)?.with_extension("");
    let below = below.to_str().context("the path is not UTF-8")?;
    let (locale, page) = below.split_once('/').context("it lies in no locale's folder")?;
    let (locale, page) = (locale.parse()?, formats::page_of_path(page)?);
    let text = fs::read_to_string(path).context("it cannot be read as UTF-8")?;
    // A byte order mark is no part of any key.
    let copy = format.parse(text.trim_start_matches('\u{feff}'));
    Ok(CopyFile { locale, page, path: path.to_owned(), copy })
}

/// Every file with the extension, in order.
fn walk(dir: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(walk(&path, extension)?);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    Ok(found)
}
