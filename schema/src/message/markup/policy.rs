//! What markup copy may hold: the empty list, and these additions.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

/// Elements that copy may hold: inline ones, lists and links.
pub const TAGS: [&str; 34] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "li",
    "mark", "ol", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "ul",
    "var", "wbr",
];

/// Elements that have no end tag.
const VOID: [&str; 2] = ["br", "wbr"];

/// Elements that are taken away with what is in them: it is no copy, or browsers read it by other
/// rules than the rest.
pub(super) const OPAQUE: [&str; 28] = [
    "applet",
    "audio",
    "canvas",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "link",
    "listing",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "plaintext",
    "portal",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xml",
    "xmp",
];

/// The attribute that names a slot in the source.
pub(super) const SLOT: &str = "data-copy-name";

/// An attribute that copy may set. In the order of their names, in which they are always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// The direction of what is inside.
    Dir,
    /// Where a link leads; checked again whenever it is evaluated.
    Href,
    /// The language of what is inside.
    Lang,
    /// The name of an element that the page owns.
    Slot,
    /// A tooltip.
    Title,
}

impl Attribute {
    /// Every attribute, with its name in HTML and in compiled messages.
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Dir, "dir", "dir"),
        (Self::Href, "href", "href"),
        (Self::Lang, "lang", "lang"),
        (Self::Slot, SLOT, "slot"),
        (Self::Title, "title", "title"),
    ];

    /// Its name in HTML.
    pub fn html(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(_, html, _)| html)
    }

    /// Its name in compiled messages.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(own, ..)| *own == self).map_or("", |(.., name)| name)
    }

    /// The attribute of a name in HTML.
    pub(super) fn of_html(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, html, _)| *html == name).map(|(own, ..)| *own)
    }

    /// The attribute of a name in compiled messages.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(.., own)| *own == name).map(|(own, ..)| *own)
    }

    /// Whether an element may have it.
    pub(crate) fn belongs_to(self, tag: &str) -> bool {
        self != Self::Href || tag == "a"
    }

    /// Whether its value may hold variables: that of links.
    pub(crate) fn is_variable(self, tag: &str) -> bool {
        tag == "a" && matches!(self, Self::Href | Self::Title)
    }

    /// Whether it may have a value that is known beforehand.
    pub(crate) fn accepts(self, value: &str) -> bool {
        match self {
            Self::Href => is_safe_url(value),
            Self::Title => true,
            Self::Dir => matches!(value, "ltr" | "rtl" | "auto"),
            Self::Lang | Self::Slot => {
                value.starts_with(|first: char| first.is_ascii_alphabetic())
                    && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            }
        }
    }
}

/// The allowed element of a name.
pub(crate) fn tag(name: &str) -> Option<&'static str> {
    TAGS.binary_search(&name).ok().map(|place| TAGS[place])
}

/// Whether an element has no end tag.
pub(crate) fn is_void(tag: &str) -> bool {
    VOID.contains(&tag)
}

/// Whether a link may lead there: `https`, `http`, `mailto`, `tel`, or a place on the same site.
///
/// The rule is as narrow as it can be said in one regular expression, since the site script says it
/// again: no blank, control character or backslash anywhere; either one of the schemes and a colon,
/// or no colon before the first `/`, `?` or `#`, and not `//` at the beginning.
pub(crate) fn is_safe_url(url: &str) -> bool {
    if url.chars().any(|c| c <= ' ' || c == '\\' || c == '\u{7f}') || url.starts_with("//") {
        return false;
    }
    let before = url.split(['/', '?', '#']).next().unwrap_or_default();
    match before.split_once(':') {
        None => true,
        Some((scheme, _)) => SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)),
    }
}

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The cleaner.
pub(super) static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(OPAQUE))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::from(["title", "lang", "dir", SLOT]))
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None)
        .strip_comments(true);
    builder
});
