//! Sites with more files than a live manifest holds.

use serde_json::json;

use crate::support::TestSystem;

#[tokio::test(flavor = "multi_thread")]
async fn a_large_site_has_manifests_by_locale_and_still_one_switch() {
    let system = TestSystem::start().await;
    let client = &system.client;
    let names: Vec<String> = (0..340).map(|n| format!("{n:03}{}", "x".repeat(190))).collect();
    let pages: Vec<(&str, &[&str])> = names.iter().map(|name| (name.as_str(), &["title"] as &[&str])).collect();
    let few = &pages[..300];
    client.project("acme", &["en", "de"], few).await;
    client.save_all("acme", &["en"], &few[..1], "x").await;
    client.publish("acme", json!({})).await;
    let small = client.live("acme").await.unwrap();
    assert_eq!((small.pages.len(), small.manifests.len()), (300, 0));

    for (page, _) in &pages[300..] {
        client.put(&format!("/projects/acme/pages/{page}"), json!({})).await.expect(200);
    }
    client.publish("acme", json!({})).await;
    let first = client.live("acme").await.unwrap();
    assert_eq!((first.pages.len(), &first.manifests), (0, &vec![2, 2]));
    let manifest = |locale: &'static str, number: u64| async move {
        client.fetch(&format!("acme/manifests/{locale}.{number}.json")).await.unwrap()
    };
    let en = manifest("en", 2).await;
    assert_eq!((&en["locales"], en["pages"].as_object().unwrap().len()), (&json!(["en"]), 340));
    assert_eq!((&en["pages"][&names[0]], &en["pages"][&names[339]]), (&json!([1]), &json!([2])));
    assert!(client.fetch(&format!("acme/en/{}.2.json", names[339])).await.is_some());

    // What is German alone leaves the English manifest as it was.
    client.save(&format!("/projects/acme/drafts/de/{}/title", names[5]), "y").await;
    client.publish("acme", json!({})).await;
    let second = client.live("acme").await.unwrap();
    let place = |locale: &str| second.locales.iter().position(|one| one.as_str() == locale).unwrap();
    assert_eq!((second.manifests[place("en")], second.manifests[place("de")]), (2, 3));
    assert_eq!(manifest("de", 3).await["pages"][&names[5]], json!([3]));
    // Back is one switch as forward is.
    client.activate("acme", 2).await;
    assert_eq!(client.live("acme").await.unwrap().manifests, vec![2, 2]);
    system.stop().await;
}
