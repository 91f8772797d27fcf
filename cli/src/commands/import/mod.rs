//! Brings copy from files into a project. Saves only what differs, so that importing again changes
//! nothing; a save that meets somebody else's is reported, never forced.

pub(super) mod save;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::bail;
use copydesk_schema::change::EntryInfo;
use copydesk_schema::formats::{Message, kind_of};
use copydesk_schema::{EntryKey, Kind, Locale, PageId, Pattern, Seq};
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
pub(super) struct Page {
    pub(super) note: String,
    pub(super) entries: BTreeMap<EntryKey, EntryInfo>,
    pub(super) drafts: BTreeMap<Locale, BTreeMap<EntryKey, Wanted>>,
    /// Source texts that stand beside translations: taken where there are none.
    pub(super) sources: BTreeMap<EntryKey, Pattern>,
}

/// A value that is to be saved.
pub(super) struct Wanted {
    value: Pattern,
    /// The version that it stands on, where the file says so.
    version: Option<Seq>,
    /// The version of the source text that it was translated from, where the file says so.
    source_version: Option<Seq>,
    /// The file says that somebody still has to look at it.
    fuzzy: bool,
}

#[derive(Serialize)]
pub(super) struct Summary {
    project: String,
    created: bool,
    source: Locale,
    locales: usize,
    pages: usize,
    messages: usize,
    #[serde(flatten)]
    tally: Tally,
    skipped: Vec<Remark>,
    /// What was taken, but not as it was.
    changed: Vec<Remark>,
    /// Findings in the whole project, by kind.
    findings: BTreeMap<String, usize>,
}

