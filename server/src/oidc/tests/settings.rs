//! What could not be secure does not start.

use serde_json::{Value, json};

use super::with;
use crate::oidc::{IssuerKind, Issuers};

fn generic() -> Value {
    json!({
        "name": "acme", "issuer": "https://login.example.com/realms/acme", "kind": "generic",
        "audiences": ["copydesk"], "clients": ["editor"],
    })
}

fn fault(list: &Value) -> String {
    list.to_string().parse::<Issuers>().expect_err("must be refused").to_string()
}

/// What is wrong with the usual issuer, changed like this.
fn changed(changes: &Value) -> String {
    let issuer = with(generic(), changes);
    let name = format!("issuer {}: ", issuer["name"]);
    let fault = fault(&json!([issuer]));
    fault.strip_prefix(&name).map(str::to_owned).unwrap_or(fault)
}

#[test]
fn issuers_of_each_kind_are_read() {
    let google = json!({
        "name": "google", "issuer": "https://accounts.google.com", "kind": "google", "audiences": ["x.apps.example"],
    });
    let pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc";
    let cognito = json!({ "name": "pool-1", "issuer": pool, "kind": "cognito", "clients": ["editor"] });
    let issuers: Issuers = json!([generic(), google, cognito]).to_string().parse().expect("all three");
    let kinds: Vec<_> = issuers.into_iter().map(|issuer| issuer.kind).collect();
    assert_eq!(kinds, [IssuerKind::Generic, IssuerKind::Google, IssuerKind::Cognito]);
}

#[test]
fn issuers_are_reached_securely() {
    for issuer in ["https://a.example/", "https://a.example:8443/x", "http://127.0.0.1:8", "http://127.9.9.9/x"] {
        json!([with(generic(), &json!({ "issuer": issuer }))]).to_string().parse::<Issuers>().expect(issuer);
    }
    for issuer in ["http://localhost:8", "http://[::1]:8/x"] {
        json!([with(generic(), &json!({ "issuer": issuer }))]).to_string().parse::<Issuers>().expect(issuer);
    }
    let plain = "issuer: use https (http is for this machine only)";
    for (issuer, expected) in [
        ("http://login.example.com", plain),
        ("http://localhost.example.com", plain),
        ("http://127.0.0.1.example.com", plain),
        ("http://10.0.0.1", plain),
        ("http://0.0.0.0", plain),
        ("http://[::2]", plain),
        ("file:///etc", plain),
        ("login.example.com", "issuer: write an address such as https://login.example.com"),
        ("", "issuer: write an address such as https://login.example.com"),
        ("https://me@a.example", "issuer: leave out the user name and password"),
        ("https://:pw@a.example", "issuer: leave out the user name and password"),
        ("https://a.example?x", "issuer: leave out what follows ? and #"),
        ("https://a.example/#", "issuer: leave out what follows ? and #"),
        (" https://a.example", "issuer: write it without spaces, in ASCII"),
        ("https://ä.example", "issuer: write it without spaces, in ASCII"),
    ] {
        assert_eq!(changed(&json!({ "issuer": issuer })), expected, "{issuer}");
    }
}

#[test]
fn names_are_short() {
    for name in ["", "Acme", "a_b", "a:b", "a b", &"x".repeat(33)] {
        assert_eq!(changed(&json!({ "name": name })), "name: use 1 to 32 of a-z, 0-9 and -");
    }
}

#[test]
fn tokens_made_for_others_cannot_be_let_in() {
    let audiences = "audiences: list at least one, or tokens made for others would open this";
    let clients = "clients: list at least one client id";
    assert_eq!(changed(&json!({ "audiences": [] })), audiences);
    assert_eq!(changed(&json!({ "clients": null })), clients);
    assert_eq!(changed(&json!({ "kind": "cognito", "audiences": null, "clients": [] })), clients);
    let cognito = "audiences: leave them out, Cognito's access tokens name their client; list it in clients";
    assert_eq!(changed(&json!({ "kind": "cognito" })), cognito);
    let google = json!({ "kind": "google", "issuer": "https://accounts.google.com", "audiences": [] });
    assert_eq!(changed(&google), audiences);
    assert_eq!(changed(&json!({ "audiences": [" "] })), "audiences and clients: none may be blank");
    assert_eq!(
        changed(&json!({ "audiences": ["x", "editor"] })),
        "audiences: none may be a client id, or ID tokens could not be told from access tokens"
    );
    assert_eq!(changed(&json!({ "kind": "google" })), "issuer: of kind google it is https://accounts.google.com");
}

#[test]
fn lists_name_issuers_once() {
    let other = json!({ "name": "other", "issuer": "https://login.example.com/realms/acme/" });
    assert_eq!(
        fault(&json!([generic(), with(generic(), &other)])),
        "issuer \"other\": https://login.example.com/realms/acme is listed twice"
    );
    let twin = with(generic(), &json!({ "issuer": "https://b.example" }));
    assert_eq!(fault(&json!([generic(), twin])), "issuer \"acme\": another one has this name");
    assert_eq!(fault(&json!([])), "list at least one issuer, or leave the variable out");
}

#[test]
fn faults_are_precise_and_all_told() {
    let unknown = changed(&json!({ "kind": "saml" }));
    assert!(unknown.contains("unknown variant `saml`, expected one of `cognito`, `google`, `generic`"), "{unknown}");
    let misspelt = changed(&json!({ "audience": "x" }));
    assert!(misspelt.contains("unknown field `audience`"), "{misspelt}");
    assert!(fault(&generic()).starts_with("write a JSON list of issuers: "));
    let all = changed(&json!({ "name": "X", "issuer": "http://a.example", "audiences": [], "clients": [] }));
    assert_eq!(all.matches("issuer \"X\": ").count() + 1, 4, "{all}");
}
