//! Why a token is not accepted.

use super::settings::IssuerSettings;

/// Makes the list of reasons. None of them carries anything, so that no part of a token reaches a log.
macro_rules! reasons {
    ($($name:ident $text:literal;)*) => {
        /// Why a token is not accepted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $(#[doc = $text] $name,)*
        }

        impl std::fmt::Display for Reason {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$name => $text,)* })
            }
        }
    };
}

reasons! {
    TooLong "the token is longer than 8 KiB";
    Form "the token does not have three parts of base64url, the first two of them JSON objects";
    Type "the token's header names another type than JWT or at+jwt";
    Algorithm "the token's algorithm is not RS256, ES256 or EdDSA";
    KeyInHeader "the token's header brings a key or says where to find one";
    Critical "the token's header demands an extension";
    NoKeyId "the token's header has no key id";
    Issuer "no issuer of that name is trusted";
    UnknownKey "the issuer has no usable key of that id";
    Asked "the key is not known, and the issuer was asked for it a moment ago";
    Unreachable "the key is not known, and the issuer does not give its keys";
    KeyType "the token's algorithm is not that of its key";
    Signature "the signature is wrong";
    NotATime "exp, nbf or iat is not a number of seconds";
    NoExpiry "exp is missing";
    Expired "the token has expired";
    TooEarly "the token is not valid yet";
    FromTheFuture "the token was issued in the future";
    Subject "sub is not 1 to 255 printable ASCII characters";
    Audience "aud does not name us";
    Party "azp names a client that is not listed";
    Client "client_id is not listed";
    NotAccess "it is not an access token";
    NotIdentity "it is not an ID token";
    OtherSubject "the ID token is somebody else's";
}

/// A token that is not accepted. For the server's own log: it names the issuer as the settings do, and nothing
/// that the token says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", .issuer.as_ref().map(|name| format!("{name}: ")).unwrap_or_default())]
pub struct Rejected {
    /// The issuer's name in the settings, once it is known.
    pub issuer: Option<String>,
    /// Why.
    pub reason: Reason,
}

impl Rejected {
    pub(super) fn by(issuer: &IssuerSettings, reason: Reason) -> Self {
        Self { issuer: Some(issuer.name.clone()), reason }
    }

    /// Nothing is wrong with the token as far as we can tell: trying again in some seconds may help.
    pub fn is_temporary(&self) -> bool {
        matches!(self.reason, Reason::Asked | Reason::Unreachable)
    }
}

impl From<Reason> for Rejected {
    fn from(reason: Reason) -> Self {
        Self { issuer: None, reason }
    }
}
