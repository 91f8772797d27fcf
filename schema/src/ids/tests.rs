use super::*;

#[track_caller]
fn accepts<T: std::str::FromStr<Err = Invalid> + std::fmt::Display>(cases: &[(&str, &str)]) {
    for (given, kept) in cases {
        let name: T = given.parse().unwrap_or_else(|e| panic!("{given:?} was refused: {e}"));
        assert_eq!(&name.to_string(), kept);
    }
}

#[track_caller]
fn refuses<T: std::str::FromStr<Err = Invalid> + std::fmt::Debug>(cases: &[&str]) {
    for given in cases {
        assert!(given.parse::<T>().is_err(), "{given:?} was accepted");
    }
}

#[test]
fn projects_are_slugs() {
    accepts::<ProjectId>(&[("acme", "acme"), ("a-1", "a-1")]);
    refuses::<ProjectId>(&["", "a", "Acme", "-a", "a-", "a--b", "1a", "a_b", "a.b", "a/b", &"a".repeat(64)]);
}

#[test]
fn pages_are_one_safe_path_segment() {
    accepts::<PageId>(&[("pricing", "pricing"), ("firefox--new--desktop", "firefox--new--desktop"), ("404", "404")]);
    refuses::<PageId>(&["", "a.b", "a/b", "..", "releases", "live", "site", "__proto__", "a b", "é", &"a".repeat(201)]);
}

#[test]
fn keys_are_fluent_identifiers_with_dots() {
    accepts::<EntryKey>(&[
        ("hero-title", "hero-title"),
        ("search.placeholder", "search.placeholder"),
        ("-brand.x", "-brand.x"),
    ]);
    refuses::<EntryKey>(&["", "-", "1a", "a.", ".a", "a..b", "__proto__", "a b", "a#b", "--a", &"a".repeat(201)]);
}

#[test]
fn locales_are_canonical() {
    accepts::<Locale>(&[
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ca-valencia", "ca-valencia"),
    ]);
    refuses::<Locale>(&["", "e", "en_US", "und", "releases", "en-u-ca-buddhist", "../en", "english-x"]);
}
