use super::*;

fn release() -> ReleaseFile {
    let file = |number| FileEntry { number: ReleaseNumber(number), cut: Seq(9), bytes: 3, sha256: sha256_hex(b"abc") };
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
fn the_page_file_says_no_more_than_it_must() {
    let copy = |kind, fallback: Option<&str>| {
        Copy::new(Pattern::from_stored("Hi"), kind, fallback.map(|tag| tag.parse().expect("locale")))
    };
    let file = PageFile {
        format: FORMAT,
        locale: "de".parse().expect("locale"),
        page: "home".parse().expect("page"),
        entries: [
            ("own".parse().expect("key"), copy(Kind::Text, None)),
            ("fell-back".parse().expect("key"), copy(Kind::Text, Some("en"))),
            ("markup".parse().expect("key"), copy(Kind::Html, None)),
        ]
        .into(),
    };
    insta::assert_json_snapshot!(file);
    let again: PageFile = serde_json::from_slice(&to_json(&file)).expect("parses");
    assert_eq!(again, file);
}
