//! The keys that an issuer publishes (RFC 7517). A key's own type says which algorithm it is for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// Shorter RSA keys can be broken; longer ones cost too much.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// The length of an Ed25519 key, and of a coordinate on P-256.
const BYTES: usize = 32;

/// A key that signatures are verified with.
pub(super) struct Key {
    pub(super) id: String,
    pub(super) algorithm: Algorithm,
    pub(super) public: DecodingKey,
}

#[derive(Deserialize)]
struct Jwk {
    kid: String,
    kty: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The algorithms that are accepted, by the names that tokens and keys give them.
pub(super) fn algorithm(name: &str) -> Option<Algorithm> {
    match name {
        "RS256" => Some(Algorithm::RS256),
        "ES256" => Some(Algorithm::ES256),
        "EdDSA" => Some(Algorithm::EdDSA),
        _ => None,
    }
}

/// A published key, where it is one that may be used here. Issuers publish others beside them.
pub(super) fn usable(key: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(key).ok()?;
    let signs = jwk.purpose.as_deref().is_none_or(|purpose| purpose == "sig");
    let verifies = jwk.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|name| name == "verify"));
    let (own, public) = public(&jwk)?;
    let agrees = jwk.alg.as_deref().is_none_or(|name| algorithm(name) == Some(own));
    (signs && verifies && agrees && !jwk.kid.is_empty()).then_some(Key { id: jwk.kid, algorithm: own, public })
}

fn public(jwk: &Jwk) -> Option<(Algorithm, DecodingKey)> {
    match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("RSA", _) => Some((Algorithm::RS256, rsa(jwk)?)),
        ("EC", Some("P-256")) => Some((Algorithm::ES256, p256(jwk)?)),
        ("OKP", Some("Ed25519")) => Some((Algorithm::EdDSA, ed25519(jwk)?)),
        _ => None,
    }
}

fn rsa(jwk: &Jwk) -> Option<DecodingKey> {
    let (modulus, exponent) = (number(jwk.n.as_deref())?, number(jwk.e.as_deref())?);
    let bits = modulus.len() * 8 - modulus.first()?.leading_zeros() as usize;
    // The exponents 1 and 2 make no signatures; the library refuses what is too long.
    let odd = exponent.last()? % 2 == 1 && exponent != [1];
    (RSA_BITS.contains(&bits) && odd).then(|| DecodingKey::from_rsa_raw_components(&modulus, &exponent))
}

fn p256(jwk: &Jwk) -> Option<DecodingKey> {
    let (x, y) = (jwk.x.as_deref()?, jwk.y.as_deref()?);
    let whole = bytes(x)?.len() == BYTES && bytes(y)?.len() == BYTES;
    DecodingKey::from_ec_components(x, y).ok().filter(|_| whole)
}

fn ed25519(jwk: &Jwk) -> Option<DecodingKey> {
    let x = jwk.x.as_deref()?;
    let whole = bytes(x)?.len() == BYTES;
    DecodingKey::from_ed_components(x).ok().filter(|_| whole)
}

/// A number's bytes, without the zeros that some issuers write before it.
fn number(text: Option<&str>) -> Option<Vec<u8>> {
    Some(bytes(text?)?.into_iter().skip_while(|byte| *byte == 0).collect())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
