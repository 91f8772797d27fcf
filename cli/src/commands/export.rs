//! Writes a project's drafts to files: a folder a locale, a file a page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use copydesk_schema::EntryKey;
use copydesk_schema::formats::Message;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::Serialize;

use super::folder::Remark;
use super::known::{KnownDraft, KnownEntry, KnownLocale, KnownPage};
use crate::api::Api;
use crate::args::{Export, Format};
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
    let progress = Progress::new("pages", pages.len(), args.target.json);
    let parts: Vec<Summary> = stream::iter(&pages)
        .map(|page| {
            let (api, locales, args, progress) = (&api, &locales, &args, &progress);
            async move {
                let part = export_page(api, page, locales, args.format, &args.dir).await;
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
    report::print(args.target.json, &summary, || {
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

async fn export_page(
    api: &Api,
    page: &KnownPage,
    locales: &[KnownLocale],
    format: Format,
    dir: &Path,
) -> anyhow::Result<Summary> {
    let entries: Vec<KnownEntry> = api.list(&api.path(&format!("/pages/{}/entries", page.page))).await?;
    let notes: BTreeMap<EntryKey, String> = entries.into_iter().map(|entry| (entry.key, entry.info.note)).collect();
    let mut summary = Summary::default();
    for locale in locales {
        let path = api.path(&format!("/drafts/{}/{}", locale.locale, page.page));
        let drafts: Vec<KnownDraft> = api.list(&path).await?;
        if drafts.is_empty() {
            continue;
        }
        // Notes are written once, beside the source.
        let note = |key: &EntryKey| notes.get(key).filter(|_| locale.source).cloned().unwrap_or_default();
        let messages: Vec<Message> = drafts
            .into_iter()
            .map(|draft| Message { note: note(&draft.key), key: draft.key, value: draft.value })
            .collect();
        let page_note = if locale.source { page.note.as_str() } else { "" };
        let (text, skipped) = format.write(page_note, &messages);
        let file = dir.join(format.path(&locale.locale, &page.page));
        write(&file, &text)?;
        summary.files += 1;
        summary.messages += messages.len() - skipped.len();
        let remark =
            |skipped: copydesk_schema::formats::Skipped| Remark { file: file.clone(), line: 0, reason: skipped.reason };
        summary.not_written.extend(skipped.into_iter().map(remark));
    }
    Ok(summary)
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    written.with_context(|| format!("{} cannot be written", file.display()))
}
