//! Saving: how long one save takes, and how many go through.

use std::time::{Duration, Instant};

use futures::future::try_join_all;
use serde_json::json;

use super::client::Client;
use super::start::System;
use super::table::Table;
use super::{millis, percentile};

pub(super) async fn measure(system: &System, table: &mut Table) -> anyhow::Result<()> {
    let client = &system.client;
    client.put("/pages/saves", &json!({})).await?;
    let entries: Vec<_> = (0..256).map(|n| json!({ "key": format!("k{n}") })).collect();
    client.patch("/pages/saves/entries", &json!({ "entries": entries })).await?;
    for (editors, each, p50, p99, rate) in
        [(1, 1000, "3 ms", "", ""), (8, 500, "", "20 ms", ""), (64, 150, "", "", "2000/s")]
    {
        let began = Instant::now();
        let all =
            try_join_all((0..editors).map(|editor| tokio::spawn(edit(client.clone(), editors, editor, each)))).await?;
        let took = began.elapsed();
        let mut times: Vec<Duration> = Vec::new();
        for editor in all {
            times.extend(editor?);
        }
        let count = f64::from(u32::try_from(times.len())?);
        let per_second = count / took.as_secs_f64();
        table.row(&format!("save, {editors} editors, p50"), millis(percentile(&mut times, 50)), p50);
        table.row(&format!("save, {editors} editors, p99"), millis(percentile(&mut times, 99)), p99);
        table.row(&format!("saves, {editors} editors"), format!("{per_second:.0}/s"), rate);
    }
    Ok(())
}

async fn edit(client: Client, editors: usize, editor: usize, saves: usize) -> anyhow::Result<Vec<Duration>> {
    // A locale for each number of editors, so that every round begins with no draft.
    let locale = match editors {
        1 => "fr",
        8 => "ja",
        _ => "nl",
    };
    let path = format!("/drafts/{locale}/saves/k{editor}");
    let mut version = 0;
    let mut times = Vec::with_capacity(saves);
    for n in 0..saves {
        let value = format!("Save {n} of editor {editor}: words as long as words on buttons are");
        let began = Instant::now();
        version = client.save(&path, version, &value).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}
