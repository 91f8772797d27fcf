//! What sites read, read the same way: over HTTP. Only objects that never change are asked for,
//! so they can be kept.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use copydesk_schema::delivered::{PageFile, ReleaseFile};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::{Locale, PageId, ProjectId, ReleaseNumber};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// Bytes of delivered files that stay in memory.
const KEPT_BYTES: u64 = 8 * 1024 * 1024;

/// Why a delivered file cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}: {1}")]
pub struct DeliveredError(String, String);

#[derive(Clone)]
struct Weight;

impl Weighter<String, Bytes> for Weight {
    fn weight(&self, key: &String, body: &Bytes) -> u64 {
        (key.len() + body.len() + 64) as u64
    }
}

/// Reads delivered files.
#[derive(Clone)]
pub struct Delivered {
    base: Arc<str>,
    client: reqwest::Client,
    kept: Arc<Cache<String, Bytes, Weight>>,
}

impl Delivered {
    /// Reads below `base`, such as `https://cdn.example.com`.
    pub fn new(base: &str) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build()?;
        let kept = Arc::new(Cache::with_weighter(1_000, KEPT_BYTES, Weight));
        Ok(Self { base: base.trim_end_matches('/').into(), client, kept })
    }

    /// Where sites fetch, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of a project's site script: what pages include.
    pub fn script(&self, project: &ProjectId) -> String {
        format!("{}/{}", self.base, ObjectKey::Site(project.clone()))
    }

    /// The files of a release.
    pub async fn release(&self, project: &ProjectId, release: ReleaseNumber) -> Result<ReleaseFile, DeliveredError> {
        let path = ObjectKey::Release(project.clone(), release).to_string();
        let body = self.read(&path).await?;
        serde_json::from_slice(&body).map_err(|error| DeliveredError(path, error.to_string()))
    }

    /// One page file.
    pub async fn page(
        &self,
        project: &ProjectId,
        locale: &Locale,
        page: &PageId,
        number: ReleaseNumber,
    ) -> Result<PageFile, DeliveredError> {
        let path = ObjectKey::Page(project.clone(), locale.clone(), page.clone(), number).to_string();
        let body = self.read(&path).await?;
        // What is not as it was written is left out, as sites leave it out.
        let read = PageFile::read(&body).map_err(|error| DeliveredError(path, error.to_string()))?;
        Ok(read.0)
    }

    async fn read(&self, path: &str) -> Result<Bytes, DeliveredError> {
        if let Some(body) = self.kept.get(path) {
            return Ok(body);
        }
        let failed = |error: reqwest::Error| DeliveredError(path.to_owned(), error.to_string());
        let answer = self.client.get(format!("{}/{path}", self.base)).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status).map_err(failed)?;
        let body = answer.bytes().await.map_err(failed)?;
        self.kept.insert(path.to_owned(), body.clone());
        Ok(body)
    }
}
