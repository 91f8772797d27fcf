//! One line of the log.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Change, Credential, Seq, Timestamp};

/// Who did something, by what they were recognised, and in which request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(from = "StoredActor")]
pub struct Actor {
    /// The person, or the token's id.
    pub subject: String,
    /// The name that people see.
    pub name: String,
    /// By what they were recognised.
    pub credential: Credential,
    /// The request, as the server's own log and the answer's `x-request-id` name it.
    pub request: String,
}

/// What was stored before there was anybody but the owner: a bare name.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredActor {
    Name(String),
    Actor { subject: String, name: String, credential: Credential, request: String },
}

impl From<StoredActor> for Actor {
    fn from(stored: StoredActor) -> Self {
        match stored {
            StoredActor::Name(name) => {
                Self { subject: name.clone(), name, credential: Credential::Owner, request: String::new() }
            }
            StoredActor::Actor { subject, name, credential, request } => Self { subject, name, credential, request },
        }
    }
}

/// One change of a project as the log keeps it, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its place in the log.
    pub seq: Seq,
    /// The event before this one that concerned the same thing; 0 for its first.
    pub prev: Seq,
    /// When it was committed.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// What the client called this save, so that its retry is recognised.
    pub save_id: String,
    /// What happened.
    pub change: Change,
}
