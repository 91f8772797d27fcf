//! Writes a project's drafts to files: a folder a locale, a file a page.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use copydesk_schema::PageId;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};

use super::folder::{Remark, path_of};
use super::known::{KnownLocale, KnownPage};
use crate::api::Api;
use crate::args::Export;
use crate::report::{self, Progress};

/// Pages read at the same time.
const PARALLEL: usize = 8;

#[derive(Default, Serialize)]
struct Summary {
    files: usize,
    messages: usize,
    not_written: Vec<Remark>,
}

pub(super) async fn run(api: Api, args: Export) -> anyhow::Result<ExitCode> {
    let locales: Vec<KnownLocale> = api.list(&api.path("/locales")).await?;
    let pages: Vec<KnownPage> = api.list(&api.path("/pages")).await?;
    let pages: Vec<KnownPage> = match &args.pages {
        Some(only) => chosen(only, pages, |page| &page.page, "page")?,
        None => pages,
    };
    let wanted: Vec<KnownLocale> = match &args.locales {
        Some(only) => chosen(only, locales, |locale| &locale.locale, "locale")?,
        None => locales,
    };
    let progress = Progress::new("pages", pages.len(), args.target.service.json);
    let parts: Vec<Summary> = stream::iter(&pages)
        .map(|known| {
            let (api, args, wanted, progress) = (&api, &args, &wanted, &progress);
            async move {
                let part = page(api, args, wanted, &known.page).await;
                progress.step();
                part
            }
        })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    progress.end();
    let mut summary = Summary::default();
    for part in parts {
        summary.files += part.files;
        summary.messages += part.messages;
        summary.not_written.extend(part.not_written);
    }
    report::print(args.target.service.json, &summary, || {
        let mut lines: Vec<String> =
            summary.not_written.iter().map(|remark| format!("not written: {remark}")).collect();
        lines.push(format!(
            "{} messages written to {} files below {}",
            summary.messages,
            summary.files,
            args.dir.display()
        ));
        lines.join("\n")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The things that were named, or which of them is not there.
fn chosen<T, N: PartialEq + std::fmt::Display>(
    only: &[N],
    all: Vec<T>,
    name: impl Fn(&T) -> &N,
    what: &str,
) -> anyhow::Result<Vec<T>> {
    if let Some(missing) = only.iter().find(|wanted| !all.iter().any(|known| name(known) == *wanted)) {
        bail!("the project has no {what} {missing}");
    }
    Ok(all.into_iter().filter(|known| only.contains(name(known))).collect())
}

/// A page in a locale as the API writes it.
#[derive(Deserialize)]
struct Written {
    text: String,
    messages: usize,
    skipped: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    line: usize,
    reason: String,
}

/// Writes one page in the locales that are wanted.
async fn page(api: &Api, args: &Export, wanted: &[KnownLocale], page: &PageId) -> anyhow::Result<Summary> {
    let mut summary = Summary::default();
    // A sheet is a translation beside its source.
    for locale in wanted.iter().filter(|locale| !(args.format.is_sheet() && locale.source)) {
        let locale = &locale.locale;
        let query = format!("format={}&needs_work={}", args.format, args.needs_work);
        let written: Written = api.get(&api.path(&format!("/files/{locale}/{page}?{query}"))).await?;
        let file = args.dir.join(path_of(args.format, locale, page));
        let remark = |Line { line, reason }| Remark { file: file.clone(), line, reason };
        summary.not_written.extend(written.skipped.into_iter().map(remark));
        if written.messages > 0 {
            write(&file, &written.text)?;
            summary.files += 1;
            summary.messages += written.messages;
        }
    }
    Ok(summary)
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    written.with_context(|| format!("{} cannot be written", file.display()))
}
