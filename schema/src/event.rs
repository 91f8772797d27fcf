//! One line of the log.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Change, Seq, Timestamp};

/// Who did something: a subject, later with a name and a kind of credential.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Actor(pub String);

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
