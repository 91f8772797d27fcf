//! What the cleaner will take away from markup, and why: for people. What is delivered does not
//! depend on it.

use std::collections::BTreeMap;

use super::policy::{self, Attribute, OPAQUE};
use super::tokens::{Token, tokens};
use super::{BEGIN, END, Marked};

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
    /// A placeable stands in a tag where none can be: its number among the placeables.
    Placeable { index: usize, tag: String, place: InTag },
}

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
    for token in tokens(marked.source()) {
        match token {
            Token::Start { name, attributes } => looking.start(&name, &attributes),
            Token::End(name) => looking.end(&name),
            Token::Comment => looking.remarks.push(Remark::Comment),
            Token::Text(_) => {}
        }
    }
    let left: Vec<String> = looking.open.drain(..).collect();
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
        if !policy::is_void(tag) {
            self.open.push(tag.to_owned());
        }
    }

    fn placeables(&mut self, tag: &str, name: &str, value: &str) {
        let variable =
            Attribute::of_html(name).is_some_and(|attribute| attribute.is_variable() && attribute.belongs_to(tag));
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
            Some(_) if value.contains(BEGIN) => {}
            Some(Attribute::Href) if !Attribute::Href.accepts(value) => {
                self.remarks.push(Remark::Link(value.to_owned()));
            }
            Some(known) if !known.accepts(value) => {
                self.remarks.push(Remark::Value { tag, attribute, value: value.to_owned() });
            }
            Some(_) => {}
        }
    }

    fn end(&mut self, tag: &str) {
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
