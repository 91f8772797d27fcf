use super::*;
use crate::Kind;

fn project() -> Structure {
    let mut structure = Structure::default();
    for change in [
        Change::ProjectCreated { name: "Acme".into(), source: locale("en") },
        put_locale("en", &[]),
        put_locale("pt", &[]),
        put_locale("pt-BR", &["pt"]),
        put_page("home"),
        put_entry("home", "title"),
    ] {
        push(&mut structure, &change);
    }
    structure
}

fn push(structure: &mut Structure, change: &Change) {
    structure.check(change).unwrap_or_else(|e| panic!("{change:?}: {e}"));
    structure.apply_change(structure.changed.next(), change);
}

fn locale(tag: &str) -> Locale {
    tag.parse().expect("locale")
}

fn put_locale(tag: &str, fallback: &[&str]) -> Change {
    let fallback = fallback.iter().map(|tag| locale(tag)).collect();
    Change::LocalePut { locale: locale(tag), info: LocaleInfo { name: tag.into(), fallback } }
}

fn put_page(page: &str) -> Change {
    Change::PagePut { page: page.parse().expect("page"), info: PageInfo::default() }
}

fn put_entry(page: &str, key: &str) -> Change {
    let info = EntryInfo { kind: Kind::Text, ..EntryInfo::default() };
    Change::EntryPut { page: page.parse().expect("page"), key: key.parse().expect("key"), info }
}

#[track_caller]
fn refused(change: &Change) -> String {
    project().check(change).expect_err("was accepted").to_string()
}

#[test]
fn chains_end_at_the_source_and_never_turn_back() {
    let structure = project();
    assert_eq!(structure.chain(&locale("pt-BR")), [locale("pt-BR"), locale("pt"), locale("en")]);
    assert_eq!(structure.chain(&locale("en")), [locale("en")]);
    insta::assert_snapshot!(refused(&put_locale("pt", &["pt-BR"])), @"the fallback chain of pt leads back to itself");
    insta::assert_snapshot!(refused(&put_locale("pt", &["pt"])), @"the fallback chain of pt leads back to itself");
    insta::assert_snapshot!(refused(&put_locale("de", &["fr"])), @"the project has no locale fr; add it first");
    insta::assert_snapshot!(refused(&put_locale("en", &["pt"])), @"en is the source locale: every chain ends there, so it can have no fallback");
    insta::assert_snapshot!(refused(&Change::LocaleDeleted { locale: locale("pt") }), @"pt is in the fallback chain of pt-BR; change that chain first");
    insta::assert_snapshot!(refused(&Change::LocaleDeleted { locale: locale("en") }), @"en is the source locale and cannot be removed");
}

#[test]
fn a_page_that_comes_back_is_empty_and_its_history_goes_on() {
    let mut structure = project();
    let page: PageId = "home".parse().expect("page");
    let key: EntryKey = "title".parse().expect("key");
    let first = structure.entry(&page, &key).expect("exists").seq;
    push(&mut structure, &Change::PageDeleted { page: page.clone() });
    assert!(structure.page(&page).is_none());
    push(&mut structure, &put_page("home"));
    assert!(structure.entry(&page, &key).is_none(), "the entry belonged to the page's earlier life");
    push(&mut structure, &put_entry("home", "title"));
    let again = structure.entry(&page, &key).expect("exists");
    assert_eq!((again.prev, again.born), (first, again.seq));
}

#[test]
fn terms_have_one_home() {
    let mut structure = project();
    push(&mut structure, &put_page("brands"));
    push(&mut structure, &put_entry("brands", "-brand"));
    let refusal = structure.check(&put_entry("home", "-brand")).expect_err("was accepted");
    insta::assert_snapshot!(refusal, @"the term -brand is already on page brands; a term is unique in the project");
    push(&mut structure, &Change::PageDeleted { page: "brands".parse().expect("page") });
    push(&mut structure, &put_entry("home", "-brand"));
}

#[test]
fn slugs_are_never_used_twice() {
    let mut structure = project();
    push(&mut structure, &Change::ProjectDeleted);
    let again = Change::ProjectCreated { name: "Acme".into(), source: locale("en") };
    assert_eq!(structure.check(&again), Err(Refusal::ProjectTaken));
    assert_eq!(structure.check(&put_page("x")), Err(Refusal::NoProject));
}
