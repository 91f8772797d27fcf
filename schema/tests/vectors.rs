//! The vectors that both evaluators are held to: `vectors/*.json`. `vectors/oracle.mjs` compares the
//! same cases with Fluent's own implementation for JavaScript.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use copydesk_schema::delivered::PageFile;
use copydesk_schema::message::{Arguments, Message, Parsed, Value, compile, evaluate, html, read, text};
use copydesk_schema::{Kind, Locale, Pattern};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    locale: Locale,
    #[serde(default)]
    kind: Kind,
    source: String,
    #[serde(default)]
    with: BTreeMap<String, String>,
    #[serde(default)]
    args: BTreeMap<String, serde_json::Value>,
    text: Option<String>,
    /// What the page shows, markup and all.
    html: Option<String>,
    #[serde(default)]
    fails: bool,
    /// What this evaluator gives, where its rules of language differ from a browser's.
    rust: Option<String>,
    /// The message as it is delivered.
    compiled: Option<serde_json::Value>,
}

fn argument(value: &serde_json::Value) -> Value {
    use time::OffsetDateTime;
    use time::format_description::well_known::Rfc3339;
    match value {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
        serde_json::Value::Object(map) => {
            let moment = OffsetDateTime::parse(map["date"].as_str().unwrap(), &Rfc3339).unwrap();
            Value::Date(i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).unwrap())
        }
        other => panic!("{other} is no argument"),
    }
}

/// The message as a page file carries it, read back from its JSON.
fn delivered(case: &Case) -> Result<Message, String> {
    let pattern = Pattern::parse(&case.source).map_err(|error| error.to_string())?;
    let find = |key: &str| -> Option<Arc<Parsed>> {
        case.with.get(key).map(|source| Arc::new(read(&Pattern::parse(source).unwrap(), case.kind)))
    };
    let message = compile(&read(&pattern, case.kind), case.kind, &case.locale, &find).map_err(|e| e.to_string())?;
    let json = serde_json::to_value(&message).unwrap();
    if let Some(compiled) = &case.compiled {
        assert_eq!(json, *compiled, "{}", case.name);
    }
    Message::from_json(json).map_err(|error| error.to_string())
}

fn shown(case: &Case) -> Result<(String, String), String> {
    let arguments: Arguments = case.args.iter().map(|(name, value)| (name.clone(), argument(value))).collect();
    let message = delivered(case)?;
    let pieces = evaluate(&message, &case.locale, &arguments).map_err(|failure| failure.to_string())?;
    Ok((text(&pieces), html(&pieces)))
}

fn difference(case: &Case) -> Option<String> {
    let shown = shown(case);
    let expected = case.rust.as_ref().or(case.text.as_ref());
    let same = match (&shown, expected) {
        (Ok((shown, _)), Some(expected)) => shown == expected,
        (Err(_), None) => case.fails,
        (Ok((_, shown)), None) => case.html.as_ref() == Some(shown),
        (Err(_), Some(_)) => false,
    };
    let markup = case.html.as_ref().is_none_or(|html| shown.as_ref().is_ok_and(|(_, shown)| shown == html));
    (!same || !markup).then(|| format!("{}: {:?}\n  {shown:?}\n  {:?}", case.name, case.source, case.text))
}

fn run(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let vectors: Vectors = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let differences: Vec<String> = vectors.cases.iter().filter_map(difference).collect();
    let (wrong, all) = (differences.len(), vectors.cases.len());
    assert!(differences.is_empty(), "{wrong} of {all} differ:\n{}", differences.join("\n"));
}

macro_rules! files {
    ($($name:ident $file:literal;)*) => { $(#[test] fn $name() { run($file); })* };
}

files! {
    plurals "plurals.json";
    ordinals "ordinals.json";
    numbers "numbers.json";
    dates "dates.json";
    isolation "isolation.json";
    texts "text.json";
    markup "markup.json";
}

#[derive(Deserialize)]
struct Hostile {
    messages: Vec<HostileMessage>,
    files: Vec<HostileFile>,
}

#[derive(Deserialize)]
struct HostileMessage {
    name: String,
    message: serde_json::Value,
    #[serde(default)]
    args: BTreeMap<String, serde_json::Value>,
    html: Option<String>,
    #[serde(default)]
    refused: bool,
}

#[derive(Deserialize)]
struct HostileFile {
    name: String,
    file: String,
    keys: Option<Vec<String>>,
    #[serde(default)]
    refused: bool,
}

fn hostile() -> Hostile {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/hostile.json");
    serde_json::from_slice(&fs::read(&file).unwrap()).unwrap()
}

#[test]
fn hostile_messages_are_refused_or_harmless() {
    for case in hostile().messages {
        let arguments: Arguments = case.args.iter().map(|(name, value)| (name.clone(), argument(value))).collect();
        let message = Message::from_json(case.message).ok();
        let shown = message.and_then(|message| evaluate(&message, &"de".parse().unwrap(), &arguments).ok());
        let shown = shown.map(|pieces| html(&pieces));
        assert_eq!((shown.is_none(), shown), (case.refused, case.html), "{}", case.name);
    }
}

#[test]
fn hostile_files_are_refused_or_give_what_is_sound() {
    for case in hostile().files {
        let read = PageFile::read(case.file.as_bytes()).ok();
        let own: Locale = "de".parse().unwrap();
        let keys = read.map(|(file, _)| {
            let mut keys: Vec<String> = file.each(&own).map(|(_, key, _)| key.to_string()).collect();
            keys.sort();
            keys
        });
        assert_eq!((keys.is_none(), keys), (case.refused, case.keys), "{}", case.name);
    }
}
