use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{Kind, Locale, Pattern};

fn locale(tag: &str) -> Locale {
    tag.parse().expect("locale")
}

fn compiled(source: &str, kind: Kind) -> Message {
    let pattern = Pattern::parse(source).expect("a pattern");
    let find = |_: &str| -> Option<Arc<Parsed>> { None };
    compile(&read(&pattern, kind), kind, &locale("en"), &find).expect("compiles")
}

fn shown(message: &Message) -> String {
    let arguments: Arguments =
        [("n".to_owned(), Value::Number(1.0)), ("x".to_owned(), Value::Text("X".to_owned()))].into();
    html(&evaluate(message, &locale("en"), &arguments).expect("evaluates"))
}

#[test]
fn references_that_lead_nowhere_or_back_are_refused() {
    let values: &[(&str, &str)] = &[
        ("-a", "{ -b }"),
        ("-b", "{ -a }"),
        ("-needs", "{ $what }"),
        ("-double0", "words words words words words words words words words words words words words words words"),
        (
            "-double1",
            "{ -double0 }{ -double0 }{ -double0 }{ -double0 }{ -double0 }{ -double0 }{ -double0 }{ -double0 }",
        ),
        (
            "-double2",
            "{ -double1 }{ -double1 }{ -double1 }{ -double1 }{ -double1 }{ -double1 }{ -double1 }{ -double1 }",
        ),
        (
            "-double3",
            "{ -double2 }{ -double2 }{ -double2 }{ -double2 }{ -double2 }{ -double2 }{ -double2 }{ -double2 }",
        ),
        (
            "-double4",
            "{ -double3 }{ -double3 }{ -double3 }{ -double3 }{ -double3 }{ -double3 }{ -double3 }{ -double3 }",
        ),
    ];
    let find = |key: &str| -> Option<Arc<Parsed>> {
        let (_, source) = values.iter().find(|(known, _)| *known == key)?;
        Some(Arc::new(read(&Pattern::from_stored(source), Kind::Text)))
    };
    let broken = |source: &str| {
        let parsed = read(&Pattern::parse(source).expect("a pattern"), Kind::Text);
        compile(&parsed, Kind::Text, &locale("en"), &find).expect_err("cannot be formed")
    };
    assert_eq!(broken("{ -a }"), Broken::Cycle("-a".into()));
    assert_eq!(broken("{ -none }"), Broken::Missing("-none".into()));
    assert_eq!(broken("{ -needs }"), Broken::MissingArgument("what".into()));
    assert_eq!(broken("{ -double4 }"), Broken::TooLarge);
    assert_eq!(broken("{ UPPER($x) }"), Broken::UnknownFunction("UPPER".into()));
    assert!(matches!(broken("{ NUMBER($x, colour: 1) }"), Broken::Argument(..)));
}

#[test]
fn decompiled_messages_say_the_same() {
    for (source, kind) in [
        ("plain { \"{\" }words{ \"}\" }", Kind::Text),
        ("a < b & c", Kind::Text),
        (
            "{ $n ->\n    [0] none\n    [one] one { $x }\n   *[other] { NUMBER($n, minimumFractionDigits: 1) }\n} of it",
            Kind::Text,
        ),
        ("<b title=\"{ $x }\">a &amp; b</b><br>{ $n ->\n    [one] <i>one</i>\n   *[other] &lt;b&gt;\n}", Kind::Html),
    ] {
        let message = compiled(source, kind);
        let again = to_ftl(&message, kind);
        assert_eq!(compiled(&again, kind), message, "{again}");
    }
}

#[test]
fn i18next_has_every_form_that_its_locale_knows() {
    let pattern = Pattern::parse("{ $count ->\n    [0] nic\n    [one] { $count } plik\n    [few] { $count } pliki\n   *[other] { $count } plików\n}").expect("a pattern");
    let find = |_: &str| -> Option<Arc<Parsed>> { None };
    let message = compile(&read(&pattern, Kind::Text), Kind::Text, &locale("pl"), &find).expect("compiles");
    let Plain { texts, simplified } = plain(&message, &locale("pl"), Kind::Text);
    let suffixes: Vec<(&str, &str)> = texts.iter().map(|(suffix, text)| (suffix.as_str(), text.as_str())).collect();
    let other = "{{count}} plików";
    let expected = [
        ("_zero", "nic"),
        ("_one", "{{count}} plik"),
        ("_few", "{{count}} pliki"),
        ("_many", other),
        ("_other", other),
    ];
    assert_eq!((suffixes.as_slice(), simplified), (expected.as_slice(), false));
    // It selects by $count only: anything else shows its default, and that is said.
    let by_word = compiled("{ $x ->\n    [a] A\n   *[b] B\n}", Kind::Text);
    assert_eq!(
        plain(&by_word, &locale("en"), Kind::Text),
        Plain { texts: vec![(String::new(), "B".into())], simplified: true }
    );
}

