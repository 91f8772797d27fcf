//! A release is whole: whatever fails, sites see all of one release or all of another, and the
//! system converges without help.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use copydesk_schema::Switch;
use serde_json::{Value, json};

use crate::support::engines::{Engine, Engines};
use crate::support::faults::{Fault, Faults};
use crate::support::system::Options;
use crate::support::{Client, TestSystem, soon};

const PAGES: &[(&str, &[&str])] = &[("home", &["title", "lead"]), ("about", &["title"])];
const LOCALES: &[&str] = &["en", "de"];

/// How long a call takes that comes late.
const PAUSE: Duration = Duration::from_millis(500);

/// How long a visitor waits before looking again.
const LOOK: Duration = Duration::from_millis(2);

/// What the publisher is doing when it meets the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Job {
    Publish,
    RollBack,
}

/// A system whose publisher can be made to meet faults.
struct Stage {
    engines: Arc<Engines>,
    system: TestSystem,
    faults: Faults,
    next: u32,
}

impl Stage {
    async fn set() -> Self {
        let engines = Arc::new(Engines::start().await);
        let faults = Faults::none();
        let system = start(&engines, &faults).await;
        Self { engines, system, faults, next: 0 }
    }

    /// A project with release 1 live (all "v1"); for a rollback release 2 (all "v2") is.
    async fn project(&mut self, job: Job) -> String {
        self.next += 1;
        let (project, client) = (format!("p{}", self.next), &self.system.client);
        client.project(&project, LOCALES, PAGES).await;
        client.save_all(&project, LOCALES, PAGES, "v1").await;
        client.publish(&project, json!({})).await;
        client.save_all(&project, LOCALES, PAGES, "v2").await;
        if job == Job::RollBack {
            client.publish(&project, json!({})).await;
        }
        settled(client, &project, if job == Job::RollBack { "v2" } else { "v1" }).await;
        project
    }

    /// Kills server and publisher and starts others on the same engines.
    async fn restart(&mut self) {
        self.system.kill_editing().await;
        self.faults.arm(|_, _| None);
        self.system = start(&self.engines, &self.faults).await;
    }
}

async fn start(engines: &Arc<Engines>, faults: &Faults) -> TestSystem {
    let options = Options { publisher_faults: Some(faults.clone()), owner: Some("one".into()), ..Options::default() };
    TestSystem::on(Arc::clone(engines), options).await
}

async fn ask(client: &Client, project: &str, job: Job) -> u64 {
    match job {
        Job::Publish => client.ask(project, json!({})).await,
        Job::RollBack => {
            let asked = client.post(&format!("/projects/{project}/releases/1/activate"), json!({})).await.expect(202);
            asked.body["request"].as_u64().unwrap()
        }
    }
}

/// Files that a visitor has fetched: under their names they never change.
type Fetched = HashMap<String, Value>;

/// The one value that every file of the live release shows. Fails on a mixture or a missing file.
async fn shown(client: &Client, project: &str, fetched: &mut Fetched) -> Option<String> {
    let live = client.live(project).await?;
    let mut values = Vec::new();
    for (page, numbers) in &live.pages {
        assert_eq!(numbers.len(), live.locales.len());
        for (locale, number) in live.locales.iter().zip(numbers) {
            let path = format!("{project}/{locale}/{page}.{number}.json");
            if !fetched.contains_key(&path) {
                let file = client.page(&path).await;
                fetched
                    .insert(path.clone(), file.unwrap_or_else(|| panic!("live.json names {path}, which is not there")));
            }
            values.extend(fetched[&path].as_object().unwrap().values().cloned());
        }
    }
    assert_eq!(values.len(), LOCALES.len() * 3, "{live:?}");
    assert!(values.iter().all(|value| *value == values[0]), "a mixture: {live:?} {values:?}");
    values[0].as_str().map(str::to_owned)
}

