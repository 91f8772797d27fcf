//! The API, resource by resource.

mod bad_input;
mod changes;
mod drafts;
mod log;
mod messages;
mod releases;
mod structure;
