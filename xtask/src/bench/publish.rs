//! Import and publishing of the real site's copy.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::start::System;
use super::table::Table;
use super::{millis, percentile};

/// How often one string is published.
const ROUNDS: usize = 200;

pub(super) fn import(system: &System, corpus: &Path, table: &mut Table) -> anyhow::Result<()> {
    let dir = corpus.to_str().context("the folder's name is UTF-8")?;
    let began = Instant::now();
    let printed = system.command(&["import", "--project", "bench", "--format", "ftl", "--json", dir])?;
    let took = began.elapsed();
    let summary: Value = serde_json::from_str(&printed)?;
    let saved = summary["saved"].as_f64().context("a count")?;
    let figure = format!("{:.2} s, {:.0} messages/s", took.as_secs_f64(), saved / took.as_secs_f64());
    table.row(&format!("import of {saved} messages"), figure, "20 s");
    Ok(())
}

pub(super) async fn first(system: &System, table: &mut Table) -> anyhow::Result<()> {
    let took = system.client.publish_until_live().await?;
    table.row("first publish of everything", millis(took), "1500 ms");
    let file: Value = system.client.get("/drafts/zh-TW/ui").await?;
    let last = &file["items"][0];
    let (key, value) = (last["key"].as_str().context("a key")?, last["value"].as_str().context("a value")?);
    system.client.settle("ui", "zh-TW", key, value).await
}

/// A string of one locale, then one of the source locale, on which eleven others may fall back.
pub(super) async fn one_string(system: &System, table: &mut Table) -> anyhow::Result<()> {
    for (locale, what) in [("de", "a translation"), ("en", "a source string")] {
        let (page, key) = ("firefox--new--desktop", "firefox-desktop-download-get-the-browser");
        let path = format!("/drafts/{locale}/{page}/{key}");
        let mut version = system.client.get(&path).await?["version"].as_u64().context("a version")?;
        let mut times = Vec::new();
        for round in 0..ROUNDS {
            let value = format!("round {round}");
            version = system.client.save(&path, version, &value).await?;
            times.push(system.client.publish_until_live().await?);
            system.client.settle(page, locale, key, &value).await?;
        }
        table.row(&format!("publish of {what}, p50"), millis(percentile(&mut times, 50)), "15 ms");
        table.row(&format!("publish of {what}, p99"), millis(percentile(&mut times, 99)), "60 ms");
    }
    Ok(())
}

/// One string changed in every page of one locale.
pub(super) async fn every_page(system: &System, table: &mut Table) -> anyhow::Result<()> {
    let pages = system.client.get("/pages?limit=1000").await?;
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..5 {
        for page in pages["items"].as_array().context("pages")? {
            let page = page["page"].as_str().context("a name")?;
            let drafts = system.client.get(&format!("/drafts/de/{page}?limit=1")).await?;
            let Some(draft) = drafts["items"].get(0) else { continue };
            let body = json!({ "drafts": [{ "key": draft["key"], "value": format!("round {round}"), "version": draft["version"] }] });
            system.client.patch(&format!("/drafts/de/{page}"), &body).await?;
        }
        times.push(system.client.publish_until_live().await?);
    }
    table.row("publish of a string in every page, p50", millis(percentile(&mut times, 50)), "");
    Ok(())
}
