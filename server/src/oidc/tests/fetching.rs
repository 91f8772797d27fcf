//! What an issuer may answer, and which of its keys are used.

use std::time::Duration;

use serde_json::{Value, json};

use super::issuer::{DISCOVERY, KEYS, Says, SigningKey, encoded};
use super::{Reason, World, trusting, with};
use crate::oidc::Issuers;
use crate::oidc::fetch::address;

fn raw(status: &'static str, headers: &str, body: impl Into<Vec<u8>>) -> Says {
    Says::Raw(status, headers.to_owned(), body.into())
}

#[tokio::test]
async fn what_is_no_answer_opens_nothing_and_discards_nothing() {
    let world = World::generic().await;
    let keys = json!({ "keys": [world.key.jwk()] });
    let elsewhere = format!("location: {}/elsewhere\r\n", world.issuer.url);
    let mut huge = keys.clone();
    huge["padding"] = json!("x".repeat(300_000));
    let crowd: Vec<_> = (0..65).map(|_| world.key.jwk()).collect();
    let answers = [
        raw("200 OK", "", "rubbish"),
        raw("200 OK", "content-encoding: gzip\r\n", "rubbish"),
        raw("200 OK", "", Vec::new()),
        raw("200 OK", "", "[".repeat(100_000)),
        raw("404 Not Found", "", keys.to_string()),
        raw("500 Internal Server Error", "", keys.to_string()),
        raw("302 Found", &elsewhere, ""),
        Says::Json(json!({})),
        Says::Json(json!({ "keys": {} })),
        Says::Json(json!({ "keys": [] })),
        Says::Json(json!({ "keys": crowd })),
        Says::Json(huge),
        Says::Nothing,
    ];
    world.issuer.says("/elsewhere", Says::Json(keys.clone()));
    let refused = async |key: &SigningKey| world.oidc.verify(&key.token(&world.claims())).await.expect_err("refused");
    for answer in answers.clone() {
        world.issuer.says(KEYS, answer);
        let rejected = refused(&world.key).await;
        assert_eq!((rejected.reason, rejected.is_temporary()), (Reason::Unreachable, true));
        world.pass(10);
    }
    assert_eq!(world.issuer.asked("/elsewhere"), 0);

    world.issuer.says(KEYS, Says::Json(keys));
    world.changed(json!({})).await.expect("now it answers");
    for answer in answers {
        world.issuer.says(KEYS, answer);
        assert_eq!(refused(&SigningKey::p256("other")).await.reason, Reason::Unreachable);
        world.changed(json!({})).await.expect("known keys stay");
        world.pass(10);
    }
}

#[tokio::test]
async fn discovery_is_believed_within_its_limits() {
    let world = World::generic().await;
    let url = world.issuer.url.clone();
    let discovery = |changes: Value| Says::Json(with(world.issuer.discovery(), &changes));
    let port = url.rsplit_once(':').unwrap().1.to_owned();
    for answer in [
        discovery(json!({ "issuer": format!("{url}/") })),
        discovery(json!({ "issuer": "https://other.example.com" })),
        discovery(json!({ "issuer": null })),
        discovery(json!({ "jwks_uri": null })),
        discovery(json!({ "jwks_uri": "/keys" })),
        discovery(json!({ "jwks_uri": format!("http://0.0.0.0:{port}/keys") })),
        discovery(json!({ "jwks_uri": "http://169.254.169.254/keys" })),
        discovery(json!({ "jwks_uri": "file:///etc/passwd" })),
        raw("301 Moved Permanently", &format!("location: {url}/elsewhere\r\n"), ""),
        raw("200 OK", "", "x".repeat(300_000)),
    ] {
        world.issuer.says(DISCOVERY, answer);
        assert_eq!(world.changed(json!({})).await, Err(Reason::Unreachable));
        world.pass(10);
    }
    assert_eq!(world.issuer.asked(KEYS), 0);
    world.issuer.says(DISCOVERY, discovery(json!({ "jwks_uri": format!("http://localhost:{port}/keys") })));
    world.changed(json!({})).await.expect("this very machine");
}

#[test]
fn issuers_elsewhere_do_not_send_us_to_this_machine() {
    let issuer = |url: &str| {
        let settings = json!([{ "name": "a", "issuer": url, "kind": "cognito", "clients": ["c"] }]);
        settings.to_string().parse::<Issuers>().unwrap().into_iter().next().unwrap()
    };
    let local = "http://127.0.0.1:9/keys";
    assert!(address(&issuer("http://localhost"), local).is_some());
    assert!(address(&issuer("https://login.example.com"), local).is_none());
    assert!(address(&issuer("https://login.example.com"), "https://keys.example.com/?v=2").is_some());
}

