//! Lines of a log, never more than one of them in memory.

use std::io::{self, BufRead, Read as _};

/// The most bytes of a line. CloudFront logs no request with headers of more than 20 KB or an address of
/// more than 8,192 bytes; encoded they may be three times as long.
pub(crate) const LINE_BYTES: usize = 64 * 1024;

/// A line, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'l> {
    Text(&'l str),
    /// Too long, or not UTF-8.
    Unreadable,
}

impl<'l> Line<'l> {
    /// The text, if it is one.
    pub(crate) fn text(self) -> Option<&'l str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unreadable => None,
        }
    }
}

/// The lines of a log.
pub(crate) struct Lines<R> {
    reader: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, line: Vec::new() }
    }

    /// The next line; `None` at the end of the log.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        // Room for the end of the line: \r\n.
        let most = LINE_BYTES + 2;
        let read = self.reader.by_ref().take(most as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        let ended = self.line.ends_with(b"\n");
        if !ended && read == most {
            self.reader.skip_until(b'\n')?;
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = std::str::from_utf8(line).ok().filter(|_| line.len() <= LINE_BYTES);
        Ok(Some(text.map_or(Line::Unreadable, Line::Text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(log: &[u8], expect: &[Option<&str>]) {
        // A reader with a small buffer, so that lines lie across its borders.
        let mut lines = Lines::new(io::BufReader::with_capacity(7, log));
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push(line.text().map(str::to_owned));
        }
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn lines_end_in_either_way() {
        check(b"", &[]);
        check(b"one\ntwo\r\n\nthree", &[Some("one"), Some("two"), Some(""), Some("three")]);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        check(b"one\n\xff\xfe\nthree\n", &[Some("one"), None, Some("three")]);
        let longest = "a".repeat(LINE_BYTES);
        check(format!("{longest}\r\nb\n").as_bytes(), &[Some(&longest), Some("b")]);
        check(format!("{longest}a\nb\n").as_bytes(), &[None, Some("b")]);
        check(format!("{longest}{longest}{longest}\nb").as_bytes(), &[None, Some("b")]);
        check(format!("b\n{longest}{longest}").as_bytes(), &[Some("b"), None]);
    }
}
