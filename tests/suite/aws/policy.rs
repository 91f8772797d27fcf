//! What each role may do, by the template's own statements: everything that the programs really ask for, and nothing that
//! the flow forbids. The calls are those of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use copydesk_process::Clock;
use copydesk_schema::ReleaseNumber;
use copydesk_schema::sources::SourceKey;
use serde_json::{Value, json};
use serde_yaml_ng::Value as Yaml;

use super::{resources, text, texts};
use crate::support::engines::Engines;
use crate::support::faults::Faults;
use crate::support::issuer::{Issuer, SigningKey};
use crate::support::system::Options;
use crate::support::{TestSystem, soon};

/// The table, as the template's rights name it.
const TABLE: &str = "arn:AWS::Partition:dynamodb:AWS::Region:AWS::AccountId:table/Table";

/// How buckets of logs are called in tests.
pub(super) const VIEWS: &str = "views-";

/// One thing that somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Call {
    action: String,
    resource: String,
    /// What conditions look at.
    context: BTreeMap<String, Vec<String>>,
}

impl Call {
    pub(super) fn table(action: &str, pk: Option<&str>, index: Option<&str>) -> Self {
        let context = pk.map(|pk| ("dynamodb:LeadingKeys".to_owned(), vec![pk.to_owned()]));
        let resource = index.map_or(TABLE.to_owned(), |index| format!("{TABLE}/index/{index}"));
        Self { action: format!("dynamodb:{action}"), resource, context: context.into_iter().collect() }
    }

    pub(super) fn object(bucket: &str, action: &str, key: &str, conditions: &[&str]) -> Self {
        let mut context = BTreeMap::from([("aws:SecureTransport".to_owned(), vec!["true".to_owned()])]);
        context.extend(conditions.iter().map(|name| (format!("s3:{name}"), vec!["given".to_owned()])));
        let resource = if key.is_empty() { format!("{bucket}.Arn") } else { format!("{bucket}.Arn/{key}") };
        Self { action: format!("s3:{action}"), resource, context }
    }
}

/// What a request asks of Amazon.
fn calls(request: &HttpRequest) -> Vec<Call> {
    match request.headers().get("x-amz-target").and_then(|target| target.split_once('.')) {
        Some((_, operation)) => {
            let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
            table_calls(operation, &body)
        }
        None => object_calls(request),
    }
}

fn table_calls(operation: &str, body: &Value) -> Vec<Call> {
    let pk = |item: &Value| item["pk"]["S"].as_str().map(str::to_owned);
    let one = |action: &str, item: &Value| Call::table(action, pk(item).as_deref(), None);
    match operation {
        "TransactWriteItems" => body["TransactItems"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|item| item.as_object().unwrap())
            .map(|(kind, what)| match kind.as_str() {
                "Put" => one("PutItem", &what["Item"]),
                "Update" => one("UpdateItem", &what["Key"]),
                "Delete" => one("DeleteItem", &what["Key"]),
                "ConditionCheck" => one("ConditionCheckItem", &what["Key"]),
                other => panic!("{other} in a transaction"),
            })
            .collect(),
        "PutItem" => vec![one("PutItem", &body["Item"])],
        "Query" => vec![Call::table("Query", None, body["IndexName"].as_str())],
        "BatchGetItem" => vec![Call::table("BatchGetItem", None, None)],
        other => vec![one(other, &body["Key"])],
    }
}

fn object_calls(request: &HttpRequest) -> Vec<Call> {
    let address = request.uri().split_once("://").map_or(request.uri(), |(_, rest)| rest);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    // The host, then the bucket.
    let mut parts = path.splitn(3, '/').skip(1);
    let bucket = match parts.next() {
        Some("sources") => "Sources",
        Some(views) if views.starts_with(VIEWS) => "Views",
        _ => "Delivered",
    };
    let key = parts.next().unwrap_or_default();
    let conditions = ["if-match", "if-none-match"].into_iter().filter(|name| request.headers().get(*name).is_some());
    let conditions: Vec<&str> = conditions.collect();
    let action = match request.method() {
        "PUT" => "PutObject",
        "DELETE" => "DeleteObject",
        _ if query.contains("list-type") => "ListBucket",
        _ => "GetObject",
    };
    vec![Call::object(bucket, action, key, &conditions)]
}

