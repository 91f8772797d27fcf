//! Where webhooks may go. An address is typed by an admin and called from inside our network:
//! without a guard, it would be a way to reach what only we can reach.

use std::net::IpAddr;

use url::{Host, Url};

use super::addresses::is_allowed;

/// The longest address, as typed and as saved.
const LONGEST: usize = 2_000;
/// The longest name that the domain name system knows, and the longest part of one.
const NAME: usize = 253;
const LABEL: usize = 63;
/// Below are other services' ports (mail, shells, directories): nobody receives webhooks there, and
/// we are not to be used to knock on them.
const FREE_PORTS: u16 = 1_024;
/// Endings that do not lead into the public internet. What other names lead to is judged when it is known.
const INSIDE: [&str; 15] = [
    "alt",
    "arpa",
    "corp",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Which addresses a webhook may be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// https to public addresses only.
    Public,
    /// Also http(s) to this machine's own loopback addresses: the local default.
    PublicAndLoopback,
}

/// Why an address cannot be a webhook's, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// More than 2,000 bytes.
    #[error("the address has more than {LONGEST} bytes; shorten it")]
    TooLong,
    /// Characters that parsers drop or read as others.
    #[error(
        "the address has a blank, a control character or a backslash; remove it, or write it as %20, %5C and so on"
    )]
    Characters,
    /// No address at all.
    #[error("this is no web address ({0}); write one such as https://hooks.example.com/copydesk")]
    Unreadable(#[from] url::ParseError),
    /// Another scheme than https.
    #[error("the address does not begin with https://; webhooks are sent over https only")]
    NotHttps,
    /// A user or a password.
    #[error("the address has a user name or a password before an @; remove it and check the signature instead")]
    UserInfo,
    /// Something behind a `#`.
    #[error("the address has a part behind #, which is never sent; remove it")]
    Fragment,
    /// A port of another service.
    #[error("port {0} belongs to other services; use 443, or one from {FREE_PORTS}")]
    Port(u16),
    /// A host that no name in the domain name system can be.
    #[error("{0} is no complete host name; write one such as hooks.example.com, without a dot at its end")]
    Name(String),
    /// A host that only some network knows.
    #[error("{0} is a name within a network; use one that everybody on the internet can reach")]
    Inside(String),
    /// An address that is not everybody's to reach.
    #[error("{0} is not a public address; use one that everybody on the internet can reach")]
    Address(IpAddr),
}

/// Checks an address as an admin typed it, before it is saved: says what to change. What it returns is what is
/// saved and called, never the text: two parsers may read one text as two hosts.
pub fn check_url(text: &str, reach: Reach) -> Result<Url, Refused> {
    if text.len() > LONGEST {
        return Err(Refused::TooLong);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(Refused::Characters);
    }
    let url = Url::parse(text)?;
    if url.as_str().len() > LONGEST {
        return Err(Refused::TooLong);
    }
    let loopback = reach == Reach::PublicAndLoopback && is_loopback(&url);
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        _ => return Err(Refused::NotHttps),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::UserInfo);
    }
    if url.fragment().is_some() {
        return Err(Refused::Fragment);
    }
    // The scheme's own port is none.
    if let Some(port) = url.port().filter(|port| *port < FREE_PORTS) {
        return Err(Refused::Port(port));
    }
    if !loopback {
        check_host(&url)?;
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn check_host(url: &Url) -> Result<(), Refused> {
    match url.host() {
        Some(Host::Domain(name)) => check_name(name),
        Some(Host::Ipv4(address)) => check_address(address.into()),
        Some(Host::Ipv6(address)) => check_address(address.into()),
        None => Err(Refused::Unreadable(url::ParseError::EmptyHost)),
    }
}

fn check_address(address: IpAddr) -> Result<(), Refused> {
    if is_allowed(address, Reach::Public) { Ok(()) } else { Err(Refused::Address(address)) }
}

fn check_name(name: &str) -> Result<(), Refused> {
    if name.len() > NAME || !name.split('.').all(is_label) {
        return Err(Refused::Name(name.to_owned()));
    }
    match name.rsplit_once('.') {
        Some((_, ending)) if !INSIDE.contains(&ending) => Ok(()),
        _ => Err(Refused::Inside(name.to_owned())),
    }
}

/// Only what every parser reads alike: the name goes through reqwest's parser too.
fn is_label(label: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    !label.is_empty() && label.len() <= LABEL && label.bytes().all(known)
}
