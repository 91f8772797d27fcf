//! Server and publisher as binaries of their own: every fault of their settings at once.

use std::process::{Command, Stdio};

use serde_json::json;

use super::process::binary;
use crate::support::engines::endpoint;
use crate::support::{Client, client, eventually};

#[test]
fn every_wrong_or_missing_variable_is_reported_at_once() {
    let expected = [
        (
            "copydesk-server",
            vec!["COPYDESK_TABLE", "COPYDESK_LISTEN", "COPYDESK_DELIVERY_URL", "COPYDESK_OWNER_TOKEN", "AWS_REGION"],
        ),
        ("copydesk-publisher", vec!["COPYDESK_TABLE", "COPYDESK_BUCKET", "COPYDESK_SWEEP_SECONDS", "AWS_REGION"]),
    ];
    for (name, variables) in expected {
        let output = Command::new(binary().with_file_name(name))
            .env_clear()
            .env("COPYDESK_LISTEN", "everywhere")
            .env("COPYDESK_SWEEP_SECONDS", "often")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        for variable in variables {
            assert!(text.contains(variable), "{name} does not name {variable}: {text}");
        }
    }
}

/// The whole story with three processes of their own on DynamoDB Local and MiniStack's S3, named by
/// the environment only.
#[tokio::test(flavor = "multi_thread")]
async fn server_and_publisher_run_apart_on_other_engines() {
    let (dynamodb, s3) = (endpoint("COPYDESK_TEST_DYNAMODB"), endpoint("COPYDESK_TEST_MINISTACK"));
    let bucket = format!("apart-{:012x}", fastrand::u64(..) >> 16);
    let made = reqwest::Client::new().put(format!("{s3}/{bucket}")).send().await.unwrap();
    assert!(made.status().is_success(), "{made:?}");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (listen, token) = (format!("127.0.0.1:{port}"), "token-token-token-token-token-token");
    let delivery = format!("{s3}/{bucket}");
    let run = |name: &str| {
        let mut command = Command::new(binary().with_file_name(name));
        command
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("COPYDESK_TABLE", &bucket)
            .env("COPYDESK_DYNAMODB_ENDPOINT", &dynamodb)
            .env("COPYDESK_BUCKET", &bucket)
            .env("COPYDESK_S3_ENDPOINT", &s3)
            .env("COPYDESK_SWEEP_SECONDS", "1")
            .env("COPYDESK_LISTEN", &listen)
            .env("COPYDESK_DELIVERY_URL", &delivery)
            .env("COPYDESK_OWNER_TOKEN", token)
            .stderr(Stdio::null());
        command
    };
    let migrate = |args: &[&str]| run("copydesk").arg("migrate").args(args).output().unwrap();
    assert!(!migrate(&["--check"]).status.success(), "there is no table yet");
    assert!(migrate(&[]).status.success());
    assert!(migrate(&["--check"]).status.success());

    let mut processes = [run("copydesk-server").spawn().unwrap(), run("copydesk-publisher").spawn().unwrap()];
    eventually("the server", || std::net::TcpStream::connect(&listen).ok());
    let client = Client { http: client::http(), api: format!("http://{listen}"), delivery, token: token.to_owned() };
    client.project("acme", &["en", "de"], &[("home", &["title"])]).await;
    client.save("/projects/acme/drafts/en/home/title", "v1").await;
    assert_eq!(client.publish("acme", json!({})).await, 1);
    let file = client.page("acme/de/home.1.json").await.unwrap();
    assert_eq!(file["title"], json!({ "value": "v1", "locale": "en" }));
    client.save("/projects/acme/drafts/en/home/title", "v2").await;
    assert_eq!(client.get("/projects/acme/changes").await.expect(200).body["counts"]["total"], 1);
    assert_eq!(client.publish("acme", json!({})).await, 2);
    client.activate("acme", 1).await;
    assert_eq!(client.live("acme").await.unwrap().release.0, 1);
    for process in &mut processes {
        assert!(Command::new("kill").arg(process.id().to_string()).status().unwrap().success());
        assert!(process.wait().unwrap().success(), "it did not end well");
    }
}
