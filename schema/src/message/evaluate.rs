//! A compiled message with one visitor's arguments. The site script does the same, step for step;
//! `schema/vectors` holds both to it.

use std::collections::BTreeMap;

use super::datetime::{self, DateTimeOptions};
use super::markup::escape;
use super::markup::policy::is_void;
use super::number::{self, NumberOptions};
use super::plural::{self, PluralKind};
use super::{Attribute, Element, Key, Message, Node, NumberCall, Operand, Select, Selector};
use crate::Locale;

/// First strong isolate, and its end: what comes from outside keeps its direction to itself.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// What a visitor's page says by name.
pub type Arguments = BTreeMap<String, Value>;

/// An argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number, finite.
    Number(f64),
    /// A moment, in milliseconds since 1970 (UTC).
    Date(i64),
}

/// A part of what a visitor sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// An element with its attributes.
    Element {
        /// Its name.
        tag: &'static str,
        /// Its attributes.
        attributes: Vec<(Attribute, String)>,
        /// What it contains.
        children: Vec<Piece>,
    },
}

/// Why a message cannot be shown: the page keeps its own text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// An argument is missing.
    #[error("${0} is missing")]
    Missing(String),
    /// An argument cannot be formatted as asked.
    #[error("${0} cannot be formatted")]
    Unfit(String),
}

/// What a visitor sees. Results of variables and functions are isolated from the text around them
/// (UAX 9), nothing else is.
pub fn evaluate(message: &Message, locale: &Locale, arguments: &Arguments) -> Result<Vec<Piece>, Failure> {
    let evaluation = Evaluation { locale, arguments };
    let mut pieces = Vec::new();
    evaluation.nodes(&message.0, Around::Nothing, &mut pieces)?;
    Ok(pieces)
}

struct Evaluation<'e> {
    locale: &'e Locale,
    arguments: &'e Arguments,
}

