use copydesk_schema::message::{Message, Node};

use super::{add, check, check_kept, german, render_in, site_of};
use crate::{Pages, Why};

/// A message of words alone, whatever they are.
fn site_saying(words: &str) -> crate::Site {
    let mut file = copydesk_schema::delivered::PageFile::default();
    for key in ["a", "a.title", "a.content"] {
        file.copy.insert(key.parse().expect("key"), Message(vec![Node::Text(words.to_owned())]));
    }
    let mut pages = Pages::new();
    add(&mut pages, "de", "home", file);
    site_of(pages)
}

const ATTACKS: [&str; 6] = [
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "--><script>alert(1)</script>",
    "</noscript></option></svg></script><script>alert(1)</script>",
];

#[test]
fn words_never_become_markup() {
    let html = "<html><head><title data-copy=a>x</title><meta name=d data-copy=a data-copy-attrs=content></head>\
                <body data-copy-page=home><p data-copy=a title='x' data-copy-attrs=title>x</p>\
                <textarea data-copy=a>x</textarea><select><option data-copy=a>x</option></select>\
                <svg><text data-copy=a>x</text></svg><noscript><p data-copy=a title=x data-copy-attrs=title>x</p>\
                </noscript><!-- x --><xmp data-copy=a>x</xmp></body></html>";
    let plain = tags(&render_in("de", html, &site_saying("words")).html);
    for attack in ATTACKS {
        let rendered = render_in("de", html, &site_saying(attack));
        assert_eq!(rendered.report.filled, 9);
        assert_eq!(tags(&rendered.html), plain, "{attack}");
    }
}

/// The names of the tags and of their attributes.
fn tags(html: &str) -> Vec<String> {
    let scan = crate::scan::scan(html).expect("scans");
    let tag = |event: &crate::scan::Event| match event {
        crate::scan::Event::Start(tag) => {
            let names: Vec<&str> = tag.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
            format!("<{} {}>", tag.name, names.join(" "))
        }
        crate::scan::Event::End { name, .. } => format!("</{name}>"),
    };
    scan.events.iter().map(tag).collect()
}

#[test]
fn code_is_never_filled() {
    let entries = [("a", "alert(1)")];
    for tag in ["script", "style", "iframe", "xmp", "noembed", "noframes", "noscript", "template", "select", "table"] {
        let html = format!("<{tag} data-copy=\"a\"></{tag}>");
        check_kept(&html, &entries, &format!("line 1: a: <{tag}> takes no words"));
    }
    check_kept("<svg><script data-copy=\"a\"></script></svg>", &entries, "line 1: a: <script> takes no words");
    check_kept("<svg><style data-copy=\"a\"></style></svg>", &entries, "line 1: a: <style> takes no words");
    check_kept("<img data-copy=\"a\">", &entries, "line 1: a: <img> takes no words");
    let (written, _) = german("<plaintext data-copy=a>x", &entries);
    assert!(written.starts_with("<plaintext data-copy=a>x"));
}

#[test]
fn a_script_is_no_slot_for_words() {
    check(
        "<p data-copy=a><script data-copy-name=x>host()</script></p>",
        &[("a", "<span data-copy-name=\"x\">alert(1)</span>")],
        "<p data-copy=a><script data-copy-name=x>host()</script></p>",
    );
}

#[test]
fn a_link_of_a_message_that_leads_nowhere_good_has_no_address() {
    check(
        "<p data-copy=a data-copy-args='{\"u\":\"javascript:alert(1)\"}'>x</p>",
        &[("a", "<a href=\"{ $u }\">y</a>")],
        "<p data-copy=a data-copy-args='{\"u\":\"javascript:alert(1)\"}'><a>y</a></p>",
    );
}

#[test]
fn what_a_browser_would_move_about_is_not_written() {
    let list = [("a", "<ul><li>1</li></ul>")];
    let why = |inner: &str, outer: &str| Why::Nested { inner: inner.into(), outer: outer.into() };
    for (html, entries, expected) in [
        ("<p data-copy=a>x</p>", list, why("ul", "p")),
        ("<p><span data-copy=a>x</span></p>", list, why("ul", "p")),
        ("<a data-copy=a>x</a>", [("a", "<b><a href=\"/\">y</a></b>")], why("a", "a")),
        ("<ul><li><b data-copy=a>x</b></li></ul>", [("a", "<li>1</li>")], why("li", "li")),
        (
            "<p data-copy=a><a data-copy-name=s></a></p>",
            [("a", "<a href=\"/\"><b data-copy-name=\"s\">x</b></a>")],
            why("a", "a"),
        ),
    ] {
        let (written, report) = german(html, &entries);
        assert_eq!((written.as_str(), &report.kept[0].why), (html, &expected));
    }
    check("<div data-copy=a>x</div>", &list, "<div data-copy=a><ul><li>1</li></ul></div>");
    check("<ul><li data-copy=a>x</ul>", &list, "<ul><li data-copy=a><ul><li>1</li></ul></ul>");
}
