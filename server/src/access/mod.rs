//! Who is asking, and whether they may.
//!
//! A request's way: `guard` finds the route's rule in `rules` (the only authorisation there is),
//! recognises the caller (`callers`: the owner's token, an API token, a sign-in by link or by an
//! outside issuer), looks up what they may do in the project (`grants`), and lets the request
//! through with an [`Actor`](copydesk_schema::Actor) for the log. `links` is the small issuer of the
//! local default, `loans` hands the token of an outside issuer to another window, `limits` counts requests, `origins` says which sites may ask from a browser.

pub mod callers;
pub mod grants;
pub mod limits;
pub mod links;
pub mod rules;

pub(crate) mod guard;
pub(crate) mod invitations;
pub(crate) mod loans;
pub(crate) mod origins;
pub(crate) mod secrets;

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::Arc;

use copydesk_schema::Origin;

pub use callers::OwnerToken;
pub use limits::{Rate, Rates};
pub use links::Links;

use crate::oidc::Oidc;
use callers::Caller;
use grants::Kept;
use limits::Limits;

/// How people sign in.
#[derive(Clone)]
pub enum SignIn {
    /// By links that we hand out ourselves: the local default.
    Links(Arc<Links>),
    /// At outside issuers; our own links are off.
    Issuers(Oidc),
    /// Nobody does: there is only the owner's token.
    None,
}

/// Who may create projects, besides the owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Creators {
    /// Nobody.
    #[default]
    Owner,
    /// Everybody who can sign in.
    Anyone,
    /// These subjects and verified addresses.
    Some(BTreeSet<String>),
}

impl FromStr for Creators {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.trim() {
            "owner" => Self::Owner,
            "anyone" => Self::Anyone,
            list => Self::Some(list.split(',').map(|one| one.trim().to_owned()).collect()),
        })
    }
}

impl Creators {
    /// Whether somebody is among them.
    pub(crate) fn include(&self, caller: &Caller) -> bool {
        let named = |some: &BTreeSet<String>| {
            let email = caller
                .email
                .as_ref()
                .is_some_and(|email| some.iter().any(|one| one.eq_ignore_ascii_case(email.as_str())));
            email || some.contains(caller.subject.as_str())
        };
        caller.is_owner()
            || match self {
                Self::Owner => false,
                Self::Anyone => true,
                Self::Some(some) => named(some),
            }
    }
}

/// What decides about access. Cheap to clone.
#[derive(Clone)]
pub struct Access {
    /// The token that opens everything, if there is one.
    pub owner: Option<OwnerToken>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// Who may create projects.
    pub creators: Creators,
    /// Sites whose pages may use the whole API: where the studio is served from, if not from here.
    pub studios: BTreeSet<Origin>,
    /// What was looked up lately.
    pub kept: Kept,
    /// How much anybody may ask.
    pub limits: Arc<Limits>,
}
