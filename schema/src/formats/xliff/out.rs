//! XML that is written, with quick-xml.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesRef, BytesStart, BytesText, Event};

/// Whether XML 1.0 has no way at all to hold this character, not even as a number.
pub(super) fn is_unwritable(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The attributes of an element that is written.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// An XML file that is written: one line for each element, but nothing is added within text.
pub(super) struct Out {
    writer: Writer<Vec<u8>>,
    depth: usize,
}

impl Out {
    pub(super) fn new() -> Self {
        let mut out = Self { writer: Writer::new(Vec::new()), depth: 0 };
        out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        out
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory takes everything");
    }

    fn line(&mut self) {
        let indent = format!("\n{}", "  ".repeat(self.depth));
        self.event(Event::Text(BytesText::from_escaped(indent)));
    }

    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.depth += 1;
    }

    /// Ends what [`Out::open`] began.
    pub(super) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.line();
        self.end(name);
    }

    /// Begins an element that holds text.
    pub(super) fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.line();
        self.start(name, attributes);
    }

    /// Writes an element with text on a line of its own.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.begin(name, attributes);
        self.text(text);
        self.end(name);
    }

    /// Writes an element without content on a line of its own.
    pub(super) fn bare(&mut self, name: &str, attributes: Attributes<'_>) {
        self.line();
        self.empty(name, attributes);
    }

    /// Begins an element within text.
    pub(super) fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// Ends an element within text.
    pub(super) fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without content within text.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// Writes text. A carriage return is written as a number, else it would be read as a line feed.
    /// What XML cannot hold is replaced: values do not come here with such characters, notes may.
    pub(super) fn text(&mut self, text: &str) {
        let text: String =
            text.chars().map(|c| if is_unwritable(c) { char::REPLACEMENT_CHARACTER } else { c }).collect();
        for (index, part) in text.split('\r').enumerate() {
            if index > 0 {
                self.event(Event::GeneralRef(BytesRef::new("#13")));
            }
            self.event(Event::Text(BytesText::new(part)));
        }
    }

    /// The file.
    pub(super) fn finish(mut self) -> String {
        self.line();
        String::from_utf8(self.writer.into_inner()).expect("made of text")
    }
}
