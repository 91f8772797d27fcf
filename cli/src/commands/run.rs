//! Runs everything on this machine, or delivery alone.

use std::path::Path;
use std::process::ExitCode;

use copydesk_local::process::{self, Options};
use copydesk_process::{logs, shutdown};

use super::demo;
use crate::args::Run;

pub(super) async fn everything(run: Run) -> anyhow::Result<ExitCode> {
    logs::start("warn,copydesk_publisher=info");
    let demo = (!run.no_demo).then_some(run.demo);
    let is_new = !run.data.exists();
    let options = Options { data: run.data, api: run.listen, delivery: run.delivery, metrics: run.metrics, demo };
    let ready = |options: &Options, token_file: &Path, link: Option<&str>| {
        welcome(options, token_file, link);
        if let (Some(site), true) = (options.demo, is_new) {
            tokio::spawn(demo::fill(options.api, site, token_file.to_owned()));
        }
    };
    process::run(options, shutdown::on_signal()?, ready).await?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn delivery(run: Run) -> anyhow::Result<ExitCode> {
    logs::start("warn");
    let ready = |address| println!("delivery  http://{address}  from {}", run.data.display());
    process::run_delivery(&run.data, run.delivery, shutdown::on_signal()?, ready).await?;
    Ok(ExitCode::SUCCESS)
}

fn welcome(options: &Options, token_file: &Path, link: Option<&str>) {
    println!("Copydesk is running. End it with Ctrl-C.\n");
    println!("  studio    http://{}  (where copy is written and published)", options.api);
    println!("  API       http://{}  (described at /openapi.json)", options.api);
    println!("  delivery  http://{}", options.delivery);
    if let Some(demo) = options.demo {
        println!("  demo      http://localhost:{}  (a site with the copy of the project demo)", demo.port());
    }
    if let Some(metrics) = options.metrics {
        println!("  metrics   http://{metrics}/metrics");
    }
    println!("  token     {}  (for scripts)", token_file.display());
    if let Some(path) = link {
        println!("  sign in   http://{}{path}", options.api);
        println!("            once, within ten minutes; copydesk login prints another");
    }
    println!("\nNext: copydesk import --project my-site --format ftl DIR, then copydesk publish --project my-site");
}
