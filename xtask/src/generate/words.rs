//! The words of the studio, compiled as a site's are: by locale, a page file each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use copydesk_schema::delivered::{Copy, PageFile};
use copydesk_schema::formats::ftl;
use copydesk_schema::message::{Parsed, compile, read};
use copydesk_schema::{Kind, Locale};

const FOLDER: &str = "web/studio/copy";

/// `{ locale: page file }`. Fails where a locale has not all that English has.
pub(super) fn compiled() -> anyhow::Result<String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(FOLDER)? {
        let path = entry?.path();
        let locale: Locale = path.file_name().unwrap_or_default().to_string_lossy().parse()?;
        files.insert(locale.to_string(), page_file(&path.join("studio.ftl"), &locale)?);
    }
    let source: Vec<_> = files.get("en").context("there is no English")?.copy.keys().cloned().collect();
    for (locale, file) in &files {
        ensure!(file.copy.keys().eq(&source), "the keys of {locale} in {FOLDER} are not those of English");
    }
    Ok(serde_json::to_string(&files)? + "\n")
}

fn page_file(path: &Path, locale: &Locale) -> anyhow::Result<PageFile> {
    let imported = ftl::parse(&fs::read_to_string(path)?);
    ensure!(imported.skipped.is_empty(), "{}: {:?}", path.display(), imported.skipped);
    let nothing = |_: &str| -> Option<Arc<Parsed>> { None };
    let mut copy = Copy::new();
    for message in imported.messages {
        let compiled = compile(&read(&message.value, Kind::Text), Kind::Text, locale, &nothing);
        let compiled = compiled.map_err(|_| anyhow::anyhow!("{}: {} cannot be formed", path.display(), message.key))?;
        copy.insert(message.key, compiled);
    }
    Ok(PageFile { copy, ..PageFile::default() })
}
