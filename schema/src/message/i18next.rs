//! A compiled message as i18next JSON v4 has it: what existing clients read.

use std::fmt::Write as _;

use super::markup::escape;
use super::markup::policy::is_void;
use super::{Element, Key, Message, Node, Select, Selector, plural};
use crate::Locale;

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
/// `$count` as suffixes. Markup is HTML, as i18next's clients expect it.
pub fn plain(message: &Message, locale: &Locale) -> Plain {
    let markup = message.0.iter().any(holds_markup);
    let Some(ordinal) = first_plural(&message.0) else {
        let mut writing = Writing { markup, ..Writing::default() };
        let text = writing.nodes(&message.0);
        return Plain { texts: vec![(String::new(), text)], simplified: writing.simplified };
    };
    let categories = if ordinal { plural::ordinal_categories(locale) } else { plural::categories(locale) };
    let mut simplified = false;
    let mut texts = Vec::new();
    let mut write = |suffix: String, number: Option<f64>, category: &'static str| {
        let mut writing = Writing { markup, count: Some((number, category, ordinal)), ..Writing::default() };
        texts.push((suffix, writing.nodes(&message.0)));
        simplified |= writing.simplified;
    };
    let prefix = if ordinal { "_ordinal" } else { "" };
    // i18next knows one exact number, zero, and only beside cardinal forms.
    if !ordinal && !categories.contains(&"zero") && names_zero(&message.0) {
        write("_zero".to_owned(), Some(0.0), plural::of_zero(locale));
    }
    for category in categories {
        write(format!("{prefix}_{category}"), None, category);
    }
    Plain { texts, simplified }
}

fn holds_markup(node: &Node) -> bool {
    match node {
        Node::Element(_) => true,
        Node::Select(select) => branches(select).flatten().any(holds_markup),
        _ => false,
    }
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
struct Writing {
    markup: bool,
    /// The form that is written: an exact number or none, its category, whether by ordinal numbers.
    count: Option<(Option<f64>, &'static str, bool)>,
    simplified: bool,
}

impl Writing {
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
        // What i18next would take for its own syntax has no escape there.
        self.simplified |= text.contains("{{") || text.contains("$t(");
        if self.markup { escape(text).into_owned() } else { text.to_owned() }
    }

    fn chosen<'s>(&mut self, select: &'s Select) -> &'s [Node] {
        let count = self.count.filter(|(.., ordinal)| by_count(select) == Some(*ordinal));
        let Some((number, category, _)) = count else {
            self.simplified = true;
            return &select.otherwise;
        };
        let exact = |key: &Key| number.is_some_and(|number| *key == Key::Number(number));
        self.simplified |= select.variants.iter().any(|(key, _)| matches!(key, Key::Number(n) if *n != 0.0));
        let named = |key: &Key| *key == Key::Name(category.to_owned());
        let chosen = select.variants.iter().find(|(key, _)| exact(key) || named(key));
        chosen.map_or(&select.otherwise, |(_, nodes)| nodes)
    }

    fn element(&mut self, element: &Element) -> String {
        // Writing to a String cannot fail.
        let mut text = format!("<{}", element.tag);
        for (attribute, value) in &element.attributes {
            let value = self.nodes(value);
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
