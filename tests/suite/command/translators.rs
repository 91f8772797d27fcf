//! Files that go to translators and come back.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::process::Process;
use crate::support::TempFolder;

const FORMATS: [(&str, &str); 4] = [("xliff", "xlf"), ("xliff2", "xlf"), ("po", "po"), ("csv", "csv")];

/// English and German, two pages; in German one value is missing and one is older than its source.
async fn site(process: &Process, data: &Path, folder: &Path) {
    let write = |path: &str, text: &str| {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write(
        "en/home.ftl",
        "# Greets\ntitle = Hello, { $name }!\nlead = Words\nitems = { $count ->\n    [one] One\n   *[other] { $count }\n}\n",
    );
    write("en/shop.ftl", "buy = Buy <b>now</b>\n");
    write("de/home.ftl", "title = Hallo, { $name }!\nlead = Worte\n");
    write("de/shop.ftl", "buy = <b>Jetzt</b> kaufen\n");
    let dir = folder.to_str().unwrap();
    process.succeeds(data, &["import", "-p", "acme", "--format", "ftl", dir]);
    process.client(data).save("/projects/acme/drafts/en/home/lead", "New words").await;
}

fn file(dir: &Path, extension: &str) -> PathBuf {
    dir.join("de/home").with_extension(extension)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_untouched_changes_nothing() {
    let (data, folder) = (TempFolder::new(), TempFolder::new());
    let process = Process::start(data.path());
    site(&process, data.path(), folder.path()).await;
    for (format, extension) in FORMATS {
        let out = TempFolder::new();
        let dir = out.path().to_str().unwrap();
        process.succeeds(data.path(), &["export", "-p", "acme", "--format", format, dir]);
        assert!(file(out.path(), extension).exists() && !out.path().join("en").exists(), "{format}");
        let again = process.succeeds(data.path(), &["import", "-p", "acme", "--format", format, "--json", dir]);
        let again: Value = serde_json::from_str(&again).unwrap();
        assert_eq!((&again["saved"], &again["unchanged"]), (&json!(0), &json!(3)), "{format}: {again}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_translation_is_taken_and_what_happened_meanwhile_is_a_conflict() {
    for (format, extension) in FORMATS {
        let (data, folder, out) = (TempFolder::new(), TempFolder::new(), TempFolder::new());
        let process = Process::start(data.path());
        let client = process.client(data.path());
        site(&process, data.path(), folder.path()).await;
        let dir = out.path().to_str().unwrap();
        process.succeeds(data.path(), &["export", "-p", "acme", "--format", format, dir]);
        // The translator changes three texts.
        let path = file(out.path(), extension);
        let text = fs::read_to_string(&path).unwrap().replace("#, fuzzy\n", "");
        let text = text.replace("Hallo, ", "Servus, ").replace("Worte", "Neue Worte");
        fs::write(&path, text).unwrap();
        let shop = out.path().join("de/shop").with_extension(extension);
        fs::write(&shop, fs::read_to_string(&shop).unwrap().replace("Jetzt", "Sofort")).unwrap();
        // Meanwhile one of them is saved by somebody else, and another's source text changes.
        client.save("/projects/acme/drafts/de/home/title", "Grüß Gott, { $name }!").await;
        client.save("/projects/acme/drafts/en/shop/buy", "Buy <b>later</b>").await;

        let output = process.command(data.path(), &["import", "-p", "acme", "--format", format, dir]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(2), "{format}: {said}");
        assert!(said.contains("1 saved, 0 unchanged, 2 not taken"), "{format}: {said}");
        assert!(said.contains("Grüß Gott") && said.contains("Servus"), "both texts, {format}: {said}");
        assert!(said.contains("buy: its source text was changed since it was exported"), "{format}: {said}");
        let value = async |at: &str| {
            client.get(&format!("/projects/acme/drafts/de/{at}")).await.expect(200).body["value"].clone()
        };
        assert_eq!(value("home/title").await, "Grüß Gott, { $name }!");
        assert_eq!(value("home/lead").await, "Neue Worte");
        assert_eq!(value("shop/buy").await, "<b>Jetzt</b> kaufen");

        // What was removed meanwhile stays removed.
        client.delete("/projects/acme/pages/shop").await.expect(204);
        let output = process.command(data.path(), &["import", "-p", "acme", "--format", format, dir]);
        assert_eq!(output.status.code(), Some(2));
        client.get("/projects/acme/pages/shop").await.problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_limited_to_what_is_asked_for() {
    let (data, folder) = (TempFolder::new(), TempFolder::new());
    let process = Process::start(data.path());
    site(&process, data.path(), folder.path()).await;
    let export = |args: &[&str]| {
        let out = TempFolder::new();
        let mut all = vec!["export", "-p", "acme", "--format", "csv"];
        all.extend(args);
        all.push(out.path().to_str().unwrap());
        process.succeeds(data.path(), &all);
        out
    };
    let out = export(&["--needs-work"]);
    let text = fs::read_to_string(out.path().join("de/home.csv")).unwrap();
    assert!(text.contains("lead,") && text.contains("items,") && !text.contains("title,"), "{text}");
    assert!(!out.path().join("de/shop.csv").exists());
    let out = export(&["--pages", "shop", "--locales", "de"]);
    assert!(out.path().join("de/shop.csv").exists() && !out.path().join("de/home.csv").exists());
    let wrong = process.command(data.path(), &["export", "-p", "acme", "--format", "csv", "--locales", "xx", "out"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("the project has no locale xx"), "{wrong:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_others_makes_a_project() {
    let (data, folder) = (TempFolder::new(), TempFolder::new());
    let process = Process::start(data.path());
    let client = process.client(data.path());
    client.project("acme", &["en"], &[]).await;
    fs::create_dir_all(folder.path().join("pl")).unwrap();
    let po = "msgid \"\"\nmsgstr \"Language: pl\\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && \
              (n%100<10 || n%100>=20) ? 1 : 2);\\n\"\n\nmsgctxt \"greeting\"\nmsgid \"Hello\"\nmsgstr \"Cześć\"\n";
    fs::write(folder.path().join("pl/home.po"), po).unwrap();
    process.succeeds(data.path(), &["import", "-p", "acme", "--format", "po", folder.path().to_str().unwrap()]);
    let value =
        async |at: &str| client.get(&format!("/projects/acme/drafts/{at}")).await.expect(200).body["value"].clone();
    assert_eq!(value("en/home/greeting").await, "Hello");
    assert_eq!(value("pl/home/greeting").await, "Cześć");
    // The source came first: the translation is not out of date.
    let checks = client.get("/projects/acme/checks?locale=pl").await.expect(200).body;
    assert_eq!(checks["progress"]["pl"]["done"], 1);
}
