//! Comma-separated values, for people who translate in a spreadsheet.

use crate::pattern::is_blank;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use super::Skipped;
use super::sheet::{Returned, ReturnedValue, Sheet, Taking, Unit, kind_named, name_of, value_of};
use crate::{EntryKey, Invalid, Pattern, Seq};

const COLUMNS: [&str; 9] =
    ["key", "kind", "source", "value", "version", "source_version", "note", "max_length", "needs_work"];

/// Without it, Excel takes the file for one in the computer's old code page.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Writes a sheet as a table with one row for each entry.
pub fn write(sheet: &Sheet) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("memory takes everything");
    for unit in &sheet.units {
        writer.write_record(cells(unit)).expect("memory takes everything");
    }
    let bytes = writer.into_inner().expect("memory takes everything");
    format!("{BYTE_ORDER_MARK}{}", String::from_utf8(bytes).expect("made of text"))
}

/// In the order of [`COLUMNS`].
fn cells(unit: &Unit) -> [String; 9] {
    [
        guarded(unit.key.as_str()),
        name_of(unit.kind).to_owned(),
        guarded(unit.source.as_str()),
        guarded(unit.value.as_ref().map_or("", Pattern::as_str)),
        unit.version.to_string(),
        unit.source_version.to_string(),
        guarded(&unit.note),
        unit.max_length.map(|most| most.to_string()).unwrap_or_default(),
        if unit.needs_work { "yes" } else { "no" }.to_owned(),
    ]
}

/// A spreadsheet takes a cell that begins like this for a formula and runs it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Puts a single quote before what a spreadsheet would run (the keys of terms begin with a hyphen),
/// and before what looks as if that had been done already, so that [`unguarded`] always gives the
/// cell back.
fn guarded(cell: &str) -> String {
    let formula = cell.starts_with(FORMULA);
    if formula || guard_of(cell).is_some() { format!("'{cell}") } else { cell.to_owned() }
}

/// Takes one single quote away when it guards. Other quotes at the beginning are words.
fn unguarded(cell: &str) -> &str {
    guard_of(cell).unwrap_or(cell)
}

/// What follows a quote at the beginning, when that quote looks like a guard.
fn guard_of(cell: &str) -> Option<&str> {
    let rest = cell.strip_prefix('\'')?;
    (rest.starts_with(FORMULA) || rest.starts_with('\'')).then_some(rest)
}

/// Reads a table. The first row names the columns, in any order; `key` and `value` have to be there.
pub fn parse(text: &str) -> Result<Returned, Skipped> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    // Rows may be of unequal length: spreadsheets leave out empty cells at the end.
    let mut reader = ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| Skipped { line: 1, reason: format!("this is not a table: {error}") };
    let columns = Columns::of(reader.headers().map_err(|error| broken(&error))?)?;
    let mut taking = Taking::default();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                taking.take(line, columns.unit(&record));
            }
            Err(error) => {
                let line = error.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                taking.skip(line, format!("this row cannot be read: {error}"));
            }
        }
    }
    Ok(taking.found)
}

/// What stands between the columns' names. Excel writes semicolons where the comma is the decimal
/// sign, and tabs as "Unicode text".
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let often = |delimiter: u8| header.matches(char::from(delimiter)).count();
    // The last of equals is taken, hence the comma.
    b"\t;,".iter().copied().max_by_key(|delimiter| often(*delimiter)).unwrap_or(b',')
}

/// Where the columns are.
struct Columns {
    key: usize,
    value: usize,
    kind: Option<usize>,
    source: Option<usize>,
    version: Option<usize>,
    source_version: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, Skipped> {
        let find = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        let need = |name: &str| {
            let reason = format!("the first row has no column called {name}; it has to name key and value at least");
            find(name).ok_or(Skipped { line: 1, reason })
        };
        Ok(Self {
            key: need("key")?,
            value: need("value")?,
            kind: find("kind"),
            source: find("source"),
            version: find("version"),
            source_version: find("source_version"),
            note: find("note"),
        })
    }

    fn unit(&self, record: &StringRecord) -> Result<Option<ReturnedValue>, String> {
        let cell = |column: Option<usize>| {
            let cell = column.and_then(|column| record.get(column)).unwrap_or_default();
            unguarded(cell).replace("\r\n", "\n")
        };
        let text = cell(Some(self.value));
        if is_blank(&text) {
            return Ok(None);
        }
        let key = cell(Some(self.key));
        let key: EntryKey = key.trim().parse().map_err(|error: Invalid| format!("correct the column key: {error}"))?;
        let source = cell(self.source);
        Ok(Some(ReturnedValue {
            value: value_of(&key, &text)?,
            version: version_of(&key, cell(self.version).trim())?,
            source_version: version_of(&key, cell(self.source_version).trim())?,
            fuzzy: false,
            // A source that is broken does not matter to a translation of an entry that exists.
            source: Pattern::parse(&source).ok().filter(|source| !source.is_blank()),
            note: cell(self.note),
            kind: match cell(self.kind).trim() {
                "" => None,
                name => Some(
                    kind_named(&name.to_ascii_lowercase())
                        .ok_or_else(|| format!("correct the kind of {key}: {name:?} is neither text nor html"))?,
                ),
            },
            key,
        }))
    }
}

fn version_of(key: &EntryKey, cell: &str) -> Result<Option<Seq>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let number = cell.parse::<u64>().map_err(|_| {
        format!("correct the version of {key}: {cell:?} is not a number; put back what was exported, or empty the cell")
    })?;
    Ok(Some(Seq(number)))
}
