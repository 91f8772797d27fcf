//! What a browser makes of the output is what the site script makes of the input: both are read by
//! html5ever, and the elements of the input are filled in its tree.

use std::fmt::Write as _;

use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::{locale, site};
use crate::{Why, page};

const TAGS: [&str; 25] = [
    "p", "p", "p", "div", "b", "i", "a", "li", "li", "ul", "dl", "dt", "dd", "span", "h1", "h2", "button", "em",
    "figure", "ruby", "rt", "article", "section", "address", "pre",
];

/// What is filled in, by the first letter of the key.
const FILLED: [(&str, &str); 3] = [("w", "Wort"), ("m", "<u>f</u>ett"), ("l", "<ul><li>1</li></ul>")];

#[test]
fn the_tree_is_the_one_that_the_script_would_make() {
    let keys: Vec<(String, &str)> =
        (0..40).flat_map(|n| FILLED.map(|(key, value)| (format!("{key}{n}"), value))).collect();
    let entries: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let site = site(&entries);
    let mut random = fastrand::Rng::with_seed(7);
    let (mut filled, mut kept) = (0, 0);
    for _ in 0..3_000 {
        let html = format!("<!doctype html><html lang=de dir=ltr><body data-copy-page=home>{}", markup(&mut random));
        let rendered = page(html.as_bytes(), "x.html", &locale("de"), &site).expect("renders");
        let again = page(rendered.html.as_bytes(), "x.html", &locale("de"), &site).expect("renders");
        // What was lost may have been what made another element's end uncertain.
        if !rendered.report.kept.iter().any(|kept| matches!(kept.why, Why::Unclosed(_))) {
            assert_eq!(again.html, rendered.html, "{html}");
        }
        let left: Vec<&str> = rendered.report.kept.iter().map(|kept| kept.what.as_str()).collect();
        let (mut written, mut expected) = (as_is(&rendered.html), body(&html, &left));
        if !left.is_empty() {
            // Tagged ones, too: words stay words.
            (written, expected) = (words(&written), words(&expected));
        }
        assert_eq!(written, expected, "\n{html}\n{}\n{:?}", rendered.html, rendered.report);
        filled += rendered.report.filled;
        kept += rendered.report.kept.len();
    }
    assert!(filled > 3_000 && kept > 1_000, "{filled} were filled, {kept} kept");
}

/// Pieces of files that are no HTML any more.
const GARBAGE: [&str; 44] = [
    "<p data-copy=a>",
    "<p data-copy=a",
    " data-copy=a",
    " data-copy-attrs=title",
    " title=",
    "'",
    "\"",
    ">",
    "/>",
    "<",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi data-copy=a>",
    "<noscript>",
    "</noscript>",
    "<title data-copy=a>",
    "</title>",
    "<textarea data-copy=a>",
    "</textarea>",
    "<style>",
    "</style>",
    "<xmp data-copy=a>",
    "</xmp>",
    "<iframe data-copy=a>",
    "</iframe>",
    "<select><option data-copy=a>",
    "</select>",
    "<table data-copy=a>",
    "<td data-copy=a>",
    "<template data-copy=a>",
    "</p>",
    "<a href=",
    "/about.html",
    "<b data-copy-name=s>",
    "é",
    "&lt;",
    "\0",
    "<div data-copy=a data-copy-attrs='title alt'>",
];

#[test]
fn whatever_the_file_is_copy_runs_no_code() {
    let attack = "{ \"'\" }{ \"\"\" }{ \"--></title></textarea></noscript></style></xmp></iframe></select></svg>\" }";
    let attack =
        format!("{attack}{{ \"]]><script>x</script><img src=x onerror=x> onload=x \" }}<b data-copy-name=\"s\">x</b>");
    let attack = attack.replace("{ \"\"\" }", "&quot;");
    let site = site(&[("a", &attack), ("a.title", &attack), ("a.alt", &attack)]);
    let mut random = fastrand::Rng::with_seed(7);
    let mut filled = 0;
    for _ in 0..3_000 {
        let pieces = (0..random.usize(2..16)).map(|_| GARBAGE[random.usize(0..GARBAGE.len())]);
        let html = format!("<!doctype html><body data-copy-page=home>{}", pieces.collect::<String>());
        let Ok(rendered) = page(html.as_bytes(), "about.html", &locale("de"), &site) else { continue };
        filled += rendered.report.filled;
        for scripting_enabled in [true, false] {
            let tree_builder = TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() };
            let options = ParseOpts { tree_builder, ..ParseOpts::default() };
            let document = parse_document(RcDom::default(), options).one(rendered.html.as_str()).document;
            assert!(!has_code(&document), "{html}\n{}", rendered.html);
        }
    }
    assert!(filled > 1_000, "{filled} were filled");
}

