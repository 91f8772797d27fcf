//! What the cleaner will take away from markup, and why: for people. What is delivered does not
//! depend on it.

use std::collections::BTreeMap;

use super::clean::{clean, escape};
use super::policy::{self, Attribute, OPAQUE};
use super::tokens::{Token, tokens};
use super::{BEGIN, END, Marked};
use crate::limits::DEPTH;

/// Something about a value's markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// An element is taken away; what is in it stays.
    Element(String),
    /// An element is taken away with what is in it.
    Opaque(String),
    /// An attribute is taken away.
    Attribute { tag: String, attribute: String },
    /// An attribute has a value that it cannot have.
    Value { tag: String, attribute: String, value: String },
    /// A link leads where none may lead.
    Link(String),
    /// A button that the page does not own.
    Button,
    /// An end tag is missing, or stands alone or in the wrong place.
    Unbalanced(String),
    /// A comment is taken away.
    Comment,
    /// The last tag has no end: all that follows is lost.
    Unfinished,
    /// Elements are nested deeper than is kept.
    Deep(String),
    /// A placeable stands in a tag where none can be: its number among the placeables.
    Placeable { index: usize, tag: String, place: InTag },
}

impl Remark {
    /// What its tag begins with in the source.
    pub(crate) fn begins(&self) -> Option<String> {
        match self {
            Self::Element(tag)
            | Self::Opaque(tag)
            | Self::Unbalanced(tag)
            | Self::Deep(tag)
            | Self::Attribute { tag, .. }
            | Self::Value { tag, .. } => Some(format!("<{tag}")),
            Self::Link(_) => Some("<a".to_owned()),
            Self::Button => Some("<button".to_owned()),
            Self::Comment => Some("<!".to_owned()),
            Self::Unfinished => Some("<".to_owned()),
            Self::Placeable { .. } => None,
        }
    }
}

/// A noncharacter that no text holds.
const LAST: char = '\u{fdd2}';

/// Elements whose end tag may be left out before another of them.
const IMPLIED: [&str; 3] = ["li", "rt", "rp"];

/// Where in a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InTag {
    /// Where an attribute would be: `<a { $attrs }>`.
    Attribute,
    /// In the value of an attribute.
    Value(String),
}

/// Looks through markup with placeholders.
pub(crate) fn inspect(marked: &Marked) -> Vec<Remark> {
    let mut looking = Looking::default();
    // Where a tag is not finished, this is not among the words.
    let source = format!("{}{LAST}", marked.source());
    let tokens = tokens(&source);
    let finished = tokens.iter().rev().any(|token| matches!(token, Token::Text(text) if text.ends_with(LAST)));
    if !finished {
        looking.remarks.push(Remark::Unfinished);
    }
    for token in tokens {
        match token {
            Token::Start { name, attributes } => looking.start(&name, &attributes),
            Token::End(name) => looking.end(&name),
            Token::Comment => looking.remarks.push(Remark::Comment),
            Token::Text(_) => {}
        }
    }
    let left: Vec<String> = looking.open.drain(..).filter(|tag| !IMPLIED.contains(&tag.as_str())).collect();
    looking.remarks.extend(left.into_iter().map(Remark::Unbalanced));
    looking.remarks
}

#[derive(Default)]
struct Looking {
    open: Vec<String>,
    remarks: Vec<Remark>,
}

impl Looking {
    fn start(&mut self, tag: &str, attributes: &[(String, String)]) {
        let found: BTreeMap<&str, &str> =
            attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        for (name, value) in attributes {
            self.placeables(tag, name, value);
        }
        if policy::tag(tag).is_none() {
            let opaque = OPAQUE.contains(&tag);
            self.remarks.push(if opaque { Remark::Opaque(tag.into()) } else { Remark::Element(tag.into()) });
            return;
        }
        if tag == "button" && !found.contains_key(policy::SLOT) {
            self.remarks.push(Remark::Button);
        }
        found
            .iter()
            .filter(|(name, _)| !name.contains(BEGIN))
            .for_each(|(name, value)| self.attribute(tag, name, value));
        if IMPLIED.contains(&tag) && self.open.last().is_some_and(|open| open == tag) {
            self.open.pop();
        }
        if matches!(tag, "a" | "button") && self.open.iter().any(|open| open == tag) {
            self.remarks.push(Remark::Unbalanced(tag.to_owned()));
        }
        if self.open.len() == DEPTH {
            self.remarks.push(Remark::Deep(tag.to_owned()));
        }
        if !policy::is_void(tag) {
            self.open.push(tag.to_owned());
        }
    }

    fn placeables(&mut self, tag: &str, name: &str, value: &str) {
        let variable = Attribute::of_html(name).is_some_and(|attribute| attribute.is_variable(tag));
        let (text, place) = if name.contains(BEGIN) {
            (name, InTag::Attribute)
        } else if variable {
            return;
        } else {
            (value, InTag::Value(name.to_owned()))
        };
        for part in text.split(BEGIN).skip(1) {
            let index = part.split(END).next().and_then(|number| number.parse().ok());
            let tag = tag.to_owned();
            self.remarks.extend(index.map(|index| Remark::Placeable { index, tag, place: place.clone() }));
        }
    }

    fn attribute(&mut self, tag: &str, name: &str, value: &str) {
        let known = Attribute::of_html(name).filter(|attribute| attribute.belongs_to(tag));
        let (tag, attribute) = (tag.to_owned(), name.to_owned());
        match known {
            None => self.remarks.push(Remark::Attribute { tag, attribute }),
            Some(Attribute::Href) if !is_kept(value) => {
                self.remarks.push(Remark::Link(value.to_owned()));
            }
            Some(known) if !value.contains(BEGIN) && !known.accepts(value) => {
                self.remarks.push(Remark::Value { tag, attribute, value: value.to_owned() });
            }
            Some(_) => {}
        }
    }

    fn end(&mut self, tag: &str) {
        while self.open.last().is_some_and(|open| open != tag && IMPLIED.contains(&open.as_str())) {
            self.open.pop();
        }
        match policy::tag(tag) {
            // What was taken away at its beginning is at its end, too.
            None => {}
            Some(tag) if self.open.last().is_some_and(|open| open == tag) => drop(self.open.pop()),
            Some(tag) => {
                self.remarks.push(Remark::Unbalanced(tag.to_owned()));
                if let Some(place) = self.open.iter().rposition(|open| open == tag) {
                    self.open.remove(place);
                }
            }
        }
    }
}

/// Whether an address comes through the cleaner: it has to be one, too, as far as it is known.
fn is_kept(value: &str) -> bool {
    let constant = !value.contains(BEGIN);
    (!constant || Attribute::Href.accepts(value))
        && clean(&format!("<a href=\"{}\">x</a>", escape(value))).contains(" href=")
}
