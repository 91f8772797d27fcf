//! The formats of access logs, told from their first lines.

pub(crate) mod columns;
pub(crate) mod combined;
mod json;

use std::borrow::Cow;

use columns::Columns;

/// A format of access logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line, with CloudFront's names of fields; the local delivery's own log too.
    Json,
    /// Rows under a header with CloudFront's names of fields: `W3C`, where it begins with `#Fields:`, or `Plain`.
    Columns,
    /// Apache's and nginx's combined format; the common one too, which says no referer.
    Combined,
}

/// What is read of one line. It points into the line; nothing else of the line is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'l> {
    /// The method, where the log says it.
    pub method: Option<Cow<'l, str>>,
    /// The path, as it was sent.
    pub path: Cow<'l, str>,
    /// The query without `?`, empty when there is none.
    pub query: Cow<'l, str>,
    /// The status; 0 when the client went away before there was one.
    pub status: u16,
    /// The address of the page that led here.
    pub referer: Option<Cow<'l, str>>,
    /// The user agent, where the log says it; `-` when none was sent. To be looked at, not to be kept.
    pub agent: Option<Cow<'l, str>>,
}

/// What a line turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Parsed<'l> {
    Request(Request<'l>),
    /// A header, a comment, an empty line.
    Nothing,
    /// Not what it should be.
    Bad,
}

impl<'l> From<Option<Request<'l>>> for Parsed<'l> {
    fn from(request: Option<Request<'l>>) -> Self {
        request.map_or(Self::Bad, Self::Request)
    }
}

/// Reads one line after the other, and knows the format from the first that shows it.
#[derive(Debug, Default)]
pub(crate) enum Parser {
    #[default]
    Unknown,
    Json,
    Columns(Columns),
    Combined,
}

impl Parser {
    /// The format, once a line has shown it.
    pub(crate) fn format(&self) -> Option<Format> {
        match self {
            Self::Unknown => None,
            Self::Json => Some(Format::Json),
            Self::Columns(_) => Some(Format::Columns),
            Self::Combined => Some(Format::Combined),
        }
    }

    pub(crate) fn parse<'l>(&mut self, line: &'l str) -> Parsed<'l> {
        if line.trim().is_empty() {
            return Parsed::Nothing;
        }
        match self {
            Self::Unknown => self.begin(line.trim_start_matches('\u{feff}')),
            Self::Json => json::request(line).into(),
            Self::Columns(columns) => columns.parse(line),
            Self::Combined => combined::request(line).into(),
        }
    }

    /// Reads a line of a log of which nothing is known yet.
    fn begin<'l>(&mut self, line: &'l str) -> Parsed<'l> {
        let (parser, parsed) = if let Some(request) = json::request(line) {
            (Self::Json, Parsed::Request(request))
        } else if let Some(columns) = Columns::of(line) {
            (Self::Columns(columns), Parsed::Nothing)
        } else if line.starts_with('#') {
            (Self::Unknown, Parsed::Nothing)
        } else if let Some(request) = combined::request(line) {
            (Self::Combined, Parsed::Request(request))
        } else {
            (Self::Unknown, Parsed::Bad)
        };
        *self = parser;
        parsed
    }
}

/// CloudFront and the combined format write `-` for what there is not.
fn said(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!matches!(text.as_ref(), "" | "-")).then_some(text)
}

#[cfg(test)]
mod tests;
