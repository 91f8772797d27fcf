//! Changes to a text, collected first: what no change names stays as it is.

use std::ops::Range;

/// Changes, in the order of the text or not.
#[derive(Debug, Default)]
pub(crate) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Replaces a part of the text. Parts do not overlap.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: String) {
        self.0.push((range, text));
    }

    /// Adds something. What is added first in a place stands first.
    pub(crate) fn insert(&mut self, at: usize, text: String) {
        self.replace(at..at, text);
    }

    /// The part of the source with its changes.
    pub(crate) fn apply(mut self, source: &str, part: Range<usize>) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let (mut written, mut at) = (String::new(), part.start);
        for (range, text) in self.0 {
            written.push_str(&source[at..range.start]);
            written.push_str(&text);
            at = range.end;
        }
        written.push_str(&source[at..part.end]);
        written
    }
}
