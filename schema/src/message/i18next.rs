//! A compiled message as i18next JSON v4 has it: what existing clients read.

use std::fmt::Write as _;

use super::markup::escape;
use super::markup::policy::is_void;
use super::plural::PluralKind;
use super::{Attribute, Element, Key, Message, Node, Select, Selector, plural};
use crate::{Kind, Locale};

/// The variable that i18next selects plural forms by.
const COUNT: &str = "count";

/// A message as i18next has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// Suffix of the key (`""`, `"_one"`, …) and text.
    pub texts: Vec<(String, String)>,
    /// Whether something could not be expressed: there it shows its default.
    pub simplified: bool,
}

/// Writes a message for i18next: variables as `{{name}}`, one choice by the plural form of
/// `$count` as suffixes. That of an `html` entry is HTML; a client that shows it as such runs no
/// code by it, as long as it lets i18next escape variables (it does unless told otherwise).
pub fn plain(message: &Message, locale: &Locale, kind: Kind) -> Plain {
    let markup = kind == Kind::Html;
    let Some(ordinal) = first_plural(&message.0) else {
        let mut writing = Writing { markup, ..Writing::default() };
        let text = writing.nodes(&message.0);
        return Plain { texts: vec![(String::new(), text)], simplified: writing.simplified };
    };
    let categories = if ordinal { plural::ordinal_categories(locale) } else { plural::categories(locale) };
    let mut simplified = false;
    let mut texts = Vec::new();
    let zero = !ordinal && !categories.contains(&"zero") && names_zero(&message.0);
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let only = |category: &str| plural::only_integer(locale, PluralKind::Cardinal, category).map(|only| only as f64);
    let alone: Vec<f64> = categories.iter().filter(|_| !ordinal).filter_map(|category| only(category)).collect();
    let mut write = |suffix: String, number: Option<f64>, category: &'static str| {
        let count = Some(Count { number, category, ordinal, zero, alone: &alone });
        let mut writing = Writing { markup, count, ..Writing::default() };
        texts.push((suffix, writing.nodes(&message.0)));
        simplified |= writing.simplified;
    };
    let prefix = if ordinal { "_ordinal" } else { "" };
    // i18next knows one exact number, zero, and only beside cardinal forms.
    if zero {
        write("_zero".to_owned(), Some(0.0), plural::of_zero(locale));
    }
    for category in categories {
        write(format!("{prefix}_{category}"), only(category).filter(|_| !ordinal), category);
    }
    Plain { texts, simplified }
}

fn branches(select: &Select) -> impl Iterator<Item = &Vec<Node>> {
    select.variants.iter().map(|(_, nodes)| nodes).chain([&select.otherwise])
}

/// Whether the first choice by `$count` is by ordinal numbers; `None` without one.
fn first_plural(nodes: &[Node]) -> Option<bool> {
    nodes.iter().find_map(|node| match node {
        Node::Select(select) => by_count(select).or_else(|| branches(select).find_map(|nodes| first_plural(nodes))),
        Node::Element(element) => first_plural(&element.children),
        _ => None,
    })
}

fn names_zero(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Select(select) => {
            let zero = by_count(select).is_some() && select.variants.iter().any(|(key, _)| *key == Key::Number(0.0));
            zero || branches(select).any(|nodes| names_zero(nodes))
        }
        Node::Element(element) => names_zero(&element.children),
        _ => false,
    })
}

/// Whether a choice is by `$count`, and then whether by ordinal numbers.
fn by_count(select: &Select) -> Option<bool> {
    match &select.selector {
        Selector::Variable(name) => (name == COUNT && names_category(select)).then_some(false),
        Selector::Number(call) => {
            (call.value == super::Operand::Variable(COUNT.to_owned())).then_some(call.options.ordinal)
        }
        Selector::Reference(never) => match *never {},
    }
}

/// A choice by words is none of plural forms.
fn names_category(select: &Select) -> bool {
    select.variants.iter().all(|(key, _)| match key {
        Key::Name(name) => plural::CATEGORIES.contains(&name.as_str()),
        Key::Number(_) => true,
    })
}

