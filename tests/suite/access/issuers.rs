//! Signing in at an outside issuer.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use futures::future::join_all;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::command::process::binary;
use crate::support::client::{self, Answer};
use crate::support::engines::{Engine, Engines, endpoint};
use crate::support::issuer::{DISCOVERY, Issuer, KEYS, Says, SigningKey, encoded};
use crate::support::system::{Options, TOKEN};
use crate::support::{Client, TestSystem, soon};

/// When the tests begin, in seconds.
const NOW: u64 = 1_800_000_000;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// A system whose people sign in at an issuer. Time passes when a test says so.
struct World {
    system: TestSystem,
    issuer: Issuer,
    millis: Arc<AtomicU64>,
}

impl World {
    async fn start(key: &SigningKey) -> Self {
        let issuer = Issuer::start(&[key]).await;
        let millis = Arc::new(AtomicU64::new(NOW * 1_000));
        let system = trusting(Arc::new(Engines::start().await), &issuer, &millis).await;
        Self { system, issuer, millis }
    }

    fn owner(&self) -> &Client {
        &self.system.client
    }

    fn pass(&self, seconds: u64) {
        self.millis.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// What an access token says.
    fn access(&self, sub: &str) -> Value {
        json!({
            "iss": self.issuer.url, "sub": sub, "aud": ["account", "copydesk"], "azp": "editor", "typ": "Bearer",
            "iat": NOW, "exp": NOW + 24 * HOUR, "preferred_username": sub,
        })
    }

    /// What an ID token says.
    fn identity(&self, sub: &str, email: &str) -> Value {
        json!({
            "iss": self.issuer.url, "sub": sub, "aud": "editor", "azp": "editor", "typ": "ID", "nonce": "n",
            "at_hash": "h", "iat": NOW, "exp": NOW + 24 * HOUR, "email": email, "email_verified": true,
        })
    }

    /// Somebody with this access token.
    fn with(&self, token: &str) -> Client {
        self.owner().with(token)
    }

    async fn stop(self) {
        self.system.stop().await;
    }
}

/// A system that trusts the issuer and does not know its keys yet.
async fn trusting(engines: Arc<Engines>, issuer: &Issuer, millis: &Arc<AtomicU64>) -> TestSystem {
    let issuers = json!([{
        "name": "login", "issuer": issuer.url, "kind": "generic", "audiences": ["copydesk"], "clients": ["editor"],
    }]);
    let told = Arc::clone(millis);
    let clock = Clock::new(move || Timestamp(told.load(Ordering::SeqCst)));
    let options = Options { issuers: Some(issuers.to_string()), clock: Some(clock), ..Options::default() };
    TestSystem::on(engines, options).await
}

/// Shows an ID token beside the access token.
async fn shows(who: &Client, id_token: &str) -> Answer {
    who.post("/me/invitations", json!({ "id_token": id_token })).await
}

/// An object with other members; `null` takes one away.
fn with(mut object: Value, changes: &Value) -> Value {
    let members = object.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
    }
    members.retain(|_, value| !value.is_null());
    object
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_at_an_outside_issuer_opens_what_members_may() {
    let key = SigningKey::p256("one");
    let world = World::start(&key).await;
    let owner = world.owner();
    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    owner.post("/projects/acme/invitations", json!({ "email": "ada@example.com", "role": "editor" })).await.expect(201);
    let person = |sub: &str| world.with(&key.token(&world.access(sub)));
    let (ada, eve) = (person("u-1"), person("u-2"));

    // The access token says who she is, and no address: the invitation does not find her yet.
    let me = ada.get("/me").await.expect(200).body;
    let says =
        json!({ "subject": "login:u-1", "name": "u-1", "email": null, "credential": "identity", "may_create": true });
    assert_eq!(me, says);
    ada.get("/projects/acme").await.problem(404, "not-found");
    assert_eq!(ada.post("/me/invitations", json!({})).await.expect(200).body["projects"], json!([]));

    // What binds nothing: an address that is not verified, somebody else's token, a token that is no ID token of ours.
    let hers = world.identity("u-1", "Ada@Example.com");
    for verified in [json!(false), Value::Null, json!("true"), json!(1)] {
        let unverified = key.token(&with(hers.clone(), &json!({ "email_verified": verified })));
        assert_eq!(shows(&ada, &unverified).await.expect(200).body["projects"], json!([]), "{verified}");
    }
    shows(&eve, &key.token(&hers)).await.problem(401, "unauthorized");
    let of_another_client = with(hers.clone(), &json!({ "aud": "newsletter", "azp": "newsletter" }));
    shows(&ada, &key.token(&of_another_client)).await.problem(401, "unauthorized");
    let access = with(world.access("u-1"), &json!({ "email": "ada@example.com", "email_verified": true }));
    shows(&ada, &key.token(&access)).await.problem(401, "unauthorized");
    for person in [&ada, &eve] {
        person.get("/projects/acme").await.problem(404, "not-found");
    }
    let open = owner.get("/projects/acme/invitations").await.expect(200).body;
    assert_eq!(open["items"].as_array().unwrap().len(), 1);

    // Her own ID token opens what she was invited to, and is no access token itself.
    let id_token = key.token(&hers);
    ada.with(&id_token).get("/me").await.problem(401, "unauthorized");
    assert_eq!(shows(&ada, &id_token).await.expect(200).body, json!({ "projects": ["acme"] }));
    let path = "/projects/acme/drafts/en/home/title";
    let value = Some(json!({ "value": "Hello" }));
    ada.send(reqwest::Method::PUT, path, &[("if-none-match", "*")], value).await.expect(201);
    ada.get("/projects/acme/members").await.problem(403, "forbidden");
    ada.with(&id_token).get("/projects/acme").await.problem(401, "unauthorized");
    assert_eq!(shows(&ada, &id_token).await.expect(200).body["projects"], json!([]), "an invitation is used once");
    let members = owner.get("/projects/acme/members").await.expect(200).body;
    let subjects: Vec<_> = members["items"].as_array().unwrap().iter().map(|one| &one["subject"]).collect();
    assert_eq!(subjects, [&json!("login:u-1"), &json!("owner")]);
    let log = owner.get("/projects/acme/log?kind=draft-saved").await.expect(200).body;
    let by = &log["items"][0]["by"];
    assert_eq!((&by["subject"], &by["credential"]), (&json!("login:u-1"), &json!("identity")));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_that_carries_a_verified_address_binds_by_itself() {
    let key = SigningKey::ed25519("one");
    let world = World::start(&key).await;
    let owner = world.owner();
    owner.project("acme", &["en"], &[]).await;
    owner.post("/projects/acme/invitations", json!({ "email": "bob@example.com", "role": "viewer" })).await.expect(201);
    let bob = |verified: bool| {
        let more = json!({ "email": "bob@example.com", "email_verified": verified });
        world.with(&key.token(&with(world.access("u-3"), &more)))
    };
    bob(false).get("/projects/acme").await.problem(404, "not-found");
    bob(true).get("/projects/acme").await.expect(200);
    bob(false).get("/projects/acme").await.expect(200);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_links_are_off_where_an_issuer_is_trusted() {
    let world = World::start(&SigningKey::p256("one")).await;
    let (owner, nobody) = (world.owner(), world.with(""));
    let how = nobody.get("/sign-in").await.expect(200).body;
    let issuer = json!({ "name": "login", "issuer": world.issuer.url, "clients": ["editor"], "authorize": null });
    assert_eq!(how, json!({ "links": false, "issuers": [issuer] }));
    for body in [json!({}), json!({ "email": "ada@example.com" })] {
        owner.post("/sign-in-links", body).await.problem(404, "not-found");
    }
    nobody.post("/sessions", json!({ "code": "0".repeat(64) })).await.problem(401, "unauthorized");
    nobody.post("/sessions/refresh", json!({ "refresh_token": "0".repeat(64) })).await.problem(404, "not-found");
    // Whoever wants to sign in has the issuer asked where that is: once in a while.
    nobody.get("/sign-in").await.expect(200);
    assert_eq!(world.issuer.asked(DISCOVERY), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_in_at_an_issuer_gets_a_code_for_another_window() {
    let key = SigningKey::p256("one");
    let world = World::start(&key).await;
    let (ada, nobody) = (world.with(&key.token(&world.access("u-1"))), world.with(""));
    let code = || async { ada.post("/sessions/codes", json!({})).await.expect(201).body["code"].clone() };

    let first = code().await;
    assert_eq!(first.as_str().unwrap().len(), 10, "people may have to type it");
    let lent = nobody.post("/sessions", json!({ "code": first })).await.expect(201).body;
    assert_eq!(
        (&lent["refresh_token"], &lent["expires_in"]),
        (&json!(""), &json!(24 * HOUR)),
        "it ends with the first"
    );
    let window = world.with(lent["access_token"].as_str().unwrap());
    assert_eq!(window.get("/me").await.expect(200).body, ada.get("/me").await.expect(200).body);
    nobody.post("/sessions", json!({ "code": first })).await.problem(401, "unauthorized");

    // What is kept of it does not hold the token.
    let token = lent["access_token"].as_str().unwrap();
    code().await;
    let kept = world.system.engines.copy_table().await.text();
    let (_, signature) = token.rsplit_once('.').unwrap();
    assert!(kept.contains("lent") && !kept.contains(signature), "{kept}");

    let late = code().await;
    world.pass(2 * MINUTE + 1);
    nobody.post("/sessions", json!({ "code": late })).await.problem(401, "unauthorized");
    // No code is longer good than what it was made with, and the owner's token is nobody's sign-in.
    world.pass(24 * HOUR - 3 * MINUTE);
    let last = code().await;
    world.pass(MINUTE + 30);
    nobody.post("/sessions", json!({ "code": last })).await.problem(401, "unauthorized");
    world.pass(HOUR);
    ada.post("/sessions/codes", json!({})).await.problem(401, "unauthorized");
    world.owner().post("/sessions/codes", json!({})).await.problem(401, "unauthorized");
    world.stop().await;
}

/// Tokens that say what a good one says, and are not good.
fn forged(key: &SigningKey, claims: &Value, evil: &Issuer) -> Vec<(String, String)> {
    let good = key.token(claims);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (_, payload) = signed.split_once('.').unwrap();
    let mut tokens = vec![
        ("no signature".to_owned(), format!("{signed}.")),
        ("two parts".to_owned(), signed.to_owned()),
        ("another's signature".to_owned(), SigningKey::rsa(&key.id).token(claims)),
    ];
    for none in ["none", "None", "nOnE"] {
        let header = encoded(with(key.header(), &json!({ "alg": none })).to_string().as_bytes());
        tokens.push((format!("alg {none}"), format!("{header}.{payload}.")));
        tokens.push((format!("alg {none}, signed"), format!("{header}.{payload}.{signature}")));
    }
    // The public key as a shared secret, in every spelling that a verifier might take it in.
    let modulus = key.jwk()["n"].as_str().unwrap().to_owned();
    let secrets = [URL_SAFE_NO_PAD.decode(&modulus).unwrap(), modulus.into_bytes(), key.jwk().to_string().into_bytes()];
    for secret in secrets {
        let header = encoded(with(key.header(), &json!({ "alg": "HS256" })).to_string().as_bytes());
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), format!("{header}.{payload}").as_bytes());
        tokens.push(("HS256".to_owned(), format!("{header}.{payload}.{}", encoded(tag.as_ref()))));
    }
    // Claims that were changed after signing.
    let admin = encoded(with(claims.clone(), &json!({ "sub": "admin" })).to_string().as_bytes());
    let header = encoded(key.header().to_string().as_bytes());
    tokens.push(("another's claims".to_owned(), format!("{header}.{admin}.{signature}")));
    // A key that the token brings along, and its own signature; or the real one.
    let own = SigningKey::rsa(&key.id);
    let keys = format!("{}{KEYS}", evil.url);
    for brings in [
        json!({ "jku": keys }),
        json!({ "x5u": keys }),
        json!({ "jwk": own.jwk() }),
        json!({ "x5c": ["MAA="] }),
        json!({ "crit": ["exp"] }),
        json!({ "typ": "dpop+jwt" }),
        json!({ "alg": "ES256" }),
        json!({ "kid": null }),
    ] {
        tokens.push((format!("{brings}, own"), own.sign(&with(own.header(), &brings), claims)));
        tokens.push((brings.to_string(), key.sign(&with(key.header(), &brings), claims)));
    }
    for says in [
        json!({ "iss": evil.url }),
        json!({ "iss": format!("{}/", claims["iss"].as_str().unwrap()) }),
        json!({ "iss": null }),
        json!({ "aud": "newsletter" }),
        json!({ "aud": null }),
        json!({ "exp": NOW - MINUTE }),
        json!({ "exp": (NOW + HOUR).to_string() }),
        json!({ "exp": null }),
        json!({ "nbf": NOW + MINUTE + 1 }),
        json!({ "nbf": "0" }),
        json!({ "iat": NOW + HOUR }),
        json!({ "sub": "" }),
        json!({ "typ": "Refresh" }),
    ] {
        tokens.push((says.to_string(), key.token(&with(claims.clone(), &says))));
    }
    tokens
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_tokens_open_nothing_and_are_told_nothing() {
    let key = SigningKey::rsa("one");
    let world = World::start(&key).await;
    // Serves the forger's keys to whoever asks, and its tokens name it.
    let evil = Issuer::start(&[&key]).await;
    let ada = world.with(&key.token(&world.access("u-1")));
    ada.get("/me").await.expect(200);
    let hers = world.identity("u-1", "ada@example.com");
    shows(&ada, &key.token(&hers)).await.expect(200);
    let answer = world.with("nonsense").get("/me").await.problem(401, "unauthorized");

    let ours = TestSystem::start().await;
    let link = ours.client.person("ada@example.com").await.token;
    let mut tokens = forged(&key, &world.access("u-1"), &evil);
    tokens.push(("a session of our own".to_owned(), link.clone()));
    for (what, token) in tokens {
        let told = world.with(&token).get("/me").await;
        assert_eq!((told.status.as_u16(), &told.body), (401, &answer), "{what}");
    }
    let mut tokens = forged(&key, &hers, &evil);
    tokens.push(("a session of our own".to_owned(), link));
    for (what, token) in tokens {
        let told = shows(&ada, &token).await;
        assert_eq!((told.status.as_u16(), &told.body), (401, &answer), "{what}");
    }
    assert_eq!((evil.asked(KEYS), evil.asked(DISCOVERY)), (0, 0), "nobody follows a token's addresses");
    assert_eq!(world.issuer.asked(KEYS), 1);
    ada.get("/me").await.expect(200);
    ours.stop().await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_keys_do_not_flood_the_issuer() {
    let key = SigningKey::p256("one");
    let world = World::start(&key).await;
    let ada = world.with(&key.token(&world.access("u-1")));
    ada.get("/me").await.expect(200);
    let made_up = async |name: String| {
        let token = key.sign(&with(key.header(), &json!({ "kid": name })), &world.access("u-1"));
        let answer = world.with(&token).get("/me").await;
        let unknown = answer.status == 401;
        if unknown {
            answer.problem(401, "unauthorized");
        } else {
            assert!(answer.headers.contains_key("retry-after"));
            answer.problem(503, "unavailable");
        }
        unknown
    };
    let flood = (0..10).map(|task| {
        let (made_up, ada) = (&made_up, &ada);
        async move {
            for number in 0..30 {
                made_up(format!("made-up-{task}-{number}")).await;
                ada.get("/me").await.expect(200);
            }
        }
    });
    join_all(flood).await;
    assert_eq!(world.issuer.asked(KEYS), 2, "for her key, and once for one that nobody knows");

    world.pass(10);
    assert!(made_up("made-up".to_owned()).await, "the issuer was asked and does not know it");
    assert!(!made_up("made-up".to_owned()).await, "and is not asked again so soon");
    assert_eq!(world.issuer.asked(KEYS), 3);
    ada.get("/me").await.expect(200);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_of_keys_under_load_refuses_nobody() {
    let keys = [SigningKey::rsa("0"), SigningKey::p256("1"), SigningKey::ed25519("2"), SigningKey::rsa("3")];
    let world = World::start(&keys[0]).await;
    let claims = world.access("u-1");
    let (sent, newest) = (AtomicUsize::new(0), Mutex::new(0));
    // Every hundredth token is the first of a new key; every other one is of the oldest.
    let token = || {
        let number = sent.fetch_add(1, Ordering::SeqCst);
        let mut newest = newest.lock().unwrap();
        if number > 0 && number.is_multiple_of(100) {
            *newest += 1;
            world.issuer.publishes(&keys[..=*newest].iter().collect::<Vec<_>>());
        }
        keys[if number.is_multiple_of(2) { *newest } else { 0 }].token(&claims)
    };
    let load = (0..8).map(|_| {
        let (world, token) = (&world, &token);
        async move {
            for _ in 0..50 {
                world.with(&token()).get("/me").await.expect(200);
            }
        }
    });
    join_all(load).await;
    assert_eq!(world.issuer.asked(KEYS), 4, "once for each key");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn known_keys_serve_while_the_issuer_is_down() {
    let (key, new) = (SigningKey::p256("one"), SigningKey::p256("two"));
    let world = World::start(&key).await;
    let (ada, newer) = (world.with(&key.token(&world.access("u-1"))), world.with(&new.token(&world.access("u-1"))));
    ada.get("/me").await.expect(200);
    for fault in [
        Says::Nothing,
        Says::Silence(Duration::from_millis(100)),
        Says::Raw("503 Service Unavailable", String::new(), Vec::new()),
        Says::Json(json!({ "issuer": "https://evil.example", "jwks_uri": format!("{}{KEYS}", world.issuer.url) })),
    ] {
        world.issuer.says(DISCOVERY, fault);
        world.pass(2 * HOUR);
        ada.get("/me").await.expect(200);
    }
    // A key that nobody knows may be a good one: it is not called wrong.
    world.issuer.publishes(&[&key, &new]);
    newer.get("/me").await.problem(503, "unavailable");
    // Another process begins without its keys, and serves whom it knows.
    let other = trusting(Arc::clone(&world.system.engines), &world.issuer, &world.millis).await;
    other.client.get("/me").await.expect(200);
    other.client.with(&ada.token).get("/me").await.problem(503, "unavailable");

    world.issuer.says(DISCOVERY, Says::Json(world.issuer.discovery()));
    world.pass(10);
    for system in [world.owner(), &other.client] {
        for token in [&ada.token, &newer.token] {
            system.with(token).get("/me").await.expect(200);
        }
    }
    other.stop().await;
    world.stop().await;
}

/// Where MiniStack says that it is Cognito.
const COGNITO: &str = "cognito-idp.us-east-1.amazonaws.com";

/// A user pool in MiniStack, served over TLS as Cognito is.
struct Pool {
    web: reqwest::Client,
    endpoint: String,
    id: String,
}

impl Pool {
    async fn create() -> Self {
        let endpoint = endpoint("COPYDESK_TEST_COGNITO");
        let certificate = std::fs::read(certificate()).unwrap();
        let certificate = reqwest::Certificate::from_pem(&certificate).unwrap();
        let web = reqwest::Client::builder().no_proxy().tls_certs_only([certificate]).build().unwrap();
        let pool = Self { web, endpoint, id: String::new() };
        let made = pool.call("CreateUserPool", json!({ "PoolName": "editors" })).await;
        Self { id: made["UserPool"]["Id"].as_str().unwrap().to_owned(), ..pool }
    }

    async fn call(&self, action: &str, body: Value) -> Value {
        let request = self.web.post(&self.endpoint).body(body.to_string());
        let request = request.header("x-amz-target", format!("AWSCognitoIdentityProviderService.{action}"));
        let answer = request.header("content-type", "application/x-amz-json-1.1").send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{action}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn client(&self, name: &str) -> String {
        let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        let new = json!({ "UserPoolId": self.id, "ClientName": name, "ExplicitAuthFlows": flows });
        let made = self.call("CreateUserPoolClient", new).await;
        made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// Somebody with this address; their `sub`.
    async fn user(&self, name: &str, email: &str, verified: bool) -> String {
        let attributes = json!([
            { "Name": "email", "Value": email },
            { "Name": "email_verified", "Value": verified.to_string() },
        ]);
        let new = json!({
            "UserPoolId": self.id, "Username": name, "MessageAction": "SUPPRESS", "UserAttributes": attributes,
        });
        let made = self.call("AdminCreateUser", new).await;
        let password = json!({ "UserPoolId": self.id, "Username": name, "Password": PASSWORD, "Permanent": true });
        self.call("AdminSetUserPassword", password).await;
        let mut attributes = made["User"]["Attributes"].as_array().unwrap().iter();
        attributes.find(|one| one["Name"] == "sub").unwrap()["Value"].as_str().unwrap().to_owned()
    }

    /// Their tokens: access, ID and refresh.
    async fn sign_in(&self, client: &str, name: &str) -> [String; 3] {
        let by = json!({ "USERNAME": name, "PASSWORD": PASSWORD });
        let begin = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": by });
        let tokens = self.call("InitiateAuth", begin).await;
        ["AccessToken", "IdToken", "RefreshToken"]
            .map(|name| tokens["AuthenticationResult"][name].as_str().unwrap().to_owned())
    }
}

const PASSWORD: &str = "Correct-Horse-9";

/// The certificate of MiniStack's Cognito.
fn certificate() -> String {
    endpoint("COPYDESK_TEST_COGNITO_CERTIFICATE")
}

/// A proxy that takes whoever asks for Cognito to MiniStack. It cannot read what they say to each other.
async fn proxy(to: &str) -> String {
    let to = to.trim_start_matches("https://").trim_end_matches('/').to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (from, _) = listener.accept().await.unwrap();
            let to = to.clone();
            tokio::spawn(async move { drop(lead(from, &to).await) });
        }
    });
    address
}

async fn lead(mut from: TcpStream, to: &str) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(from.read_u8().await?);
    }
    if !request.starts_with(format!("CONNECT {COGNITO}:443 ").as_bytes()) {
        return from.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await;
    }
    let mut to = TcpStream::connect(to).await?;
    from.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    tokio::io::copy_bidirectional(&mut from, &mut to).await.map(drop)
}

/// A server in a process of its own, because its environment says how issuers are reached. Killed when it is dropped.
struct Server {
    child: Child,
    client: Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// On a table of its own; it trusts `certificates`, or those of this machine.
    async fn start(issuers: &Value, proxy: &str, certificates: Option<&str>) -> Self {
        let table = format!("issuers-{:012x}", fastrand::u64(..) >> 16);
        let listen = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
        let run = |name: &str| {
            let mut command = Command::new(binary().with_file_name(name));
            command
                .env("AWS_REGION", "us-east-1")
                .env("AWS_ACCESS_KEY_ID", "test")
                .env("AWS_SECRET_ACCESS_KEY", "test")
                .env("COPYDESK_TABLE", &table)
                .env("COPYDESK_DYNAMODB_ENDPOINT", endpoint("COPYDESK_TEST_MINISTACK"))
                .env("COPYDESK_LISTEN", &listen)
                .env("COPYDESK_DELIVERY_URL", "http://127.0.0.1:1")
                .env("COPYDESK_OWNER_TOKEN", TOKEN)
                .env("COPYDESK_ISSUERS", issuers.to_string())
                .env("HTTPS_PROXY", proxy)
                .env_remove("NO_PROXY")
                .env_remove("no_proxy")
                .env_remove("SSL_CERT_DIR")
                .env_remove("SSL_CERT_FILE")
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            if let Some(certificates) = certificates {
                command.env("SSL_CERT_FILE", certificates);
            }
            command
        };
        assert!(run("copydesk").arg("migrate").status().unwrap().success());
        let child = run("copydesk-server").spawn().unwrap();
        let api = format!("http://{listen}");
        let client = Client { http: client::http(), api, delivery: String::new(), token: TOKEN.to_owned() };
        let server = Self { child, client };
        soon("the server", || async { TcpStream::connect(&listen).await.ok() }).await;
        server
    }
}

/// MiniStack's tokens name Cognito's own address as their issuer, and no setting changes that. So the server asks
/// that address: through a proxy, over TLS, by a certificate for that name.
#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_cognito_makes_open_what_members_may() {
    if Engine::chosen() != Engine::MiniStack {
        return;
    }
    let pool = Pool::create().await;
    let (client, other_client) = (pool.client("editor").await, pool.client("newsletter").await);
    let sub = pool.user("ada", "Ada@example.com", true).await;
    pool.user("eve", "ada@example.com", false).await;
    let issuer = format!("https://{COGNITO}/{}", pool.id);
    let issuers = json!([{ "name": "cognito", "issuer": issuer, "kind": "cognito", "clients": [client] }]);
    let proxy = proxy(&pool.endpoint).await;
    let server = Server::start(&issuers, &proxy, Some(&certificate())).await;
    let owner = &server.client;
    let [access, identity, refresh] = pool.sign_in(&client, "ada").await;

    let ada = owner.with(&access);
    let me = ada.get("/me").await.expect(200).body;
    assert_eq!(me["subject"], json!(format!("cognito:{sub}")));
    assert_eq!((&me["name"], &me["email"], &me["credential"]), (&json!("ada"), &Value::Null, &json!("identity")));
    let [others_access, others_identity, _] = pool.sign_in(&other_client, "ada").await;
    for token in [&identity, &refresh, &others_access, &others_identity] {
        owner.with(token).get("/me").await.problem(401, "unauthorized");
    }

    owner.project("acme", &["en"], &[("home", &["title"])]).await;
    owner.post("/projects/acme/invitations", json!({ "email": "ada@example.com", "role": "editor" })).await.expect(201);
    ada.get("/projects/acme").await.problem(404, "not-found");
    for token in [&access, &refresh, &others_identity] {
        shows(&ada, token).await.problem(401, "unauthorized");
    }
    let [eves_access, eves_identity, _] = pool.sign_in(&client, "eve").await;
    let eve = owner.with(&eves_access);
    shows(&eve, &identity).await.problem(401, "unauthorized");
    assert_eq!(shows(&eve, &eves_identity).await.expect(200).body["projects"], json!([]), "she only says so");
    assert_eq!(shows(&ada, &identity).await.expect(200).body["projects"], json!(["acme"]));
    ada.save("/projects/acme/drafts/en/home/title", "Hello").await;
    eve.get("/projects/acme").await.problem(404, "not-found");

    // Whoever answers at Cognito's address without a certificate that is trusted is not believed.
    let careful = Server::start(&issuers, &proxy, None).await;
    careful.client.get("/me").await.expect(200);
    careful.client.with(&access).get("/me").await.problem(503, "unavailable");
}
