//! Who is asking. Until people can sign in there is one owner, whose token opens everything.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use copydesk_schema::Actor;
use http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::problem::{Kind, Problem};
use crate::state::App;

/// The hash of the owner's token: the token itself is not kept.
#[derive(Clone)]
pub struct OwnerToken([u8; 32]);

impl OwnerToken {
    /// Remembers a token.
    pub fn new(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    fn is(&self, token: &str) -> bool {
        self.0.ct_eq(&Self::new(token).0).into()
    }
}

/// The owner, as the log names them.
pub(crate) const OWNER: &str = "owner";

/// Lets only those through who carry the owner's token.
pub(crate) async fn require_owner(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| header.strip_prefix("Bearer "));
    if !token.is_some_and(|token| app.owner.is(token)) {
        return Err(Problem::new(Kind::Unauthorized, "send the header Authorization: Bearer, with a valid token"));
    }
    request.extensions_mut().insert(Actor(OWNER.to_owned()));
    Ok(next.run(request).await)
}
