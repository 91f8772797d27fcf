//! The table: its keys and its items.

pub mod items;
pub mod keys;

pub use items::*;
pub use keys::{Key, KeyRange, attributes};
