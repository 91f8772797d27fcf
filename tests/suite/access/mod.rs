//! Who may do what.

mod browsers;
mod erasure;
mod issuers;
mod log;
mod matrix;
mod members;
mod rates;
mod sessions;
mod tokens;
mod webhooks;
