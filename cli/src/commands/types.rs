//! Writes what `@copydesk/site` knows of a project's entries: keys and variables, for TypeScript to check.
//! `web/site/README.md` says what the file looks like.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use anyhow::Context as _;
use copydesk_schema::message::variables::{Takes, Variables};
use copydesk_schema::{EntryKey, PageId};

use crate::args::Types;
use crate::delivered::{Delivered, Pages};

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
            known.entry(key.clone()).or_default().add(message);
        }
    }
    entries
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
    let members: Vec<String> = variables.each().map(|(name, takes)| format!("\"{name}\": {}", named(takes))).collect();
    if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join("; ")) }
}

fn named(takes: Takes) -> String {
    let names = [("string", takes.text), ("number", takes.number), ("Date", takes.date)];
    names.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect::<Vec<_>>().join(" | ")
}
