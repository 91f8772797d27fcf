//! Shows what is live and what is saved but not live.

use std::collections::BTreeMap;
use std::fmt;
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

#[derive(Deserialize, Serialize)]
struct Usage {
    pages: Measure,
    entries: Measure,
    month: InMonth,
    before: InMonth,
}

#[derive(Deserialize, Serialize)]
struct InMonth {
    month: String,
    saves: Measure,
    bytes: Measure,
    releases: Measure,
}

#[derive(Deserialize, Serialize)]
struct Measure {
    used: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<u64>,
}

#[derive(Serialize)]
struct Summary {
    project: String,
    #[serde(flatten)]
    changes: Changes,
    waiting: Vec<Request>,
    /// Absent where the server is of a version that does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Usage>,
}

pub(super) async fn run(api: Api, args: Status) -> anyhow::Result<ExitCode> {
    let changes: Changes = api.get(&api.path("/changes?limit=1")).await?;
    let requests: Requests = api.get(&api.path("/releases/requests?limit=100")).await?;
    let waiting = requests.items.into_iter().filter(|request| !request.state.is_final()).collect();
    let usage = api.find(&api.path("/usage")).await?;
    let summary = Summary { project: api.project.to_string(), changes, waiting, usage };
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
    if let Some(Usage { pages, entries, month: InMonth { month, saves, bytes, releases }, .. }) = &summary.usage {
        lines.push(format!(
        "it has {pages} pages with {entries} entries; in {month}: {saves} saves of {bytes} bytes, {releases} releases"
    ));
    }
    lines.join("\n")
}

/// As in `6 of 10`.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.used)?;
        self.quota.map_or(Ok(()), |quota| write!(f, " of {quota}"))
    }
}
