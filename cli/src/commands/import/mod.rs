//! Brings copy from files into a project. Saves only what differs, so that importing again changes
//! nothing; a save that meets somebody else's is reported, never forced.

mod save;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::bail;
use copydesk_schema::change::EntryInfo;
use copydesk_schema::formats::kind_of;
use copydesk_schema::{EntryKey, Locale, PageId, Pattern};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::folder::{self, CopyFile, Remark};
use super::known::{KnownLocale, KnownPage};
use crate::api::Api;
use crate::args::Import;
use crate::report::{self, Progress};
use save::Tally;

/// Pages worked on at the same time.
const PARALLEL: usize = 8;

/// A page as the files have it.
#[derive(Default)]
struct Page {
    note: String,
    entries: BTreeMap<EntryKey, EntryInfo>,
    drafts: BTreeMap<Locale, BTreeMap<EntryKey, Pattern>>,
}

#[derive(Serialize)]
struct Summary {
    project: String,
    created: bool,
    source: Locale,
    locales: usize,
    pages: usize,
    messages: usize,
    #[serde(flatten)]
    tally: Tally,
    skipped: Vec<Remark>,
}

pub(super) async fn run(api: Api, args: Import) -> anyhow::Result<ExitCode> {
    let (files, mut skipped) = folder::read(&args.dir, args.format)?;
    if files.is_empty() {
        bail!("{} holds no folder of a locale with files of that format", args.dir.display());
    }
    let locales: BTreeSet<Locale> = files.iter().map(|file| file.locale.clone()).collect();
    let (source, created) = ensure_project(&api, args.source.as_ref(), &locales).await?;
    ensure_locales(&api, &locales).await?;
    let messages = files.iter().map(|file| file.copy.messages.len()).sum();
    let mut pages = gather(files, &source);
    let known: BTreeSet<PageId> = known_pages(&api).await?;
    let progress = Progress::new("pages", pages.len(), args.target.json);
    let work = pages.iter_mut().map(|(id, page)| (id.clone(), std::mem::take(page))).collect::<Vec<_>>();
    let tallies: Vec<Tally> = stream::iter(work)
        .map(|(id, page)| {
            let (api, is_known, progress) = (&api, known.contains(&id), &progress);
            async move {
                let tally = save::page(api, &id, page, is_known).await;
                progress.step();
                tally
            }
        })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    progress.end();
    let mut tally = Tally::default();
    for page in tallies {
        tally.add(page);
    }
    skipped.append(&mut tally.refused);
    let summary = Summary {
        project: api.project.to_string(),
        created,
        source,
        locales: locales.len(),
        pages: pages.len(),
        messages,
        tally,
        skipped,
    };
    report::print(args.target.json, &summary, || plain(&summary))?;
    Ok(ExitCode::SUCCESS)
}

fn plain(summary: &Summary) -> String {
    let mut lines: Vec<String> = summary.skipped.iter().map(|remark| format!("not taken: {remark}")).collect();
    if summary.created {
        lines.push(format!("the project {} was created; its source locale is {}", summary.project, summary.source));
    }
    lines.push(format!(
        "{}: {} messages in {} pages and {} locales; {} saved, {} unchanged, {} not taken",
        summary.project,
        summary.messages,
        summary.pages,
        summary.locales,
        summary.tally.saved,
        summary.tally.unchanged,
        summary.skipped.len()
    ));
    lines.join("\n")
}

/// The project's source locale, and whether the project had to be created.
async fn ensure_project(
    api: &Api,
    wanted: Option<&Locale>,
    found: &BTreeSet<Locale>,
) -> anyhow::Result<(Locale, bool)> {
    #[derive(Deserialize)]
    struct Project {
        source: Locale,
    }
    if let Some(Project { source }) = api.find::<Project>(&api.path("")).await? {
        return match wanted {
            Some(wanted) if *wanted != source => {
                bail!("the source locale of {} is {source}, not {wanted}", api.project)
            }
            _ => Ok((source, false)),
        };
    }
    let source = wanted.cloned().map_or_else(|| "en".parse(), Ok)?;
    if !found.contains(&source) {
        let found: Vec<&str> = found.iter().map(Locale::as_str).collect();
        bail!(
            "the project {} has to be created, and there is no folder of its source locale {source}; name the \
             source with --source (found: {})",
            api.project,
            found.join(", ")
        );
    }
    let new = json!({ "project": api.project, "name": api.project, "source": source });
    let _: Value = api.write(Method::POST, "/projects", &new).await?;
    Ok((source, true))
}

async fn ensure_locales(api: &Api, wanted: &BTreeSet<Locale>) -> anyhow::Result<()> {
    let known: Vec<KnownLocale> = api.list(&api.path("/locales")).await?;
    let known: BTreeSet<Locale> = known.into_iter().map(|known| known.locale).collect();
    for locale in wanted.difference(&known) {
        let _: Value = api.write(Method::PUT, &api.path(&format!("/locales/{locale}")), &json!({})).await?;
    }
    Ok(())
}

async fn known_pages(api: &Api) -> anyhow::Result<BTreeSet<PageId>> {
    let known: Vec<KnownPage> = api.list(&api.path("/pages")).await?;
    Ok(known.into_iter().map(|known| known.page).collect())
}

/// Sorts the files' copy by page. What the source locale says of an entry goes before what any
/// other says.
fn gather(mut files: Vec<CopyFile>, source: &Locale) -> BTreeMap<PageId, Page> {
    files.sort_by_key(|file| file.locale != *source);
    let mut pages: BTreeMap<PageId, Page> = BTreeMap::new();
    for file in files {
        let page = pages.entry(file.page).or_default();
        if page.note.is_empty() {
            page.note = file.copy.note;
        }
        let drafts = page.drafts.entry(file.locale).or_default();
        for message in file.copy.messages {
            let info = || EntryInfo { kind: kind_of(&message.value), note: message.note.clone(), max_length: None };
            page.entries.entry(message.key.clone()).or_insert_with(info);
            drafts.insert(message.key, message.value);
        }
    }
    pages
}
