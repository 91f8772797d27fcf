//! Folders of copy: one folder a locale, one file a page, folders below it joined into the page's
//! name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use copydesk_schema::delivered::AliasLayout;
use copydesk_schema::formats::sheet::{Returned, Sheet};
use copydesk_schema::formats::{self, Imported, Message, Skipped, csv_file, ftl, i18next, po, xliff};
use copydesk_schema::{Locale, PageId};
use serde::Serialize;

use crate::args::Format;

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

/// What a file holds.
struct Contents {
    copy: Imported,
    source: Option<Locale>,
    sources: Vec<Message>,
    page: Option<PageId>,
    locale: Option<Locale>,
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Ftl => "ftl",
            Self::I18next | Self::I18nextNested => "json",
            Self::Xliff | Self::Xliff2 => "xlf",
            Self::Po => "po",
            Self::Csv => "csv",
        }
    }

    /// Whether a file holds a translation beside its source.
    pub(super) fn is_sheet(self) -> bool {
        matches!(self, Self::Xliff | Self::Xliff2 | Self::Po | Self::Csv)
    }

    fn parse(self, text: &str) -> Contents {
        let whole = |skipped| Imported { skipped: vec![skipped], ..Imported::default() };
        let plain = |copy| Contents { copy, source: None, sources: Vec::new(), page: None, locale: None };
        let returned = match self {
            Self::Ftl => return plain(ftl::parse(text)),
            Self::I18next | Self::I18nextNested => return plain(i18next::parse(text).unwrap_or_else(whole)),
            Self::Xliff | Self::Xliff2 => xliff::parse(text),
            Self::Po => po::parse(text),
            Self::Csv => csv_file::parse(text),
        };
        returned.map_or_else(|skipped| plain(whole(skipped)), taken)
    }

    /// Writes messages of one locale.
    pub(super) fn write(self, note: &str, messages: &[Message]) -> (String, Vec<Skipped>) {
        match self {
            Self::I18next => i18next::write(messages, AliasLayout::Flat),
            Self::I18nextNested => i18next::write(messages, AliasLayout::Nested),
            _ => ftl::write(note, messages),
        }
    }

    /// Writes a translation beside its source.
    pub(super) fn write_sheet(self, sheet: &Sheet) -> String {
        match self {
            Self::Xliff2 => xliff::write(sheet, xliff::Version::V2_0),
            Self::Po => po::write(sheet),
            Self::Csv => csv_file::write(sheet),
            _ => xliff::write(sheet, xliff::Version::V1_2),
        }
    }

    /// Where a page's file lies below the folder.
    pub(super) fn path(self, locale: &Locale, page: &PageId) -> PathBuf {
        let name = format!("{}.{}", formats::path_of_page(page), self.extension());
        Path::new(locale.as_str()).join(name)
    }
}

fn taken(returned: Returned) -> Contents {
    let mut copy = Imported { skipped: returned.skipped, ..Imported::default() };
    let mut sources = Vec::new();
    for value in returned.values {
        let (kind, version, source_version) = (value.kind, value.version, value.source_version);
        let (note, fuzzy) = (value.note, value.fuzzy);
        // What we exported has its source text: if it has none any more, somebody took it away.
        let source =
            value.source.map(|source| Message { kind, ..Message::new(value.key.clone(), source, note.clone()) });
        sources.extend(source.filter(|_| source_version.is_none()));
        let message = Message::new(value.key, value.value, note);
        copy.messages.push(Message { kind, version, source_version, fuzzy, ..message });
    }
    Contents { copy, source: returned.source, sources, page: returned.page, locale: returned.locale }
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
    // A byte order mark is no part of any key.
    let contents = format.parse(text.trim_start_matches('\u{feff}'));
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
