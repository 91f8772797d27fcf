//! Structured logs: readable on a terminal, JSON lines elsewhere.

use std::io::IsTerminal as _;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt, registry};

/// Starts logging to standard error. `COPYDESK_LOG` filters (`info` when unset), in the syntax of
/// tracing's `EnvFilter`.
pub fn start(default: &str) {
    let filter = EnvFilter::try_from_env("COPYDESK_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let filter = filter.and(filter_fn(tells_no_secrets));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() {
        registry().with(lines.with_target(false).compact().with_filter(filter)).try_init()
    } else {
        registry().with(lines.json().flatten_event(true).with_filter(filter)).try_init()
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}

/// The AWS SDKs trace whole bodies, and some items of the table are secrets.
fn tells_no_secrets(metadata: &Metadata<'_>) -> bool {
    *metadata.level() != Level::TRACE || !metadata.target().starts_with("aws_")
}
