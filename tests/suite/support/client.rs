//! The API as a client sees it, and what a site sees.

use std::time::Duration;

use copydesk_schema::delivered::{LiveManifest, PageFile};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::soon;

#[derive(Clone)]
pub struct Client {
    pub http: reqwest::Client,
    pub api: String,
    pub delivery: String,
    pub token: String,
}

/// A client that lets go of idle connections before the server does.
pub fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder().timeout(Duration::from_secs(30));
    builder.pool_idle_timeout(Duration::from_millis(100)).build().unwrap()
}

/// An answer with what tests look at.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    #[track_caller]
    pub fn problem(self, status: u16, kind: &str) -> Value {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.body);
        assert_eq!(
            (self.status.as_u16(), self.body["type"].as_str()),
            (status, Some(&*format!("urn:copydesk:problem:{kind}"))),
            "{}",
            self.body
        );
        assert_eq!(self.body["status"], status);
        assert!(self.headers.contains_key("x-request-id"));
        self.body
    }
}

impl Client {
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let mut request = self.http.request(method, format!("{}/v1{path}", self.api)).bearer_auth(&self.token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.answer(request).await
    }

    pub async fn answer(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap();
        let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
        let body =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or_else(|_| text()) };
        Answer { status, headers, body }
    }

    /// The same service, asked with another credential.
    pub fn with(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// Signs somebody in by a link; whoever asks here is the owner.
    pub async fn person(&self, email: &str) -> Self {
        let link = self.post("/sign-in-links", json!({ "email": email, "name": email })).await.expect(201);
        let tokens = self.with("").post("/sessions", json!({ "code": link.body["code"] })).await.expect(201);
        self.with(tokens.body["access_token"].as_str().unwrap())
    }

    /// Makes somebody a member, by invitation.
    pub async fn member(&self, project: &str, email: &str, grant: Value) -> Self {
        let mut body = grant;
        body["email"] = json!(email);
        self.post(&format!("/projects/{project}/invitations"), body).await.expect(201);
        let person = self.person(email).await;
        person.get(&format!("/projects/{project}")).await.expect(200);
        person
    }

    /// Makes an API token.
    pub async fn api_token(&self, project: &str, grant: Value) -> (Self, String) {
        let mut body = grant;
        body["name"] = json!("a script");
        let made = self.post(&format!("/projects/{project}/tokens"), body).await.expect(201).body;
        (self.with(made["secret"].as_str().unwrap()), made["token"].as_str().unwrap().to_owned())
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], None).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, &[], Some(body)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], None).await
    }

    /// A project with locales, pages and entries; `en` is the source.
    pub async fn project(&self, project: &str, locales: &[&str], pages: &[(&str, &[&str])]) {
        self.post("/projects", json!({ "project": project, "name": project, "source": "en" })).await.expect(201);
        for locale in locales.iter().filter(|locale| **locale != "en") {
            self.put(&format!("/projects/{project}/locales/{locale}"), json!({})).await.expect(200);
        }
        for (page, keys) in pages {
            self.put(&format!("/projects/{project}/pages/{page}"), json!({})).await.expect(200);
            for key in *keys {
                self.put(&format!("/projects/{project}/pages/{page}/entries/{key}"), json!({})).await.expect(200);
            }
        }
    }

    /// Saves a value, whatever is there; its version.
    pub async fn save(&self, path: &str, value: &str) -> u64 {
        loop {
            let there = self.get(path).await;
            let version = format!("\"{}\"", there.body["version"]);
            let condition = if there.status == 200 { ("if-match", version.as_str()) } else { ("if-none-match", "*") };
            let saved = self.send(Method::PUT, path, &[condition], Some(json!({ "value": value }))).await;
            if saved.status != 412 {
                assert!(saved.status.is_success(), "{}", saved.body);
                return saved.body["version"].as_u64().unwrap();
            }
        }
    }

    /// Saves all of `keys` with one value in every locale.
    pub async fn save_all(&self, project: &str, locales: &[&str], pages: &[(&str, &[&str])], value: &str) {
        for locale in locales {
            for (page, keys) in pages {
                for key in *keys {
                    self.save(&format!("/projects/{project}/drafts/{locale}/{page}/{key}"), value).await;
                }
            }
        }
    }

    /// Asks for a release; the request's number.
    pub async fn ask(&self, project: &str, order: Value) -> u64 {
        let asked = self.post(&format!("/projects/{project}/releases"), order).await.expect(202);
        asked.body["request"].as_u64().unwrap()
    }

    /// Waits until a request has ended.
    pub async fn ended(&self, project: &str, request: u64) -> Value {
        let path = format!("/projects/{project}/releases/requests/{request}");
        soon("the request's end", || async {
            let answer = self.send(Method::GET, &path, &[("prefer", "wait=1")], None).await;
            let state = answer.body["state"].as_str().map(str::to_owned);
            matches!(state.as_deref(), Some("done" | "failed" | "cancelled")).then_some(answer.body)
        })
        .await
    }

    /// Publishes and waits; the release's number.
    pub async fn publish(&self, project: &str, order: Value) -> u64 {
        let request = self.ask(project, order).await;
        let ended = self.ended(project, request).await;
        assert_eq!(ended["state"], "done", "{ended}");
        ended["release"].as_u64().unwrap()
    }

    /// Makes a release live again and waits; the request as it ended.
    pub async fn activate(&self, project: &str, release: u64) -> Value {
        let asked = self.post(&format!("/projects/{project}/releases/{release}/activate"), json!({})).await.expect(202);
        self.ended(project, asked.body["request"].as_u64().unwrap()).await
    }

    /// A delivered file as a site sees it; `None` when it is not there.
    pub async fn fetch(&self, path: &str) -> Option<Value> {
        let response = self.http.get(format!("{}/{path}", self.delivery)).send().await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        serde_json::from_slice(&response.bytes().await.ok()?).ok()
    }

    /// What is live as the site script is told; `None` when there is no site script.
    pub async fn site(&self, project: &str) -> Option<LiveManifest> {
        let text = self.text(&format!("{project}/site.js")).await?;
        let called_with = text.rsplit_once("\n(").and_then(|(_, rest)| rest.strip_suffix(")\n"));
        let arguments = format!("[{}]", called_with.expect("a call with the manifest"));
        let (live, _, _): (LiveManifest, Option<String>, u32) = serde_json::from_str(&arguments).unwrap();
        Some(live)
    }

    /// A delivered file as text; `None` when it is not there.
    pub async fn text(&self, path: &str) -> Option<String> {
        let response = self.http.get(format!("{}/{path}", self.delivery)).send().await.ok()?;
        if response.status().is_success() { response.text().await.ok() } else { None }
    }

    /// A page file's copy by key: the message, or `{ value, locale }` for one that fell back.
    pub async fn page(&self, path: &str) -> Option<Value> {
        let response = self.http.get(format!("{}/{path}", self.delivery)).send().await.ok()?;
        let body = if response.status().is_success() { response.bytes().await.ok()? } else { return None };
        let (file, refused) = PageFile::read(&body).unwrap();
        assert!(refused.is_empty(), "{path}: {refused:?}");
        let own = file.copy.iter().map(|(key, message)| (key.to_string(), json!(message)));
        let others = file.fallbacks.iter().flat_map(|(locale, copy)| {
            copy.iter().map(move |(key, message)| (key.to_string(), json!({ "value": message, "locale": locale })))
        });
        Some(own.chain(others).collect())
    }

    pub async fn live(&self, project: &str) -> Option<LiveManifest> {
        let live = self.fetch(&format!("{project}/live.json")).await?;
        Some(serde_json::from_value(live).unwrap())
    }
}
