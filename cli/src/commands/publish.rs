//! Publishes and waits until it is live.

use std::process::ExitCode;
use std::time::Duration;

use copydesk_schema::release::{Release, ReleaseOrder, Request, RequestState, Scope, Wanted};
use copydesk_schema::{ReleaseNumber, Timestamp};
use reqwest::Method;
use serde_json::to_value;

use crate::api::Api;
use crate::args::Publish;
use crate::report::{self, Progress};

/// How often the release is looked at.
const LOOK: Duration = Duration::from_millis(50);

pub(super) async fn run(api: Api, args: Publish) -> anyhow::Result<ExitCode> {
    let order = ReleaseOrder {
        seq: args.seq(),
        scope: Scope { locales: args.locales.clone(), pages: args.pages.clone() },
        note: args.note.clone(),
        publish_at: args.at,
        force: args.force,
    };
    let request: Request = api.write(Method::POST, &api.path("/releases"), &to_value(&order)?).await?;
    if let Some(at) = args.at.filter(|at| is_later(*at, request.at)) {
        report::print(args.target.service.json, &request, || {
            format!("request {} will be published at {at}", request.request)
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let request = follow(&api, request, args.target.service.json).await?;
    conclude(&api, &request, args.target.service.json).await
}

fn is_later(at: Timestamp, asked: Timestamp) -> bool {
    at > asked
}

/// Watches a request until it has ended.
pub(super) async fn follow(api: &Api, mut request: Request, quiet: bool) -> anyhow::Result<Request> {
    let mut bar: Option<(Progress, u64)> = None;
    while !request.state.is_final() {
        tokio::time::sleep(LOOK).await;
        request = api.get(&api.path(&format!("/releases/requests/{}", request.request))).await?;
        let Some(number) = request.release else { continue };
        let release: Option<Release> = api.find(&api.path(&format!("/releases/{number}"))).await?;
        if let Some(release) = release {
            let total = usize::try_from(release.files_total).unwrap_or(usize::MAX);
            let (progress, shown) = bar.get_or_insert_with(|| (Progress::new("files", total, quiet), 0));
            while *shown < release.files_done {
                progress.step();
                *shown += 1;
            }
        }
    }
    if let Some((progress, _)) = bar {
        progress.end();
    }
    Ok(request)
}

/// Says what became of a request.
pub(super) async fn conclude(api: &Api, request: &Request, json: bool) -> anyhow::Result<ExitCode> {
    let release: Option<Release> = match request.release {
        Some(number) if number != ReleaseNumber::NONE => api.find(&api.path(&format!("/releases/{number}"))).await?,
        _ => None,
    };
    let done = request.state == RequestState::Done;
    report::print(json, &serde_json::json!({ "request": request, "release": release }), || match &release {
        Some(release) if done && release.request == request.request => {
            let took = release.finished_at.map_or(0, |at| at.0.saturating_sub(release.started_at.0));
            let live =
                format!("release {} is live: {} files changed, in {took} ms", release.release, release.files_changed);
            match release.left_out {
                0 => live,
                left_out => format!(
                    "{live}\n{left_out} entries have nothing that can be shown; there sites keep their own words \
                     (GET /v1/projects/{}/checks)",
                    api.project
                ),
            }
        }
        Some(release) if done && matches!(request.wanted, Wanted::Publish { .. }) => {
            format!("nothing has changed since release {}, which is live", release.release)
        }
        Some(release) if done => format!("release {} is live", release.release),
        _ => format!("request {} failed: {}", request.request, request.error.as_deref().unwrap_or("it was cancelled")),
    })?;
    Ok(if done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
