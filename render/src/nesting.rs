//! What may stand in what, as far as it matters here. Source: HTML Living Standard, 13.1.2.4,
//! 13.2.4.2, 13.2.6.4.7.

use crate::scan::Tag;

/// What an element can be filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Words and markup.
    Markup,
    /// Words only.
    Words,
    /// Nothing: browsers would not read it as words there, or would move it elsewhere.
    Nothing,
}

/// Never filled, whatever the namespace: what is in them is code, text without character
/// references, or elements of certain kinds only.
const NO_WORDS: [&str; 26] = [
    "audio",
    "body",
    "colgroup",
    "frameset",
    "head",
    "html",
    "iframe",
    "listing",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "picture",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "table",
    "tbody",
    "template",
    "tfoot",
    "thead",
    "tr",
];

/// What an element can be filled with.
pub(crate) fn takes(tag: &Tag) -> Takes {
    let name = tag.name.as_str();
    if tag.is_void || NO_WORDS.contains(&name) || matches!(name, "video" | "xmp") {
        Takes::Nothing
    } else if !tag.is_html || matches!(name, "title" | "textarea" | "option") {
        Takes::Words
    } else {
        Takes::Markup
    }
}

/// The parser takes a line break away after these.
pub(crate) fn eats_line_break(name: &str) -> bool {
    matches!(name, "textarea" | "pre" | "listing")
}

/// Elements whose end tag may be left out.
const OMITTABLE: [&str; 21] = [
    "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p", "rb", "rp", "rt",
    "rtc", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Whether the end tag may be left out.
pub(crate) fn is_omittable(name: &str) -> bool {
    OMITTABLE.contains(&name)
}

/// Elements that browsers open again when what is around them ends too early.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether browsers open it again when what is around it ends too early.
pub(crate) fn is_formatting(name: &str) -> bool {
    FORMATTING.contains(&name)
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Whether a start tag ends an open element that should have had an end tag.
pub(crate) fn is_rival(open: &str, next: &str) -> bool {
    open == next && matches!(next, "a" | "button" | "form" | "nobr")
        || HEADINGS.contains(&open) && HEADINGS.contains(&next)
}

/// Whether a start tag belongs to the head.
pub(crate) fn stays_in_head(name: &str) -> bool {
    matches!(
        name,
        "base" | "basefont" | "bgsound" | "link" | "meta" | "noscript" | "script" | "style" | "template" | "title"
    )
}

/// Start tags before which a paragraph ends.
const ENDS_PARAGRAPH: [&str; 40] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// Beyond these, and places for HTML in SVG and MathML, no start tag ends anything.
const SCOPE: [&str; 10] = ["applet", "button", "caption", "html", "marquee", "object", "table", "td", "template", "th"];

/// Elements of SVG and MathML that HTML can be in.
const PLACES_FOR_HTML: [&str; 9] =
    ["annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"];

/// Whether HTML can be in an element of SVG or MathML.
pub(crate) fn is_place_for_html(name: &str) -> bool {
    PLACES_FOR_HTML.contains(&name)
}

fn is_scope(name: &str) -> bool {
    SCOPE.contains(&name) || is_place_for_html(name)
}

/// Special elements besides [`SCOPE`] and [`ENDS_PARAGRAPH`].
const SPECIAL: [&str; 10] =
    ["body", "colgroup", "head", "iframe", "noscript", "select", "tbody", "tfoot", "thead", "tr"];

/// Whether an end tag of an ordinary element does not go beyond it.
pub(crate) fn is_special(name: &str) -> bool {
    is_scope(name) || SPECIAL.contains(&name) || ENDS_PARAGRAPH.contains(&name)
}

/// How many elements up the one is that a start tag ends; `open` are the open elements, innermost
/// first.
pub(crate) fn closing<'o>(next: &str, open: impl Iterator<Item = &'o str> + Clone) -> Option<usize> {
    let in_table = |name: &str| matches!(name, "table" | "template" | "html");
    let in_list = |name: &str| is_special(name) && !matches!(name, "address" | "div" | "p");
    let paragraph = ENDS_PARAGRAPH.contains(&next).then(|| up(open.clone(), &["p"], is_scope));
    let own = match next {
        "li" => up(open, &["li"], in_list),
        "dd" | "dt" => up(open, &["dd", "dt"], in_list),
        "option" => up(open, &["option"], |_| true),
        "optgroup" => up(open, &["option", "optgroup"], |_| true),
        "rb" | "rp" | "rt" | "rtc" if open.clone().any(|name| name == "ruby") => {
            up(open, &["dd", "dt", "li", "optgroup", "option", "p", "rb", "rp", "rt", "rtc"], |_| true)
        }
        "td" | "th" => up(open, &["td", "th", "caption"], in_table),
        "tr" => up(open, &["tr", "caption", "colgroup"], in_table),
        "tbody" | "tfoot" | "thead" => up(open, &["tbody", "tfoot", "thead", "caption", "colgroup"], in_table),
        "body" => up(open, &["head"], |_| true),
        _ => None,
    };
    own.max(paragraph.flatten())
}

/// The nearest open element of some names, with nothing in between that stops the search.
fn up<'o>(open: impl Iterator<Item = &'o str>, names: &[&str], stops: impl Fn(&str) -> bool) -> Option<usize> {
    let mut open = open.enumerate();
    let (place, name) = open.find(|(_, name)| names.contains(name) || stops(name))?;
    names.contains(&name).then_some(place)
}