#[test]
fn what_i18next_is_given_cannot_harm_its_pages() {
    let given = |source: &str, kind| {
        let Plain { texts, simplified } = plain(&compiled(source, kind), &locale("en"), kind);
        (texts[0].1.clone(), simplified)
    };
    // What is text in an html entry stays text where the client reads markup.
    assert_eq!(given("{ \"<img src=x onerror=alert(1)>\" }", Kind::Html).0, "&lt;img src=x onerror=alert(1)&gt;");
    assert_eq!(given("a < b", Kind::Text).0, "a < b");
    // Nobody checks there where a variable leads.
    for source in [
        "<a href=\"{ $x }\">a</a>",
        "<a href=\"java{ \"script\" }:alert(1)//{ $x }\">a</a>",
        "<a href=\"{ $x ->\n    [a] /ok\n   *[b] javascript:alert(1)\n}\">a</a>",
    ] {
        assert_eq!(given(source, Kind::Html), ("<a>a</a>".to_owned(), true), "{source}");
    }
    assert_eq!(given("<a href=\"/of/{ $x }\">a</a>", Kind::Html), ("<a href=\"/of/{{x}}\">a</a>".to_owned(), false));
    // Its own syntax is broken up.
    assert_eq!(given("{ \"{{- x}}\" } $t(y)", Kind::Text), ("{\u{2060}{\u{2060}- x}} $\u{2060}t(y)".to_owned(), true));
    assert_eq!(given("{ \"{\" }{ $x }", Kind::Text), ("{\u{2060}{{x}}".to_owned(), true));
}

#[test]
fn a_number_that_has_a_form_to_itself_is_that_form() {
    let message = compiled("{ $count ->\n    [1] one thing\n   *[other] { $count } things\n}", Kind::Text);
    let Plain { texts, simplified } = plain(&message, &locale("en"), Kind::Text);
    assert_eq!(texts, [("_one".into(), "one thing".into()), ("_other".into(), "{{count}} things".into())]);
    assert!(!simplified);
    // Latvian has a form for zero and others: no form is that of zero alone.
    assert!(
        plain(&compiled("{ $count ->\n    [0] none\n   *[other] x\n}", Kind::Text), &locale("lv"), Kind::Text)
            .simplified
    );
}

#[test]
fn deep_and_wide_values_neither_overflow_nor_explode() {
    for source in [
        format!("{{ {}", "A(".repeat(32_000)),
        format!("{{ {}", "-a(".repeat(20_000)),
        "{\"}\" ->\n*[a]".repeat(4_500),
        format!("{{ $n ->\n *[a] \" {}", "{ A(".repeat(10_000)),
    ] {
        assert!(Pattern::parse(&source).is_err(), "{}", &source[..40]);
    }
    let different = (0..2_000).map(|n| format!("<b a{n}>")).collect::<Vec<_>>().concat();
    let bomb = format!("<p>{different}{}", "<p>x".repeat(10_000));
    let pattern = Pattern::parse(&bomb).expect("a pattern");
    assert_eq!(check::errors(&pattern, Kind::Html).len(), 1, "it cannot be saved");
    // Where it was saved before, it becomes its words.
    assert_eq!(compiled(&bomb, Kind::Html), Message(vec![Node::Text("x".repeat(10_000))]));
    let long = format!("{{ ${} }}", "x".repeat(60_000));
    let find = |key: &str| (key == "long").then(|| Arc::new(read(&Pattern::from_stored(&long), Kind::Text)));
    let many = read(&Pattern::from_stored(&"{ long }".repeat(20)), Kind::Text);
    assert_eq!(compile(&many, Kind::Text, &locale("en"), &find), Err(Broken::TooLarge));
}