pub(super) async fn run(api: Api, args: Import) -> anyhow::Result<ExitCode> {
    let summary = bring(&api, &args).await?;
    report::print(args.target.service.json, &summary, || plain(&summary))?;
    // What was not taken is somebody's words: a script must not go on as if they were.
    Ok(if summary.skipped.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Brings the copy into the project; says what came of it.
pub(super) async fn bring(api: &Api, args: &Import) -> anyhow::Result<Summary> {
    let folder::Found { files, mut skipped, changed } = folder::read(&args.dir, args.format)?;
    if files.is_empty() {
        let reasons: Vec<String> = skipped.iter().map(|remark| format!("\n  {remark}")).collect();
        if reasons.is_empty() {
            bail!("{} holds no folder of a locale with files of that format", args.dir.display());
        }
        bail!("nothing in {} can be read:{}", args.dir.display(), reasons.concat());
    }
    let locales: BTreeSet<Locale> = files.iter().map(|file| file.locale.clone()).collect();
    let (source, created) = ensure_project(api, args.source.as_ref(), &locales).await?;
    ensure_locales(api, &locales).await?;
    let messages = files.iter().map(|file| file.copy.messages.len()).sum();
    let other_source = |file: &CopyFile| file.source.as_ref().is_some_and(|named| *named != source);
    if let Some(file) = files.iter().find(|file| other_source(file)) {
        bail!("{} was translated from another locale than {source}", file.path.display());
    }
    let mut pages = gather(files, &source, &mut skipped);
    let known: BTreeSet<PageId> = known_pages(api).await?;
    let progress = Progress::new("pages", pages.len(), args.target.service.json);
    let work = pages.iter_mut().map(|(id, page)| (id.clone(), std::mem::take(page))).collect::<Vec<_>>();
    let tallies: Vec<Tally> = stream::iter(work)
        .map(|(id, page)| {
            let (api, is_known, progress, source) = (api, known.contains(&id), &progress, &source);
            async move {
                let tally = save::page(api, &id, page, is_known, source).await;
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
    Ok(Summary {
        project: api.project.to_string(),
        created,
        source,
        locales: locales.len(),
        pages: pages.len(),
        messages,
        tally,
        skipped,
        changed,
        // Everything is saved: that it could not be checked is no failure of the import.
        findings: findings(api).await.unwrap_or_default(),
    })
}

/// Findings of the project, by kind.
async fn findings(api: &Api) -> anyhow::Result<BTreeMap<String, usize>> {
    #[derive(Deserialize)]
    struct Checks {
        counts: BTreeMap<Locale, Counts>,
    }
    #[derive(Deserialize)]
    struct Counts {
        codes: BTreeMap<String, usize>,
    }
    let checks: Checks = api.get(&api.path("/checks?limit=1")).await?;
    let mut findings = BTreeMap::new();
    for (code, count) in checks.counts.into_values().flat_map(|counts| counts.codes) {
        *findings.entry(code).or_default() += count;
    }
    Ok(findings)
}

fn plain(summary: &Summary) -> String {
    let mut lines: Vec<String> = changed_lines(&summary.changed);
    lines.extend(summary.skipped.iter().map(|remark| format!("not taken: {remark}")));
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
    if !summary.findings.is_empty() {
        let findings: Vec<String> = summary.findings.iter().map(|(code, count)| format!("{count} {code}")).collect();
        lines.push(format!("to be looked at (GET /v1/projects/{}/checks): {}", summary.project, findings.join(", ")));
    }
    lines.join("\n")
}

/// How many changes are told one by one.
const CHANGES: usize = 20;

fn changed_lines(changed: &[Remark]) -> Vec<String> {
    let mut lines: Vec<String> = changed.iter().take(CHANGES).map(|remark| format!("changed: {remark}")).collect();
    if changed.len() > CHANGES {
        lines.push(format!("changed: {} more (--json lists them all)", changed.len() - CHANGES));
    }
    lines
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

pub(super) async fn known_pages(api: &Api) -> anyhow::Result<BTreeSet<PageId>> {
    let known: Vec<KnownPage> = api.list(&api.path("/pages")).await?;
    Ok(known.into_iter().map(|known| known.page).collect())
}

/// Sorts the files' copy by page. What the source locale says of an entry goes before what any
/// other says; markup in any locale makes it one that holds markup.
fn gather(mut files: Vec<CopyFile>, source: &Locale, skipped: &mut Vec<Remark>) -> BTreeMap<PageId, Page> {
    files.sort_by_key(|file| file.locale != *source);
    let mut pages: BTreeMap<PageId, Page> = BTreeMap::new();
    for file in files {
        let page = pages.entry(file.page).or_default();
        if page.note.is_empty() {
            page.note = file.copy.note;
        }
        for message in &file.sources {
            page.describe(message);
            page.sources.entry(message.key.clone()).or_insert_with(|| message.value.clone());
        }
        for message in file.copy.messages {
            page.describe(&message);
            let Message { key, value, version, source_version, fuzzy, .. } = message;
            let of_locale = page.drafts.entry(file.locale.clone()).or_default();
            if of_locale.get(&key).is_some_and(|known: &Wanted| known.value != value) {
                let reason =
                    format!("{key}: another file has a different value for {}; that one was taken", file.locale);
                skipped.push(Remark { file: file.path.clone(), line: 0, reason });
                continue;
            }
            of_locale.insert(key, Wanted { value, version, source_version, fuzzy });
        }
    }
    pages
}

impl Wanted {
    /// A value of which nothing else is known.
    pub(super) fn of(value: Pattern) -> Self {
        Self { value, version: None, source_version: None, fuzzy: false }
    }
}

impl Page {
    fn describe(&mut self, message: &Message) {
        if message.source_version.is_some() {
            // We exported it: its entry is there, or was taken away since.
            return;
        }
        let note = || EntryInfo { note: message.note.clone(), ..EntryInfo::default() };
        let info = self.entries.entry(message.key.clone()).or_insert_with(note);
        if message.kind.unwrap_or_else(|| kind_of(&message.value)) == Kind::Html {
            info.kind = Kind::Html;
        }
    }
}
