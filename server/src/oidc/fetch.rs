//! Asks an issuer for its keys. What it answers is believed only as far as its settings reach.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::jwk::{self, Key};
use super::settings::{self, IssuerSettings};
use super::sign_in::Endpoints;

/// Longer answers are not read.
const LARGEST: usize = 256 * 1024;
/// The scope without which some issuers give nothing that goes on.
const OFFLINE: &str = "offline_access";
/// More keys than this are no issuer's.
const MOST_KEYS: usize = 64;

/// Why an issuer's keys could not be fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("{0}")]
    Unreachable(#[from] reqwest::Error),
    #[error("{0} answers {1}")]
    Status(Url, u16),
    #[error("{0} answers more than {LARGEST} bytes")]
    TooLarge(Url),
    #[error("{0} does not answer the JSON that it should (line {1}, column {2})")]
    NotJson(Url, usize, usize),
    #[error("its discovery document is another issuer's")]
    OtherIssuer,
    #[error("its discovery document gives an address that is not https")]
    Insecure,
    #[error("its discovery document does not say where people sign in")]
    NoSignIn,
    #[error("it was asked a moment ago")]
    Asked,
    #[error("{0} says {1}")]
    Wrong(Url, String),
    #[error("it publishes more than {MOST_KEYS} keys")]
    TooMany,
    #[error("it publishes no key that can be used here")]
    NoKeys,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    #[serde(default)]
    scopes_supported: Vec<String>,
}

/// Why a token endpoint gives nothing (RFC 6749, 5.2).
#[derive(Deserialize)]
struct Wrong {
    error: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// What issuers are asked with. It goes nowhere else than it is sent, and keeps no connection until the next
/// time, when the issuer will have closed it.
pub(super) fn client(timeout: Duration) -> Result<Client, reqwest::Error> {
    Client::builder().timeout(timeout).pool_idle_timeout(timeout).redirect(Policy::none()).build()
}

/// The keys that an issuer publishes now; at least one.
pub(super) async fn keys(web: &Client, issuer: &IssuerSettings) -> Result<Vec<Key>, FetchError> {
    let found = discover(web, issuer).await?;
    let keys = address(issuer, &found.jwks_uri).ok_or(FetchError::Insecure)?;
    let published: KeySet = get(web, keys).await?;
    if published.keys.len() > MOST_KEYS {
        return Err(FetchError::TooMany);
    }
    let usable: Vec<Key> = published.keys.into_iter().filter_map(jwk::usable).collect();
    if usable.is_empty() { Err(FetchError::NoKeys) } else { Ok(usable) }
}

/// Where people sign in.
pub(super) async fn endpoints(web: &Client, issuer: &IssuerSettings) -> Result<Endpoints, FetchError> {
    let found = discover(web, issuer).await?;
    let at = |text: Option<String>| address(issuer, &text.ok_or(FetchError::NoSignIn)?).ok_or(FetchError::Insecure);
    Ok(Endpoints {
        offline: found.scopes_supported.iter().any(|scope| scope == OFFLINE),
        revocation: found.revocation_endpoint.and_then(|text| at(Some(text)).ok()),
        authorize: at(found.authorization_endpoint)?,
        token: at(found.token_endpoint)?,
    })
}

async fn discover(web: &Client, issuer: &IssuerSettings) -> Result<Discovery, FetchError> {
    let found: Discovery = get(web, issuer.discovery().ok_or(FetchError::Insecure)?).await?;
    if found.issuer == issuer.issuer { Ok(found) } else { Err(FetchError::OtherIssuer) }
}

/// Sends a form, and reads what comes for it; nothing where it is refused.
pub(super) async fn post<T: DeserializeOwned>(
    web: &Client,
    address: Url,
    form: &[(&str, &str)],
) -> Result<Option<T>, FetchError> {
    let answer = send(web, address.clone(), form).await?;
    if answer.status() != StatusCode::BAD_REQUEST {
        return read(answer, address).await.map(Some);
    }
    // Anything but what is wrong with the code or the token is ours to mend.
    let wrong: Wrong = answer.json().await?;
    if wrong.error == "invalid_grant" { Ok(None) } else { Err(FetchError::Wrong(address, wrong.error)) }
}

/// Sends a form of which nothing comes.
pub(super) async fn tell(web: &Client, address: Url, form: &[(&str, &str)]) -> Result<(), FetchError> {
    let status = send(web, address.clone(), form).await?.status();
    if status.is_success() { Ok(()) } else { Err(FetchError::Status(address, status.as_u16())) }
}

async fn send(web: &Client, address: Url, form: &[(&str, &str)]) -> Result<Response, FetchError> {
    let mut body = Url::parse("form:").map_err(|_| FetchError::Insecure)?;
    body.query_pairs_mut().extend_pairs(form);
    let body = body.query().unwrap_or_default().to_owned();
    let request = web.post(address).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
    Ok(request.header(ACCEPT, "application/json").send().await?)
}

/// Where something is, where that may be: only an issuer on this machine may send us to this machine without https.
pub(super) fn address(issuer: &IssuerSettings, text: &str) -> Option<Url> {
    let address = Url::parse(text).ok().filter(settings::is_secure)?;
    (address.scheme() == "https" || issuer.is_local()).then_some(address)
}

async fn get<T: DeserializeOwned>(web: &Client, address: Url) -> Result<T, FetchError> {
    let answer = web.get(address.clone()).send().await?;
    read(answer, address).await
}

async fn read<T: DeserializeOwned>(mut answer: Response, address: Url) -> Result<T, FetchError> {
    if answer.status() != reqwest::StatusCode::OK {
        return Err(FetchError::Status(address, answer.status().as_u16()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LARGEST {
            return Err(FetchError::TooLarge(address));
        }
        body.extend_from_slice(&chunk);
    }
    // Without the parser's words, which would quote the answer.
    serde_json::from_slice(&body).map_err(|error| FetchError::NotJson(address, error.line(), error.column()))
}
