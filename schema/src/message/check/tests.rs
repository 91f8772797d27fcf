use super::*;

fn locale(tag: &str) -> Locale {
    tag.parse().expect("locale")
}

/// What is said of a value, as `code line:column`.
fn said(value: &str, tag: &str, kind: Kind, source: Option<&str>) -> Vec<String> {
    let (locale, english) = (locale(tag), locale("en"));
    let find = |key: &str| (key == "-brand").then(|| Arc::new(read(&Pattern::from_stored("Acme"), Kind::Text)));
    let source = source.map(Pattern::from_stored);
    let source =
        source.as_ref().map(|pattern| Source { locale: &english, pattern, parsed: Arc::new(read(pattern, kind)) });
    let context = Context { kind, term: false, locale: &locale, max_length: Some(40), source, find: &find };
    let place = |finding: &Finding| match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("{} {line}:{column}", finding.code.slug()),
        _ => finding.code.slug().to_owned(),
    };
    check(&Pattern::parse(value).expect("a pattern"), &context).iter().map(place).collect()
}

#[track_caller]
fn text(value: &str, expected: &[&str]) {
    assert_eq!(said(value, "de", Kind::Text, Some("Hello { $name }")), expected, "{value}");
}

#[track_caller]
fn html(value: &str, expected: &[&str]) {
    assert_eq!(
        said(value, "de", Kind::Html, Some("A <a data-copy-name=\"terms\">link</a> <b>x</b>")),
        expected,
        "{value}"
    );
}

#[test]
fn good_copy_is_left_alone() {
    text("Hallo { $name }", &[]);
    text("{ -brand } grüßt { $name }", &[]);
    html("Ein <a data-copy-name=\"terms\">Verweis</a> <b>x</b>", &[]);
    assert_eq!(said("{ $n ->\n    [one] eins\n   *[other] { $n }\n}", "de", Kind::Text, None), Vec::<String>::new());
}

#[test]
fn what_differs_from_the_source_is_said() {
    text("Hallo", &["missing-variable"]);
    text("Hallo { $name } { $surname }", &["new-variable 1:20"]);
    text("Hello { $name }", &["untranslated"]);
    text("", &["empty"]);
    text("  Hallo { $name }", &["blank-edge"]);
    text("Hallo { $name }, wie geht es Ihnen an diesem schönen Tag?", &["too-long"]);
    html("Ein Verweis <b>x</b>", &["missing-slot"]);
    html("<a data-copy-name=\"terms\">a</a> <a data-copy-name=\"terms\">b</a> <b>x</b>", &["repeated-slot"]);
    html("<a data-copy-name=\"terms\">a</a> <a data-copy-name=\"new\">b</a> <i>x</i>", &["new-slot", "markup-differs"]);
}

#[test]
fn what_cannot_be_formed_is_said() {
    text("{ $name } { UPPER($name) }", &["unknown-function 1:13"]);
    text("{ NUMBER($name, colour: 1) }", &["function-argument 1:3"]);
    text("Hallo\n{ $name } { -nobody }", &["missing-reference 2:14"]);
    text(
        "{ $name } { -a } { UPPER($name) } { b }",
        &["unknown-function 1:20", "missing-reference 1:14", "missing-reference 1:37"],
    );
    text("{ $name } { nothing.title }", &["missing-reference 1:13"]);
}

#[test]
fn plural_forms_are_those_of_the_locale() {
    let forms = "{ $n ->\n    [one] jeden\n   *[other] { $n }\n}";
    assert_eq!(said(forms, "pl", Kind::Text, None), ["plural-missing 1:4"]);
    assert_eq!(said("{ $n ->\n    [few] x\n   *[other] { $n }\n}", "ja", Kind::Text, None), ["plural-unused 2:6"]);
    // Where the source text chooses by a number, so does its translation.
    let source = Some("{ $n ->\n    [one] one\n   *[other] { $n }\n}");
    let by = |value: &str| said(value, "de", Kind::Text, source);
    assert_eq!(
        by("{ $n ->\n    [eins] { $n }\n   *[andere] y\n}"),
        ["plural-unused 2:6", "plural-unused 3:6", "plural-missing 1:4"]
    );
    assert_eq!(by("{ $n ->\n   *[other] { $n } viele\n}"), ["plural-missing 1:4"]);
    // Exact numbers stand for forms that are one number only; words are no plural forms.
    assert_eq!(said("{ $n ->\n    [1] one\n   *[other] { $n }\n}", "en", Kind::Text, None), Vec::<String>::new());
    assert_eq!(said("{ $who ->\n    [male] his\n   *[other] their\n}", "en", Kind::Text, None), Vec::<String>::new());
    let ordinal = "{ NUMBER($n, type: \"ordinal\") ->\n    [one] { $n }st\n   *[other] { $n }th\n}";
    assert_eq!(said(ordinal, "en", Kind::Text, None), ["plural-missing 1:3"]);
}

#[test]
fn markup_that_goes_is_said_with_its_reason() {
    let said = |value: &str| said(value, "en", Kind::Html, None);
    assert_eq!(said("<div>a</div>"), ["markup-removed 1:1"]);
    assert_eq!(said("a <script>b</script>"), ["markup-removed 1:3"]);
    assert_eq!(said("<b class=\"x\">a</b>"), ["markup-removed 1:1"]);
    assert_eq!(said("<a href=\"javascript:x\">a</a>"), ["link-removed 1:1"]);
    assert_eq!(said("<b>a"), ["markup-unbalanced 1:1"]);
    assert_eq!(said("{ $n ->\n    [one] <b>a\n   *[other] b\n}"), ["markup-unbalanced 2:11"]);
    assert_eq!(said("Read <a href=\"/x>the terms</a> and so on"), ["markup-unbalanced 1:6"]);
    assert_eq!(said("I <love you"), ["markup-unbalanced 1:3"]);
    assert_eq!(said("Q&amp;A <b>ok</b> <div>x</div>"), ["markup-removed 1:19"]);
    assert_eq!(said("<a href=\"https://{ $host }/x\">a</a>"), ["link-removed 1:1"]);
    assert_eq!(said("<ul><li>a<li>b</ul>"), Vec::<String>::new());
    text("Hallo <b>{ $name }</b>", &["markup-in-text 1:7"]);
    text("1 < 2, { $name }", &[]);
}

#[test]
fn markup_that_cannot_be_made_safe_stops_the_save() {
    for (value, place) in [
        ("<a { $attrs }>x</a>", "placeable-in-tag 1:7"),
        ("<b class=\"{ $c }\">x</b>", "placeable-in-tag 1:14"),
        ("x\n<img src=\"{ $u }\">", "placeable-in-tag 2:14"),
    ] {
        assert_eq!(said(value, "en", Kind::Html, None).first().map(String::as_str), Some(place), "{value}");
        let errors = errors(&Pattern::from_stored(value), Kind::Html);
        assert_eq!(errors.len(), 1, "{value}: {errors:?}");
        assert!(errors[0].message.contains("data-copy-name="), "{errors:?}");
    }
    assert_eq!(errors(&Pattern::from_stored(&"{ $x }".repeat(501)), Kind::Text).len(), 1);
    let deep = format!("{}$x{}", "{ ".repeat(40), " }".repeat(40));
    assert_eq!(errors(&Pattern::parse(&deep).expect("a pattern"), Kind::Text)[0].code, Code::Limit);
}