#[tokio::test]
async fn an_issuers_name_may_end_in_a_slash() {
    let mut world = World::generic().await;
    let keys = format!("{}{KEYS}", world.issuer.url);
    world.issuer.url.push('/');
    world.issuer.says(DISCOVERY, Says::Json(json!({ "issuer": world.issuer.url, "jwks_uri": keys })));
    world.oidc = trusting(&world.issuer, "generic", &world.millis);
    world.changed(json!({})).await.expect("Auth0's do");
}

#[tokio::test]
async fn an_issuer_that_says_nothing_is_given_up() {
    let world = World::generic().await;
    world.issuer.says(KEYS, Says::Silence(Duration::from_mins(1)));
    let verified = tokio::time::timeout(Duration::from_secs(10), world.changed(json!({}))).await;
    assert_eq!(verified.expect("within its time"), Err(Reason::Unreachable));
}

#[tokio::test]
async fn only_keys_for_signatures_are_used() {
    let world = World::new("generic", SigningKey::rsa("one")).await;
    let (p256, ed25519) = (SigningKey::p256("one"), SigningKey::ed25519("one"));
    let spare = SigningKey::p256("spare");
    let verify = async |key: &SigningKey, jwk: Value| {
        world.issuer.says(KEYS, Says::Json(json!({ "keys": [spare.jwk(), jwk, 5, null, { "kty": "oct" }] })));
        let oidc = trusting(&world.issuer, "generic", &world.millis);
        oidc.verify(&key.token(&world.claims())).await.map(drop).map_err(|rejected| rejected.reason)
    };
    for key in [&world.key, &p256, &ed25519] {
        let jwk = key.jwk();
        assert_eq!(verify(key, jwk.clone()).await, Ok(()));
        assert_eq!(verify(key, with(jwk.clone(), &json!({ "use": null, "alg": null }))).await, Ok(()));
        assert_eq!(verify(key, with(jwk.clone(), &json!({ "key_ops": ["sign", "verify"] }))).await, Ok(()));
        for change in [
            json!({ "use": "enc" }),
            json!({ "key_ops": ["encrypt"] }),
            json!({ "key_ops": [] }),
            json!({ "kty": "oct", "k": "c2VjcmV0" }),
            json!({ "alg": "RS512" }),
            json!({ "alg": "HS256" }),
            json!({ "kid": null }),
            json!({ "kid": 1 }),
        ] {
            assert_eq!(verify(key, with(jwk.clone(), &change)).await, Err(Reason::UnknownKey), "{change}");
        }
    }
    let modulus = world.key.jwk()["n"].as_str().unwrap().to_owned();
    for change in [
        json!({ "n": encoded(&[0xab; 128]) }),
        json!({ "n": encoded(&[[0].as_slice(), &[0x7f; 256]].concat()) }),
        json!({ "n": encoded(&[0xab; 1_025]) }),
        json!({ "e": "AQ" }),
        json!({ "e": "Ag" }),
        json!({ "e": "" }),
        json!({ "n": format!("{modulus}==") }),
        json!({ "n": null }),
    ] {
        assert_eq!(verify(&world.key, with(world.key.jwk(), &change)).await, Err(Reason::UnknownKey), "{change}");
    }
    let zeros = encoded(&[vec![0; 2], decoded(&modulus)].concat());
    assert_eq!(verify(&world.key, with(world.key.jwk(), &json!({ "n": zeros }))).await, Ok(()));
    for change in [json!({ "crv": "P-384" }), json!({ "crv": null }), json!({ "y": "AQAB" }), json!({ "x": "" })] {
        assert_eq!(verify(&p256, with(p256.jwk(), &change)).await, Err(Reason::UnknownKey), "{change}");
    }
    for change in [json!({ "crv": "X25519" }), json!({ "crv": "Ed448" }), json!({ "x": "AQAB" })] {
        assert_eq!(verify(&ed25519, with(ed25519.jwk(), &change)).await, Err(Reason::UnknownKey), "{change}");
    }
}

#[tokio::test]
async fn keys_of_one_id_are_told_apart_by_their_type() {
    let world = World::new("generic", SigningKey::p256("one")).await;
    let twin = SigningKey::ed25519("one");
    world.issuer.publishes(&[&twin, &world.key]);
    for key in [&world.key, &twin] {
        world.oidc.verify(&key.token(&world.claims())).await.expect("its own type");
    }
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}
