//! Signing in and API tokens by the command.

use serde_json::{Value, json};

use super::process::Process;
use crate::support::Client;
use crate::support::TempFolder;

#[tokio::test(flavor = "multi_thread")]
async fn links_and_tokens_come_from_the_command() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let owner = process.client(data.path());
    owner.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    let nobody = owner.with("");

    let printed: Value = serde_json::from_str(&process.succeeds(data.path(), &["login", "--json"])).unwrap();
    let link = printed["link"].as_str().unwrap();
    let code = link.strip_prefix(&format!("{}/sign-in#", process.api())).unwrap();
    let tokens = nobody.post("/sessions", json!({ "code": code })).await.expect(201).body;
    let me = owner.with(tokens["access_token"].as_str().unwrap()).get("/me").await.expect(200).body;
    assert_eq!(me["subject"], "owner");
    // The page itself needs nothing but the code.
    let page = owner.http.get(link).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");

    let token = |rest: &[&str]| {
        let args: Vec<&str> = ["token"].iter().chain(rest).chain(&["--project", "acme", "--json"]).copied().collect();
        serde_json::from_str::<Value>(&process.succeeds(data.path(), &args)).unwrap()
    };
    let made = token(&["create", "--name", "build", "--role", "editor", "--locales", "de"]);
    let script = owner.with(made["secret"].as_str().unwrap());
    script.get("/projects/acme").await.expect(200);
    let listed = token(&["list"]);
    assert_eq!((&listed[0]["token"], &listed[0]["locales"]), (&made["token"], &json!(["de"])));
    assert!(listed[0].get("secret").is_none());
    token(&["revoke", made["token"].as_str().unwrap()]);
    script.get("/projects/acme").await.problem(401, "unauthorized");
    assert_eq!(token(&["list"]), json!([]));
    process.end();
}

/// What must not be told to anybody but whom it was made for.
async fn make_secrets(process: &Process, owner: &Client) -> Vec<String> {
    owner.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    let nobody = owner.with("");
    let text = |answer: &Value, name: &str| answer[name].as_str().unwrap().to_owned();

    let used = text(&owner.post("/sign-in-links", json!({})).await.expect(201).body, "code");
    let session = nobody.post("/sessions", json!({ "code": used })).await.expect(201).body;
    let renewed = json!({ "refresh_token": session["refresh_token"] });
    let renewed = nobody.post("/sessions/refresh", renewed).await.expect(200).body;
    let unused = text(&owner.post("/sign-in-links", json!({})).await.expect(201).body, "code");
    let token =
        owner.post("/projects/acme/tokens", json!({ "name": "build", "role": "editor" })).await.expect(201).body;
    let closed = json!({ "url": "http://127.0.0.1:65535/hook" });
    let hook = owner.post("/projects/acme/hooks", closed).await.expect(201).body;
    let rotated = format!("/projects/acme/hooks/{}/secret", text(&hook, "hook"));
    let rotated = owner.post(&rotated, json!({})).await.expect(201).body;
    let wrong = format!("cpd_{}_{}", "a".repeat(12), "B3".repeat(24));

    let mut secrets = vec![owner.token.clone(), used, unused, wrong];
    for (answer, name) in [
        (&session, "access_token"),
        (&session, "refresh_token"),
        (&renewed, "access_token"),
        (&renewed, "refresh_token"),
    ] {
        secrets.push(text(answer, name));
    }
    secrets.extend([&token, &hook, &rotated].map(|answer| text(answer, "secret")));
    // Each is used, in its place and in others.
    for secret in &secrets {
        owner.with(secret).get("/me").await;
        owner.with(secret).send(reqwest::Method::PUT, "/projects/acme/pages/other", &[], Some(json!({}))).await;
        nobody.post("/sessions", json!({ "code": secret })).await;
        nobody.post("/sessions/refresh", json!({ "refresh_token": secret })).await;
    }
    assert!(!process.api().is_empty());
    secrets
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_in_no_log() {
    let (data, logs) = (TempFolder::new(), TempFolder::new());
    let file = logs.path().join("log");
    let process = Process::logging(data.path(), &file);
    let owner = process.client(data.path());
    let secrets = make_secrets(&process, &owner).await;
    let told = owner.get("/projects/acme/log").await.expect(200).body.to_string();
    process.end();

    let log = std::fs::read_to_string(&file).unwrap();
    assert!(log.contains("\"level\":\"TRACE\""), "nothing was traced");
    for secret in secrets {
        // The first half of a token may name it.
        let hidden = &secret[secret.len() / 2..];
        let line = log.lines().find(|line| line.contains(hidden));
        assert!(line.is_none(), "{hidden} is in the log: {line:?}");
        assert!(!told.contains(hidden), "{hidden} is told by the log of the project");
    }
}
