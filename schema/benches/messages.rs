//! How fast messages are checked and compiled, and how small they become, on a real site's copy.

#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a measurement that cannot go on says so")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use copydesk_schema::delivered::{PageFile, to_json};
use copydesk_schema::message::check::{Context, Source, check};
use copydesk_schema::message::{Message, Parsed, Plain, compile, kind_shown, plain, read, to_ftl};
use copydesk_schema::{EntryKey, Kind, Locale, Pattern};
use support::{Site, corpus, find, site};

fn main() {
    let (dir, is_real) = corpus();
    if !is_real {
        println!("the real site's copy is not there: this is our own small one");
    }
    let site = site(&dir);
    for (kind, goal) in [(Kind::Text, 100_000), (Kind::Html, 20_000)] {
        speed(&site, kind, goal);
    }
    sizes(&site);
}

/// Messages a second on one core. Checking parses, cleans and compiles, too.
fn speed(site: &Site, kind: Kind, goal: usize) {
    let english: Locale = "en".parse().unwrap();
    let terms: BTreeMap<(&Locale, &str), Arc<Parsed>> = site
        .iter()
        .flat_map(|(locale, pages)| pages.values().map(move |page| (locale, page)))
        .flat_map(|(locale, page)| page.copy.iter().map(move |(key, value)| (locale, key, value)))
        .filter(|(_, key, _)| key.starts_with('-'))
        .map(|(locale, key, (pattern, kind))| ((locale, key.as_str()), Arc::new(read(pattern, *kind))))
        .collect();
    let all: Vec<(&Locale, &str, &str, &Pattern)> = site
        .iter()
        .flat_map(|(locale, pages)| pages.iter().map(move |(name, page)| (locale, name, page)))
        .flat_map(|(locale, name, page)| page.copy.iter().map(move |(key, value)| (locale, name, key, value)))
        .filter(|(.., (_, own))| *own == kind)
        .map(|(locale, name, key, (pattern, _))| (locale, name.as_str(), key.as_str(), pattern))
        .collect();
    // Source texts are read once for all their translations.
    let sources: BTreeMap<(&str, &str), Arc<Parsed>> = all
        .iter()
        .filter(|(locale, ..)| **locale == english)
        .map(|(_, page, key, pattern)| ((*page, *key), Arc::new(read(pattern, kind))))
        .collect();
    let (mut compiling, mut checking) = (f64::MAX, f64::MAX);
    for _ in 0..3 {
        let began = Instant::now();
        for (locale, page, key, pattern) in &all {
            let find = |key: &str| {
                let known = [*locale, &english].into_iter().find_map(|locale| terms.get(&(locale, key)).cloned());
                known.or_else(|| find(site, locale, page, key))
            };
            let source = site[&english].get(*page).and_then(|page| page.copy.get(*key));
            let source = source.filter(|_| **locale != english).and_then(|(pattern, _)| {
                let parsed = sources.get(&(*page, *key)).map(Arc::clone)?;
                Some(Source { locale: &english, pattern, parsed })
            });
            let term = key.starts_with('-');
            let context = Context { kind, term, locale, max_length: None, source, find: &find };
            std::hint::black_box(check(pattern, &context));
        }
        checking = checking.min(began.elapsed().as_secs_f64());
        let began = Instant::now();
        for (locale, page, _, pattern) in &all {
            let find = |key: &str| {
                let known = [*locale, &english].into_iter().find_map(|locale| terms.get(&(locale, key)).cloned());
                known.or_else(|| find(site, locale, page, key))
            };
            std::hint::black_box(compile(&read(pattern, kind), kind, locale, &find).ok());
        }
        compiling = compiling.min(began.elapsed().as_secs_f64());
    }
    let rate = |seconds: f64| all.len() as f64 / seconds;
    println!(
        "{kind:?}: {} messages; parsed, cleaned and compiled {:.0}/s; these and checked {:.0}/s (goal {goal})",
        all.len(),
        rate(compiling),
        rate(checking)
    );
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).unwrap();
    out.len()
}

/// The bytes of all page files of a locale, compressed one by one.
fn sizes(site: &Site) {
    println!("\nlocale   files  compiled  plain JSON      FTL   compiled/plain  (brotli 11, bytes)");
    let mut sums = [0_usize; 4];
    for (locale, pages) in site {
        let mut sum = [pages.len(), 0, 0, 0];
        for (name, page) in pages {
            let entries: BTreeMap<EntryKey, Message> = page
                .copy
                .iter()
                .filter(|(key, _)| !key.starts_with('-'))
                .filter_map(|(key, (pattern, kind))| {
                    let find = |key: &str| find(site, locale, name, key);
                    Some((key.parse().unwrap(), compile(&read(pattern, *kind), *kind, locale, &find).ok()?))
                })
                .collect();
            let file = PageFile { copy: entries, ..PageFile::default() };
            sum[1] += brotli(&to_json(&file));
            sum[2] += brotli(&to_json(&as_i18next(&file, locale)));
            sum[3] += brotli(page.source.as_bytes());
        }
        print_row(locale.as_str(), sum);
        (0..4).for_each(|column| sums[column] += sum[column]);
    }
    print_row("all", sums);
}

/// What i18next would be given for the same copy: links that lead where a variable says included,
/// which the plain alias leaves out.
fn as_i18next(file: &PageFile, locale: &Locale) -> serde_json::Value {
    let texts = file.each(locale).flat_map(|(locale, key, message)| {
        let kind = kind_shown(message);
        let Plain { texts, simplified } = plain(message, locale, kind);
        let source = || to_ftl(message, kind).replace("{ $", "{{").replace(" }", "}}");
        let texts = if simplified { vec![(String::new(), source())] } else { texts };
        texts.into_iter().map(move |(suffix, text)| (format!("{key}{suffix}"), serde_json::Value::String(text)))
    });
    texts.collect()
}

fn print_row(name: &str, [files, compiled, plain, ftl]: [usize; 4]) {
    println!("{name:7} {files:6} {compiled:9} {plain:11} {ftl:8}   {:.3}", compiled as f64 / plain as f64);
}
