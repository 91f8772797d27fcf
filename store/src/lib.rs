#![doc = include_str!("../README.md")]

pub mod settings;
pub mod table;

pub mod cut;
pub mod reader;

pub mod publishing;
pub mod writer;

pub use publishing::Publishing;
pub use reader::Reader;
pub use table::{StoreError, Table};
pub use writer::{Expect, Op, WriteError, Writer};
