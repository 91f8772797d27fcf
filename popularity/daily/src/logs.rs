//! The bucket of logs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::BufRead;

use anyhow::{Context as _, ensure};
use aws_config::{BehaviorVersion, Region};
use aws_sdk_s3::Client;
use copydesk_popularity::{AllBeacons, View, read, unpacked};
use copydesk_schema::{PageId, ProjectId};

/// No log is larger, packed, in bytes: one is held whole.
const LARGEST: i64 = 64 * 1024 * 1024;
/// The most different views of one log that are told apart: whoever makes up names does not fill the memory.
const DIFFERENT: usize = 500_000;

/// How often each view was seen.
pub(crate) type Seen = HashMap<(ProjectId, View<PageId>), u64>;

/// A bucket of logs.
pub(crate) struct Logs {
    client: Client,
    bucket: String,
}

/// One of them.
pub(crate) struct Log {
    pub(crate) key: String,
    size: i64,
    /// When it was written, in seconds since 1970.
    at: i64,
}

/// Connects with the credentials that the AWS SDK finds in its usual places.
pub(crate) async fn connect(endpoint: Option<String>, region: String) -> Client {
    let shared = aws_config::defaults(BehaviorVersion::latest()).region(Region::new(region)).load().await;
    let mut config = aws_sdk_s3::config::Builder::from(&shared).force_path_style(endpoint.is_some());
    config.set_endpoint_url(endpoint);
    Client::from_conf(config.build())
}

impl Logs {
    pub(crate) fn new(client: Client, bucket: String) -> Self {
        Self { client, bucket }
    }

    /// All that there are.
    pub(crate) async fn newest_first(&self) -> anyhow::Result<Vec<Log>> {
        let mut pages = self.client.list_objects_v2().bucket(&self.bucket).into_paginator().send();
        let mut logs = Vec::new();
        while let Some(page) = pages.next().await {
            logs.extend(page?.contents.unwrap_or_default().into_iter().filter_map(|object| {
                let at = object.last_modified.map_or(0, |at| at.secs());
                Some(Log { key: object.key?, size: object.size.unwrap_or(0), at })
            }));
        }
        logs.sort_by_key(|log: &Log| Reverse(log.at));
        Ok(logs)
    }

    /// The views in one.
    pub(crate) async fn seen(&self, log: &Log) -> anyhow::Result<Seen> {
        ensure!(log.size <= LARGEST, "it has {} bytes", log.size);
        let object = self.client.get_object().bucket(&self.bucket).key(&log.key).send().await?;
        let body = object.body.collect().await.context("it ends too soon")?.into_bytes();
        count(unpacked(&body[..])?)
    }
}

fn count(log: impl BufRead) -> anyhow::Result<Seen> {
    let mut seen = Seen::new();
    read(log, &AllBeacons, |view| {
        if seen.len() < DIFFERENT || seen.contains_key(&view) {
            *seen.entry(view).or_default() += 1;
        }
    })?;
    Ok(seen)
}
