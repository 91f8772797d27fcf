//! Reading one log into the counts.

use std::io::{self, BufRead};

use crate::Views;
use crate::format::{Format, Parsed, Parser};
use crate::lines::Lines;

/// After as many lines that are of no known format, the file is taken for something else.
const UNKNOWN_LINES: u64 = 100;

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The format; `None` when the log is empty.
    pub format: Option<Format>,
    /// All lines.
    pub lines: u64,
    /// Those that were views.
    pub counted: u64,
    /// Those that could not be read: broken, not UTF-8, longer than 64 KiB. The rest were other requests.
    pub skipped: u64,
}

/// Why a log could not be read. What was counted before stays counted.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It could not be read further.
    #[error("the log cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is something else.
    #[error(
        "this is no access log that is known: give CloudFront's standard logs (JSON, W3C or plain, unpacked, with \
         the fields cs-uri-stem and sc-status), or Apache's and nginx's combined format"
    )]
    Unknown,
}

/// Reads the views in a log, and gives each to `seen`. It holds one line at a time.
pub fn read<V: Views>(log: impl BufRead, views: &V, mut seen: impl FnMut(V::View)) -> Result<Read, ReadError> {
    let mut lines = Lines::new(log);
    let mut parser = Parser::default();
    let mut read = Read::default();
    while let Some(line) = lines.next()? {
        read.lines += 1;
        match line.text().map_or(Parsed::Bad, |line| parser.parse(line)) {
            Parsed::Request(request) => {
                for view in views.views(&request) {
                    seen(view);
                    read.counted += 1;
                }
            }
            Parsed::Nothing => {}
            Parsed::Bad => read.skipped += 1,
        }
        read.format = parser.format();
        if read.format.is_none() && read.lines >= UNKNOWN_LINES {
            return Err(ReadError::Unknown);
        }
    }
    // Something was there, and none of it could be read.
    if read.format.is_none() && read.skipped > 0 { Err(ReadError::Unknown) } else { Ok(read) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Beacons, Counts};
    use copydesk_schema::PageId;

    fn read_all(log: &[u8]) -> (Result<Read, ReadError>, Counts<PageId>) {
        let mut counts = Counts::default();
        (read(log, &Beacons::of(&"acme".parse().unwrap()), |view| counts.add(view)), counts)
    }

    #[test]
    fn views_are_counted_and_broken_lines_skipped() {
        let endless = "x".repeat(70_000);
        let log = format!(
            "broken\n{{\"cs-uri-stem\":\"/acme/seen.json\",\"cs-uri-query\":\"page=a&from=b\",\"sc-status\":\"200\"}}\n{endless}\n\
             {{\"cs-uri-stem\":\"/acme/live.json\",\"sc-status\":\"200\"}}\n\n"
        );
        let (found, counts) = read_all(log.as_bytes());
        let expect = Read { format: Some(Format::Json), lines: 5, counted: 1, skipped: 2 };
        assert_eq!(found.unwrap(), expect);
        assert_eq!(counts.views(), 1);
    }

    #[test]
    fn what_is_no_log_is_said_to_be_none() {
        assert_eq!(read_all(b"").0.unwrap(), Read::default());
        assert_eq!(read_all(b"#Version: 1.0\n").0.unwrap(), Read { lines: 1, ..Read::default() });
        assert!(matches!(read_all(b"\x1f\x8b\x08").0, Err(ReadError::Unknown)));
        assert!(matches!(read_all("x\n".repeat(1000).as_bytes()).0, Err(ReadError::Unknown)));
    }

    /// Bytes changed, put in and taken out at random (xorshift, always the same).
    #[test]
    fn broken_lines_never_panic() {
        let seeds = [
            r#"{"cs-uri-stem":"/acme/seen.json","cs-uri-query":"page=a&from=b","sc-status":"204","cs(Referer)":"\u00e9","x":[{"y":1}]}"#,
            "#Fields: cs-uri-stem cs-uri-query sc-status cs(Referer)\n/acme/seen.json\tpage=a\t200\t-",
            r#"192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET /acme/seen.json?page=\"é HTTP/1.1" 200 5 "http://a.example/b" "M\\""#,
        ];
        let mut random = 1_u64;
        let mut below = |most: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % most as u64).unwrap()
        };
        for round in 0..20_000 {
            let mut log = seeds[round % seeds.len()].repeat(2).into_bytes();
            for _ in 0..below(6) {
                let at = below(log.len());
                match below(3) {
                    0 => log[at] = u8::try_from(below(256)).unwrap(),
                    1 => log.insert(at, b"\"\\ \t\n\xff-/?#[]:"[below(13)]),
                    _ => drop(log.drain(at..)),
                }
                log.push(b'\n');
            }
            let _read = read_all(&log);
            let _documents = read(&log[..], &crate::Documents::of("a.example"), drop);
            let _host = crate::Documents::host_in(&log[..]).unwrap();
        }
    }
}
