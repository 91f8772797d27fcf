//! XML as a small tree, read with quick-xml. A DTD is refused and nothing is expanded
//! but the five entities of XML and numbers, so a file cannot grow nor reach for other files.

use std::fmt;

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::formats::Skipped;

/// The tree is walked recursively; no tool nests as deep as this.
const DEPTH: usize = 64;

/// An element. Namespaces are not told apart: its name is without a prefix.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) content: Vec<Content>,
    attributes: Vec<(String, String)>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Content {
    Text(String),
    Element(Node),
}

impl Node {
    /// An attribute by its name, prefix included.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements right in here.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(node) => Some(node),
            Content::Text(_) => None,
        })
    }

    /// The elements of that name right in here.
    pub(super) fn children<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.elements().filter(move |node| node.name == name)
    }

    /// The first element of that name right in here.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|node| node.name == name)
    }

    /// The elements of that name at any depth, but not those inside one another.
    pub(super) fn descendants(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for node in self.elements() {
            if node.name == name {
                found.push(node);
            } else {
                found.extend(node.descendants(name));
            }
        }
        found
    }

    /// All text in here.
    pub(super) fn text(&self) -> String {
        let parts = self.content.iter().map(|content| match content {
            Content::Text(text) => text.clone(),
            Content::Element(node) => node.text(),
        });
        parts.collect()
    }
}

/// Reads an XML file.
pub(super) fn read(text: &str) -> Result<Node, Skipped> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let mut tree = Tree { text, counted: 0, line: 1, open: Vec::new() };
    loop {
        tree.advance(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                tree.advance(reader.error_position());
                return Err(tree.broken(&error));
            }
        };
        if let Some(root) = tree.take(&event)? {
            return Ok(root);
        }
    }
}

/// A tree that grows.
struct Tree<'t> {
    text: &'t str,
    /// Up to here, lines are counted.
    counted: usize,
    line: usize,
    open: Vec<Node>,
}

impl Tree<'_> {
    fn advance(&mut self, position: u64) {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        if let Some(passed) = self.text.get(self.counted..position) {
            self.line += passed.matches('\n').count();
            self.counted = position;
        }
    }

    fn refused(&self, reason: String) -> Skipped {
        Skipped { line: self.line, reason }
    }

    fn broken(&self, error: &impl fmt::Display) -> Skipped {
        self.refused(format!("this is not well-formed XML: {error}"))
    }

    /// Takes the next event; gives the root once it is complete.
    fn take(&mut self, event: &Event<'_>) -> Result<Option<Node>, Skipped> {
        match event {
            Event::Start(tag) => {
                if self.open.len() == DEPTH {
                    return Err(self.refused(format!("elements are nested more than {DEPTH} deep")));
                }
                let node = self.node(tag)?;
                self.open.push(node);
            }
            Event::Empty(tag) => {
                let node = self.node(tag)?;
                return Ok(self.attach(node));
            }
            Event::End(_) => {
                if let Some(node) = self.open.pop() {
                    return Ok(self.attach(node));
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content().map_err(|error| self.broken(&error))?;
                self.add(&text);
            }
            Event::CData(text) => {
                let text = text.xml10_content().map_err(|error| self.broken(&error))?;
                self.add(&text);
            }
            Event::GeneralRef(reference) => {
                let text = self.resolve(reference)?;
                self.add(&text);
            }
            Event::DocType(_) => {
                return Err(self.refused("a document type is not allowed; remove <!DOCTYPE …>".to_owned()));
            }
            Event::Eof => return Err(self.refused("the file ends too early; it is not complete XML".to_owned())),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
        Ok(None)
    }

    fn node(&self, tag: &BytesStart<'_>) -> Result<Node, Skipped> {
        let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut attributes = Vec::new();
        // Without the check for repeats, which takes quadratic time; the first of them counts.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(&error))?;
            let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| self.broken(&error))?;
            attributes.push((name(attribute.key.as_ref()), value.into_owned()));
        }
        Ok(Node { name: name(tag.local_name().as_ref()), line: self.line, content: Vec::new(), attributes })
    }

    fn attach(&mut self, node: Node) -> Option<Node> {
        match self.open.last_mut() {
            Some(parent) => {
                parent.content.push(Content::Element(node));
                None
            }
            None => Some(node),
        }
    }

    fn add(&mut self, text: &str) {
        // What stands outside the root means nothing.
        let Some(parent) = self.open.last_mut() else { return };
        match parent.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => parent.content.push(Content::Text(text.to_owned())),
        }
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<String, Skipped> {
        if let Some(character) = reference.resolve_char_ref().map_err(|error| self.broken(&error))? {
            return Ok(character.to_string());
        }
        let name = reference.decode().map_err(|error| self.broken(&error))?;
        let known = resolve_xml_entity(&name).map(str::to_owned);
        known.ok_or_else(|| self.refused(format!("the entity &{name}; is not allowed; write the character itself")))
    }
}
