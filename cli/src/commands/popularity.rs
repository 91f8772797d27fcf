//! Says which pages are likely to be seen next, from access logs; the next publish writes it into the page files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use copydesk_local::{data, delivery};
use copydesk_popularity::{Beacons, Counts, Read, read, unpacked};
use copydesk_schema::PageId;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::Api;
use crate::args::Popularity;
use crate::report;

#[derive(Deserialize)]
struct Page {
    page: PageId,
    next: Vec<PageId>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    lines: u64,
    views: u64,
    unreadable: u64,
    /// What changed, by page.
    changed: BTreeMap<PageId, Vec<PageId>>,
    unchanged: usize,
}

pub(super) async fn run(api: Api, args: Popularity, folder: &Path) -> anyhow::Result<ExitCode> {
    let files = if args.files.is_empty() { own_logs(folder)? } else { args.files };
    let (counts, mut summary) = count(&api, &files)?;
    let pages: Vec<Page> = api.list(&api.path("/pages")).await?;
    let known: BTreeSet<&PageId> = pages.iter().map(|page| &page.page).collect();
    for Page { page, next } in &pages {
        let likely: Vec<PageId> = counts.likely_among(page, &known);
        if likely == *next {
            summary.unchanged += 1;
            continue;
        }
        if !args.dry_run {
            let path = api.path(&format!("/pages/{page}/next"));
            let _: serde_json::Value = api.write(Method::PUT, &path, &json!({ "next": likely })).await?;
        }
        summary.changed.insert(page.clone(), likely);
    }
    report::print(args.target.service.json, &summary, || plain(&summary, args.dry_run))?;
    Ok(ExitCode::SUCCESS)
}

/// The logs of this machine's own delivery, the older one first.
fn own_logs(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let log = data::views(folder);
    let logs: Vec<PathBuf> = [delivery::before(&log), log.clone()].into_iter().filter(|log| log.exists()).collect();
    ensure!(!logs.is_empty(), "{} is not there: no view was reported yet; or name log files", log.display());
    Ok(logs)
}

fn count(api: &Api, files: &[PathBuf]) -> anyhow::Result<(Counts<PageId>, Summary)> {
    let beacons = Beacons::of(&api.project);
    let mut counts = Counts::default();
    let mut all = Read::default();
    for file in files {
        let what = || file.display().to_string();
        let one = File::open(file)
            .and_then(|file| unpacked(BufReader::new(file)))
            .map_err(Into::into)
            .and_then(|log| read(log, &beacons, |view| counts.add(view)))
            .with_context(what)?;
        all = Read {
            format: one.format,
            lines: all.lines + one.lines,
            counted: all.counted + one.counted,
            skipped: all.skipped + one.skipped,
        };
    }
    ensure!(counts.views() > 0, "no view of {} is in there: sites report to /{}/seen.json", api.project, api.project);
    let summary = Summary {
        files: files.len(),
        lines: all.lines,
        views: all.counted,
        unreadable: all.skipped,
        changed: BTreeMap::new(),
        unchanged: 0,
    };
    Ok((counts, summary))
}

fn plain(summary: &Summary, is_dry: bool) -> String {
    let Summary { files, lines, views, unreadable, changed, unchanged } = summary;
    let mut said = vec![format!("{views} views in {lines} lines of {files} files; {unreadable} lines cannot be read")];
    for (page, next) in changed {
        let names: Vec<&str> = next.iter().map(PageId::as_str).collect();
        said.push(format!("  {page} -> {}", if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }));
    }
    said.push(match (changed.len(), is_dry) {
        (0, _) => format!("nothing changes: {unchanged} pages are as they are"),
        (changed, true) => format!("{changed} pages would change, {unchanged} not"),
        (changed, false) => format!("{changed} pages changed, {unchanged} not; the next publish says so to sites"),
    });
    said.join("\n")
}
