//! Signing in at an issuer: where a browser is sent, and what its code is changed into (OAuth 2.0 with PKCE). The server
//! changes the code, so that the studio asks nobody but its own server, whatever the issuer lets browsers do.

use std::sync::Mutex;
use std::sync::PoisonError;

use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use reqwest::Url;
use serde::Deserialize;

use super::fetch::{self, FetchError};
use super::settings::{IssuerKind, IssuerSettings};
use super::{KeyPace, Oidc};

/// Where people sign in at an issuer.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) authorize: Url,
    pub(super) token: Url,
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
pub(super) struct Known(Mutex<Option<(Timestamp, Option<Endpoints>)>>);

impl Known {
    /// As they were fetched lately; after a failure they are not asked for again at once.
    async fn get(
        &self,
        web: &reqwest::Client,
        issuer: &IssuerSettings,
        clock: &Clock,
        pace: KeyPace,
    ) -> Result<Endpoints, FetchError> {
        let now = clock.now();
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, found)) = known {
            let age = u128::from(now.0.saturating_sub(since.0));
            match found {
                Some(found) if age < pace.fresh.as_millis() => return Ok(found),
                None if age < pace.refetch.as_millis() => return Err(FetchError::Asked),
                _ => {}
            }
        }
        let found = fetch::endpoints(web, issuer).await;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, found.as_ref().ok().cloned()));
        found
    }
}

impl Oidc {
    /// Where people are sent, by the issuers' names.
    pub(crate) async fn endpoints(&self, name: &str) -> Result<Endpoints, NotIssued> {
        let keys = self.issuers.iter().find(|keys| keys.issuer.name == name).ok_or(NotIssued::Unknown)?;
        Ok(keys.endpoints.get(keys.web(), &keys.issuer, &self.clock, keys.pace()).await?)
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
