//! A token's form, key, signature and times.

use serde_json::{Value, json};

use super::issuer::{SigningKey, encoded};
use super::{NOW, Reason, Rejected, World, with};
use crate::oidc::Oidc;

async fn refused(oidc: &Oidc, token: &str) -> Reason {
    oidc.verify(token).await.expect_err("must be refused").reason
}

#[tokio::test]
async fn keys_of_each_type_are_accepted() {
    for key in [SigningKey::rsa("rsa"), SigningKey::p256("p256"), SigningKey::ed25519("ed25519")] {
        let algorithm = key.algorithm();
        let world = World::new("generic", key).await;
        let identity = world.verify(&world.claims()).await.expect(algorithm);
        assert_eq!(identity.subject, "acme:u-1");
        assert_eq!(identity.expires.0, (NOW + 300) * 1_000);
    }
}

#[tokio::test]
async fn what_is_not_a_token_is_refused() {
    let world = World::generic().await;
    let good = world.key.token(&world.claims());
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let list = encoded(b"[1]");
    for wrong in [
        String::new(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{good}.{signature}"),
        format!("{header}=.{claims}.{signature}"),
        format!("{list}.{claims}.{signature}"),
        format!("{header}.{list}.{signature}"),
    ] {
        assert_eq!(refused(&world.oidc, &wrong).await, Reason::Form, "{wrong}");
    }
    assert_eq!(world.issuer.asked(super::issuer::KEYS), 0);
}

#[tokio::test]
async fn long_tokens_are_refused() {
    let world = World::generic().await;
    let long = |length: usize| with(world.claims(), &json!({ "groups": "x".repeat(length) }));
    let shorter = world.key.token(&long(5_500));
    assert!((7_000..=8_192).contains(&shorter.len()));
    world.oidc.verify(&shorter).await.expect("8 KiB are enough");
    assert_eq!(refused(&world.oidc, &world.key.token(&long(6_000))).await, Reason::TooLong);
}

#[tokio::test]
async fn tokens_without_a_signature_are_refused() {
    let world = World::generic().await;
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = with(world.key.header(), &json!({ "alg": none }));
        let signed = world.key.sign(&header, &world.claims());
        let (unsigned, _) = signed.rsplit_once('.').unwrap();
        for token in [&signed, &format!("{unsigned}.")] {
            assert_eq!(refused(&world.oidc, token).await, Reason::Algorithm);
        }
    }
    let good = world.key.token(&world.claims());
    let (unsigned, _) = good.rsplit_once('.').unwrap();
    assert_eq!(refused(&world.oidc, &format!("{unsigned}.")).await, Reason::Signature);
    assert_eq!(world.headed(json!({ "alg": null })).await, Err(Reason::Algorithm));
    assert_eq!(world.headed(json!({ "alg": 5 })).await, Err(Reason::Algorithm));
}

#[tokio::test]
async fn public_keys_are_no_shared_secrets() {
    let world = World::new("generic", SigningKey::rsa("rsa")).await;
    let jwk = world.key.jwk();
    let secrets = [jwk["n"].to_string(), jwk["n"].as_str().unwrap().to_owned(), jwk.to_string()];
    for (algorithm, hash) in [
        ("HS256", aws_lc_rs::hmac::HMAC_SHA256),
        ("HS384", aws_lc_rs::hmac::HMAC_SHA384),
        ("HS512", aws_lc_rs::hmac::HMAC_SHA512),
    ] {
        for secret in &secrets {
            let header = with(world.key.header(), &json!({ "alg": algorithm }));
            let token = world.key.sign(&header, &world.claims());
            let (signed, _) = token.rsplit_once('.').unwrap();
            let tag = aws_lc_rs::hmac::sign(&aws_lc_rs::hmac::Key::new(hash, secret.as_bytes()), signed.as_bytes());
            let token = format!("{signed}.{}", encoded(tag.as_ref()));
            assert_eq!(refused(&world.oidc, &token).await, Reason::Algorithm);
        }
    }
}

#[tokio::test]
async fn an_algorithm_belongs_to_its_keys_type() {
    let world = World::new("generic", SigningKey::rsa("rsa")).await;
    for algorithm in ["ES256", "EdDSA"] {
        assert_eq!(world.headed(json!({ "alg": algorithm })).await, Err(Reason::KeyType), "{algorithm}");
    }
    for algorithm in ["RS384", "RS512", "PS256", "PS512", "ES384", "ES256K", "rs256"] {
        assert_eq!(world.headed(json!({ "alg": algorithm })).await, Err(Reason::Algorithm), "{algorithm}");
    }
}

#[tokio::test]
async fn headers_bring_no_keys_and_demand_nothing() {
    let world = World::generic().await;
    let own = SigningKey::p256("one");
    for member in ["jku", "jwk", "x5u", "x5c"] {
        for value in [json!("https://evil.example/keys"), own.jwk(), json!([]), json!(false)] {
            let header = with(own.header(), &json!({ member: value }));
            assert_eq!(refused(&world.oidc, &own.sign(&header, &world.claims())).await, Reason::KeyInHeader);
            assert_eq!(world.headed(json!({ member: value })).await, Err(Reason::KeyInHeader));
        }
    }
    assert_eq!(world.headed(json!({ "crit": ["b64"], "b64": false })).await, Err(Reason::Critical));
    assert_eq!(world.headed(json!({ "crit": [] })).await, Err(Reason::Critical));
    world.headed(json!({ "x5t": "thumb" })).await.expect("a thumbprint is no key; Entra ID sends one");
}

