//! Folders of copy: one folder a locale, one file a page, folders below it joined into the page's
//! name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use copydesk_schema::formats::file::{Contents, Format};
use copydesk_schema::formats::{self, Imported, Message, Skipped};
use copydesk_schema::{Locale, PageId};
use serde::Serialize;

/// A file that was read.
pub(super) struct CopyFile {
    pub(super) locale: Locale,
    pub(super) page: PageId,
    pub(super) path: PathBuf,
    pub(super) copy: Imported,
    /// The source locale that the file names.
    pub(super) source: Option<Locale>,
    /// Source texts beside translations: taken where there are none yet.
    pub(super) sources: Vec<Message>,
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

/// Where a page's file lies below the folder.
pub(super) fn path_of(format: Format, locale: &Locale, page: &PageId) -> PathBuf {
    let name = format!("{}.{}", formats::path_of_page(page), format.extension());
    Path::new(locale.as_str()).join(name)
}

/// What was found in a folder or a file.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<CopyFile>,
    /// What cannot be read.
    pub(super) skipped: Vec<Remark>,
    /// What was taken, but not as it was.
    pub(super) changed: Vec<Remark>,
}

/// Reads every file of the format. What cannot be read is remarked on.
pub(super) fn read(dir: &Path, format: Format) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let paths = if dir.is_file() { vec![dir.to_owned()] } else { walk(dir, format.extension())? };
    for path in paths {
        match read_file(dir, &path, format) {
            Ok(file) => found.files.push(file),
            Err(error) => found.skipped.push(Remark { file: path, line: 0, reason: format!("{error:#}") }),
        }
    }
    for file in &found.files {
        let remark =
            |skipped: &Skipped| Remark { file: file.path.clone(), line: skipped.line, reason: skipped.reason.clone() };
        found.skipped.extend(file.copy.skipped.iter().map(remark));
        found.changed.extend(file.copy.changed.iter().map(remark));
    }
    Ok(found)
}

fn read_file(dir: &Path, path: &Path, format: Format) -> anyhow::Result<CopyFile> {
    let text = fs::read_to_string(path).context("it is not UTF-8; save it as such (\"CSV UTF-8\" in spreadsheets)")?;
    let contents = format.parse(&text);
    let below = path.strip_prefix(dir)?.with_extension("");
    let below = below.to_str().context("the path is not UTF-8")?;
    let (locale, page) = match (below.split_once('/'), contents.locale.clone(), contents.page.clone()) {
        (Some((locale, page)), named, _) => {
            let locale: Locale = locale.parse()?;
            if let Some(named) = named.filter(|named| *named != locale) {
                bail!("it lies in the folder of {locale}, but says that it is {named}; move it");
            }
            (locale, formats::page_of_path(page)?)
        }
        (None, Some(locale), Some(page)) => (locale, page),
        (None, ..) => bail!("it lies in no locale's folder, and does not say itself which locale and page it is"),
    };
    let Contents { copy, source, sources, .. } = contents;
    Ok(CopyFile { locale, page, path: path.to_owned(), copy, source, sources })
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
