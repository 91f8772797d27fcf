//! Prints a link that signs somebody in.

use std::process::ExitCode;

use copydesk_schema::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::Service;
use crate::args::Login;
use crate::report;

#[derive(Deserialize)]
struct Link {
    path: String,
    expires: Timestamp,
}

#[derive(Serialize)]
struct Summary {
    link: String,
    expires: Timestamp,
}

pub(super) async fn run(service: &Service, args: Login) -> anyhow::Result<ExitCode> {
    let body = json!({ "email": args.email, "name": args.name });
    let link: Link = service.write(Method::POST, "/sign-in-links", &body).await?;
    let summary = Summary { link: service.page(&link.path), expires: link.expires };
    report::print(args.service.json, &summary, || format!("{}\ngood once, until {}", summary.link, summary.expires))?;
    Ok(ExitCode::SUCCESS)
}
