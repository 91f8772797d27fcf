//! A real site's copy, in twelve languages: every message is imported, checked, compiled, written
//! as JSON, read back and evaluated, and says what Fluent's own implementation says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use copydesk_schema::message::check::{Context, Source, check};
use copydesk_schema::message::{Arguments, Message, Value, compile, evaluate, read, text};
use copydesk_schema::{Kind, Locale};
use support::{Site, corpus, find, site};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// What a page says: numbers where a plural form is chosen by them, links where links are, else words.
fn arguments(number: f64) -> (Arguments, FluentArgs<'static>) {
    let (mut ours, mut theirs) = (Arguments::new(), FluentArgs::new());
    for name in NUMBERS {
        ours.insert(name.to_owned(), Value::Number(number));
        theirs.set(name, FluentValue::from(number));
    }
    (ours, theirs)
}

const NUMBERS: [&str; 4] = ["devices", "servers", "count", "num"];

fn without_isolation(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// The words of markup, read by somebody else than us.
fn words(markup: &str) -> String {
    let plain = ammonia::Builder::empty().clean(markup).to_string();
    let plain = plain.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&amp;", "&")
}

struct Formed {
    message: Message,
    kind: Kind,
}

fn form(site: &Site, locale: &Locale, page: &str, key: &str) -> Result<Formed, String> {
    let (pattern, kind) = &site[locale][page].copy[key];
    let find = |key: &str| find(site, locale, page, key);
    let message = compile(&read(pattern, *kind), *kind, locale, &find).map_err(|broken| broken.to_string())?;
    let json = serde_json::to_vec(&message).unwrap();
    let again: Message = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    assert_eq!(again, message, "{key}: {}", String::from_utf8_lossy(&json));
    Ok(Formed { message, kind: *kind })
}

#[test]
fn every_message_says_what_fluent_says() {
    let (dir, is_real) = corpus();
    let site = site(&dir);
    let english: Locale = "en".parse().unwrap();
    let (mut compared, mut formed, mut differences) = (0, 0, Vec::new());
    for (locale, pages) in &site {
        let terms: Vec<Arc<FluentResource>> = [locale, &english]
            .iter()
            .flat_map(|locale| site[*locale].values())
            .filter(|page| page.copy.keys().any(|key| key.starts_with('-')))
            .map(|page| Arc::new(FluentResource::try_new(page.source.clone()).unwrap_or_else(|(resource, _)| resource)))
            .collect();
        for (page, content) in pages {
            let mut bundle = FluentBundle::new(vec![locale.as_str().parse().unwrap()]);
            let own = FluentResource::try_new(content.source.clone()).unwrap_or_else(|(resource, _)| resource);
            // Twice the same key is no matter: the first stays.
            let _ = bundle.add_resource(Arc::new(own));
            for resource in &terms {
                let _ = bundle.add_resource(Arc::clone(resource));
            }
            if let Some(missing) = site[&english].get(page) {
                let missing = FluentResource::try_new(missing.source.clone()).unwrap_or_else(|(resource, _)| resource);
                let _ = bundle.add_resource(Arc::new(missing));
            }
            for key in content.copy.keys().filter(|key| !key.starts_with('-')) {
                let ours = match form(&site, locale, page, key) {
                    Ok(ours) => ours,
                    Err(broken) => {
                        differences.push(format!("{locale}/{page}/{key}: not formed: {broken}"));
                        continue;
                    }
                };
                formed += 1;
                let (id, attribute) = key.split_once('.').map_or((key.as_str(), None), |(id, tail)| (id, Some(tail)));
                let message = bundle.get_message(id).unwrap();
                let pattern = match attribute {
                    Some(name) => message.get_attribute(name).unwrap().value(),
                    None => message.value().unwrap(),
                };
                for number in [0.0, 1.0, 2.0, 3.0, 6.0, 11.0, 20.0, 100.0] {
                    let (mut our_arguments, mut their_arguments) = arguments(number);
                    for name in variables(&content.source) {
                        if !NUMBERS.contains(&name.as_str()) {
                            let value = format!("https://example.org/{name}");
                            our_arguments.insert(name.clone(), Value::Text(value.clone()));
                            their_arguments.set(name, value);
                        }
                    }
                    let shown = evaluate(&ours.message, locale, &our_arguments).map(|pieces| text(&pieces));
                    let mut errors = Vec::new();
                    let theirs = bundle.format_pattern(pattern, Some(&their_arguments), &mut errors);
                    let theirs = without_isolation(&theirs);
                    let theirs = if ours.kind == Kind::Html { words(&theirs) } else { theirs };
                    compared += 1;
                    match shown {
                        Ok(shown) if without_isolation(&shown) == theirs && errors.is_empty() => {}
                        shown => {
                            differences.push(format!(
                                "{locale}/{page}/{key} ({number}):\n  {shown:?}\n  {theirs:?} {errors:?}"
                            ));
                            break;
                        }
                    }
                }
            }
        }
    }
    println!("{formed} messages formed, {compared} texts compared");
    assert_eq!(formed, if is_real { 34_530 } else { 19 }, "all but the terms");
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

/// The variables of a page.
fn variables(source: &str) -> Vec<String> {
    let mut names: Vec<String> = source
        .split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
        .collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn findings_of_real_copy_are_few_and_true() {
    let (dir, is_real) = corpus();
    let site = site(&dir);
    let english: Locale = "en".parse().unwrap();
    let mut counts: BTreeMap<(Locale, &'static str), usize> = BTreeMap::new();
    let mut shown: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut messages = 0;
    for (locale, pages) in &site {
        for (page, content) in pages {
            for (key, (pattern, kind)) in &content.copy {
                messages += 1;
                let find = |key: &str| find(&site, locale, page, key);
                let source = site[&english].get(page).and_then(|page| page.copy.get(key));
                let source = source.filter(|_| *locale != english).map(|(pattern, _)| Source {
                    locale: &english,
                    pattern,
                    parsed: Arc::new(read(pattern, *kind)),
                });
                let term = key.starts_with('-');
                let context = Context { kind: *kind, term, locale, max_length: None, source, find: &find };
                for finding in check(pattern, &context) {
                    *counts.entry((locale.clone(), finding.code.slug())).or_default() += 1;
                    let examples = shown.entry(finding.code.slug()).or_default();
                    if examples.len() < 4 {
                        examples.push(format!(
                            "{locale}/{page}/{key}: {}\n      {}",
                            finding.message,
                            pattern.as_str()
                        ));
                    }
                }
            }
        }
    }
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, code), count) in &counts {
        *totals.entry(code).or_default() += count;
    }
    println!("{messages} messages, findings: {totals:?}");
    for (code, examples) in &shown {
        println!("{code}\n  {}", examples.join("\n  "));
    }
    let expected: &[(&str, usize)] = if is_real { &REAL } else { &OWN };
    assert_eq!(totals, expected.iter().copied().collect());
    assert_eq!(messages, if is_real { 35_766 } else { 23 });
}

/// What is to be said of the real site's copy. Looked through: each is true.
const REAL: [(&str, usize); 5] = [
    ("markup-differs", 6),
    ("markup-removed", 46),
    ("markup-unbalanced", 2),
    ("plural-missing", 14),
    ("untranslated", 539),
];

/// What is to be said of our own.
const OWN: [(&str, usize); 3] = [("markup-differs", 2), ("markup-removed", 1), ("markup-unbalanced", 2)];
