//! The table goes back to an earlier point in time, or is lost: what the runbooks say, on the stack.

use std::process::Child;

use http::Method;
use serde_json::{Value, json};

use super::cloud::Stack;
use super::stack::{ask_for, live, migrate, program, recoverable, save, succeeds, table, wrong};
use crate::support::temp::TempFolder;
use crate::support::{Client, client, soon};

/// Tables that stand in for one that was lost.
const RESTORED: &str = "copydesk-restored";
pub(super) const REBUILT: &str = "copydesk-rebuilt";

/// The table goes back to an earlier point in time, which makes another one, and the stack goes on with that: by which
/// parameters.
pub(super) async fn restored(stack: &Stack, who: &str) -> [(&'static str, String); 2] {
    save(stack, who, "Then").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 3..=3).await, "Then");
    let (_, then) = delivered(stack).await;
    let own = stack.name("Table");
    let restore = json!({ "SourceTableName": own, "TargetTableName": RESTORED, "UseLatestRestorableTime": true });
    table(stack, "RestoreTableToPointInTime", &restore).await;
    save(stack, who, "Later").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 4..=4).await, "Later");

    // Functions have other settings where their programs lie elsewhere, and not before.
    let parameters = [("RestoredTable", RESTORED.to_owned()), ("RestoredStream", streamed(stack, RESTORED).await)];
    let template = stack.update("restored/", &parameters).await;
    assert_eq!(live(stack, 4..=4).await, "Later", "sites go on with what was live");
    // What else it lacks is said, until it is as the runbook says.
    let lacks = format!("{RESTORED} has no deletion protection, no point-in-time recovery, no expiry by \"ttl\"");
    assert_eq!(wrong(stack, &template), json!({ "protection": [false, lacks] }));
    protected(stack, RESTORED).await;
    let expiry = json!({ "Enabled": true, "AttributeName": "ttl" });
    table(stack, "UpdateTimeToLive", &json!({ "TableName": RESTORED, "TimeToLiveSpecification": expiry })).await;
    assert_eq!(wrong(stack, &template), json!({}));
    let draft = stack.api(who, Method::GET, "/projects/acme/drafts/en/home/title", &[], Value::Null).await;
    assert_eq!(draft.json()["value"], "Then");
    ask_for(stack, who, "", json!({})).await;
    // As the schedule does each minute. At that point in time release 3 may have been about to be finished: then nobody
    // builds until the lease of then has ended.
    let sweep = format!("{}/invocations", stack.name("Publisher"));
    soon("what was asked for is done", async || {
        stack.functions(Method::POST, &sweep, json!({ "copydesk": "sweep" })).await;
        let live = stack.delivered("/acme/live.json").await.json()["release"].as_u64();
        (live > Some(4)).then_some(())
    })
    .await;
    assert_eq!(live(stack, 5..).await, "Then");
    assert_eq!(delivered(stack).await.1, then, "what sites get is what they got then, to the byte");
    parameters
}

