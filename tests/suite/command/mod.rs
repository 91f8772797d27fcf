//! The `copydesk` command, as people run it.

mod access;
mod copies;
mod folder;
pub mod functions;
mod popularity;
pub mod process;
mod separate;
mod translators;
mod types;
