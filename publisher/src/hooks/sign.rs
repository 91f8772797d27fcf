//! Signatures after Standard Webhooks (<https://www.standardwebhooks.com>): receivers verify with what they have.

use std::fmt;

use aws_lc_rs::hmac::{Context, HMAC_SHA256, Key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

const PREFIX: &str = "whsec_";
/// How many bytes a generated secret has; and how many the standard lets one have.
const LENGTH: usize = 32;
const LENGTHS: std::ops::RangeInclusive<usize> = 24..=64;

/// What a receiver and we know. It is written out only where it is shown once and where it is stored.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Secret(Vec<u8>);

/// A text is no secret. It is not repeated: it may be one with a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a secret is {PREFIX} and 24 to 64 bytes as base64")]
pub struct NoSecret;

impl Secret {
    /// A new secret that nobody can guess.
    pub fn generate() -> Self {
        let mut key = vec![0; LENGTH];
        aws_lc_rs::rand::fill(&mut key).expect("AWS-LC waits for randomness, and ends a process without any");
        Self(key)
    }

    /// A secret as it was written out.
    pub fn parse(text: &str) -> Result<Self, NoSecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(NoSecret)?;
        let key = STANDARD.decode(encoded).map_err(|_| NoSecret)?;
        if LENGTHS.contains(&key.len()) { Ok(Self(key)) } else { Err(NoSecret) }
    }

    /// The secret written out, for the one who has to verify with it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> String {
        let mut context = Context::with_key(&Key::new(HMAC_SHA256, &self.0));
        for part in [id.as_bytes(), b".", timestamp.as_bytes(), b".", body] {
            context.update(part);
        }
        format!("v1,{}", STANDARD.encode(context.sign()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

impl TryFrom<String> for Secret {
    type Error = NoSecret;

    fn try_from(text: String) -> Result<Self, NoSecret> {
        Self::parse(&text)
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> Self {
        secret.reveal()
    }
}

/// The headers that go with a message, signed with every secret that is still valid. `id` is the same for every attempt
/// and has no dot; `timestamp` is this attempt's, in seconds since 1970.
pub fn headers(id: &str, timestamp: u64, body: &[u8], secrets: &[Secret]) -> [(&'static str, String); 3] {
    let timestamp = timestamp.to_string();
    let signatures: Vec<String> = secrets.iter().map(|secret| secret.sign(id, &timestamp, body)).collect();
    [("webhook-id", id.to_owned()), ("webhook-timestamp", timestamp), ("webhook-signature", signatures.join(" "))]
}

#[cfg(test)]
mod tests;
