//! What tokens of each kind of issuer must say, and whom they name.

use serde_json::{Value, json};

use super::issuer::SigningKey;
use super::{NOW, Reason, World, with};

/// What Cognito writes in access tokens, and in ID tokens.
fn cognito(world: &World) -> (Value, Value) {
    let access = json!({
        "iss": world.issuer.url, "sub": "9f3c", "client_id": "editor", "token_use": "access", "scope": "openid",
        "username": "ada", "origin_jti": "o", "event_id": "e", "auth_time": NOW, "iat": NOW, "exp": NOW + 300, "jti": "j",
    });
    let identity = json!({
        "iss": world.issuer.url, "sub": "9f3c", "aud": "editor", "token_use": "id", "at_hash": "h",
        "cognito:username": "ada", "email": "ada@example.com", "email_verified": true, "auth_time": NOW, "iat": NOW,
        "exp": NOW + 300, "jti": "j",
    });
    (access, identity)
}

#[tokio::test]
async fn cognito_is_understood() {
    let world = World::new("cognito", SigningKey::rsa("pool")).await;
    let (access, identity) = cognito(&world);
    // Cognito writes no `typ`.
    let header = json!({ "kid": "pool", "alg": "RS256" });
    let named = world.oidc.verify(&world.key.sign(&header, &access)).await.expect("an access token");
    assert_eq!((named.subject.as_str(), named.name.as_str(), named.email), ("acme:9f3c", "ada", None));
    let token = world.key.sign(&header, &identity);
    let named = world.oidc.verify_id_token(&token, "acme:9f3c").await.expect("an ID token");
    assert_eq!(named.email.as_deref(), Some("ada@example.com"));
    let other = world.oidc.verify_id_token(&token, "acme:9f3d").await.expect_err("another's");
    assert_eq!(other.reason, Reason::OtherSubject);
}

#[tokio::test]
async fn cognitos_tokens_keep_to_their_use_and_clients() {
    let world = World::new("cognito", SigningKey::p256("pool")).await;
    let (access, identity) = cognito(&world);
    let refused = async |token: &Value| world.verify(token).await.expect_err("must be refused").reason;
    assert_eq!(refused(&identity).await, Reason::NotAccess);
    assert_eq!(refused(&with(identity.clone(), &json!({ "client_id": "editor" }))).await, Reason::NotAccess);
    assert_eq!(refused(&with(access.clone(), &json!({ "token_use": null }))).await, Reason::NotAccess);
    for client in [json!("other"), json!(["editor"]), Value::Null] {
        assert_eq!(
            refused(&with(access.clone(), &json!({ "client_id": client, "aud": "editor" }))).await,
            Reason::Client
        );
    }
    for (change, reason) in [
        (json!({ "aud": "other" }), Reason::Audience),
        (json!({ "token_use": "access" }), Reason::NotIdentity),
        (json!({ "token_use": null }), Reason::NotIdentity),
    ] {
        let token = world.key.token(&with(identity.clone(), &change));
        assert_eq!(world.oidc.verify_id_token(&token, "acme:9f3c").await.expect_err("refused").reason, reason);
    }
    let token = world.key.token(&access);
    let rejected = world.oidc.verify_id_token(&token, "acme:9f3c").await.expect_err("an access token");
    assert_eq!(rejected.reason, Reason::NotIdentity);
}

#[tokio::test]
async fn google_is_understood() {
    let world = World::new("google", SigningKey::rsa("g")).await;
    let claims = json!({
        "iss": world.issuer.url, "azp": "phone", "aud": "copydesk", "sub": "1122", "email": "ada@gmail.com",
        "email_verified": true, "at_hash": "h", "nonce": "n", "name": "Ada L", "iat": NOW, "exp": NOW + 3_600,
    });
    let named = world.verify(&claims).await.expect("an ID token");
    assert_eq!((named.subject.as_str(), named.name.as_str()), ("acme:1122", "Ada L"));
    assert_eq!(named.email.as_deref(), Some("ada@gmail.com"));
    world.oidc.verify_id_token(&world.key.token(&claims), "acme:1122").await.expect("it is one");
    for (change, reason) in [
        (json!({ "aud": "other" }), Reason::Audience),
        // A client that may be given tokens is not thereby whom they are for.
        (json!({ "aud": "phone" }), Reason::Audience),
        (json!({ "azp": "other" }), Reason::Party),
        (json!({ "azp": 5 }), Reason::Party),
        (json!({ "aud": ["copydesk", "other"], "azp": null }), Reason::Party),
    ] {
        let rejected = world.verify(&with(claims.clone(), &change)).await.expect_err("must be refused");
        assert_eq!(rejected.reason, reason, "{change}");
        let token = world.key.token(&with(claims.clone(), &change));
        let rejected = world.oidc.verify_id_token(&token, "acme:1122").await.expect_err("no proof either");
        assert_eq!(rejected.reason, reason, "{change}");
    }
    world.verify(&with(claims, &json!({ "azp": null }))).await.expect("azp may be absent");
}

#[tokio::test]
async fn keycloak_auth0_and_entra_are_understood() {
    let world = World::generic().await;
    let named = world.changed(json!({})).await.expect("Keycloak");
    assert_eq!((named.name.as_str(), named.email.as_deref()), ("Ada", Some("ada@example.com")));
    let bare = json!({ "typ": null, "name": null, "email": null, "email_verified": null });
    let auth0 = json!({
        "sub": "auth0|1", "aud": ["copydesk", "https://acme.auth0.example/userinfo"], "gty": "password", "scope": "openid",
    });
    let named = world.changed(with(with(bare.clone(), &json!({})), &auth0)).await.expect("Auth0");
    assert_eq!(named.subject, "acme:auth0|1");
    let entra = json!({
        "aud": "copydesk", "azp": "editor", "azpacr": "0", "oid": "o", "preferred_username": "ada@acme.example",
        "scp": "edit", "tid": "t", "uti": "u", "ver": "2.0", "nbf": NOW, "typ": null,
    });
    world.changed(entra).await.expect("Entra ID");
}

