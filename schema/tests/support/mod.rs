//! A site's copy in Fluent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk_schema::formats::{ftl, kind_of, page_of_path};
use copydesk_schema::message::{Parsed, read};
use copydesk_schema::{Kind, Locale, Pattern};

/// One page's copy by key, and its file's text.
pub(crate) struct Page {
    pub(crate) source: String,
    pub(crate) copy: BTreeMap<String, (Pattern, Kind)>,
}

/// Pages by locale and name.
pub(crate) type Site = BTreeMap<Locale, BTreeMap<String, Page>>;

fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "ftl") {
            found.push(path);
        }
    }
}

/// Reads all of it.
pub(crate) fn site(dir: &Path) -> Site {
    let mut files = Vec::new();
    walk(dir, &mut files);
    let mut site = Site::new();
    for file in files {
        let below = file.strip_prefix(dir).unwrap().with_extension("");
        let (locale, path) = below.to_str().unwrap().split_once('/').unwrap();
        let source = fs::read_to_string(&file).unwrap();
        let copy = ftl::parse(&source).messages.into_iter();
        let copy = copy.map(|message| (message.key.to_string(), (message.value, Kind::Text))).collect();
        let page = page_of_path(path).unwrap().to_string();
        site.entry(locale.parse().unwrap()).or_default().insert(page, Page { source, copy });
    }
    // Markup in any language makes the entry one that holds markup.
    let mut kinds: BTreeMap<(String, String), Kind> = BTreeMap::new();
    for (page, content) in site.values().flatten() {
        for (key, (value, _)) in &content.copy {
            if kind_of(value) == Kind::Html {
                kinds.insert((page.clone(), key.clone()), Kind::Html);
            }
        }
    }
    for (page, content) in site.values_mut().flatten() {
        for (key, (_, kind)) in &mut content.copy {
            *kind = kinds.get(&(page.clone(), key.clone())).copied().unwrap_or_default();
        }
    }
    site
}

/// Where it lies: the real site's where it is present, else a small one of our own. The test command
/// says which one it was.
pub(crate) fn corpus() -> (PathBuf, bool) {
    match std::env::var_os("COPYDESK_TEST_CORPUS") {
        Some(dir) => (PathBuf::from(dir), true),
        None => (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/copy"), false),
    }
}

/// A value that others may refer to: a term anywhere, a message on the same page; English where the
/// locale has none.
pub(crate) fn find(site: &Site, locale: &Locale, page: &str, key: &str) -> Option<Arc<Parsed>> {
    let english: Locale = "en".parse().unwrap();
    [locale, &english].into_iter().find_map(|locale| {
        let pages = &site[locale];
        let found = if key.starts_with('-') {
            pages.values().find_map(|page| page.copy.get(key))
        } else {
            pages.get(page).and_then(|page| page.copy.get(key))
        };
        found.map(|(pattern, kind)| Arc::new(read(pattern, *kind)))
    })
}
