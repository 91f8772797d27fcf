//! A translation beside its source text.

use super::inventory::Inventory;
use super::outline::Outline;
use super::{Code, Context, Finding, Source};
use crate::Pattern;
use crate::message::compile::compile;
use crate::message::read::Parsed;

pub(super) fn check(
    pattern: &Pattern,
    parsed: &Parsed,
    outline: &Outline,
    source: &Source<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) {
    let shown = |parsed: &Parsed| match compile(parsed, context.kind, context.locale, context.find) {
        Ok(message) => Inventory::of(&message.0),
        Err(_) => Inventory::of(parsed),
    };
    let (here, there) = (shown(parsed), shown(&source.parsed));
    if !context.term {
        variables(&here, &there, outline, findings);
    }
    slots(&here, &there, findings);
    tags(&here, &there, findings);
    let same_language = context.locale.language() == source.locale.language();
    let same = !context.term && pattern.as_str().trim() == source.pattern.as_str().trim();
    if Inventory::of(parsed).words && !same_language && same {
        findings.push(Finding::new(Code::Untranslated, None, "It is the source text, word for word."));
    }
}

fn variables(here: &Inventory, there: &Inventory, outline: &Outline, findings: &mut Vec<Finding>) {
    let missing = there.variables.difference(&here.variables).filter(|name| !outline.variables.contains_key(*name));
    for name in missing {
        let said = format!("The source text uses {{ ${name} }}; this does not.");
        findings.push(Finding::new(Code::MissingVariable, None, said));
    }
    for name in here.variables.difference(&there.variables) {
        let said = format!("The source text does not use {{ ${name} }}, so the page may not know it.");
        findings.push(Finding::new(Code::NewVariable, outline.variables.get(name).copied(), said));
    }
}

fn slots(here: &Inventory, there: &Inventory, findings: &mut Vec<Finding>) {
    for name in there.slots.keys().filter(|name| !here.slots.contains_key(*name)) {
        let said = format!("The element named \"{name}\" of the source text is missing.");
        findings.push(Finding::new(Code::MissingSlot, None, said));
    }
    for (name, count) in &here.slots {
        match there.slots.get(name) {
            None => {
                let said = format!("The source text has no element named \"{name}\", so the page may not know it.");
                findings.push(Finding::new(Code::NewSlot, None, said));
            }
            Some(known) if count > known => {
                let said =
                    format!("The element named \"{name}\" stands here {count} times, in the source text {known}.");
                findings.push(Finding::new(Code::RepeatedSlot, None, said));
            }
            Some(_) => {}
        }
    }
}

fn tags(here: &Inventory, there: &Inventory, findings: &mut Vec<Finding>) {
    // Line breaks and their like are set as the language needs them.
    let differs = |tag: &&&str| !crate::message::markup::policy::is_void(tag);
    let listed = |from: &Inventory, to: &Inventory| {
        let tags = from.tags.keys().filter(|tag| !to.tags.contains_key(*tag)).filter(differs);
        tags.map(|tag| format!("<{tag}>")).collect::<Vec<_>>().join(", ")
    };
    let (lost, added) = (listed(there, here), listed(here, there));
    let said = match (lost.as_str(), added.as_str()) {
        ("", "") => return,
        (lost, "") => format!("The source text has {lost}; this does not."),
        ("", added) => format!("The source text has no {added}; this has."),
        (lost, added) => format!("The source text has {lost}, this has {added} instead."),
    };
    findings.push(Finding::new(Code::MarkupDiffers, None, said));
}
