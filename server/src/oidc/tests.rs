//! Against a real issuer on this machine, with real keys; only the time is made up.

#[path = "../../../tests/suite/support/issuer.rs"]
#[expect(unreachable_pub, reason = "shared with the whole-system tests")]
mod issuer;

mod fetching;
mod kinds;
mod pace;
mod settings;
mod tokens;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use serde_json::{Value, json};

use super::{Identity, KeyPace, Oidc, Reason, Rejected};
use issuer::{Issuer, SigningKey};

/// When the tests begin, in seconds.
const NOW: u64 = 1_800_000_000;

/// An issuer, and who trusts it.
struct World {
    issuer: Issuer,
    key: SigningKey,
    oidc: Oidc,
    millis: Arc<AtomicU64>,
}

impl World {
    async fn generic() -> Self {
        Self::new("generic", SigningKey::p256("one")).await
    }

    async fn new(kind: &str, key: SigningKey) -> Self {
        let issuer = Issuer::start(&[&key]).await;
        let millis = Arc::new(AtomicU64::new(NOW * 1_000));
        let oidc = trusting(&issuer, kind, &millis);
        Self { issuer, key, oidc, millis }
    }

    /// Lets time pass.
    fn pass(&self, seconds: u64) {
        self.millis.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// What an access token of Keycloak says.
    fn claims(&self) -> Value {
        json!({
            "iss": self.issuer.url, "sub": "u-1", "aud": ["account", "copydesk"], "azp": "editor", "typ": "Bearer",
            "iat": NOW, "exp": NOW + 300, "name": "Ada", "email": "Ada@Example.com", "email_verified": true,
        })
    }

    /// What an ID token of Keycloak says.
    fn id_claims(&self) -> Value {
        let more = json!({ "aud": "editor", "typ": "ID", "nonce": "n", "at_hash": "h" });
        with(self.claims(), &more)
    }

    async fn verify(&self, claims: &Value) -> Result<Identity, Rejected> {
        self.oidc.verify(&self.key.token(claims)).await
    }

    /// Verifies an access token like the usual one but for `changes`; `null` takes a claim away.
    async fn changed(&self, changes: Value) -> Result<Identity, Reason> {
        self.verify(&with(self.claims(), &changes)).await.map_err(|rejected| rejected.reason)
    }

    /// The same, for an ID token of the usual subject.
    async fn id_changed(&self, changes: Value) -> Result<Identity, Reason> {
        let token = self.key.token(&with(self.id_claims(), &changes));
        self.oidc.verify_id_token(&token, "acme:u-1").await.map_err(|rejected| rejected.reason)
    }

    /// The same, with the usual claims and a header like the usual one but for `changes`.
    async fn headed(&self, changes: Value) -> Result<Identity, Reason> {
        let token = self.key.sign(&with(self.key.header(), &changes), &self.claims());
        self.oidc.verify(&token).await.map_err(|rejected| rejected.reason)
    }
}

/// Trusts the issuer, and does not know its keys yet.
fn trusting(issuer: &Issuer, kind: &str, millis: &Arc<AtomicU64>) -> Oidc {
    let mut settings = json!({ "name": "acme", "issuer": issuer.url, "kind": kind, "clients": ["editor", "phone"] });
    if kind != "cognito" {
        settings["audiences"] = json!(["copydesk", "copydesk-too"]);
    }
    let told = Arc::clone(millis);
    let clock = Clock::new(move || Timestamp(told.load(Ordering::Relaxed)));
    let pace = KeyPace { timeout: Duration::from_secs(2), ..KeyPace::default() };
    Oidc::new(json!([settings]).to_string().parse().unwrap(), clock, pace).unwrap()
}

fn with(mut object: Value, changes: &Value) -> Value {
    let members = object.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
    }
    members.retain(|_, value| !value.is_null());
    object
}
