//! Copy in a real browser: attacks saved, published, evaluated and put into a page.

mod chromium;

use copydesk_schema::delivered::PageFile;
use copydesk_schema::message::{Arguments, Value, evaluate, html};
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::support::TestSystem;
use chromium::Visit;

/// Ways around filters that are widely known (OWASP's cheat sheet names most), written down anew.
const ATTACKS: &str = include_str!("attacks.json");

/// Every attack: ours, the public collection's where it is present, and some too long to write down.
fn attacks() -> Vec<String> {
    let own: Vec<Json> = serde_json::from_str(ATTACKS).unwrap();
    let shared = std::env::var("COPYDESK_TEST_ATTACKS").ok();
    let shared: Vec<Json> =
        shared.map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()).unwrap_or_default();
    let written = own.iter().chain(&shared).map(|attack| attack["payload"].as_str().unwrap().to_owned());
    let long = [
        "<b>".repeat(5000),
        format!("{}{}", "<b><a href=x>".repeat(2000), "<img src=x onerror=alert(1)>"),
        "<svg><math>".repeat(3000) + "<script>alert(1)</script>",
        "<!--".repeat(5000) + "--><script>alert(1)</script>",
        format!("<{} onclick=alert(1)>", "a".repeat(60_000)),
        format!("<a href=\"{}javascript:alert(1)\">x</a>", "\u{1}".repeat(20_000)),
    ];
    written.chain(long).collect()
}

/// Text as the source of a Fluent pattern: what Fluent would take for its own is quoted.
fn source(text: &str) -> String {
    let quoted: String =
        text.chars().map(|c| if c == '{' || c == '}' { format!("{{ \"{c}\" }}") } else { c.to_string() }).collect();
    let lines = quoted.replace("\r\n", "\n");
    let line = |line: &str| match line.chars().next() {
        Some(first @ ('[' | '*' | '.')) => format!("{{ \"{first}\" }}{}", &line[1..]),
        _ => line.to_owned(),
    };
    lines.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The ways in which an attack may come: as copy, in a variant, in an attribute, in a variable.
fn forms(attack: &str) -> Vec<(&'static str, String)> {
    let source = source(attack);
    let indented = source.replace('\n', "\n        ");
    vec![
        ("alone", source.clone()),
        ("variant", format!("Some {{ $n ->\n    [one] {indented}\n   *[other] {indented}\n}} more")),
        ("attribute", format!("<a title=\"{source}\" href=\"{source}\">x</a>")),
        ("element", format!("<b>{source}</b> <i title=\"x\">{source}</i>")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn copy_cannot_run_code() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let attacks = attacks();
    let forms: Vec<Vec<(&str, String)>> = attacks.iter().map(|attack| forms(attack)).collect();
    client.project("acme", &["en"], &[]).await;
    let mut saved = 0;
    for (place, kind) in ["html", "text"].into_iter().enumerate() {
        for (page, chunk) in forms.chunks(200).enumerate() {
            let page = format!("{kind}-{page}");
            client.put(&format!("/projects/acme/pages/{page}"), json!({})).await.expect(200);
            let mut entries: Vec<(String, String)> = vec![
                ("in-text".into(), "Hello { $attack }".into()),
                ("in-address".into(), "<a href=\"{ $attack }\" title=\"{ $attack }\">{ $attack }</a>".into()),
            ];
            for (index, forms) in chunk.iter().enumerate() {
                entries.extend(forms.iter().map(|(form, source)| (format!("{form}-{index}"), source.clone())));
            }
            for entries in entries.chunks(300) {
                saved += save(client, &page, kind, entries).await;
            }
        }
        assert!(saved > forms.len() * 2 * (place + 1), "most can be saved and made harmless: {saved}");
    }
    client.publish("acme", json!({})).await;

    let mut shown = Vec::new();
    let live = client.live("acme").await.unwrap();
    for (page, numbers) in &live.pages {
        let body =
            client.http.get(format!("{}/acme/en/{page}.{}.json", client.delivery, numbers[0])).send().await.unwrap();
        let (file, refused) = PageFile::read(&body.bytes().await.unwrap()).unwrap();
        assert!(refused.is_empty(), "what was compiled is sound: {refused:?}");
        for (key, message) in &file.copy {
            let variable = key.as_str().starts_with("in-");
            let values: Vec<&str> = if variable { attacks.iter().map(String::as_str).collect() } else { vec!["x"] };
            for value in values {
                let arguments: Arguments =
                    [("n".to_owned(), Value::Number(1.0)), ("attack".to_owned(), Value::Text(value.to_owned()))].into();
                if let Ok(pieces) = evaluate(message, &"en".parse().unwrap(), &arguments) {
                    shown.push(html(&pieces));
                }
            }
        }
    }
    system.stop().await;
    let visit = chromium::visit(shown.clone()).await;
    assert_eq!(visit, Visit { looked_at: shown.len(), ..Visit::default() });

    // The page sees what it has to see.
    let caught =
        ["<img src=x onerror=alert(1)>", "<script src=http://evil.example/></script><a href=javascript:x>x</a>"];
    let visit = chromium::visit(caught.map(str::to_owned).into()).await;
    assert_eq!(visit.ran, ["alert"], "{visit:?}");
    assert!(visit.strange.iter().any(|strange| strange == "1: leads to javascript:x"), "{visit:?}");
    assert!(visit.requests.iter().any(|request| request.starts_with("GET http://page.example/x ")), "{visit:?}");
}

/// Saves what can be saved; what cannot be made safe is refused. Returns how many were saved.
async fn save(client: &crate::support::Client, page: &str, kind: &str, entries: &[(String, String)]) -> usize {
    let described: Vec<Json> = entries.iter().map(|(key, _)| json!({ "key": key, "kind": kind })).collect();
    let path = format!("/projects/acme/pages/{page}/entries");
    client.send(Method::PATCH, &path, &[], Some(json!({ "entries": described }))).await.expect(200);
    let drafts: Vec<Json> =
        entries.iter().map(|(key, source)| json!({ "key": key, "value": source, "version": 0 })).collect();
    let path = format!("/projects/acme/drafts/en/{page}");
    let answer = client.send(Method::PATCH, &path, &[], Some(json!({ "drafts": drafts }))).await.expect(200).body;
    let mut saved = 0;
    for result in answer["results"].as_array().unwrap() {
        let problem = result["problem"]["type"].as_str();
        let known =
            ["invalid-pattern", "invalid-markup", "limit-exceeded"].map(|slug| format!("urn:copydesk:problem:{slug}"));
        assert!(problem.is_none_or(|problem| known.iter().any(|known| known == problem)), "{result}");
        saved += usize::from(problem.is_none());
    }
    saved
}
