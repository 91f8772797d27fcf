//! What browsers may do, and what every answer says to them.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{Client, TestSystem};

async fn preflight(client: &Client, path: &str, origin: &str) -> reqwest::Response {
    let request = client.http.request(reqwest::Method::OPTIONS, format!("{}/v1{path}", client.api));
    let request = request.header("origin", origin).header("access-control-request-method", "PUT");
    request.header("access-control-request-headers", "authorization,if-match").send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_projects_own_sites_may_ask() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    owner.project("acme", &["en"], &[]).await;
    owner.project("other", &["en"], &[]).await;
    let site = "https://www.acme.example";
    let patch = json!({ "origins": [site, "http://localhost:3000"] });
    let patched = owner.send(reqwest::Method::PATCH, "/projects/acme", &[], Some(patch)).await.expect(200).body;
    assert_eq!(patched["origins"], json!(["http://localhost:3000", site]));
    for bad in ["*", "https://www.acme.example/", "https://WWW.acme.example", "null"] {
        let patch = json!({ "origins": [bad] });
        owner.send(reqwest::Method::PATCH, "/projects/acme", &[], Some(patch)).await.problem(422, "invalid-body");
    }

    let allowed = preflight(owner, "/projects/acme/drafts/en/home/title", site).await;
    let header = |response: &reqwest::Response, name: &str| {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(allowed.status(), 200);
    assert_eq!(header(&allowed, "access-control-allow-origin").as_deref(), Some(site));
    assert_eq!(header(&allowed, "access-control-allow-credentials"), None, "no cookies, ever");
    for (path, origin) in [
        ("/projects/acme/pages", "https://www.acme.example.evil.example"),
        ("/projects/acme/pages", "http://www.acme.example"),
        ("/projects/acme/pages", "https://www.acme.example:8443"),
        ("/projects/acme/pages", "null"),
        ("/projects/other/pages", site),
        ("/projects/missing/pages", site),
        ("/projects", site),
    ] {
        let refused = preflight(owner, path, origin).await;
        assert_eq!(header(&refused, "access-control-allow-origin"), None, "{origin} {path}");
    }
    // A site that is not listed learns nothing of which projects there are.
    let told = |response: reqwest::Response| {
        let headers = response
            .headers()
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date" | "ratelimit"));
        let headers: Vec<_> = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
        (response.status(), headers)
    };
    let there = told(preflight(owner, "/projects/other/pages", site).await);
    assert_eq!(there, told(preflight(owner, "/projects/missing/pages", site).await));
    // The answer itself says so, too, and says that it depends on who asks.
    let get =
        owner.http.get(format!("{}/v1/projects/acme", owner.api)).bearer_auth(&owner.token).header("origin", site);
    let answer = get.send().await.unwrap();
    assert_eq!(header(&answer, "access-control-allow-origin").as_deref(), Some(site));
    let varies = answer.headers().get_all("vary").iter().any(|value| value.to_str().unwrap().contains("origin"));
    assert!(varies, "{answer:?}");
    assert!(header(&answer, "access-control-expose-headers").unwrap().contains("etag"));
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_hardened() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    // The studio's own files may be kept, if they are asked for again.
    let paths = ["/v1/projects", "/v1/nothing", "/health/live", "/openapi.json"].map(|path| (path, "no-store"));
    let studio = ["/", "/sign-in", "/studio.js", "/studio.css"].map(|path| (path, "no-cache"));
    for (path, kept) in paths.into_iter().chain(studio) {
        let answer = owner.http.get(format!("{}{path}", owner.api)).send().await.unwrap();
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cache-control"), kept, "{path}");
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(answer.headers().get("set-cookie").is_none());
    }
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_projects_own_sites_may_show_the_editors_frame() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    for project in ["acme", "bare"] {
        owner.project(project, &["en"], &[]).await;
    }
    let patch = json!({ "origins": ["https://www.acme.example", "http://localhost:3000"] });
    owner.send(reqwest::Method::PATCH, "/projects/acme", &[], Some(patch)).await.expect(200);
    let ancestors = async |path: &str| {
        let answer = owner.http.get(format!("{}{path}", owner.api)).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        policy.split("frame-ancestors ").nth(1).unwrap().to_owned()
    };
    assert_eq!(ancestors("/edit/acme").await, "http://localhost:3000 https://www.acme.example");
    for nobodys in ["/edit/bare", "/edit/missing", "/edit/Not%20a%20name", "/", "/sign-in", "/studio.js", "/frame.js"] {
        assert_eq!(ancestors(nobodys).await, "'none'", "{nobodys}");
    }
    // What runs in the site itself is for every site.
    let script = owner.http.get(format!("{}/edit.js", owner.api)).header("origin", "https://any.example").send().await;
    assert_eq!(script.unwrap().headers()["access-control-allow-origin"], "*");
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_two_versions_of_the_studio_never_meet() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    let get = async |path: &str| owner.http.get(format!("{}{path}", owner.api)).send().await.unwrap();
    let asked_for = async |path: &str| {
        let text = get(path).await.text().await.unwrap();
        let addresses = text.split('"').filter(|one| one.starts_with('/') && one.contains("?v="));
        addresses.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let page = asked_for("/").await;
    assert_eq!(asked_for("/studio.js").await, page, "the door asks for what the page announces");
    assert_eq!(page.len(), 2, "{page:?}");
    for address in page {
        let answer = get(&address).await;
        assert_eq!(answer.status(), 200, "{address}");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        let (path, version) = address.split_once("?v=").unwrap();
        let other: String = version.chars().rev().collect();
        for stale in [format!("{path}?v={other}"), path.to_owned()] {
            let answer = get(&stale).await;
            assert_eq!(answer.status(), 404, "{stale}");
            assert_eq!(answer.headers()["cache-control"], "no-store");
        }
    }
    system.stop().await;
}
