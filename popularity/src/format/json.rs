//! JSON lines with the field names of CloudFront's standard logging (v2). Its values are texts, numbers too,
//! and `-` where there is nothing. Source: "Standard logging reference" of the CloudFront developer guide.

use std::borrow::Cow;

use serde::Deserialize;

use super::{Request, said};

/// Fields without a place here are passed over by the reader of JSON, unread.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(rename = "cs-uri-stem", borrow)]
    path: Cow<'l, str>,
    #[serde(rename = "cs-uri-query", borrow, default)]
    query: Cow<'l, str>,
    #[serde(rename = "sc-status", borrow)]
    status: Status<'l>,
    #[serde(rename = "cs-method", borrow, default)]
    method: Cow<'l, str>,
    #[serde(rename = "cs(Referer)", borrow, default)]
    referer: Cow<'l, str>,
    #[serde(rename = "cs(User-Agent)", borrow, default)]
    agent: Cow<'l, str>,
}

/// Text from CloudFront, a number from those who convert its logs.
#[derive(Deserialize)]
#[serde(untagged)]
enum Status<'l> {
    Number(u16),
    Text(#[serde(borrow)] Cow<'l, str>),
}

pub(super) fn request(line: &str) -> Option<Request<'_>> {
    let line: Line<'_> = serde_json::from_str(line).ok()?;
    Some(Request {
        method: said(line.method),
        path: line.path,
        query: said(line.query).unwrap_or_default(),
        status: match line.status {
            Status::Number(status) => status,
            Status::Text(status) => status.parse().ok()?,
        },
        referer: said(line.referer),
        agent: Some(line.agent).filter(|agent| !agent.is_empty()),
    })
}
