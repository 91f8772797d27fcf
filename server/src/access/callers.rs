//! Recognising who asks, by the header `Authorization`. Whatever is wrong with a credential, the
//! answer is the same; the reason is in our own log.

use copydesk_schema::table::TokenItem;
use copydesk_schema::{Actor, Credential, Email, ProjectId, Subject, TokenId};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{SignIn, secrets};
use crate::oidc::Rejected;
use crate::problem::{Kind, Problem};
use crate::state::App;

/// What API tokens begin with, so that scanners for leaked secrets find them.
pub const TOKEN_PREFIX: &str = "cpd_";
/// After how long the use of a token is noted again.
const USED_MILLIS: u64 = 5 * 60 * 1000;

/// The hash of the owner's token: the token itself is not kept.
#[derive(Clone)]
pub struct OwnerToken([u8; 32]);

impl OwnerToken {
    /// Remembers a token.
    pub fn new(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn is(&self, token: &str) -> bool {
        self.0.ct_eq(&Self::new(token).0).into()
    }
}

/// The owner, as the log names them.
pub fn owner() -> Subject {
    "owner".parse().expect("a subject")
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) subject: Subject,
    pub(crate) name: String,
    /// Their address, when it is theirs for certain.
    pub(crate) email: Option<Email>,
    pub(crate) credential: Credential,
    /// What an API token opens.
    pub(crate) token: Option<TokenItem>,
}

impl Caller {
    fn owner() -> Self {
        let name = "Owner".to_owned();
        Self { subject: owner(), name, email: None, credential: Credential::Owner, token: None }
    }

    /// Whether it is the one who runs Copydesk.
    pub(crate) fn is_owner(&self) -> bool {
        let own = matches!(self.credential, Credential::Owner | Credential::Session);
        own && self.subject.as_str() == "owner"
    }

    /// Whether it is whoever got a preview link.
    pub(crate) fn is_preview(&self) -> bool {
        self.token.as_ref().is_some_and(|token| token.preview)
    }

    /// As the log names them.
    pub(crate) fn actor(&self, request: &str) -> Actor {
        Actor {
            subject: self.subject.to_string(),
            name: self.name.clone(),
            credential: self.credential,
            request: request.to_owned(),
        }
    }
}

/// The one answer to every credential that is not good.
pub(crate) fn unauthorized() -> Problem {
    Problem::new(
        Kind::Unauthorized,
        "send the header Authorization: Bearer, with a token that is valid and has not expired",
    )
}

/// The credential that a request carries.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

/// Who a request comes from.
pub(crate) async fn recognise(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let Some(token) = bearer(headers) else { return Err(unauthorized()) };
    if app.access.owner.as_ref().is_some_and(|owner| owner.is(token)) {
        return Ok(Caller::owner());
    }
    if token.starts_with(TOKEN_PREFIX) {
        return by_token(app, token).await;
    }
    by_sign_in(app, token).await
}

async fn by_token(app: &App, token: &str) -> Result<Caller, Problem> {
    let Some(id) = token_id(token) else { return Err(unauthorized()) };
    let item = app.access.kept.token(&app.reader, &id).await?;
    let now = app.clock.now();
    let good =
        |item: &TokenItem| secrets::matches(token, &item.sha256) && item.expires.is_none_or(|expires| expires > now);
    let Some(item) = item.filter(good) else { return Err(unauthorized()) };
    if item.used.is_none_or(|used| used.plus_millis(USED_MILLIS) < now) {
        note_use(app, item.clone());
    }
    let subject = item.token.as_str().parse().map_err(|_| unauthorized())?;
    Ok(Caller { subject, name: item.name.clone(), email: None, credential: Credential::Token, token: Some(item) })
}

/// Beside the request, which does not wait for it.
fn note_use(app: &App, item: TokenItem) {
    let (now, sign_ins) = (app.clock.now(), app.sign_ins.clone());
    app.access.kept.token_used(&item.token, now);
    tokio::spawn(async move {
        if let Err(error) = sign_ins.token_used(&item, now).await {
            tracing::debug!(%error, "that a token was used could not be noted");
        }
    });
}

async fn by_sign_in(app: &App, token: &str) -> Result<Caller, Problem> {
    let (identity, credential) = match &app.access.sign_in {
        SignIn::Links(links) => {
            let identity = links.verify(token).map_err(|why| {
                tracing::info!(why, "a sign-in was refused");
                unauthorized()
            });
            (identity?, Credential::Session)
        }
        SignIn::None => return Err(unauthorized()),
        SignIn::Issuers(oidc) => {
            (oidc.verify(token).await.map_err(|rejected| self::rejected(&rejected))?, Credential::Identity)
        }
    };
    let subject = identity.subject.parse().map_err(|_| unauthorized())?;
    let email = identity.email.and_then(|email| email.parse().ok());
    Ok(Caller { subject, name: identity.name, email, credential, token: None })
}

/// What a sign-in that was not accepted is told.
pub(crate) fn rejected(rejected: &Rejected) -> Problem {
    tracing::info!(%rejected, "a sign-in was refused");
    if rejected.is_temporary() {
        return Problem::new(
            Kind::Unavailable,
            "the issuer does not give the key that this token is signed with; try again",
        );
    }
    unauthorized()
}

/// A new API token of a name: `cpd_`, the name, 256 random bits, and a checksum by which a scanner
/// tells a token from what only looks like one.
pub(crate) fn new_token(id: &TokenId) -> Result<String, std::io::Error> {
    let body = format!("{TOKEN_PREFIX}{id}_{}", secrets::random_hex(64)?);
    Ok(format!("{body}{}", checksum(&body)))
}

/// The name in a token that is spelled as one.
fn token_id(token: &str) -> Option<TokenId> {
    let (body, sum) = token.split_at_checked(token.len().checked_sub(8)?)?;
    let (id, secret) = body.strip_prefix(TOKEN_PREFIX)?.split_once('_')?;
    let spelled = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    if spelled && sum == checksum(body) { id.parse().ok() } else { None }
}

/// CRC-32 in hex.
fn checksum(body: &str) -> String {
    let mut crc = flate2::Crc::new();
    crc.update(body.as_bytes());
    format!("{:08x}", crc.sum())
}

/// Whether a token is of this project. Of any other it knows nothing.
pub(crate) fn opens(token: &TokenItem, project: &ProjectId) -> bool {
    token.project == *project
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_names_itself_and_a_slip_is_noticed() {
        let id = TokenId::from_random(42);
        let token = new_token(&id).expect("randomness");
        assert_eq!(token_id(&token), Some(id));
        for at in 0..token.len() {
            let mut slipped = token.clone().into_bytes();
            slipped[at] ^= 1;
            let slipped = String::from_utf8_lossy(&slipped).into_owned();
            assert_eq!(token_id(&slipped), None, "{slipped}");
        }
    }
}
