use super::*;
use proptest::prelude::*;

#[track_caller]
fn error(source: &str) -> String {
    Pattern::parse(source).expect_err("was accepted").to_string()
}

#[test]
fn plain_words_and_fluent_are_patterns() {
    for source in [
        "",
        "  ",
        "Hello",
        "Hello, { $name }!",
        "two\nlines",
        "two\n  lines, the second deeper",
        "{ $n ->\n    [one] one\n   *[other] { $n } more\n}",
        ".dotted first line",
        "[bracketed]",
        "ends { -brand } { msg.attr } { NUMBER($n, minimumFractionDigits: 2) }",
    ] {
        let pattern = Pattern::parse(source).unwrap_or_else(|e| panic!("{source:?}: {e}"));
        assert_eq!(pattern.as_str(), source);
    }
}

#[test]
fn errors_name_the_place_in_the_value() {
    insta::assert_snapshot!(error("Hello { $name"), @"line 1, column 14: a placeable that was opened with { is not closed with }; write { \"{\" } for a brace");
    insta::assert_snapshot!(error("first\nsecond }"), @"line 2, column 8: a } closes nothing here; that of a selection stands on a line of its own, and a brace is written { \"}\" }");
    insta::assert_snapshot!(error("first\n.attr = smuggled"), @r#"line 2, column 1: a line cannot begin with a dot here; write { "." } instead"#);
    insta::assert_snapshot!(error(&"{".repeat(5000)), @"braces are nested more than 100 deep");
    insta::assert_snapshot!(error(&"x".repeat(VALUE_BYTES + 1)), @"the value has 65537 bytes; at most 65536 are allowed");
}

#[test]
fn values_never_add_messages_when_written_to_a_file() {
    for source in ["first\nevil = smuggled", "a\n\nb = c", "a\n# comment", "a\n-term = x"] {
        let pattern = Pattern::parse(source).unwrap_or_else(|e| panic!("{source:?}: {e}"));
        let file = pattern.to_ftl("k");
        let resource = parser::parse(file.as_str()).expect("parses");
        assert_eq!(resource.body.len(), 1, "{file}");
    }
}

proptest! {
    #[test]
    fn parsing_never_panics_and_keeps_what_it_accepts(source in "(?s)[a-z{}\\[\\]*.$\"\\-> \n#=\\\\]{0,60}") {
        if let Ok(pattern) = Pattern::parse(&source) {
            prop_assert_eq!(pattern.as_str(), &source);
            let file = pattern.to_ftl("k");
            let resource = parser::parse(file.as_str()).expect("a saved value can always be exported");
            prop_assert_eq!(resource.body.len(), 1);
        }
    }

    #[test]
    fn canonical_source_parses_to_the_same_pattern(source in "(?s)[a-z{}\\[\\]*.$\"\\-> \n]{0,60}") {
        if let Ok(pattern) = Pattern::parse(&source) {
            let canonical = pattern.with_ast(|ast| ast.map(Pattern::from_ast));
            if let Some(Ok(canonical)) = canonical {
                let same = canonical.with_ast(|a| pattern.with_ast(|b| a == b));
                prop_assert!(same);
            }
        }
    }
}
