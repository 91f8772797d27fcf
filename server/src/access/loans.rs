//! Codes for another window where people sign in at an outside issuer: a sign-in there cannot be made twice, so that the
//! other window gets the access token that this one has, for as long as it is good. What is kept of it meanwhile can only
//! be read with the code, of which there is a hash.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use copydesk_schema::table::LinkItem;
use copydesk_store::SignIns;
use sha2::{Digest as _, Sha256};

use super::callers::Caller;
use super::links::{Lives, NoSession, Session};
use super::secrets::{sha256, short_code};

/// What is lent: the access token, and until when it is good.
type Loan = (String, Timestamp);

/// Keeps an access token under a new code, and says until when the code can be used.
pub(crate) async fn lend(
    sign_ins: &SignIns,
    clock: &Clock,
    caller: Caller,
    loan: Loan,
) -> anyhow::Result<(String, Timestamp)> {
    let code = short_code()?;
    let life = u64::try_from(Lives::default().code.as_millis()).unwrap_or(u64::MAX);
    let expires = clock.now().plus_millis(life);
    let Caller { subject, name, email, .. } = caller;
    let lent = Some(seal(&code, &loan)?);
    let link = LinkItem { subject, name, email, lent, expires, ttl: expires.0 / 1000 + 1 };
    sign_ins.put_link(&sha256(&code), &link).await?;
    Ok((code, expires))
}

/// Gives what was kept under a code, once.
pub(crate) async fn borrow(sign_ins: &SignIns, clock: &Clock, code: &str) -> Result<Session, NoSession> {
    let link = sign_ins.take_link(&sha256(code)).await?.ok_or(NoSession::Invalid)?;
    let now = clock.now();
    let (access, until) = link.lent.as_deref().and_then(|lent| open(code, lent)).ok_or(NoSession::Invalid)?;
    if link.expires < now || until <= now {
        return Err(NoSession::Invalid);
    }
    Ok(Session { access, expires_in: (until.0 - now.0) / 1000, refresh: String::new() })
}

fn seal(code: &str, loan: &Loan) -> anyhow::Result<String> {
    let mut bytes = serde_json::to_vec(loan)?;
    let key = key(code).ok_or_else(|| anyhow::anyhow!("no key for a code"))?;
    key.seal_in_place_append_tag(nonce(), Aad::empty(), &mut bytes)
        .map_err(|_| anyhow::anyhow!("an access token could not be sealed"))?;
    Ok(STANDARD.encode(bytes))
}

fn open(code: &str, lent: &str) -> Option<Loan> {
    let mut bytes = STANDARD.decode(lent).ok()?;
    let plain = key(code)?.open_in_place(nonce(), Aad::empty(), &mut bytes).ok()?;
    serde_json::from_slice(plain).ok()
}

/// Another hash of the code than the one that it is found by.
fn key(code: &str) -> Option<LessSafeKey> {
    let key = Sha256::digest(format!("copydesk loan {code}"));
    UnboundKey::new(&AES_256_GCM, &key).map(LessSafeKey::new).ok()
}

/// Each key seals one thing.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}