#[derive(Default)]
struct Writing<'w> {
    markup: bool,
    count: Option<Count<'w>>,
    simplified: bool,
}

/// The plural form that is written.
#[derive(Clone, Copy)]
struct Count<'c> {
    /// The one number that it stands for, if it does.
    number: Option<f64>,
    category: &'static str,
    ordinal: bool,
    /// Whether zero has a form of its own.
    zero: bool,
    /// Numbers that have a form to themselves.
    alone: &'c [f64],
}

impl Writing<'_> {
    fn nodes(&mut self, nodes: &[Node]) -> String {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn node(&mut self, node: &Node) -> String {
        match node {
            Node::Text(text) => self.words(text),
            Node::Variable(name) => format!("{{{{{name}}}}}"),
            Node::Number(call) => match &call.value {
                super::Operand::Variable(name) => {
                    // i18next hands these options to Intl.NumberFormat.
                    self.simplified |= call.options.ordinal;
                    format!("{{{{{name}, {}}}}}", call.options.i18next())
                }
                super::Operand::Number(number) => {
                    self.simplified = true;
                    number.to_string()
                }
            },
            Node::DateTime(call) => format!("{{{{{}, {}}}}}", call.variable, call.options.i18next()),
            Node::Select(select) => {
                let chosen = self.chosen(select);
                self.nodes(chosen)
            }
            Node::Element(element) => self.element(element),
            Node::Reference(never) => match *never {},
        }
    }

    fn words(&mut self, text: &str) -> String {
        let text = if self.markup { escape(text).into_owned() } else { text.to_owned() };
        // What i18next would take for its own syntax has no escape there: it is broken up.
        if !text.contains("{{") && !text.ends_with('{') && !text.contains("$t(") {
            return text;
        }
        self.simplified = true;
        text.replace('{', "{\u{2060}").replace("$t(", "$\u{2060}t(")
    }

    fn chosen<'s>(&mut self, select: &'s Select) -> &'s [Node] {
        let Some(count) = self.count.filter(|count| by_count(select) == Some(count.ordinal)) else {
            self.simplified = true;
            return &select.otherwise;
        };
        let exact = |key: &Key| count.number.is_some_and(|number| *key == Key::Number(number));
        let expressed = |key: &Key| match key {
            // Written in the form that stands for this number alone.
            Key::Number(number) => exact(key) || count.alone.contains(number) || (*number == 0.0 && count.zero),
            Key::Name(_) => true,
        };
        self.simplified |= !select.variants.iter().all(|(key, _)| expressed(key));
        let named = |key: &Key| *key == Key::Name(count.category.to_owned());
        let chosen = select.variants.iter().find(|(key, _)| exact(key) || named(key));
        chosen.map_or(&select.otherwise, |(_, nodes)| nodes)
    }

    fn element(&mut self, element: &Element) -> String {
        // Writing to a String cannot fail.
        let mut text = format!("<{}", element.tag);
        for (attribute, nodes) in &element.attributes {
            if !is_harmless(element.tag, *attribute, nodes) {
                self.simplified = true;
                continue;
            }
            let value = self.nodes(nodes);
            let _ = write!(text, " {}=\"{value}\"", attribute.html());
        }
        text.push('>');
        text.push_str(&self.nodes(&element.children));
        if !is_void(element.tag) {
            let _ = write!(text, "</{}>", element.tag);
        }
        text
    }
}

/// Whether nothing that a client puts in for variables makes the attribute harmful. Nobody checks
/// an address there when it is shown, so what leads where has to be known.
fn is_harmless(tag: &str, attribute: Attribute, nodes: &[Node]) -> bool {
    match (attribute, nodes) {
        (_, []) => attribute.accepts(""),
        (_, [Node::Text(text)]) => attribute.accepts(text),
        (Attribute::Href, [Node::Text(begin), rest @ ..]) => {
            let plain = rest.iter().all(|node| matches!(node, Node::Text(_) | Node::Variable(_)));
            plain && attribute.accepts(begin) && begin.contains([':', '/', '?', '#'])
        }
        (Attribute::Href, _) => false,
        _ => attribute.is_variable(tag),
    }
}
