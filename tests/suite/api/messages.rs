//! Copy as it is checked, compiled and delivered.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestSystem, soon};

async fn entry(client: &Client, page: &str, key: &str, body: Value) {
    client.put(&format!("/projects/acme/pages/{page}/entries/{key}"), body).await.expect(200);
}

async fn save(client: &Client, at: &str, value: &str) {
    client.save(&format!("/projects/acme/drafts/{at}"), value).await;
}

/// A page of the live release.
async fn page(client: &Client, locale: &str, page: &str) -> Value {
    let live = client.live("acme").await.unwrap();
    let number = live.number(&locale.parse().unwrap(), &page.parse().unwrap()).unwrap();
    client.page(&format!("acme/{locale}/{page}.{number}.json")).await.unwrap()
}

/// English, German, Austrian German (falls back on German), French; a page that uses terms of another.
async fn site() -> TestSystem {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "fr", "de"], &[("home", &["title", "lead"]), ("terms", &["-brand", "-long"])]).await;
    client.put("/projects/acme/locales/de-AT", json!({ "fallback": ["de"] })).await.expect(200);
    save(client, "en/terms/-brand", "Acme").await;
    save(client, "en/terms/-long", "{ -brand } Inc.").await;
    save(client, "en/home/title", "Welcome to { -long }").await;
    save(client, "en/home/lead", "Words").await;
    system
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_refers_to_is_filled_in_and_followed() {
    let system = site().await;
    let client = &system.client;
    save(client, "de/home/title", "Willkommen bei { -long }").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["title"], "Willkommen bei Acme Inc.");
    assert_eq!(page(client, "en", "terms").await, json!({}), "a term is shown by no page itself");

    // A term of a term reaches everything that uses it, and only that: the page of another locale's
    // own words keeps its file.
    save(client, "fr/home/title", "Bienvenue").await;
    save(client, "fr/home/lead", "Mots").await;
    client.publish("acme", json!({})).await;
    save(client, "en/terms/-brand", "Apex").await;
    client.publish("acme", json!({})).await;
    for (locale, title) in [("en", "Welcome to Apex Inc."), ("de", "Willkommen bei Apex Inc.")] {
        assert_eq!(page(client, locale, "home").await["title"], title);
    }
    let numbers =
        json!(client.live("acme").await.unwrap().pages["home".parse::<copydesk_schema::PageId>().as_ref().unwrap()]);
    assert_eq!(numbers, json!([3, 3, 3, 2]), "de, de-AT, en, fr");

    // A locale's own term goes before the one that it falls back on, once it is there.
    save(client, "de/terms/-brand", "Gipfel").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["title"], "Willkommen bei Gipfel Inc.");
    assert_eq!(page(client, "de-AT", "home").await["title"]["value"], "Willkommen bei Gipfel Inc.");
    assert_eq!(page(client, "en", "home").await["title"], "Welcome to Apex Inc.");

    // A term that goes away leaves nothing that can be shown: the page keeps its own words.
    client.delete("/projects/acme/pages/terms/entries/-long").await.expect(204);
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "en", "home").await, json!({ "lead": "Words" }));
    let release = client.get("/projects/acme/releases/5").await.expect(200).body;
    assert_eq!(release["left_out"], 3, "{release}");
    assert!(release["remarks"][0]["reason"].as_str().unwrap().contains("-long, which has no value"), "{release}");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sentence_that_fell_back_refers_on_from_its_own_locale() {
    let system = site().await;
    let client = &system.client;
    // German falls back on French; Austrian German names German alone.
    client.put("/projects/acme/locales/de", json!({ "fallback": ["fr"] })).await.expect(200);
    save(client, "de/home/title", "Willkommen bei { -brand }").await;
    save(client, "fr/terms/-brand", "Marque").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de-AT", "home").await["title"]["value"], "Willkommen bei Marque");
    save(client, "fr/terms/-brand", "Neuve").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["title"], "Willkommen bei Neuve");
    assert_eq!(page(client, "de-AT", "home").await["title"]["value"], "Willkommen bei Neuve");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_cannot_be_shown_falls_back() {
    let system = site().await;
    let client = &system.client;
    save(client, "de/home/lead", "Worte von { -nobody }").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["lead"], json!({ "value": "Words", "locale": "en" }));
    // What it falls back on is followed although it has a value of its own.
    save(client, "en/home/lead", "Other words").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["lead"], json!({ "value": "Other words", "locale": "en" }));
    // And so is the coming of what was missing.
    entry(client, "terms", "-nobody", json!({})).await;
    save(client, "en/terms/-nobody", "Niemand").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["lead"], "Worte von Niemand");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_is_cleaned_and_what_cannot_be_is_refused() {
    let system = site().await;
    let client = &system.client;
    entry(client, "home", "html", json!({ "kind": "html" })).await;
    let path = "/projects/acme/drafts/en/home/html";
    let new = [("if-none-match", "*")];
    let put = async |value: &str| client.send(Method::PUT, path, &new, Some(json!({ "value": value }))).await;
    let refused = put("<a { $attrs }>x</a>").await.problem(422, "invalid-markup");
    assert_eq!((&refused["line"], &refused["column"]), (&json!(1), &json!(7)));
    assert!(refused["detail"].as_str().unwrap().contains("data-copy-name=\"attrs\""), "{refused}");
    let saved = put("<b onclick=\"x\">Hi</b> <script>x</script>{ $name }").await.expect(201).body;
    let codes: Vec<&str> = saved["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["markup-removed", "markup-removed"]);
    // What was typed is what the log keeps; what is delivered is cleaned.
    assert!(client.get(path).await.expect(200).body["value"].as_str().unwrap().contains("onclick"));
    // Text that becomes html later is cleaned when it is published.
    save(client, "en/home/lead", "<img src=x onerror=alert(1)>a <i>b</i>").await;
    entry(client, "home", "lead", json!({ "kind": "html" })).await;
    client.publish("acme", json!({})).await;
    let home = page(client, "en", "home").await;
    assert_eq!(home["html"], json!([["b", "Hi"], " ", [0, "name"]]));
    assert_eq!(home["lead"], json!(["a ", ["i", "b"]]));

    // A value from before is brought back although it could not be saved any more.
    let title = "/projects/acme/drafts/en/home/title";
    let version = client.save(title, "<a { $x }>x</a>").await;
    entry(client, "home", "title", json!({ "kind": "html" })).await;
    let now = client.save(title, "fine").await;
    let headers = [("if-match", format!("\"{now}\""))];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client
        .send(Method::POST, &format!("{title}/restore"), &headers, Some(json!({ "version": version })))
        .await
        .expect(200);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_say_what_stands_between_a_locale_and_its_release() {
    let system = site().await;
    let client = &system.client;
    entry(client, "home", "count", json!({ "max_length": 20 })).await;
    save(client, "en/home/count", "{ $n ->\n    [one] one\n   *[other] { $n }\n}").await;
    save(client, "de/home/count", "viele, und davon eine sehr große Menge").await;
    save(client, "de/home/title", "Willkommen bei { -long }").await;
    save(client, "de/home/lead", "Worte").await;
    save(client, "en/home/lead", "New words").await;
    let checks = client.get("/projects/acme/checks?locale=de").await.expect(200).body;
    let progress = &checks["progress"]["de"];
    let counts =
        |of: &Value| ["entries", "missing", "outdated", "findings", "done"].map(|name| of[name].as_u64().unwrap());
    assert_eq!(counts(progress), [5, 2, 1, 1, 1], "{progress}");
    assert_eq!(counts(&progress["pages"]["home"]), [3, 0, 1, 1, 1]);
    assert_eq!(checks["counts"]["de"]["codes"], json!({ "missing-variable": 1, "too-long": 1 }));
    let states: Vec<(&str, &str)> = checks["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["key"].as_str().unwrap(), item["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("count", "findings"), ("lead", "outdated"), ("-brand", "missing"), ("-long", "missing")]);
    let filtered = client.get("/projects/acme/checks?code=too-long&page=home").await.expect(200).body;
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    assert_eq!(filtered["items"][0]["findings"].as_array().unwrap().len(), 2);
    client.get("/projects/acme/checks?locale=xx").await.problem(404, "not-found");
    client.get("/projects/acme/checks?code=nothing").await.problem(400, "bad-request");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_may_choose_what_is_not_published() {
    let system = site().await;
    let client = &system.client;
    client.publish("acme", json!({})).await;
    let settings = json!({ "blocking": ["missing-variable", "missing-reference", "link-removed"] });
    let project = client.send(Method::PATCH, "/projects/acme", &[], Some(settings)).await.expect(200).body;
    assert_eq!(project["blocking"].as_array().unwrap().len(), 3);
    let fails = async |because: &str| {
        let asked = client.post("/projects/acme/releases", json!({})).await.expect(202).body;
        let path = format!("/projects/acme/releases/requests/{}", asked["request"]);
        let ended = soon("the end of the request", async || {
            let request = client.get(&path).await.expect(200).body;
            (request["state"] == "failed").then_some(request)
        })
        .await;
        assert!(ended["error"].as_str().unwrap().contains(because), "{ended}");
        assert_eq!(client.live("acme").await.unwrap().release.0, 1);
    };
    save(client, "en/home/title", "Welcome, { $name }").await;
    save(client, "de/home/title", "Willkommen").await;
    fails("de on page home, title: missing-variable").await;
    save(client, "de/home/title", "Willkommen, { $name } { -nobody }").await;
    fails("missing-reference").await;
    save(client, "de/home/title", "Willkommen, { $name } bei { -brand }").await;
    entry(client, "terms", "-brand", json!({ "kind": "html" })).await;
    save(client, "de/terms/-brand", "<a href=\"javascript:x\">x</a>").await;
    fails("link-removed").await;
    save(client, "de/terms/-brand", "Acme").await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["title"], json!(["Willkommen, ", [0, "name"], " bei Acme"]));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_aliases_are_what_i18next_reads() {
    let system = site().await;
    let client = &system.client;
    for key in ["nav.home", "items", "when", "link"] {
        entry(client, "home", key, json!({ "kind": if key == "link" { "html" } else { "text" } })).await;
    }
    save(client, "en/home/nav.home", "Home of { $name }").await;
    save(client, "en/home/items", "{ $count ->\n    [one] one item\n   *[other] { $count } items\n}").await;
    save(client, "en/home/when", "{ $who ->\n    [me] mine\n   *[you] yours\n}").await;
    save(client, "en/home/link", "<a href=\"/terms\">Terms</a> { \"<b>\" }").await;
    client.publish("acme", json!({})).await;
    let flat = json!({
        "title": "Welcome to Acme Inc.", "lead": "Words", "nav.home": "Home of {{name}}", "items_one": "one item",
        "items_other": "{{count}} items", "when": "yours", "link": "<a href=\"/terms\">Terms</a> &lt;b&gt;",
    });
    let alias = async |expected: Value| {
        soon("the alias", async || {
            let alias = client.fetch("acme/en/home.json").await?;
            (alias == expected).then_some(())
        })
        .await;
    };
    alias(flat.clone()).await;
    assert_eq!(client.get("/projects/acme/releases/1").await.expect(200).body["simplified"], 4, "in four locales");
    // The layout is a setting; it follows the releases, also when one is activated again.
    client.send(Method::PATCH, "/projects/acme", &[], Some(json!({ "alias": "nested" }))).await.expect(200);
    assert_eq!(client.publish("acme", json!({})).await, 2);
    let mut nested = flat.clone();
    nested.as_object_mut().unwrap().remove("nav.home");
    nested["nav"] = json!({ "home": "Home of {{name}}" });
    alias(nested).await;
    client.activate("acme", 1).await;
    alias(flat).await;
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_previewed_without_being_saved() {
    let system = site().await;
    let client = &system.client;
    let path = "/projects/acme/drafts/de/home/title/preview";
    let value = "{ $count ->\n    [one] Ein Boot\n   *[other] { $count } Boote\n} von { -long }, { $name }";
    let seen = client.post(path, json!({ "value": value })).await.expect(200).body;
    assert_eq!(
        seen["variables"],
        json!([
            { "name": "count", "takes": { "text": false, "number": true, "date": false } },
            { "name": "name", "takes": { "text": true, "number": true, "date": true } },
        ])
    );
    // As it is delivered once it is saved and published.
    client.get("/projects/acme/drafts/de/home/title").await.problem(404, "not-found");
    save(client, "de/home/title", value).await;
    client.publish("acme", json!({})).await;
    assert_eq!(page(client, "de", "home").await["title"], seen["message"]);

    let findings = client.post(path, json!({ "value": "{ -nowhere }" })).await.expect(200).body;
    assert_eq!(findings["message"], Value::Null);
    assert!(
        findings["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "missing-reference"),
        "{findings}"
    );
    client.post(path, json!({ "value": "{ $count" })).await.problem(422, "invalid-pattern");
    let nowhere = "/projects/acme/drafts/de/home/nothing/preview";
    client.post(nowhere, json!({ "value": "x" })).await.problem(404, "not-found");
    system.stop().await;
}
