//! Saves one page of an import: its entries, then its drafts, each only where it differs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use copydesk_schema::change::EntryInfo;
use copydesk_schema::limits::PATCH_ITEMS;
use copydesk_schema::{EntryKey, Locale, PageId, Pattern, Seq};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Page, Remark, Wanted};
use crate::api::{Api, Problem};
use crate::commands::known::{KnownDraft, KnownEntry};

/// Bytes of values in one request: the API takes 8 MiB with everything around them.
const PATCH_BYTES: usize = 3 * 1024 * 1024;

/// What became of an import, or of a part of it.
#[derive(Default, Serialize)]
pub(in crate::commands) struct Tally {
    pub(in crate::commands) saved: usize,
    pub(super) unchanged: usize,
    #[serde(skip)]
    pub(in crate::commands) refused: Vec<Remark>,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.saved += other.saved;
        self.unchanged += other.unchanged;
        self.refused.extend(other.refused);
    }
}

#[derive(Deserialize)]
struct Results {
    results: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    key: EntryKey,
    problem: Option<Problem>,
}

pub(in crate::commands) async fn page(
    api: &Api,
    id: &PageId,
    mut page: Page,
    is_known: bool,
    source: &Locale,
) -> anyhow::Result<Tally> {
    if !is_known && page.entries.is_empty() {
        let refused = page.drafts.into_iter().flat_map(|(locale, values)| {
            let remark =
                move |key: EntryKey| refusal(id, &locale, format!("{key}: its page was removed since it was exported"));
            values.into_keys().map(remark).collect::<Vec<_>>()
        });
        return Ok(Tally { refused: refused.collect(), ..Tally::default() });
    }
    if !is_known {
        new_page(api, id, &page.note).await?;
    }
    let mut tally = entries(api, id, page.entries, is_known).await?;
    let known_sources = sources_of(api, id, source, is_known, &page.drafts).await?;
    // The source text first: what is saved after it is no outdated translation.
    let own = page.drafts.remove(source).unwrap_or_default();
    if !own.is_empty() || !page.sources.is_empty() {
        tally.add(drafts(api, id, source, own, page.sources, None, is_known).await?);
    }
    for (locale, values) in page.drafts {
        tally.add(drafts(api, id, &locale, values, BTreeMap::new(), known_sources.as_ref(), is_known).await?);
    }
    Ok(tally)
}

pub(in crate::commands) async fn new_page(api: &Api, id: &PageId, note: &str) -> anyhow::Result<()> {
    let _: Value = api.write(Method::PUT, &api.path(&format!("/pages/{id}")), &json!({ "note": note })).await?;
    Ok(())
}

/// The versions of the source texts, where a file says from which ones it was translated.
async fn sources_of(
    api: &Api,
    page: &PageId,
    source: &Locale,
    is_known: bool,
    drafts: &BTreeMap<Locale, BTreeMap<EntryKey, Wanted>>,
) -> anyhow::Result<Option<BTreeMap<EntryKey, Seq>>> {
    let says = |wanted: &Wanted| wanted.source_version.is_some();
    if !is_known || !drafts.values().flat_map(BTreeMap::values).any(says) {
        return Ok(None);
    }
    let known: Vec<KnownDraft> = api.list(&api.path(&format!("/drafts/{source}/{page}"))).await?;
    Ok(Some(known.into_iter().map(|draft| (draft.key, draft.version)).collect()))
}

/// Why a value cannot be taken although the API would take it.
fn objection(key: &EntryKey, wanted: &Wanted, sources: Option<&BTreeMap<EntryKey, Seq>>) -> Option<String> {
    if wanted.fuzzy {
        return Some(format!("{key}: look at the translation and take its mark \"fuzzy\" away"));
    }
    let translated = wanted.source_version?;
    match sources?.get(key) {
        None => Some(format!("{key}: its source text was removed since it was exported")),
        Some(now) if *now != translated => {
            Some(format!("{key}: its source text was changed since it was exported; export it again and look at it"))
        }
        Some(_) => None,
    }
}

fn refusal(page: &PageId, locale: &Locale, reason: String) -> Remark {
    Remark { file: PathBuf::from(format!("{locale}/{page}")), line: 0, reason }
}

