//! The API as an editor's tool uses it.

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

#[derive(Clone)]
pub(super) struct Client {
    pub(super) http: reqwest::Client,
    pub(super) api: String,
    pub(super) delivery: String,
    pub(super) token: String,
}

impl Client {
    fn url(&self, path: &str) -> String {
        format!("{}/v1/projects/bench{path}", self.api)
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(self.url(path)).bearer_auth(&self.token).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Looks for words in every locale.
    pub(super) async fn find(&self, wanted: &str) -> anyhow::Result<Value> {
        let mut url: reqwest::Url = self.url("/search").parse()?;
        url.query_pairs_mut().append_pair("q", wanted);
        let request = self.http.get(url).bearer_auth(&self.token);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// Saves over a version; the new version.
    pub(super) async fn save(&self, path: &str, version: u64, value: &str) -> anyhow::Result<u64> {
        let request = self.http.put(self.url(path)).bearer_auth(&self.token).json(&json!({ "value": value }));
        let request = if version == 0 {
            request.header("if-none-match", "*")
        } else {
            request.header("if-match", format!("\"{version}\""))
        };
        let saved: Value = request.send().await?.error_for_status()?.json().await?;
        saved["version"].as_u64().context("a version")
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        self.http.put(self.url(path)).bearer_auth(&self.token).json(body).send().await?.error_for_status()?;
        Ok(())
    }

    pub(super) async fn patch(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self.http.patch(self.url(path)).bearer_auth(&self.token).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// Posts somewhere below `/v1`, and reads the answer.
    async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self.http.post(format!("{}/v1{path}", self.api)).bearer_auth(&self.token).json(&body);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// An editor who signed in by a link.
    pub(super) async fn member(&self, email: &str) -> anyhow::Result<Self> {
        self.post("/projects/bench/invitations", json!({ "email": email, "role": "editor" })).await?;
        let link = self.post("/sign-in-links", json!({ "email": email })).await?;
        let tokens = self.post("/sessions", json!({ "code": link["code"] })).await?;
        self.with(&tokens["access_token"])
    }

    /// A script with an API token.
    pub(super) async fn api_token(&self) -> anyhow::Result<Self> {
        let token = self.post("/projects/bench/tokens", json!({ "name": "bench", "role": "editor" })).await?;
        self.with(&token["secret"])
    }

    fn with(&self, token: &Value) -> anyhow::Result<Self> {
        Ok(Self { token: token.as_str().context("a token")?.to_owned(), ..self.clone() })
    }

    /// The entity tag of the live manifest; empty before anything is live.
    async fn live_tag(&self) -> anyhow::Result<String> {
        let answer = self.http.head(format!("{}/bench/live.json", self.delivery)).send().await?;
        let tag = answer.headers().get("etag").and_then(|tag| tag.to_str().ok());
        Ok(tag.unwrap_or_default().to_owned())
    }

    /// Publishes; returns once the new manifest can be read.
    pub(super) async fn publish_until_live(&self) -> anyhow::Result<std::time::Duration> {
        let before = self.live_tag().await?;
        let began = std::time::Instant::now();
        let asked = self.http.post(self.url("/releases")).bearer_auth(&self.token).json(&json!({})).send().await?;
        asked.error_for_status()?;
        while self.live_tag().await? == before {
            if began.elapsed().as_secs() > 60 {
                bail!("nothing became live within a minute");
            }
            tokio::time::sleep(std::time::Duration::from_micros(500)).await;
        }
        Ok(began.elapsed())
    }

    /// Waits until nothing is left to do: the aliases have followed.
    pub(super) async fn settle(&self, page: &str, locale: &str, key: &str, value: &str) -> anyhow::Result<()> {
        for _ in 0..60_000 {
            let answer = self.http.get(format!("{}/bench/{locale}/{page}.json", self.delivery)).send().await?;
            if answer.status().is_success() && answer.json::<Value>().await?[key] == value {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        bail!("the aliases did not follow")
    }
}
