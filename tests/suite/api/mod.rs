//! The API, resource by resource.

mod bad_input;
mod changes;
mod drafts;
mod files;
mod large;
mod log;
mod messages;
mod next;
mod presence;
mod previews;
mod releases;
mod rename;
mod search;
mod site;
mod structure;
mod usage;
