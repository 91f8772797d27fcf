#![doc = include_str!("../README.md")]

// What things are called.
pub mod ids;
pub mod limits;
pub mod timestamp;

// What people write, and what it means.
pub mod message;
pub mod pattern;

// What happens to a project, and what that makes of it.
pub mod access;
pub mod change;
pub mod event;
pub mod structure;
pub mod usage;

// What a project says, as far as it was read.
pub mod copies;
pub mod flatten;

// What is asked of the publisher and what it makes.
pub mod release;

// Where things are kept and how they are delivered.
pub mod delivered;
pub mod objects;
pub mod sources;
pub mod table;

// Who is told.
pub mod hooks;

// How copy comes in and goes out.
pub mod formats;

pub use access::{Credential, Grant, Role};
pub use change::{Change, EntryInfo, Kind, LocaleInfo, PageInfo, Settings};
pub use event::{Actor, Event};
pub use ids::{
    Email, EntryKey, HookId, Invalid, InvitationId, Locale, Origin, PageId, ProjectId, ReleaseNumber, Seq, Subject,
    Switch, TokenId,
};
pub use pattern::Pattern;
pub use structure::{Refusal, Structure};
pub use timestamp::Timestamp;
pub use usage::Quotas;
