//! Markup of a message among elements of the host: where the message names a slot, the host's own
//! element stands, with what the message says in it.

use std::collections::BTreeMap;

use copydesk_schema::message::{Attribute, Piece, html, text};

use crate::attributes::escaped;
use crate::edits::Edits;
use crate::nesting::{Takes, closing, is_rival, takes};
use crate::render::Rendering;
use crate::report::Why;
use crate::tree::Tree;

/// The host's slots by name: each one can be used once.
type Slots<'t> = BTreeMap<&'t str, usize>;

impl Rendering<'_> {
    /// What is written into an element for a message.
    pub(crate) fn markup(&mut self, id: usize, pieces: &[Piece]) -> Result<String, Why> {
        let tree = &self.template.tree;
        let mut slots = slots(tree, id);
        let mut open: Vec<&str> = tree.chain(id).map(|element| element.tag.name.as_str()).collect();
        open.reverse();
        check(tree, pieces, &slots, &mut open)?;
        let mut written = String::new();
        self.write(pieces, &mut slots, &mut written);
        Ok(written)
    }

    fn write(&mut self, pieces: &[Piece], slots: &mut Slots<'_>, into: &mut String) {
        for piece in pieces {
            match piece {
                Piece::Text(words) => into.push_str(&escaped(words)),
                Piece::Element { tag, attributes, children } => match slot(attributes) {
                    Some(name) => match slots.remove(name) {
                        Some(id) => self.slot(id, children, slots, into),
                        // The host has no such element: its words stay.
                        None => self.write(children, slots, into),
                    },
                    None => self.plain(tag, attributes, children, slots, into),
                },
            }
        }
    }

    /// An element of the message's own; its tags come from the evaluator's writer.
    fn plain(
        &mut self,
        tag: &'static str,
        attributes: &[(Attribute, String)],
        children: &[Piece],
        slots: &mut Slots<'_>,
        into: &mut String,
    ) {
        let attributes = attributes.iter().map(|(attribute, value)| (*attribute, self.localised(*attribute, value)));
        let empty = html(&[Piece::Element { tag, attributes: attributes.collect(), children: Vec::new() }]);
        let end = format!("</{tag}>");
        let start = empty.strip_suffix(&end);
        into.push_str(start.unwrap_or(&empty));
        if start.is_some() {
            self.write(children, slots, into);
            into.push_str(&end);
        }
    }

    /// An element of the host. Its own entry, if it has one, goes before what the message says.
    fn slot(&mut self, id: usize, children: &[Piece], slots: &mut Slots<'_>, into: &mut String) {
        let (start, filled) = self.start(id);
        into.push_str(&start);
        let element = &self.template.tree.0[id];
        let Some(inner) = element.inner.clone() else { return };
        match (filled, takes(&element.tag)) {
            (Some(content), _) => into.push_str(&content),
            (None, Takes::Markup) => self.write(children, slots, into),
            (None, Takes::Words) => into.push_str(&escaped(&text(children))),
            (None, Takes::Nothing) => into.push_str(&self.region(inner, Edits::default())),
        }
        match &self.template.source[element.end.clone()] {
            "" => into.extend(["</", &element.tag.name, ">"]),
            end => into.push_str(end),
        }
    }
}

fn slot(attributes: &[(Attribute, String)]) -> Option<&str> {
    attributes.iter().find(|(attribute, _)| *attribute == Attribute::Slot).map(|(_, name)| name.as_str())
}

/// The elements that a host names inside another; of two with the same name the first one counts.
fn slots(tree: &Tree, id: usize) -> Slots<'_> {
    let mut slots = Slots::new();
    let inside = tree.0[id].inner.as_ref().map_or(0..0, |inner| tree.within(inner));
    for id in inside {
        if let Some(name) = tree.0[id].tag.value(Attribute::Slot.html()) {
            slots.entry(name).or_insert(id);
        }
    }
    slots
}

/// Whether a browser will read what is written as it is meant. The site script makes elements one by
/// one and need not care.
fn check<'t>(tree: &'t Tree, pieces: &[Piece], slots: &Slots<'_>, open: &mut Vec<&'t str>) -> Result<(), Why> {
    for piece in pieces {
        let Piece::Element { tag, attributes, children } = piece else { continue };
        let name = slot(attributes);
        let host = name.and_then(|name| slots.get(name)).map(|id| &tree.0[*id]);
        let own = match (host, name) {
            (Some(host), _) if host.inner.is_none() && !host.tag.is_void => {
                return Err(Why::Unclosed(host.tag.name.clone()));
            }
            (Some(host), _) => Some(host.tag.name.as_str()),
            (None, None) => Some(*tag),
            (None, Some(_)) => None,
        };
        if let Some(own) = own {
            fits(own, open)?;
            open.push(own);
        }
        check(tree, children, slots, open)?;
        if own.is_some() {
            open.pop();
        }
    }
    Ok(())
}

fn fits(inner: &str, open: &[&str]) -> Result<(), Why> {
    let ended = closing(inner, open.iter().rev().copied()).map(|up| open[open.len() - 1 - up]);
    let outer = ended.or_else(|| open.iter().find(|outer| is_rival(outer, inner)).copied());
    outer.map_or(Ok(()), |outer| Err(Why::Nested { inner: inner.to_owned(), outer: outer.to_owned() }))
}
