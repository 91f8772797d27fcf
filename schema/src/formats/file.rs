//! The formats that files come and go in, and what one file holds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sheet::{Returned, Sheet};
use super::{Imported, Message, Skipped, csv_file, ftl, i18next, po, xliff};
use crate::delivered::AliasLayout;
use crate::{Invalid, Locale, PageId};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = FileFormat)]
pub enum Format {
    /// Fluent.
    Ftl,
    /// i18next JSON v4, nested or flat; written flat.
    I18next,
    /// i18next JSON v4, written nested.
    I18nextNested,
    /// XLIFF; 1.2 is written, 2.0 read as well.
    Xliff,
    /// XLIFF 2.0.
    Xliff2,
    /// gettext PO.
    Po,
    /// CSV for spreadsheets.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Ftl, Self::I18next, Self::I18nextNested, Self::Xliff, Self::Xliff2, Self::Po, Self::Csv];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ftl => "ftl",
            Self::I18next => "i18next",
            Self::I18nextNested => "i18next-nested",
            Self::Xliff => "xliff",
            Self::Xliff2 => "xliff2",
            Self::Po => "po",
            Self::Csv => "csv",
        }
    }

    /// What its files' names end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Ftl => "ftl",
            Self::I18next | Self::I18nextNested => "json",
            Self::Xliff | Self::Xliff2 => "xlf",
            Self::Po => "po",
            Self::Csv => "csv",
        }
    }

    /// What its files are, as `Content-Type` says it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Ftl | Self::Po => "text/plain; charset=utf-8",
            Self::I18next | Self::I18nextNested => "application/json",
            Self::Xliff | Self::Xliff2 => "application/xliff+xml",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// Whether a file holds a translation beside its source.
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Xliff | Self::Xliff2 | Self::Po | Self::Csv)
    }

    /// What a file holds. Whatever is in it, what cannot be taken is said in `copy.skipped`.
    pub fn parse(self, text: &str) -> Contents {
        let whole = |skipped| Contents::plain(Imported { skipped: vec![skipped], ..Imported::default() });
        // A byte order mark is no part of any key.
        let text = text.trim_start_matches('\u{feff}');
        let returned = match self {
            Self::Ftl => return Contents::plain(ftl::parse(text)),
            Self::I18next | Self::I18nextNested => return i18next::parse(text).map_or_else(whole, Contents::plain),
            Self::Xliff | Self::Xliff2 => xliff::parse(text),
            Self::Po => po::parse(text),
            Self::Csv => csv_file::parse(text),
        };
        returned.map_or_else(whole, Contents::from)
    }

    /// Writes messages of one locale.
    pub fn write(self, note: &str, messages: &[Message]) -> (String, Vec<Skipped>) {
        match self {
            Self::I18next => i18next::write(messages, AliasLayout::Flat),
            Self::I18nextNested => i18next::write(messages, AliasLayout::Nested),
            _ => ftl::write(note, messages),
        }
    }

    /// Writes a translation beside its source.
    pub fn write_sheet(self, sheet: &Sheet) -> String {
        match self {
            Self::Xliff2 => xliff::write(sheet, xliff::Version::V2_0),
            Self::Po => po::write(sheet),
            Self::Csv => csv_file::write(sheet),
            _ => xliff::write(sheet, xliff::Version::V1_2),
        }
    }
}

impl FromStr for Format {
    type Err = Invalid;

    fn from_str(name: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        let remedy = "it is one of ftl, i18next, i18next-nested, xliff, xliff2, po and csv";
        found.ok_or_else(|| Invalid::new("format", name, remedy))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its messages, and what of it cannot be taken.
    pub copy: Imported,
    /// The source locale that it names.
    pub source: Option<Locale>,
    /// Source texts beside translations: taken where there are none yet.
    pub sources: Vec<Message>,
    /// The page that it says it is.
    pub page: Option<PageId>,
    /// The locale that it says it is.
    pub locale: Option<Locale>,
}

impl Contents {
    fn plain(copy: Imported) -> Self {
        Self { copy, ..Self::default() }
    }
}

impl From<Returned> for Contents {
    fn from(returned: Returned) -> Self {
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
        Self { copy, source: returned.source, sources, page: returned.page, locale: returned.locale }
    }
}
