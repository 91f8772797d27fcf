//! The messages of `schema/vectors` as they are delivered: what evaluators that cannot compile are given.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use copydesk_schema::message::{Parsed, compile, read};
use copydesk_schema::{Kind, Locale, Pattern};
use serde_json::{Map, Value};

const FOLDER: &str = "schema/vectors";

/// For each file, its cases in their order: the compiled message, null where there is none.
pub(super) fn compiled() -> anyhow::Result<String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(FOLDER)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_none_or(|extension| extension != "json") || name == "compiled.json" {
            continue;
        }
        let vectors: Value = serde_json::from_slice(&fs::read(Path::new(FOLDER).join(&name))?)?;
        let Some(cases) = vectors["cases"].as_array() else { continue };
        let lines: Vec<String> =
            cases.iter().map(|case| message(case).map(|it| it.to_string())).collect::<Result<_, _>>()?;
        files.insert(name, lines);
    }
    let files = files.into_iter().map(|(name, lines)| format!("{name:?}:[\n{}\n]", lines.join(",\n")));
    Ok(format!("{{{}}}\n", files.collect::<Vec<_>>().join(",\n")))
}

fn message(case: &Value) -> anyhow::Result<Value> {
    let source = case["source"].as_str().context("a case has a source")?;
    let locale: Locale = case["locale"].as_str().context("a case has a locale")?.parse()?;
    let kind: Kind = case.get("kind").map_or(Ok(Kind::default()), |kind| serde_json::from_value(kind.clone()))?;
    let others: Map<String, Value> =
        case.get("with").map_or_else(Map::new, |with| with.as_object().cloned().unwrap_or_default());
    let find = |key: &str| -> Option<Arc<Parsed>> {
        let pattern = Pattern::parse(others.get(key)?.as_str()?).ok()?;
        Some(Arc::new(read(&pattern, kind)))
    };
    let pattern = Pattern::parse(source).ok();
    let message = pattern.and_then(|pattern| compile(&read(&pattern, kind), kind, &locale, &find).ok());
    Ok(message.map_or(Ok(Value::Null), serde_json::to_value)?)
}
