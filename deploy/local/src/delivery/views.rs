//! The log of views that the site script reports: one line each, in the fields of CloudFront's standard logs, for
//! `copydesk popularity` to read. Of the visitor it says nothing: no address, no agent, no time.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;

/// The log is put aside when it is as long, and the one before is removed: what is counted is recent.
const BYTES: u64 = 8 * 1024 * 1024;

/// The longest query that is written down, in bytes.
const QUERY_BYTES: usize = 2048;

/// What object names end in whose requests are counted.
const COUNTED: &str = "/seen.json";

/// Where views are written down.
#[derive(Debug)]
pub struct ViewLog {
    path: PathBuf,
    file: Mutex<Option<File>>,
}

#[derive(Serialize)]
struct Line<'l> {
    #[serde(rename = "cs-method")]
    method: &'static str,
    #[serde(rename = "cs-uri-stem")]
    path: &'l str,
    #[serde(rename = "cs-uri-query")]
    query: &'l str,
    #[serde(rename = "sc-status")]
    status: &'static str,
}

impl ViewLog {
    /// A log in this file, which is made with the first view.
    pub fn new(path: PathBuf) -> Self {
        Self { path, file: Mutex::new(None) }
    }

    /// Writes a view down, if the request is one that was answered.
    pub(super) fn note(&self, path: &str, query: Option<&str>) {
        let query = query.unwrap_or_default();
        if !path.ends_with(COUNTED) || query.len() > QUERY_BYTES {
            return;
        }
        if let Err(error) = self.write(&Line { method: "GET", path, query, status: "200" }) {
            tracing::warn!(%error, path = %self.path.display(), "a view is not counted");
        }
    }

    fn write(&self, line: &Line<'_>) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(line)?;
        line.push(b'\n');
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if file.as_ref().is_none_or(|file| file.metadata().is_ok_and(|about| about.len() > BYTES)) {
            *file = Some(self.open()?);
        }
        // One call a line: another process that delivers may write to the same file.
        file.as_mut().map_or(Ok(()), |file| file.write_all(&line))
    }

    fn open(&self) -> std::io::Result<File> {
        if fs::metadata(&self.path).is_ok_and(|about| about.len() > BYTES) {
            fs::rename(&self.path, before(&self.path))?;
        }
        OpenOptions::new().create(true).append(true).open(&self.path)
    }
}

/// Where a log is put aside.
pub fn before(path: &Path) -> PathBuf {
    path.with_extension("1.log")
}
