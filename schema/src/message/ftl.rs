//! A compiled message as Fluent source: what visitors see, in the words of its editors.

use std::fmt::Write as _;

use super::markup::escape;
use super::markup::policy::is_void;
use super::{Element, Key, Message, Node, NumberCall, Operand, Select, Selector};
use crate::Kind;

/// Writes a message as the pattern of an entry of that kind. References stay filled in.
pub fn to_ftl(message: &Message, kind: Kind) -> String {
    let mut source = String::new();
    pattern(&message.0, kind == Kind::Html, &mut source);
    source
}

/// The kind that a message shows by itself.
pub fn kind_shown(message: &Message) -> Kind {
    if message.0.iter().any(holds_markup) { Kind::Html } else { Kind::Text }
}

fn holds_markup(node: &Node) -> bool {
    match node {
        Node::Element(_) => true,
        Node::Select(select) => {
            select.variants.iter().map(|(_, nodes)| nodes).chain([&select.otherwise]).flatten().any(holds_markup)
        }
        _ => false,
    }
}

/// A pattern: Fluent takes away blanks at both of its ends.
fn pattern(nodes: &[Node], markup: bool, into: &mut String) {
    if matches!(nodes.first(), Some(Node::Text(text)) if text.starts_with('\n')) {
        into.push_str("{ \"\" }");
    }
    let last = nodes.len().saturating_sub(1);
    for (index, node) in nodes.iter().enumerate() {
        self::node(node, markup, (index == 0, index == last), into);
    }
    if matches!(nodes.last(), Some(Node::Text(text)) if text.ends_with('\n')) {
        into.push_str("{ \"\" }");
    }
}

fn node(node: &Node, markup: bool, edges: (bool, bool), into: &mut String) {
    // Writing to a String cannot fail.
    match node {
        Node::Text(text) => words(text, markup, edges, into),
        Node::Variable(name) => drop(write!(into, "{{ ${name} }}")),
        Node::Number(call) => drop(write!(into, "{{ {} }}", number(call))),
        Node::DateTime(call) => {
            let _ = write!(into, "{{ DATETIME(${}{}) }}", call.variable, options(&call.options));
        }
        Node::Select(select) => choice(select, markup, into),
        Node::Element(element) => self::element(element, into),
        Node::Reference(never) => match *never {},
    }
}

/// Words; what Fluent would take for its own, or take away, is quoted.
fn words(text: &str, markup: bool, (first, last): (bool, bool), into: &mut String) {
    let text = if markup { escape(text) } else { text.into() };
    let lines: Vec<&str> = text.split('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            into.push('\n');
        }
        let begins = index > 0 || first;
        let ends = last && index + 1 == lines.len();
        let blank = |from: &str| from.chars().all(|c| c == ' ');
        let (head, rest) = line.split_at(if begins { line.len() - line.trim_start_matches(' ').len() } else { 0 });
        let (middle, tail) = rest.split_at(if ends { rest.trim_end_matches(' ').len() } else { rest.len() });
        quote(head, into);
        for (place, c) in middle.char_indices() {
            let special = begins && head.is_empty() && place == 0 && matches!(c, '[' | '*' | '.');
            match c {
                '{' | '}' => quote(&c.to_string(), into),
                c if special => quote(&c.to_string(), into),
                '\r' => into.push_str("{ \"\\u000D\" }"),
                c => into.push(c),
            }
        }
        if !blank(line) || head.is_empty() {
            quote(tail, into);
        }
    }
}

fn quote(text: &str, into: &mut String) {
    if !text.is_empty() {
        let _ = write!(into, "{{ \"{text}\" }}");
    }
}

fn number(call: &NumberCall) -> String {
    let value = match &call.value {
        Operand::Variable(name) => format!("${name}"),
        Operand::Number(number) => number.to_string(),
    };
    format!("NUMBER({value}{})", options(&call.options))
}

fn options(options: &impl serde::Serialize) -> String {
    let map = match serde_json::to_value(options) {
        Ok(serde_json::Value::Object(map)) => map,
        _ => serde_json::Map::new(),
    };
    let option = |(name, value): (String, serde_json::Value)| match value {
        serde_json::Value::Bool(value) => format!(", {name}: {}", u8::from(value)),
        value => format!(", {name}: {value}"),
    };
    map.into_iter().map(option).collect()
}

fn choice(select: &Select, markup: bool, into: &mut String) {
    let selector = match &select.selector {
        Selector::Variable(name) => format!("${name}"),
        Selector::Number(call) => number(call),
        Selector::Reference(never) => match *never {},
    };
    let _ = writeln!(into, "{{ {selector} ->");
    let last = (Key::Name("other".to_owned()), select.otherwise.clone());
    for (index, (key, variant)) in select.variants.iter().chain([&last]).enumerate() {
        let mark = if index == select.variants.len() { "   *" } else { "    " };
        let key = match key {
            Key::Name(name) => name.clone(),
            Key::Number(number) => number.to_string(),
        };
        let mut text = String::new();
        pattern(variant, markup, &mut text);
        let text = if text.is_empty() { "{ \"\" }".to_owned() } else { text.replace('\n', "\n        ") };
        let _ = writeln!(into, "{mark}[{key}] {text}");
    }
    into.push('}');
}

fn element(element: &Element, into: &mut String) {
    let _ = write!(into, "<{}", element.tag);
    for (attribute, value) in &element.attributes {
        let _ = write!(into, " {}=\"", attribute.html());
        for part in value {
            node(part, true, (false, false), into);
        }
        into.push('"');
    }
    into.push('>');
    for child in &element.children {
        node(child, true, (false, false), into);
    }
    if !is_void(element.tag) {
        let _ = write!(into, "</{}>", element.tag);
    }
}
