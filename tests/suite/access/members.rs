//! Members and invitations.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::support::engines::Engines;
use crate::support::system::Options;
use crate::support::{TestSystem, soon};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_binds_at_the_first_verified_sign_in() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    let invited = json!({ "email": "Ada@Example.com", "role": "editor", "locales": ["de"] });
    let invitation = owner.post("/projects/acme/invitations", invited.clone()).await.expect(201).body;
    assert_eq!(invitation["email"], "ada@example.com");
    assert!(invitation["path"].as_str().unwrap().starts_with("/sign-in#"), "the owner has a link to give");
    owner.post("/projects/acme/invitations", invited).await.problem(409, "taken");

    // Somebody else's address opens nothing; hers does, at her first request.
    owner.person("eve@example.com").await.get("/projects/acme").await.problem(404, "not-found");
    let ada = owner.person("ada@example.com").await;
    let mine = ada.get("/projects").await.expect(200).body;
    assert_eq!(mine["items"][0]["project"], "acme");
    let save = |value: &str| {
        let body = json!({ "value": value });
        ada.send(reqwest::Method::PUT, "/projects/acme/drafts/de/home/title", &[("if-none-match", "*")], Some(body))
    };
    save("Hallo").await.expect(201);
    assert_eq!(owner.get("/projects/acme/invitations").await.expect(200).body["items"], json!([]));
    let members = owner.get("/projects/acme/members").await.expect(200).body;
    let subjects: Vec<_> = members["items"].as_array().unwrap().iter().map(|one| &one["subject"]).collect();
    assert_eq!(subjects, [&json!("local:ada@example.com"), &json!("owner")]);

    // An invitation that was taken back, or has expired, opens nothing.
    let gone = json!({ "email": "bob@example.com", "role": "viewer" });
    let gone = owner.post("/projects/acme/invitations", gone).await.expect(201).body;
    owner.delete(&format!("/projects/acme/invitations/{}", gone["invitation"].as_str().unwrap())).await.expect(204);
    owner.person("bob@example.com").await.get("/projects/acme").await.problem(404, "not-found");
    let past = json!({ "email": "old@example.com", "role": "viewer", "expires": "2020-01-01T00:00:00Z" });
    owner.post("/projects/acme/invitations", past).await.problem(422, "invalid-body");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_invited_is_let_in_however_many_requests_come_first() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    for round in 0..20 {
        let email = format!("new{round}@example.com");
        owner.post("/projects/acme/invitations", json!({ "email": email, "role": "viewer" })).await.expect(201);
        let person = owner.person(&email).await;
        let paths = ["", "/pages", "/locales", "/changes", "/drafts/en/home", "/pages/home/entries", "/checks"];
        let asked = paths.map(|path| {
            let person = person.clone();
            tokio::spawn(async move { person.get(&format!("/projects/acme{path}")).await.expect(200) })
        });
        for answer in asked {
            answer.await.unwrap();
        }
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_keeps_an_admin() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    let ada = owner.person("ada@example.com").await;
    ada.project("acme", &["en"], &[]).await;
    let me = "/projects/acme/members/local:ada@example.com";
    ada.post("/projects/acme/leave", json!({})).await.problem(409, "last-admin");
    ada.delete(me).await.problem(409, "last-admin");
    ada.put(me, json!({ "role": "publisher" })).await.problem(409, "last-admin");

    let bob = owner.member("acme", "bob@example.com", json!({ "role": "admin" })).await;
    // Two admins who remove each other at once: one stays.
    let (one, two) = tokio::join!(bob.delete(me), ada.delete("/projects/acme/members/local:bob@example.com"));
    let statuses = [one.status.as_u16(), two.status.as_u16()];
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?} {} {}", one.body, two.body);
    let members = owner.get("/projects/acme/members").await.expect(200).body;
    assert_eq!(members["items"].as_array().unwrap().len(), 1);

    // What cannot be: limits for those who have none, locales that are not there, people who are not there.
    let of =
        |role: &str, locales: serde_json::Value| json!({ "email": "x@example.com", "role": role, "locales": locales });
    for body in [of("admin", json!(["en"])), of("viewer", json!(["en"])), of("editor", json!([]))] {
        owner.post("/projects/acme/invitations", body).await.problem(422, "invalid-body");
    }
    owner.post("/projects/acme/invitations", of("editor", json!(["tlh"]))).await.problem(404, "not-found");
    owner.put("/projects/acme/members/nobody", json!({ "role": "viewer" })).await.problem(404, "not-found");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_role_takes_effect_at_once_here_and_soon_elsewhere() {
    let engines = Arc::new(Engines::start().await);
    let here = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    let kept = Duration::from_millis(300);
    let there = TestSystem::on(engines, Options { kept: Some(kept), ..Options::default() }).await;
    let owner = &here.client;
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    let ada = owner.member("acme", "ada@example.com", json!({ "role": "admin" })).await;
    let elsewhere = there.client.with(&ada.token);
    elsewhere.get("/projects/acme/members").await.expect(200);

    owner.put("/projects/acme/members/local:ada@example.com", json!({ "role": "viewer" })).await.expect(200);
    ada.get("/projects/acme/members").await.problem(403, "forbidden");
    soon("the other process knows", || async {
        (elsewhere.get("/projects/acme/members").await.status == 403).then_some(())
    })
    .await;
    owner.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
    ada.get("/projects/acme").await.problem(404, "not-found");
    soon("the other process knows", || async { (elsewhere.get("/projects/acme").await.status == 404).then_some(()) })
        .await;
    here.stop().await;
    there.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_of_some_locales_publishes_and_cancels_those() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    owner.save("/projects/acme/drafts/en/home/title", "one").await;
    let release = owner.publish("acme", json!({})).await;
    let ada = owner.member("acme", "ada@example.com", json!({ "role": "publisher", "locales": ["de"] })).await;
    let later = |locales: serde_json::Value| json!({ "locales": locales, "publish_at": "2099-01-01T00:00:00Z" });
    ada.post("/projects/acme/releases", json!({})).await.problem(403, "forbidden");
    ada.post("/projects/acme/releases", later(json!(["de", "en"]))).await.problem(403, "forbidden");
    ada.post(&format!("/projects/acme/releases/{release}/activate"), json!({})).await.problem(403, "forbidden");
    let of = |client: &crate::support::Client, locales: serde_json::Value| {
        let (client, body) = (client.clone(), later(locales));
        async move {
            let asked = client.post("/projects/acme/releases", body).await.expect(202).body;
            format!("/projects/acme/releases/requests/{}", asked["request"])
        }
    };
    let (mine, theirs) = (of(&ada, json!(["de"])).await, of(owner, json!(["en"])).await);
    ada.delete(&theirs).await.problem(403, "forbidden");
    ada.delete(&mine).await.expect(204);
    ada.post("/projects/acme/releases", json!({ "locales": ["de"] })).await.expect(202);
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_change_one_member_do_not_bring_them_back() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[]).await;
    for _ in 0..10 {
        owner.member("acme", "ada@example.com", json!({ "role": "viewer" })).await;
        let path = "/projects/acme/members/local:ada@example.com";
        let (put, removed) = tokio::join!(owner.put(path, json!({ "role": "editor" })), owner.delete(path));
        removed.expect(204);
        assert!(matches!(put.status.as_u16(), 200 | 404 | 412), "{}", put.body);
        let members = owner.get("/projects/acme/members").await.expect(200).body;
        assert_eq!(members["items"].as_array().unwrap().len(), 1, "{members}");
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_it_decides_who_creates_projects() {
    use copydesk_server::access::Creators;
    let creators: Creators = "ada@example.com, local:bob@example.com".parse().unwrap();
    let access = copydesk_server::settings::AccessSettings { creators: Some(creators), ..Default::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), Options { access, ..Options::default() }).await;
    let owner = &system.client;
    let new = |project: &str| json!({ "project": project, "name": project, "source": "en" });
    for (email, project) in [("ada@example.com", "ada"), ("bob@example.com", "bob")] {
        let person = owner.person(email).await;
        assert_eq!(person.get("/me").await.expect(200).body["may_create"], true);
        for ours in ["copydesk-studio", "copydesk-trial"] {
            person.post("/projects", new(ours)).await.problem(403, "forbidden");
        }
        person.post("/projects", new(project)).await.expect(201);
        person.delete(&format!("/projects/{project}")).await.expect(204);
        person.get(&format!("/projects/{project}")).await.problem(404, "not-found");
        assert_eq!(person.get("/projects").await.expect(200).body["items"], json!([]));
    }
    let eve = owner.person("eve@example.com").await;
    assert_eq!(eve.get("/me").await.expect(200).body["may_create"], false);
    eve.post("/projects", new("eve")).await.problem(403, "forbidden");
    owner.post("/projects", new("mine")).await.expect(201);
    system.stop().await;
}
