//! The whole process is killed (`kill -9`) around the switch; a second process delivers on.

use std::path::Path;

use copydesk_schema::delivered::LiveManifest;
use serde_json::json;

use crate::command::process::Process;
use crate::support::{Client, TempFolder, eventually, soon};

const PAGES: &[(&str, &[&str])] = &[("home", &["title"]), ("about", &["title"])];
const LOCALES: &[&str] = &["en", "de"];

/// Where the process is when it is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The release file is written, the switch is next.
    BeforeTheSwitch,
    /// The switch is made, nothing else is.
    AfterTheSwitch,
    /// So many milliseconds after asking.
    After(u64),
}

async fn whole(client: &Client) -> Option<String> {
    let live = client.live("acme").await?;
    let mut values = Vec::new();
    for (page, numbers) in &live.pages {
        for (locale, number) in live.locales.iter().zip(numbers) {
            let file = client.page(&format!("acme/{locale}/{page}.{number}.json")).await.unwrap();
            values.push(file["title"].as_str().unwrap().to_owned());
        }
    }
    assert!(values.len() == 4 && values.iter().all(|value| *value == values[0]), "{live:?} {values:?}");
    values.pop()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_leaves_a_whole_release_and_its_successor_finishes() {
    let data = TempFolder::new();
    let mut process = Process::start(data.path());
    let delivery = Process::deliver(data.path());
    let mut client = process.client(data.path());
    client.project("acme", LOCALES, PAGES).await;
    client.save_all("acme", LOCALES, PAGES, "v0").await;
    client.publish("acme", json!({})).await;
    let reader = Client { delivery: delivery.delivery(), ..client.clone() };
    let moments = [Moment::BeforeTheSwitch, Moment::AfterTheSwitch];
    let moments = moments.into_iter().cycle().take(8).chain((0..8).map(|n| Moment::After(n * 6)));
    for (round, moment) in moments.enumerate() {
        let value = format!("v{}", round + 1);
        client.save_all("acme", LOCALES, PAGES, &value).await;
        let before = reader.live("acme").await.unwrap();
        let request = client.ask("acme", json!({})).await;
        strike(process, data.path(), moment, &before);
        let between = whole(&reader).await.unwrap();
        assert!(between == value || between == format!("v{round}"), "{moment:?}: {between}");

        process = Process::start(data.path());
        client = process.client(data.path());
        assert_eq!(client.ended("acme", request).await["state"], "done", "{moment:?}");
        soon("the new release", || async { (whole(&reader).await.as_deref() == Some(&*value)).then_some(()) }).await;
        soon("the alias", || async {
            (reader.fetch("acme/de/home.json").await? == json!({ "title": value })).then_some(())
        })
        .await;
    }
    process.end();
    assert!(whole(&reader).await.is_some(), "delivery lives on");
    delivery.kill();
}

/// Kills the process at the moment, by watching the folder that it writes.
fn strike(process: Process, data: &Path, moment: Moment, before: &LiveManifest) {
    let objects = data.join("objects");
    let read = |key: &str| {
        let name = copydesk_schema::delivered::sha256_hex(key.as_bytes());
        let bytes = std::fs::read(objects.join(&name[..2]).join(name)).ok()?;
        let body = bytes.iter().position(|byte| *byte == b'\n')? + 1;
        Some(bytes[body..].to_vec())
    };
    let next = before.release.0 + 1;
    match moment {
        Moment::BeforeTheSwitch => {
            eventually("the release file", || read(&format!("acme/releases/{next}.json")).map(drop));
        }
        Moment::AfterTheSwitch => eventually("the switch", || {
            let live: LiveManifest = serde_json::from_slice(&read("acme/live.json")?).ok()?;
            (live.switch > before.switch).then_some(())
        }),
        Moment::After(millis) => std::thread::sleep(std::time::Duration::from_millis(millis)),
    }
    process.kill();
}
