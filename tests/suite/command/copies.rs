//! Import, publish, fetch, compare, export: with real copy where it is present, with our own
//! otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk_schema::formats::{ftl, kind_of, page_of_path};
use copydesk_schema::{Kind, Pattern, message};
use serde_json::{Value, json};

use super::process::Process;
use crate::support::TempFolder;

const OWN: &[(&str, &str)] = &[
    (
        "en/shop/cart.ftl",
        "### Cart\n\n# Greets\nhello = Hello, { $name }!\n    .title = A tooltip\nitems = { $count ->\n    [one] One item\n   *[other] { $count } items\n}\nlines =\n    One\n      deeper\n\n    two\nmarkup = Read the <a href=\"{ $url }\">terms</a>\n",
    ),
    ("en/brands.ftl", "-brand = Acme\n    .gender = neuter\nabout = About { -brand }\n"),
    ("de/shop/cart.ftl", "hello = Hallo, { $name }!\nitems = { $count } Artikel\n"),
    ("de/brands.ftl", "about = Über { -brand }\nbroken = {\n"),
];

fn write_own(dir: &Path) -> PathBuf {
    for (path, text) in OWN {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    dir.to_owned()
}

/// Every value by locale, page and key.
type Copy = BTreeMap<(String, String, String), Pattern>;

/// Every value as parsed, so that two ways of writing it are the same.
type Parsed = BTreeMap<(String, String, String), String>;

fn parsed(copy: &Copy) -> Parsed {
    copy.iter().map(|(at, value)| (at.clone(), value.with_ast(|ast| format!("{ast:?}")))).collect()
}

fn read(dir: &Path) -> Copy {
    let mut copy = Copy::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "ftl") {
                let below = path.strip_prefix(dir).unwrap().with_extension("");
                let (locale, page) = below.to_str().unwrap().split_once('/').unwrap();
                let page = page_of_path(page).unwrap();
                for message in ftl::parse(&fs::read_to_string(&path).unwrap()).messages {
                    copy.insert((locale.to_owned(), page.to_string(), message.key.to_string()), message.value);
                }
            }
        }
    }
    copy
}

/// The messages that sites have to show, in each locale of its own.
fn expected(copy: &Copy) -> BTreeMap<(String, String, String), Value> {
    let html: BTreeSet<(&String, &String)> =
        copy.iter().filter(|(_, value)| kind_of(value) == Kind::Html).map(|((_, page, key), _)| (page, key)).collect();
    let kind = |page: &String, key: &String| if html.contains(&(page, key)) { Kind::Html } else { Kind::Text };
    let terms: BTreeMap<(&str, &str), (&Pattern, Kind)> = copy
        .iter()
        .filter(|((.., key), _)| key.starts_with('-'))
        .map(|((locale, page, key), value)| ((locale.as_str(), key.as_str()), (value, kind(page, key))))
        .collect();
    let message = |(locale, page, key): &(String, String, String), value: &Pattern| {
        let find = |wanted: &str| {
            let found = [locale.as_str(), "en"].into_iter().find_map(|locale| {
                let at = (locale.to_owned(), page.clone(), wanted.to_owned());
                let entry = copy.get_key_value(&at).map(|((_, page, key), value)| (value, kind(page, key)));
                terms.get(&(locale, wanted)).copied().or(entry)
            });
            found.map(|(value, kind)| Arc::new(message::read(value, kind)))
        };
        let kind = kind(page, key);
        message::compile(&message::read(value, kind), kind, &locale.parse().unwrap(), &find).unwrap()
    };
    let shown = copy.iter().filter(|((.., key), _)| !key.starts_with('-'));
    shown.map(|(at, value)| (at.clone(), json!(message(at, value)))).collect()
}

/// The copy that the live release shows in each locale of its own.
async fn fetched(client: &crate::support::Client, project: &str) -> BTreeMap<(String, String, String), Value> {
    let live = client.live(project).await.unwrap();
    let mut copy = BTreeMap::new();
    for (page, numbers) in &live.pages {
        for (locale, number) in live.locales.iter().zip(numbers) {
            let file = client.page(&format!("{project}/{locale}/{page}.{number}.json")).await.unwrap();
            for (key, value) in file.as_object().unwrap() {
                if value.get("locale").is_none() {
                    copy.insert((locale.to_string(), page.to_string(), key.clone()), value.clone());
                }
            }
        }
    }
    copy
}

