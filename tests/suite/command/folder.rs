//! The data folder: one process at a time, backed up while in use, and full.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use reqwest::Method;
use serde_json::json;

use super::process::{Process, binary};
use crate::support::client::Answer;
use crate::support::{Client, TempFolder};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_is_kept_off_the_folder() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let second = Command::new(binary()).args(["--listen", "127.0.0.1:0", "--data"]).arg(data.path()).output().unwrap();
    assert!(!second.status.success());
    let text = String::from_utf8_lossy(&second.stderr);
    assert!(text.contains("in use by another copydesk process"), "{text}");
    let mode = std::fs::metadata(data.path().join("owner-token")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    process.end();
    Process::start(data.path()).end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_erased_while_nobody_has_the_folder() {
    let data = TempFolder::new();
    let erase = |who: &[&str]| {
        let output = Command::new(binary()).arg("erase").args(who).arg("--data").arg(data.path()).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        (output.status.success(), said)
    };
    let (done, said) = erase(&["local:ada@example.com"]);
    assert!(!done && said.contains("is no data folder"), "{said}");
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    let ada = client.member("acme", "ada@example.com", json!({ "role": "editor" })).await;
    ada.save("/projects/acme/drafts/en/home/title", "hers").await;
    client.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
    let (done, said) = erase(&["local:ada@example.com"]);
    assert!(!done && said.contains("in use by another copydesk process"), "{said}");
    process.end();

    let (done, said) = erase(&["local:ada@example.com", "--check"]);
    assert!(done && said.contains("items name local:ada@example.com"), "{said}");
    let (done, said) = erase(&["local:ada@example.com"]);
    assert!(done && said.contains("from now on"), "{said}");
    assert_eq!(erase(&["local:ada@example.com"]), (true, "nothing names local:ada@example.com\n".to_owned()));
    let process = Process::start(data.path());
    let client = process.client(data.path());
    let draft = client.get("/projects/acme/drafts/en/home/title").await.expect(200).body;
    assert_eq!((&draft["value"], &draft["by"]["name"]), (&json!("hers"), &json!("(erased)")));
    process.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_named_with_its_flag() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (data, address) = (TempFolder::new(), taken.local_addr().unwrap().to_string());
    let output = Command::new(binary()).args(["--listen", &address, "--data"]).arg(data.path()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && text.contains(&address) && text.contains("--listen"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_in_use_restores_to_a_working_system() {
    let (data, parent) = (TempFolder::new(), TempFolder::new());
    let (copy, restored) = (parent.path().join("copy"), parent.path().join("restored"));
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "v1").await;
    client.publish("acme", json!({})).await;
    // Saves and publishes go on while the copy is made.
    let busy = tokio::spawn({
        let client = client.clone();
        async move {
            for n in 0..30 {
                client.save("/projects/acme/drafts/en/home/title", &format!("busy {n}")).await;
                client.publish("acme", json!({})).await;
            }
        }
    });
    process.succeeds(data.path(), &["backup", copy.to_str().unwrap()]);
    busy.await.unwrap();
    let again = process.command(data.path(), &["backup", copy.to_str().unwrap()]);
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("is not empty"));
    process.end();

    let output =
        Command::new(binary()).args(["restore", copy.to_str().unwrap(), "--data"]).arg(&restored).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let process = Process::start(&restored);
    let client = process.client(&restored);
    let value = client.get("/projects/acme/drafts/en/home/title").await.expect(200).body["value"].clone();
    assert!(value == "v1" || value.as_str().unwrap().starts_with("busy"), "{value}");
    let live = client.live("acme").await.unwrap();
    let number = live.number(&"en".parse().unwrap(), &"home".parse().unwrap()).unwrap();
    assert!(client.fetch(&format!("acme/en/home.{number}.json")).await.is_some());
    // Numbers that the copy's table does not know of are not used again.
    client.save("/projects/acme/drafts/en/home/title", "after").await;
    let release = client.publish("acme", json!({})).await;
    assert!(release > live.release.0, "{release} {live:?}");
    assert_eq!(client.page(&format!("acme/en/home.{release}.json")).await.unwrap()["title"], "after");
    process.end();
}

/// The table alone comes back as it was when the copy was made.
fn bring_back_table(data: &std::path::Path, copy: &std::path::Path) {
    for file in ["table.db-wal", "table.db-shm"] {
        let _ = std::fs::remove_file(data.join(file));
    }
    std::fs::copy(copy.join("table.db"), data.join("table.db")).unwrap();
}

/// The table is lost and comes back as it was some time ago, while everything published since is
/// still there: what is live stays live, and nothing that is saved from then on is taken for
/// published.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_from_the_past_goes_on_with_what_is_live() {
    let (data, parent) = (TempFolder::new(), TempFolder::new());
    let copy = parent.path().join("copy");
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"]), ("about", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "v1").await;
    client.publish("acme", json!({})).await;
    process.succeeds(data.path(), &["backup", copy.to_str().unwrap()]);
    for n in 0..4 {
        client.save("/projects/acme/drafts/en/home/title", &format!("lost {n}")).await;
        client.publish("acme", json!({})).await;
    }
    process.end();
    bring_back_table(data.path(), &copy);

    let process = Process::start(data.path());
    let client = process.client(data.path());
    assert_eq!(client.live("acme").await.unwrap().release.0, 5);
    client.save("/projects/acme/drafts/en/home/title", "saved again").await;
    let changes = client.get("/projects/acme/changes").await.expect(200).body;
    assert_eq!(changes["counts"]["total"], 1, "{changes}");
    let release = client.publish("acme", json!({})).await;
    assert_eq!(release, 6);
    assert_eq!(client.page("acme/en/home.6.json").await.unwrap()["title"], "saved again");
    process.end();
}

/// The same, and the first publish is of one page: the other keeps what it shows, but nothing that
/// its release says of the lost log is believed.
#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_published_after_the_table_came_back() {
    let (data, parent) = (TempFolder::new(), TempFolder::new());
    let copy = parent.path().join("copy");
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"]), ("about", &["title"])]).await;
    client.save("/projects/acme/drafts/en/about/title", "kept").await;
    client.publish("acme", json!({})).await;
    process.succeeds(data.path(), &["backup", copy.to_str().unwrap()]);
    for n in 0..20 {
        client.save("/projects/acme/drafts/en/about/title", &format!("lost {n}")).await;
    }
    client.publish("acme", json!({})).await;
    process.end();
    bring_back_table(data.path(), &copy);

    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.save("/projects/acme/drafts/en/home/title", "saved again").await;
    assert_eq!(client.publish("acme", json!({ "pages": ["home"] })).await, 3);
    let changes = client.get("/projects/acme/changes").await.expect(200).body;
    assert_eq!(changes["items"][0]["live"], "lost 19", "{changes}");
    assert_eq!(changes["items"][0]["draft"], "kept", "{changes}");
    assert_eq!(client.publish("acme", json!({})).await, 4);
    assert_eq!(client.page("acme/en/about.4.json").await.unwrap()["title"], "kept");
    process.end();
}

