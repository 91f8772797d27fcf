#![doc = include_str!("../README.md")]

pub mod settings;
pub mod table;

pub mod cut;
pub mod erasure;
pub mod reader;

pub mod messages;
pub mod presence;
pub mod publishing;
pub mod sign_ins;
pub mod writer;

pub use messages::Messages;
pub use presence::Presence;
pub use publishing::Publishing;
pub use reader::Reader;
pub use sign_ins::SignIns;
pub use table::{StoreError, Table};
pub use writer::{Expect, Op, WriteError, Writer};
