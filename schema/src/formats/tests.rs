use super::*;
use crate::delivered::AliasLayout;

const FTL: &str = "\
### About the page

# Standing alone

## The top

# Shown first.
# Keep it short.
hero-title = Hello, { $name }!
    .title = A tooltip
-brand = Acme
    .gender = neuter
only-attributes =
    .placeholder = Search

##

lines =
    First line
      deeper line

    after a blank line
count = { $n ->
    [one] one thing
   *[other] { $n } things
}
quoted = { \"\" }  blanks kept { \"}\" }
";

fn keys(imported: &Imported) -> Vec<&str> {
    imported.messages.iter().map(|message| message.key.as_str()).collect()
}

fn value<'i>(imported: &'i Imported, key: &str) -> &'i str {
    imported.messages.iter().find(|message| message.key.as_str() == key).expect("is there").value.as_str()
}

#[test]
fn ftl_arrives_unharmed_and_comes_back() {
    let found = ftl::parse(FTL);
    assert_eq!(found.skipped, []);
    assert_eq!(found.note, "About the page");
    let expect = [
        "hero-title",
        "hero-title.title",
        "-brand",
        "-brand.gender",
        "only-attributes.placeholder",
        "lines",
        "count",
        "quoted",
    ];
    assert_eq!(keys(&found), expect);
    assert_eq!(value(&found, "lines"), "First line\n  deeper line\n\nafter a blank line");
    assert_eq!(found.messages[0].note, "The top\n\nShown first.\nKeep it short.");
    assert_eq!(found.messages[1].note, "");

    let (text, skipped) = ftl::write(&found.note, &found.messages);
    assert_eq!(skipped, []);
    assert_eq!(ftl::parse(&text), found, "{text}");
}

#[test]
fn what_ftl_cannot_give_is_named_with_its_line() {
    let found = ftl::parse("good = yes\nbad = { $\n\n1 }\ngood = again\nfine = too\n");
    assert_eq!(keys(&found), ["good", "fine"]);
    let lines: Vec<usize> = found.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lines, [5, 2], "{:?}", found.skipped);
}

#[test]
fn what_ftl_cannot_hold_is_named() {
    let message = |key: &str| Message::new(key.parse().expect("key"), Pattern::from_stored("x"), "");
    let (text, skipped) = ftl::write("", &[message("a.b.c"), message("-t.attr"), message("ok")]);
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert_eq!(keys(&ftl::parse(&text)), ["ok"]);
}

#[test]
fn i18next_plurals_and_variables_arrive_and_come_back() {
    let json = r#"{ "nav": { "home": "Home {{name}}" }, "item_one": "{{count}} item", "item_other": "{{count}} items",
                    "brace": "a } b", "dot": "first\n.second", "list": ["no"], "1bad": "x", "plan_one": "no other form" }"#;
    let found = i18next::parse(json).expect("an object");
    assert_eq!(keys(&found), ["brace", "dot", "item", "nav.home", "plan_one"]);
    assert_eq!(value(&found, "nav.home"), "Home { $name }");
    assert_eq!(value(&found, "item"), "{ $count ->\n    [one] { $count } item\n   *[other] { $count } items\n}");
    assert_eq!(found.skipped.len(), 2, "{:?}", found.skipped);

    let (text, skipped) = i18next::write(&found.messages, AliasLayout::Flat);
    assert_eq!(skipped, []);
    assert_eq!(i18next::parse(&text).expect("an object").messages, found.messages, "{text}");
}

#[test]
fn i18next_formats_and_references_are_understood_or_named() {
    let json = r#"{ "a": "{{n, number(minimumFractionDigits: 2)}} of $t(b.c)", "d": "{{when, datetime(dateStyle: long)}}",
                    "e": "{{x, uppercase}} $t(no way)", "day_ordinal_one": "{{count}}st", "day_ordinal_other": "{{count}}th" }"#;
    let found = i18next::parse(json).expect("an object");
    assert_eq!(value(&found, "a"), "{ NUMBER($n, minimumFractionDigits: 2) } of { b.c }");
    assert_eq!(value(&found, "d"), "{ DATETIME($when, dateStyle: \"long\") }");
    assert!(value(&found, "day").starts_with("{ NUMBER($count, type: \"ordinal\") ->"), "{}", value(&found, "day"));
    let changed: Vec<&str> = found.changed.iter().map(|changed| changed.reason.as_str()).collect();
    assert_eq!(
        changed,
        [
            "e: {{x, uppercase}} is not understood and was taken as it stands",
            "e: $t(no way) is not understood and was taken as it stands",
        ]
    );
}

#[test]
fn attributes_that_are_pasted_in_become_slots() {
    let ftl =
        "a = <a { $attrs }>x</a>\nb = <a id=\"{ $id }\" href=\"{ $url }\">y</a>\nc = <a { $x } id=\"{ $y }\">z</a>\n";
    let found = ftl::parse(ftl);
    assert_eq!(value(&found, "a"), "<a data-copy-name=\"attrs\">x</a>");
    assert_eq!(value(&found, "b"), "<a data-copy-name=\"id\" href=\"{ $url }\">y</a>");
    // Nobody can say which of the two names it; saving it is refused, with the remedy.
    assert_eq!(value(&found, "c"), "<a { $x } id=\"{ $y }\">z</a>");
    assert_eq!(found.changed.len(), 2, "{:?}", found.changed);
}

#[test]
fn i18next_says_what_it_cannot_express() {
    let message = Message::new("m".parse().expect("key"), Pattern::from_stored("{ NUMBER($n) }"), "");
    let (text, skipped) = i18next::write(&[message], AliasLayout::Flat);
    assert_eq!((text.as_str(), skipped.len()), ("{}\n", 1));
    assert!(i18next::parse("[]").is_err());
}

#[test]
fn paths_and_pages_are_each_others_reverse() {
    let page = page_of_path("firefox/new/desktop").expect("page");
    assert_eq!(page.as_str(), "firefox--new--desktop");
    assert_eq!(path_of_page(&page), "firefox/new/desktop");
    for path in ["a--b", "a-/b", "-a", "a.b", ""] {
        assert!(page_of_path(path).is_err(), "{path}");
    }
}

#[test]
fn markup_makes_a_value_html() {
    for (source, kind) in
        [("a <b>c</b>", Kind::Html), ("1 < 2", Kind::Text), ("</p>", Kind::Html), ("plain", Kind::Text)]
    {
        assert_eq!(kind_of(&Pattern::from_stored(source)), kind, "{source}");
    }
}
