//! Rows under a header: CloudFront's `W3C`, whose header is the comment `#Fields: date time …`, and its `Plain`,
//! whose header is the first line. The fields are those that somebody chose, in any order; between them are tabs,
//! or blanks where that was chosen (values hold neither: CloudFront writes them as `%09` and `%20`).

use std::borrow::Cow;

use super::{Parsed, Request, said};

/// Where the fields are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    path: usize,
    status: usize,
    query: Option<usize>,
    method: Option<usize>,
    referer: Option<usize>,
    agent: Option<usize>,
}

impl Columns {
    /// Reads a header; `None` when it is none, or names too little.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let names: Vec<&str> = line.strip_prefix("#Fields:").unwrap_or(line).split_whitespace().collect();
        let find = |name: &str| names.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        Some(Self {
            path: find("cs-uri-stem")?,
            status: find("sc-status")?,
            query: find("cs-uri-query"),
            method: find("cs-method"),
            referer: find("cs(Referer)"),
            agent: find("cs(User-Agent)"),
        })
    }

    /// Reads a row, or the header of the next file when files were put one after the other.
    pub(super) fn parse<'l>(&mut self, line: &'l str) -> Parsed<'l> {
        if let Some(columns) = Self::of(line) {
            *self = columns;
            return Parsed::Nothing;
        }
        if line.starts_with('#') { Parsed::Nothing } else { self.request(line).into() }
    }

    fn request<'l>(&self, line: &'l str) -> Option<Request<'l>> {
        let between = if line.contains('\t') { '\t' } else { ' ' };
        let cell = |column: usize| line.split(between).nth(column).map(Cow::Borrowed);
        // A row that is cut off has no cell where the header names one.
        let optional = |column: Option<usize>| match column {
            None => Some(Cow::default()),
            Some(column) => cell(column),
        };
        Some(Request {
            method: said(optional(self.method)?),
            path: cell(self.path)?,
            query: said(optional(self.query)?).unwrap_or_default(),
            status: cell(self.status)?.parse().ok()?,
            referer: said(optional(self.referer)?),
            agent: Some(optional(self.agent)?).filter(|agent| !agent.is_empty()),
        })
    }
}
