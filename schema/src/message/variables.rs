//! The variables of messages, and what each of them takes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CATEGORIES, Key, Message, Node, NumberCall, Operand, Select, Selector};

/// What a variable may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = VariableTakes)]
pub struct Takes {
    /// Words.
    pub text: bool,
    /// A number.
    pub number: bool,
    /// A date.
    pub date: bool,
}

const ANYTHING: Takes = Takes { text: true, number: true, date: true };
const TEXT_OR_NUMBER: Takes = Takes { date: false, ..ANYTHING };
const NUMBER: Takes = Takes { text: false, number: true, date: false };
const NUMBER_OR_DATE: Takes = Takes { text: false, ..ANYTHING };

/// Variables by name. One that stands in several places takes what all of them take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables(BTreeMap<String, Takes>);

impl Variables {
    /// Those of one message.
    pub fn of(message: &Message) -> Self {
        let mut variables = Self::default();
        variables.add(message);
        variables
    }

    /// Takes those of another message, too.
    pub fn add(&mut self, Message(nodes): &Message) {
        self.collect(nodes);
    }

    /// Each with what it takes, by name.
    pub fn each(&self) -> impl Iterator<Item = (&str, Takes)> {
        self.0.iter().map(|(name, takes)| (name.as_str(), *takes))
    }

    fn collect(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Variable(name) => self.note(name, ANYTHING),
                Node::Number(call) => self.number(call),
                Node::DateTime(call) => self.note(&call.variable, NUMBER_OR_DATE),
                Node::Select(select) => self.select(select),
                Node::Element(element) => {
                    element.attributes.iter().for_each(|(_, nodes)| self.collect(nodes));
                    self.collect(&element.children);
                }
                Node::Text(_) => {}
                Node::Reference(never) => match *never {},
            }
        }
    }

    fn select(&mut self, select: &Select) {
        match &select.selector {
            Selector::Variable(name) => self.note(name, if is_counted(select) { NUMBER } else { TEXT_OR_NUMBER }),
            Selector::Number(call) => self.number(call),
            Selector::Reference(never) => match *never {},
        }
        select.variants.iter().for_each(|(_, nodes)| self.collect(nodes));
        self.collect(&select.otherwise);
    }

    fn number(&mut self, call: &NumberCall) {
        if let Operand::Variable(name) = &call.value {
            self.note(name, NUMBER);
        }
    }

    fn note(&mut self, name: &str, takes: Takes) {
        let known = self.0.entry(name.to_owned()).or_insert(ANYTHING);
        known.text &= takes.text;
        known.number &= takes.number;
        known.date &= takes.date;
    }
}

/// Whether each key is a number or a plural category.
fn is_counted(select: &Select) -> bool {
    let counts = |key: &Key| match key {
        Key::Number(_) => true,
        Key::Name(name) => CATEGORIES.contains(&name.as_str()),
    };
    !select.variants.is_empty() && select.variants.iter().all(|(key, _)| counts(key))
}
