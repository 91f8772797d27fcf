//! When an issuer is asked for its keys, and what is done until it answers.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;

use super::issuer::{DISCOVERY, KEYS, Says, SigningKey};
use super::{NOW, Reason, Rejected, World, with};

fn made_up(world: &World, number: usize) -> String {
    let header = with(world.key.header(), &json!({ "kid": format!("made-up-{number}") }));
    world.key.sign(&header, &world.claims())
}

/// What a server's handlers have to be.
fn sendable<T: Send>(future: T) -> T {
    future
}

impl World {
    /// A usual token of some key, which does not end.
    async fn accepts(&self, key: &SigningKey) -> Result<(), Reason> {
        let claims = with(self.claims(), &json!({ "exp": NOW * 2 }));
        sendable(self.oidc.verify(&key.token(&claims))).await.map(drop).map_err(|rejected| rejected.reason)
    }

    /// Waits until the issuer was asked so often, and what it said was taken in.
    async fn asked(&self, times: usize) {
        for _ in 0..1_000 {
            if self.issuer.asked(KEYS) >= times {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(self.issuer.asked(KEYS), times);
    }
}

#[tokio::test]
async fn keys_are_fetched_once_and_kept() {
    let world = World::generic().await;
    assert_eq!(world.issuer.asked(DISCOVERY), 0, "a server starts while its issuers are down");
    let token = world.key.token(&world.claims());
    for verified in join_all((0..100).map(|_| world.oidc.verify(&token))).await {
        verified.expect("they wait for the one fetch");
    }
    world.pass(200);
    world.accepts(&world.key).await.expect("it is known");
    assert_eq!((world.issuer.asked(DISCOVERY), world.issuer.asked(KEYS)), (1, 1));
}

#[tokio::test]
async fn made_up_key_ids_do_not_flood_the_issuer() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    let tokens: Vec<_> = (0..1_000).map(|number| made_up(&world, number)).collect();
    for (number, token) in tokens.iter().enumerate() {
        if number == 500 {
            world.pass(9);
        }
        let rejected = world.oidc.verify(token).await.expect_err("no such key");
        let reason = if number == 0 { Reason::UnknownKey } else { Reason::Asked };
        assert_eq!((rejected.reason, rejected.is_temporary()), (reason, number > 0));
    }
    assert_eq!(world.issuer.asked(KEYS), 2);
    world.pass(1);
    let all = join_all(tokens.iter().map(|token| world.oidc.verify(token))).await;
    let unknown = |rejected: &Result<_, Rejected>| matches!(rejected, Err(it) if it.reason == Reason::UnknownKey);
    assert!(all.iter().all(unknown), "all came before that fetch began, so it tells all of them");
    assert_eq!(world.issuer.asked(KEYS), 3, "one more after ten seconds, though they came all at once");
    world.accepts(&world.key).await.expect("others are served all the while");
}

#[tokio::test]
async fn a_rotation_under_load_refuses_nobody() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("the old key");
    let new: Vec<_> = (0..5).map(|number| SigningKey::p256(&format!("new-{number}"))).collect();
    for (count, key) in new.iter().enumerate() {
        // Each rotation comes right after the one before: no time passes at all.
        let mut published = vec![&world.key];
        published.extend(&new[..=count]);
        world.issuer.publishes(&published);
        let load = (0..200).map(|number| world.accepts(if number % 2 == 0 { key } else { &world.key }));
        for accepted in join_all(load).await {
            accepted.expect("no refusal");
        }
        assert_eq!(world.issuer.asked(KEYS), count + 2, "one fetch for each rotation");
    }
}

#[tokio::test]
async fn a_scheduled_fetch_does_not_keep_from_looking_for_a_new_key() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    world.pass(3_600);
    world.accepts(&world.key).await.expect("old keys serve");
    world.asked(2).await;
    let new = SigningKey::ed25519("new");
    world.issuer.publishes(&[&world.key, &new]);
    world.accepts(&new).await.expect("right after a scheduled fetch");
    assert_eq!(world.issuer.asked(KEYS), 3);
}

