//! A token's form, before anything in it is believed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use super::claims::Claims;
use super::jwk::{self, Key};
use super::rejected::Reason;

/// Longer tokens are not looked at.
const LONGEST: usize = 8 * 1024;

/// Header members that bring a key, or an address of one.
const KEYS_IN_HEADERS: [&str; 4] = ["jku", "jwk", "x5u", "x5c"];

/// A token that has the right form.
pub(super) struct Token<'t> {
    pub(super) header: Header,
    /// Not to be believed before [`Token::signed_by`].
    pub(super) claims: Claims,
    signed: &'t str,
    signature: &'t str,
}

/// What the header may say.
pub(super) struct Header {
    pub(super) key_id: String,
    pub(super) algorithm: Algorithm,
    /// It says that this is an access token (RFC 9068).
    pub(super) access: bool,
}

impl<'t> Token<'t> {
    /// Takes a token apart.
    pub(super) fn read(token: &'t str) -> Result<Self, Reason> {
        if token.len() > LONGEST {
            return Err(Reason::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Reason::Form)?;
        let (header, claims) = signed.split_once('.').ok_or(Reason::Form)?;
        let header = Header::read(&object(header)?)?;
        Ok(Self { header, claims: Claims(object(claims)?), signed, signature })
    }

    /// Whether this key made the signature.
    pub(super) fn signed_by(&self, key: &Key) -> Result<(), Reason> {
        let verified =
            jsonwebtoken::crypto::verify(self.signature, self.signed.as_bytes(), &key.public, self.header.algorithm);
        if matches!(verified, Ok(true)) { Ok(()) } else { Err(Reason::Signature) }
    }
}

impl Header {
    fn read(header: &Map<String, Value>) -> Result<Self, Reason> {
        let text = |name: &str| header.get(name).and_then(Value::as_str);
        let algorithm = text("alg").and_then(jwk::algorithm).ok_or(Reason::Algorithm)?;
        if KEYS_IN_HEADERS.iter().any(|name| header.contains_key(*name)) {
            return Err(Reason::KeyInHeader);
        }
        if header.contains_key("crit") {
            return Err(Reason::Critical);
        }
        let access = says_access(header.get("typ"))?;
        let key_id = text("kid").filter(|id| !id.is_empty()).ok_or(Reason::NoKeyId)?.to_owned();
        Ok(Self { key_id, algorithm, access })
    }
}

/// Whether the header's type is that of access tokens. Media types do not tell capital letters from small ones.
fn says_access(typ: Option<&Value>) -> Result<bool, Reason> {
    let Some(typ) = typ else { return Ok(false) };
    match typ.as_str().map(str::to_ascii_lowercase).as_deref() {
        Some("jwt") => Ok(false),
        Some("at+jwt" | "application/at+jwt") => Ok(true),
        _ => Err(Reason::Type),
    }
}

fn object(part: &str) -> Result<Map<String, Value>, Reason> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Reason::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| Reason::Form)
}
