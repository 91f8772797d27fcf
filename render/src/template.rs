//! One HTML file, read once and rendered in many locales.

use copydesk_schema::Locale;
use lol_html::errors::RewritingError;

use crate::render;
use crate::report::Report;
use crate::scan::scan;
use crate::site::Site;
use crate::tree::Tree;

/// An HTML file of the site.
#[derive(Debug)]
pub struct Template<'h> {
    pub(crate) path: &'h str,
    pub(crate) source: &'h str,
    pub(crate) tree: Tree,
    /// The end of the document type.
    pub(crate) doctype: Option<usize>,
}

/// A file in one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The file; it belongs to [`Site::place`].
    pub html: String,
    /// What became of its tagged elements.
    pub report: Report,
}

/// Why a file cannot be rendered at all.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// It is not UTF-8.
    #[error("{path}: not UTF-8 at byte {at}: save the file as UTF-8")]
    NotUtf8 {
        /// The file.
        path: String,
        /// The first byte that is not.
        at: usize,
    },
    /// It says that it is not UTF-8.
    #[error("{path}: it declares the charset {charset:?}: save it as UTF-8 and write <meta charset=\"utf-8\">")]
    Charset {
        /// The file.
        path: String,
        /// What it says.
        charset: String,
    },
    /// Nobody can tell what is markup in it and what is text.
    #[error("{path}: its markup can be read in several ways: correct it with the help of an HTML validator: {error}")]
    Ambiguous {
        /// The file.
        path: String,
        /// What was met.
        error: RewritingError,
    },
}

impl<'h> Template<'h> {
    /// Reads a file. `path` is its place below the site's folder: `blog/index.html`.
    pub fn read(html: &'h [u8], path: &'h str) -> Result<Self, RenderError> {
        let source = std::str::from_utf8(html)
            .map_err(|error| RenderError::NotUtf8 { path: path.to_owned(), at: error.valid_up_to() })?;
        let scan = scan(source).map_err(|error| RenderError::Ambiguous { path: path.to_owned(), error })?;
        let tree = Tree::new(scan.events, source.len());
        match charset(&tree) {
            Some(charset) => Err(RenderError::Charset { path: path.to_owned(), charset }),
            None => Ok(Self { path, source, tree, doctype: scan.doctype }),
        }
    }

    /// The file in a locale.
    pub fn render(&self, locale: &Locale, site: &Site) -> Rendered {
        render::render(self, locale, site)
    }

    /// The line of a place, from 1.
    pub(crate) fn line(&self, place: usize) -> usize {
        1 + self.source[..place].bytes().filter(|byte| *byte == b'\n').count()
    }
}

/// What the file says of itself, unless that is right.
fn charset(tree: &Tree) -> Option<String> {
    let mut metas = tree.0.iter().map(|element| &element.tag).filter(|tag| tag.name == "meta");
    metas.find_map(|tag| {
        let long = || Some(tag.value("content")?.to_ascii_lowercase().split_once("charset=")?.1.to_owned());
        let is_type = || tag.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type"));
        let charset = tag.value("charset").map(str::to_ascii_lowercase).or_else(|| is_type().then(long).flatten())?;
        (!matches!(charset.trim_ascii(), "utf-8" | "utf8")).then_some(charset)
    })
}