#[tokio::test]
async fn a_new_key_after_a_vain_search_is_not_called_unknown() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    world.oidc.verify(&made_up(&world, 1)).await.expect_err("in vain");
    let new = SigningKey::p256("new");
    world.issuer.publishes(&[&new]);
    assert_eq!(world.accepts(&new).await, Err(Reason::Asked), "which says: try again");
    world.pass(10);
    world.accepts(&new).await.expect("ten seconds later");
    assert_eq!(world.accepts(&world.key).await, Err(Reason::UnknownKey), "the old one is gone");
}

#[tokio::test]
async fn keys_that_are_not_published_any_more_end_within_the_hour() {
    let world = World::generic().await;
    let new = SigningKey::p256("new");
    world.accepts(&world.key).await.expect("a token");
    world.issuer.publishes(&[&new]);
    world.pass(3_599);
    world.accepts(&world.key).await.expect("fresh enough");
    world.asked(1).await;
    world.pass(1);
    world.accepts(&world.key).await.expect("nobody waits for the fetch");
    world.asked(2).await;
    assert_eq!(world.accepts(&world.key).await, Err(Reason::UnknownKey));
}

#[tokio::test]
async fn a_process_that_slept_asks_before_it_believes() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    world.issuer.publishes(&[&SigningKey::p256("new")]);
    world.pass(7_200);
    assert_eq!(world.accepts(&world.key).await, Err(Reason::UnknownKey));
}

#[tokio::test]
async fn known_keys_serve_while_the_issuer_is_down() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    world.issuer.says(DISCOVERY, Says::Nothing);
    for hours in 1..100 {
        world.pass(3_600);
        world.accepts(&world.key).await.unwrap_or_else(|reason| panic!("after {hours} hours: {reason}"));
    }
    let new = SigningKey::p256("new");
    assert_eq!(world.accepts(&new).await, Err(Reason::Unreachable));
    assert_eq!(world.accepts(&new).await, Err(Reason::Asked));
    world.accepts(&world.key).await.expect("a failed fetch discards nothing");
    world.issuer.publishes(&[&world.key, &new]);
    world.issuer.says(DISCOVERY, Says::Json(world.issuer.discovery()));
    world.pass(10);
    world.accepts(&new).await.expect("it is back");
}

#[tokio::test]
async fn an_issuer_that_is_down_is_not_asked_by_every_request() {
    let world = World::generic().await;
    world.accepts(&world.key).await.expect("a token");
    world.issuer.says(DISCOVERY, Says::Nothing);
    world.pass(7_200);
    for _ in 0..100 {
        world.accepts(&world.key).await.expect("it is known");
    }
    assert_eq!(world.issuer.asked(DISCOVERY), 2);
}

#[tokio::test]
async fn a_fetch_outlives_who_asked_for_it() {
    let world = World::generic().await;
    world.issuer.says(KEYS, Says::Silence(Duration::from_mins(1)));
    let token = world.key.token(&world.claims());
    tokio::time::timeout(Duration::from_millis(50), world.oidc.verify(&token)).await.expect_err("gone away");
    let rejected = world.oidc.verify(&token).await.expect_err("waits for the same fetch");
    assert_eq!((rejected.reason, rejected.is_temporary()), (Reason::Asked, true));
    assert_eq!(world.issuer.asked(KEYS), 1);
}

#[tokio::test]
async fn a_clock_that_was_set_back_stops_nothing() {
    let world = World::generic().await;
    world.oidc.verify(&made_up(&world, 1)).await.expect_err("in vain");
    world.millis.fetch_sub(100_000, std::sync::atomic::Ordering::Relaxed);
    let new = SigningKey::p256("new");
    world.issuer.publishes(&[&new]);
    let claims = with(world.claims(), &json!({ "iat": null }));
    world.oidc.verify(&new.token(&claims)).await.expect("asked again");
}
