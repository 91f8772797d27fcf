//! Signing in where no outside issuer is configured: a link that works once, then short-lived JWTs
//! of our own, continued by a refresh token that changes at every use.

use copydesk_process::Clock;
use copydesk_schema::delivered::sha256_hex;
use copydesk_schema::table::{LinkItem, SessionItem};
use copydesk_schema::{Email, Subject, Timestamp};
use copydesk_store::{SignIns, StoreError};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::secrets::{matches, random_hex, sha256, short_code};
use crate::oidc::Identity;

/// The issuer and the audience of our own tokens.
const ISSUER: &str = "copydesk";
const AUDIENCE: &str = "copydesk-api";
/// Clocks of this process differ from themselves only by being set.
const LEEWAY_MILLIS: u64 = 5_000;

/// The page that signs in, below the address of the API.
pub(crate) const SIGN_IN_PAGE: &str = "/sign-in";

/// How long what is good.
#[derive(Clone, Copy, Debug)]
pub struct Lives {
    /// A link that was not used.
    pub link: std::time::Duration,
    /// A code for another window that was not used.
    pub code: std::time::Duration,
    /// An access token.
    pub access: std::time::Duration,
    /// A session that is not continued.
    pub session: std::time::Duration,
}

impl Default for Lives {
    fn default() -> Self {
        Self {
            link: std::time::Duration::from_mins(10),
            code: std::time::Duration::from_mins(2),
            access: std::time::Duration::from_mins(10),
            session: std::time::Duration::from_hours(30 * 24),
        }
    }
}

/// The small issuer.
pub struct Links {
    signing: EncodingKey,
    verifying: DecodingKey,
    kid: String,
    sign_ins: SignIns,
    clock: Clock,
    lives: Lives,
}

/// What a sign-in or its continuation gives.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) access: String,
    pub(crate) expires_in: u64,
    pub(crate) refresh: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<Email>,
    sid: String,
    iat: u64,
    exp: u64,
}

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoSession {
    /// The code or token is none, was used, or has expired.
    #[error("it is not valid any more")]
    Invalid,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Fault(String),
}

impl Links {
    /// A key for signing, to be kept where only this process reads it (PKCS #8).
    pub fn new_key() -> std::io::Result<Vec<u8>> {
        let key = Ed25519KeyPair::generate_pkcs8(&aws_lc_rs::rand::SystemRandom::new());
        key.map(|key| key.as_ref().to_vec()).map_err(|_| std::io::Error::other("no key could be made"))
    }

    /// An issuer that signs with a key from [`new_key`](Self::new_key).
    pub fn new(key: &[u8], sign_ins: SignIns, clock: Clock, lives: Lives) -> anyhow::Result<Self> {
        let pair = Ed25519KeyPair::from_pkcs8(key).map_err(|_| anyhow::anyhow!("the session key cannot be read"))?;
        let public = pair.public_key().as_ref();
        let kid = sha256_hex(public)[..16].to_owned();
        let (signing, verifying) = (EncodingKey::from_ed_der(key), DecodingKey::from_ed_der(public));
        Ok(Self { signing, verifying, kid, sign_ins, clock, lives })
    }

    /// A code that signs somebody in, once, and until when.
    pub async fn code(
        &self,
        subject: Subject,
        name: String,
        email: Option<Email>,
    ) -> anyhow::Result<(String, Timestamp)> {
        let code = random_hex(64)?;
        let expires = self.after(self.lives.link);
        self.keep_code(code, expires, subject, name, email).await
    }

    /// A code that signs the same person in, once, in another window: short, as people may have to type it.
    pub(crate) async fn short_code(
        &self,
        subject: Subject,
        name: String,
        email: Option<Email>,
    ) -> anyhow::Result<(String, Timestamp)> {
        let expires = self.after(self.lives.code);
        self.keep_code(short_code()?, expires, subject, name, email).await
    }

    async fn keep_code(
        &self,
        code: String,
        expires: Timestamp,
        subject: Subject,
        name: String,
        email: Option<Email>,
    ) -> anyhow::Result<(String, Timestamp)> {
        let link = LinkItem { subject, name, email, lent: None, expires, ttl: expires.0 / 1000 + 1 };
        self.sign_ins.put_link(&sha256(&code), &link).await?;
        Ok((code, expires))
    }

    /// A code for whoever has this address. They are called by what is before the @ unless a name is given.
    pub(crate) async fn code_for(&self, email: Email, name: Option<String>) -> anyhow::Result<(String, Timestamp)> {
        let before_at = || email.as_str().split('@').next().unwrap_or_default().to_owned();
        let name = name.unwrap_or_else(before_at);
        self.code(format!("local:{email}").parse()?, name, Some(email)).await
    }

    /// The page that signs in with a code. The code is in the part that browsers keep to themselves.
    pub fn path(code: &str) -> String {
        format!("{SIGN_IN_PAGE}#{code}")
    }

