//! Which attributes copy may set, and start tags with other attributes.

use copydesk_schema::message::{Piece, html};

use crate::edits::Edits;
use crate::scan::Tag;

/// What copy may set anywhere, as the site script: words that a visitor reads or hears, and whatever begins with `aria-`.
const WORDS: [&str; 4] = ["alt", "label", "placeholder", "title"];

/// Whether copy may set an attribute.
pub(crate) fn is_allowed(attribute: &str, tag: &Tag) -> bool {
    let is = |name: &str, wanted: &[&str]| {
        tag.value(name).is_some_and(|value| wanted.iter().any(|wanted| value.eq_ignore_ascii_case(wanted)))
    };
    match attribute {
        // With http-equiv it would be an order to the browser.
        "content" => tag.name == "meta" && tag.attribute("http-equiv").is_none(),
        "value" => tag.name == "input" && is("type", &["button", "reset", "submit"]),
        attribute => {
            let aria = attribute.strip_prefix("aria-").unwrap_or_default();
            WORDS.contains(&attribute) || (!aria.is_empty() && aria.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        }
    }
}

/// The names in a list of attributes or pages, between blanks or commas.
pub(crate) fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|name| !name.is_empty())
}

/// The names in `data-copy-attrs`, each once.
pub(crate) fn names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    for name in listed(list).map(str::to_ascii_lowercase) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A start tag with some attributes set; the rest stays as it is.
pub(crate) fn start_tag(source: &str, tag: &Tag, sets: &[(String, String)]) -> String {
    let mut edits = Edits::default();
    for (name, value) in sets {
        match tag.attribute(name) {
            Some(attribute) if attribute.value == *value => {}
            Some(attribute) => {
                let start = attribute.span.start;
                let name = &source[start..start + name.len()];
                edits.replace(attribute.span.clone(), format!("{name}=\"{}\"", escaped(value)));
            }
            None => edits.insert(tag.attributes_end(), format!(" {name}=\"{}\"", escaped(value))),
        }
    }
    edits.apply(source, tag.span.clone())
}

/// Words as they can stand in an element and in an attribute between double quotes.
pub(crate) fn escaped(words: &str) -> String {
    html(&[Piece::Text(words.to_owned())])
}
