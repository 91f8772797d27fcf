//! Who is let in, and by what.

use std::net::Ipv6Addr;

use crate::limits::{EMAIL_CHARS, SUBJECT_CHARS};

super::checked_name! {
    /// Somebody who signs in: the issuer's name, a colon, and what the issuer calls them. `owner` has
    /// the data folder or the owner token.
    Subject, "subject", "google:110169484474386276334", "^[!-~]+$", SUBJECT_CHARS, subject
}

super::checked_name! {
    /// An e-mail address in lower case, as an issuer verified it or an admin typed it. ASCII only: making other
    /// letters small can turn one address into another.
    Email, "e-mail address", "ada@example.com", "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", EMAIL_CHARS, email
}

super::checked_name! {
    /// A scheme, a host and, where it is not the scheme's own, a port: what browsers send as `Origin`.
    Origin, "origin", "https://www.example.com", "^https?://[^/\\s]+$", 300, origin
}

super::checked_name! {
    /// Names an API token in lists and logs. It is no secret.
    TokenId, "token id", "k3v9x0q2m7t4", "^[0-9a-hjkmnp-tv-z]{12}$", SHORT, short
}

super::checked_name! {
    /// Names an invitation.
    InvitationId, "invitation id", "k3v9x0q2m7t4", "^[0-9a-hjkmnp-tv-z]{12}$", SHORT, short
}

super::checked_name! {
    /// Names a webhook.
    HookId, "webhook id", "k3v9x0q2m7t4", "^[0-9a-hjkmnp-tv-z]{12}$", SHORT, short
}

/// Characters of a short name.
const SHORT: usize = 12;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes 12 characters of a random number.
fn spell(mut random: u64) -> String {
    let mut text = String::with_capacity(SHORT);
    for _ in 0..SHORT {
        text.push(char::from(ALPHABET[usize::try_from(random % 32).unwrap_or_default()]));
        random /= 32;
    }
    text
}

impl Email {
    /// What stands for an address that the reader may not see.
    pub fn hidden() -> Self {
        Self("hidden@hidden.invalid".into())
    }
}

macro_rules! random_name {
    ($name:ident) => {
        impl $name {
            /// A new name from a random number.
            pub fn from_random(random: u64) -> Self {
                Self(spell(random).into())
            }
        }
    };
}
random_name!(TokenId);
random_name!(InvitationId);
random_name!(HookId);

fn short(text: &str) -> Result<&str, String> {
    if text.len() == SHORT && text.bytes().all(|byte| ALPHABET.contains(&byte)) {
        return Ok(text);
    }
    Err(format!("it has {SHORT} lower-case letters and digits, as the list of them shows it"))
}

fn subject(text: &str) -> Result<&str, String> {
    // `{`, `|` and `}` sort where ranges end, `#` separates keys.
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    if plain && (1..=SUBJECT_CHARS).contains(&text.len()) {
        return Ok(text);
    }
    Err(format!("it has 1 to {SUBJECT_CHARS} printable ASCII characters without blanks, as GET /v1/me shows it"))
}

fn email(text: &str) -> Result<String, String> {
    let remedy = || format!("write it like ada@example.com, in ASCII, at most {EMAIL_CHARS} characters");
    let (name, host) = text.rsplit_once('@').ok_or_else(remedy)?;
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
    };
    let framed = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    if plain(name) && plain(host) && framed && text.chars().count() <= EMAIL_CHARS {
        return Ok(text.to_ascii_lowercase());
    }
    Err(remedy())
}

fn origin(text: &str) -> Result<&str, String> {
    let remedy = "write it as browsers do: https://www.example.com or http://localhost:3000, in lower case, without a path and without the port that the scheme has anyway";
    let parts = text.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"));
    let Some((scheme, rest)) = parts else { return Err(remedy.to_owned()) };
    let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (address, port.strip_prefix(':').or(port.is_empty().then_some(""))),
        None => rest
            .split_once(':')
            .map_or((rest, Some("")), |(host, port)| (host, Some(port).filter(|port| !port.is_empty()))),
    };
    let Some(port) = port else { return Err(remedy.to_owned()) };
    let usual = if scheme == "https" { "443" } else { "80" };
    let number = port.is_empty() || (port != usual && !port.starts_with('0') && port.parse::<u16>().is_ok());
    let named =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b));
    let is_v6 = rest.starts_with('[') && host.parse::<Ipv6Addr>().is_ok_and(|address| address.to_string() == host);
    if number && (named || is_v6) { Ok(text) } else { Err(remedy.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_exactly_what_a_browser_sends() {
        for good in ["https://www.example.com", "http://localhost:3000", "https://a.b:8443", "http://[::1]:8080"] {
            assert_eq!(good.parse::<Origin>().map(|origin| origin.to_string()).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "*",
            "null",
            "example.com",
            "https://",
            "https://a.b/",
            "https://a.b/c",
            "https://A.b",
            "https://a.b:443",
            "http://a.b:80",
            "https://a.b:",
            "https://a.b:0",
            "https://a.b:99999",
            "ftp://a.b",
            "https://u@a.b",
            "https://*.example.com",
            "https://a.b?c",
            "http://[::1",
            "http://[0:0::1]",
            "https://a.b ",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_typed() {
        assert_eq!(
            "Ada.Lovelace@Example.COM".parse::<Email>().map(|email| email.to_string()).as_deref(),
            Ok("ada.lovelace@example.com")
        );
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a b@example.com",
            "ada@.com",
            "ada@example.com\n<x>",
            "\u{212a}ate@example.com",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn random_names_are_names() {
        for random in [0, 1, u64::MAX, 0x1234_5678_9abc_def0] {
            let name = TokenId::from_random(random);
            assert_eq!(name.as_str().parse(), Ok(name));
        }
    }
}
