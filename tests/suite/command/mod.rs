//! The `copydesk` command, as people run it.

mod copies;
mod folder;
pub mod process;
mod separate;
mod translators;
