//! A compiled message as Fluent source: what visitors see, in the words of its editors.

use std::fmt::Write as _;

use super::markup::escape;
use super::markup::policy::is_void;
use super::{Element, Key, Message, Node, NumberCall, Operand, Select, Selector};

/// Writes a message as a pattern. References stay filled in.
pub fn to_ftl(message: &Message) -> String {
    let mut source = String::new();
    let markup = message.0.iter().any(holds_markup);
    nodes(&message.0, markup, &mut source);
    source
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

fn nodes(nodes: &[Node], markup: bool, into: &mut String) {
    for node in nodes {
        // Writing to a String cannot fail.
        match node {
            Node::Text(text) => words(text, markup, into),
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
}

fn words(text: &str, markup: bool, into: &mut String) {
    let text = if markup { escape(text) } else { text.into() };
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            into.push('\n');
        }
        for c in line.chars() {
            match c {
                '{' | '}' => drop(write!(into, "{{ \"{c}\" }}")),
                c => into.push(c),
            }
        }
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
        nodes(variant, markup, &mut text);
        let text = if text.is_empty() { "{ \"\" }".to_owned() } else { text.replace('\n', "\n        ") };
        let _ = writeln!(into, "{mark}[{key}] {text}");
    }
    into.push('}');
}

fn element(element: &Element, into: &mut String) {
    let _ = write!(into, "<{}", element.tag);
    for (attribute, value) in &element.attributes {
        let _ = write!(into, " {}=\"", attribute.html());
        nodes(value, true, into);
        into.push('"');
    }
    into.push('>');
    nodes(&element.children, true, into);
    if !is_void(element.tag) {
        let _ = write!(into, "</{}>", element.tag);
    }
}
