//! Signing in at an issuer: where a browser is sent, and what its code is changed into (OAuth 2.0 with PKCE). The server
//! changes the code, so that the studio asks nobody but its own server, whatever the issuer lets browsers do.

use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use tokio::sync::Mutex;

use super::fetch::{self, FetchError};
use super::settings::{IssuerKind, IssuerSettings};
use super::{KeyPace, Oidc};

/// Where people sign in at an issuer.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) authorize: Url,
    pub(super) token: Url,
    /// Where a refresh token is ended, where that can be.
    pub(super) revocation: Option<Url>,
    /// Whether sign-ins go on without the browser only where that is asked for.
    pub(crate) offline: bool,
}

/// What an issuer gives for a code, or for a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issued {
    /// What requests carry.
    pub(crate) bearer: String,
    /// For how many seconds.
    pub(crate) expires_in: u64,
    /// What goes on with it; empty where there is nothing.
    pub(crate) refresh: String,
}

/// Why nothing was given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotIssued {
    /// No issuer of that name.
    #[error("no issuer is called so")]
    Unknown,
    /// It does not take the code or the refresh token.
    #[error("the issuer does not accept it")]
    Refused,
    /// It cannot be asked.
    #[error(transparent)]
    Unreachable(#[from] FetchError),
}

/// What is exchanged.
pub(crate) enum Grant<'g> {
    /// A code, with the word behind its challenge, and the address that the browser came back to.
    Code { code: &'g str, verifier: &'g str, redirect: &'g str },
    /// A refresh token.
    Refresh(&'g str),
}

#[derive(Deserialize)]
struct Answer {
    access_token: Option<String>,
    id_token: Option<String>,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
}

/// How long tokens last of whose end nothing is said, in seconds.
const LASTS: u64 = 300;

/// Where an issuer's endpoints were last, and when somebody looked.
#[derive(Default)]
pub(super) struct Known(Mutex<Asked>);

#[derive(Default)]
struct Asked {
    /// When somebody asked last, whatever came of it.
    at: Option<Timestamp>,
    /// What was found last, and when.
    found: Option<(Timestamp, Endpoints)>,
}

impl Known {
    /// As they were fetched lately. One asks at a time, and after asking in vain nobody for a while; what was known goes
    /// on being used.
    async fn get(
        &self,
        web: &reqwest::Client,
        issuer: &IssuerSettings,
        clock: &Clock,
        pace: KeyPace,
    ) -> Result<Endpoints, FetchError> {
        let mut asked = self.0.lock().await;
        let now = clock.now();
        let within = |since: Timestamp, time: Duration| u128::from(now.0.saturating_sub(since.0)) < time.as_millis();
        if let Some((_, known)) = asked.found.as_ref().filter(|(since, _)| within(*since, pace.fresh)) {
            return Ok(known.clone());
        }
        let known = asked.found.as_ref().map(|(_, known)| known.clone());
        if asked.at.is_some_and(|since| within(since, pace.refetch)) {
            return known.ok_or(FetchError::Asked);
        }
        asked.at = Some(now);
        match fetch::endpoints(web, issuer).await {
            Ok(found) => {
                asked.found = Some((now, found.clone()));
                Ok(found)
            }
            Err(error) => known.ok_or(error),
        }
    }
}

impl Oidc {
    /// Where people are sent, by the issuers' names.
    pub(crate) async fn endpoints(&self, name: &str) -> Result<Endpoints, NotIssued> {
        let keys = self.issuers.iter().find(|keys| keys.issuer.name == name).ok_or(NotIssued::Unknown)?;
        Ok(keys.endpoints.get(keys.web(), &keys.issuer, &self.clock, keys.pace()).await?)
    }

    /// Ends a refresh token, where the issuer can.
    pub(crate) async fn revoke(&self, name: &str, token: &str) -> Result<(), NotIssued> {
        let keys = self.issuers.iter().find(|keys| keys.issuer.name == name).ok_or(NotIssued::Unknown)?;
        let Some(address) = self.endpoints(name).await?.revocation else { return Ok(()) };
        let mut form = vec![("token", token), ("token_type_hint", "refresh_token")];
        form.extend(keys.issuer.client().map(|client| ("client_id", client)));
        form.extend(keys.issuer.secret.as_ref().map(|secret| ("client_secret", secret.text())));
        Ok(fetch::tell(keys.web(), address, &form).await?)
    }

    /// Changes a code or a refresh token into tokens.
    pub(crate) async fn exchange(&self, name: &str, grant: Grant<'_>) -> Result<Issued, NotIssued> {
        let keys = self.issuers.iter().find(|keys| keys.issuer.name == name).ok_or(NotIssued::Unknown)?;
        let issuer = &keys.issuer;
        let address = self.endpoints(name).await?.token;
        let client = issuer.client().ok_or(NotIssued::Unknown)?;
        let mut form = vec![("client_id", client)];
        form.extend(issuer.secret.as_ref().map(|secret| ("client_secret", secret.text())));
        let before = match grant {
            Grant::Code { code, verifier, redirect } => {
                form.extend([
                    ("grant_type", "authorization_code"),
                    ("code", code),
                    ("code_verifier", verifier),
                    ("redirect_uri", redirect),
                ]);
                ""
            }
            Grant::Refresh(token) => {
                form.extend([("grant_type", "refresh_token"), ("refresh_token", token)]);
                token
            }
        };
        let answer: Answer = fetch::post(keys.web(), address, &form).await?.ok_or(NotIssued::Refused)?;
        // Google's access tokens cannot be read by anybody: its ID tokens are carried.
        let bearer = if issuer.kind == IssuerKind::Google { answer.id_token } else { answer.access_token };
        Ok(Issued {
            bearer: bearer.ok_or(NotIssued::Refused)?,
            expires_in: answer.expires_in.unwrap_or(LASTS),
            // Many issuers let the one before go on.
            refresh: answer.refresh_token.unwrap_or_else(|| before.to_owned()),
        })
    }
}
