//! The embedded S3: objects in a folder.
//!
//! `folder` keeps the objects, `s3` gives them the S3 interface that the SDK speaks.

mod folder;
mod s3;

pub use folder::{Conditions, ObjectError, ObjectFolder, Stored};
pub use s3::client;
