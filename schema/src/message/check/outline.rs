//! Where in a value things are.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Expression, InlineExpression, PatternElement, Variant};

use crate::limits::PLACEABLES;
use crate::message::Key;
use crate::message::compile::Broken;
use crate::message::read::{call, key};
use crate::pattern::{Ast, Place, Places};

/// What a value contains, and where.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) placeables: usize,
    pub(super) depth: usize,
    pub(super) variables: BTreeMap<String, Place>,
    pub(super) calls: BTreeMap<String, Place>,
    /// Calls that cannot be understood.
    pub(super) broken: Vec<(Broken, Place)>,
    pub(super) references: BTreeMap<String, Place>,
    pub(super) choices: Vec<Choice>,
}

/// A select expression.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) place: Place,
    /// The variable that it is by.
    pub(super) variable: String,
    /// Whether it is by ordinal numbers.
    pub(super) ordinal: bool,
    pub(super) keys: Vec<(Key, Place)>,
    pub(super) default: Key,
}

impl Outline {
    pub(super) fn of(ast: &Ast<'_>, places: &Places<'_>) -> Self {
        let mut outline = Self::default();
        outline.pattern(ast, places, 0);
        outline
    }

    fn pattern(&mut self, ast: &Ast<'_>, places: &Places<'_>, depth: usize) {
        for element in &ast.elements {
            if let PatternElement::Placeable { expression } = element {
                self.placeables += 1;
                // What has too many is not looked at any further.
                if self.placeables > PLACEABLES {
                    return;
                }
                self.expression(expression, places, depth + 1);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>, places: &Places<'_>, depth: usize) {
        self.depth = self.depth.max(depth);
        match expression {
            Expression::Inline(inline) => self.inline(inline, places, depth),
            Expression::Select { selector, variants } => {
                self.placeables += variants.len();
                if self.placeables > PLACEABLES {
                    return;
                }
                self.inline(selector, places, depth);
                self.choices.extend(choice(selector, variants, places));
                for variant in variants {
                    self.pattern(&variant.value, places, depth);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, places: &Places<'_>, depth: usize) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.entry(id.name.to_owned()).or_insert_with(|| places.of(id.name));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.calls.entry(id.name.to_owned()).or_insert_with(|| places.of(id.name));
                self.broken.extend(call(id.name, arguments).err().map(|broken| (broken, places.of(id.name))));
                arguments.positional.iter().for_each(|inline| self.inline(inline, places, depth));
            }
            InlineExpression::MessageReference { id, attribute } => {
                let tail = attribute.as_ref().map(|attribute| format!(".{}", attribute.name)).unwrap_or_default();
                self.references.entry(format!("{}{tail}", id.name)).or_insert_with(|| places.of(id.name));
            }
            InlineExpression::TermReference { id, attribute, .. } => {
                let tail = attribute.as_ref().map(|attribute| format!(".{}", attribute.name)).unwrap_or_default();
                self.references.entry(format!("-{}{tail}", id.name)).or_insert_with(|| places.of(id.name));
            }
            InlineExpression::Placeable { expression } => self.expression(expression, places, depth + 1),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// A choice by a number, as far as can be told: a term's attribute is a word.
fn choice(selector: &InlineExpression<&str>, variants: &[Variant<&str>], places: &Places<'_>) -> Option<Choice> {
    let (name, variable, ordinal) = match selector {
        InlineExpression::VariableReference { id } => (id.name, id.name, false),
        InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            let ordinal = arguments.named.iter().any(|named| {
                let is_ordinal = matches!(named.value, InlineExpression::StringLiteral { value: "ordinal" });
                named.name.name == "type" && is_ordinal
            });
            let variable = match arguments.positional.first() {
                Some(InlineExpression::VariableReference { id }) => id.name,
                _ => "",
            };
            (id.name, variable, ordinal)
        }
        _ => return None,
    };
    let place = places.of(name);
    let located = |variant: &Variant<&str>| {
        let text = match &variant.key {
            fluent_syntax::ast::VariantKey::Identifier { name } => *name,
            fluent_syntax::ast::VariantKey::NumberLiteral { value } => *value,
        };
        (key(&variant.key), places.of(text))
    };
    let default = variants.iter().find(|variant| variant.default).map(|variant| key(&variant.key))?;
    Some(Choice {
        place,
        variable: variable.to_owned(),
        ordinal,
        keys: variants.iter().map(located).collect(),
        default,
    })
}
