#![doc = include_str!("../README.md")]

pub mod settings;
pub mod start;
pub mod state;

pub mod router;

pub mod access;
pub mod oidc;

mod routes;

mod checks;
mod structures;
mod texts;

mod extract;
mod paging;
mod preconditions;

pub mod problem;

pub mod delivered;

pub mod trial;

pub use access::{Access, Links, OwnerToken};
pub use router::{openapi, router};
pub use settings::ServerSettings;
pub use state::{App, Parts, Patience};