impl Evaluation<'_> {
    fn nodes(&self, nodes: &[Node], around: Around, into: &mut Vec<Piece>) -> Result<(), Failure> {
        let around = if around == Around::Nothing && nodes.len() > 1 { Around::Words } else { around };
        for node in nodes {
            match node {
                Node::Text(text) => add(into, text),
                Node::Variable(name) => {
                    let shown = self.shown(name, around)?;
                    isolate(into, &shown, around);
                }
                Node::Number(call) => isolate(into, &self.number(call)?, around),
                Node::DateTime(call) => {
                    let moment = moment(self.argument(&call.variable)?);
                    let shown = moment.and_then(|moment| datetime::format(self.locale, moment, &call.options));
                    isolate(into, &shown.ok_or_else(|| Failure::Unfit(call.variable.clone()))?, around);
                }
                Node::Select(select) => self.nodes(self.chosen(select)?, around, into)?,
                Node::Element(element) => self.element(element, around, into)?,
                Node::Reference(never) => match *never {},
            }
        }
        Ok(())
    }

    fn argument(&self, name: &str) -> Result<&Value, Failure> {
        self.arguments.get(name).ok_or_else(|| Failure::Missing(name.to_owned()))
    }

    fn shown(&self, name: &str, around: Around) -> Result<String, Failure> {
        let shown = match (self.argument(name)?, around) {
            (Value::Text(text), _) => Some(text.clone()),
            // An address is read by machines.
            (Value::Number(number), Around::Address) => Some(number.to_string()),
            (Value::Date(moment), Around::Address) => datetime::iso(*moment),
            (Value::Number(number), _) => number::format(self.locale, *number, &NumberOptions::default()),
            (Value::Date(moment), _) => datetime::format(self.locale, *moment, &DateTimeOptions::default()),
        };
        shown.ok_or_else(|| Failure::Unfit(name.to_owned()))
    }

    fn number(&self, call: &NumberCall) -> Result<String, Failure> {
        let (value, name) = self.operand(call)?;
        number::format(self.locale, value, &call.options).ok_or_else(|| Failure::Unfit(name.to_owned()))
    }

    fn operand<'c>(&self, call: &'c NumberCall) -> Result<(f64, &'c str), Failure> {
        match &call.value {
            Operand::Number(number) => Ok((*number, "")),
            Operand::Variable(name) => match self.argument(name)? {
                Value::Number(number) => Ok((*number, name)),
                _ => Err(Failure::Unfit(name.clone())),
            },
        }
    }

    fn chosen<'s>(&self, select: &'s Select) -> Result<&'s [Node], Failure> {
        let plain = NumberOptions::default();
        let (value, options) = match &select.selector {
            Selector::Variable(name) => (self.argument(name)?.clone(), &plain),
            Selector::Number(call) => (Value::Number(self.operand(call)?.0), &call.options),
            Selector::Reference(never) => match *never {},
        };
        let matches = |key: &Key| match (&value, key) {
            (Value::Text(text), Key::Name(name)) => text == name,
            (Value::Number(number), Key::Name(name)) => self.category(*number, options) == Some(name.as_str()),
            #[expect(clippy::float_cmp, reason = "a key matches the very number that it names")]
            (Value::Number(number), Key::Number(key)) => number == key,
            _ => false,
        };
        let chosen = select.variants.iter().find(|(key, _)| matches(key));
        Ok(chosen.map_or(&select.otherwise, |(_, nodes)| nodes))
    }

    fn category(&self, number: f64, options: &NumberOptions) -> Option<&'static str> {
        let kind = if options.ordinal { PluralKind::Ordinal } else { PluralKind::Cardinal };
        Some(plural::category(self.locale, kind, &number::rounded(number, options)?))
    }

    fn element(&self, element: &Element, around: Around, into: &mut Vec<Piece>) -> Result<(), Failure> {
        let mut attributes = Vec::new();
        for (attribute, value) in &element.attributes {
            let inside = if *attribute == Attribute::Href { Around::Address } else { Around::Nothing };
            let mut pieces = Vec::new();
            self.nodes(value, inside, &mut pieces)?;
            let value = text(&pieces);
            if attribute.accepts(&value) {
                attributes.push((*attribute, value));
            }
        }
        let is_slot = attributes.iter().any(|(attribute, _)| *attribute == Attribute::Slot);
        if element.tag == "button" && !is_slot {
            // One that is not the page's might send a form of the page.
            return self.nodes(&element.children, Around::Words, into);
        }
        let mut children = Vec::new();
        self.nodes(&element.children, around, &mut children)?;
        into.push(Piece::Element { tag: element.tag, attributes, children });
        Ok(())
    }
}

/// What stands around a result: whether it has to keep its direction to itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing: it is all there is.
    Nothing,
    /// Words.
    Words,
    /// An address: marks in it would lead elsewhere.
    Address,
}

/// A number stands for milliseconds since 1970.
fn moment(value: &Value) -> Option<i64> {
    match value {
        Value::Date(moment) => Some(*moment),
        #[expect(clippy::cast_possible_truncation, reason = "beyond this no calendar reaches")]
        Value::Number(number) if number.abs() < 1e16 => Some(*number as i64),
        _ => None,
    }
}

fn add(into: &mut Vec<Piece>, text: &str) {
    match into.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => into.push(Piece::Text(text.to_owned())),
    }
}

fn isolate(into: &mut Vec<Piece>, text: &str, around: Around) {
    match around {
        Around::Words => add(into, &format!("{}{text}{}", ISOLATE.0, ISOLATE.1)),
        Around::Nothing | Around::Address => add(into, text),
    }
}

/// The words alone.
pub fn text(pieces: &[Piece]) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Element { children, .. } => text(children),
    };
    pieces.iter().map(part).collect()
}

/// As HTML that a browser reads as exactly these pieces.
pub fn html(pieces: &[Piece]) -> String {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => escape(text).into_owned(),
        Piece::Element { tag, attributes, children } => {
            let attribute =
                |(attribute, value): &(Attribute, String)| format!(" {}=\"{}\"", attribute.html(), escape(value));
            let attributes: String = attributes.iter().map(attribute).collect();
            if is_void(tag) {
                return format!("<{tag}{attributes}>");
            }
            format!("<{tag}{attributes}>{}</{tag}>", html(children))
        }
    };
    pieces.iter().map(part).collect()
}
