use super::{add, file, locale, render_in, site, site_of};
use crate::{Addresses, Pages, Site, SiteError, Why};

const LINKS: &str = "<link rel=\"canonical\" href=\"https://example.org/de/about.html\">\
    <link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/about.html\">\
    <link rel=\"alternate\" hreflang=\"de\" href=\"https://example.org/de/about.html\">\
    <link rel=\"alternate\" hreflang=\"ar\" href=\"https://example.org/ar/about.html\">\
    <link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/about.html\">";

#[track_caller]
fn check(before: &str, after: &str) {
    let rendered = render_in("de", before, &site(&[]));
    assert_eq!(rendered.html, after.replace("LINKS", LINKS));
    assert_eq!(rendered.report.kept, []);
}

#[test]
fn the_file_says_its_language_and_its_other_languages() {
    check(
        "<!doctype html>\n<html lang=en class=x>\n<head>\n<title>x</title>\n</head>\n<body></body></html>",
        "<!doctype html>\n<html lang=\"de\" class=x dir=\"ltr\">\n<head>\n<title>x</title>\nLINKS</head>\n<body></body></html>",
    );
    let arabic = render_in("ar", "<html><head></head></html>", &site(&[])).html;
    assert!(arabic.starts_with(
        "<html lang=\"ar\" dir=\"rtl\"><head><link rel=\"canonical\" href=\"https://example.org/ar/about.html\">"
    ));
}

#[test]
fn tags_of_the_head_may_be_left_out() {
    check(
        "<!doctype html><title>x</title><p>y",
        "<!doctype html><html lang=\"de\" dir=\"ltr\"><title>x</title>LINKS<p>y",
    );
    check("<html><head><title>x</title><body>y", "<html lang=\"de\" dir=\"ltr\"><head><title>x</title>LINKS<body>y");
    check("<html><head><title>x</title><p>y", "<html lang=\"de\" dir=\"ltr\"><head><title>x</title>LINKS<p>y");
    check(
        "<!doctype html><noscript><img src=/i></noscript><p>y",
        "<!doctype html><html lang=\"de\" dir=\"ltr\"><noscript><img src=/i></noscript>LINKS<p>y",
    );
    check("<p>a fragment", "<p>a fragment");
    let rendered = render_in("de", "<!doctype html><title>x</title>", &site(&[]));
    assert_eq!(rendered.report.kept[0].why, Why::NoHead);
}

#[test]
fn links_of_an_earlier_run_give_way() {
    check(
        "<html><head><link rel=canonical href=/about.html>\n<link rel=alternate hreflang=DE href=https://old.example/>\
         <link rel=alternate hreflang=fr href=/about><link rel=alternate hreflang=fr href=https://fr.example/>\
         <link rel=alternate type=application/rss+xml href=/feed></head></html>",
        "<html lang=\"de\" dir=\"ltr\"><head>\n<link rel=alternate hreflang=fr href=https://fr.example/>\
         <link rel=alternate type=application/rss+xml href=/feed>LINKS</head></html>",
    );
}

#[test]
fn a_canonical_link_that_leads_elsewhere_is_the_hosts_own() {
    let html =
        "<html lang=\"de\" dir=\"ltr\"><head><link rel=canonical href=\"https://example.org/blog/\"></head></html>";
    check(html, html);
}

#[test]
fn addresses_follow_the_host() {
    let site = |base: &str, addresses| {
        let paths = ["index.html", "a/index.html", "a/über uns.html"].map(str::to_owned);
        Site::new(base, addresses, locale("en"), ["en", "de"].map(locale).to_vec(), paths, Pages::new())
    };
    let files = site("https://example.org/docs", Addresses::Files).expect("site");
    let clean = site("https://example.org/docs/", Addresses::Clean).expect("site");
    for (path, tag, expected) in [
        ("index.html", "en", "https://example.org/docs/"),
        ("index.html", "de", "https://example.org/docs/de/"),
        ("a/index.html", "de", "https://example.org/docs/de/a/"),
        ("a/über uns.html", "de", "https://example.org/docs/de/a/%C3%BCber%20uns.html"),
    ] {
        assert_eq!(files.address(path, &locale(tag)), expected);
        assert_eq!(clean.address(path, &locale(tag)), expected.trim_end_matches(".html"));
    }
    assert_eq!(files.place("a/index.html", &locale("de")), "de/a/index.html");
    assert_eq!(files.place("a/index.html", &locale("en")), "a/index.html");
}

#[test]
fn a_site_that_cannot_be_is_refused() {
    let site = |base: &str, locales: &[&str], path: &str| {
        let locales = locales.iter().map(|tag| locale(tag)).collect();
        Site::new(base, Addresses::Files, locale("en"), locales, [path.to_owned()], Pages::new()).map(|_| ())
    };
    assert_eq!(site("https://example.org", &["en", "de"], "a.html"), Ok(()));
    for base in ["example.org", "mailto:a@example.org", "https://example.org/?a", "https://a:b@example.org"] {
        assert_eq!(site(base, &["en"], "a.html"), Err(SiteError::Base(base.into())));
    }
    assert_eq!(site("https://example.org", &["de"], "a.html"), Err(SiteError::Source(locale("en"))));
    for path in ["/a.html", "../a.html", "a//b.html", "a\\b.html", ""] {
        assert_eq!(site("https://example.org", &["en"], path), Err(SiteError::Path(path.into())));
    }
    let taken = SiteError::Taken { path: "de/a.html".into(), locale: locale("de") };
    assert_eq!(site("https://example.org", &["en", "de"], "de/a.html"), Err(taken));
}

#[test]
fn direction_is_that_of_the_script() {
    for (tag, expected) in [
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa-AF", "rtl"),
        ("az-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("ug", "rtl"),
        ("en", "ltr"),
        ("ar-Latn", "ltr"),
        ("sd-Deva", "ltr"),
        ("pa", "ltr"),
        ("de-1996", "ltr"),
    ] {
        assert_eq!(locale(tag).direction(), expected, "{tag}");
    }
}

#[test]
fn the_title_is_words() {
    let mut pages = Pages::new();
    add(&mut pages, "de", "home", file("de", &[("t", "Über <b>uns</b>")]));
    let html = "<html data-copy-page=home><head><title data-copy=t>About</title></head></html>";
    let written = render_in("de", html, &site_of(pages)).html;
    assert!(written.contains("<title data-copy=t>Über uns</title>"), "{written}");
}
