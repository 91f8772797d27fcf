//! The API, resource by resource.

mod bad_input;
mod changes;
mod drafts;
mod large;
mod log;
mod messages;
mod next;
mod releases;
mod search;
mod site;
mod structure;
