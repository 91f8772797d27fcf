//! Measures this machine with the release build, and prints every figure beside its goal.
//!
//! The system under test is the real binary on its embedded engines; everything goes through HTTP.

mod client;
mod delivery;
pub(crate) mod functions;
mod publish;
mod saves;
mod search;
mod start;
mod table;
pub(crate) mod web;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::shell::run as run_command;
use crate::test::corpus;
use table::Table;

/// How fast messages are compiled and how small they become.
pub(crate) fn messages() -> anyhow::Result<()> {
    let mut command = Command::new("cargo");
    command.args(["bench", "--quiet", "-p", "copydesk-schema", "--bench", "messages"]);
    run_command(crate::test::with_corpus(&mut command))
}

/// Runs every measurement.
pub(crate) fn run() -> anyhow::Result<()> {
    messages()?;
    on_runtime(measure)?;
    web::pages()?;
    web::prefetch(None)
}

/// How fast saves are, and nothing else.
pub(crate) fn saves() -> anyhow::Result<()> {
    on_runtime(measure_saves)
}

fn on_runtime<F: Future<Output = anyhow::Result<()>>>(measure: impl FnOnce(PathBuf) -> F) -> anyhow::Result<()> {
    run_command(Command::new("cargo").args(["build", "--release", "--quiet", "-p", "copydesk"]))?;
    let corpus = corpus().context("the measurements need ../shared/data/mozilla.org")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(corpus))
}

async fn measure_saves(corpus: PathBuf) -> anyhow::Result<()> {
    let mut table = Table::new();
    probe(&mut table)?;
    let system = start::System::start(&mut table)?;
    publish::import(&system, &corpus, &mut table)?;
    saves::measure(&system, &mut table).await?;
    table.print();
    Ok(())
}

async fn measure(corpus: PathBuf) -> anyhow::Result<()> {
    let mut table = Table::new();
    probe(&mut table)?;
    let mut system = start::System::start(&mut table)?;
    publish::import(&system, &corpus, &mut table)?;
    publish::first(&system, &mut table).await?;
    publish::one_string(&system, &mut table).await?;
    publish::every_page(&system, &mut table).await?;
    saves::measure(&system, &mut table).await?;
    delivery::measure(&system, &mut table).await?;
    table.row("peak memory", format!("{} MB", system.peak_memory_mb()?), "150 MB");
    search::measure(&system, &mut table).await?;
    system.restart(&mut table)?;
    table.print();
    println!(
        "Cold build of `cargo run`: time `cargo build` in a fresh clone with an empty target folder (goal 6 min)."
    );
    Ok(())
}

/// What the machine itself can do at this moment.
fn probe(table: &mut Table) -> anyhow::Result<()> {
    let began = Instant::now();
    let hashed = (0..200_000_u32).fold(0_u8, |sum, n| {
        use sha2::Digest as _;
        sum ^ sha2::Sha256::digest(n.to_le_bytes())[0]
    });
    std::hint::black_box(hashed);
    table.row("probe: 200,000 SHA-256", millis(began.elapsed()), "");
    let path = std::env::temp_dir().join("copydesk-fsync-probe");
    let file = std::fs::File::create(&path)?;
    let mut times = Vec::new();
    for n in 0..200_u64 {
        use std::os::unix::fs::FileExt as _;
        let began = Instant::now();
        file.write_all_at(&[0; 4096], n * 4096)?;
        file.sync_data()?;
        times.push(began.elapsed());
    }
    std::fs::remove_file(&path)?;
    table.row("probe: write and fsync of 4 KB, p50", millis(percentile(&mut times, 50)), "");
    Ok(())
}

fn millis(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1000.0)
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(index).copied().unwrap_or_default()
}
