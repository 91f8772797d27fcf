//! Who a bearer token names: tokens of outside issuers (OpenID Connect), verified here.
//!
//! `jsonwebtoken` only compares signatures. Every other check is written out: what the token's form
//! may be (`token`), which key it needs (`keys`, `jwk`), when it counts (`claims`), and what each
//! kind of issuer promises (`kinds`). Nothing that a token brings chooses a key's place or type.

mod claims;
mod fetch;
mod jwk;
mod keys;
mod kinds;
mod rejected;
mod settings;
mod sign_in;
mod token;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::Timestamp;

pub use self::rejected::{Reason, Rejected};
pub use self::settings::{IssuerKind, IssuerSettings, Issuers};
pub(crate) use self::sign_in::{Grant, Issued, NotIssued};

use self::keys::Keys;
use self::kinds::Use;
use self::token::Token;

/// How often issuers are asked for their keys.
#[derive(Clone, Copy, Debug)]
pub struct KeyPace {
    /// The shortest time between two fetches for a key that nobody knows, by issuer.
    pub refetch: Duration,
    /// Keys that are older are fetched anew; until that succeeds they go on serving.
    pub fresh: Duration,
    /// The longest wait for one answer of an issuer.
    pub timeout: Duration,
}

impl Default for KeyPace {
    fn default() -> Self {
        Self { refetch: Duration::from_secs(10), fresh: Duration::from_hours(1), timeout: Duration::from_secs(5) }
    }
}

/// Whom a token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The issuer's name, a colon, and the issuer's own name for them: never given to anybody else.
    pub subject: String,
    /// What to show. Never decides anything.
    pub name: String,
    /// Only an address that the issuer calls verified. ASCII letters are small; other letters stay, because
    /// making them small can turn one address into another.
    pub email: Option<String>,
    /// When the token ends.
    pub expires: Timestamp,
}

/// The issuers whose tokens open something. Cheap to clone.
#[derive(Clone)]
pub struct Oidc {
    issuers: Arc<[Arc<Keys>]>,
    clock: Clock,
}

impl Oidc {
    /// Trusts `issuers`. Asks none of them yet: a server starts while they are down.
    pub fn new(issuers: Issuers, clock: Clock, pace: KeyPace) -> anyhow::Result<Self> {
        let web = fetch::client(pace.timeout)?;
        let keys = |issuer| Arc::new(Keys::new(issuer, web.clone(), clock.clone(), pace));
        Ok(Self { issuers: issuers.into_iter().map(keys).collect(), clock })
    }

    /// The issuers, for those who want to sign in.
    pub(crate) fn issuers(&self) -> impl Iterator<Item = &IssuerSettings> {
        self.issuers.iter().map(|keys| &keys.issuer)
    }

    /// Who a bearer token names.
    pub async fn verify(&self, token: &str) -> Result<Identity, Rejected> {
        self.check(token, Use::Access).await
    }

    /// An ID token, shown beside an access token of `subject`, to learn the verified address.
    pub async fn verify_id_token(&self, token: &str, subject: &str) -> Result<Identity, Rejected> {
        let identity = self.check(token, Use::Identity).await?;
        if identity.subject == subject { Ok(identity) } else { Err(Reason::OtherSubject.into()) }
    }

    async fn check(&self, token: &str, purpose: Use) -> Result<Identity, Rejected> {
        let token = Token::read(token)?;
        let keys = self.issuer(&token).ok_or(Reason::Issuer)?;
        self.check_with(keys, &token, purpose).await.map_err(|reason| Rejected::by(&keys.issuer, reason))
    }

    /// The one thing for which an unverified claim is used: to look up the only issuer who may have signed.
    fn issuer(&self, token: &Token<'_>) -> Option<&Arc<Keys>> {
        let named = token.claims.text("iss")?;
        self.issuers.iter().find(|keys| keys.issuer.issuer == named)
    }

    async fn check_with(&self, keys: &Arc<Keys>, token: &Token<'_>, purpose: Use) -> Result<Identity, Reason> {
        let key = keys.key(&token.header.key_id, token.header.algorithm).await?;
        token.signed_by(&key)?;
        let expires = token.claims.check_times(self.clock.now())?;
        kinds::check(&keys.issuer, token, purpose)?;
        token.claims.identity(&keys.issuer, expires)
    }
}
