//! Copy as files, over the API.

use serde_json::{Value, json};

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn every_format_goes_out_and_says_the_same_when_it_comes_back() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("shop--cart", &["title", "count"])]).await;
    client.save("/projects/acme/drafts/en/shop--cart/title", "Your cart, { $name }").await;
    client
        .save("/projects/acme/drafts/en/shop--cart/count", "{ $n ->\n    [one] One thing\n   *[other] { $n } things\n}")
        .await;
    let version = client.save("/projects/acme/drafts/de/shop--cart/title", "Dein Korb, { $name }").await;
    for format in ["ftl", "i18next", "i18next-nested", "xliff", "xliff2", "po", "csv"] {
        let path = format!("/projects/acme/files/de/shop--cart?format={format}");
        let written = client.get(&path).await.expect(200).body;
        let name = written["name"].as_str().unwrap();
        assert!(name.starts_with("de/shop/cart."), "{name}");
        let given = json!({ "format": format, "name": name, "text": written["text"] });
        let read = client.post("/projects/acme/files", given).await.expect(200).body;
        assert_eq!((&read["locale"], &read["page"]), (&json!("de"), &json!("shop--cart")), "{format}");
        let values: Vec<(&Value, &Value)> =
            read["messages"].as_array().unwrap().iter().map(|one| (&one["key"], &one["value"])).collect();
        assert_eq!(values, [(&json!("title"), &json!("Dein Korb, { $name }"))], "{format}");
        assert_eq!(read["skipped"], json!([]), "{format}");
        let is_sheet = matches!(format, "xliff" | "xliff2" | "po" | "csv");
        assert_eq!(read["messages"][0]["version"].as_u64(), is_sheet.then_some(version), "{format}");
        assert_eq!(written["messages"], if is_sheet { 2 } else { 1 }, "{format}");
        let needed = client.get(&format!("{path}&needs_work=true")).await.expect(200).body;
        assert_eq!(needed["messages"], usize::from(is_sheet), "{format}: what is missing is in sheets");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_what_it_says_is_remarked_on_line_by_line() {
    let system = TestSystem::start().await;
    let client = &system.client;
    client.project("acme", &["en"], &[]).await;
    let read = async |format: &str, text: &str| {
        let given = json!({ "format": format, "name": "start.ftl", "text": text });
        client.post("/projects/acme/files", given).await.expect(200).body
    };
    let ftl = read("ftl", "title = Here\nlead = { $open\n").await;
    assert_eq!((&ftl["page"], &ftl["locale"]), (&json!("start"), &Value::Null));
    assert_eq!(ftl["messages"].as_array().unwrap().len(), 1);
    assert_eq!(ftl["skipped"][0]["line"], 2);
    for format in ["i18next", "xliff", "csv"] {
        let broken = read(format, "\u{0}<nothing of the kind").await;
        assert!(!broken["skipped"][0]["reason"].as_str().unwrap().is_empty(), "{format}: {broken}");
    }
    client.post("/projects/acme/files", json!({ "format": "word", "text": "" })).await.problem(422, "invalid-body");
    client.get("/projects/acme/files/en/home?format=word").await.problem(400, "bad-request");
    system.stop().await;
}
