//! Server and publisher as Lambda functions: their programs under the Runtime API, on other engines.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::process::binary;
use crate::aws::message_of;
use crate::support::engines::endpoint;
use crate::support::runtime::Function;
use crate::support::soon;
use crate::support::temp::TempFolder;

const TOKEN: &str = "token-token-token-token-token-token";

/// The program of a function: as it was built for Lambda, where somebody measures that, else beside our own.
pub fn function(name: &str) -> PathBuf {
    let built = std::env::var_os("COPYDESK_TEST_FUNCTIONS").map(PathBuf::from);
    built.map_or_else(|| binary().with_file_name(name), |folder| folder.join(name))
}

/// What an HTTP API calls a function with (payload 2.0).
fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut all = json!({ "authorization": format!("Bearer {TOKEN}"), "content-type": "application/json", "host": "api.example.com" });
    for (name, value) in headers {
        all[*name] = json!(value);
    }
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": all,
        "requestContext": {
            "accountId": "000000000000", "apiId": "api", "domainName": "api.example.com", "domainPrefix": "api",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.9", "userAgent": "test" },
            "requestId": "one", "routeKey": "$default", "stage": "$default", "time": "29/Nov/2026:00:00:00 +0000", "timeEpoch": 1_795_910_400_000_u64
        },
        "body": body.map(Value::to_string),
        "isBase64Encoded": false
    })
}

/// What a function's own address calls it with: as the gateway does, and path and query as somebody sent them.
fn by_url(path: &str) -> Value {
    let mut request = request("GET", path, &[], None);
    for name in ["domainName", "domainPrefix"] {
        request["requestContext"][name] = json!("abc.lambda-url.us-east-1.on.aws");
    }
    request["requestContext"]["apiId"] = json!("abc");
    request
}