fn has_code(node: &Handle) -> bool {
    let own = match &node.data {
        NodeData::Element { name, attrs, .. } => {
            &*name.local == "script" || attrs.borrow().iter().any(|attribute| attribute.name.local.starts_with("on"))
        }
        _ => false,
    };
    own || node.children.borrow().iter().any(has_code)
}

/// Tags in good order and bad; each tagged element has a key of its own.
fn markup(random: &mut fastrand::Rng) -> String {
    let (mut html, mut open, mut number) = (String::new(), Vec::new(), 0);
    let mut tagged = |random: &mut fastrand::Rng, tag: &str| {
        number += 1;
        format!("<{tag} data-copy={}{number}>t{number}", ["w", "m", "l"][random.usize(0..3)])
    };
    for _ in 0..random.usize(2..10) {
        let tag = TAGS[random.usize(0..TAGS.len())];
        match random.u8(0..25) {
            0..8 => {
                html.push_str(&tagged(random, tag));
                open.push(tag);
            }
            8..12 => {
                let _ = write!(html, "<{tag}>");
                open.push(tag);
            }
            12..21 => html.extend(open.pop().map(|tag| format!("</{tag}>u"))),
            21 => {
                let cells = [tagged(random, "td"), tagged(random, "th"), tagged(random, "td")];
                let _ = write!(html, "<table><tr>{}{}<tr>{}</table>", cells[0], cells[1], cells[2]);
            }
            22 => {
                let options = [tagged(random, "option"), tagged(random, "option")];
                let _ = write!(html, "<select>{}{}</select>", options[0], options[1]);
            }
            23 => {
                let _ = write!(html, "<svg><path/>{}</text></svg>", tagged(random, "text"));
            }
            // lol_html passes over end tags of what is not open; that of a heading would end any other one.
            _ if !tag.starts_with('h') => {
                let _ = write!(html, "</{tag}>v");
            }
            _ => {}
        }
    }
    html
}

fn parsed(html: &str) -> Handle {
    parse_document(RcDom::default(), ParseOpts::default()).one(html).document
}

/// The tree as it is read.
fn as_is(html: &str) -> String {
    let mut written = String::new();
    outline(&parsed(html), &|_| None, &mut written);
    written
}

/// The tree with its tagged elements filled, but for some.
fn body(html: &str, kept: &[&str]) -> String {
    let fill = |key: &str| {
        let value = FILLED.iter().find(|(letter, _)| key.starts_with(letter)).expect("an entry").1;
        (!kept.contains(&key)).then(|| value.to_owned())
    };
    let mut written = String::new();
    outline(&parsed(html), &fill, &mut written);
    written
}

/// Elements with their keys, and words. What the head gets is left out.
fn outline(node: &Handle, fill: &impl Fn(&str) -> Option<String>, into: &mut String) {
    let mut end = String::new();
    match &node.data {
        NodeData::Text { contents } => into.push_str(&contents.borrow()),
        NodeData::Element { name, attrs, .. } if &*name.local != "link" => {
            let attrs = attrs.borrow();
            let key = attrs.iter().find(|attribute| &*attribute.name.local == "data-copy");
            let key = key.map(|attribute| attribute.value.to_string());
            // Browsers open these again where tags are misnested.
            let is_shown = key.is_some() || !matches!(&*name.local, "a" | "b" | "em" | "i");
            if is_shown {
                let _ = write!(into, "<{} {}>", name.local, key.as_deref().unwrap_or_default());
                end = format!("</{}>", name.local);
            }
            let is_svg = &*name.ns != "http://www.w3.org/1999/xhtml";
            if let Some(value) = key.and_then(|key| fill(&key)) {
                into.push_str(&shown(&value, is_svg || &*name.local == "option"));
                into.push_str(&end);
                return;
            }
        }
        _ => {}
    }
    node.children.borrow().iter().for_each(|child| outline(child, fill, into));
    into.push_str(&end);
}

/// As the outline shows it.
fn shown(value: &str, words_only: bool) -> String {
    let tags = |html: &str| html.replace("<u>", "<u >").replace("<ul>", "<ul >").replace("<li>", "<li >");
    match value.strip_prefix("<u>f</u>").filter(|_| words_only) {
        Some(rest) => format!("f{rest}"),
        None if words_only && value.starts_with("<ul>") => "1".to_owned(),
        None => tags(value),
    }
}

fn words(outline: &str) -> String {
    outline.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect()
}
