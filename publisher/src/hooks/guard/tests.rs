//! That nothing inside can be reached, whatever an admin types and whatever a name leads to.

mod cases;
mod door;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use copydesk_schema::hooks::Refused;
use reqwest::dns::Resolve as _;
use url::{Host, Url};

use super::*;
use crate::hooks::send::{Answer, Sender, Timing};
use crate::hooks::sign::Secret;
use door::Door;

/// Gives the answers of a script, the last one for ever, and counts how often it is asked.
struct Script {
    answers: Vec<Option<Vec<IpAddr>>>,
    asked: AtomicUsize,
}

impl Script {
    /// Addresses with blanks between; `-` is an answer that fails.
    fn new(answers: &[&str]) -> Arc<Self> {
        let read =
            |text: &&str| (*text != "-").then(|| text.split_whitespace().map(|one| one.parse().unwrap()).collect());
        Arc::new(Self { answers: answers.iter().map(read).collect(), asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Lookup for Script {
    fn lookup(&self, _host: &str) -> Addresses {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let answer = self.answers[asked].clone().ok_or_else(|| io::Error::other("no such name"));
        Box::pin(async { answer })
    }
}

fn sender(reach: Reach, lookup: &Arc<Script>) -> Sender {
    timed(reach, Timing::default(), lookup)
}

fn timed(reach: Reach, timing: Timing, lookup: &Arc<Script>) -> Sender {
    Sender::with_lookup(reach, timing, Arc::clone(lookup) as Arc<dyn Lookup>).unwrap()
}

async fn attempt(sender: &Sender, url: &str) -> Answer {
    sender.send(url, "msg_1", 1_700_000_000, &Bytes::from_static(b"{}"), &[Secret::generate()]).await
}

fn reason(answer: Answer) -> String {
    match answer {
        Answer::Failed { reason } => reason,
        other => panic!("{other:?}"),
    }
}

fn texts(port: u16) -> Vec<String> {
    let port = port.to_string();
    let hosts = listed(cases::HOSTS).map(|host| format!("https://{host}:{port}/hook"));
    let urls = listed(cases::URLS).chain(cases::BLANKS.iter().copied());
    hosts.chain(urls.map(|url| url.replace("{p}", &port))).collect()
}

fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.trim_start().starts_with("# ")).flat_map(str::split_whitespace)
}

#[tokio::test]
async fn no_way_to_write_an_inside_address_leads_inside() {
    let door = Door::open().await;
    // A name that slips through would lead to the door.
    let inside = Script::new(&["127.0.0.1"]);
    let sender = sender(Reach::Public, &inside);
    let texts = texts(door.port);
    let distinct: BTreeSet<&String> = texts.iter().collect();
    assert_eq!(distinct.len(), texts.len(), "a case is there twice");
    assert!(texts.len() >= 200, "only {} cases", texts.len());
    for text in &texts {
        let refused = check_url(text, Reach::Public);
        assert!(refused.is_err(), "{text:?} was let through as {refused:?}");
        let reason = reason(attempt(&sender, text).await);
        assert_eq!(reason, refused.unwrap_err().to_string(), "{text:?}");
    }
    assert_eq!((door.entered(), inside.asked()), (0, 0));
}

#[tokio::test]
async fn without_the_guard_they_would_lead_inside() {
    let door = Door::open().await;
    let unguarded = reqwest::Client::builder().no_proxy().timeout(Timing::default().connect).build().unwrap();
    let (mut tried, mut entered) = (0, 0);
    for text in texts(door.port) {
        // Only what stays on this machine: no test calls others.
        let Ok(url) = reqwest::Url::parse(text.trim_start_matches("\u{feff}")) else { continue };
        if url.port() != Some(door.port) || !stays_here(&url) {
            continue;
        }
        let before = door.entered();
        let _ = unguarded.get(url).send().await;
        tried += 1;
        entered += usize::from(door.entered() > before);
    }
    assert!(tried >= 80 && entered >= 80, "{entered} of {tried} entered");
}

fn stays_here(url: &Url) -> bool {
    let here = |address: Ipv4Addr| address.is_loopback() || address.is_unspecified();
    match url.host() {
        Some(Host::Ipv4(address)) => here(address),
        Some(Host::Ipv6(address)) => address.is_loopback() || address.to_ipv4_mapped().is_some_and(here),
        _ => false,
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called() {
    let door = Door::open().await;
    let url = format!("https://hooks.example.com:{}/hook", door.port);
    // Nor where loopback may be called: that is by its own name only.
    for reach in [Reach::Public, Reach::PublicAndLoopback] {
        let lookup = Script::new(cases::ANSWERS);
        let sender = sender(reach, &lookup);
        for (before, answer) in cases::ANSWERS.iter().enumerate() {
            assert_eq!(lookup.asked(), before);
            assert_eq!(reason(attempt(&sender, &url).await), Unresolved::NotAllowed.to_string(), "{answer}");
        }
    }
    let nowhere = sender(Reach::Public, &Script::new(&["", "-"]));
    for _ in 0..2 {
        assert_eq!(reason(attempt(&nowhere, &url).await), Unresolved::Unknown.to_string());
    }
    assert_eq!(door.entered(), 0);
}

#[tokio::test]
async fn this_machines_name_is_resolved_only_where_it_may_be() {
    let lookup = Script::new(&["127.0.0.1"]);
    let resolve = |reach, name: &str| {
        GuardedResolver::new(reach, Arc::clone(&lookup) as Arc<dyn Lookup>).resolve(name.parse().unwrap())
    };
    assert!(resolve(Reach::Public, "localhost").await.is_err());
    assert!(resolve(Reach::PublicAndLoopback, "hooks.example.com").await.is_err());
    let addresses: Vec<IpAddr> =
        resolve(Reach::PublicAndLoopback, "localhost").await.unwrap().map(|address| address.ip()).collect();
    assert_eq!(addresses, [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]);
    assert_eq!(lookup.asked(), 2);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_looked_up_once() {
    let door = Door::open().await;
    let url = format!("https://rebind.example.com:{}/hook", door.port);
    let lookup = Script::new(&["3ffe::1", "127.0.0.1", "::1"]);
    // What the first look-up gave is all that there is for its connection. It is not made: nobody is to be called.
    let resolver = GuardedResolver::new(Reach::Public, Arc::clone(&lookup) as Arc<dyn Lookup>);
    let first: Vec<IpAddr> =
        resolver.resolve("rebind.example.com".parse().unwrap()).await.unwrap().map(|address| address.ip()).collect();
    assert_eq!((first, lookup.asked()), (vec!["3ffe::1".parse().unwrap()], 1));
    let sender = sender(Reach::Public, &lookup);
    for asked in [2, 3] {
        assert_eq!(reason(attempt(&sender, &url).await), Unresolved::NotAllowed.to_string());
        assert_eq!(lookup.asked(), asked);
    }
    assert_eq!(door.entered(), 0);
}

#[tokio::test]
async fn loopback_is_called_where_it_may_be() {
    let door = Door::open().await;
    let lookup = Script::new(&["-"]);
    let sender = sender(Reach::PublicAndLoopback, &lookup);
    let hosts = if door.ipv6 { &["127.0.0.1", "localhost", "127.1", "[::1]"][..] } else { &["127.0.0.1", "localhost"] };
    for (before, host) in hosts.iter().enumerate() {
        assert_eq!(door.entered(), before);
        let answer = attempt(&sender, &format!("http://{host}:{}/hook", door.port)).await;
        assert_eq!((answer, door.entered()), (Answer::Accepted(204), before + 1), "{host}");
    }
    // And over https, though nobody there speaks it.
    let tls = reason(attempt(&sender, &format!("https://127.0.0.1:{}/hook", door.port)).await);
    assert!(tls.starts_with("the TLS handshake failed"), "{tls}");
    assert_eq!((door.entered(), lookup.asked()), (hosts.len() + 1, 0));
}

#[tokio::test]
async fn where_loopback_may_be_called_nothing_else_inside_may() {
    let door = Door::open().await;
    let lookup = Script::new(&["127.0.0.1"]);
    let sender = sender(Reach::PublicAndLoopback, &lookup);
    for text in texts(door.port).into_iter().filter(|text| !text.contains('\u{feff}')) {
        if let Ok(url) = check_url(&text, Reach::PublicAndLoopback) {
            let is_own = match url.host() {
                Some(Host::Domain(name)) => name == "localhost",
                Some(Host::Ipv4(address)) => address.is_loopback(),
                Some(Host::Ipv6(address)) => address.is_loopback(),
                None => false,
            };
            assert!(is_own, "{text} was let through");
        }
    }
    let hosts = ["0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "10.0.0.1", "localhost.", "a.localhost", "printer"];
    for host in hosts {
        for scheme in ["http", "https"] {
            reason(attempt(&sender, &format!("{scheme}://{host}:{}/", door.port)).await);
        }
    }
    assert_eq!(check_url("http://hooks.example.com/", Reach::PublicAndLoopback), Err(Refused::NotHttps));
    assert_eq!((door.entered(), lookup.asked()), (0, 0));
}

#[test]
fn what_is_let_through_stays_as_it_was_judged() {
    for (text, saved) in cases::ALLOWED {
        let url = check_url(text, Reach::Public).unwrap_or_else(|refused| panic!("{text}: {refused}"));
        assert_eq!(url.as_str(), saved);
        assert_eq!(check_url(url.as_str(), Reach::Public).as_ref(), Ok(&url));
        assert_eq!(check_url(text, Reach::PublicAndLoopback), Ok(url));
    }
}

#[test]
fn a_refusal_says_what_to_change() {
    for (text, refused) in cases::refusals() {
        assert_eq!(check_url(&text, Reach::Public), Err(refused), "{text}");
    }
    let longest = format!("https://hooks.example.com/{}", "a".repeat(2_000 - 26));
    assert!(check_url(&longest, Reach::Public).is_ok());
    assert_eq!(check_url(&format!("{longest}a"), Reach::Public), Err(Refused::TooLong));
    // It becomes longer when it is saved.
    let grows = format!("https://hooks.example.com/{}", "ü".repeat(900));
    assert_eq!(check_url(&grows, Reach::Public), Err(Refused::TooLong));
}

#[test]
fn ranges_end_where_they_end() {
    let allowed = |text: &str| is_allowed(text.parse().unwrap(), Reach::Public);
    for range in cases::RANGES {
        let [first, last, before, after] = range;
        assert!(!allowed(first), "{first}");
        assert!(!allowed(last), "{last}");
        assert!(before.is_empty() || allowed(before), "{before}");
        assert!(after.is_empty() || allowed(after), "{after}");
    }
    for inside in cases::ANSWERS.iter().filter(|answers| !answers.contains(' ')) {
        assert!(!allowed(inside), "{inside}");
        let local = is_allowed(inside.parse().unwrap(), Reach::PublicAndLoopback);
        assert_eq!(local, inside.starts_with("127.") || *inside == "::1", "{inside}");
    }
    for outside in ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:829::200e"] {
        assert!(allowed(outside), "{outside}");
    }
}
