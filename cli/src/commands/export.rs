//! Writes a project's drafts to files: a folder a locale, a file a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use copydesk_schema::change::EntryInfo;
use copydesk_schema::formats::sheet::{Sheet, Unit};
use copydesk_schema::formats::{Message, Skipped};
use copydesk_schema::{EntryKey, Locale, PageId, Pattern, Seq};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};

use super::folder::Remark;
use super::known::{KnownDraft, KnownEntry, KnownLocale, KnownPage};
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
        Some(only) => chosen(only, locales.clone(), |locale| &locale.locale, "locale")?,
        None => locales.clone(),
    };
    let source = locales.iter().find(|locale| locale.source).context("the project has no source locale")?;
    let progress = Progress::new("pages", pages.len(), args.target.service.json);
    let parts: Vec<Summary> = stream::iter(&pages)
        .map(|page| {
            let exporting = Exporting { api: &api, args: &args, source: &source.locale, wanted: &wanted };
            let progress = &progress;
            async move {
                let part = exporting.page(page).await;
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

struct Exporting<'e> {
    api: &'e Api,
    args: &'e Export,
    source: &'e Locale,
    wanted: &'e [KnownLocale],
}

impl Exporting<'_> {
    async fn page(&self, page: &KnownPage) -> anyhow::Result<Summary> {
        let api = self.api;
        let entries: Vec<KnownEntry> = api.list(&api.path(&format!("/pages/{}/entries", page.page))).await?;
        let entries: BTreeMap<EntryKey, EntryInfo> = entries.into_iter().map(|entry| (entry.key, entry.info)).collect();
        let sources =
            if self.args.format.is_sheet() { self.drafts(self.source, &page.page).await? } else { Drafts::new() };
        let mut summary = Summary::default();
        for locale in self.wanted {
            let needs_work = self.needs_work(&locale.locale, &page.page).await?;
            if self.args.format.is_sheet() {
                // A sheet is a translation beside its source.
                if !locale.source {
                    self.sheet(page, &locale.locale, &entries, &sources, &needs_work, &mut summary).await?;
                }
            } else {
                self.messages(page, locale, &entries, &needs_work, &mut summary).await?;
            }
        }
        Ok(summary)
    }

    async fn drafts(&self, locale: &Locale, page: &PageId) -> anyhow::Result<Drafts> {
        let drafts: Vec<KnownDraft> = self.api.list(&self.api.path(&format!("/drafts/{locale}/{page}"))).await?;
        Ok(drafts.into_iter().map(|draft| (draft.key, (draft.value, draft.version))).collect())
    }

    /// The entries that somebody should look at. Asked for only where it matters.
    async fn needs_work(&self, locale: &Locale, page: &PageId) -> anyhow::Result<BTreeSet<EntryKey>> {
        #[derive(Deserialize)]
        struct Item {
            key: EntryKey,
        }
        if !self.args.needs_work && !self.args.format.is_sheet() {
            return Ok(BTreeSet::new());
        }
        let path = self.api.path("/checks");
        let items: Vec<Item> = self.api.list_where(&path, &format!("locale={locale}&page={page}")).await?;
        Ok(items.into_iter().map(|item| item.key).collect())
    }

    async fn messages(
        &self,
        page: &KnownPage,
        locale: &KnownLocale,
        entries: &BTreeMap<EntryKey, EntryInfo>,
        needs_work: &BTreeSet<EntryKey>,
        summary: &mut Summary,
    ) -> anyhow::Result<()> {
        // Notes are written once, beside the source.
        let note = |key: &EntryKey| entries.get(key).filter(|_| locale.source).map(|info| info.note.clone());
        let drafts = self.drafts(&locale.locale, &page.page).await?;
        let messages: Vec<Message> = drafts
            .into_iter()
            .filter(|(key, _)| !self.args.needs_work || needs_work.contains(key))
            .map(|(key, (value, _))| Message::new(key.clone(), value, note(&key).unwrap_or_default()))
            .collect();
        if messages.is_empty() {
            return Ok(());
        }
        let page_note = if locale.source { page.note.as_str() } else { "" };
        let (text, skipped) = self.args.format.write(page_note, &messages);
        let file = self.args.dir.join(self.args.format.path(&locale.locale, &page.page));
        write(&file, &text)?;
        summary.files += 1;
        summary.messages += messages.len() - skipped.len();
        let remark = |skipped: Skipped| Remark { file: file.clone(), line: 0, reason: skipped.reason };
        summary.not_written.extend(skipped.into_iter().map(remark));
        Ok(())
    }

    async fn sheet(
        &self,
        page: &KnownPage,
        locale: &Locale,
        entries: &BTreeMap<EntryKey, EntryInfo>,
        sources: &Drafts,
        needs_work: &BTreeSet<EntryKey>,
        summary: &mut Summary,
    ) -> anyhow::Result<()> {
        let mut drafts = self.drafts(locale, &page.page).await?;
        let units = sources.iter().filter(|(key, _)| !self.args.needs_work || needs_work.contains(key));
        let units: Vec<Unit> = units
            .map(|(key, (source, source_version))| {
                let info = entries.get(key).cloned().unwrap_or_default();
                let (value, version) = drafts.remove(key).map_or((None, Seq::NONE), |(value, seq)| (Some(value), seq));
                let (key, source) = (key.clone(), source.clone());
                let needs_work = needs_work.contains(&key);
                let EntryInfo { kind, note, max_length } = info;
                let source_version = *source_version;
                Unit { key, kind, source, source_version, value, version, note, max_length, needs_work }
            })
            .collect();
        if units.is_empty() {
            return Ok(());
        }
        summary.files += 1;
        summary.messages += units.len();
        let file = self.args.dir.join(self.args.format.path(locale, &page.page));
        for key in drafts.keys().filter(|key| !sources.contains_key(*key)) {
            let reason = format!("{key} has no source text to be translated from");
            summary.not_written.push(Remark { file: file.clone(), line: 0, reason });
        }
        let sheet = Sheet { page: page.page.clone(), source: self.source.clone(), locale: locale.clone(), units };
        write(&file, &self.args.format.write_sheet(&sheet))
    }
}

/// Values and their versions.
type Drafts = BTreeMap<EntryKey, (Pattern, Seq)>;

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    written.with_context(|| format!("{} cannot be written", file.display()))
}
