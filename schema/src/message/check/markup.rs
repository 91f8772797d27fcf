//! What becomes of a value's markup, variant by variant.

use fluent_syntax::ast::{Expression, InlineExpression, PatternElement};

use super::{Code, Finding};
use crate::Kind;
use crate::limits::{DEPTH, TAGS_IN_VARIANT};
use crate::message::markup::inspect::{InTag, Remark, inspect};
use crate::message::markup::is_plain;
use crate::message::read::marked;
use crate::pattern::{Ast, Place, Places};

/// The most remarks on the markup of one variant.
const REMARKS: usize = 20;

pub(super) fn check(ast: &Ast<'_>, kind: Kind, places: &Places<'_>, findings: &mut Vec<Finding>) {
    let texts = || {
        ast.elements.iter().filter_map(|element| match element {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        })
    };
    if texts().any(|text| !is_plain(text)) {
        match kind {
            Kind::Html => {
                let marked = marked(ast);
                if marked.has_many_tags() {
                    let said = format!("It has more than {TAGS_IN_VARIANT} tags; no page needs that many in one text.");
                    findings.push(Finding::new(Code::Limit, None, said));
                    return;
                }
                for remark in inspect(&marked).into_iter().take(REMARKS) {
                    let place = remark.begins().and_then(|begins| texts().find_map(|text| begin_of(text, &begins)));
                    findings.push(finding(&remark, ast, place.map(|part| places.of(part)), places));
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

/// Where something begins in a text, whatever the case of its letters.
fn begin_of<'t>(text: &'t str, begins: &str) -> Option<&'t str> {
    let fits = |at: &usize| text.get(*at..at + begins.len()).is_some_and(|part| part.eq_ignore_ascii_case(begins));
    text.match_indices('<').map(|(at, _)| at).find(fits).map(|at| &text[at..])
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
        Remark::Unfinished => (
            Code::MarkupUnbalanced,
            "A tag that begins with < does not end with >, so everything after it is lost. Write &lt; for an angle bracket.".into(),
        ),
        Remark::Deep(tag) => {
            (Code::MarkupRemoved, format!("Elements are nested more than {DEPTH} deep; from <{tag}> on only words are kept."))
        }
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
    let variable = placeables.skip(index).take(1).find_map(|expression| match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => Some(id.name),
        _ => None,
    });
    let name = variable.unwrap_or("name");
    let remedy = format!("name the element and let the page own it: <{tag} data-copy-name=\"{name}\">");
    let said = match place {
        InTag::Attribute => format!("A placeable cannot stand for attributes of <{tag}>; {remedy}."),
        InTag::Value(attribute) => {
            format!("A placeable cannot stand in {attribute} of <{tag}>, only in href and title of links; {remedy}.")
        }
    };
    Finding::new(Code::PlaceableInTag, variable.map(|name| places.of(name)), said)
}
