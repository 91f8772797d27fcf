use std::time::UNIX_EPOCH;

use http::{HeaderMap, HeaderName};
use standardwebhooks::Webhook;

use super::*;

/// The verifier compares with the machine's clock.
fn now() -> u64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs()
}

fn signed(timestamp: u64, body: &[u8], secrets: &[Secret]) -> HeaderMap {
    let headers = headers("msg_1", timestamp, body, secrets);
    headers.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).into_iter().collect()
}

fn verifies(secret: &Secret, body: &[u8], headers: &HeaderMap) -> bool {
    Webhook::new(&secret.reveal()).unwrap().verify(body, headers).is_ok()
}

#[test]
fn the_standards_own_example_is_signed_alike() {
    let secret = Secret::parse("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
    let body = br#"{"email":"test@example.com","username":"test_user"}"#;
    let [id, timestamp, signature] = headers("msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1_649_367_553, body, &[secret]);
    assert_eq!(id, ("webhook-id", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk".to_owned()));
    assert_eq!(timestamp, ("webhook-timestamp", "1649367553".to_owned()));
    assert_eq!(signature, ("webhook-signature", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=".to_owned()));
}

#[test]
fn others_verify_what_we_sign() {
    let (secret, stranger) = (Secret::generate(), Secret::generate());
    for body in ["", "{}", r#"{"text":"Grüße.mit.Punkten"}"#] {
        let body = body.as_bytes();
        let headers = signed(now(), body, std::slice::from_ref(&secret));
        assert!(verifies(&secret, body, &headers));
        assert!(!verifies(&stranger, body, &headers));
        assert!(!verifies(&secret, b"something else", &headers));
        assert!(!verifies(&secret, body, &signed(now() - 3_600, body, std::slice::from_ref(&secret))));
        let mut moved = headers.clone();
        moved.insert("webhook-timestamp", (now() + 1).into());
        assert!(!verifies(&secret, body, &moved));
        let mut renamed = headers.clone();
        renamed.insert("webhook-id", "msg_2".parse().unwrap());
        assert!(!verifies(&secret, body, &renamed));
    }
}

#[test]
fn while_two_secrets_are_valid_each_verifies() {
    let (new, old, stranger) = (Secret::generate(), Secret::generate(), Secret::generate());
    let headers = signed(now(), b"{}", &[new.clone(), old.clone()]);
    assert_eq!(headers["webhook-signature"].to_str().unwrap().matches("v1,").count(), 2);
    assert!(verifies(&new, b"{}", &headers) && verifies(&old, b"{}", &headers));
    assert!(!verifies(&stranger, b"{}", &headers));
}

#[test]
fn a_secret_is_written_and_read_as_a_text() {
    let secret = Secret::generate();
    let text = secret.reveal();
    assert_eq!((text.len(), &text[..6]), (50, "whsec_"));
    assert_eq!(Secret::parse(&text).unwrap().reveal(), text);
    assert_eq!(serde_json::to_string(&secret).unwrap(), format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<Secret>(&format!("\"{text}\"")).unwrap().reveal(), text);
    assert_ne!(Secret::generate().reveal(), text);
}

#[test]
fn what_is_no_secret_is_not_read() {
    let encoded = |length| STANDARD.encode(vec![7; length]);
    assert!(Secret::parse(&format!("whsec_{}", encoded(24))).is_ok());
    assert!(Secret::parse(&format!("whsec_{}", encoded(64))).is_ok());
    let wrong = [
        String::new(),
        "whsec_".to_owned(),
        encoded(32),
        format!("WHSEC_{}", encoded(32)),
        format!("whsec_{}", encoded(23)),
        format!("whsec_{}", encoded(65)),
        format!("whsec_{} ", encoded(32)),
        format!("whsec_{}", encoded(32).trim_end_matches('=')),
        format!("whsec_{}", encoded(32).replace('B', "-")),
    ];
    for text in wrong {
        assert!(Secret::parse(&text).is_err(), "{text}");
        let error = serde_json::from_value::<Secret>(text.clone().into()).unwrap_err().to_string();
        assert!(text.len() < 10 || !error.contains(&text), "{error}");
    }
}

#[test]
fn a_secret_is_never_printed() {
    let secret = Secret::generate();
    let printed = format!("{secret:?} {secret:#?} {:?} {:?}", Some(&secret), [&secret]);
    assert_eq!(printed, "Secret(..) Secret(..) Some(Secret(..)) [Secret(..)]");
}