#[tokio::test]
async fn headers_name_their_key() {
    let world = World::generic().await;
    for kid in [Value::Null, json!(""), json!(1)] {
        assert_eq!(world.headed(json!({ "kid": kid })).await, Err(Reason::NoKeyId));
    }
    assert_eq!(world.headed(json!({ "kid": "two" })).await, Err(Reason::UnknownKey));
}

#[tokio::test]
async fn headers_name_the_type_of_access_tokens() {
    let world = World::generic().await;
    for typ in [Value::Null, json!("JWT"), json!("jwt"), json!("at+jwt"), json!("application/at+jwt")] {
        world.headed(json!({ "typ": typ })).await.expect("a known type");
    }
    for typ in ["JOSE", "logout+jwt", "dpop+jwt", ""] {
        assert_eq!(world.headed(json!({ "typ": typ })).await, Err(Reason::Type), "{typ}");
    }
    assert_eq!(world.headed(json!({ "typ": ["JWT"] })).await, Err(Reason::Type));
}

#[tokio::test]
async fn signatures_are_by_the_key_that_is_published() {
    for (real, other) in [
        (SigningKey::rsa("one"), SigningKey::rsa("one")),
        (SigningKey::p256("one"), SigningKey::p256("one")),
        (SigningKey::ed25519("one"), SigningKey::ed25519("one")),
    ] {
        let world = World::new("generic", real).await;
        let token = world.key.token(&world.claims());
        world.oidc.verify(&token).await.expect("its own");
        assert_eq!(refused(&world.oidc, &other.token(&world.claims())).await, Reason::Signature);

        // Somebody else's claims below this signature.
        let (_, signature) = token.rsplit_once('.').unwrap();
        let others = world.key.token(&with(world.claims(), &json!({ "sub": "admin" })));
        let (signed, _) = others.rsplit_once('.').unwrap();
        assert_eq!(refused(&world.oidc, &format!("{signed}.{signature}")).await, Reason::Signature);
    }
}

#[tokio::test]
async fn an_expired_token_counts_for_one_more_minute() {
    let world = World::generic().await;
    world.pass(300 + 59);
    world.changed(json!({})).await.expect("59 s late");
    world.pass(1);
    assert_eq!(world.changed(json!({})).await, Err(Reason::Expired));
    world.pass(1);
    assert_eq!(world.changed(json!({})).await, Err(Reason::Expired));
}

#[tokio::test]
async fn expiry_is_required_and_a_number() {
    let world = World::generic().await;
    assert_eq!(world.changed(json!({ "exp": null })).await, Err(Reason::NoExpiry));
    for exp in [json!("1800000300"), json!([NOW + 300]), json!(true), json!(-1), json!(1e300)] {
        assert_eq!(world.changed(json!({ "exp": exp })).await, Err(Reason::NotATime), "{exp}");
    }
    let fraction = world.changed(json!({ "exp": 1_800_000_300.5 })).await.expect("NumericDate has fractions");
    assert_eq!(fraction.expires.0, 1_800_000_300_500);
}

#[tokio::test]
async fn a_token_may_begin_later_than_it_is_shown_by_a_minute() {
    let world = World::generic().await;
    world.changed(json!({ "nbf": NOW + 59 })).await.expect("59 s early");
    assert_eq!(world.changed(json!({ "nbf": NOW + 61 })).await, Err(Reason::TooEarly));
    assert_eq!(world.changed(json!({ "nbf": "0" })).await, Err(Reason::NotATime));
    world.changed(json!({ "iat": NOW + 299 })).await.expect("a clock may be wrong");
    assert_eq!(world.changed(json!({ "iat": NOW + 301 })).await, Err(Reason::FromTheFuture));
    assert_eq!(world.changed(json!({ "iat": "0" })).await, Err(Reason::NotATime));
    world.changed(json!({ "iat": null, "nbf": null })).await.expect("both may be absent");
}

#[tokio::test]
async fn issuers_are_named_exactly() {
    let world = World::generic().await;
    let url = &world.issuer.url;
    for iss in [json!(format!("{url}/")), json!(url.to_uppercase()), json!([url]), Value::Null, json!("evil")] {
        assert_eq!(world.changed(json!({ "iss": iss })).await, Err(Reason::Issuer), "{iss}");
    }
}

#[tokio::test]
async fn subjects_are_short_and_printable() {
    let world = World::generic().await;
    world.changed(json!({ "sub": "x".repeat(255) })).await.expect("255 characters");
    for sub in [json!(""), json!("x".repeat(256)), json!("a\nb"), json!("ä"), json!(7), Value::Null] {
        assert_eq!(world.changed(json!({ "sub": sub })).await, Err(Reason::Subject), "{sub}");
    }
}

#[tokio::test]
async fn refusals_say_nothing_of_the_token() {
    let world = World::generic().await;
    let secret = "s3cr3t-claim";
    let claims = with(world.claims(), &json!({ "aud": secret, "sub": secret, "azp": secret }));
    let token = world.key.token(&claims);
    let rejected: Rejected = world.oidc.verify(&token).await.expect_err("not for us");
    assert_eq!(rejected.to_string(), "acme: aud does not name us");
    assert!(!format!("{rejected:?}").contains(secret));
    let stranger = world.oidc.verify(&world.key.token(&json!({ "iss": secret }))).await.expect_err("a stranger");
    assert_eq!(stranger.to_string(), "no issuer of that name is trusted");
}
