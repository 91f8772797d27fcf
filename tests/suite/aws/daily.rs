//! Views are counted once a day, from the logs that the edges write to a bucket.

use std::io::Write as _;
use std::sync::Arc;

use aws_sdk_s3::Client as S3;
use copydesk_popularity_daily::{Daily, Summary};
use serde_json::{Value, json};

use super::policy::{Call, VIEWS, may, recorder, role};
use crate::support::engines::{Engines, endpoint, s3};
use crate::support::system::Options;
use crate::support::{Client, TestSystem};

/// A log as edges write it: for so many visitors, what was shown and what before.
pub(super) fn log(project: &str, views: &[(&str, &str, usize)]) -> Vec<u8> {
    let line = |page: &str, from: &str| {
        let (path, query) = (format!("/{project}/seen.json"), format!("page={page}&from={from}"));
        format!(
            "{}\n",
            json!({ "cs-method": "GET", "cs-uri-stem": path, "cs-uri-query": query, "sc-status": "200", "cs(User-Agent)": "Mozilla/5.0" })
        )
    };
    views.iter().map(|(page, from, times)| line(page, from).repeat(*times)).collect::<String>().into_bytes()
}

fn packed(log: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log).unwrap();
    gzip.finish().unwrap()
}

async fn put(s3: &S3, bucket: &str, key: &str, body: Vec<u8>) {
    s3.put_object().bucket(bucket).key(key).body(body.into()).send().await.unwrap();
}

/// What is said to be next after a page.
async fn next(client: &Client, project: &str, page: &str) -> Value {
    client.get(&format!("/projects/{project}/pages/{page}")).await.expect(200).body["next"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn server_and_publisher_run_apart_from_what_counts_views() {
    let ((table, asked), (network, fetched)) = (recorder(), recorder());
    let engines = Arc::new(Engines::start().await);
    let system = TestSystem::on(Arc::clone(&engines), Options::default()).await;
    let client = &system.client;
    let pages: [(&str, &[&str]); 3] = [("home", &["title"]), ("boats", &["title"]), ("book", &["title"])];
    for project in ["acme", "small", "gone"] {
        client.project(project, &["en"], &pages).await;
    }
    client.delete("/projects/gone").await.expect(204);
    client.put("/projects/acme/pages/book/next", json!({ "next": ["boats"] })).await.expect(200);

    let (address, bucket) = (endpoint("COPYDESK_TEST_MINISTACK"), format!("{VIEWS}{:012x}", fastrand::u64(..) >> 16));
    let here = s3(&address, None);
    here.create_bucket().bucket(&bucket).send().await.unwrap();
    let daily = Daily::new(s3(&address, Some(&network)), bucket.clone(), engines.table(Some(&table)));
    assert_eq!(daily.run().await.unwrap(), Summary::default(), "no logs yet");

    // More than one list's worth of logs, packed and not, of all projects together; something that is no log.
    let acme = log("acme", &[("home", "", 60), ("boats", "home", 40), ("book", "boats", 9), ("no-such", "home", 50)]);
    put(&here, &bucket, "AWSLogs/1.gz", packed(&acme)).await;
    let other = [
        log("acme", &[("book", "boats", 1)]),
        log("gone", &[("boats", "home", 200)]),
        log("nobody", &[("boats", "home", 200)]),
    ];
    put(&here, &bucket, "AWSLogs/2", other.concat()).await;
    put(&here, &bucket, "AWSLogs/3.gz", packed(&log("small", &[("boats", "home", 99)]))).await;
    put(&here, &bucket, "picture.png", b"\x89PNG\r\n\x1a\n\x00\xff".repeat(400)).await;
    let summary = daily.run().await.unwrap();
    assert_eq!(summary, Summary { logs: 3, left: 1, views: 60 + 40 + 10 + 99, projects: 1, changed: 3 });
    assert_eq!(next(client, "acme", "home").await, json!(["boats"]));
    assert_eq!(next(client, "acme", "boats").await[0], "book");
    assert_eq!(next(client, "acme", "book").await, json!(["home", "boats"]), "who chose otherwise is overruled");
    assert_eq!(next(client, "small", "home").await, json!([]), "99 views say nothing");
    let log = client.get("/projects/acme/log?limit=100").await.expect(200).body;
    let last = log["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["by"]["name"], &last["change"]["kind"]), (&json!("Popularity"), &json!("next-set")));

    // The same again changes nothing.
    assert_eq!(daily.run().await.unwrap(), Summary { changed: 0, ..summary });

    let role = role("Daily");
    for seen in [asked, fetched] {
        let seen = seen.lock().unwrap();
        assert!(seen.len() >= 2, "{seen:?}");
        let refused: Vec<&Call> = seen.iter().filter(|call| !may(&role, call)).collect();
        assert!(refused.is_empty(), "it may not: {refused:#?}");
    }
    for pk in ["DRAFT#acme#en", "REQUEST#acme", "TOKEN#1", "RELEASE#acme", "MIGRATION"] {
        assert!(!may(&role, &Call::table("PutItem", Some(pk), None)), "it writes {pk}");
    }
    for (bucket, action) in
        [("Delivered", "GetObject"), ("Delivered", "PutObject"), ("Views", "PutObject"), ("Views", "DeleteObject")]
    {
        assert!(!may(&role, &Call::object(bucket, action, "acme/live.json", &["if-match"])), "{action} of {bucket}");
    }
    system.stop().await;
}
