use super::{add, file, locale, render_in, site, site_of};
use crate::{Pages, page};

#[track_caller]
fn check(tag: &str, before: &str, after: &str) {
    assert_eq!(render_in(tag, before, &site(&[])).html, after);
}

#[test]
fn links_to_pages_stay_in_the_language() {
    for (before, after) in [
        ("/", "/de/"),
        ("/about.html", "/de/about.html"),
        ("/about", "/de/about"),
        ("/about?a=1&amp;b=2#x", "/de/about?a=1&amp;b=2#x"),
        ("/blog", "/de/blog"),
        ("/blog/", "/de/blog/"),
        ("/blog/first%20post.html", "/de/blog/first%20post.html"),
    ] {
        check("de", &format!("<a href=\"{before}\">x</a>"), &format!("<a href=\"{after}\">x</a>"));
        check("en", &format!("<a href=\"{before}\">x</a>"), &format!("<a href=\"{before}\">x</a>"));
    }
}

#[test]
fn other_links_stay() {
    let others = [
        "#x",
        "",
        "blog/",
        "./",
        "?a",
        "/feed.xml",
        "/missing",
        "/de/about.html",
        "/ar/",
        "//example.org/about.html",
        "https://example.org/about.html",
        "https://example.com/",
        "mailto:a@example.org",
        "javascript:void(0)",
    ];
    for href in others {
        let html = format!("<a href=\"{href}\">x</a>");
        check("de", &html, &html);
    }
}

#[test]
fn a_link_that_names_a_language_leads_to_it() {
    let html = "<a hreflang=en href=/about.html>e</a><a hreflang=de href=/about.html>d</a><a hreflang=ar href=about>a</a>\
                <a hreflang=fr href=/about.html>f</a>";
    check(
        "de",
        html,
        "<a hreflang=en href=/about.html>e</a><a hreflang=de href=\"/de/about.html\">d</a>\
         <a hreflang=ar href=\"/ar/about\">a</a><a hreflang=fr href=\"/de/about.html\">f</a>",
    );
    check(
        "en",
        html,
        "<a hreflang=en href=/about.html>e</a><a hreflang=de href=\"/de/about.html\">d</a>\
         <a hreflang=ar href=\"/ar/about\">a</a><a hreflang=fr href=/about.html>f</a>",
    );
}

#[test]
fn what_is_relative_to_the_file_is_still_found() {
    let html = "<link href=\"s.css\" rel=stylesheet><img src=i.png srcset=\"i.png, i2.png 2x,data:x 3x\"><a href=a.pdf>\
                <img src=/i.png><img src=data:x><svg><use href=\"#x\"/></svg><form action=about.html>";
    check(
        "de",
        html,
        "<link href=\"/s.css\" rel=stylesheet><img src=\"/i.png\" srcset=\"/i.png, /i2.png 2x,data:x 3x\">\
         <a href=\"/a.pdf\"><img src=/i.png><img src=data:x><svg><use href=\"#x\"/></svg><form action=about.html>",
    );
    check("en", html, html);
    let html = "<img src=../i.png><a href=../about.html>x</a>";
    let rendered = page(html.as_bytes(), "blog/index.html", &locale("de"), &site(&[])).expect("renders");
    assert_eq!(rendered.html, "<img src=\"/i.png\"><a href=../about.html>x</a>");
}

#[test]
fn a_base_element_is_followed() {
    check(
        "de",
        "<base href=\"blog/\"><a href=\"../about.html\">x</a><img src=\"i.png\"><a href=\"#x\">y</a>",
        "<base href=\"/blog/\"><a href=\"/de/about.html\">x</a><img src=\"/blog/i.png\"><a href=\"#x\">y</a>",
    );
}

#[test]
fn links_of_messages_stay_in_the_language_too() {
    let mut pages = Pages::new();
    add(
        &mut pages,
        "de",
        "home",
        file("de", &[("a", "<a href=\"/about?a=1&amp;b\">x</a><a href=\"/feed.xml\">y</a>")]),
    );
    let html = "<p data-copy-page=home data-copy=a></p>";
    let expected =
        "<p data-copy-page=home data-copy=a><a href=\"/de/about?a=1&amp;b\">x</a><a href=\"/feed.xml\">y</a></p>";
    assert_eq!(render_in("de", html, &site_of(pages)).html, expected);
}
