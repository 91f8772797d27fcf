//! XLIFF 1.2.

use std::collections::BTreeMap;

use super::inline::{Codes, Piece, Read, read_notes};
use super::out::{Out, is_unwritable};
use super::xml::{Content, Node};
use crate::Kind;
use crate::formats::sheet::{Mark, Returned, ReturnedValue, Sheet, Taking, Unit};

const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:1.2";

/// Writes a sheet.
pub(super) fn write(sheet: &Sheet) -> String {
    let mut out = Out::new();
    out.open("xliff", &[("version", "1.2"), ("xmlns", NAMESPACE)]);
    let attributes = [
        ("original", sheet.page.as_str()),
        ("source-language", sheet.source.as_str()),
        ("target-language", sheet.locale.as_str()),
        ("datatype", "plaintext"),
    ];
    out.open("file", &attributes);
    out.open("body", &[]);
    for unit in &sheet.units {
        write_unit(&mut out, unit);
    }
    out.close("body");
    out.close("file");
    out.close("xliff");
    out.finish()
}

fn write_unit(out: &mut Out, unit: &Unit) {
    let key = unit.key.as_str();
    let most = unit.max_length.map(|most| most.to_string());
    let mut attributes = vec![("id", key), ("resname", key), ("xml:space", "preserve")];
    if unit.kind == Kind::Html {
        attributes.push(("datatype", "html"));
    }
    if let Some(most) = &most {
        attributes.extend([("maxwidth", most.as_str()), ("size-unit", "char")]);
    }
    out.open("trans-unit", &attributes);
    let mut codes = Codes::default();
    write_content(out, "source", &[], &codes.number(unit.source.as_str()));
    let state = match &unit.value {
        None => "needs-translation",
        Some(_) if unit.needs_work => "needs-review-translation",
        Some(_) => "translated",
    };
    let target = unit.value.as_ref().map(|value| codes.number(value.as_str())).unwrap_or_default();
    write_content(out, "target", &[("state", state)], &target);
    // A note, since tools keep notes; the attribute `extradata` is often lost.
    out.leaf("note", &[("from", "copydesk")], &Mark::of(unit).to_string());
    if !unit.note.is_empty() {
        out.leaf("note", &[("from", "developer")], &unit.note);
    }
    out.close("trans-unit");
}

fn write_content(out: &mut Out, name: &str, attributes: &[(&str, &str)], pieces: &[(Piece<'_>, usize)]) {
    out.begin(name, attributes);
    for (index, (piece, number)) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => out.text(text),
            Piece::Code(text) => {
                out.start("ph", &[("id", number.to_string().as_str())]);
                out.text(text);
                out.end("ph");
            }
            // XLIFF 1.2 has no element for this; the id is what every tool keeps.
            Piece::Character(character) => {
                out.empty("x", &[("id", format!("u{:04X}-{index}", u32::from(*character)).as_str())]);
            }
        }
    }
    out.end(name);
}

/// The character that an id stands for.
fn character(id: &str) -> Option<char> {
    let (number, _) = id.strip_prefix('u')?.split_once('-')?;
    char::from_u32(u32::from_str_radix(number, 16).ok()?).filter(|character| is_unwritable(*character))
}

/// Reads a file.
pub(super) fn read(root: &Node) -> Returned {
    let mut taking = Taking::default();
    let mut files = root.children("file");
    if let Some(file) = files.next() {
        taking.found.page = file.attribute("original").and_then(|name| name.parse().ok());
        taking.found.source = file.attribute("source-language").and_then(|tag| tag.parse().ok());
        taking.found.locale = file.attribute("target-language").and_then(|tag| tag.parse().ok());
        for unit in file.descendants("trans-unit") {
            taking.take(unit.line, read_unit(unit));
        }
    }
    for file in files {
        taking.skip(file.line, "there is more than one <file> in here; import each of them by itself".to_owned());
    }
    taking.found
}

fn read_unit(unit: &Node) -> Result<Option<ReturnedValue>, String> {
    let Some(target) = unit.child("target") else { return Ok(None) };
    let source = unit.child("source");
    let codes = source.map(codes_of).unwrap_or_default();
    let (mut mark, note) = read_notes(unit.children("note"));
    mark.kind = mark.kind.or_else(|| match unit.attribute("datatype") {
        Some("html" | "xhtml") => Some(Kind::Html),
        Some("plaintext") => Some(Kind::Text),
        _ => None,
    });
    let read = Read {
        unit,
        name: "resname",
        source: source.and_then(|source| text_of(source, &codes).ok()),
        target: text_of(target, &codes),
        untouched: matches!(target.attribute("state"), Some("new" | "needs-translation")),
        mark,
        note,
    };
    read.value()
}

/// What surrounds words and is no code itself.
fn is_span(node: &Node) -> bool {
    matches!(node.name.as_str(), "g" | "mrk" | "sub")
}

/// The codes of a source by their ids: tools may return a code without its text.
fn codes_of(source: &Node) -> BTreeMap<&str, String> {
    let mut codes = BTreeMap::new();
    for node in source.elements() {
        if is_span(node) {
            codes.extend(codes_of(node));
        } else if let Some(id) = node.attribute("id") {
            codes.insert(id, node.text());
        }
    }
    codes.retain(|_, text| !text.is_empty());
    codes
}

fn text_of(node: &Node, codes: &BTreeMap<&str, String>) -> Result<String, String> {
    let mut text = String::new();
    for content in &node.content {
        match content {
            Content::Text(part) => text.push_str(part),
            Content::Element(part) => {
                let inside = text_of(part, codes)?;
                if inside.is_empty() && !is_span(part) {
                    text.push_str(&stands_for(part, codes)?);
                } else {
                    text.push_str(&inside);
                }
            }
        }
    }
    Ok(text)
}

/// The text of a code that came without one.
fn stands_for(code: &Node, codes: &BTreeMap<&str, String>) -> Result<String, String> {
    let id = code.attribute("id").unwrap_or_default();
    if let Some(known) = codes.get(id) {
        return Ok(known.clone());
    }
    if let Some(character) = character(id) {
        return Ok(character.to_string());
    }
    Err(format!("write out what <{} id={id:?}> stands for, or remove it; the source has no such code", code.name))
}
