//! Byte ranges: one at a time. Several at once are answered with everything, as RFC 9110 allows.

use http::HeaderValue;

/// What the client wants of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    /// From the first to the last byte, both included.
    Part(usize, usize),
    /// A range outside the bytes.
    Nothing,
}

/// Reads `Range` for `length` bytes.
pub(super) fn wanted(header: Option<&HeaderValue>, length: usize, applies: bool) -> Wanted {
    let text = header.and_then(|value| value.to_str().ok()).and_then(|text| text.strip_prefix("bytes="));
    let Some((from, to)) = text.filter(|_| applies).and_then(|text| text.split_once('-')) else { return Wanted::All };
    match (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
        (Ok(from), _) if from >= length => Wanted::Nothing,
        (Ok(from), Ok(to)) if from <= to => Wanted::Part(from, to.min(length - 1)),
        (Ok(from), Err(_)) if to.trim().is_empty() => Wanted::Part(from, length - 1),
        (Err(_), Ok(0)) if from.trim().is_empty() => Wanted::Nothing,
        (Err(_), Ok(last)) if from.trim().is_empty() && length > 0 => {
            Wanted::Part(length.saturating_sub(last), length - 1)
        }
        _ => Wanted::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        let cases = [
            ("bytes=0-0", Wanted::Part(0, 0)),
            ("bytes=2-100", Wanted::Part(2, 9)),
            ("bytes=5-", Wanted::Part(5, 9)),
            ("bytes=-3", Wanted::Part(7, 9)),
            ("bytes=-30", Wanted::Part(0, 9)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-1,3-4", Wanted::All),
            ("lines=1-2", Wanted::All),
        ];
        for (text, expected) in cases {
            assert_eq!(wanted(Some(&HeaderValue::from_static(text)), 10, true), expected, "{text}");
        }
        assert_eq!(wanted(Some(&HeaderValue::from_static("bytes=0-0")), 10, false), Wanted::All);
        assert_eq!(wanted(Some(&HeaderValue::from_static("bytes=0-0")), 0, true), Wanted::Nothing);
    }
}