/// No file may grow beyond 3 MB, as if the disk were full: saves fail with a problem, what was
/// acknowledged stays, delivery goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_fails_saves_and_loses_nothing() {
    let data = TempFolder::new();
    let process = Process::limited(data.path(), "trap '' XFSZ; ulimit -f 6000");
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["a", "b"])]).await;
    client.save("/projects/acme/drafts/en/home/a", "kept").await;
    client.publish("acme", json!({})).await;
    let (failed, version) = save_until_it_fails(&client, &"x".repeat(60_000)).await;
    assert!(failed.status.is_server_error(), "{}", failed.body);
    assert_eq!(failed.headers["content-type"], "application/problem+json");
    assert!(client.fetch("acme/en/home.1.json").await.is_some(), "delivery goes on");
    process.kill();

    let process = Process::start(data.path());
    let client = process.client(data.path());
    assert_eq!(client.get("/projects/acme/drafts/en/home/a").await.expect(200).body["value"], "kept");
    if version > 0 {
        let seen = client.get("/projects/acme/drafts/en/home/b").await.expect(200).body["version"].as_u64().unwrap();
        assert!(seen >= version, "an acknowledged save is gone");
    }
    client.save("/projects/acme/drafts/en/home/b", "room again").await;
    client.publish("acme", json!({})).await;
    process.end();
}

/// Saves a draft until that fails: the failure and the last version that was acknowledged.
async fn save_until_it_fails(client: &Client, value: &str) -> (Answer, u64) {
    let mut version = 0;
    for _ in 0..500 {
        let tag = format!("\"{version}\"");
        let condition = if version == 0 { ("if-none-match", "*") } else { ("if-match", tag.as_str()) };
        let body = Some(json!({ "value": value }));
        let answer = client.send(Method::PUT, "/projects/acme/drafts/en/home/b", &[condition], body).await;
        match answer.body["version"].as_u64() {
            Some(saved) => version = saved,
            None => return (answer, version),
        }
    }
    panic!("the disk never filled");
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_served_apart_from_the_api() {
    let data = TempFolder::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let process = Process::start_with(data.path(), &["--metrics", &address]);
    let client = process.client(data.path());
    client.project("acme", &["en"], &[("home", &["title"])]).await;
    client.publish("acme", json!({})).await;
    let text = client.http.get(format!("http://{address}/metrics")).send().await.unwrap().text().await.unwrap();
    for metric in [
        r#"copydesk_request_seconds_count{method="POST",route="/v1/projects",status="201"} 1"#,
        "copydesk_commit_group_size",
        "copydesk_publish_seconds_count 1",
    ] {
        assert!(text.contains(metric), "{metric}: {text}");
    }
    let at_the_api = client.http.get(format!("{}/metrics", client.api)).send().await.unwrap();
    assert_eq!(at_the_api.status(), 404);
    process.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cleaned_under_an_older_policy_is_cleaned_again() {
    let data = TempFolder::new();
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en", "de"], &[("home", &["title"]), ("shop", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "<b>words</b>").await;
    client.publish("acme", json!({})).await;
    process.end();
    // As if an older version had published it.
    let mut found = 0;
    let mut folders = vec![data.path().join("objects")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let body = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&body);
            if text.contains("\"policy\":1") {
                std::fs::write(&path, text.replace("\"policy\":1", "\"policy\":0")).unwrap();
                found += 1;
            }
        }
    }
    assert_eq!(found, 1, "the release file");
    let process = Process::start(data.path());
    let client = process.client(data.path());
    // A part of it leaves the rest as it was cleaned, and says so; all of it is made anew.
    assert_eq!(client.publish("acme", json!({ "pages": ["home"] })).await, 2);
    assert_eq!(client.fetch("acme/releases/2.json").await.unwrap()["policy"], 0);
    assert_eq!(client.publish("acme", json!({})).await, 3);
    assert_eq!(client.fetch("acme/releases/3.json").await.unwrap()["policy"], 1);
    let release = client.get("/projects/acme/releases/3").await.expect(200).body;
    assert_eq!((&release["files_total"], &release["files_changed"]), (&json!(4), &json!(0)));
    assert_eq!(client.publish("acme", json!({})).await, 3);
    process.end();
}
