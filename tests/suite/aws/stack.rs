//! The main story on the stack, and what befalls it: other versions, the loss of the table, of all but delivery.

use std::ops::RangeBounds;
use std::path::PathBuf;
use std::process::Command;

use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::TEMPLATE;
use super::cloud::{AUDIENCE, FIRST, Stack};
use super::daily::log;
use super::lost::{REBUILT, deleted, rebuilt, restored};
use crate::command::process::binary;
use crate::support::engines::endpoint;
use crate::support::issuer::SigningKey;
use crate::support::soon;
use crate::support::temp::TempFolder;

/// Functions, and what asks a new version of each to try itself.
const SERVER: (&str, &str) = ("Server", "Trial");
const PUBLISHER: (&str, &str) = ("Publisher", "PublisherTrial");

/// Where the programs of a later version are.
const LATER: &str = "later/";

/// One of our programs, or one of others, told where this cloud is.
pub(super) fn program(stack: &Stack, name: &str) -> Command {
    let others = PathBuf::from(endpoint("COPYDESK_TEST_AWS"));
    let mut program = Command::new(match name {
        "aws" => others.join(name),
        "sh" => name.into(),
        ours => binary().with_file_name(ours),
    });
    program.env("PATH", format!("{}:{}", others.display(), std::env::var("PATH").unwrap()));
    program.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    program.env("AWS_REGION", "us-east-1").env("AWS_DEFAULT_REGION", "us-east-1");
    for endpoint in ["AWS_ENDPOINT_URL", "COPYDESK_DYNAMODB_ENDPOINT", "COPYDESK_S3_ENDPOINT"] {
        program.env(endpoint, &stack.cloud.address);
    }
    // Where sites fetch and people write are names in the cloud.
    program.env("http_proxy", format!("http://127.0.0.1:{}", stack.passage.port)).env("no_proxy", "127.0.0.1");
    program
}

/// Runs a program to its good end; what it said.
pub(super) fn succeeds(command: &mut Command) -> String {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap()
}

/// Makes a table what the programs expect of one.
pub(super) fn migrate(stack: &Stack, table: &str) {
    succeeds(program(stack, "copydesk").arg("migrate").env("COPYDESK_TABLE", table));
}

/// What `copydesk deploy check` says of the stack and this template: of each thing whether it is as expected, and what
/// there is to say.
pub(super) fn checked(stack: &Stack, template: &str) -> Value {
    let folder = TempFolder::new();
    let file = folder.path().join("template.yaml");
    std::fs::write(&file, template).unwrap();
    let mut check = program(stack, "copydesk");
    let done = check.args(["deploy", "check", "--json", "--template"]).arg(file).output().unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{done:?}"));
    let is_well = findings.iter().all(|one| one["ok"] == true);
    assert_eq!(done.status.code(), Some(i32::from(!is_well)), "{done:?}");
    let findings =
        findings.into_iter().map(|one| (one["what"].as_str().unwrap().to_owned(), json!([one["ok"], one["said"]])));
    findings.collect::<serde_json::Map<_, _>>().into()
}

/// What is not as expected.
pub(super) fn wrong(stack: &Stack, template: &str) -> Value {
    let mut findings = checked(stack, template);
    findings.as_object_mut().unwrap().retain(|_, found| found[0] == false);
    findings
}

/// A call of the table's API.
pub(super) async fn table(stack: &Stack, target: &str, body: &Value) -> Value {
    let answer = stack.cloud.json("dynamodb", &format!("DynamoDB_20120810.{target}"), body).await;
    assert!(answer.status.is_success(), "{target}: {answer:?}");
    answer.json()
}

pub(super) async fn recoverable(stack: &Stack, name: &str) {
    let recovery = json!({ "PointInTimeRecoveryEnabled": true });
    let body = json!({ "TableName": name, "PointInTimeRecoverySpecification": recovery });
    table(stack, "UpdateContinuousBackups", &body).await;
}

