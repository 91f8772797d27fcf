//! Markup in copy: cleaned, and taken apart into elements.
//!
//! Placeables are carried through the cleaner as placeholders: a number between two noncharacters,
//! which the text itself cannot hold, neither as they are nor as character references.

mod clean;
pub(crate) mod inspect;
pub(crate) mod policy;
mod tokens;

use super::{Element, Node, push, push_all};
use crate::limits::{DEPTH, TAGS_IN_VARIANT};
pub(crate) use clean::{escape, is_plain, literal as words};
use policy::Attribute;
use tokens::Token;

/// The noncharacters around a placeholder's number.
const BEGIN: char = '\u{fdd0}';
const END: char = '\u{fdd1}';

/// Markup with placeholders.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    source: String,
    held: usize,
}

impl Marked {
    /// Adds words and markup.
    pub(crate) fn text(&mut self, text: &str) {
        clean::harmless(text, &mut self.source);
    }

    /// Adds a placeholder for the next placeable.
    pub(crate) fn placeable(&mut self) {
        use std::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(self.source, "{BEGIN}{}{END}", self.held);
        self.held += 1;
    }

    /// Cleans the markup and takes it apart. `held` are the placeables in order.
    pub(crate) fn into_nodes<R: Clone>(self, held: &[Node<R>]) -> Vec<Node<R>> {
        let has_many_tags = self.has_many_tags();
        let cleaned = if has_many_tags { clean::words(&self.source) } else { clean::clean(&self.source) };
        let mut tree = Tree { held, open: Vec::new(), ignored: 0, nodes: Vec::new() };
        for token in tokens::tokens(&cleaned) {
            tree.token(token);
        }
        while !tree.open.is_empty() {
            tree.close();
        }
        tree.nodes
    }

    /// Whether there are more tags than may be made elements of.
    pub(crate) fn has_many_tags(&self) -> bool {
        let begins = |at: &usize| self.source[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic());
        self.source.match_indices('<').map(|(at, _)| at).filter(begins).nth(TAGS_IN_VARIANT).is_some()
    }

    /// The markup as it was written, with placeholders.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

/// An element that is not closed yet, and the nodes before it.
struct Open<R> {
    element: Element<R>,
    before: Vec<Node<R>>,
}

struct Tree<'h, R> {
    held: &'h [Node<R>],
    open: Vec<Open<R>>,
    /// Elements that are open beyond the greatest depth.
    ignored: usize,
    nodes: Vec<Node<R>>,
}

impl<R: Clone> Tree<'_, R> {
    fn token(&mut self, token: Token) {
        match token {
            Token::Text(text) => fill(&text, self.held, &mut self.nodes),
            Token::Start { name, attributes } => {
                let Some(tag) = policy::tag(&name) else { return };
                if self.open.len() >= DEPTH {
                    self.ignored += usize::from(!policy::is_void(tag));
                    return;
                }
                let attributes = self.attributes(tag, attributes);
                let element = Element { tag, attributes, children: Vec::new() };
                self.open.push(Open { element, before: std::mem::take(&mut self.nodes) });
                if policy::is_void(tag) {
                    self.close();
                }
            }
            // The cleaner closes what it opens, in order.
            Token::End(_) if self.ignored > 0 => self.ignored -= 1,
            Token::End(name) => {
                if self.open.last().is_some_and(|open| open.element.tag == name) {
                    self.close();
                }
            }
            Token::Comment => {}
        }
    }

    fn close(&mut self) {
        let Some(Open { mut element, before }) = self.open.pop() else { return };
        let children = std::mem::replace(&mut self.nodes, before);
        element.children = children;
        self.nodes.push(Node::Element(Box::new(element)));
    }

    fn attributes(&self, tag: &str, found: Vec<(String, String)>) -> Vec<(Attribute, Vec<Node<R>>)> {
        let mut attributes: Vec<(Attribute, Vec<Node<R>>)> = Vec::new();
        for (name, value) in found {
            let Some(attribute) = Attribute::of_html(&name).filter(|attribute| attribute.belongs_to(tag)) else {
                continue;
            };
            let constant = !value.contains(BEGIN);
            // What becomes of variables is checked when they are known.
            let fits = if constant { attribute.accepts(&value) } else { attribute.is_variable(tag) };
            if fits {
                let mut nodes = Vec::new();
                fill(&value, self.held, &mut nodes);
                attributes.push((attribute, without_elements(nodes)));
            }
        }
        attributes.sort_by_key(|(attribute, _)| *attribute);
        attributes
    }
}

/// Puts the placeables back where their placeholders are.
fn fill<R: Clone>(text: &str, held: &[Node<R>], into: &mut Vec<Node<R>>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        push(into, Node::Text(before.to_owned()));
        let Some((number, behind)) = after.split_once(END) else { break };
        if let Some(node) = number.parse().ok().and_then(|index: usize| held.get(index)) {
            push(into, node.clone());
        }
        rest = behind;
    }
    push(into, Node::Text(rest.to_owned()));
}

/// Where only words can be: elements give way to what is in them.
pub(crate) fn without_elements<R>(nodes: Vec<Node<R>>) -> Vec<Node<R>> {
    let mut plain = Vec::new();
    for node in nodes {
        match node {
            Node::Element(element) => {
                push_all(&mut plain, without_elements(element.children));
            }
            Node::Select(mut select) => {
                let variants = std::mem::take(&mut select.variants);
                select.variants = variants.into_iter().map(|(key, nodes)| (key, without_elements(nodes))).collect();
                select.otherwise = without_elements(std::mem::take(&mut select.otherwise));
                plain.push(Node::Select(select));
            }
            node => push(&mut plain, node),
        }
    }
    plain
}
