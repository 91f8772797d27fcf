//! XLIFF 2.0.

use crate::pattern::is_blank;
use std::collections::BTreeMap;

use super::inline::{Codes, Piece, Read, read_notes};
use super::out::Out;
use super::xml::{Content, Node};
use crate::formats::sheet::{Mark, Returned, ReturnedValue, Sheet, Taking, Unit};

const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:2.0";
/// The module that limits lengths.
const SIZES: &str = "urn:oasis:names:tc:xliff:sizerestriction:2.0";

/// Writes a sheet.
pub(super) fn write(sheet: &Sheet) -> String {
    let mut out = Out::new();
    let mut attributes = vec![
        ("version", "2.0"),
        ("xmlns", NAMESPACE),
        ("srcLang", sheet.source.as_str()),
        ("trgLang", sheet.locale.as_str()),
    ];
    let limits = sheet.units.iter().any(|unit| unit.max_length.is_some());
    if limits {
        attributes.push(("xmlns:slr", SIZES));
    }
    out.open("xliff", &attributes);
    // The id is for tools, which may change it; the page is known by `original`.
    out.open("file", &[("id", sheet.page.as_str()), ("original", sheet.page.as_str())]);
    if limits {
        out.bare("slr:profiles", &[("generalProfile", "xliff:codepoints")]);
    }
    for unit in &sheet.units {
        write_unit(&mut out, unit);
    }
    out.close("file");
    out.close("xliff");
    out.finish()
}

fn write_unit(out: &mut Out, unit: &Unit) {
    let key = unit.key.as_str();
    let most = unit.max_length.map(|most| most.to_string());
    // A key is a valid id: letters, digits, hyphens, underscores and dots, in any order.
    let mut attributes = vec![("id", key), ("name", key), ("xml:space", "preserve")];
    if let Some(most) = &most {
        attributes.push(("slr:sizeRestriction", most.as_str()));
    }
    out.open("unit", &attributes);
    write_notes(out, unit);
    let mut codes = Codes::default();
    let source = codes.number(unit.source.as_str());
    let target = unit.value.as_ref().map(|value| codes.number(value.as_str()));
    write_data(out, &codes);
    let state = if target.is_none() || unit.needs_work { "initial" } else { "translated" };
    out.open("segment", &[("state", state)]);
    write_content(out, "source", &source);
    if let Some(target) = target {
        write_content(out, "target", &target);
    }
    out.close("segment");
    out.close("unit");
}

fn write_notes(out: &mut Out, unit: &Unit) {
    out.open("notes", &[]);
    // A note, since notes belong to the core, which tools have to keep; attributes of our own
    // namespace they may drop.
    out.leaf("note", &[("category", "copydesk-version")], &Mark::of(unit).to_string());
    if !unit.note.is_empty() {
        out.leaf("note", &[], &unit.note);
    }
    out.close("notes");
}

fn write_data(out: &mut Out, codes: &Codes<'_>) {
    let texts = codes.texts();
    if texts.is_empty() {
        return;
    }
    out.open("originalData", &[]);
    for (number, text) in texts {
        out.leaf("data", &[("id", format!("d{number}").as_str())], text);
    }
    out.close("originalData");
}

