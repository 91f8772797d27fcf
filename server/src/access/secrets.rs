//! Secrets that we make, and how they are compared.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use copydesk_schema::delivered::sha256_hex;
use subtle::ConstantTimeEq as _;

/// Random bytes from the system, hashed to so many characters of hex: at most 64.
pub(crate) fn random_hex(characters: usize) -> Result<String, std::io::Error> {
    let mut hex = sha256_hex(&random::<32>()?);
    hex.truncate(characters);
    Ok(hex)
}

fn random<const N: usize>() -> Result<[u8; N], std::io::Error> {
    let mut bytes = [0_u8; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| std::io::Error::other("the system has no randomness"))?;
    Ok(bytes)
}

/// What codes for people are made of: no letter is mistaken for a digit.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SHORT: usize = 10;

/// A code that people can type: 50 random bits as ten letters and digits.
pub(crate) fn short_code() -> Result<String, std::io::Error> {
    let bytes = random::<SHORT>()?;
    Ok(bytes.iter().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)])).collect())
}

/// Whether it is spelled as such a code.
pub(crate) fn is_short_code(code: &str) -> bool {
    code.len() == SHORT && code.bytes().all(|byte| SYMBOLS.contains(&byte))
}

/// A random number from the system, for names that must not be guessed to collide.
pub(crate) fn random_number() -> Result<u64, std::io::Error> {
    random().map(u64::from_le_bytes)
}

/// A new secret for signing messages to a webhook (Standard Webhooks).
pub(crate) fn webhook_secret() -> Result<String, std::io::Error> {
    Ok(format!("whsec_{}", STANDARD.encode(random::<32>()?)))
}

/// SHA-256 in hex: all that is kept of a secret.
pub(crate) fn sha256(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}

/// Whether a secret has this hash, in the same time for any.
pub(crate) fn matches(secret: &str, kept: &str) -> bool {
    sha256(secret).as_bytes().ct_eq(kept.as_bytes()).into()
}
