#![doc = include_str!("../README.md")]

pub mod clock;
pub mod http;
pub mod logs;
pub mod metrics;
pub mod resolver;
pub mod settings;
pub mod shutdown;

pub use clock::Clock;
pub use settings::Settings;
pub use tokio_util::sync::CancellationToken;
