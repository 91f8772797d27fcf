//! Logs as they lie around: packed or not.

use std::io::{self, BufRead, BufReader};

use flate2::bufread::MultiGzDecoder;

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The lines of a log, whether it is packed (gzip) or not.
pub fn unpacked<'l>(mut log: impl BufRead + 'l) -> io::Result<Box<dyn BufRead + 'l>> {
    Ok(if log.fill_buf()?.starts_with(&GZIP) {
        Box::new(BufReader::new(MultiGzDecoder::new(log)))
    } else {
        Box::new(log)
    })
}
