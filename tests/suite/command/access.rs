//! Signing in and API tokens by the command.

use serde_json::{Value, json};

use super::process::Process;
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
