//! Whether a choice by a number has the forms that its locale needs.

use super::outline::{Choice, Outline};
use super::{Code, Finding};
use crate::Locale;
use crate::message::Key;
use crate::message::plural::{self, CATEGORIES, PluralKind};

/// `source` is what the source text chooses by.
pub(super) fn check(outline: &Outline, source: Option<&Outline>, locale: &Locale, findings: &mut Vec<Finding>) {
    let by_number = |choice: &&Choice| {
        let there = source.into_iter().flat_map(|source| &source.choices);
        is_plural(choice) || there.filter(|other| other.variable == choice.variable).any(is_plural)
    };
    for choice in outline.choices.iter().filter(by_number) {
        look(choice, locale, findings);
    }
}

/// A choice whose words are all names of plural forms. `other` alone may be anything's default.
fn is_plural(choice: &Choice) -> bool {
    let names: Vec<&str> = choice.keys.iter().filter_map(|(key, _)| name(key)).collect();
    let numbers = names.len() < choice.keys.len();
    names.iter().all(|name| CATEGORIES.contains(name)) && (numbers || names.iter().any(|name| *name != "other"))
}

fn name(key: &Key) -> Option<&str> {
    match key {
        Key::Name(name) => Some(name),
        Key::Number(_) => None,
    }
}

fn look(choice: &Choice, locale: &Locale, findings: &mut Vec<Finding>) {
    let kind = if choice.ordinal { PluralKind::Ordinal } else { PluralKind::Cardinal };
    let known = if choice.ordinal { plural::ordinal_categories(locale) } else { plural::categories(locale) };
    for (key, place) in &choice.keys {
        // The default may have the name of any form: it stands for all the rest.
        let is_form = |name: &str| CATEGORIES.contains(&name);
        let unused = name(key).filter(|name| !(known.contains(name) || is_form(name) && *key == choice.default));
        if let Some(name) = unused {
            let said = format!("{locale} never uses the form [{name}]; its forms are {}.", known.join(", "));
            findings.push(Finding::new(Code::PluralUnused, Some(*place), said));
        }
    }
    let needed = plural::integer_categories(locale, kind);
    let has = |category: &str| {
        let exact = |key: &Key| matches!(key, Key::Number(number) if covers(locale, kind, category, *number));
        choice.keys.iter().any(|(key, _)| name(key) == Some(category) || exact(key))
    };
    // Where the default is named after a form, whatever is not named falls to it by intent: "other".
    let missing: Vec<&str> = needed.into_iter().filter(|category| *category != "other" && !has(category)).collect();
    if !missing.is_empty() {
        let shown = missing.iter().map(|category| match plural::example(locale, category) {
            Some(example) if !choice.ordinal => format!("[{category}] (as for {example})"),
            _ => format!("[{category}]"),
        });
        let shown = shown.collect::<Vec<_>>().join(", ");
        let said = format!("{locale} also needs {shown}; without it the default shows.");
        findings.push(Finding::new(Code::PluralMissing, Some(choice.place), said));
    }
}

/// Whether a form stands for one number only, which is named: English `[1]` is all of `one`.
fn covers(locale: &Locale, kind: PluralKind, category: &str, number: f64) -> bool {
    plural::only_integer(locale, kind, category).is_some_and(|only| {
        #[expect(clippy::float_cmp, clippy::cast_precision_loss, reason = "small whole numbers")]
        let same = only as f64 == number;
        same
    })
}