/// Statements of a role, or of the bucket.
fn statements(of: &Yaml) -> Vec<Yaml> {
    of["Statement"].as_sequence().unwrap().clone()
}

pub(super) fn role(function: &str) -> Vec<Yaml> {
    let resources = resources();
    resources[function]["Properties"]["Policies"].as_sequence().unwrap().iter().flat_map(statements).collect()
}

fn buckets() -> Vec<Yaml> {
    // What is said to services is not said to roles.
    let policy = |name: &str| statements(&resources()[name]["Properties"]["PolicyDocument"]);
    let all = ["DeliveredPolicy", "SourcesPolicy", "ViewsPolicy"].into_iter().flat_map(policy);
    all.filter(|statement| statement["Principal"] == "*").collect()
}

/// As Amazon decides: what nothing allows is denied, and what something denies is.
fn allows(statements: &[Yaml], call: &Call) -> bool {
    let applies = |effect: &str| statements.iter().any(|one| one["Effect"] == effect && is_about(one, call));
    applies("Allow") && !applies("Deny")
}

fn is_about(statement: &Yaml, call: &Call) -> bool {
    let any = |field: &str, value: &str| texts(&statement[field]).iter().any(|pattern| is_like(pattern, value));
    any("Action", &call.action) && any("Resource", &call.resource) && holds(&statement["Condition"], call)
}

fn holds(condition: &Yaml, call: &Call) -> bool {
    let Some(operators) = condition.as_mapping() else { return true };
    operators.iter().all(|(operator, keys)| {
        keys.as_mapping().unwrap().iter().all(|(key, wanted)| {
            let (values, wanted) = (call.context.get(&text(key)), texts(wanted));
            match text(operator).as_str() {
                "Null" => wanted == [values.is_none().to_string()],
                "Bool" => values.is_some_and(|values| *values == wanted),
                "ForAllValues:StringLike" => {
                    values.into_iter().flatten().all(|value| wanted.iter().any(|pattern| is_like(pattern, value)))
                }
                other => panic!("{other} is not understood here"),
            }
        })
    })
}

/// Whether a text is like a pattern with stars.
fn is_like(pattern: &str, value: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == value,
        Some((before, after)) => value.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| is_like(after, &rest[at..]))
        }),
    }
}

/// Whether a role may do something, and no bucket denies it.
pub(super) fn may(role: &[Yaml], call: &Call) -> bool {
    let is_object = call.action.starts_with("s3:");
    allows(role, call) && !(is_object && buckets().iter().any(|one| one["Effect"] == "Deny" && is_about(one, call)))
}

pub(super) type Seen = Arc<Mutex<BTreeSet<Call>>>;

