//! What tokens of each kind of issuer must say. An access token and an ID token are signed with the
//! same keys: only these rules keep one from being used as the other.

use super::claims::Claims;
use super::rejected::Reason;
use super::settings::{IssuerKind, IssuerSettings};
use super::token::Token;

/// Claims that only ID tokens have (OpenID Connect Core 1.0).
const OF_ID_TOKENS: [&str; 4] = ["nonce", "at_hash", "c_hash", "s_hash"];

/// What a token is shown for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// To be let in.
    Access,
    /// To prove an address.
    Identity,
}

/// Whether the token was made for us, and for this.
pub(super) fn check(issuer: &IssuerSettings, token: &Token<'_>, purpose: Use) -> Result<(), Reason> {
    let claims = &token.claims;
    match (issuer.kind, purpose) {
        (IssuerKind::Cognito, Use::Access) => cognito_access(issuer, claims),
        (IssuerKind::Cognito, Use::Identity) => {
            identity(token, claims.text("token_use") == Some("id"), &issuer.clients, &[])
        }
        // Google's access tokens are opaque: its ID token is what editors carry.
        (IssuerKind::Google, _) => identity(token, true, &issuer.audiences, &issuer.clients),
        (IssuerKind::Generic, Use::Access) => access(issuer, claims),
        (IssuerKind::Generic, Use::Identity) => {
            let says = claims.absent_or("typ", "ID") && claims.absent_or("token_use", "id");
            identity(token, says, &issuer.clients, &[])
        }
    }
}

/// Cognito says what a token is for, and names the client instead of an audience.
fn cognito_access(issuer: &IssuerSettings, claims: &Claims) -> Result<(), Reason> {
    if claims.text("token_use") != Some("access") {
        return Err(Reason::NotAccess);
    }
    let listed = claims.text("client_id").is_some_and(|client| lists(&issuer.clients, client));
    if listed { Ok(()) } else { Err(Reason::Client) }
}

/// An access token of Keycloak, Auth0, Entra ID and the like.
fn access(issuer: &IssuerSettings, claims: &Claims) -> Result<(), Reason> {
    let audiences = claims.audiences()?;
    let of_client = audiences.iter().any(|audience| lists(&issuer.clients, audience));
    // Keycloak's claim `typ`: its refresh and offline tokens are signed as well, its bound tokens are not for bearers.
    let says = claims.absent_or("typ", "Bearer") && claims.absent_or("token_use", "access");
    if of_client || !says || OF_ID_TOKENS.iter().any(|name| claims.has(name)) {
        return Err(Reason::NotAccess);
    }
    let ours = audiences.iter().any(|audience| lists(&issuer.audiences, audience));
    if ours { Ok(()) } else { Err(Reason::Audience) }
}

/// An ID token for one of `audiences`, given to one of them or of `parties` (OpenID Connect Core 1.0, 3.1.3.7).
fn identity(token: &Token<'_>, says: bool, audiences: &[String], parties: &[String]) -> Result<(), Reason> {
    if token.header.access || !says {
        return Err(Reason::NotIdentity);
    }
    let named = token.claims.audiences()?;
    if !named.iter().any(|audience| lists(audiences, audience)) {
        return Err(Reason::Audience);
    }
    let given = token.claims.has("azp") || named.len() > 1;
    let party = token.claims.text("azp").is_some_and(|party| lists(audiences, party) || lists(parties, party));
    if given && !party { Err(Reason::Party) } else { Ok(()) }
}

fn lists(list: &[String], name: &str) -> bool {
    list.iter().any(|listed| listed == name)
}
