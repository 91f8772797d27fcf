//! What a new version does before anybody is moved to it: it saves a text, has it published and fetches it as sites do,
//! in a project of its own.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use copydesk_process::http::Peer;
use copydesk_schema::release::{Request, RequestState};
use copydesk_schema::{Locale, PageId, ProjectId, ReleaseNumber};
use http::header::{AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderName, Method, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::router;
use crate::state::App;

const PROJECT: &str = ProjectId::TRIAL;
const LOCALE: &str = "en";
const PAGE: &str = "trial";
const KEY: &str = "said";
/// How long it may take: functions have to answer within 29 seconds.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long is waited before it is looked again.
const PAUSE: Duration = Duration::from_millis(200);
/// No answer of a trial is larger, in bytes.
const LARGEST: usize = 1024 * 1024;

/// Tries the server that it is part of.
#[derive(Clone)]
pub struct Trial {
    app: App,
    router: Router,
    owner: String,
}

impl Trial {
    pub(crate) fn new(app: App, owner: String) -> Self {
        Self { router: router(app.clone()), app, owner }
    }

    /// Goes the whole way once. The release that it ended in.
    pub async fn run(&self) -> anyhow::Result<ReleaseNumber> {
        let gone = tokio::time::timeout(PATIENCE, self.go()).await;
        gone.context("it was not published and delivered in time")?
    }

    async fn go(&self) -> anyhow::Result<ReleaseNumber> {
        self.prepare().await.context("no project could be made")?;
        let text = format!("{} at {}", env!("CARGO_PKG_VERSION"), self.app.clock.now().0);
        self.save(&text).await.context("nothing could be saved")?;
        let release = self.publish().await.context("nothing could be published")?;
        let delivered = self.delivered(release).await.context("what was published cannot be fetched")?;
        ensure!(delivered == text, "{delivered} is delivered, and not {text}");
        Ok(release)
    }

    /// Makes what the text belongs to; most often it is there.
    async fn prepare(&self) -> anyhow::Result<()> {
        let project = format!("/v1/projects/{PROJECT}");
        if self.ask(Method::GET, &project, &[], Value::Null).await?.0 == StatusCode::NOT_FOUND {
            let new = json!({ "project": PROJECT, "name": "Trials of new versions", "source": LOCALE });
            self.must(Method::POST, "/v1/projects", &[], new).await?;
        }
        let page = format!("{project}/pages/{PAGE}");
        self.must(Method::PUT, &page, &[], json!({})).await?;
        self.must(Method::PUT, &format!("{page}/entries/{KEY}"), &[], json!({})).await.map(drop)
    }

    async fn save(&self, text: &str) -> anyhow::Result<()> {
        let path = format!("/v1/projects/{PROJECT}/drafts/{LOCALE}/{PAGE}/{KEY}");
        let condition = match self.ask(Method::GET, &path, &[], Value::Null).await? {
            (StatusCode::OK, draft) => (IF_MATCH, format!("\"{}\"", draft["version"])),
            _ => (IF_NONE_MATCH, "*".to_owned()),
        };
        self.must(Method::PUT, &path, &[condition], json!({ "value": text })).await?;
        let saved = self.must(Method::GET, &path, &[], Value::Null).await?;
        ensure!(saved["value"] == text, "{} is saved, and not {text}", saved["value"]);
        Ok(())
    }

    /// Asks for a release of everything and waits until it is live.
    async fn publish(&self) -> anyhow::Result<ReleaseNumber> {
        let path = format!("/v1/projects/{PROJECT}/releases");
        let asked = self.must(Method::POST, &path, &[], json!({ "note": "A new version is tried" })).await?;
        let mut request: Request = serde_json::from_value(asked)?;
        while !request.state.is_final() {
            tokio::time::sleep(PAUSE).await;
            let path = format!("{path}/requests/{}", request.request);
            request = serde_json::from_value(self.must(Method::GET, &path, &[], Value::Null).await?)?;
        }
        match (request.state, request.release) {
            (RequestState::Done, Some(release)) => Ok(release),
            _ => bail!("the publisher failed: {}", json!(request)),
        }
    }

    /// The text as sites get it. Its file never changes, so no cache has another; `live.json` may be ten seconds old.
    async fn delivered(&self, release: ReleaseNumber) -> anyhow::Result<Value> {
        let (project, locale, page): (ProjectId, Locale, PageId) = (PROJECT.parse()?, LOCALE.parse()?, PAGE.parse()?);
        let files = self.app.delivered.release(&project, release).await?;
        let number = files.file(&locale, &page).context("the release has no such page")?.number;
        let file = self.app.delivered.page(&project, &locale, &page, number).await?;
        let message =
            file.each(&locale).find(|(_, key, _)| key.as_str() == KEY).context("the page has no such text")?;
        Ok(serde_json::to_value(message.2)?)
    }

    /// Asks, and does without an answer that is none.
    async fn must(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, String)],
        body: Value,
    ) -> anyhow::Result<Value> {
        let (status, answer) = self.ask(method, path, headers, body).await?;
        ensure!(status.is_success(), "{path}: {status}: {answer}");
        Ok(answer)
    }

    /// Asks as the owner, by the way that everybody's requests take from here on.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, String)],
        body: Value,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let mut request = http::Request::builder()
            .method(method)
            .uri(path)
            .header(AUTHORIZATION, format!("Bearer {}", self.owner))
            .header(CONTENT_TYPE, "application/json")
            .extension(Peer(SocketAddr::from(([127, 0, 0, 1], 0))));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let answer = self.router.clone().oneshot(request.body(body)?).await?;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), LARGEST).await?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }
}