/// A project with a text, made by somebody who signed in.
async fn project(stack: &Stack, who: &str) {
    let new = json!({ "project": "acme", "name": "Acme", "source": "en" });
    // The gateway lets nobody through here but people, and it knows them by the issuer's signature.
    let strangers = SigningKey::rsa("people").token(&json!({ "iss": stack.issuer.url, "sub": "eve", "aud": AUDIENCE }));
    for nobody in ["", "cpd_none", &strangers] {
        let answer = stack.api(nobody, Method::POST, "/projects", &[], new.clone()).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::UNAUTHORIZED, json!({ "message": "Unauthorized" })));
    }
    // Elsewhere the server decides.
    let answer = stack.api("cpd_none", Method::GET, "/projects", &[], Value::Null).await;
    assert_eq!(
        (answer.status, &answer.json()["type"]),
        (StatusCode::UNAUTHORIZED, &json!("urn:copydesk:problem:unauthorized"))
    );

    let made = stack.api(who, Method::POST, "/projects", &[], new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    for path in ["/projects/acme/pages/home", "/projects/acme/pages/home/entries/title"] {
        let made = stack.api(who, Method::PUT, path, &[], json!({})).await;
        assert!(made.status.is_success(), "{path}: {made:?}");
    }
}

pub(super) async fn save(stack: &Stack, who: &str, value: &str) {
    let path = "/projects/acme/drafts/en/home/title";
    let version = stack.api(who, Method::GET, path, &[], Value::Null).await.json()["version"].as_u64();
    let tag = version.map_or("*".to_owned(), |version| format!("\"{version}\""));
    let condition = if version.is_some() { "if-match" } else { "if-none-match" };
    let saved = stack.api(who, Method::PUT, path, &[(condition, &tag)], json!({ "value": value })).await;
    assert!(saved.status.is_success(), "{saved:?}");
}

pub(super) async fn ask_for(stack: &Stack, who: &str, path: &str, body: Value) {
    let asked = stack.api(who, Method::POST, &format!("/projects/acme/releases{path}"), &[], body).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
}

