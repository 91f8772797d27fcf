//! What becomes of a value's markup, variant by variant.

use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};

use super::{Code, Finding};
use crate::Kind;
use crate::message::markup::inspect::{InTag, Remark, inspect};
use crate::message::markup::is_plain;
use crate::message::read::marked;
use crate::pattern::{Ast, Place, Places};

pub(super) fn check(ast: &Ast<'_>, kind: Kind, places: &Places<'_>, findings: &mut Vec<Finding>) {
    let texts = || {
        ast.elements.iter().filter_map(|element| match element {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        })
    };
    if texts().any(|text| !is_plain(text)) {
        let place = texts().find_map(|text| text.find(['<', '&']).map(|at| places.of(&text[at..])));
        match kind {
            Kind::Html => {
                for remark in inspect(&marked(ast)) {
                    findings.push(finding(&remark, ast, place, places));
                }
            }
            Kind::Text => findings.extend(texts().find_map(|text| in_text(text, places))),
        }
    }
    for element in &ast.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        variants(expression, kind, places, findings);
    }
}

fn variants(expression: &Expression<&str>, kind: Kind, places: &Places<'_>, findings: &mut Vec<Finding>) {
    match expression {
        Expression::Select { variants, .. } => {
            for variant in variants {
                check(&variant.value, kind, places, findings);
            }
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => {
            self::variants(expression, kind, places, findings);
        }
        Expression::Inline(_) => {}
    }
}

/// Something that looks like a tag, where none is read.
fn in_text(text: &str, places: &Places<'_>) -> Option<Finding> {
    let begins = |at: &usize| text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/');
    let at = text.match_indices('<').map(|(at, _)| at).find(begins)?;
    let said =
        "The entry takes no markup, so visitors see the angle brackets; make it an html entry, or take them away.";
    Some(Finding::new(Code::MarkupInText, Some(places.of(&text[at..])), said))
}

fn finding(remark: &Remark, ast: &Ast<'_>, place: Option<Place>, places: &Places<'_>) -> Finding {
    let (code, said) = match remark {
        Remark::Element(tag) => (
            Code::MarkupRemoved,
            format!(
                "<{tag}> is not allowed in copy; it is taken away, and what is in it stays. Inline elements, lists and links are."
            ),
        ),
        Remark::Opaque(tag) => {
            (Code::MarkupRemoved, format!("<{tag}> is not allowed in copy; it is taken away with what is in it."))
        }
        Remark::Attribute { tag, attribute } => (
            Code::MarkupRemoved,
            format!(
                "{attribute} is not allowed on <{tag}>; it is taken away. Let the page own the element: <{tag} data-copy-name=\"name\">."
            ),
        ),
        Remark::Value { tag, attribute, value } => {
            (Code::MarkupRemoved, format!("{attribute} of <{tag}> cannot be \"{value}\"; it is taken away."))
        }
        Remark::Link(target) => (
            Code::LinkRemoved,
            format!(
                "A link may lead to https, http, mailto, tel or a place on the same site, not to {target}; it is taken away."
            ),
        ),
        Remark::Button => (
            Code::MarkupRemoved,
            "A <button> has to be one of the page's: <button data-copy-name=\"name\">; this one is taken away.".into(),
        ),
        Remark::Unbalanced(tag) => (
            Code::MarkupUnbalanced,
            format!("<{tag}> is not closed, or closed in the wrong place. Each variant has to be balanced by itself."),
        ),
        Remark::Comment => (Code::MarkupRemoved, "Comments are not delivered; put it into the note.".into()),
        Remark::Placeable { index, tag, place } => return in_tag(*index, tag, place, ast, places),
    };
    Finding::new(code, place, said)
}

fn in_tag(index: usize, tag: &str, place: &InTag, ast: &Ast<'_>, places: &Places<'_>) -> Finding {
    let placeables = ast.elements.iter().filter_map(|element| match element {
        PatternElement::Placeable { expression } => Some(expression),
        PatternElement::TextElement { .. } => None,
    });
    let variable = placeables.skip(index).find_map(|expression| match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => Some(id.name),
        _ => None,
    });
    let name = variable.unwrap_or("name");
    let remedy = format!("name the element and let the page own it: <{tag} data-copy-name=\"{name}\">");
    let said = match place {
        InTag::Attribute => format!("A placeable cannot stand for attributes of <{tag}>; {remedy}."),
        InTag::Value(attribute) => {
            format!("A placeable cannot stand in {attribute} of <{tag}>, only in href of links and in title; {remedy}.")
        }
    };
    Finding::new(Code::PlaceableInTag, variable.map(|name| places.of(name)), said)
}