async fn round_trip(source: &Path) -> usize {
    let (data, out) = (TempFolder::new(), TempFolder::new());
    let process = Process::start(data.path());
    let client = process.client(data.path());
    let dir = source.to_str().unwrap();
    let import = ["import", "--project", "acme", "--format", "ftl", "--json", dir];
    // What is not Fluent is listed, and the exit code says so.
    let first: Value = serde_json::from_slice(&process.command(data.path(), &import).stdout).unwrap();
    let copy = read(source);
    assert_eq!(first["saved"], copy.len(), "{}", first["skipped"]);

    process.succeeds(data.path(), &["publish", "--project", "acme"]);
    assert_eq!(fetched(&client, "acme").await, expected(&copy));

    let target = out.path().to_str().unwrap();
    process.succeeds(data.path(), &["export", "--project", "acme", "--format", "ftl", target]);
    assert_eq!(parsed(&read(out.path())), parsed(&copy));

    // Importing again changes nothing, neither from the source nor from what was exported.
    for dir in [dir, target] {
        let import = ["import", "--project", "acme", "--format", "ftl", "--json", dir];
        let again: Value = serde_json::from_slice(&process.command(data.path(), &import).stdout).unwrap();
        assert_eq!((&again["saved"], &again["unchanged"]), (&json!(0), &json!(copy.len())));
    }
    process.end();
    copy.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn copy_goes_in_and_comes_out_unharmed() {
    let folder = TempFolder::new();
    assert_eq!(round_trip(&write_own(folder.path())).await, 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_site_goes_in_and_comes_out_unharmed() {
    let Ok(dir) = std::env::var("COPYDESK_TEST_CORPUS") else {
        // The test command says in its totals that the real copy is not present.
        let folder = TempFolder::new();
        round_trip(&write_own(folder.path())).await;
        return;
    };
    assert_eq!(round_trip(Path::new(&dir)).await, 35_766);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken_is_listed_and_only_changes_are_saved() {
    let (data, folder) = (TempFolder::new(), TempFolder::new());
    let dir = write_own(folder.path());
    let process = Process::start(data.path());
    let client = process.client(data.path());
    let path = dir.to_str().unwrap();
    let import = ["import", "-p", "acme", "--format", "ftl", path];
    let output = process.command(data.path(), &import);
    let text = String::from_utf8(output.stdout).unwrap();
    // A script that goes on must not take it for everything.
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("de/brands.ftl:2: not Fluent"), "{text}");
    assert!(text.contains("11 saved, 0 unchanged, 1 not taken"), "{text}");

    let entries = client.get("/projects/acme/pages/shop--cart/entries").await.expect(200).body;
    let entry =
        |key: &str| entries["items"].as_array().unwrap().iter().find(|entry| entry["key"] == key).unwrap().clone();
    assert_eq!((&entry("markup")["kind"], &entry("hello")["kind"]), (&json!("html"), &json!("text")));
    assert_eq!(entry("hello")["note"], "Greets");

    fs::write(dir.join("de/brands.ftl"), "about = Alles über { -brand }\n").unwrap();
    let text = process.succeeds(data.path(), &import);
    assert!(text.contains("1 saved, 10 unchanged, 0 not taken"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn i18next_files_go_in_and_out() {
    let (data, folder, out) = (TempFolder::new(), TempFolder::new(), TempFolder::new());
    fs::create_dir_all(folder.path().join("en")).unwrap();
    let json =
        r#"{ "nav": { "home": "Home of {{name}}" }, "item_one": "{{count}} item", "item_other": "{{count}} items" }"#;
    fs::write(folder.path().join("en/common.json"), json).unwrap();
    let process = Process::start(data.path());
    let dir = folder.path().to_str().unwrap();
    process.succeeds(data.path(), &["import", "-p", "acme", "--format", "i18next", dir]);
    process.succeeds(data.path(), &["export", "-p", "acme", "--format", "i18next", out.path().to_str().unwrap()]);
    let written: Value = serde_json::from_str(&fs::read_to_string(out.path().join("en/common.json")).unwrap()).unwrap();
    let expected =
        json!({ "nav.home": "Home of {{name}}", "item_one": "{{count}} item", "item_other": "{{count}} items" });
    assert_eq!(written, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn publish_roll_back_and_status_say_what_happened() {
    let (data, folder) = (TempFolder::new(), TempFolder::new());
    let dir = write_own(folder.path());
    let process = Process::start(data.path());
    let run = |args: &[&str]| process.succeeds(data.path(), args);
    process.command(data.path(), &["import", "-p", "acme", "--format", "ftl", dir.to_str().unwrap()]);
    assert!(run(&["status", "-p", "acme"]).contains("nothing is live; 11 changes"));
    assert!(run(&["publish", "-p", "acme"]).contains("release 1 is live: 4 files changed"));
    process.client(data.path()).save("/projects/acme/drafts/en/brands/-brand", "Acme Inc.").await;
    assert!(run(&["publish", "-p", "acme", "--locales", "en"]).contains("release 2 is live: 1 files changed"));
    assert!(run(&["rollback", "-p", "acme"]).contains("release 1 is live"));
    assert!(run(&["status", "-p", "acme"]).contains("release 1 is live; 1 changes"));
    let status: Value = serde_json::from_str(&run(&["status", "-p", "acme", "--json"])).unwrap();
    assert_eq!((&status["live"], &status["counts"]["total"]), (&json!(1), &json!(1)));
    // What visitors saw before the next release is release 1, not the one that was rolled back.
    assert!(run(&["publish", "-p", "acme"]).contains("release 3 is live"));
    assert!(run(&["publish", "-p", "acme"]).contains("nothing has changed since release 3"));
    assert!(run(&["rollback", "-p", "acme"]).contains("release 1 is live"));
    let wrong = process
        .command(data.path(), &["import", "-p", "other", "--format", "ftl", "--source", "fr", dir.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no folder of its source locale fr"), "{wrong:?}");
    let failed = process.command(data.path(), &["rollback", "-p", "acme", "--to", "9"]);
    assert!(!failed.status.success());
    assert!(String::from_utf8_lossy(&failed.stderr).contains("there is no release 9"));
}
