//! Writes what `@copydesk/site` knows of a project's entries: keys and variables, for TypeScript to check.
//! `web/site/README.md` says what the file looks like.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use anyhow::Context as _;
use copydesk_schema::message::{CATEGORIES, Key, Message, Node, NumberCall, Operand, Select, Selector};
use copydesk_schema::{EntryKey, PageId};

use crate::args::Types;
use crate::delivered::{Delivered, Pages};

/// What a variable may be: texts, numbers, dates.
type Kinds = [bool; 3];

const ANYTHING: Kinds = [true, true, true];
const TEXT_OR_NUMBER: Kinds = [true, true, false];
const NUMBER: Kinds = [false, true, false];
const NUMBER_OR_DATE: Kinds = [false, true, true];

type Variables = BTreeMap<String, Kinds>;
type Entries = BTreeMap<PageId, BTreeMap<EntryKey, Variables>>;

pub(super) async fn run(args: Types) -> anyhow::Result<ExitCode> {
    let delivered = Delivered::at(&args.address)?;
    let live = delivered.live().await?;
    let entries = entries(&delivered.pages(&live, &live.locales).await?);
    let text = declarations(&entries);
    let file = &args.out;
    // A build that watches the file is not woken for nothing.
    if fs::read_to_string(file).is_ok_and(|before| before == text) {
        println!("{} is as it was: release {}", file.display(), live.release);
    } else {
        fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        let keys: usize = entries.values().map(BTreeMap::len).sum();
        println!("{}: {keys} keys on {} pages, release {}", file.display(), entries.len(), live.release);
    }
    Ok(ExitCode::SUCCESS)
}

/// The variables of each entry, in whatever locale it has them.
fn entries(pages: &Pages) -> Entries {
    let mut entries = Entries::new();
    for ((locale, page), file) in pages {
        let known = entries.entry(page.clone()).or_default();
        for (_, key, message) in file.each(locale).filter(|(_, key, _)| !key.is_term()) {
            let Message(nodes) = message;
            collect(nodes, known.entry(key.clone()).or_default());
        }
    }
    entries
}

fn collect(nodes: &[Node], into: &mut Variables) {
    for node in nodes {
        match node {
            Node::Variable(name) => note(name, ANYTHING, into),
            Node::Number(call) => number(call, into),
            Node::DateTime(call) => note(&call.variable, NUMBER_OR_DATE, into),
            Node::Select(select) => {
                match &select.selector {
                    Selector::Variable(name) => {
                        note(name, if is_counted(select) { NUMBER } else { TEXT_OR_NUMBER }, into);
                    }
                    Selector::Number(call) => number(call, into),
                    Selector::Reference(never) => match *never {},
                }
                select.variants.iter().for_each(|(_, nodes)| collect(nodes, into));
                collect(&select.otherwise, into);
            }
            Node::Element(element) => {
                element.attributes.iter().for_each(|(_, nodes)| collect(nodes, into));
                collect(&element.children, into);
            }
            Node::Text(_) => {}
            Node::Reference(never) => match *never {},
        }
    }
}

fn number(call: &NumberCall, into: &mut Variables) {
    if let Operand::Variable(name) = &call.value {
        note(name, NUMBER, into);
    }
}

/// A variable that stands in several places has the kinds that all of them take.
fn note(name: &str, kinds: Kinds, into: &mut Variables) {
    let known = into.entry(name.to_owned()).or_insert(ANYTHING);
    known.iter_mut().zip(kinds).for_each(|(known, takes)| *known &= takes);
}

/// Whether each key is a number or a plural category.
fn is_counted(select: &Select) -> bool {
    let counts = |key: &Key| match key {
        Key::Number(_) => true,
        Key::Name(name) => CATEGORIES.contains(&name.as_str()),
    };
    !select.variants.is_empty() && select.variants.iter().all(|(key, _)| counts(key))
}

fn declarations(entries: &Entries) -> String {
    let mut text = "// Written by `copydesk types`: write it anew rather than change it.\nexport {};\n\n\
                    declare module \"@copydesk/site\" {\n  interface Entries {\n"
        .to_owned();
    for (page, entries) in entries {
        // Writing to a text cannot fail.
        let _ = if entries.is_empty() {
            writeln!(text, "    \"{page}\": {{}};")
        } else {
            writeln!(text, "    \"{page}\": {{")
        };
        for (key, variables) in entries {
            let _ = writeln!(text, "      \"{key}\": {};", members(variables));
        }
        if !entries.is_empty() {
            text.push_str("    };\n");
        }
    }
    text.push_str("  }\n}\n");
    text
}

fn members(variables: &Variables) -> String {
    if variables.is_empty() {
        return "{}".to_owned();
    }
    let named = |kinds: &Kinds| {
        let names = ["string", "number", "Date"].into_iter().zip(kinds);
        names.filter(|(_, takes)| **takes).map(|(name, _)| name).collect::<Vec<_>>().join(" | ")
    };
    let members: Vec<String> = variables.iter().map(|(name, kinds)| format!("\"{name}\": {}", named(kinds))).collect();
    format!("{{ {} }}", members.join("; "))
}
