#![doc = include_str!("../README.md")]

pub mod data;

pub mod engines;

pub mod delivery;

pub mod demo;

pub mod system;

pub mod process;

pub mod backup;

pub use data::{DataError, DataFolder};
pub use delivery::{Delivery, ViewLog};
pub use system::{Running, System};
