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
    by_credential(client, table).await
}

/// What recognising a caller and looking up what they may do costs: the owner's token needs neither. The
/// three take turns, so that whatever else the machine does is the same for all.
async fn by_credential(owner: &Client, table: &mut Table) -> anyhow::Result<()> {
    let (member, script) = (owner.member("bench@example.com").await?, owner.api_token().await?);
    let clients = [("owner's token", owner.clone()), ("signed in", member), ("API token", script)];
    let mut times = vec![Vec::new(); clients.len()];
    let mut versions = vec![0; clients.len()];
    for n in 0..1000 {
        for (index, (_, client)) in clients.iter().enumerate() {
            let path = format!("/drafts/fr/saves/k{}", 200 + index);
            let began = Instant::now();
            versions[index] = client.save(&path, versions[index], &format!("Save {n}")).await?;
            times[index].push(began.elapsed());
        }
    }
    let mut without = Duration::ZERO;
    for ((name, _), mut times) in clients.iter().zip(times) {
        let p50 = percentile(&mut times, 50);
        table.row(&format!("save, {name}, p50"), millis(p50), "");
        if without.is_zero() {
            without = p50;
        } else {
            table.row("  more than the owner's", millis(p50.saturating_sub(without)), "0.2 ms");
        }
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
