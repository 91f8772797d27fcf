//! What is written, case by case.

mod attributes;
mod browser;
mod content;
mod head;
mod json_ld;
mod links;
mod markup;
mod safety;
mod sitemap;
mod slots;

use copydesk_schema::delivered::{Copy, PageFile};
use copydesk_schema::message::{compile, read};
use copydesk_schema::{EntryKey, Kind, Locale, PageId, Pattern};

use crate::{Addresses, Pages, Rendered, Report, Site, page};

fn locale(tag: &str) -> Locale {
    tag.parse().expect("locale")
}

/// Entries by key, compiled as they are delivered.
fn copy(tag: &str, entries: &[(&str, &str)]) -> Copy {
    let entry = |(key, source): &(&str, &str)| {
        let pattern = Pattern::parse(source).expect("pattern");
        let message = compile(&read(&pattern, Kind::Html), Kind::Html, &locale(tag), &|_| None).expect("compiles");
        (key.parse::<EntryKey>().expect("key"), message)
    };
    entries.iter().map(entry).collect()
}

fn file(tag: &str, entries: &[(&str, &str)]) -> PageFile {
    PageFile { copy: copy(tag, entries), ..PageFile::default() }
}

fn add(pages: &mut Pages, tag: &str, page: &str, file: PageFile) {
    pages.insert((locale(tag), page.parse::<PageId>().expect("page")), file);
}

/// A site in three locales with the page `home`.
fn site_of(pages: Pages) -> Site {
    let paths = ["index.html", "about.html", "blog/index.html", "blog/first post.html"].map(str::to_owned);
    let locales = ["en", "de", "ar"].map(locale).to_vec();
    Site::new("https://example.org", Addresses::Files, locale("en"), locales, paths, pages).expect("site")
}

fn site(entries: &[(&str, &str)]) -> Site {
    let mut pages = Pages::new();
    add(&mut pages, "de", "home", file("de", entries));
    site_of(pages)
}

/// Renders as `about.html`, and once more what came out of it, which must change nothing.
#[track_caller]
fn render_in(tag: &str, html: &str, site: &Site) -> Rendered {
    let rendered = page(html.as_bytes(), "about.html", &locale(tag), site).expect("renders");
    let again = page(html.as_bytes(), "about.html", &locale(tag), site).expect("renders");
    assert_eq!(rendered, again, "the same bytes every time");
    let own = page(rendered.html.as_bytes(), "about.html", &locale(tag), site).expect("renders its own output");
    assert_eq!(own.html, rendered.html, "its own output stays as it is");
    rendered
}

/// What becomes of a fragment in German, with the page `home` around it.
#[track_caller]
fn german(html: &str, entries: &[(&str, &str)]) -> (String, Report) {
    let rendered = render_in("de", &format!("<main data-copy-page=\"home\">{html}</main>"), &site(entries));
    let inner = rendered.html.strip_prefix("<main data-copy-page=\"home\">").expect("main");
    (inner.strip_suffix("</main>").expect("main").to_owned(), rendered.report)
}

#[track_caller]
fn check(html: &str, entries: &[(&str, &str)], expected: &str) {
    let (written, report) = german(html, entries);
    assert_eq!((written.as_str(), &report.kept), (expected, &Vec::new()));
}

/// What stays as it is, and why.
#[track_caller]
fn check_kept(html: &str, entries: &[(&str, &str)], why: &str) {
    let (written, report) = german(html, entries);
    let kept: Vec<String> = report.kept.iter().map(ToString::to_string).collect();
    assert_eq!((written.as_str(), kept.join("\n").as_str()), (html, why));
}
