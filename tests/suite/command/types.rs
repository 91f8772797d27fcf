//! Types for TypeScript, from what is delivered.

use std::fs;

use serde_json::json;

use super::process::Process;
use crate::support::TempFolder;

const EXPECTED: &str = r#"// Written by `copydesk types`: write it anew rather than change it.
export {};

declare module "@copydesk/site" {
  interface Entries {
    "empty": {};
    "home": {
      "constructor": { "when": number | Date };
      "hello": { "count": number; "name": string | number | Date; "url": string | number | Date };
      "kind": { "kind": string | number };
      "title": {};
    };
  }
}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_variables_of_all_locales_become_types() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let client = process.client(data.path());
    let keys = ["constructor", "hello", "kind", "title", "nothing"];
    client.project("acme", &["en", "de"], &[("home", &keys), ("empty", &[])]).await;
    let html = json!({ "kind": "html" });
    client.put("/projects/acme/pages/home/entries/hello", html).await.expect(200);
    let save = |locale: &'static str, key: &'static str, value: &'static str| {
        let client = &client;
        async move { client.save(&format!("/projects/acme/drafts/{locale}/home/{key}"), value).await }
    };
    save("en", "title", "Welcome").await;
    save("en", "constructor", "Since { DATETIME($when, dateStyle: \"long\") }").await;
    save("en", "hello", "{ $count ->\n    [0] None\n    [one] One\n   *[other] Many\n} for { $name }").await;
    save("en", "kind", "{ $kind ->\n    [big] Big\n    [one] One\n   *[small] Small\n}").await;
    save("de", "hello", "<a href=\"https://example.org/{ $url }\">{ $count } für { $name }</a>").await;
    client.publish("acme", json!({})).await;

    let out = data.path().join("copydesk.d.ts");
    let address = format!("{}/acme/", process.delivery());
    let run = || process.succeeds(data.path(), &["types", &address, "--out", out.to_str().unwrap()]);
    assert!(run().contains("4 keys on 2 pages, release 1"));
    assert_eq!(fs::read_to_string(&out).unwrap(), EXPECTED);
    assert!(run().contains("is as it was"));

    let wrong = process.command(data.path(), &["types", &format!("{}/nowhere", process.delivery())]);
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("404"), "{wrong:?}");
}
