//! `sitemap.xml`, with every page's other languages. Source: sitemaps.org; Google Search Central,
//! "Localized versions of your pages".

use std::fmt::Write as _;

use crate::attributes::escaped;
use crate::head::alternates;
use crate::site::Site;

/// The most addresses that a sitemap may have.
const ADDRESSES: usize = 50_000;
/// The most bytes that a sitemap may have, with room for its beginning and end.
const BYTES: usize = 50_000_000;

const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The sitemaps of HTML files by name: `sitemap.xml`, and where that would be too large, its parts
/// `sitemap-1.xml` and so on.
pub fn sitemaps<'p>(paths: impl IntoIterator<Item = &'p str>, site: &Site) -> Vec<(String, String)> {
    within(paths, site, ADDRESSES, BYTES)
}

pub(crate) fn within<'p>(
    paths: impl IntoIterator<Item = &'p str>,
    site: &Site,
    most: usize,
    bytes: usize,
) -> Vec<(String, String)> {
    let mut paths: Vec<&str> = paths.into_iter().collect();
    paths.sort_unstable();
    paths.dedup();
    let mut parts = vec![(0, String::new())];
    for url in paths.into_iter().flat_map(|path| urls(path, site)) {
        if parts.last().is_some_and(|(count, part)| *count == most || part.len() + url.len() > bytes) {
            parts.push((0, String::new()));
        }
        if let Some((count, part)) = parts.last_mut() {
            *count += 1;
            part.push_str(&url);
        }
    }
    let mut files: Vec<(String, String)> = parts.into_iter().map(|(_, urls)| (String::new(), urlset(&urls))).collect();
    if let [(name, _)] = &mut files[..] {
        "sitemap.xml".clone_into(name);
        return files;
    }
    for (number, (name, _)) in (1..).zip(&mut files) {
        *name = format!("sitemap-{number}.xml");
    }
    let index = index(files.iter().map(|(name, _)| name.as_str()), site);
    files.insert(0, ("sitemap.xml".to_owned(), index));
    files
}

/// A file in every locale; each says what the others are.
fn urls(path: &str, site: &Site) -> Vec<String> {
    let links: String = alternates(path, site).iter().fold(String::new(), |mut links, (language, address)| {
        let address = escaped(address);
        // Writing to a String cannot fail.
        let _ = writeln!(links, "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{address}\"/>");
        links
    });
    let url = |locale| format!("<url>\n<loc>{}</loc>\n{links}</url>\n", escaped(&site.address(path, locale)));
    site.locales().iter().map(url).collect()
}

fn urlset(urls: &str) -> String {
    format!("{BEGIN}<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{urls}</urlset>\n")
}

fn index<'n>(names: impl Iterator<Item = &'n str>, site: &Site) -> String {
    let part = |name| format!("<sitemap>\n<loc>{}</loc>\n</sitemap>\n", escaped(&site.address(name, site.source())));
    let parts: String = names.map(part).collect();
    format!("{BEGIN}<sitemapindex xmlns=\"{NAMESPACE}\">\n{parts}</sitemapindex>\n")
}
