//! The syntax of PO files. The crate polib is not used: it panics on broken lines, such as a single
//! quotation mark, and does not say on which line it found something.

use std::fmt::Write as _;

use crate::formats::Skipped;

/// No language has more plural forms.
const FORMS: usize = 10;

/// One entry, as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// The lines of its extracted comments.
    pub(super) comments: Vec<String>,
    pub(super) flags: Vec<String>,
    pub(super) context: Option<String>,
    pub(super) id: Option<String>,
    pub(super) plural: Option<String>,
    /// One, or one for each plural form.
    pub(super) values: Vec<String>,
}

/// Takes a file apart. Entries with broken lines are left out and reported; obsolete ones are ignored.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Skipped>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reading = Reading::default();
    for (index, line) in text.split('\n').enumerate() {
        reading.line = index + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Err(reason) = reading.take(line) {
            reading.skipped.push(Skipped { line: reading.line, reason });
            reading.broken = true;
        }
    }
    reading.finish();
    (reading.entries, reading.skipped)
}

#[derive(Clone, Copy)]
enum Field {
    Context,
    Id,
    Plural,
    Value(usize),
}

#[derive(Default)]
struct Reading {
    line: usize,
    entry: Entry,
    /// The field that a line with nothing but a string goes on with.
    field: Option<Field>,
    /// The entry holds a line that cannot be read, and is not taken.
    broken: bool,
    entries: Vec<Entry>,
    skipped: Vec<Skipped>,
}

impl Reading {
    fn take(&mut self, line: &str) -> Result<(), String> {
        let start = line.trim_start();
        if let Some(comment) = start.strip_prefix('#') {
            self.take_comment(comment);
            return Ok(());
        }
        if start.is_empty() {
            return Ok(());
        }
        let Some((keyword, rest)) = start.split_once('"') else {
            return Err("write the text of this line in quotation marks".to_owned());
        };
        let keyword = keyword.trim_end();
        if !keyword.is_empty() {
            let field = field_named(keyword)?;
            self.begin(field);
        }
        let Some(field) = self.field else {
            return Err("begin with msgctxt, msgid or msgstr; this text belongs to none of them".to_owned());
        };
        let quoted = rest.trim_end().strip_suffix('"').ok_or("end this line with a quotation mark")?;
        let text = unescape(quoted)?;
        self.text_of(field).push_str(&text);
        Ok(())
    }

    fn take_comment(&mut self, comment: &str) {
        if self.broken || !self.entry.values.is_empty() {
            self.finish();
        }
        let mut chars = comment.chars();
        match chars.next() {
            Some('.') => {
                let text = chars.as_str();
                self.entry.comments.push(text.strip_prefix(' ').unwrap_or(text).to_owned());
            }
            Some(',') => self.entry.flags.extend(chars.as_str().split(',').map(|flag| flag.trim().to_owned())),
            // An obsolete entry; the comments before it are its own.
            Some('~') => self.entry = Entry::default(),
            _ => {}
        }
    }

    fn begin(&mut self, field: Field) {
        let goes_on = match field {
            Field::Context => self.entry.id.is_none() && !self.broken,
            Field::Id => self.entry.id.is_none(),
            Field::Plural | Field::Value(_) => true,
        };
        if !goes_on || (matches!(field, Field::Context | Field::Id) && !self.entry.values.is_empty()) {
            self.finish();
        }
        if self.entry.line == 0 {
            self.entry.line = self.line;
        }
        self.field = Some(field);
        // So that the field is known to be there even when its text is broken.
        self.text_of(field);
    }

    fn text_of(&mut self, field: Field) -> &mut String {
        match field {
            Field::Context => self.entry.context.get_or_insert_default(),
            Field::Id => self.entry.id.get_or_insert_default(),
            Field::Plural => self.entry.plural.get_or_insert_default(),
            Field::Value(index) => {
                let values = &mut self.entry.values;
                if values.len() <= index {
                    values.resize(index + 1, String::new());
                }
                &mut values[index]
            }
        }
    }

    fn finish(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        self.field = None;
        if std::mem::take(&mut self.broken) {
            return;
        }
        if entry.id.is_some() && !entry.values.is_empty() {
            self.entries.push(entry);
        } else if entry.line > 0 {
            let reason = "give this entry both a msgid and a msgstr".to_owned();
            self.skipped.push(Skipped { line: entry.line, reason });
        }
    }
}

fn field_named(keyword: &str) -> Result<Field, String> {
    match keyword {
        "msgctxt" => Ok(Field::Context),
        "msgid" => Ok(Field::Id),
        "msgid_plural" => Ok(Field::Plural),
        "msgstr" => Ok(Field::Value(0)),
        _ => {
            let index = keyword.strip_prefix("msgstr[").and_then(|rest| rest.strip_suffix(']'));
            let index = index.and_then(|index| index.trim().parse::<usize>().ok()).filter(|index| *index < FORMS);
            index.map(Field::Value).ok_or_else(|| format!("{keyword:?} is not a keyword of PO files"))
        }
    }
}

/// Resolves the escapes of C. Numbers are bytes, of which several may make a character.
fn unescape(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '"']) {
        if rest[at..].starts_with('"') {
            return Err("put a backslash before each quotation mark within the text".to_owned());
        }
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let (byte, length) = escaped(rest).ok_or("write \\\\ for a backslash; this one begins no known escape")?;
        bytes.push(byte);
        rest = &rest[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map_err(|_| "the numbers after backslashes do not make UTF-8".to_owned())
}

/// The byte that the characters after a backslash stand for, and how many they are.
fn escaped(text: &str) -> Option<(u8, usize)> {
    let byte = match text.bytes().next()? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 0x07,
        b'b' => 0x08,
        b'v' => 0x0b,
        b'f' => 0x0c,
        same @ (b'\\' | b'"' | b'\'' | b'?') => same,
        b'x' => return number(&text[1..], 16, 2).map(|(byte, length)| (byte, length + 1)),
        _ => return number(text, 8, 3),
    };
    Some((byte, 1))
}

fn number(text: &str, radix: u32, most: usize) -> Option<(u8, usize)> {
    let length = text.chars().take(most).take_while(|c| c.is_digit(radix)).count();
    Some((u8::from_str_radix(&text[..length], radix).ok()?, length))
}

/// Writes a field. Text of several lines stands on several lines; longer lines are not wrapped.
pub(super) fn field(out: &mut String, name: &str, text: &str) {
    out.push_str(name);
    if text.trim_end_matches('\n').contains('\n') {
        out.push_str(" \"\"\n");
        for line in text.split_inclusive('\n') {
            push_string(out, line);
        }
    } else {
        out.push(' ');
        push_string(out, text);
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' | '"' => out.extend(['\\', character]),
            // Always three digits, so that a digit that follows is not taken for one of them.
            '\0'..='\u{1f}' | '\u{7f}' => drop(write!(out, "\\{:03o}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push_str("\"\n");
}

/// Writes an extracted comment.
pub(super) fn comment(out: &mut String, text: &str) {
    for line in text.split('\n') {
        out.push_str(if line.is_empty() { "#." } else { "#. " });
        out.push_str(line);
        out.push('\n');
    }
}
