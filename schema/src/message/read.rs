//! From Fluent's syntax tree to our parts: function calls understood, markup cleaned, references
//! still open.

use std::collections::BTreeMap;

use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, PatternElement, Variant, VariantKey};
use fluent_syntax::unicode::unescape_unicode_to_string;

use super::compile::Broken;
use super::markup::Marked;
use super::{DateTimeCall, Key, Node, NumberCall, Operand, Select, Selector, push};
use super::{datetime, markup, number};
use crate::pattern::Ast;
use crate::{Kind, Pattern};

/// A value that was read: its references are still open.
pub type Parsed = Vec<Node<Reference>>;

/// What has to be known before a value is complete.
#[derive(Clone, Debug, PartialEq)]
pub enum Reference {
    /// Another value: a term (with its hyphen), a message, or an attribute of either.
    Value {
        /// Its key.
        key: String,
        /// What a term is called with.
        arguments: BTreeMap<String, Constant>,
    },
    /// A literal: it matters in which locale a number is written.
    Constant(Constant),
    /// Something that can never be formed.
    Broken(Broken),
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `"words"`
    Text(String),
    /// `1.50`
    Number {
        /// The number.
        value: f64,
        /// How many digits are written behind the point.
        digits: u8,
    },
}

/// Reads a value; that of an `html` entry is cleaned.
pub fn read(pattern: &Pattern, kind: Kind) -> Parsed {
    pattern.with_ast(|ast| ast.map(|ast| nodes(ast, kind)).unwrap_or_default())
}

fn nodes(ast: &Ast<'_>, kind: Kind) -> Parsed {
    if kind == Kind::Html && !ast.elements.iter().all(is_plain) {
        let placeables: Parsed = ast.elements.iter().filter_map(|element| placeable(element, kind)).collect();
        return marked(ast).into_nodes(&placeables);
    }
    let mut nodes = Vec::with_capacity(ast.elements.len());
    for element in &ast.elements {
        let node = match element {
            PatternElement::TextElement { value } => Node::Text((*value).to_owned()),
            PatternElement::Placeable { expression } => expression_node(expression, kind),
        };
        push(&mut nodes, node);
    }
    nodes
}

fn is_plain(element: &PatternElement<&str>) -> bool {
    match element {
        PatternElement::TextElement { value } => markup::is_plain(value),
        PatternElement::Placeable { .. } => true,
    }
}

fn placeable(element: &PatternElement<&str>, kind: Kind) -> Option<Node<Reference>> {
    match element {
        PatternElement::TextElement { .. } => None,
        PatternElement::Placeable { expression } => Some(expression_node(expression, kind)),
    }
}

/// The markup of one variant, with placeholders for its placeables.
pub(super) fn marked(ast: &Ast<'_>) -> Marked {
    let mut marked = Marked::default();
    // A character reference may lie across two of the parser's pieces.
    let mut text = String::new();
    for element in &ast.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { .. } => {
                marked.text(&std::mem::take(&mut text));
                marked.placeable();
            }
        }
    }
    marked.text(&text);
    marked
}

fn expression_node(expression: &Expression<&str>, kind: Kind) -> Node<Reference> {
    match expression {
        Expression::Inline(inline) => inline_node(inline, kind),
        Expression::Select { selector, variants } => select(selector, variants, kind),
    }
}

fn inline_node(inline: &InlineExpression<&str>, kind: Kind) -> Node<Reference> {
    match inline {
        InlineExpression::VariableReference { id } => Node::Variable(id.name.to_owned()),
        InlineExpression::Placeable { expression } => expression_node(expression, kind),
        InlineExpression::FunctionReference { id, arguments } => match call(id.name, arguments) {
            Ok(Call::Number(call)) => Node::Number(call),
            Ok(Call::DateTime(call)) => Node::DateTime(call),
            Err(broken) => Node::Reference(Reference::Broken(broken)),
        },
        InlineExpression::StringLiteral { value } => Node::Text(unescape_unicode_to_string(value).into_owned()),
        InlineExpression::NumberLiteral { value } => match number_literal(value) {
            Some(constant) => Node::Reference(Reference::Constant(constant)),
            None => Node::Text((*value).to_owned()),
        },
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            Node::Reference(reference(inline))
        }
    }
}

fn reference(inline: &InlineExpression<&str>) -> Reference {
    let (prefix, id, attribute, arguments) = match inline {
        InlineExpression::MessageReference { id, attribute } => ("", id, attribute, None),
        InlineExpression::TermReference { id, attribute, arguments } => ("-", id, attribute, arguments.as_ref()),
        _ => return Reference::Constant(Constant::Text(String::new())),
    };
    let tail = attribute.as_ref().map(|attribute| format!(".{}", attribute.name)).unwrap_or_default();
    let named = arguments.map(|arguments| arguments.named.as_slice()).unwrap_or_default();
    let arguments = named.iter().filter_map(|named| Some((named.name.name.to_owned(), constant(&named.value)?)));
    Reference::Value { key: format!("{prefix}{}{tail}", id.name), arguments: arguments.collect() }
}

