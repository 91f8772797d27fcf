use super::{locale, site};
use crate::sitemap::within;
use crate::{Addresses, Pages, Site, sitemaps};

#[test]
fn every_page_names_its_other_languages() {
    let locales = ["en", "de"].map(locale).to_vec();
    let site =
        Site::new("https://example.org", Addresses::Files, locale("en"), locales, [], Pages::new()).expect("site");
    let links = "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/a&amp;b.html\"/>\n\
                 <xhtml:link rel=\"alternate\" hreflang=\"de\" href=\"https://example.org/de/a&amp;b.html\"/>\n\
                 <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/a&amp;b.html\"/>\n";
    let expected = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n\
         <url>\n<loc>https://example.org/a&amp;b.html</loc>\n{links}</url>\n\
         <url>\n<loc>https://example.org/de/a&amp;b.html</loc>\n{links}</url>\n</urlset>\n"
    );
    assert_eq!(sitemaps(["a&b.html"], &site), [("sitemap.xml".to_owned(), expected)]);
}

#[test]
fn the_order_of_the_paths_does_not_matter() {
    let site = site(&[]);
    assert_eq!(sitemaps(["b.html", "a.html", "b.html"], &site), sitemaps(["a.html", "b.html"], &site));
}

#[test]
fn what_is_too_large_for_one_comes_in_parts() {
    let files = within(["a.html", "b.html"], &site(&[]), 4, 1_000_000);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
    let count = |number: usize| files[number].1.matches("<loc>").count();
    assert_eq!((count(0), count(1), count(2)), (2, 4, 2));
    assert!(files[0].1.contains("<sitemap>\n<loc>https://example.org/sitemap-2.xml</loc>"));
    assert_eq!(within(["a.html"], &site(&[]), 50_000, 500).len(), 4);
}