/// An entry that exists keeps its kind and limit: people may have set them. Its note follows the
/// file.
async fn entries(
    api: &Api,
    page: &PageId,
    mut wanted: BTreeMap<EntryKey, EntryInfo>,
    is_known: bool,
) -> anyhow::Result<Tally> {
    let path = api.path(&format!("/pages/{page}/entries"));
    let known: Vec<KnownEntry> = if is_known { api.list(&path).await? } else { Vec::new() };
    for entry in known {
        if let Some(info) = wanted.get_mut(&entry.key) {
            let note = if info.note.is_empty() { entry.info.note.clone() } else { info.note.clone() };
            *info = EntryInfo { note, ..entry.info.clone() };
            if *info == entry.info {
                wanted.remove(&entry.key);
            }
        }
    }
    let mut tally = Tally::default();
    let wanted: Vec<(EntryKey, EntryInfo)> = wanted.into_iter().collect();
    for chunk in wanted.chunks(PATCH_ITEMS) {
        let entries: Vec<Value> = chunk.iter().map(|(key, info)| entry_json(key, info)).collect();
        let results: Results = api.write(Method::PATCH, &path, &json!({ "entries": entries })).await?;
        let (_, refused) = sort_out(page, None, results);
        tally.refused.extend(refused);
    }
    Ok(tally)
}

fn entry_json(key: &EntryKey, info: &EntryInfo) -> Value {
    json!({ "key": key, "kind": info.kind, "note": info.note, "max_length": info.max_length })
}

async fn drafts(
    api: &Api,
    page: &PageId,
    locale: &Locale,
    values: BTreeMap<EntryKey, Wanted>,
    sources: BTreeMap<EntryKey, Pattern>,
    known_sources: Option<&BTreeMap<EntryKey, Seq>>,
    is_known: bool,
) -> anyhow::Result<Tally> {
    let path = api.path(&format!("/drafts/{locale}/{page}"));
    let known: Vec<KnownDraft> = if is_known { api.list(&path).await? } else { Vec::new() };
    let known: BTreeMap<EntryKey, KnownDraft> = known.into_iter().map(|draft| (draft.key.clone(), draft)).collect();
    let mut tally = Tally::default();
    let mut changed = Vec::new();
    let missing = sources.into_iter().filter(|(key, _)| !known.contains_key(key) && !values.contains_key(key));
    changed.extend(missing.map(|(key, value)| (key, value, Seq::NONE)).collect::<Vec<_>>());
    for (key, wanted) in values {
        let draft = known.get(&key);
        if draft.is_some_and(|draft| draft.value == wanted.value) {
            tally.unchanged += 1;
        } else if let Some(reason) = objection(&key, &wanted, known_sources) {
            tally.refused.push(refusal(page, locale, reason));
        } else {
            // What was exported from an older version meets what was saved since.
            let version = wanted.version.unwrap_or_else(|| draft.map_or(Seq::NONE, |draft| draft.version));
            changed.push((key, wanted.value, version));
        }
    }
    for chunk in chunks(&changed) {
        let drafts: Vec<Value> = chunk
            .iter()
            .map(|(key, value, version)| json!({ "key": key, "value": value, "version": version }))
            .collect();
        let results: Results = api.write(Method::PATCH, &path, &json!({ "drafts": drafts, "check": false })).await?;
        let (saved, refused) = sort_out(page, Some(locale), results);
        tally.saved += saved;
        tally.refused.extend(refused);
    }
    Ok(tally)
}

/// Parts that the API takes in one request.
fn chunks(changed: &[(EntryKey, Pattern, Seq)]) -> Vec<&[(EntryKey, Pattern, Seq)]> {
    let (mut chunks, mut begin, mut bytes) = (Vec::new(), 0, 0);
    for (index, (_, value, _)) in changed.iter().enumerate() {
        if index - begin == PATCH_ITEMS || (bytes + value.as_str().len() > PATCH_BYTES && index > begin) {
            chunks.push(&changed[begin..index]);
            (begin, bytes) = (index, 0);
        }
        bytes += value.as_str().len();
    }
    if begin < changed.len() {
        chunks.push(&changed[begin..]);
    }
    chunks
}

fn sort_out(page: &PageId, locale: Option<&Locale>, results: Results) -> (usize, Vec<Remark>) {
    let (mut saved, mut refused) = (0, Vec::new());
    for outcome in results.results {
        match outcome.problem {
            None => saved += 1,
            Some(problem) => {
                let place = locale.map_or_else(|| page.to_string(), |locale| format!("{locale}/{page}"));
                let reason = format!("{}: {problem}", outcome.key);
                refused.push(Remark { file: PathBuf::from(place), line: 0, reason });
            }
        }
    }
    (saved, refused)
}
