//! The API, as the commands use it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use copydesk_schema::ProjectId;
use reqwest::{Method, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::args::Target;

/// The API.
#[derive(Clone)]
pub(crate) struct Service {
    client: reqwest::Client,
    base: String,
    token: String,
}

/// One project behind the API.
#[derive(Clone)]
pub(crate) struct Api {
    service: Service,
    pub(crate) project: ProjectId,
}

impl std::ops::Deref for Api {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

/// How often a request is sent again that came too soon after others.
const PATIENCE: usize = 30;

/// What the API says when it does not do what was asked.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Problem {
    pub(crate) title: String,
    pub(crate) detail: String,
    /// Where somebody else saved first: what is there now.
    current: Option<Current>,
    /// And what was to be saved.
    yours: Option<String>,
}

#[derive(Debug, serde::Deserialize)]
struct Current {
    value: Option<String>,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.title, self.detail)?;
        if let (Some(Current { value: Some(current) }), Some(yours)) = (&self.current, &self.yours) {
            write!(f, "; it is now {current:?}, the file has {yours:?}")?;
        }
        Ok(())
    }
}

impl Api {
    /// Speaks for `target`.
    pub(crate) fn new(target: &Target, data: &Path) -> anyhow::Result<Self> {
        Ok(Self { service: Service::new(&target.service, data)?, project: target.project.clone() })
    }

    /// A path below the project.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/projects/{}{rest}", self.project)
    }
}

impl Service {
    /// Speaks to a service; the token comes from the data folder unless it was given.
    pub(crate) fn new(service: &crate::args::Service, data: &Path) -> anyhow::Result<Self> {
        let token = service.token.clone().map_or_else(|| read_token(data), Ok)?;
        let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build()?;
        let base = format!("{}/v1", service.url.trim_end_matches('/'));
        Ok(Self { client, base, token: token.trim().to_owned() })
    }

    /// A path at the service's own address, such as a page.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.base.trim_end_matches("/v1"))
    }

    /// Removes something.
    pub(crate) async fn delete(&self, path: &str) -> anyhow::Result<()> {
        let (status, body) = self.send(Method::DELETE, path, None).await?;
        success(status, &body, path).map(drop)
    }

    /// Reads something; `None` when it is not there.
    pub(crate) async fn find<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Option<T>> {
        let (status, body) = self.send(Method::GET, path, None).await?;
        if status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        Ok(Some(serde_json::from_slice(&success(status, &body, path)?)?))
    }

    /// Reads something that must be there.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let (status, body) = self.send(Method::GET, path, None).await?;
        Ok(serde_json::from_slice(&success(status, &body, path)?)?)
    }

    /// Reads a list to its end.
    pub(crate) async fn list<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Vec<T>> {
        self.list_where(path, "").await
    }

    /// Reads the part of a list that `query` describes, to its end.
    pub(crate) async fn list_where<T: DeserializeOwned>(&self, path: &str, query: &str) -> anyhow::Result<Vec<T>> {
        #[derive(serde::Deserialize)]
        struct Page<T> {
            items: Vec<T>,
            next: Option<String>,
        }
        let mut all = Vec::new();
        let mut cursor = None;
        loop {
            let cursor_part = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            let page: Page<T> = self.get(&format!("{path}?{query}&limit=1000{cursor_part}")).await?;
            all.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// Writes something and reads the answer.
    pub(crate) async fn write<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> anyhow::Result<T> {
        let (status, answer) = self.send(method, path, Some(body)).await?;
        Ok(serde_json::from_slice(&success(status, &answer, path)?)?)
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<(StatusCode, Vec<u8>)> {
        for _ in 0..PATIENCE {
            let response = self.send_once(method.clone(), path, body).await?;
            if response.status() != StatusCode::TOO_MANY_REQUESTS {
                return Ok((response.status(), response.bytes().await?.to_vec()));
            }
            let wait = response.headers().get("retry-after").and_then(|wait| wait.to_str().ok()?.parse().ok());
            tokio::time::sleep(Duration::from_secs(wait.unwrap_or(1))).await;
        }
        Err(anyhow!("the API has too much to do; try again later"))
    }

    async fn send_once(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Response> {
        let request = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        request.send().await.with_context(|| {
            format!("the API at {} does not answer: is `copydesk` running? (COPYDESK_URL names another)", self.base)
        })
    }
}

/// The token of a local process, from its data folder.
fn read_token(data: &Path) -> anyhow::Result<String> {
    let file = copydesk_local::data::token_file(data);
    std::fs::read_to_string(&file).with_context(|| {
        let file = file.display();
        format!("no token: set COPYDESK_TOKEN, or name the data folder with --data ({file} is not there)")
    })
}

fn success(status: StatusCode, body: &[u8], path: &str) -> anyhow::Result<Vec<u8>> {
    if status.is_success() {
        return Ok(body.to_vec());
    }
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => Err(anyhow!("{problem}")),
        Err(_) => Err(anyhow!("{path} was answered with {status}")),
    }
}
