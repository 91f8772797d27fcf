//! What a value means: read, cleaned, resolved, compiled, evaluated.
//!
//! ```text
//! Pattern --read--> Parsed --compile--> Message --evaluate--> Piece
//!         (cleaned)         (references         (one visitor's
//!                            inlined)            arguments)
//! ```
//!
//! A [`Message`] is what page files carry and the only thing that is ever turned into elements of
//! a page. Its JSON is specified in `schema/README.md`.

pub mod check;
mod compile;
pub mod datetime;
mod evaluate;
mod ftl;
mod i18next;
mod markup;
pub mod number;
mod per_thread;
pub mod plural;
mod read;
pub mod variables;
mod wire;

pub use compile::{Broken, compile};
pub use evaluate::{Arguments, Failure, Piece, Value, evaluate, html, text};
pub use ftl::{kind_shown, to_ftl};
pub use i18next::{Plain, plain};
pub use markup::policy::{Attribute, TAGS};
pub use plural::CATEGORIES;
pub use read::{Constant, Parsed, Reference, read};
pub use wire::{MALFORMED, Malformed};

use std::convert::Infallible;

use datetime::DateTimeOptions;
use number::NumberOptions;

/// A compiled message: what a visitor's page evaluates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message(pub Vec<Node>);

/// One part of a message. `R` is what may still have to be looked up: nothing, once compiled.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<R = Infallible> {
    /// Words.
    Text(String),
    /// An argument by its name.
    Variable(String),
    /// `NUMBER()`.
    Number(NumberCall),
    /// `DATETIME()`.
    DateTime(DateTimeCall),
    /// One of several texts, by a number or a word.
    Select(Box<Select<R>>),
    /// Markup.
    Element(Box<Element<R>>),
    /// Not resolved yet.
    Reference(R),
}

/// A call of `NUMBER()`.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberCall {
    /// What is formatted.
    pub value: Operand,
    /// How.
    pub options: NumberOptions,
}

/// A call of `DATETIME()`.
#[derive(Clone, Debug, PartialEq)]
pub struct DateTimeCall {
    /// The argument that is formatted.
    pub variable: String,
    /// How.
    pub options: DateTimeOptions,
}

/// What `NUMBER()` is called with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// An argument.
    Variable(String),
    /// A number.
    Number(f64),
}

/// One of several texts: the first variant that matches, else the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Select<R = Infallible> {
    /// What decides.
    pub selector: Selector<R>,
    /// The variants in order.
    pub variants: Vec<(Key, Vec<Node<R>>)>,
    /// The default.
    pub otherwise: Vec<Node<R>>,
}

/// What decides between variants.
#[derive(Clone, Debug, PartialEq)]
pub enum Selector<R = Infallible> {
    /// An argument: a number matches keys that equal it or name its plural category, a text the
    /// keys that equal it.
    Variable(String),
    /// A number as it is formatted.
    Number(NumberCall),
    /// Not resolved yet.
    Reference(R),
}

/// What a variant is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// A word, or a plural category.
    Name(String),
    /// Exactly this number.
    Number(f64),
}

/// An element of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Element<R = Infallible> {
    /// Its name: one of [`TAGS`].
    pub tag: &'static str,
    /// Its attributes; their values hold no elements.
    pub attributes: Vec<(Attribute, Vec<Node<R>>)>,
    /// What it contains.
    pub children: Vec<Node<R>>,
}

/// Adds a part; neighbouring words become one.
fn push<R>(nodes: &mut Vec<Node<R>>, node: Node<R>) {
    match (nodes.last_mut(), node) {
        (_, Node::Text(text)) if text.is_empty() => {}
        (Some(Node::Text(before)), Node::Text(text)) => before.push_str(&text),
        (_, node) => nodes.push(node),
    }
}

fn push_all<R>(nodes: &mut Vec<Node<R>>, more: Vec<Node<R>>) {
    for node in more {
        push(nodes, node);
    }
}

/// `number(minimumFractionDigits: 2)`: how i18next writes a format with options.
fn i18next_format(name: &str, options: &impl serde::Serialize) -> String {
    let Ok(serde_json::Value::Object(map)) = serde_json::to_value(options) else { return name.to_owned() };
    let option = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::String(text) => format!("{name}: {text}"),
        value => format!("{name}: {value}"),
    };
    let options: Vec<String> = map.into_iter().map(option).collect();
    if options.is_empty() { name.to_owned() } else { format!("{name}({})", options.join("; ")) }
}

#[cfg(test)]
mod tests;
