use super::*;
use crate::message::{compile, read};
use crate::{Kind, Pattern};

fn release() -> ReleaseFile {
    let file = |number| FileEntry {
        number: ReleaseNumber(number),
        cut: Seq(9),
        bytes: 3,
        sha256: sha256_hex(b"abc"),
        left_out: 0,
        html: BTreeSet::new(),
        simplified: 0,
    };
    let en: Locale = "en".parse().expect("locale");
    let de: Locale = "de".parse().expect("locale");
    ReleaseFile {
        format: FORMAT,
        project: "acme".parse().expect("project"),
        release: ReleaseNumber(2),
        cut: Seq(9),
        source: en.clone(),
        locales: vec![de, en.clone()],
        publisher: "0.1.0".into(),
        policy: POLICY,
        alias: AliasLayout::Flat,
        manifests: BTreeMap::new(),
        files: [("home".parse().expect("page"), [(en, file(1))].into())].into(),
    }
}

#[test]
fn the_release_file_is_stable() {
    insta::assert_json_snapshot!(release());
}

#[test]
fn the_live_manifest_is_stable() {
    insta::assert_json_snapshot!(release().live(Switch(5)));
}

#[test]
fn the_manifests_of_a_large_site_are_stable() {
    let manifests = release().locales.into_iter().zip([2, 1].map(ReleaseNumber)).collect();
    let large = ReleaseFile { manifests, ..release() };
    insta::assert_json_snapshot!(large.live(Switch(5)));
    insta::assert_json_snapshot!(large.manifest(&large.source));
}

#[test]
fn the_page_file_is_stable() {
    let message = |source: &str, kind| {
        let find =
            |key: &str| (key == "-brand").then(|| std::sync::Arc::new(read(&Pattern::from_stored("Acme"), Kind::Text)));
        let locale: Locale = "de".parse().expect("locale");
        compile(&read(&Pattern::parse(source).expect("pattern"), kind), kind, &locale, &find).expect("compiles")
    };
    let key = |key: &str| key.parse::<EntryKey>().expect("key");
    let own = [
        (key("words"), message("Hallo", Kind::Text)),
        (key("variable"), message("Hallo, { $name }!", Kind::Text)),
        (key("brand"), message("{ -brand } <b>", Kind::Text)),
        (
            key("plural"),
            message(
                "{ $count ->\n    [0] nichts\n    [one] eins\n   *[other] { NUMBER($count, minimumFractionDigits: 1) } Dinge\n}",
                Kind::Text,
            ),
        ),
        (key("date"), message("am { DATETIME($when, dateStyle: \"long\") }", Kind::Text)),
        (
            key("markup"),
            message(
                "Ein <a href=\"{ $url }\" title=\"Mehr\">Verweis</a>,<br><a data-copy-name=\"terms\"><em>Bedingungen</em></a>",
                Kind::Html,
            ),
        ),
    ];
    let fell_back = [(key("fell-back"), message("Hi", Kind::Text))];
    let (de, en): (Locale, Locale) = ("de".parse().expect("locale"), "en".parse().expect("locale"));
    let file = PageFile {
        copy: own.into(),
        fallbacks: [(en, fell_back.into())].into(),
        next: vec!["pricing".parse().expect("page")],
    };
    insta::assert_snapshot!(String::from_utf8(to_json(&file)).expect("text"));
    let (again, refused) = PageFile::read(&to_json(&file)).expect("parses");
    assert_eq!((again, refused.len()), (file.clone(), 0));
    insta::assert_json_snapshot!(file.alias(&de, AliasLayout::Flat, &BTreeSet::new()));
}

#[test]
fn a_page_file_without_anything_is_small() {
    let empty = PageFile::default();
    assert_eq!(to_json(&empty), b"[1,[]]");
    assert_eq!(PageFile::read(b"[1,[]]").expect("parses"), (empty, Vec::new()));
}

#[test]
fn nested_aliases_lose_nothing() {
    let texts = [("nav", "Nav"), ("nav.home", "Home"), ("a.b.c", "deep"), ("a.b.d", "too")];
    let value = alias::nested(texts.map(|(key, text)| (key.to_owned(), text.to_owned())).into());
    let expected = serde_json::json!({ "a": { "b": { "c": "deep", "d": "too" } }, "nav": "Nav", "nav.home": "Home" });
    assert_eq!(value, expected);
}