/// The tables are lost, and with them everything that was not published: a new one is filled from what the release that is live
/// was made of, by a server on this machine, and the stack goes on with that. The next publish writes no file again, and the
/// new table's stream wakes the publisher.
pub(super) async fn rebuilt(stack: &Stack, who: &str) {
    let before = delivered(stack).await;
    for lost in [RESTORED, stack.name("Table")] {
        deleted(stack, lost).await;
    }
    assert!(stack.api(who, Method::GET, "/projects/acme", &[], Value::Null).await.status.is_server_error());
    assert_eq!(delivered(stack).await, before, "sites go on");

    migrate(stack, REBUILT);
    let parameters = [("RestoredTable", REBUILT.to_owned()), ("RestoredStream", streamed(stack, REBUILT).await)];
    protected(stack, REBUILT).await;
    let folder = TempFolder::new();
    let sources = folder.path().join("sources");
    let bucket = format!("s3://{}", stack.name("Sources"));
    succeeds(program(stack, "aws").args(["s3", "sync", "--quiet", &bucket]).arg(&sources));
    let server = Server::start(stack).await;
    let from = format!("{}/{}/acme", stack.cloud.address, stack.name("Delivered"));
    let rebuild = ["rebuild", "--project", "acme", "--url", &server.client.api, "--token", TOKEN, "--from", &from];
    succeeds(program(stack, "copydesk").args(rebuild).arg(&sources));
    let invited = json!({ "email": "ada@example.com", "role": "admin" });
    server.client.post("/projects/acme/invitations", invited).await.expect(201);
    drop(server);

    let template = stack.update("rebuilt/", &parameters).await;
    assert_eq!(wrong(stack, &template), json!({ "resources": [false, "changed by hand: Table is deleted"] }));
    let joined = stack.api(who, Method::POST, "/me/invitations", &[], json!({})).await;
    assert_eq!(joined.json(), json!({ "projects": ["acme"] }), "{joined:?}");
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 8..).await, "Release 7");
    assert_eq!(delivered(stack).await, before, "not one file is another");
}

const TOKEN: &str = "token-token-token-token-token-token";

/// A server on this machine that works on the stack's table, for whoever has its credentials.
struct Server {
    process: Child,
    client: Client,
}

impl Server {
    async fn start(stack: &Stack) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (listen, delivery) =
            (format!("127.0.0.1:{port}"), format!("{}/{}", stack.cloud.address, stack.name("Delivered")));
        let mut process = program(stack, "copydesk-server");
        process.env("COPYDESK_TABLE", REBUILT).env("COPYDESK_LISTEN", &listen).env("COPYDESK_OWNER_TOKEN", TOKEN);
        let process = process.env("COPYDESK_DELIVERY_URL", &delivery).env("COPYDESK_LOG", "error").spawn().unwrap();
        let client =
            Client { http: client::http(), api: format!("http://{listen}"), delivery, token: TOKEN.to_owned() };
        soon("the server", async || {
            let ready = client.http.get(format!("{}/health/ready", client.api)).send().await.ok()?;
            ready.status().is_success().then_some(())
        })
        .await;
        Self { process, client }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Gives a table a stream, and says what it is called.
async fn streamed(stack: &Stack, name: &str) -> String {
    let stream = json!({ "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" });
    table(stack, "UpdateTable", &json!({ "TableName": name, "StreamSpecification": stream })).await;
    let described = table(stack, "DescribeTable", &json!({ "TableName": name })).await;
    described["Table"]["LatestStreamArn"].as_str().unwrap().to_owned()
}

/// Deletes a table, which is not done by mistake.
pub(super) async fn deleted(stack: &Stack, name: &str) {
    let target = "DynamoDB_20120810.DeleteTable";
    let kept = stack.cloud.json("dynamodb", target, &json!({ "TableName": name })).await;
    assert!(!kept.status.is_success(), "{kept:?}");
    let open = json!({ "TableName": name, "DeletionProtectionEnabled": false });
    table(stack, "UpdateTable", &open).await;
    table(stack, "DeleteTable", &json!({ "TableName": name })).await;
}

async fn protected(stack: &Stack, name: &str) {
    table(stack, "UpdateTable", &json!({ "TableName": name, "DeletionProtectionEnabled": true })).await;
    recoverable(stack, name).await;
}

/// What sites have of the project: which file is each page's in each locale, and the text of each.
async fn delivered(stack: &Stack) -> (Value, Vec<String>) {
    let live = stack.delivered("/acme/live.json").await.json();
    let mut files = Vec::new();
    for (page, numbers) in live["pages"].as_object().unwrap() {
        for (locale, number) in live["locales"].as_array().unwrap().iter().zip(numbers.as_array().unwrap()) {
            let path = format!("/acme/{}/{page}.{number}.json", locale.as_str().unwrap());
            files.push(stack.delivered(&path).await.text);
        }
    }
    (live["pages"].clone(), files)
}
