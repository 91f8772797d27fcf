//! i18next JSON v4: nested or flat objects, `{{name}}` for variables, `key_one` … for plurals.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use fluent_syntax::ast;
use serde_json::{Map, Value};

use super::{Imported, Message, Skipped};
use crate::delivered::{AliasLayout, nested};
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
    let mut taken: HashSet<String> = HashSet::new();
    for (key, text) in &flat {
        if taken.contains(key) {
            continue;
        }
        let mut kept = Vec::new();
        let (name, source) = match plural_forms(key, &flat) {
            Some((base, forms)) => {
                taken.extend(forms.iter().map(|(category, _)| format!("{base}_{category}")));
                let (name, selector) = match base.strip_suffix("_ordinal") {
                    Some(name) => (name, "NUMBER($count, type: \"ordinal\")"),
                    None => (base.as_str(), "$count"),
                };
                (name.to_owned(), plural_source(selector, &forms, &mut kept))
            }
            None => (key.clone(), text_source(text, &mut kept)),
        };
        match take(&name, &source) {
            Ok(message) => {
                let reason = |what: String| format!("{name}: {what} is not understood and was taken as it stands");
                found.changed.extend(kept.into_iter().map(|what| Skipped { line: 0, reason: reason(what) }));
                found.messages.push(message);
            }
            Err(reason) => found.skipped.push(Skipped { line: 0, reason }),
        }
    }
    Ok(found)
}

fn take(name: &str, source: &str) -> Result<Message, String> {
    let key: EntryKey = name.parse().map_err(|error: crate::Invalid| error.to_string())?;
    let value = Pattern::parse(source).map_err(|error| format!("{name}: {error}"))?;
    Ok(Message::new(key, value, ""))
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

fn plural_source(selector: &str, forms: &[(&str, &str)], kept: &mut Vec<String>) -> String {
    let mut source = format!("{{ {selector} ->\n");
    for (category, text) in forms {
        let mark = if *category == "other" { "   *" } else { "    " };
        let text = text_source(text, kept);
        // Lines keep their indentation in a block of their own.
        let text =
            if text.contains('\n') { format!("\n{text}").replace('\n', "\n        ") } else { format!(" {text}") };
        // Writing to a String cannot fail.
        let _ = writeln!(source, "{mark}[{category}]{text}");
    }
    source.push('}');
    source
}

/// `{{name}}` becomes `{ $name }`, with its format where there is one, and `$t(key)` a reference;
/// other braces, and what begins a line specially, are quoted. What is not understood is kept as it
/// stands, and named.
fn text_source(text: &str, kept: &mut Vec<String>) -> String {
    let mut source = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '$']) {
        source.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((placeable, after)) = interpolation(rest).or_else(|| nesting(rest)) {
            source.push_str(&placeable);
            rest = after;
            continue;
        }
        if let Some(what) = special(rest) {
            kept.push(what.to_owned());
        }
        match &rest[..1] {
            "$" => source.push('$'),
            brace => drop(write!(source, "{{ \"{brace}\" }}")),
        }
        rest = &rest[1..];
    }
    source.push_str(rest);
    quote_line_starts(&source)
}

/// Something of i18next's own syntax.
fn special(text: &str) -> Option<&str> {
    let end = if text.starts_with("{{") { text.find("}}")? + 2 } else { text.strip_prefix("$t(")?.find(')')? + 4 };
    text.get(..end)
}

/// `$t(key)`
fn nesting(text: &str) -> Option<(String, &str)> {
    let (key, after) = text.strip_prefix("$t(")?.split_once(')')?;
    let key: EntryKey = key.trim().parse().ok()?;
    let plain = !key.is_term() && key.as_str().matches('.').count() < 2;
    plain.then(|| (format!("{{ {key} }}"), after))
}

/// A pattern that shows exactly this text.
pub(super) fn quoted(text: &str) -> String {
    let mut source = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' => drop(write!(source, "{{ \"{c}\" }}")),
            c => source.push(c),
        }
    }
    let source = quote_line_starts(&source);
    // Fluent takes blanks away at both ends.
    let words = source.trim_matches([' ', '\n']);
    let Some(at) = source.find(words).filter(|_| !words.is_empty()) else { return source };
    let (before, after) = (&source[..at], &source[at + words.len()..]);
    let blanks = |blanks: &str| {
        if blanks.is_empty() { String::new() } else { format!("{{ \"{}\" }}", blanks.replace('\n', "\\u000A")) }
    };
    format!("{}{words}{}", blanks(before), blanks(after))
}

/// `{{name}}` and `{{name, number(minimumFractionDigits: 2)}}`
fn interpolation(text: &str) -> Option<(String, &str)> {
    let (inside, after) = text.strip_prefix("{{")?.split_once("}}")?;
    let (name, format) = match inside.split_once(',') {
        Some((name, format)) => (name, Some(format.trim())),
        None => (inside, None),
    };
    let name = name.trim().trim_start_matches("- ");
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !plain || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let Some(format) = format else { return Some((format!("{{ ${name} }}"), after)) };
    let (function, options) = match format.split_once('(') {
        Some((function, options)) => (function, options.strip_suffix(')')?),
        None => (format, ""),
    };
    let function = match function {
        "number" => "NUMBER",
        "datetime" => "DATETIME",
        _ => return None,
    };
    let mut arguments = format!("${name}");
    for option in options.split(';').map(str::trim).filter(|option| !option.is_empty()) {
        let (key, value) = option.split_once(':')?;
        let value = value.trim();
        let literal = match value {
            "true" => "1".to_owned(),
            "false" => "0".to_owned(),
            number if number.parse::<f64>().is_ok() => number.to_owned(),
            text => format!("\"{text}\""),
        };
        let _ = write!(arguments, ", {}: {literal}", key.trim());
    }
    Some((format!("{{ {function}({arguments}) }}"), after))
}

fn quote_line_starts(source: &str) -> String {
    let lines = source.split('\n').map(|line| match line.chars().next() {
        Some(first @ ('[' | '*' | '.')) => format!("{{ \"{first}\" }}{}", &line[1..]),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes an i18next file. What the format cannot express is reported and left out.
pub fn write(messages: &[Message], layout: AliasLayout) -> (String, Vec<Skipped>) {
    let mut flat = BTreeMap::new();
    let mut skipped = Vec::new();
    for message in messages {
        match message.value.with_ast(|ast| texts_of(message.key.as_str(), ast)) {
            Some(texts) => flat.extend(texts),
            None => skipped
                .push(Skipped { line: 0, reason: format!("{}: i18next has no form for this message", message.key) }),
        }
    }
    let object: Value = match layout {
        AliasLayout::Flat => flat.into_iter().map(|(key, text)| (key, Value::String(text))).collect(),
        AliasLayout::Nested => nested(flat),
    };
    let mut text = serde_json::to_string_pretty(&object).expect("an object of strings");
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