/// Waits until everything shows `value`: the live files, the aliases, and what the table says.
async fn settled(client: &Client, project: &str, value: &str) {
    soon("the live release", || async {
        (shown(client, project, &mut Fetched::new()).await.as_deref() == Some(value)).then_some(())
    })
    .await;
    for locale in LOCALES {
        for (page, keys) in PAGES {
            let expected: Value =
                keys.iter().map(|key| ((*key).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into();
            let path = format!("{project}/{locale}/{page}.json");
            soon(&path, || async { (client.fetch(&path).await.as_ref() == Some(&expected)).then_some(()) }).await;
        }
    }
    soon("site.js", || async { (client.site(project).await == client.live(project).await).then_some(()) }).await;
    soon("the table", || async {
        let live = client.live(project).await?.release.0;
        let says = client.get(&format!("/projects/{project}")).await.body["live"].as_u64()?;
        (says == live).then_some(())
    })
    .await;
}

/// Reads all the time while `work` goes on; every look must find a whole release.
async fn watched<T>(client: &Client, project: &str, work: impl Future<Output = T>) -> T {
    let stop = Arc::new(AtomicBool::new(false));
    let reader = {
        let (client, project, stop) = (client.clone(), project.to_owned(), Arc::clone(&stop));
        tokio::spawn(async move {
            let (mut looks, mut switch, mut fetched) = (0, Switch::NONE, Fetched::new());
            while !stop.load(Ordering::Relaxed) {
                let value = shown(&client, &project, &mut fetched).await.unwrap();
                assert!(value == "v1" || value == "v2", "{value}");
                // The site script is never told to go back.
                let told = client.site(&project).await.map_or(switch, |live| live.switch);
                assert!(told >= switch, "site.js went from {switch} to {told}");
                (looks, switch) = (looks + 1, told);
                // Others work on this machine, too.
                tokio::time::sleep(LOOK).await;
            }
            looks
        })
    };
    let done = work.await;
    stop.store(true, Ordering::Relaxed);
    let looks: u32 = reader.await.unwrap();
    assert!(looks > 0);
    done
}

/// How many storage calls the job makes from the request until everything has settled.
async fn count_calls(stage: &mut Stage, job: Job) -> u64 {
    let project = stage.project(job).await;
    stage.faults.arm(|_, _| None);
    let request = ask(&stage.system.client, &project, job).await;
    assert_eq!(stage.system.client.ended(&project, request).await["state"], "done");
    settled(&stage.system.client, &project, goal(job)).await;
    stage.faults.calls()
}

fn goal(job: Job) -> &'static str {
    match job {
        Job::Publish => "v2",
        Job::RollBack => "v1",
    }
}

/// On the slow engines every so many calls stand for all.
fn stride() -> usize {
    if Engine::chosen() == Engine::Embedded { 1 } else { 13 }
}

async fn every_call_meets(fault: Fault) {
    tokio::join!(Box::pin(every_call_of(Job::Publish, fault)), Box::pin(every_call_of(Job::RollBack, fault)));
}

async fn every_call_of(job: Job, fault: Fault) {
    let mut stage = Stage::set().await;
    let calls = count_calls(&mut stage, job).await;
    assert!(calls > 8, "{calls}");
    for n in (1..=calls).step_by(stride()) {
        let project = stage.project(job).await;
        stage.faults.nth(n, fault);
        let client = stage.system.client.clone();
        watched(&client, &project, async {
            let request = ask(&client, &project, job).await;
            let ended = client.ended(&project, request).await;
            assert_eq!(ended["state"], "done", "{job:?}, {fault:?} at call {n}: {ended}");
            settled(&client, &project, goal(job)).await;
        })
        .await;
    }
    stage.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_any_call_fails() {
    every_call_meets(Fault::Fail).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_any_answer_is_lost() {
    every_call_meets(Fault::Drop).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_any_call_is_late() {
    every_call_meets(Fault::Delay(Duration::from_millis(30))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_any_call_arrives_twice() {
    every_call_meets(Fault::Duplicate).await;
}

/// The publisher dies at every call of a job, once before and once after the call is done.
#[tokio::test(flavor = "multi_thread")]
async fn when_the_publisher_dies_at_any_call() {
    tokio::join!(Box::pin(dies_at_any_call_of(Job::Publish)), Box::pin(dies_at_any_call_of(Job::RollBack)));
}

async fn dies_at_any_call_of(job: Job) {
    let mut stage = Stage::set().await;
    let calls = count_calls(&mut stage, job).await;
    for n in (1..=calls).step_by(stride()) {
        for last in [Fault::Fail, Fault::Drop] {
            dies_at(&mut stage, job, n, last).await;
        }
    }
    stage.system.stop().await;
}

async fn dies_at(stage: &mut Stage, job: Job, n: u64, last: Fault) {
    let project = stage.project(job).await;
    let dead = Arc::new(AtomicBool::new(false));
    let mark = Arc::clone(&dead);
    // From its n-th call on nothing that the publisher does arrives any more.
    stage.faults.arm(move |call, _| {
        if call >= n {
            mark.store(true, Ordering::Relaxed);
        }
        if call == n { Some(last) } else { (call > n).then_some(Fault::Fail) }
    });
    let client = stage.system.client.clone();
    watched(&client, &project, async {
        ask(&client, &project, job).await;
        soon("the death", || async { dead.load(Ordering::Relaxed).then_some(()) }).await;
    })
    .await;
    stage.restart().await;
    settled(&stage.system.client, &project, goal(job)).await;
    let requests = stage.system.client.get(&format!("/projects/{project}/releases/requests")).await.body;
    soon("the request's end", || async {
        let path = format!("/projects/{project}/releases/requests/{}", requests["items"][0]["request"]);
        let request = stage.system.client.get(&path).await.body;
        assert_ne!(request["state"], "failed", "{job:?}, death at call {n} ({last:?})");
        (request["state"] == "done").then_some(())
    })
    .await;
}

/// Several publishers work on the same project at once, without knowing of each other.
#[tokio::test(flavor = "multi_thread")]
async fn when_two_publishers_work_at_once() {
    let engines = Arc::new(Engines::start().await);
    let one = TestSystem::on(Arc::clone(&engines), Options { owner: Some("same".into()), ..Options::default() }).await;
    // The same owner: the lease keeps neither from building.
    let two = TestSystem::on(Arc::clone(&engines), Options { owner: Some("same".into()), ..Options::default() }).await;
    let client = one.client.clone();
    client.project("acme", LOCALES, PAGES).await;
    client.save_all("acme", LOCALES, PAGES, "v1").await;
    client.publish("acme", json!({})).await;
    watched(&client, "acme", async {
        for round in 0..10 {
            let value = if round % 2 == 0 { "v2" } else { "v1" };
            client.save_all("acme", LOCALES, PAGES, value).await;
            let first = client.ask("acme", json!({})).await;
            // Both are woken: the second server asks, too.
            let second = two.client.ask("acme", json!({})).await;
            for request in [first, second] {
                assert_eq!(client.ended("acme", request).await["state"], "done");
            }
            settled(&client, "acme", value).await;
        }
    })
    .await;
    one.stop().await;
    two.stop().await;
}

/// A publisher whose switch arrives late finds that another has moved on: it never moves back what
/// is live, and builds again.
#[tokio::test(flavor = "multi_thread")]
async fn when_a_switch_arrives_after_a_later_one() {
    let engines = Arc::new(Engines::start().await);
    let faults = Faults::none();
    let late =
        TestSystem::on(Arc::clone(&engines), Options { publisher_faults: Some(faults.clone()), ..Options::default() })
            .await;
    // It only does what it is told of.
    let unasked = Options { sweep: Some(Duration::from_hours(1)), ..Options::default() };
    let prompt = TestSystem::on(Arc::clone(&engines), unasked).await;
    let client = late.client.clone();
    client.project("acme", LOCALES, PAGES).await;
    for value in ["v1", "v2"] {
        client.save_all("acme", LOCALES, PAGES, value).await;
        client.publish("acme", json!({})).await;
    }
    client.save_all("acme", LOCALES, PAGES, "v1").await;
    let held = Arc::new(AtomicBool::new(false));
    let holding = Arc::clone(&held);
    faults.arm(move |_, request| {
        let switching = request.method() == "PUT" && request.uri().contains("live.json");
        (switching && !holding.swap(true, Ordering::Relaxed)).then_some(Fault::Delay(Duration::from_millis(700)))
    });
    let request = client.ask("acme", json!({})).await;
    soon("the switch under way", || async { held.load(Ordering::Relaxed).then_some(()) }).await;
    let before = client.live("acme").await.unwrap().switch;
    assert_eq!(prompt.client.activate("acme", 1).await["state"], "done");
    let rolled_back = client.live("acme").await.unwrap();
    assert_eq!(rolled_back.release.0, 1);
    assert!(rolled_back.switch > before);
    let newest = std::sync::Mutex::new(rolled_back.switch);
    let ended = soon("the request's end", || async {
        let live = client.live("acme").await?;
        let before = std::mem::replace(&mut *newest.lock().unwrap(), live.switch);
        assert!(live.switch >= before, "what is live went back from {before} to {}", live.switch);
        let request = client.get(&format!("/projects/acme/releases/requests/{request}")).await.body;
        (request["state"] == "done").then_some(request)
    })
    .await;
    assert!(ended["release"].as_u64().unwrap() > 3, "the number that came too late was given up: {ended}");
    settled(&client, "acme", "v1").await;
    late.stop().await;
    prompt.stop().await;
}

/// The publisher dies right after a switch; what it made live is found bad and rolled back before
/// its successor comes. The successor does not bring it back.
#[tokio::test(flavor = "multi_thread")]
async fn when_a_release_is_rolled_back_before_its_switch_was_noted() {
    let mut stage = Stage::set().await;
    let project = stage.project(Job::Publish).await;
    let switched = Arc::new(AtomicBool::new(false));
    let dying = Arc::clone(&switched);
    stage.faults.arm(move |_, request| {
        if dying.load(Ordering::Relaxed) {
            return Some(Fault::Fail);
        }
        let switching = request.method() == "PUT" && request.uri().contains("live.json");
        dying.fetch_or(switching, Ordering::Relaxed);
        None
    });
    let request = stage.system.client.ask(&project, json!({})).await;
    soon("the switch", || async {
        (shown(&stage.system.client, &project, &mut Fetched::new()).await.as_deref() == Some("v2")).then_some(())
    })
    .await;
    let asked =
        stage.system.client.post(&format!("/projects/{project}/releases/1/activate"), json!({})).await.expect(202);
    stage.restart().await;
    let client = &stage.system.client;
    for request in [request, asked.body["request"].as_u64().unwrap()] {
        assert_eq!(client.ended(&project, request).await["state"], "done");
    }
    settled(client, &project, "v1").await;
    assert_eq!(client.live(&project).await.unwrap().release.0, 1);
    assert_eq!(client.get(&format!("/projects/{project}/releases/2")).await.body["state"], "superseded");
    stage.system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_is_done_leaves_the_project_to_others() {
    let (engines, hour) = (Arc::new(Engines::start().await), Duration::from_hours(1));
    let patient = || Options { lease: Some(hour), sweep: Some(hour), ..Options::default() };
    let one = TestSystem::on(Arc::clone(&engines), patient()).await;
    let two = TestSystem::on(Arc::clone(&engines), patient()).await;
    one.client.project("acme", &["en"], &[("home", &["title"])]).await;
    // As functions do, of which now one and now another is called.
    for (release, system) in [(1, &one), (2, &two), (3, &one)] {
        system.client.save("/projects/acme/drafts/en/home/title", &format!("Release {release}")).await;
        assert_eq!(system.client.publish("acme", json!({})).await, release);
    }
    one.stop().await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_while_a_publisher_is_about_to_leave_is_left_to_it() {
    let (engines, hour, faults) = (Arc::new(Engines::start().await), Duration::from_hours(1), Faults::none());
    let patient =
        |publisher_faults| Options { lease: Some(hour), sweep: Some(hour), publisher_faults, ..Options::default() };
    let one = TestSystem::on(Arc::clone(&engines), patient(Some(faults.clone()))).await;
    let two = TestSystem::on(Arc::clone(&engines), patient(None)).await;
    one.client.project("acme", &["en"], &[("home", &["title"])]).await;
    // It gives the project back late.
    faults.arm(|_, request| {
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default());
        (body.contains("\"Delete\"") && body.contains("\"LEASE\"")).then_some(Fault::Delay(PAUSE))
    });
    for (release, system) in [(1, &one), (2, &two)] {
        system.client.save("/projects/acme/drafts/en/home/title", &format!("Release {release}")).await;
        assert_eq!(system.client.publish("acme", json!({})).await, release);
    }
    one.stop().await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_publisher_cannot_do_is_done_by_another() {
    let (engines, faults) = (Arc::new(Engines::start().await), Faults::none());
    let lease = Some(Duration::from_hours(1));
    let options = Options { lease, publisher_faults: Some(faults.clone()), ..Options::default() };
    let one = TestSystem::on(Arc::clone(&engines), options).await;
    one.client.project("acme", &["en"], &[("home", &["title"])]).await;
    one.client.save("/projects/acme/drafts/en/home/title", "Title").await;
    // It reaches the table, and not the bucket.
    faults.arm(|_, request| (request.method() == "PUT").then_some(Fault::Fail));
    let request = one.client.ask("acme", json!({})).await;
    soon("it has tried", async || (faults.calls() > 20).then_some(())).await;
    let two = TestSystem::on(Arc::clone(&engines), Options { lease, ..Options::default() }).await;
    assert_eq!(one.client.ended("acme", request).await["state"], "done");
    one.stop().await;
    two.stop().await;
}
