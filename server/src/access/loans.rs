//! Codes for another window where people sign in at an outside issuer: a sign-in there cannot be made twice, so that the
//! other window gets the access token that this one has, for as long as it is good. It is kept encrypted meanwhile. A code is
//! short, since people type it: where it is found and what opens it are both made of it slowly, so that whoever gets hold of
//! the table cannot try them all.

use std::num::NonZeroU32;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::pbkdf2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use copydesk_schema::delivered::sha256_hex;
use copydesk_schema::table::LinkItem;
use copydesk_store::SignIns;

use super::callers::Caller;
use super::links::{Lives, NoSession, Session};
use super::secrets::{is_short_code, short_code};

/// What is lent: the access token, and until when it is good.
type Loan = (String, Timestamp);

/// How often a code is hashed.
const ROUNDS: NonZeroU32 = NonZeroU32::new(200_000).expect("not zero");

/// What a code stands for.
struct Place {
    /// By which the loan is found.
    name: String,
    /// By which it is read.
    key: LessSafeKey,
}

impl Place {
    async fn of(code: &str) -> anyhow::Result<Self> {
        let code = code.to_owned();
        let bytes = tokio::task::spawn_blocking(move || {
            let mut bytes = [0; 64];
            pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, b"copydesk loan", code.as_bytes(), &mut bytes);
            bytes
        });
        let bytes = bytes.await?;
        let (name, key) = bytes.split_at(32);
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| anyhow::anyhow!("no key of a code"))?;
        Ok(Self { name: sha256_hex(name), key: LessSafeKey::new(key) })
    }

    fn seal(&self, loan: &Loan) -> anyhow::Result<String> {
        let mut bytes = serde_json::to_vec(loan)?;
        self.key
            .seal_in_place_append_tag(nonce(), Aad::empty(), &mut bytes)
            .map_err(|_| anyhow::anyhow!("an access token could not be sealed"))?;
        Ok(STANDARD.encode(bytes))
    }

    fn open(&self, lent: &str) -> Option<Loan> {
        let mut bytes = STANDARD.decode(lent).ok()?;
        let plain = self.key.open_in_place(nonce(), Aad::empty(), &mut bytes).ok()?;
        serde_json::from_slice(plain).ok()
    }
}

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
    let place = Place::of(&code).await?;
    let lent = Some(place.seal(&loan)?);
    let link = LinkItem { subject, name, email, lent, expires, ttl: expires.0 / 1000 + 1 };
    sign_ins.put_link(&place.name, &link).await?;
    Ok((code, expires))
}

/// Gives what was kept under a code, once.
pub(crate) async fn borrow(sign_ins: &SignIns, clock: &Clock, code: &str) -> Result<Session, NoSession> {
    // Hashing takes long: not for what cannot be a code.
    if !is_short_code(code) {
        return Err(NoSession::Invalid);
    }
    let place = Place::of(code).await.map_err(|error| NoSession::Fault(error.to_string()))?;
    let link = sign_ins.take_link(&place.name).await?.ok_or(NoSession::Invalid)?;
    let now = clock.now();
    let (access, until) = link.lent.as_deref().and_then(|lent| place.open(lent)).ok_or(NoSession::Invalid)?;
    if link.expires < now || until <= now {
        return Err(NoSession::Invalid);
    }
    Ok(Session { access, expires_in: (until.0 - now.0) / 1000, refresh: String::new() })
}

/// Each key seals one thing.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}
