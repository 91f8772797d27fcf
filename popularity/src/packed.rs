//! Logs as they lie around: packed or not.

use std::io::{self, BufRead, BufReader, Cursor, Read as _};

use flate2::bufread::MultiGzDecoder;

/// What gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The lines of a log, whether it is packed (gzip) or not.
pub fn unpacked<'l>(mut log: impl BufRead + 'l) -> io::Result<Box<dyn BufRead + 'l>> {
    let mut start = Vec::new();
    log.by_ref().take(GZIP.len() as u64).read_to_end(&mut start)?;
    let is_packed = start == GZIP;
    let log = Cursor::new(start).chain(log);
    Ok(if is_packed { Box::new(BufReader::new(MultiGzDecoder::new(log))) } else { Box::new(log) })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn logs_are_read_packed_or_not_however_they_come() {
        let two = [packed("one\n"), packed("two\n")].concat();
        for (log, expected) in [(two, "one\ntwo\n"), (b"one\n".to_vec(), "one\n"), (vec![], ""), (vec![0x1f], "\u{1f}")]
        {
            for at_once in [1, 4096] {
                let mut text = String::new();
                unpacked(BufReader::with_capacity(at_once, &log[..])).unwrap().read_to_string(&mut text).unwrap();
                assert_eq!(text, expected);
            }
        }
    }
}