/// Lets everything through, and remembers it.
pub(super) fn recorder() -> (Faults, Seen) {
    let (faults, seen) = (Faults::none(), Seen::default());
    let own = Arc::clone(&seen);
    faults.arm(move |_, request| {
        own.lock().unwrap().extend(calls(request));
        None
    });
    (faults, seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_allow_what_a_run_asks_for_and_nothing_that_the_flow_forbids() {
    let ((server, by_server), (publisher, by_publisher)) = (recorder(), recorder());
    another_window(server.clone()).await;
    let (server_faults, publisher_faults) = (Some(server), Some(publisher.clone()));
    let options = Options { server_faults, publisher_faults, ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    everything(&system).await;
    tidied(system.stop().await, publisher).await;

    let (server, publisher) = (role("Server"), role("Publisher"));
    for (name, role, seen) in [("the server", &server, &by_server), ("the publisher", &publisher, &by_publisher)] {
        let seen = seen.lock().unwrap();
        assert!(seen.len() > 20, "{name} asked for {} things", seen.len());
        let refused: Vec<&Call> = seen.iter().filter(|call| !may(role, call)).collect();
        assert!(refused.is_empty(), "{name} may not: {refused:#?}");
    }
    for bucket in ["Delivered", "Sources"] {
        let removed = by_publisher
            .lock()
            .unwrap()
            .iter()
            .any(|call| call.action == "s3:DeleteObject" && call.resource.starts_with(&format!("{bucket}.Arn/")));
        assert!(removed, "nothing was removed from {bucket}");
    }
    // What a role is for that never asks is a role too many.
    let asked = |seen: &Seen, pattern: &str| {
        let writes = ["PutItem", "UpdateItem", "DeleteItem"];
        seen.lock().unwrap().iter().any(|call| {
            writes.iter().any(|write| call.action.ends_with(write))
                && call.context.values().flatten().any(|pk| is_like(pattern, pk))
        })
    };
    for (role, seen) in [(&server, &by_server), (&publisher, &by_publisher)] {
        let writes = role.iter().find(|one| one["Sid"] == "Writes").unwrap();
        for pattern in texts(&writes["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]) {
            assert!(asked(seen, &pattern), "nothing was written to {pattern}");
        }
    }

    let write = |pk: &str| Call::table("PutItem", Some(pk), None);
    for pk in ["RELEASE#acme", "FILE#acme#en", "MIGRATION"] {
        assert!(!may(&server, &write(pk)), "the server writes {pk}");
    }
    for pk in ["PROJECT#acme", "DRAFT#acme#en", "LOG#acme#0", "SEQ#acme", "TOKEN#1", "USER#1", "IDEM#acme", "MIGRATION"]
    {
        assert!(!may(&publisher, &write(pk)), "the publisher writes {pk}");
    }
    for role in [&server, &publisher] {
        assert!(!may(role, &Call::table("Scan", None, None)));
        assert!(!may(role, &Call::table("PutItem", None, None)), "a write that names no key");
        assert!(!may(role, &Call::table("DeleteTable", None, None)));
    }
    let object = |action: &str, key: &str, conditions: &[&str]| Call::object("Delivered", action, key, conditions);
    for action in ["GetObject", "PutObject", "DeleteObject"] {
        assert!(!may(&server, &object(action, "acme/live.json", &["if-match"])), "the server and {action}");
    }
    for key in ["acme/de/home.41.json", "acme/releases/41.json", "acme/manifests/de.41.json"] {
        assert!(may(&publisher, &object("PutObject", key, &["if-none-match"])), "{key}");
        assert!(!may(&publisher, &object("PutObject", key, &[])), "{key} is written over");
    }
    for key in ["acme/live.json", "acme/site.js"] {
        assert!(may(&publisher, &object("PutObject", key, &["if-match"])), "{key}");
        assert!(!may(&publisher, &object("PutObject", key, &[])), "{key} is written without looking");
        assert!(!may(&publisher, &object("DeleteObject", key, &[])), "{key} is taken away");
    }
    let source = |action: &str, conditions: &[&str]| Call::object("Sources", action, "acme/values/ab.json", conditions);
    assert!(may(&publisher, &source("PutObject", &["if-none-match"])));
    assert!(!may(&publisher, &source("PutObject", &[])), "what a release was made of is written over");
    for action in ["GetObject", "PutObject", "DeleteObject"] {
        assert!(!may(&server, &source(action, &["if-none-match"])), "the server and {action} of sources");
    }
    let plain = Call {
        context: BTreeMap::from([("aws:SecureTransport".to_owned(), vec!["false".to_owned()])]),
        ..object("GetObject", "acme/live.json", &[])
    };
    assert!(!may(&publisher, &plain), "without TLS");
}

/// Somebody who signed in at an issuer takes a code to another window.
async fn another_window(server: Faults) {
    let key = SigningKey::p256("one");
    let issuer = Issuer::start(&[&key]).await;
    let issuers = json!([{ "name": "login", "issuer": issuer.url, "kind": "generic", "audiences": ["copydesk"], "clients": ["editor"] }]);
    let options = Options { issuers: Some(issuers.to_string()), server_faults: Some(server), ..Options::default() };
    let system = TestSystem::on(Arc::new(Engines::start().await), options).await;
    let now = Clock::system().now().0 / 1000;
    let claims = json!({ "iss": issuer.url, "sub": "u-1", "aud": "copydesk", "iat": now, "exp": now + 600 });
    let ada = system.client.with(&key.token(&claims));
    let code = ada.post("/sessions/codes", json!({})).await.expect(201).body["code"].clone();
    ada.with("").post("/sessions", json!({ "code": code })).await.expect(201);
    system.stop().await;
}

/// A publisher that keeps nothing longer than it must removes what earlier releases were made of.
async fn tidied(engines: Arc<Engines>, publisher: Faults) {
    let (keep, publisher_faults) = (Some(Duration::ZERO), Some(publisher));
    let system = TestSystem::on(engines, Options { publisher_faults, keep, ..Options::default() }).await;
    system.client.save("/projects/acme/drafts/en/home/title", "Newest").await;
    system.client.publish("acme", json!({})).await;
    let first = SourceKey::Release("acme".parse().unwrap(), ReleaseNumber(1)).to_string();
    soon("the first release was pruned", async || system.engines.sources.get(&first).unwrap().is_none().then_some(()))
        .await;
    system.stop().await;
}

/// As much of what there is to do as has a different place in the table.
async fn everything(system: &TestSystem) {
    let client = &system.client;
    client.project("acme", &["en", "de"], &[("home", &["title", "lead"]), ("shop", &["title"])]).await;
    client.save_all("acme", &["en", "de"], &[("home", &["title", "lead"])], "Text").await;
    let ada = client.member("acme", "ada@example.com", json!({ "role": "publisher" })).await;
    ada.get("/projects").await.expect(200);
    let (script, token) = client.api_token("acme", json!({ "role": "viewer" })).await;
    script.get("/projects/acme/search?q=text").await.expect(200);
    let hook = json!({ "url": "http://127.0.0.1:59999/hook" });
    let hook = client.post("/projects/acme/hooks", hook).await.expect(201).body["hook"].as_str().unwrap().to_owned();
    let here = json!({ "window": "w", "locale": "de", "page": "home" });
    ada.put("/projects/acme/presence", here).await.expect(200);
    client.post("/projects/acme/previews", json!({})).await.expect(201);
    client.publish("acme", json!({})).await;
    client.save("/projects/acme/drafts/en/home/title", "New").await;
    client.post("/projects/acme/pages/home/entries/lead/rename", json!({ "key": "intro" })).await.expect(200);
    let headers = [("idempotency-key", "once"), ("prefer", "wait=20")];
    client.send(reqwest::Method::POST, "/projects/acme/releases", &headers, Some(json!({}))).await.expect(202);
    client.activate("acme", 1).await;
    let clock = Clock::system();
    let [request, later] = [300, 3_600_000].map(|millis| json!({ "publish_at": clock.now().plus_millis(millis) }));
    let request = client.ask("acme", request).await;
    client.ended("acme", request).await;
    let later = client.ask("acme", later).await;
    client.delete(&format!("/projects/acme/releases/requests/{later}")).await.expect(204);
    for (path, items) in [
        ("/projects/acme/pages/home/entries", json!({ "entries": [{ "key": "k1" }, { "key": "k2" }] })),
        ("/projects/acme/drafts/de/home", json!({ "drafts": [{ "key": "k1", "value": "One", "version": 0 }] })),
    ] {
        client.send(reqwest::Method::PATCH, path, &[], Some(items)).await.expect(200);
    }
    client.get("/projects/acme/changes").await.expect(200);
    client.get("/projects/acme/checks").await.expect(200);
    client.delete("/projects/acme/pages/shop").await.expect(204);
    client.publish("acme", json!({})).await;
    client.delete(&format!("/projects/acme/hooks/{hook}")).await.expect(204);
    client.delete(&format!("/projects/acme/tokens/{token}")).await.expect(204);
    client.delete("/projects/acme/members/local:ada@example.com").await.expect(204);
}
