//! i18next JSON v4: nested or flat objects, `{{name}}` for variables, `key_one` … for plurals.

use std::collections::BTreeMap;

use fluent_syntax::ast;
use serde_json::{Map, Value};

use super::{Imported, Message, Skipped};
use crate::{EntryKey, Pattern};

/// Plural categories of CLDR, in the order in which forms are written.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Takes an i18next file apart. `Err` when it is not a JSON object.
pub fn parse(text: &str) -> Result<Imported, Skipped> {
    let object: Map<String, Value> = serde_json::from_str(text)
        .map_err(|error| Skipped { line: error.line(), reason: format!("not a JSON object: {error}") })?;
    let mut found = Imported::default();
    let mut flat = BTreeMap::new();
    flatten("", &object, &mut flat, &mut found.skipped);
    let mut taken: Vec<String> = Vec::new();
    for (key, text) in &flat {
        if taken.contains(key) {
            continue;
        }
        let (name, source) = match plural_forms(key, &flat) {
            Some((base, forms)) => {
                taken.extend(forms.iter().map(|(category, _)| format!("{base}_{category}")));
                (base, plural_source(&forms))
            }
            None => (key.clone(), text_source(text)),
        };
        match take(&name, &source) {
            Ok(message) => found.messages.push(message),
            Err(reason) => found.skipped.push(Skipped { line: 0, reason }),
        }
    }
    Ok(found)
}

fn take(name: &str, source: &str) -> Result<Message, String> {
    let key: EntryKey = name.parse().map_err(|error: crate::Invalid| error.to_string())?;
    let value = Pattern::parse(source).map_err(|error| format!("{name}: {error}"))?;
    Ok(Message { key, value, note: String::new() })
}

fn flatten(prefix: &str, object: &Map<String, Value>, flat: &mut BTreeMap<String, String>, skipped: &mut Vec<Skipped>) {
    for (name, value) in object {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::String(text) => drop(flat.insert(key, text.clone())),
            Value::Object(inner) => flatten(&key, inner, flat, skipped),
            _ => skipped.push(Skipped { line: 0, reason: format!("{key}: only text and objects can be taken") }),
        }
    }
}

/// The plural forms that `key` begins, when `key` is the first of them and `_other` is there too.
fn plural_forms<'f>(key: &str, flat: &'f BTreeMap<String, String>) -> Option<(String, Vec<(&'static str, &'f str)>)> {
    let (base, category) = key.rsplit_once('_')?;
    if !CATEGORIES.contains(&category) || !flat.contains_key(&format!("{base}_other")) {
        return None;
    }
    let form = |category: &'static str| Some((category, flat.get(&format!("{base}_{category}"))?.as_str()));
    Some((base.to_owned(), CATEGORIES.into_iter().filter_map(form).collect()))
}

fn plural_source(forms: &[(&str, &str)]) -> String {
    let variant = |(category, text): &(&str, &str)| {
        let mark = if *category == "other" { "   *" } else { "    " };
        // A variant's lines are indented so that none of them can begin another variant.
        format!("{mark}[{category}] {}\n", text_source(text).replace('\n', "\n        "))
    };
    format!("{{ $count ->\n{}}}", forms.iter().map(variant).collect::<String>())
}

/// `{{name}}` becomes `{ $name }`; other braces, and what begins a line specially, are quoted.
fn text_source(text: &str) -> String {
    let mut source = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        source.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, after)) = interpolation(rest) {
            source.push_str("{ $");
            source.push_str(name);
            source.push_str(" }");
            rest = after;
        } else {
            source.push_str(if rest.starts_with('{') { "{ \"{\" }" } else { "{ \"}\" }" });
            rest = &rest[1..];
        }
    }
    source.push_str(rest);
    quote_line_starts(&source)
}

fn interpolation(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix("{{")?.split_once("}}")?;
    let name = inside.trim().trim_start_matches("- ");
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (plain && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((name, after))
}

fn quote_line_starts(source: &str) -> String {
    let lines = source.split('\n').map(|line| match line.chars().next() {
        Some(first @ ('[' | '*' | '.')) => format!("{{ \"{first}\" }}{}", &line[1..]),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes a flat i18next file. What the format cannot express is reported and left out.
pub fn write(messages: &[Message]) -> (String, Vec<Skipped>) {
    let mut object = Map::new();
    let mut skipped = Vec::new();
    for message in messages {
        let texts = message.value.with_ast(|ast| texts_of(message.key.as_str(), ast));
        match texts {
            Some(texts) => object.extend(texts.into_iter().map(|(key, text)| (key, Value::String(text)))),
            None => skipped
                .push(Skipped { line: 0, reason: format!("{}: i18next has no form for this message", message.key) }),
        }
    }
    let mut text = serde_json::to_string_pretty(&Value::Object(object)).expect("an object of strings");
    text.push('\n');
    (text, skipped)
}

fn texts_of(key: &str, pattern: Option<&ast::Pattern<&str>>) -> Option<Vec<(String, String)>> {
    let Some(pattern) = pattern else { return Some(vec![(key.to_owned(), String::new())]) };
    if let [ast::PatternElement::Placeable { expression: ast::Expression::Select { selector, variants } }] =
        pattern.elements.as_slice()
    {
        let ast::InlineExpression::VariableReference { id } = selector else { return None };
        let forms = variants.iter().map(|variant| match &variant.key {
            ast::VariantKey::Identifier { name } if id.name == "count" && CATEGORIES.contains(name) => {
                Some((format!("{key}_{name}"), plain_text(&variant.value)?))
            }
            _ => None,
        });
        return forms.collect();
    }
    Some(vec![(key.to_owned(), plain_text(pattern)?)])
}

fn plain_text(pattern: &ast::Pattern<&str>) -> Option<String> {
    let part = |element: &ast::PatternElement<&str>| match element {
        ast::PatternElement::TextElement { value } => Some((*value).to_owned()),
        ast::PatternElement::Placeable { expression: ast::Expression::Inline(inline) } => match inline {
            ast::InlineExpression::VariableReference { id } => Some(format!("{{{{{}}}}}", id.name)),
            ast::InlineExpression::StringLiteral { value } if !value.contains('\\') => Some((*value).to_owned()),
            _ => None,
        },
        ast::PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(part).collect()
}
