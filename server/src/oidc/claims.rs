//! What a token says, of whom, and when it counts.

use std::time::Duration;

use copydesk_schema::Timestamp;
use serde_json::{Map, Value};

use super::Identity;
use super::rejected::Reason;
use super::settings::{IssuerKind, IssuerSettings};

/// How far two clocks may be apart.
const LEEWAY: u64 = 60_000;
/// A token that is issued later than this was made by a clock that cannot be trusted with `exp` either.
const FAR_FUTURE: u64 = 5 * LEEWAY;
/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 100;
/// The longest address (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// Where a name to show is looked for.
const NAMES: [&str; 4] = ["name", "preferred_username", "cognito:username", "username"];

/// The claims of a token.
pub(super) struct Claims(pub(super) Map<String, Value>);

impl Claims {
    /// A claim that is a string.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Whether the claim is there, whatever it is.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether the claim is absent or this string: `null` and numbers are neither.
    pub(super) fn absent_or(&self, name: &str, text: &str) -> bool {
        self.0.get(name).is_none_or(|value| value == text)
    }

    /// The audiences: one, or a list of nothing but strings.
    pub(super) fn audiences(&self) -> Result<Vec<&str>, Reason> {
        match self.0.get("aud") {
            Some(Value::String(one)) => Ok(vec![one]),
            Some(Value::Array(many)) => many.iter().map(|one| one.as_str().ok_or(Reason::Audience)).collect(),
            _ => Err(Reason::Audience),
        }
    }

    /// Whether the token counts at this moment, and until when.
    pub(super) fn check_times(&self, now: Timestamp) -> Result<Timestamp, Reason> {
        let expires = self.time("exp")?.ok_or(Reason::NoExpiry)?;
        if now >= expires.plus_millis(LEEWAY) {
            return Err(Reason::Expired);
        }
        if self.time("nbf")?.is_some_and(|from| from > now.plus_millis(LEEWAY)) {
            return Err(Reason::TooEarly);
        }
        if self.time("iat")?.is_some_and(|issued| issued > now.plus_millis(FAR_FUTURE)) {
            return Err(Reason::FromTheFuture);
        }
        Ok(expires)
    }

    fn time(&self, name: &str) -> Result<Option<Timestamp>, Reason> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let seconds = value.as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let millis = seconds.and_then(|seconds| u64::try_from(seconds.as_millis()).ok());
        millis.map(|millis| Some(Timestamp(millis))).ok_or(Reason::NotATime)
    }

    /// Whom the token names.
    pub(super) fn identity(&self, issuer: &IssuerSettings, expires: Timestamp) -> Result<Identity, Reason> {
        let sub = self.text("sub").filter(|sub| is_subject(sub)).ok_or(Reason::Subject)?;
        let email = self.verified_email(issuer.kind);
        let name = NAMES.iter().filter_map(|name| self.text(name)).map(showable).find(|name| !name.is_empty());
        // Members see each other's names, not each other's addresses.
        let before_at = |email: &String| email.split('@').next().unwrap_or_default().to_owned();
        let name = name.or_else(|| email.as_ref().map(before_at)).unwrap_or_else(|| showable(sub));
        Ok(Identity { subject: format!("{}:{sub}", issuer.name), name, email, expires })
    }

    fn verified_email(&self, kind: IssuerKind) -> Option<String> {
        let verified = match self.0.get("email_verified") {
            Some(Value::Bool(verified)) => *verified,
            // Cognito keeps attributes as strings, and some tokens show them so.
            Some(Value::String(verified)) => kind == IssuerKind::Cognito && verified == "true",
            _ => false,
        };
        let email = self.text("email").filter(|email| verified && is_email(email))?;
        Some(email.to_ascii_lowercase())
    }
}

fn is_subject(sub: &str) -> bool {
    (1..=255).contains(&sub.len()) && sub.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_email(email: &str) -> bool {
    let parts = email.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    parts.is_some() && email.len() <= LONGEST_EMAIL && !email.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// A name without what would spoil the line that it is shown in.
fn showable(name: &str) -> String {
    let harmless = |c: &char| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(harmless).take(LONGEST_NAME).collect();
    name.trim().to_owned()
}