    /// Begins a session with the code of a link.
    pub(crate) async fn begin(&self, code: &str) -> Result<Session, NoSession> {
        let link = self.sign_ins.take_link(&sha256(code)).await?.ok_or(NoSession::Invalid)?;
        if link.expires < self.clock.now() || link.lent.is_some() {
            return Err(NoSession::Invalid);
        }
        let family = random_hex(32).map_err(|error| NoSession::Fault(error.to_string()))?;
        let LinkItem { subject, name, email, .. } = link;
        let session = SessionItem {
            subject,
            name,
            email,
            refresh: None,
            version: 0,
            key: self.kid.clone(),
            expires: Timestamp::default(),
            ttl: 0,
        };
        self.go_on(&family, session).await
    }

    /// Continues a session. A refresh token that was used before ends it: somebody has a copy.
    pub(crate) async fn go_on_with(&self, refresh: &str) -> Result<Session, NoSession> {
        let (family, session) = self.find(refresh).await?;
        let Some(kept) = &session.refresh else { return Err(NoSession::Invalid) };
        if !matches(refresh, kept) {
            tracing::warn!(subject = %session.subject, "a refresh token was used twice: its session has ended");
            self.close(&family, session).await?;
            return Err(NoSession::Invalid);
        }
        if session.expires < self.clock.now() || session.key != self.kid {
            return Err(NoSession::Invalid);
        }
        self.go_on(&family, session).await
    }

    /// Ends a session.
    pub(crate) async fn end(&self, refresh: &str) -> Result<(), NoSession> {
        let (family, session) = self.find(refresh).await?;
        if !session.refresh.as_ref().is_some_and(|kept| matches(refresh, kept)) {
            return Err(NoSession::Invalid);
        }
        self.close(&family, session).await
    }

    async fn find(&self, refresh: &str) -> Result<(String, SessionItem), NoSession> {
        let parts = refresh.strip_prefix("cpr_").and_then(|rest| rest.split_once('_'));
        let spelled = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (family, secret) = parts.ok_or(NoSession::Invalid)?;
        if family.len() != 32 || secret.len() != 64 || !spelled(family) || !spelled(secret) {
            return Err(NoSession::Invalid);
        }
        let session = self.sign_ins.session(family).await?.ok_or(NoSession::Invalid)?;
        Ok((family.to_owned(), session))
    }

    /// Ends a session whoever else moves it on at this moment.
    async fn close(&self, family: &str, mut session: SessionItem) -> Result<(), NoSession> {
        loop {
            let closed = SessionItem { refresh: None, version: session.version + 1, ..session };
            if self.sign_ins.put_session(family, &closed).await? {
                return Ok(());
            }
            session = self.sign_ins.session(family).await?.ok_or(NoSession::Invalid)?;
        }
    }

    async fn go_on(&self, family: &str, session: SessionItem) -> Result<Session, NoSession> {
        let secret = random_hex(64).map_err(|error| NoSession::Fault(error.to_string()))?;
        let refresh = format!("cpr_{family}_{secret}");
        let expires = self.after(self.lives.session);
        let next = SessionItem {
            refresh: Some(sha256(&refresh)),
            version: session.version + 1,
            expires,
            ttl: expires.0 / 1000 + 1,
            ..session
        };
        if !self.sign_ins.put_session(family, &next).await? {
            // Somebody else used the same token at this moment: one of the two has a copy.
            let moved = self.sign_ins.session(family).await?.ok_or(NoSession::Invalid)?;
            self.close(family, moved).await?;
            return Err(NoSession::Invalid);
        }
        let access = self.sign(family, &next).map_err(|error| NoSession::Fault(error.to_string()))?;
        Ok(Session { access, expires_in: self.lives.access.as_secs(), refresh })
    }

    fn sign(&self, family: &str, session: &SessionItem) -> Result<String, jsonwebtoken::errors::Error> {
        let now = self.clock.now();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: session.subject.to_string(),
            name: session.name.clone(),
            email: session.email.clone(),
            sid: family.to_owned(),
            iat: now.0 / 1000,
            exp: self.after(self.lives.access).0 / 1000,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, &claims, &self.signing)
    }

    /// Who one of our own access tokens names.
    pub(crate) fn verify(&self, token: &str) -> Result<Identity, &'static str> {
        let mut checks = Validation::new(Algorithm::EdDSA);
        checks.set_issuer(&[ISSUER]);
        checks.set_audience(&[AUDIENCE]);
        checks.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The time is the clock's that everything here goes by.
        checks.validate_exp = false;
        let read = jsonwebtoken::decode::<Claims>(token, &self.verifying, &checks);
        let read = read.map_err(|_| "not a token of ours")?;
        if read.header.kid.as_deref() != Some(&self.kid) {
            return Err("signed with another key");
        }
        let expires = Timestamp(read.claims.exp.saturating_mul(1000));
        if expires.plus_millis(LEEWAY_MILLIS) < self.clock.now() {
            return Err("expired");
        }
        let Claims { sub, name, email, .. } = read.claims;
        Ok(Identity { subject: sub, name, email: email.map(|email| email.to_string()), expires })
    }

    fn after(&self, life: std::time::Duration) -> Timestamp {
        self.clock.now().plus_millis(u64::try_from(life.as_millis()).unwrap_or(u64::MAX))
    }
}
