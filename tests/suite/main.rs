//! Whole-system tests: the real server, publisher, delivery and command on real engines.
//!
//! `COPYDESK_TEST_ENGINE` chooses the engines (see `support::engines`).
#![expect(unreachable_pub, reason = "nothing here is public")]
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on has failed; stories are long"
)]

mod support;

mod access;

mod aws;

mod api;

mod delivery;

mod promises;

mod browser;

mod command;

mod migrations;
