//! Makes a project anew from what its releases were made of: the way back when the table is lost. What was never
//! published, the history and who may do what are not in there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use copydesk_schema::change::EntryAt;
use copydesk_schema::sources::{FORMAT, SourceKey, SourceRelease, Values};
use copydesk_schema::{EntryKey, Locale, PageId, ProjectId, ReleaseNumber};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use reqwest::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::folder::Remark;
use super::import::{Page, Wanted, known_pages, save};
use crate::api::Api;
use crate::args::Rebuild;
use crate::delivered::Delivered;
use crate::report::{self, Progress};

/// Pages worked on at the same time.
const PARALLEL: usize = 8;

#[derive(Serialize)]
struct Summary {
    project: ProjectId,
    release: ReleaseNumber,
    pages: usize,
    saved: usize,
    refused: Vec<String>,
}

pub(super) async fn run(api: Api, args: Rebuild) -> anyhow::Result<ExitCode> {
    let is_there = api.find::<Value>(&api.path("")).await?.is_some();
    if is_there && !args.again {
        bail!(
            "the project {} is there: a project is rebuilt where it is lost. With --again a rebuild goes on that was \
             interrupted; what was written since goes back",
            api.project
        );
    }
    let number = match (&args.from, args.release) {
        (_, Some(number)) => ReleaseNumber(number),
        (Some(address), None) => Delivered::at(address)?.live().await?.release,
        (None, None) => {
            bail!("say which release: --from with where sites fetch, for the one that is live; or --release")
        }
    };
    let release: SourceRelease = read(&args.dir, &SourceKey::Release(api.project.clone(), number))?;
    ensure!(release.format == FORMAT, "release {number} is of format {}; {FORMAT} is known", release.format);
    make(&api, &release, is_there).await?;
    let known = known_pages(&api).await?;
    let progress = Progress::new("pages", release.pages.len(), args.target.service.json);
    let tallies: Vec<_> = stream::iter(release.pages.keys())
        .map(|id| {
            let (api, release, dir, progress, is_known) = (&api, &release, &args.dir, &progress, known.contains(id));
            async move {
                let (page, left) = page(dir, release, id)?;
                let mut tally = if page.entries.is_empty() && !is_known {
                    save::new_page(api, id, &page.note).await?;
                    save::Tally::default()
                } else {
                    save::page(api, id, page, is_known, &release.source).await?
                };
                tally.refused.extend(left);
                progress.step();
                anyhow::Ok(tally)
            }
        })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    progress.end();
    for (id, page) in release.pages.iter().filter(|(_, page)| !page.info.next.is_empty()) {
        // A page that was removed since stays on the lists of others.
        let next: Vec<&PageId> = page.info.next.iter().filter(|next| release.pages.contains_key(next)).collect();
        let next = json!({ "next": next });
        let _: Value = api.write(Method::PUT, &api.path(&format!("/pages/{id}/next")), &next).await?;
    }
    let mut refused: Vec<String> = tallies.iter().flat_map(|tally| &tally.refused).map(ToString::to_string).collect();
    let is_moved = |gone: &PageId| release.pages.values().any(|page| page.info.was.as_ref() == Some(gone));
    let gone = release.values.keys().filter(|id| !release.pages.contains_key(id) && !is_moved(id));
    refused.extend(gone.map(|id| {
        format!("{id}: the page was removed, and is shown in a part of the locales until they are published")
    }));
    let saved = tallies.iter().map(|tally| tally.saved).sum();
    let summary = Summary { project: api.project.clone(), release: number, pages: release.pages.len(), saved, refused };
    report::print(args.target.service.json, &summary, || plain(&summary))?;
    Ok(if summary.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn plain(summary: &Summary) -> String {
    let mut lines: Vec<String> = summary.refused.iter().map(|reason| format!("not taken: {reason}")).collect();
    let Summary { project, release, pages, saved, .. } = summary;
    lines.push(format!("{project} is as release {release} was: {saved} values on {pages} pages"));
    lines.push(format!(
        "Next: copydesk publish --project {project}; then invite its people, and make its tokens and webhooks"
    ));
    lines.join("\n")
}

/// The project, its locales and its settings.
async fn make(api: &Api, release: &SourceRelease, is_there: bool) -> anyhow::Result<()> {
    if !is_there {
        let new = json!({ "project": api.project, "name": release.name, "source": release.source });
        let _: Value = api.write(Method::POST, "/projects", &new).await?;
    }
    // All of them before any falls back on another.
    let bare = release.locales.keys().map(|locale| (locale, json!({})));
    let whole = release.locales.iter().map(|(locale, info)| (locale, json!(info)));
    for (locale, info) in bare.chain(whole) {
        let _: Value = api.write(Method::PUT, &api.path(&format!("/locales/{locale}")), &info).await?;
    }
    let _: Value = api.write(Method::PATCH, &api.path(""), &json!(release.settings)).await?;
    Ok(())
}

/// A page with its values in every locale, and what of them belongs to nothing that is there.
fn page(dir: &Path, release: &SourceRelease, id: &PageId) -> anyhow::Result<(Page, Vec<Remark>)> {
    let known = release.pages.get(id).context("a page of the release")?;
    let (mut drafts, mut left): (BTreeMap<Locale, BTreeMap<EntryKey, Wanted>>, _) = (BTreeMap::new(), Vec::new());
    // A publish of a part leaves the rest as it was: under the names that page and entries had then.
    let names = known.info.was.iter().chain([id]);
    for (name, (locale, digest)) in
        names.flat_map(|name| release.values.get(name).into_iter().flatten().map(move |one| (name, one)))
    {
        let values: Values = read(dir, &SourceKey::Values(release.project.clone(), digest.clone()))?;
        for (key, value) in values {
            let at = EntryAt { page: name.clone(), key: key.clone() };
            let moved = known.entries.iter().find(|(_, info)| info.was.as_ref() == Some(&at)).map(|(key, _)| key);
            let place = Some(&key).filter(|key| known.entries.contains_key(*key)).or(moved);
            match place.filter(|_| release.locales.contains_key(locale)) {
                Some(key) => drop(drafts.entry(locale.clone()).or_default().insert(key.clone(), Wanted::of(value))),
                None => {
                    left.push(remark(locale, name, &format!("{key}: it was removed, and not published there since")));
                }
            }
        }
    }
    let is_kept = |locale: &Locale| {
        [Some(id), known.info.was.as_ref()].into_iter().flatten().any(|name| release.digest(name, locale).is_some())
    };
    left.extend(
        release
            .locales
            .keys()
            .filter(|locale| !is_kept(locale))
            .map(|locale| remark(locale, id, "nothing was kept of it")),
    );
    Ok((Page { note: known.info.note.clone(), entries: known.entries.clone(), drafts, ..Page::default() }, left))
}

fn remark(locale: &Locale, page: &PageId, reason: &str) -> Remark {
    Remark { file: PathBuf::from(format!("{locale}/{page}")), line: 0, reason: reason.to_owned() }
}

fn read<T: DeserializeOwned>(dir: &Path, key: &SourceKey) -> anyhow::Result<T> {
    let path = dir.join(key.to_string());
    let bytes = fs::read(&path).with_context(|| {
        format!("{} cannot be read: copy the whole private bucket into {} first", path.display(), dir.display())
    })?;
    serde_json::from_slice(&bytes).with_context(|| format!("{} is not what Copydesk keeps", path.display()))
}