/// Asks the server's function; its status, headers and body.
async fn ask(
    server: &Function,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> (u64, Value, Value) {
    let answer = server.call(request(method, &format!("/v1{path}"), headers, body.as_ref())).await.unwrap();
    let text = answer["body"].as_str().unwrap_or_default();
    (
        answer["statusCode"].as_u64().unwrap(),
        answer["headers"].clone(),
        serde_json::from_str(text).unwrap_or(Value::Null),
    )
}

/// The first line of a log that one of the template's filters finds.
fn said(log: &Path, filter: &str) -> Option<Value> {
    let text = std::fs::read_to_string(log).unwrap();
    let mut lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    let message = message_of(filter);
    lines.find(|line: &Value| line["message"] == *message)
}

/// What the table's stream calls a function with.
fn records(projects: &[&str]) -> Value {
    let record = |(number, project): (usize, &&str)| {
        let keys = json!({ "pk": { "S": format!("REQUEST#{project}") }, "sk": { "S": "R#0000000000000009" } });
        json!({ "eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": { "Keys": keys, "SequenceNumber": format!("{number}00"), "StreamViewType": "KEYS_ONLY" } })
    };
    json!({ "Records": projects.iter().enumerate().map(record).collect::<Vec<_>>() })
}

#[tokio::test(flavor = "multi_thread")]
async fn server_and_publisher_run_apart_as_functions() {
    let (dynamodb, s3) = (endpoint("COPYDESK_TEST_DYNAMODB"), endpoint("COPYDESK_TEST_MINISTACK"));
    let bucket = format!("functions-{:012x}", fastrand::u64(..) >> 16);
    let sources = format!("{bucket}-sources");
    for bucket in [&bucket, &sources] {
        let made = reqwest::Client::new().put(format!("{s3}/{bucket}")).send().await.unwrap();
        assert!(made.status().is_success(), "{made:?}");
    }
    let program = |name: &str, into: &str| {
        let mut command = Command::new(if name.ends_with("-lambda") { function(name) } else { binary() });
        command
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("COPYDESK_TABLE", &bucket)
            .env("COPYDESK_DYNAMODB_ENDPOINT", &dynamodb)
            .env("COPYDESK_BUCKET", into)
            .env("COPYDESK_SOURCES", &sources)
            .env("COPYDESK_S3_ENDPOINT", &s3)
            .env("COPYDESK_DELIVERY_URL", format!("{s3}/{bucket}"))
            .env("COPYDESK_OWNER_TOKEN", TOKEN);
        command
    };
    assert!(program("copydesk", &bucket).arg("migrate").output().unwrap().status.success());
    let server = Function::start(program("copydesk-server-lambda", &bucket)).await;
    let (folder, sweep) = (TempFolder::new(), json!({ "copydesk": "sweep" }));
    let [log, log_astray] = ["publisher", "astray"].map(|name| folder.path().join(name));
    let publisher = Function::logging(program("copydesk-publisher-lambda", &bucket), &log).await;
    let save = async |project: &str, value: &str| {
        let path = format!("/projects/{project}/drafts/en/home/title");
        let version = ask(&server, "GET", &path, &[], None).await.2["version"].to_string();
        let tag = format!("\"{version}\"");
        let condition = if version == "null" { ("if-none-match", "*") } else { ("if-match", tag.as_str()) };
        let (status, _, body) = ask(&server, "PUT", &path, &[condition], Some(json!({ "value": value }))).await;
        assert!(matches!(status, 200 | 201), "{body}");
    };
    for project in ["acme", "other"] {
        let new = json!({ "project": project, "name": project, "source": "en" });
        let (status, headers, body) = ask(&server, "POST", "/projects", &[], Some(new)).await;
        assert_eq!(status, 201, "{body}");
        assert_eq!(headers["location"], format!("/v1/projects/{project}"));
        ask(&server, "PUT", &format!("/projects/{project}/pages/home"), &[], Some(json!({}))).await;
        ask(&server, "PUT", &format!("/projects/{project}/pages/home/entries/title"), &[], Some(json!({}))).await;
        save(project, "v1").await;
        assert_eq!(ask(&server, "POST", &format!("/projects/{project}/releases"), &[], Some(json!({}))).await.0, 202);
    }
    let (status, headers, _) = ask(&server, "GET", "/projects/acme/search?q=v1&limit=1", &[], None).await;
    assert_eq!((status, headers["content-type"].as_str()), (200, Some("application/json")));
    for sent in ["search?q=v1+v1", "search?q=v1%20v1", "search?q=v1 <v1>", "drafts/en/home/%74itle"] {
        let answer = server.call(by_url(&format!("/v1/projects/acme/{sent}"))).await.unwrap();
        assert!(answer["statusCode"] == 200 && answer["body"].as_str().unwrap().contains("\"v1\""), "{sent}: {answer}");
    }
    // The studio is served as text, and problems are problems.
    let page = server.call(request("GET", "/", &[], None)).await.unwrap();
    assert!(page["body"].as_str().unwrap().contains("studio.js"), "{page}");
    assert_eq!(ask(&server, "GET", "/projects/nowhere", &[("authorization", "Bearer no")], None).await.0, 401);

    // Nothing is lost where a project cannot be published: its record comes again, and the other's does not.
    let fetch = async |path: &str| {
        let answer = reqwest::get(format!("{s3}/{bucket}/{path}")).await.unwrap();
        if answer.status().is_success() { Some(answer.json::<Value>().await.unwrap()) } else { None }
    };
    let mut command = program("copydesk-publisher-lambda", "no-such-bucket");
    command.env("COPYDESK_SWEEP_SECONDS", "1");
    let astray = Function::logging(command, &log_astray).await;
    let failed = astray.call(records(&["acme"])).await.unwrap();
    assert_eq!(failed, json!({ "batchItemFailures": [{ "itemIdentifier": "000" }] }));
    assert!(fetch("acme/live.json").await.is_none());
    let done = publisher.call(records(&["acme", "acme"])).await.unwrap();
    assert_eq!(done, json!({ "batchItemFailures": [] }));
    assert_eq!(fetch("acme/live.json").await.unwrap()["release"], 1);
    assert!(fetch("other/live.json").await.is_none(), "nobody woke the publisher for it");
    let made_of = reqwest::get(format!("{s3}/{sources}/acme/releases/1.json")).await.unwrap();
    assert_eq!(made_of.json::<Value>().await.unwrap()["values"]["home"].as_object().unwrap().len(), 1);
    // What should be live is said, for as long as sweeps do not get it there: an alarm looks for that.
    let late = soon("it is late", async || {
        astray.call(sweep.clone()).await.unwrap();
        said(&log_astray, "LateReleases")
    });
    let late = late.await;
    assert!(late["project"] == "other" && late["seconds"].as_u64() > Some(2), "{late}");
    // What was lost on the way is found by the minute's sweep.
    publisher.call(sweep).await.unwrap();
    assert_eq!(fetch("other/live.json").await.unwrap()["release"], 1);

    // A rollback, and a publish of what was saved since, by the same functions, warm.
    save("acme", "v2").await;
    ask(&server, "POST", "/projects/acme/releases", &[], Some(json!({}))).await;
    publisher.call(records(&["acme"])).await.unwrap();
    assert_eq!(fetch("acme/live.json").await.unwrap()["release"], 2);
    // One that fails is said, too.
    assert_eq!(said(&log, "FailedReleases"), None);
    ask(&server, "POST", "/projects/acme/releases", &[], Some(json!({ "seq": 5 }))).await;
    publisher.call(records(&["acme"])).await.unwrap();
    assert_eq!(said(&log, "FailedReleases").unwrap()["project"], "acme");
    ask(&server, "POST", "/projects/acme/releases/1/activate", &[], None).await;
    publisher.call(records(&["acme"])).await.unwrap();
    assert_eq!(fetch("acme/live.json").await.unwrap()["release"], 1);
    assert!(publisher.call(json!({ "hello": "there" })).await.is_err(), "nobody else calls it");
    println!("memory at most: server {} MB, publisher {} MB", server.peak_memory(), publisher.peak_memory());
}