#[test]
fn addresses_are_written_for_machines() {
    let arguments: Arguments = [
        ("id".to_owned(), Value::Number(1234.0)),
        ("when".to_owned(), Value::Date(1_795_273_445_000)),
        ("n".to_owned(), Value::Number(1.0)),
    ]
    .into();
    let shown =
        |source: &str| html(&evaluate(&compiled(source, Kind::Html), &locale("en"), &arguments).expect("evaluates"));
    assert_eq!(shown("<a href=\"/of/{ $id }/{ 5000 }\">{ $id }</a>"), "<a href=\"/of/1234/5000\">1,234</a>");
    assert_eq!(shown("<a href=\"/{ $when }\">x</a>"), "<a href=\"/2026-11-21T15:04:05.000Z\">x</a>");
    assert_eq!(
        shown("<a href=\"{ $n ->\n    [one] /a/{ $id }\n   *[other] /b\n}\">x</a>"),
        "<a href=\"/a/1234\">x</a>"
    );
}

/// Text as a pattern that shows exactly it.
fn quoted(text: &str) -> String {
    text.chars().map(|c| format!("{{ \"\\U{:06X}\" }}", u32::from(c))).collect::<Vec<_>>().concat()
}

/// Pieces that markup goes wrong with.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<b>"),
        Just("</b>"),
        Just("<i title=\""),
        Just("\">"),
        Just("<a href=\""),
        Just("javascript:"),
        Just("</a>"),
        Just("{ $x }"),
        Just("{ $n ->\n    [one] <b>1\n   *[other] 2</i>\n }"),
        Just("&#xFDD0;"),
        Just("&#64976"),
        Just("0"),
        Just("\u{fdd0}"),
        Just("\u{fdd1}"),
        Just("<script>"),
        Just("</script>"),
        Just("<!--"),
        Just("-->"),
        Just("<svg>"),
        Just("<table>"),
        Just("<p>"),
        Just("</p>"),
        Just("&amp;"),
        Just("&lt"),
        Just("<"),
        Just(">"),
        Just("'"),
        Just("words "),
        Just("<li>"),
        Just("<ul>"),
        Just("<button>"),
        Just("<button data-copy-name=x>"),
        Just("<br>"),
        Just("\u{a0}"),
        Just("é"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_is_what_is_shown(text in "\\PC{0,40}") {
        let message = compiled(&quoted(&text), Kind::Text);
        let pieces = evaluate(&message, &locale("en"), &Arguments::new()).expect("evaluates");
        prop_assert_eq!(super::text(&pieces), text);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(source in markup()) {
        if let Ok(pattern) = Pattern::parse(&source) {
            let find = |_: &str| -> Option<Arc<Parsed>> { None };
            let Ok(once) = compile(&read(&pattern, Kind::Html), Kind::Html, &locale("en"), &find) else { return Ok(()) };
            let again = to_ftl(&once, Kind::Html);
            prop_assert_eq!(&compiled(&again, Kind::Html), &once, "{} became {}", source, again);
        }
    }

    #[test]
    fn no_placeholder_is_forged_or_shown(source in markup()) {
        if let Ok(pattern) = Pattern::parse(&source) {
            let find = |_: &str| -> Option<Arc<Parsed>> { None };
            let Ok(message) = compile(&read(&pattern, Kind::Html), Kind::Html, &locale("en"), &find) else { return Ok(()) };
            let html = shown(&message);
            prop_assert!(!html.contains(['\u{fdd0}', '\u{fdd1}']), "{}", html);
            prop_assert!(html.matches('X').count() <= source.matches("$x").count(), "{} shows {}", source, html);
        }
    }

    #[test]
    fn what_is_delivered_is_read_back(source in markup()) {
        if let Ok(pattern) = Pattern::parse(&source) {
            let find = |_: &str| -> Option<Arc<Parsed>> { None };
            let Ok(message) = compile(&read(&pattern, Kind::Html), Kind::Html, &locale("en"), &find) else { return Ok(()) };
            let json = serde_json::to_value(&message).expect("text keys");
            prop_assert_eq!(Message::from_json(json), Ok(message));
        }
    }
}
