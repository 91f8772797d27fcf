//! What tests stand on.

pub mod client;
pub mod engines;
pub mod faults;
pub mod issuer;
pub mod receiver;
pub mod runtime;
pub mod system;
pub mod temp;

use std::time::{Duration, Instant};

pub use client::Client;
pub use system::TestSystem;
pub use temp::TempFolder;

/// How long anything may take before a test fails.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Looks until `look` finds something; fails after [`DEADLINE`].
#[track_caller]
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < DEADLINE, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The same, asynchronously.
pub async fn soon<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < DEADLINE, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
