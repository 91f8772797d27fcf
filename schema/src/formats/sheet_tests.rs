//! Tests of the formats for translators: sheet, xliff, po, csv_file.

use proptest::prelude::*;

use super::sheet::{Returned, ReturnedValue, Sheet, Unit};
use super::xliff::Version;
use super::{Skipped, csv_file, po, xliff};
use crate::{Kind, Locale, Pattern, Seq};

fn pattern(source: &str) -> Pattern {
    Pattern::parse(source).unwrap_or_else(|error| panic!("{source:?}: {error}"))
}

fn unit(key: &str, source: &str, value: Option<&str>) -> Unit {
    Unit {
        key: key.parse().expect("a key"),
        kind: Kind::Text,
        source: pattern(source),
        source_version: Seq(12),
        value: value.map(pattern),
        version: if value.is_some() { Seq(41) } else { Seq::NONE },
        note: String::new(),
        max_length: None,
        needs_work: value.is_none(),
    }
}

fn sheet(locale: &str, units: Vec<Unit>) -> Sheet {
    Sheet {
        page: "pricing".parse().expect("a page"),
        source: "en".parse().expect("a locale"),
        locale: locale.parse().expect("a locale"),
        units,
    }
}

const PLURAL: &str = "{ $count ->\n    [one] { $count } page\n   *[other] { $count } pages\n}";
const PLURAL_DE: &str = "{ $count ->\n    [one] { $count } Seite\n   *[other] { $count } Seiten\n}";

fn sample() -> Sheet {
    let mut noted = unit("hero-title", "Hello, { $name }!", Some("{ $name }, hallo & <willkommen>!"));
    noted.note = "First line\n\n  second \"line\"".to_owned();
    noted.max_length = Some(30);
    let mut html = unit("-brand.x", "<b>Acme</b>", Some("<b>Acme</b>"));
    html.kind = Kind::Html;
    sheet("de", vec![noted, html, unit("pages", PLURAL, Some(PLURAL_DE)), unit("later", "Later", None)])
}

