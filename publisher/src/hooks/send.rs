//! Sends a message once. Whether and when to try again is decided elsewhere.

mod reason;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect, retry};
use tokio::time::{Instant, timeout_at};

use super::guard::{GuardedResolver, Lookup, Reach, SystemLookup, check_url};
use super::sign::{self, Secret};
use crate::VERSION;

/// So much of an answer is read, and thrown away: most receivers are spared a connection that breaks off.
const ANSWER: usize = 16 * 1024;

/// How long an attempt may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Until there is a connection: the look-up and the handshake are part of it.
    pub connect: Duration,
    /// The whole attempt.
    pub whole: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(10) }
    }
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The receiver has it: 2xx.
    Accepted(u16),
    /// The receiver wants nothing more, ever: 410.
    Gone,
    /// The receiver answered something else.
    Refused {
        /// What it answered.
        status: u16,
    },
    /// There was no answer that counts.
    Failed {
        /// Why, for an admin to read.
        reason: String,
    },
}

/// Sends webhooks. Built once; clones share it.
#[derive(Clone)]
pub struct Sender {
    client: Client,
    reach: Reach,
    timing: Timing,
}

impl Sender {
    /// A sender that asks the operating system what names lead to.
    pub fn new(reach: Reach, timing: Timing) -> anyhow::Result<Self> {
        Self::with_lookup(reach, timing, Arc::new(SystemLookup))
    }

    /// A sender with other knowledge of names.
    pub fn with_lookup(reach: Reach, timing: Timing, lookup: Arc<dyn Lookup>) -> anyhow::Result<Self> {
        let client = Client::builder()
            .dns_resolver(GuardedResolver::new(reach, lookup))
            // A proxy would do the resolving, unguarded.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            // A connection that is kept would outlive what the guard knew when it was made.
            .pool_max_idle_per_host(0)
            .http1_only()
            .https_only(reach == Reach::Public)
            .connect_timeout(timing.connect)
            .user_agent(format!("Copydesk-Webhooks/{VERSION}"))
            .build()?;
        Ok(Self { client, reach, timing })
    }

    /// Sends one message, signed with every secret, at most for as long as an attempt may take.
    pub async fn send(&self, url: &str, id: &str, timestamp: u64, body: &Bytes, secrets: &[Secret]) -> Answer {
        if secrets.is_empty() {
            return failed("there is no secret to sign with");
        }
        // Again: the rules may have become stricter since it was saved.
        let url = match check_url(url, self.reach) {
            Ok(url) => url,
            Err(refused) => return failed(refused.to_string()),
        };
        let mut request = self.client.post(url).body(body.clone());
        request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in sign::headers(id, timestamp, body, secrets) {
            request = request.header(name, value);
        }
        let deadline = Instant::now() + self.timing.whole;
        match timeout_at(deadline, request.send()).await {
            Ok(Ok(response)) => {
                let answer = judge(response.status());
                // The receiver has decided; how it goes on does not change that.
                let _ = timeout_at(deadline, discard(response)).await;
                answer
            }
            Ok(Err(error)) => failed(reason::of(&error)),
            Err(_) => failed(format!("there was no answer within {:?}", self.timing.whole)),
        }
    }
}

fn judge(status: StatusCode) -> Answer {
    match status {
        StatusCode::GONE => Answer::Gone,
        status if status.is_success() => Answer::Accepted(status.as_u16()),
        status if status.is_redirection() => {
            failed(format!("it answered {}; redirects are not followed, so use the final address", status.as_u16()))
        }
        status => Answer::Refused { status: status.as_u16() },
    }
}

async fn discard(mut response: Response) {
    let mut read = 0;
    while read < ANSWER
        && let Ok(Some(chunk)) = response.chunk().await
    {
        read += chunk.len();
    }
}

fn failed(reason: impl Into<String>) -> Answer {
    Answer::Failed { reason: reason.into() }
}

#[cfg(test)]
mod tests;
