//! Shows what is live and what is saved but not live.

use std::collections::BTreeMap;
use std::process::ExitCode;

use copydesk_schema::ReleaseNumber;
use copydesk_schema::release::Request;
use serde::{Deserialize, Serialize};

use crate::api::Api;
use crate::args::Status;
use crate::report;

#[derive(Deserialize, Serialize)]
struct Changes {
    live: Option<ReleaseNumber>,
    seq: u64,
    counts: Counts,
}

#[derive(Deserialize, Serialize)]
struct Counts {
    total: usize,
    locales: BTreeMap<String, usize>,
    pages: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
struct Requests {
    items: Vec<Request>,
}

#[derive(Serialize)]
struct Summary {
    project: String,
    #[serde(flatten)]
    changes: Changes,
    waiting: Vec<Request>,
}

pub(super) async fn run(api: Api, args: Status) -> anyhow::Result<ExitCode> {
    let changes: Changes = api.get(&api.path("/changes?limit=1")).await?;
    let requests: Requests = api.get(&api.path("/releases/requests?limit=100")).await?;
    let waiting = requests.items.into_iter().filter(|request| !request.state.is_final()).collect();
    let summary = Summary { project: api.project.to_string(), changes, waiting };
    report::print(args.target.service.json, &summary, || plain(&summary))?;
    Ok(ExitCode::SUCCESS)
}

fn plain(summary: &Summary) -> String {
    let live = match summary.changes.live {
        Some(release) => format!("release {release} is live"),
        None => "nothing is live".to_owned(),
    };
    let counts = &summary.changes.counts;
    let mut lines = vec![format!("{}: {live}; {} changes are saved and not live", summary.project, counts.total)];
    lines.extend(counts.locales.iter().map(|(locale, count)| format!("  {locale:10} {count}")));
    for request in &summary.waiting {
        lines.push(format!("request {} is not finished; it is due at {}", request.request, request.due));
    }
    lines.join("\n")
}
