//! Which pages are likely to be seen next, from access logs: what the site script fetches in advance.
//!
//! ```text
//! lines --format--> Request --Views--> View --Counts--> likely next pages
//! 64 KiB   one line,           a page and the     bounded, can be
//! each     nothing owned       one before it      merged
//! ```
//!
//! Nothing of a person is kept: address, user and cookies are never taken out of the line; the user
//! agent is looked at where it stands, to leave robots out; two requests are linked only by what one
//! line says itself, the page before.

mod beacons;
mod counts;
mod documents;
mod format;
mod lines;
mod packed;
mod read;
mod robots;
pub mod simulate;

pub use beacons::{AllBeacons, Beacons};
pub use counts::Counts;
pub use documents::Documents;
pub use format::{Format, Request};
pub use packed::unpacked;
pub use read::{Read, ReadError, read};

/// One view of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct View<P> {
    /// What was seen.
    pub page: P,
    /// The page that led there, when there was one.
    pub previous: Option<P>,
}

/// Which requests are views.
pub trait Views {
    /// What they are called.
    type View;

    /// The views that a request stands for; mostly none.
    fn views(&self, request: &Request<'_>) -> Vec<Self::View>;
}