#[tokio::test]
async fn access_tokens_name_us() {
    let world = World::generic().await;
    world.changed(json!({ "aud": "copydesk-too" })).await.expect("one of our names");
    for aud in [json!("account"), json!([]), json!("Copydesk"), json!("copydesk "), json!(["copydesk", 1]), Value::Null]
    {
        assert_eq!(world.changed(json!({ "aud": aud })).await, Err(Reason::Audience), "{aud}");
    }
    assert_eq!(world.changed(json!({ "aud": { "copydesk": true } })).await, Err(Reason::Audience));
}

#[tokio::test]
async fn what_looks_like_an_id_token_lets_nobody_in() {
    let world = World::generic().await;
    for change in [
        json!({ "typ": "ID" }),
        json!({ "typ": "Refresh" }),
        json!({ "typ": "Offline" }),
        json!({ "typ": "DPoP" }),
        json!({ "typ": 1 }),
        json!({ "token_use": "id" }),
        json!({ "nonce": "n" }),
        json!({ "at_hash": "h" }),
        json!({ "c_hash": "h" }),
        json!({ "s_hash": "h" }),
        json!({ "aud": ["copydesk", "editor"] }),
        json!({ "aud": "editor" }),
    ] {
        assert_eq!(world.changed(change.clone()).await, Err(Reason::NotAccess), "{change}");
    }
    world.changed(json!({ "token_use": "access", "typ": null })).await.expect("it says what it is");
}

#[tokio::test]
async fn what_looks_like_an_access_token_proves_no_address() {
    let world = World::generic().await;
    world.id_changed(json!({})).await.expect("Keycloak's");
    world.id_changed(json!({ "typ": null, "azp": null })).await.expect("others'");
    world.id_changed(json!({ "aud": ["editor", "other"] })).await.expect("azp says which of them");
    for (change, reason) in [
        (json!({ "typ": "Bearer" }), Reason::NotIdentity),
        (json!({ "token_use": "access" }), Reason::NotIdentity),
        (json!({ "aud": "copydesk" }), Reason::Audience),
        (json!({ "aud": "other" }), Reason::Audience),
        (json!({ "azp": "other" }), Reason::Party),
        (json!({ "aud": ["editor", "other"], "azp": null }), Reason::Party),
        (json!({ "sub": "u-2" }), Reason::OtherSubject),
        (json!({ "exp": NOW - 61 }), Reason::Expired),
    ] {
        assert_eq!(world.id_changed(change.clone()).await, Err(reason), "{change}");
    }
    let header = with(world.key.header(), &json!({ "typ": "at+jwt" }));
    let token = world.key.sign(&header, &world.id_claims());
    let rejected = world.oidc.verify_id_token(&token, "acme:u-1").await.expect_err("at+jwt");
    assert_eq!(rejected.reason, Reason::NotIdentity);
}

#[tokio::test]
async fn only_verified_addresses_count() {
    let cognito = World::new("cognito", SigningKey::p256("pool")).await;
    let generic = World::generic().await;
    for (verified, by_generic, by_cognito) in [
        (json!(true), true, true),
        (json!("true"), false, true),
        (json!("TRUE"), false, false),
        (json!("1"), false, false),
        (json!(1), false, false),
        (json!("false"), false, false),
        (json!(false), false, false),
        (Value::Null, false, false),
    ] {
        let change = json!({ "email_verified": verified });
        let found = generic.id_changed(change.clone()).await.expect("a token").email;
        assert_eq!(found.is_some(), by_generic, "{verified}");
        let token = cognito.key.token(&with(self::cognito(&cognito).1, &change));
        let found = cognito.oidc.verify_id_token(&token, "acme:9f3c").await.expect("a token").email;
        assert_eq!(found.is_some(), by_cognito, "{verified}");
    }
}

#[tokio::test]
async fn addresses_are_compared_without_capitals() {
    let world = World::generic().await;
    // The Kelvin sign's small letter is a plain k.
    for (email, found) in [
        (json!("ADA@Example.COM"), Some("ada@example.com")),
        (json!("\u{212a}im@example.com"), Some("\u{212a}im@example.com")),
        (json!("ada"), None),
        (json!("@example.com"), None),
        (json!("ada@"), None),
        (json!("ada @example.com"), None),
        (json!("ada@example.com\n"), None),
        (json!(format!("{}@example.com", "a".repeat(250))), None),
        (json!(["ada@example.com"]), None),
    ] {
        let named = world.changed(json!({ "email": email })).await.expect("a token");
        assert_eq!(named.email.as_deref(), found, "{email}");
    }
}

#[tokio::test]
async fn names_can_be_shown() {
    let world = World::generic().await;
    for (change, name) in [
        (json!({ "name": "  Ada \u{202e}L\n" }), "Ada L"),
        (json!({ "name": " ", "preferred_username": "ada" }), "ada"),
        (json!({ "name": null }), "ada"),
        (json!({ "name": null, "email_verified": false }), "u-1"),
    ] {
        assert_eq!(world.changed(change).await.expect("a token").name, name);
    }
    let long = world.changed(json!({ "name": "ä".repeat(1_000) })).await.expect("a token");
    assert_eq!(long.name.chars().count(), 100);
}
