//! What a value shows: its variables, its named elements, its markup, its length.

use std::collections::{BTreeMap, BTreeSet};

use crate::message::{Attribute, Element, Node, Operand, Select, Selector};

/// What a value shows, in its fullest form.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(super) variables: BTreeSet<String>,
    /// Named elements and how often each stands in one form.
    pub(super) slots: BTreeMap<String, usize>,
    /// Other elements and how often each stands in one form.
    pub(super) tags: BTreeMap<&'static str, usize>,
    /// Whether there are letters.
    pub(super) words: bool,
}

impl Inventory {
    pub(super) fn of<R>(nodes: &[Node<R>]) -> Self {
        let mut inventory = Self::default();
        inventory.nodes(nodes);
        inventory
    }

    fn nodes<R>(&mut self, nodes: &[Node<R>]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.words |= text.chars().any(char::is_alphabetic),
                Node::Variable(name) => drop(self.variables.insert(name.clone())),
                Node::Number(call) => self.operand(&call.value),
                Node::DateTime(call) => drop(self.variables.insert(call.variable.clone())),
                Node::Select(select) => self.select(select),
                Node::Element(element) => self.element(element),
                Node::Reference(_) => {}
            }
        }
    }

    fn operand(&mut self, operand: &Operand) {
        if let Operand::Variable(name) = operand {
            self.variables.insert(name.clone());
        }
    }

    fn select<R>(&mut self, select: &Select<R>) {
        match &select.selector {
            Selector::Variable(name) => drop(self.variables.insert(name.clone())),
            Selector::Number(call) => self.operand(&call.value),
            Selector::Reference(_) => {}
        }
        let (mut slots, mut tags) = (BTreeMap::new(), BTreeMap::new());
        for nodes in select.variants.iter().map(|(_, nodes)| nodes).chain([&select.otherwise]) {
            let form = Self::of(nodes);
            self.variables.extend(form.variables);
            self.words |= form.words;
            most(&mut slots, form.slots);
            most(&mut tags, form.tags);
        }
        for (name, count) in slots {
            *self.slots.entry(name).or_default() += count;
        }
        for (tag, count) in tags {
            *self.tags.entry(tag).or_default() += count;
        }
    }

    fn element<R>(&mut self, element: &Element<R>) {
        let slot = element.attributes.iter().find(|(attribute, _)| *attribute == Attribute::Slot);
        match slot.map(|(_, value)| value.as_slice()) {
            Some([Node::Text(name)]) => *self.slots.entry(name.clone()).or_default() += 1,
            _ => *self.tags.entry(element.tag).or_default() += 1,
        }
        element.attributes.iter().for_each(|(_, value)| {
            let inside = Self::of(value);
            self.variables.extend(inside.variables);
        });
        self.nodes(&element.children);
    }
}

fn most<K: Ord>(into: &mut BTreeMap<K, usize>, form: BTreeMap<K, usize>) {
    for (key, count) in form {
        let known = into.entry(key).or_default();
        *known = (*known).max(count);
    }
}

/// The characters of the longest form, without what variables bring.
pub(super) fn longest<R>(nodes: &[Node<R>]) -> usize {
    let length = |node: &Node<R>| match node {
        Node::Text(text) => text.chars().count(),
        Node::Select(select) => {
            let forms = select.variants.iter().map(|(_, nodes)| nodes).chain([&select.otherwise]);
            forms.map(|nodes| longest(nodes)).max().unwrap_or_default()
        }
        Node::Element(element) => longest(&element.children),
        _ => 0,
    };
    nodes.iter().map(length).sum()
}
