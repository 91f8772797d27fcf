//! Searching all of a real site's copy, in every locale at once.

use std::time::Instant;

use super::start::System;
use super::table::Table;
use super::{millis, percentile};

/// What is looked for, in several scripts: often, seldom and never found.
const WANTED: [&str; 8] =
    ["firefox", "privacy", "ダウンロード", "المتصفح", "скачать", "über", "e", "nothing of the kind"];

/// How often each is.
const ROUNDS: usize = 25;

pub(super) async fn measure(system: &System, table: &mut Table) -> anyhow::Result<()> {
    let (client, mut times) = (&system.client, Vec::new());
    let began = Instant::now();
    client.find("firefox").await?;
    table.row("search, the first of a project", millis(began.elapsed()), "");
    for _ in 0..ROUNDS {
        for wanted in WANTED {
            let began = Instant::now();
            client.find(wanted).await?;
            times.push(began.elapsed());
        }
    }
    table.row("search of everything, p50", millis(percentile(&mut times, 50)), "");
    table.row("search of everything, p95", millis(percentile(&mut times, 95)), "150 ms");
    table.row("peak memory with it", format!("{} MB", system.peak_memory_mb()?), "");
    Ok(())
}
