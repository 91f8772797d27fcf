//! What the file says of itself: its language, its own address and those of its other languages.
//!
//! Links of an earlier run are not marked; they are known by where they lead. A canonical link that
//! leads elsewhere is the host's own word: such a file keeps its head as it is.

use crate::attributes::escaped;
use crate::links::Links;
use crate::nesting::stays_in_head;
use crate::scan::Tag;
use crate::site::Site;
use crate::template::Template;
use crate::tree::Element;
use copydesk_schema::Locale;

/// How search engines are told which locale is for everybody else.
const EVERYBODY: &str = "x-default";

/// What is changed in the head.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Links that give way.
    pub(crate) dropped: Vec<usize>,
    /// What is added, and where.
    pub(crate) added: Vec<(usize, String)>,
    /// Whether there is a head but no place for links.
    pub(crate) has_no_end: bool,
}

/// The addresses of a file by language, for search engines.
pub(crate) fn alternates(path: &str, site: &Site) -> Vec<(String, String)> {
    let locales = site.locales().iter().map(|locale| (locale.to_string(), site.address(path, locale)));
    locales.chain([(EVERYBODY.to_owned(), site.address(path, site.source()))]).collect()
}

impl Head {
    pub(crate) fn new(template: &Template<'_>, locale: &Locale, site: &Site, links: &Links<'_>) -> Self {
        let mut head = Self::default();
        let is_fragment = template.tree.first("html").or(template.tree.first("head")).is_none();
        if is_fragment && template.doctype.is_none() {
            return head;
        }
        if let (None, Some(end)) = (template.tree.first("html"), template.doctype) {
            head.added.push((end, format!("<html lang=\"{locale}\" dir=\"{}\">", locale.direction())));
        }
        let is_link = |tag: &Tag, relation: &str| tag.name == "link" && has_relation(tag, relation);
        let tags = || template.tree.0.iter().map(|element| &element.tag).enumerate();
        let is_own = |tag: &Tag| tag.value("href").is_some_and(|href| links.is_own(href, template.path));
        if tags().any(|(_, tag)| is_link(tag, "canonical") && !is_own(tag)) {
            return head;
        }
        let Some(end) = end(template) else {
            head.has_no_end = true;
            return head;
        };
        let is_alternate = |tag: &Tag| {
            is_link(tag, "alternate")
                && (names_locale(tag, site) || { tag.attribute("hreflang").is_some() && is_own(tag) })
        };
        let dropped = tags().filter(|(_, tag)| is_link(tag, "canonical") || is_alternate(tag));
        head.dropped = dropped.map(|(id, _)| id).collect();
        head.added.push((end, written(template.path, locale, site)));
        head
    }
}

/// Without line breaks, so that taking them away and writing them again changes nothing.
fn written(path: &str, locale: &Locale, site: &Site) -> String {
    let alternate = |(language, address): (String, String)| {
        format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{}\">", escaped(&address))
    };
    let alternates: String = alternates(path, site).into_iter().map(alternate).collect();
    format!("<link rel=\"canonical\" href=\"{}\">{alternates}", escaped(&site.address(path, locale)))
}

fn has_relation(tag: &Tag, relation: &str) -> bool {
    tag.value("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(relation)))
}

fn names_locale(tag: &Tag, site: &Site) -> bool {
    let names = |language: &str| {
        language.eq_ignore_ascii_case(EVERYBODY)
            || site.locales().iter().any(|locale| locale.as_str().eq_ignore_ascii_case(language))
    };
    tag.value("hreflang").is_some_and(|language| names(language.trim_ascii()))
}

/// The end of the head, where it has one; else where the body begins.
fn end(template: &Template<'_>) -> Option<usize> {
    let elements = &template.tree.0;
    if let Some(head) = template.tree.first("head") {
        return elements[head].inner.as_ref().map(|inner| inner.end);
    }
    let is_outermost = |element: &&Element| element.parent.is_none_or(|id| elements[id].tag.name == "html");
    let tags = elements.iter().filter(is_outermost).map(|element| &element.tag);
    let mut body = tags.filter(|tag| tag.is_html && tag.name != "html" && !stays_in_head(&tag.name));
    body.next().map(|tag| tag.span.start)
}
