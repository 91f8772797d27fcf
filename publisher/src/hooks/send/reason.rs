//! Why there was no answer, in words. The address is not among them: its path may be a secret.

use std::error::Error;
use std::io::{self, ErrorKind};

use crate::hooks::guard::Unresolved;

/// What a receiver's certificate says of itself may be of any length.
const LONGEST: usize = 200;

/// The reason in a few words.
pub(super) fn of(error: &reqwest::Error) -> String {
    if let Some(unresolved) = find::<Unresolved>(error) {
        return unresolved.to_string();
    }
    if error.is_timeout() {
        return "there was no connection in time".to_owned();
    }
    let kind = find::<io::Error>(error).map(innermost);
    match kind {
        Some(cause) if cause.kind() == ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
        // That is how tokio-rustls marks what rustls says.
        Some(cause) if error.is_connect() && cause.kind() == ErrorKind::InvalidData => {
            format!("the TLS handshake failed: {cause}").chars().take(LONGEST).collect()
        }
        Some(cause) if error.is_connect() => format!("there was no connection: {}", cause.kind()),
        _ if error.is_connect() => "there was no connection".to_owned(),
        _ => "the connection broke off, or the answer was no HTTP".to_owned(),
    }
}

fn find<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    std::iter::successors(error.source(), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// `source` skips what an `io::Error` wraps.
fn innermost(error: &io::Error) -> &io::Error {
    error.get_ref().and_then(|inner| inner.downcast_ref()).map_or(error, innermost)
}