fn write_content(out: &mut Out, name: &str, pieces: &[(Piece<'_>, usize)]) {
    out.begin(name, &[]);
    for (piece, number) in pieces {
        match piece {
            Piece::Text(text) => out.text(text),
            Piece::Code(text) => {
                let (id, data) = (number.to_string(), format!("d{number}"));
                out.empty("ph", &[("id", id.as_str()), ("dataRef", data.as_str()), ("equiv", *text), ("disp", *text)]);
            }
            Piece::Character(character) => {
                out.empty("cp", &[("hex", format!("{:04X}", u32::from(*character)).as_str())]);
            }
        }
    }
    out.end(name);
}

/// Reads a file.
pub(super) fn read(root: &Node) -> Returned {
    let mut taking = Taking::default();
    taking.found.source = root.attribute("srcLang").and_then(|tag| tag.parse().ok());
    taking.found.locale = root.attribute("trgLang").and_then(|tag| tag.parse().ok());
    let mut files = root.children("file");
    if let Some(file) = files.next() {
        taking.found.page = file.attribute("original").and_then(|name| name.parse().ok());
        for unit in file.descendants("unit") {
            taking.take(unit.line, read_unit(unit));
        }
    }
    for file in files {
        taking.skip(file.line, "there is more than one <file> in here; import each of them by itself".to_owned());
    }
    taking.found
}

fn read_unit(unit: &Node) -> Result<Option<ReturnedValue>, String> {
    let originals = Originals::of(unit);
    let (mark, note) = read_notes(unit.child("notes").into_iter().flat_map(|notes| notes.children("note")));
    let segments: Vec<&Node> = segments_of(unit).collect();
    let sources = segments.iter().filter_map(|segment| segment.child("source"));
    let untouched = |segment: &&Node| segment.attribute("state").is_none_or(|state| state == "initial");
    let read = Read {
        unit,
        name: "name",
        source: sources.map(|source| originals.text_of(source)).collect::<Result<String, String>>().ok(),
        target: target_of(&segments, &originals),
        untouched: segments.iter().filter(|segment| segment.name == "segment").all(untouched),
        mark,
        note,
    };
    read.value()
}

/// Tools may cut a unit into segments, with what is not translated between them.
fn segments_of(unit: &Node) -> impl Iterator<Item = &Node> {
    unit.elements().filter(|node| matches!(node.name.as_str(), "segment" | "ignorable"))
}

/// The targets in their order. Blank when nothing is translated, an error when only a part is.
fn target_of(segments: &[&Node], originals: &Originals<'_>) -> Result<String, String> {
    let mut parts = Vec::new();
    let mut missing = false;
    let mut present = false;
    for (index, segment) in segments.iter().enumerate() {
        let source = segment.child("source").map(|source| originals.text_of(source)).transpose();
        let target = segment.child("target");
        let text = target.map(|target| originals.text_of(target)).transpose()?;
        let order = target.and_then(|target| target.attribute("order")?.parse::<usize>().ok()).unwrap_or(index + 1);
        if let Some(text) = text.filter(|text| !is_blank(text)) {
            present |= segment.name == "segment";
            parts.push((order, text));
        } else {
            let source = source?.unwrap_or_default();
            missing |= segment.name == "segment" && !is_blank(&source);
            parts.push((order, source));
        }
    }
    match (present, missing) {
        (false, _) => Ok(String::new()),
        (true, true) => Err("translate all of its segments; only some of them have a target".to_owned()),
        (true, false) => {
            parts.sort_by_key(|(order, _)| *order);
            Ok(parts.into_iter().map(|(_, text)| text).collect())
        }
    }
}

/// What the codes of a unit stand for.
struct Originals<'n> {
    data: BTreeMap<&'n str, String>,
    /// By the id of the code in the source: tools may return a code without its reference.
    codes: BTreeMap<&'n str, String>,
}

impl<'n> Originals<'n> {
    fn of(unit: &'n Node) -> Self {
        let mut originals = Self { data: BTreeMap::new(), codes: BTreeMap::new() };
        let data = unit.child("originalData").into_iter().flat_map(|data| data.children("data"));
        for entry in data {
            if let (Some(id), Ok(text)) = (entry.attribute("id"), originals.text_of(entry)) {
                originals.data.insert(id, text);
            }
        }
        for source in segments_of(unit).filter_map(|segment| segment.child("source")) {
            for code in source.descendants("ph") {
                if let (Some(id), Ok(text)) = (code.attribute("id"), originals.stands_for(code)) {
                    originals.codes.insert(id, text);
                }
            }
        }
        originals
    }

    fn text_of(&self, node: &Node) -> Result<String, String> {
        let mut text = String::new();
        for content in &node.content {
            match content {
                Content::Text(part) => text.push_str(part),
                Content::Element(part) => text.push_str(&self.text_of_element(part)?),
            }
        }
        Ok(text)
    }

    fn text_of_element(&self, node: &Node) -> Result<String, String> {
        match node.name.as_str() {
            "ph" => self.stands_for(node),
            "cp" => character(node).map(String::from),
            "pc" => {
                let (start, end) = (self.referred(node, "dataRefStart")?, self.referred(node, "dataRefEnd")?);
                Ok(format!("{start}{}{end}", self.text_of(node)?))
            }
            "sc" | "ec" => self.referred(node, "dataRef").map(str::to_owned),
            "mrk" | "sm" | "em" => self.text_of(node),
            _ => match self.text_of(node)? {
                text if text.is_empty() => Err(lost(node)),
                text => Ok(text),
            },
        }
    }

    /// What a reference refers to; nothing when there is none.
    fn referred(&self, node: &Node, attribute: &str) -> Result<&str, String> {
        let Some(id) = node.attribute(attribute) else { return Ok("") };
        self.data.get(id).map(String::as_str).ok_or_else(|| lost(node))
    }

    fn stands_for(&self, code: &Node) -> Result<String, String> {
        let data = code.attribute("dataRef").and_then(|id| self.data.get(id));
        let same = || code.attribute("id").and_then(|id| self.codes.get(id));
        let text = data.or_else(same).map(String::as_str).or_else(|| code.attribute("equiv"));
        text.map(str::to_owned).ok_or_else(|| lost(code))
    }
}

fn character(node: &Node) -> Result<char, String> {
    let number = node.attribute("hex").and_then(|hex| u32::from_str_radix(hex, 16).ok());
    number.and_then(char::from_u32).ok_or_else(|| "give <cp> the number of a character as hex".to_owned())
}

fn lost(code: &Node) -> String {
    let id = code.attribute("id").unwrap_or_default();
    format!("write out what <{} id={id:?}> stands for, or remove it; the unit holds no original data for it", code.name)
}