type Format = (&'static str, fn(&Sheet) -> String, fn(&str) -> Result<Returned, Skipped>);

const FORMATS: [Format; 4] = [
    ("XLIFF 1.2", |sheet| xliff::write(sheet, Version::V1_2), xliff::parse),
    ("XLIFF 2.0", |sheet| xliff::write(sheet, Version::V2_0), xliff::parse),
    ("PO", po::write, po::parse),
    ("CSV", csv_file::write, csv_file::parse),
];

/// What comes back when nobody touches a file. PO says what is marked as fuzzy.
fn untouched(sheet: &Sheet, fuzzy: bool) -> Vec<ReturnedValue> {
    let returned = sheet.units.iter().filter_map(|unit| {
        Some(ReturnedValue {
            key: unit.key.clone(),
            value: unit.value.clone()?,
            version: Some(unit.version),
            source_version: Some(unit.source_version),
            fuzzy: fuzzy && unit.needs_work,
            source: Some(unit.source.clone()),
            note: unit.note.clone(),
            kind: Some(unit.kind),
        })
    });
    returned.collect()
}

#[track_caller]
fn comes_back(sheet: &Sheet) {
    for (name, write, parse) in FORMATS {
        let text = write(sheet);
        let returned = parse(&text).unwrap_or_else(|error| panic!("{name}: {error:?}\n{text}"));
        assert_eq!(returned.values, untouched(sheet, name == "PO"), "{name}\n{text}");
        if name != "PO" {
            assert_eq!(returned.skipped, [], "{name}\n{text}");
        }
        if name != "CSV" {
            let said = (returned.page, returned.source, returned.locale);
            let known = (Some(sheet.page.clone()), Some(sheet.source.clone()), Some(sheet.locale.clone()));
            assert_eq!(said, known, "{name}\n{text}");
        }
    }
}

#[test]
fn every_format_gives_back_what_it_was_given() {
    comes_back(&sample());
    comes_back(&sheet("zh-Hant-TW", vec![unit("a", "b", Some("c"))]));
    comes_back(&sheet("de", Vec::new()));
}

#[test]
fn odd_characters_come_back() {
    for odd in [
        "a\u{1}b",
        "{ \"\u{1}\" } \u{1f}{ $n }",
        "carriage\rreturn",
        "a \u{fffe} b",
        "]]> <![CDATA[ &amp; &lt;",
        "{ \"{\" }{ \"}\" }{ \"\\\"}\" }",
        "{ $n ->\n    [a] say \"hi\n   *[other] \u{1}\n}",
        "'=quoted'",
        "''",
        "=1+1",
        "{ NUMBER($n,\n  minimumFractionDigits: 2) }",
    ] {
        comes_back(&sheet("de", vec![unit("odd", odd, Some(odd))]));
    }
}

#[test]
fn notes_that_xml_cannot_hold_are_still_well_formed() {
    let mut noted = unit("a", "b", Some("c"));
    noted.note = "bell \u{7}".to_owned();
    let sheet = sheet("de", vec![noted]);
    for version in [Version::V1_2, Version::V2_0] {
        let returned = xliff::parse(&xliff::write(&sheet, version)).expect("XLIFF");
        assert_eq!(returned.values[0].note, "bell \u{fffd}");
    }
}

fn odd_text() -> impl Strategy<Value = String> {
    let parts = [
        "a",
        "B",
        " ",
        "  ",
        "\n",
        "\t",
        "\"",
        "'",
        "\\",
        "\\n",
        "]]>",
        "&amp;",
        "&",
        "<b>",
        "</b>",
        "<",
        "{ $name }",
        "{ \"{\" }",
        "{ \"}\" }",
        "{ \"\\\\\" }",
        "{ -brand }",
        "{ NUMBER($n, style: \"x\") }",
        "😀",
        "\u{5d0}\u{5d1}",
        "\u{202e}",
        "e\u{301}",
        "=",
        "+",
        "-",
        "@",
        ";",
        ",",
        "#",
        "%s",
        "[",
        "*",
        ".",
        "\u{a0}",
        "\u{2028}",
        "\u{85}",
        PLURAL,
        PLURAL_DE,
        "copydesk: version=7",
        "1",
    ];
    prop::collection::vec(prop::sample::select(parts.to_vec()), 1..8).prop_map(|parts| parts.concat())
}

fn odd_pattern() -> impl Strategy<Value = Pattern> {
    odd_text().prop_filter_map("a pattern with words", |text| {
        Pattern::parse(&text).ok().filter(|pattern| !pattern.is_blank())
    })
}

fn odd_unit() -> impl Strategy<Value = Unit> {
    let note = prop_oneof![Just(String::new()), odd_text()];
    let numbers = (1_u64..1_000_000, prop::option::of(1_u32..500));
    (odd_pattern(), prop::option::of(odd_pattern()), any::<(bool, bool)>(), note, numbers).prop_map(
        |(source, value, (html, outdated), note, (version, max_length))| Unit {
            key: "replaced".parse().expect("a key"),
            kind: if html { Kind::Html } else { Kind::Text },
            version: if value.is_some() { Seq(version) } else { Seq::NONE },
            needs_work: outdated || value.is_none(),
            source_version: Seq(version + 1),
            source,
            value,
            note,
            max_length,
        },
    )
}

const PO_LINES: [&str; 20] = [
    "msgid \"a\"",
    "msgstr \"b\"",
    "\"",
    "\"c\"",
    "\"\\\"",
    "msgctxt \"k\"",
    "msgid",
    "msgstr[9] \"x\"",
    "msgstr[99] \"x\"",
    "#",
    "#.",
    "#~ msgid \"old\"",
    "#, fuzzy",
    "msgid_plural \"s\"",
    "msgid \"\"",
    "\"Plural-Forms: nplurals=0; plural=n%0;\\n\"",
    "\"Language: de\\n\"",
    "é",
    "\"\\377\"",
    "",
];

fn po_lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(PO_LINES.to_vec()), 0..20)
}

const LOCALES: [&str; 5] = ["de", "pl", "ar", "pt-BR", "ja"];

proptest! {
    #[test]
    fn anything_comes_back(units in prop::collection::vec(odd_unit(), 0..6),
                          locale in prop::sample::select(LOCALES.to_vec())) {
        let keyed = units.into_iter().enumerate().map(|(index, unit)| {
            let key = if index % 2 == 0 { format!("-term{index}.x") } else { format!("key-{index}") };
            Unit { key: key.parse().expect("a key"), ..unit }
        });
        comes_back(&sheet(locale, keyed.collect()));
    }

    #[test]
    fn no_file_makes_a_reader_panic(text in "(?s)[ -~\n\r\té\u{0}-\u{3}]{0,200}") {
        for (_, _, parse) in FORMATS {
            let _ = parse(&text);
        }
    }

    #[test]
    fn no_line_makes_the_reader_of_po_panic(lines in po_lines()) {
        let _ = po::parse(&lines.join("\n"));
    }
}

fn values(returned: &Returned) -> Vec<(&str, &str)> {
    returned.values.iter().map(|value| (value.key.as_str(), value.value.as_str())).collect()
}

fn reasons(returned: &Returned) -> Vec<(usize, &str)> {
    returned.skipped.iter().map(|skipped| (skipped.line, skipped.reason.as_str())).collect()
}

mod csv_files;
mod po_files;
mod xliff_files;