/// The text of what is live, as a visitor has it, once it is one of these releases.
pub(super) async fn live(stack: &Stack, releases: impl RangeBounds<u64>) -> String {
    let found = soon("it is delivered", async || {
        let live = stack.delivered("/acme/live.json").await;
        live.json()["release"].as_u64().is_some_and(|release| releases.contains(&release)).then_some(live)
    });
    let live = found.await.json();
    let file = format!("/acme/en/home.{}.json", live["pages"]["home"][0]);
    let page = stack.delivered(&file).await;
    for (name, value) in [
        ("cache-control", "public, max-age=31536000, immutable"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(page.headers.get(name).map(|found| found.to_str().unwrap()), Some(value), "{name} of {page:?}");
    }
    page.json()[1][1].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn server_and_publisher_run_apart_as_a_stack() {
    let stack = Stack::create().await;
    let template = stack.template(FIRST, &[]);
    let table = stack.name("Table");
    // MiniStack makes no use of the part of the template that has recovery.
    let unready = json!({
        "table": [false, "run \"copydesk migrate\" for 1: create the table, its index of waiting jobs, and expiry"],
        "protection": [false, format!("{table} has no point-in-time recovery, no expiry by \"ttl\"")]
    });
    assert_eq!(wrong(&stack, &template), unready);
    migrate(&stack, table);
    recoverable(&stack, table).await;
    assert_eq!(wrong(&stack, &template), json!({}));
    // It is not this version's template.
    let said = &wrong(&stack, TEMPLATE)["template"][1];
    let differences = said.as_str().unwrap();
    assert!(
        differences.starts_with("differs in ApiPeople, Code, ")
            && differences.ends_with("; lacks Spent, ViewsDelivery, ViewsDestination, ViewsSource"),
        "{said}"
    );
    let ada = &stack.token("ada");
    project(&stack, ada).await;
    people_write(&stack, ada).await;

    // What is asked for is published at once: the table's stream wakes the publisher.
    save(&stack, ada, "One").await;
    ask_for(&stack, ada, "", json!({})).await;
    assert_eq!(live(&stack, 1..=1).await, "One");
    save(&stack, ada, "Two").await;
    ask_for(&stack, ada, "", json!({})).await;
    assert_eq!(live(&stack, 2..=2).await, "Two");
    ask_for(&stack, ada, "/1/activate", Value::Null).await;
    assert_eq!(live(&stack, 1..=1).await, "One");

    counted(&stack, ada).await;
    canary(&stack, ada).await;
    let restored = restored(&stack, ada).await;

    // Another version, and back: what is live stays so, what was saved is there, and the stream wakes the other publisher.
    let (mut versions, mut before) = (vec![stack.version("Server").await], "Then".to_owned());
    for (release, version) in (6..).zip([LATER, FIRST]) {
        save(&stack, ada, &format!("Release {release}")).await;
        stack.update(version, &restored).await;
        versions.push(stack.version("Server").await);
        assert_eq!(live(&stack, release - 1..release).await, before);
        ask_for(&stack, ada, "", json!({})).await;
        before = format!("Release {release}");
        assert_eq!(live(&stack, release..=release).await, before);
    }
    assert!(versions.windows(2).all(|two| two[0] != two[1]), "{versions:?}");

    save(&stack, ada, "Never published").await;
    rebuilt(&stack, ada).await;

    // Nobody gets at what is not delivered.
    for path in ["/acme/en/home.99.json", "/"] {
        assert!(stack.delivered(path).await.status.is_client_error(), "{path}");
    }

    // With all of ours gone, sites have their copy.
    let script = soon("the script says so too", async || {
        let script = stack.delivered("/acme/site.js").await.text;
        script.contains("\"release\":8,").then_some(script)
    });
    let script = script.await;
    remove_all_but_delivery(&stack).await;
    assert!(!stack.api(ada, Method::GET, "/projects", &[], Value::Null).await.status.is_success());
    assert_eq!(live(&stack, 8..).await, "Release 7");
    assert_eq!(stack.delivered("/acme/site.js").await.text, script);
    taken_down(&stack).await;
}

/// Without the stack there is what its words are kept in; that goes as the guide says.
async fn taken_down(stack: &Stack) {
    succeeds(program(stack, "aws").args(["cloudformation", "delete-stack", "--stack-name", "copydesk"]));
    soon("the stack is gone", async || (!stack.is_there().await).then_some(())).await;
    let kept = async |bucket: &str, key: &str| {
        let path = format!("/{}/{key}", stack.name(bucket));
        stack.cloud.ask("s3.amazonaws.com", Method::GET, &path, &HeaderMap::new(), Vec::new()).await.status
    };
    for (bucket, key) in [("Delivered", "acme/live.json"), ("Sources", "acme/releases/1.json")] {
        assert_eq!(kept(bucket, key).await, StatusCode::OK, "{key}");
    }
    let guide = include_str!("../../../docs/aws.md");
    let (from, to) =
        (guide.find("  versions() {").unwrap(), guide.find("  aws dynamodb update-table --table-name $TABLE").unwrap());
    let steps =
        format!("DELIVERED={} SOURCES={}\n{}", stack.name("Delivered"), stack.name("Sources"), &guide[from..to]);
    succeeds(program(stack, "sh").args(["-ec", &steps]));
    for bucket in ["Delivered", "Sources"] {
        assert_eq!(kept(bucket, "").await, StatusCode::NOT_FOUND, "{bucket}");
    }
}

/// Where people write, studio and API are at one address.
async fn people_write(stack: &Stack, who: &str) {
    let page = stack.studio(who, "/").await;
    assert!(page.text.starts_with("<!doctype html>"), "{page:?}");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let found = stack.studio(who, "/v1/projects/acme").await;
    assert_eq!((found.status, &found.json()["name"]), (StatusCode::OK, &json!("Acme")), "{found:?}");
    let strange = stack.studio("cpd_none", "/v1/projects/acme").await;
    assert_eq!(strange.status, StatusCode::UNAUTHORIZED, "{strange:?}");
}

/// What edges wrote of views becomes what is likely to be next; the schedule calls the function once a day.
async fn counted(stack: &Stack, who: &str) {
    let page = stack.api(who, Method::PUT, "/projects/acme/pages/book", &[], json!({})).await;
    assert!(page.status.is_success(), "{page:?}");
    let views = log("acme", &[("home", "", 60), ("book", "home", 40)]);
    stack.cloud.put(&format!("/{}/AWSLogs/1", stack.name("Views")), views).await;
    let daily = format!("{}/invocations", stack.name("Daily"));
    let said = stack.functions(Method::POST, &daily, json!({ "copydesk": "popularity" })).await;
    assert_eq!(said, json!({ "logs": 1, "left": 0, "views": 100, "projects": 1, "changed": 2 }));
    let home = stack.api(who, Method::GET, "/projects/acme/pages/home", &[], Value::Null).await;
    assert_eq!(home.json()["next"], json!(["book"]));
}

/// A new version is used once it has shown that it saves, publishes and delivers; otherwise the one before stays.
async fn canary(stack: &Stack, who: &str) {
    let (before, mut own) = (stack.version("Server").await, stack.variables("Server").await);
    // The edges have no address here, only a name: it is fetched where they fetch.
    own["COPYDESK_DELIVERY_URL"] = json!(format!("{}/{}", stack.cloud.address, stack.name("Delivered")));
    // Amazon's deployments move people as they are told; this one is asked for by hand.
    let with = |name: &str, value: &str| {
        let mut variables = own.clone();
        variables[name] = json!(value);
        variables
    };
    let broken = [
        ("it cannot start", with("COPYDESK_RATE", "none")),
        ("it saves nothing", with("COPYDESK_TABLE", "none")),
        ("nothing is delivered where it looks", with("COPYDESK_DELIVERY_URL", "http://127.0.0.1:9")),
    ];
    for (what, variables) in &broken {
        assert_eq!(stack.tried(SERVER, variables).await.1, "Failed", "{what}");
        assert_eq!(stack.version("Server").await, before, "{what}");
        save(stack, who, what).await;
    }
    let (version, said) = stack.tried(SERVER, &with("COPYDESK_RATE", "50")).await;
    assert_eq!(said, "Succeeded");
    let path = format!("{}/aliases/live", stack.name("Server"));
    stack.functions(Method::PUT, &path, json!({ "FunctionVersion": version })).await;
    save(stack, who, "By the new version").await;
    assert_ne!(stack.version("Server").await, before);
    stack.set_variables("Server", &own).await;

    let own = stack.variables("Publisher").await;
    for (name, value) in [("COPYDESK_SWEEP_SECONDS", "none"), ("COPYDESK_TABLE", "none"), ("COPYDESK_BUCKET", "none")] {
        let mut broken = own.clone();
        broken[name] = json!(value);
        assert_eq!(stack.tried(PUBLISHER, &broken).await.1, "Failed", "{name}");
    }
    assert_eq!(stack.tried(PUBLISHER, &own).await.1, "Succeeded");
}

/// Deletes what edits and publishes, and who may.
async fn remove_all_but_delivery(stack: &Stack) {
    let cloud = &stack.cloud;
    for function in ["Server", "Publisher"] {
        stack.functions(Method::DELETE, stack.name(function), Value::Null).await;
    }
    deleted(stack, REBUILT).await;
    let pool = json!({ "UserPoolId": stack.name("Pool") });
    let gone = cloud.json("cognito-idp", "AWSCognitoIdentityProviderService.DeleteUserPool", &pool).await;
    assert!(gone.status.is_success(), "{gone:?}");
}
