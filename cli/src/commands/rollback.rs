//! Makes an earlier release live again.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use copydesk_schema::ReleaseNumber;
use copydesk_schema::release::{Release, ReleaseState, Request};
use reqwest::Method;
use serde_json::json;

use super::publish::{conclude, follow};
use crate::api::Api;
use crate::args::Rollback;

pub(super) async fn run(api: Api, args: Rollback) -> anyhow::Result<ExitCode> {
    let to = match args.release() {
        Some(release) => release,
        None => before_live(&api).await?,
    };
    let request: Request = api.write(Method::POST, &api.path(&format!("/releases/{to}/activate")), &json!({})).await?;
    let request = follow(&api, request, args.target.service.json).await?;
    conclude(&api, &request, args.target.service.json).await
}

/// The release that was live when the live one was built: what visitors saw before it.
async fn before_live(api: &Api) -> anyhow::Result<ReleaseNumber> {
    let releases: Vec<Release> = api.list(&api.path("/releases")).await?;
    let live = releases.iter().find(|release| release.state == ReleaseState::Live).context("nothing is live")?;
    let earlier = releases.iter().find(|release| release.release == live.base);
    match earlier.filter(|release| release.state == ReleaseState::Superseded) {
        Some(earlier) => Ok(earlier.release),
        None => bail!("nothing that is still kept was live before release {}; name one with --to", live.release),
    }
}
