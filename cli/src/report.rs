//! What people see: bars on a terminal, plain lines otherwise, JSON when asked for.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// How a job proceeds.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar of `total` steps where somebody watches; nothing otherwise.
    pub(crate) fn new(what: &'static str, total: usize, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let style = ProgressStyle::with_template("{msg:9} {wide_bar} {pos}/{len}");
        let bar = ProgressBar::new(total as u64).with_message(what);
        Self(Some(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))))
    }

    pub(crate) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
        }
    }

    pub(crate) fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Prints JSON, or what `plain` says.
pub(crate) fn print(json: bool, value: &impl Serialize, plain: impl FnOnce() -> String) -> anyhow::Result<()> {
    let text = if json { serde_json::to_string_pretty(value)? } else { plain() };
    println!("{text}");
    Ok(())
}

/// Prints what went wrong, with its reasons.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("copydesk: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because {cause}");
    }
}