/// A literal's value.
pub(super) fn constant(inline: &InlineExpression<&str>) -> Option<Constant> {
    match inline {
        InlineExpression::StringLiteral { value } => {
            Some(Constant::Text(unescape_unicode_to_string(value).into_owned()))
        }
        InlineExpression::NumberLiteral { value } => number_literal(value),
        _ => None,
    }
}

fn number_literal(text: &str) -> Option<Constant> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    // No language knows a negative nothing.
    let value = value + 0.0;
    let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    Some(Constant::Number { value, digits: u8::try_from(digits).ok().filter(|digits| *digits <= 20)? })
}

fn select(selector: &InlineExpression<&str>, variants: &[Variant<&str>], kind: Kind) -> Node<Reference> {
    let selector = match selector {
        InlineExpression::VariableReference { id } => Selector::Variable(id.name.to_owned()),
        InlineExpression::FunctionReference { id, arguments } => match call(id.name, arguments) {
            Ok(Call::Number(call)) => Selector::Number(call),
            // Fluent compares numbers and words only: a date matches nothing but the default.
            Ok(Call::DateTime(_)) => Selector::Reference(Reference::Constant(Constant::Text(String::new()))),
            Err(broken) => return Node::Reference(Reference::Broken(broken)),
        },
        InlineExpression::TermReference { .. } => Selector::Reference(reference(selector)),
        literal => match constant(literal) {
            Some(constant) => Selector::Reference(Reference::Constant(constant)),
            None => Selector::Reference(Reference::Constant(Constant::Text(String::new()))),
        },
    };
    let default = variants.iter().position(|variant| variant.default).unwrap_or_default();
    let is_last = default + 1 == variants.len();
    // The default is tried last; where others stand behind it, its key also holds its place.
    let tried = variants.iter().enumerate().filter(|(index, _)| !is_last || *index != default);
    let tried = tried.map(|(_, variant)| (key(&variant.key), nodes(&variant.value, kind))).collect();
    let otherwise = variants.get(default).map(|variant| nodes(&variant.value, kind)).unwrap_or_default();
    Node::Select(Box::new(Select { selector, variants: tried, otherwise }))
}

pub(super) fn key(key: &VariantKey<&str>) -> Key {
    match key {
        VariantKey::Identifier { name } => Key::Name((*name).to_owned()),
        VariantKey::NumberLiteral { value } => {
            let value: f64 = value.parse().unwrap_or(f64::MAX);
            // JSON knows no infinite number, and no page has one.
            Key::Number(value.clamp(f64::MIN, f64::MAX) + 0.0)
        }
    }
}

/// A function call that is understood.
pub(super) enum Call {
    Number(NumberCall),
    DateTime(DateTimeCall),
}

/// Understands a function call, or says what is wrong with it.
pub(super) fn call(name: &str, arguments: &CallArguments<&str>) -> Result<Call, Broken> {
    if !matches!(name, "NUMBER" | "DATETIME") {
        return Err(Broken::UnknownFunction(name.to_owned()));
    }
    let bad = |reason: String| Broken::Argument(name.to_owned(), reason);
    let [operand] = arguments.positional.as_slice() else {
        return Err(bad("needs exactly one value, such as a variable".to_owned()));
    };
    let named: Vec<(&str, Constant)> =
        arguments.named.iter().filter_map(|named| Some((named.name.name, constant(&named.value)?))).collect();
    match (name, operand) {
        ("NUMBER", InlineExpression::VariableReference { id }) => {
            let options = number::options(&named).map_err(bad)?;
            Ok(Call::Number(NumberCall { value: Operand::Variable(id.name.to_owned()), options }))
        }
        ("NUMBER", InlineExpression::NumberLiteral { value }) => {
            let mut options = number::options(&named).map_err(bad)?;
            let Some(Constant::Number { value, digits }) = number_literal(value) else {
                return Err(bad(format!("{value} is no number that can be shown")));
            };
            options.literal(digits);
            Ok(Call::Number(NumberCall { value: Operand::Number(value), options }))
        }
        ("DATETIME", InlineExpression::VariableReference { id }) => {
            let options = datetime::options(&named).map_err(bad)?;
            Ok(Call::DateTime(DateTimeCall { variable: id.name.to_owned(), options }))
        }
        ("NUMBER", _) => Err(bad("takes a variable or a number".to_owned())),
        _ => Err(bad("takes a variable that holds a date".to_owned())),
    }
}
