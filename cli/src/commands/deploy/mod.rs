//! Compares a stack on AWS with what this version expects of one.

mod aws;
mod table;
mod template;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use copydesk_migrations::pending;
use copydesk_store::settings::TableSettings;
use serde::Serialize;

use self::aws::{Described, Stack};
use self::template::Differences;
use crate::args::DeployCheck;
use crate::report;

/// How long an address may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// One thing that was looked at.
#[derive(Serialize)]
struct Finding {
    what: &'static str,
    /// Whether it is as expected.
    ok: bool,
    said: String,
}

impl Finding {
    /// What went well says so in words; what failed says why.
    fn of(what: &'static str, found: anyhow::Result<String>) -> Self {
        let ok = found.is_ok();
        let said = found.unwrap_or_else(|error| error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": "));
        Self { what, ok, said }
    }
}

pub(super) async fn check(args: DeployCheck) -> anyhow::Result<ExitCode> {
    let stack = Stack::named(&args.stack);
    let expected = match &args.template {
        Some(file) => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
        None => template::OURS.to_owned(),
    };
    let described = stack.describe()?;
    let findings = [
        Finding::of("stack", described.settled()),
        Finding::of("template", compared(&expected, &stack.template()?)),
        Finding::of("resources", stack.drift(&args.ignore).await),
        Finding::of("table", table(&described).await),
        Finding::of("protection", described.output("TableName").and_then(table::protected)),
        Finding::of("api", api(&described).await),
        Finding::of("delivery", delivery(&described).await),
    ];
    report::print(args.json, &findings, || {
        let line = |one: &Finding| format!("{} {:10} {}", if one.ok { "ok  " } else { "NOT " }, one.what, one.said);
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    })?;
    Ok(if findings.iter().all(|one| one.ok) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn compared(expected: &str, found: &str) -> anyhow::Result<String> {
    let differences = Differences::between(expected, found)?;
    anyhow::ensure!(differences.is_empty(), "{differences}");
    Ok(format!("is that of {}", env!("CARGO_PKG_VERSION")))
}

/// Whether the table is as far as this version needs it.
async fn table(described: &Described) -> anyhow::Result<String> {
    let settings = TableSettings {
        table: described.output("TableName")?.to_owned(),
        endpoint: std::env::var("COPYDESK_DYNAMODB_ENDPOINT").ok(),
        region: described.region()?.to_owned(),
    };
    let waiting = pending(&settings.connect().await).await?;
    let names: Vec<String> = waiting.iter().map(|one| format!("{}: {}", one.number, one.name)).collect();
    anyhow::ensure!(names.is_empty(), "run \"copydesk migrate\" for {}", names.join(", "));
    Ok(format!("{} is up to date", settings.table))
}

/// Whether what answers is of this version.
async fn api(described: &Described) -> anyhow::Result<String> {
    let address = described.output("StudioUrl")?.trim_end_matches('/');
    let answer = ask(&format!("{address}/openapi.json")).await?.error_for_status()?;
    let openapi: serde_json::Value = answer.json().await?;
    let version = openapi["info"]["version"].as_str().unwrap_or("nothing");
    anyhow::ensure!(
        version == env!("CARGO_PKG_VERSION"),
        "{address} runs {version}, and this is {}",
        env!("CARGO_PKG_VERSION")
    );
    Ok(format!("{address} runs {version}"))
}

/// Whether edges answer as sites need it.
async fn delivery(described: &Described) -> anyhow::Result<String> {
    let address = described.output("DeliveryUrl")?;
    let answer = ask(&format!("{address}/copydesk-trial/live.json")).await?;
    let status = answer.status();
    anyhow::ensure!(status.is_success() || matches!(status.as_u16(), 403 | 404), "{address} says {status}");
    let allowed = answer.headers().get("access-control-allow-origin").map(reqwest::header::HeaderValue::as_bytes);
    anyhow::ensure!(allowed == Some(b"*"), "{address} does not let sites read: no access-control-allow-origin");
    Ok(if status.is_success() {
        format!("{address} delivers")
    } else {
        format!("{address} answers; no version was tried yet, so there is nothing of ours to fetch")
    })
}

async fn ask(address: &str) -> anyhow::Result<reqwest::Response> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    // As a page of a site does.
    Ok(client.get(address).header("origin", "https://www.example.com").send().await?)
}
