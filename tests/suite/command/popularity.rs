//! Which pages are likely to be next: from what visitors' browsers report to what they fetch.

use std::fs;

use serde_json::{Value, json};

use super::process::Process;
use crate::support::{Client, TempFolder};

/// What the live file of a page says is likely to be next.
async fn next(client: &Client, page: &str) -> Value {
    let live = client.live("acme").await.unwrap();
    let number = live.pages[&page.parse().unwrap()][0];
    let file = client.fetch(&format!("acme/en/{page}.{number}.json")).await.unwrap();
    file.get(3).cloned().unwrap_or(json!([]))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_visitors_report_becomes_what_is_fetched_ahead() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let client = process.client(data.path());
    let pages: Vec<(&str, &[&str])> = ["home", "boats", "book"].map(|page| (page, &["title"] as &[&str])).into();
    client.project("acme", &["en"], &pages).await;
    client.save_all("acme", &["en"], &pages, "x").await;
    client.publish("acme", json!({})).await;
    assert_eq!(next(&client, "home").await, json!([]));

    let run = |args: &[&str]| process.command(data.path(), &[&["popularity", "-p", "acme"], args].concat());
    let nothing = run(&[]);
    assert!(!nothing.status.success());
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("no view was reported yet"), "{nothing:?}");

    // Twelve went from home to boats, six on to book; gone is no page of the project.
    let views = [("home", "", 12), ("boats", "home", 12), ("book", "boats", 6), ("gone", "home", 9)];
    let mut tag = String::new();
    for (page, from, times) in views {
        for _ in 0..times {
            let beacon = format!("{}/acme/seen.json?page={page}&from={from}", process.delivery());
            let answer = client.http.get(beacon).header("if-none-match", &tag).send().await.unwrap();
            // Who has it already counts as well.
            assert_eq!(answer.status(), if tag.is_empty() { 200 } else { 304 });
            tag = answer.headers()["etag"].to_str().unwrap().to_owned();
        }
    }
    let log = fs::read_to_string(data.path().join("views.log")).unwrap();
    assert_eq!(log.lines().count(), 39);
    assert!(!log.contains("127.0.0.1") && !log.contains("gent"), "nothing of a person is kept: {log}");

    let dry = run(&["--dry-run", "--json"]);
    let dry: Value = serde_json::from_slice(&dry.stdout).unwrap();
    assert_eq!((&dry["views"], &dry["changed"]["home"]), (&json!(39), &json!(["boats", "book"])));
    assert_eq!(client.get("/projects/acme/pages/home").await.body["next"], json!([]));
    let said = process.succeeds(data.path(), &["popularity", "-p", "acme"]);
    assert!(said.contains("home -> boats, book"), "{said}");

    client.publish("acme", json!({})).await;
    assert_eq!(next(&client, "home").await, json!(["boats", "book"]));
    assert_eq!(next(&client, "boats").await[0], "book");
    // Saying the same again is no change, and nothing is left to publish.
    let again = process.succeeds(data.path(), &["popularity", "-p", "acme"]);
    assert!(again.contains("nothing changes"), "{again}");
    assert!(process.succeeds(data.path(), &["publish", "-p", "acme"]).contains("nothing has changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_of_cloudfront_are_read_as_they_come() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"]), ("book", &["title"])]).await;
    let row = |page: &str, from: &str| {
        format!("2026-11-21\t10:00:00\t203.0.113.9\tGET\t/acme/seen.json\tpage={page}&from={from}\t200\n")
    };
    let head = "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status\n";
    let log = format!("{head}{}{}", row("home", "").repeat(5), row("book", "home").repeat(5));
    let (plain, packed, other) =
        (data.path().join("one.log"), data.path().join("two.gz"), data.path().join("picture.png"));
    fs::write(&plain, &log).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(fs::File::create(&packed).unwrap(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, log.as_bytes()).unwrap();
    gzip.finish().unwrap();
    fs::write(&other, [0x89, b'P', b'N', b'G', 0, 1, 2, b'\n']).unwrap();

    let args =
        |file: &std::path::Path| ["popularity", "-p", "acme", "--json", file.to_str().unwrap()].map(str::to_owned);
    for file in [&plain, &packed] {
        let args = args(file);
        let said = process.succeeds(data.path(), &args.each_ref().map(String::as_str));
        assert_eq!(serde_json::from_str::<Value>(&said).unwrap()["views"], 10);
    }
    assert_eq!(client.get("/projects/acme/pages/home").await.body["next"], json!(["book"]));
    let wrong = process.command(data.path(), &args(&other).each_ref().map(String::as_str));
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("this is no access log that is known"), "{wrong:?}");
}
