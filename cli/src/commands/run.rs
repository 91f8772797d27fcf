//! Runs everything on this machine, or delivery alone.

use std::path::Path;
use std::process::ExitCode;

use copydesk_local::process::{self, Options};
use copydesk_process::{logs, shutdown};

use crate::args::Run;

pub(super) async fn everything(run: Run) -> anyhow::Result<ExitCode> {
    logs::start("warn,copydesk_publisher=info");
    let options = Options { data: run.data, api: run.listen, delivery: run.delivery, metrics: run.metrics };
    process::run(options, shutdown::on_signal()?, welcome).await?;
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
    println!("  API       http://{}  (described at /openapi.json)", options.api);
    println!("  delivery  http://{}", options.delivery);
    if let Some(metrics) = options.metrics {
        println!("  metrics   http://{metrics}/metrics");
    }
    println!("  token     {}  (for scripts)", token_file.display());
    if let Some(path) = link {
        println!("  sign in   http://{}{path}", options.api);
        println!("            once, within ten minutes; copydesk login prints another");
    }
    println!("\nNext: copydesk import --project demo --format ftl DIR, then copydesk publish --project demo");
}
