//! The outside issuers that are trusted. What could not be secure is refused here, before anything starts.

use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;
use serde::Deserialize;

/// What an issuer's tokens look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuerKind {
    /// A user pool of Amazon Cognito.
    Cognito,
    /// Google, whose ID tokens are carried because its access tokens cannot be read.
    Google,
    /// Anybody whose access tokens are JWTs with an audience: Keycloak, Auth0, Entra ID.
    Generic,
}

/// One outside issuer, from the list in `COPYDESK_ISSUERS`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    /// A short name, the prefix of its subjects: it must never change.
    pub name: String,
    /// Exactly what its tokens say in `iss`.
    pub issuer: String,
    /// What its tokens look like.
    pub kind: IssuerKind,
    /// generic: us, as access tokens name us in `aud`. google: the client ids in `aud` of ID tokens.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// cognito and generic: the clients that sign editors in. google: more clients, for `azp` only.
    #[serde(default)]
    pub clients: Vec<String>,
    /// What the first client proves itself with, where the issuer wants that: Google does.
    #[serde(default)]
    pub secret: Option<ClientSecret>,
}

/// A secret that is never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct ClientSecret(String);

impl ClientSecret {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// The issuers that are trusted; at least one.
#[derive(Clone, Debug)]
pub struct Issuers(Vec<IssuerSettings>);

/// Everything that is wrong with the list.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct IssuersError(Vec<String>);

impl FromStr for Issuers {
    type Err = IssuersError;

    fn from_str(text: &str) -> Result<Self, IssuersError> {
        let issuers: Vec<IssuerSettings> = serde_json::from_str(text)
            .map_err(|error| IssuersError(vec![format!("write a JSON list of issuers: {error}")]))?;
        let mut faults: Vec<String> = issuers.iter().flat_map(IssuerSettings::faults).collect();
        faults.extend(shared(&issuers));
        if issuers.is_empty() {
            faults.push("list at least one issuer, or leave the variable out".to_owned());
        }
        if faults.is_empty() { Ok(Self(issuers)) } else { Err(IssuersError(faults)) }
    }
}

impl IntoIterator for Issuers {
    type Item = IssuerSettings;
    type IntoIter = std::vec::IntoIter<IssuerSettings>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl IssuerSettings {
    /// Where it says where its keys are. A last slash is left out (OpenID Connect Discovery 1.0, 4.1).
    pub(super) fn discovery(&self) -> Option<Url> {
        let issuer = self.issuer.trim_end_matches('/');
        Url::parse(&format!("{issuer}/.well-known/openid-configuration")).ok()
    }

    /// The clients that are accepted.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = &String> {
        self.clients.iter().chain(self.audiences.iter().filter(|_| self.kind == IssuerKind::Google))
    }

    /// The client as which the studio signs people in: the first that may.
    pub(crate) fn client(&self) -> Option<&str> {
        let first = if self.kind == IssuerKind::Google { self.audiences.first() } else { self.clients.first() };
        first.map(String::as_str)
    }

    /// Whether it runs on this very machine.
    pub(super) fn is_local(&self) -> bool {
        Url::parse(&self.issuer).is_ok_and(|url| is_loopback(&url))
    }

    fn faults(&self) -> Vec<String> {
        let address = address_fault(&self.issuer).or_else(|| self.stranger_fault());
        let mut faults: Vec<_> = [self.name_fault(), address].into_iter().flatten().collect();
        faults.extend(self.lists_faults());
        faults.into_iter().map(|fault| format!("issuer {:?}: {fault}", self.name)).collect()
    }

    fn name_fault(&self) -> Option<&'static str> {
        let short = (1..=32).contains(&self.name.len());
        let plain = self.name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if self.name == "local" {
            return Some("name: local is what our own sign-ins are called");
        }
        (!short || !plain).then_some("name: use 1 to 32 of a-z, 0-9 and -")
    }

    /// Google's rules let ID tokens in. Nobody else's should be.
    fn stranger_fault(&self) -> Option<&'static str> {
        let stranger = self.kind == IssuerKind::Google && self.issuer != "https://accounts.google.com";
        (stranger && !self.is_local()).then_some("issuer: of kind google it is https://accounts.google.com")
    }

    fn lists_faults(&self) -> Vec<&'static str> {
        let mut faults = Vec::new();
        if self.audiences.is_empty() && self.kind != IssuerKind::Cognito {
            faults.push("audiences: list at least one, or tokens made for others would open this");
        }
        if !self.audiences.is_empty() && self.kind == IssuerKind::Cognito {
            faults.push("audiences: leave them out, Cognito's access tokens name their client; list it in clients");
        }
        if self.clients.is_empty() && self.kind != IssuerKind::Google {
            faults.push("clients: list at least one client id");
        }
        if self.audiences.iter().chain(&self.clients).any(|name| name.trim().is_empty()) {
            faults.push("audiences and clients: none may be blank");
        }
        let both = self.audiences.iter().any(|audience| self.clients.contains(audience));
        if both && self.kind == IssuerKind::Generic {
            faults.push("audiences: none may be a client id, or ID tokens could not be told from access tokens");
        }
        faults
    }
}

/// Names and addresses that two issuers share.
fn shared(issuers: &[IssuerSettings]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, issuer) in issuers.iter().enumerate() {
        let before = &issuers[..at];
        if before.iter().any(|other| other.name == issuer.name) {
            faults.push(format!("issuer {:?}: another one has this name", issuer.name));
        }
        // Both would be asked at one address, which can only speak for one of them.
        let address = issuer.issuer.trim_end_matches('/');
        if before.iter().any(|other| other.issuer.trim_end_matches('/') == address) {
            faults.push(format!("issuer {:?}: {address} is listed twice", issuer.name));
        }
    }
    faults
}

fn address_fault(issuer: &str) -> Option<&'static str> {
    let Ok(url) = Url::parse(issuer) else { return Some("issuer: write an address such as https://login.example.com") };
    if !issuer.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("issuer: write it without spaces, in ASCII");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("issuer: leave out the user name and password");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Some("issuer: leave out what follows ? and #");
    }
    (!is_secure(&url)).then_some("issuer: use https (http is for this machine only)")
}

/// Whether what comes from there is what was sent: over https, or from this very machine.
pub(super) fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
