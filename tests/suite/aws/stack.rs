//! The main story on the stack, and what befalls it: other versions, a table that goes back in time, the loss of all but
//! delivery.

use std::ops::RangeBounds;
use std::process::Command;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::cloud::{AUDIENCE, FIRST, Stack, template};
use super::daily::log;
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
/// Another table, for when the stack's own goes back in time.
const RESTORED: &str = "copydesk-restored";

/// Makes the table what the programs expect of one.
fn migrate(stack: &Stack) {
    let mut migrate = Command::new(binary());
    migrate.arg("migrate").env("COPYDESK_TABLE", stack.name("Table"));
    for (name, value) in [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_REGION", "us-east-1")]
    {
        migrate.env(name, value);
    }
    let done = migrate.env("COPYDESK_DYNAMODB_ENDPOINT", &stack.cloud.address).output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// What `copydesk deploy check` says: of each thing whether it is as expected, and what there is to say.
///
/// (The addresses of this cloud are names alone, so that nothing answers there.)
fn checked(stack: &Stack, as_deployed: bool) -> Value {
    let folder = TempFolder::new();
    let mut check = Command::new(binary());
    check.args(["deploy", "check", "--json"]);
    if as_deployed {
        let file = folder.path().join("template.yaml");
        let template = template(&stack.cloud.address, &stack.issuer.url, &stack.deployments.url, &[]);
        std::fs::write(&file, template).unwrap();
        check.arg("--template").arg(file);
    }
    let path = format!("{}:{}", endpoint("COPYDESK_TEST_AWS"), std::env::var("PATH").unwrap());
    check.env("PATH", path).env("AWS_ENDPOINT_URL", &stack.cloud.address).env("AWS_DEFAULT_REGION", "us-east-1");
    check.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    let done = check.env("COPYDESK_DYNAMODB_ENDPOINT", &stack.cloud.address).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let findings: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{done:?}"));
    let findings =
        findings.into_iter().map(|one| (one["what"].as_str().unwrap().to_owned(), json!([one["ok"], one["said"]])));
    findings.collect::<serde_json::Map<_, _>>().into()
}

/// A call of the table's API.
async fn table(stack: &Stack, target: &str, body: &Value) -> Value {
    let answer = stack.cloud.json("dynamodb", &format!("DynamoDB_20120810.{target}"), body).await;
    assert!(answer.status.is_success(), "{target}: {answer:?}");
    answer.json()
}

async fn recoverable(stack: &Stack, name: &str) {
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

async fn save(stack: &Stack, who: &str, value: &str) {
    let path = "/projects/acme/drafts/en/home/title";
    let version = stack.api(who, Method::GET, path, &[], Value::Null).await.json()["version"].as_u64();
    let tag = version.map_or("*".to_owned(), |version| format!("\"{version}\""));
    let condition = if version.is_some() { "if-match" } else { "if-none-match" };
    let saved = stack.api(who, Method::PUT, path, &[(condition, &tag)], json!({ "value": value })).await;
    assert!(saved.status.is_success(), "{saved:?}");
}

async fn ask_for(stack: &Stack, who: &str, path: &str, body: Value) {
    let asked = stack.api(who, Method::POST, &format!("/projects/acme/releases{path}"), &[], body).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
}

/// The text of what is live, as a visitor has it, once it is one of these releases.
async fn live(stack: &Stack, releases: impl RangeBounds<u64>) -> String {
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
    let waiting =
        json!([false, "run \"copydesk migrate\" for 1: create the table, its index of waiting jobs, and expiry"]);
    assert_eq!(checked(&stack, true)["table"], waiting);
    migrate(&stack);
    let as_deployed = checked(&stack, true);
    for what in ["stack", "template", "resources", "table"] {
        assert_eq!(as_deployed[what][0], true, "{as_deployed}");
    }
    // MiniStack makes no use of that part of the template.
    let unprotected = format!("{} has no point-in-time recovery", stack.name("Table"));
    assert_eq!(as_deployed["protection"], json!([false, unprotected]));
    recoverable(&stack, stack.name("Table")).await;
    assert_eq!(checked(&stack, true)["protection"][0], true);
    // It is not this version's template.
    let template = &checked(&stack, false)["template"];
    let differences = template[1].as_str().unwrap();
    assert!(
        template[0] == false
            && differences.starts_with("differs in ApiPeople, Code, ")
            && differences.ends_with("; lacks Spent, ViewsDelivery, ViewsDestination, ViewsSource"),
        "{template}"
    );
    let ada = &stack.token("ada");
    project(&stack, ada).await;

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
    let restored = [("RestoredTable", RESTORED), ("RestoredStream", restored.as_str())];

    // Another version, and back: what is live stays so, and what is saved is kept. (Its stream does not survive that.)
    let mut versions = vec![stack.version("Server").await];
    for version in [LATER, FIRST] {
        stack.update(version, &restored).await;
        versions.push(stack.version("Server").await);
        save(&stack, ada, &format!("After {version}")).await;
        assert_eq!(live(&stack, 5..).await, "Then");
    }
    assert!(versions.windows(2).all(|two| two[0] != two[1]), "{versions:?}");

    // Nobody gets at what is not delivered.
    for path in ["/acme/en/home.7.json", "/"] {
        assert!(stack.delivered(path).await.status.is_client_error(), "{path}");
    }

    // With all of ours gone, sites have their copy.
    let script = soon("the script says so too", async || {
        let script = stack.delivered("/acme/site.js").await.text;
        script.contains("\"release\":5,").then_some(script)
    });
    let script = script.await;
    remove_all_but_delivery(&stack).await;
    assert!(!stack.api(ada, Method::GET, "/projects", &[], Value::Null).await.status.is_success());
    assert_eq!(live(&stack, 5..).await, "Then");
    assert_eq!(stack.delivered("/acme/site.js").await.text, script);
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

/// The table goes back to an earlier point in time, which makes another one, and the stack goes on with that. Its stream.
async fn restored(stack: &Stack, who: &str) -> String {
    let ask = async |target: &str, body: &Value| table(stack, target, body).await;
    save(stack, who, "Then").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 3..=3).await, "Then");
    let own = stack.name("Table");
    let restore = json!({ "SourceTableName": own, "TargetTableName": RESTORED, "UseLatestRestorableTime": true });
    ask("RestoreTableToPointInTime", &restore).await;
    save(stack, who, "Later").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 4..=4).await, "Later");

    // It comes without a stream.
    let stream = json!({ "TableName": RESTORED, "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" } });
    ask("UpdateTable", &stream).await;
    let table = ask("DescribeTable", &json!({ "TableName": RESTORED })).await;
    let stream = table["Table"]["LatestStreamArn"].as_str().unwrap().to_owned();
    // Functions have other settings where their programs lie elsewhere, and not before.
    stack.update("restored/", &[("RestoredTable", RESTORED), ("RestoredStream", &stream)]).await;
    assert_eq!(live(stack, 4..=4).await, "Later", "sites go on with what was live");
    // What else it lacks is said, until it is as the runbook says.
    let lacks = &checked(stack, false)["protection"][1];
    let expect = format!("{RESTORED} has no deletion protection, no point-in-time recovery, no expiry by \"ttl\"");
    assert_eq!(*lacks, json!(expect));
    ask("UpdateTable", &json!({ "TableName": RESTORED, "DeletionProtectionEnabled": true })).await;
    let expiry = json!({ "Enabled": true, "AttributeName": "ttl" });
    ask("UpdateTimeToLive", &json!({ "TableName": RESTORED, "TimeToLiveSpecification": expiry })).await;
    recoverable(stack, RESTORED).await;
    let protected = &checked(stack, false)["protection"];
    assert_eq!(protected[0], true, "{protected}");
    let draft = stack.api(who, Method::GET, "/projects/acme/drafts/en/home/title", &[], Value::Null).await;
    assert_eq!(draft.json()["value"], "Then");
    ask_for(stack, who, "", json!({})).await;
    // As the schedule does each minute; what was under way at that point in time is left alone until its lease has ended.
    let sweep = format!("{}/invocations", stack.name("Publisher"));
    soon("what was asked for is done", async || {
        stack.functions(Method::POST, &sweep, json!({ "copydesk": "sweep" })).await;
        let live = stack.delivered("/acme/live.json").await.json()["release"].as_u64();
        (live > Some(4)).then_some(())
    })
    .await;
    assert_eq!(live(stack, 5..).await, "Then");
    stream
}

/// Deletes what edits and publishes, and who may.
async fn remove_all_but_delivery(stack: &Stack) {
    let cloud = &stack.cloud;
    for function in ["Server", "Publisher"] {
        stack.functions(Method::DELETE, stack.name(function), Value::Null).await;
    }
    let table = json!({ "TableName": stack.name("Table") });
    // Not by mistake.
    let kept = cloud.json("dynamodb", "DynamoDB_20120810.DeleteTable", &table).await;
    assert!(!kept.status.is_success(), "{kept:?}");
    let open = json!({ "TableName": stack.name("Table"), "DeletionProtectionEnabled": false });
    for (target, body) in [("UpdateTable", &open), ("DeleteTable", &table)] {
        let done = cloud.json("dynamodb", &format!("DynamoDB_20120810.{target}"), body).await;
        assert!(done.status.is_success(), "{done:?}");
    }
    let pool = json!({ "UserPoolId": stack.name("Pool") });
    let gone = cloud.json("cognito-idp", "AWSCognitoIdentityProviderService.DeleteUserPool", &pool).await;
    assert!(gone.status.is_success(), "{gone:?}");
}
