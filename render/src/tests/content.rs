use copydesk_schema::delivered::PageFile;

use super::{add, check, check_kept, copy, file, german, locale, render_in, site, site_of};
use crate::{Pages, Why};

#[test]
fn words_and_markup_take_the_place_of_the_hosts() {
    check("<h1 data-copy=\"a\">Hello</h1>", &[("a", "Hallo")], "<h1 data-copy=\"a\">Hallo</h1>");
    let entries = [("a", "Ganz <b>neu</b><br>heute")];
    check("<p data-copy=a>Old <i>text</i></p>", &entries, "<p data-copy=a>Ganz <b>neu</b><br>heute</p>");
}

#[test]
fn nothing_else_changes() {
    let html = "<!-- a --><P Class=x data-x='1'  >&eacute;<br/>\r\n</P><h1 data-copy=\"a\">Hello</h1>\n";
    let (written, _) = german(html, &[("a", "Hallo")]);
    assert_eq!(written, html.replace("Hello", "Hallo"));
}

#[test]
fn arguments_are_texts_and_numbers() {
    let entries = [("a", "{ $n ->\n    [one] { $name } hat ein Heft\n   *[other] { $name } hat { $n } Hefte\n}")];
    let html = |args: &str| format!("<p data-copy=\"a\" data-copy-args='{args}'>x</p>");
    let (written, report) = german(&html("{\"name\":\"Ada &amp; Bo\",\"n\":1234.5}"), &entries);
    assert!(written.ends_with(">\u{2068}Ada &amp; Bo\u{2069} hat \u{2068}1.234,5\u{2069} Hefte</p>"), "{written}");
    assert_eq!(report.filled, 1);
    let (written, _) = german(&html("{&quot;name&quot;:&quot;Andr&eacute;&quot;,\"n\":1}"), &entries);
    assert!(written.ends_with("\u{2068}André\u{2069} hat ein Heft</p>"), "{written}");
}

#[test]
fn what_cannot_be_evaluated_stays() {
    let entries = [("a", "Hallo { $name }"), ("d", "{ DATETIME($d) }")];
    for (host, why) in [
        ("<p data-copy=\"a\">Hello <i>you</i></p>", "line 1: a: $name is missing"),
        ("<p data-copy=\"d\" data-copy-args='{\"d\":\"today\"}'>x</p>", "line 1: d: $d cannot be formatted"),
    ] {
        // The words are in the language of the site itself.
        let (written, report) = german(host, &entries);
        assert_eq!(written.replace(" lang=\"en\"", ""), host);
        assert!(written.contains(" lang=\"en\">"), "{written}");
        let kept: Vec<String> = report.kept.iter().map(ToString::to_string).collect();
        assert_eq!(kept, [format!("{why}: give it in data-copy-args if it is always the same")]);
    }
    check_kept(
        "<div data-copy=\"a\">Hello <p data-copy=\"x\">you</p></div>",
        &entries,
        "line 1: a: $name is missing: give it in data-copy-args if it is always the same\n\
         line 1: x: no such entry is delivered on home",
    );
    check_kept(
        "<p data-copy=\"a\" data-copy-args='{\"name\":true}'>x</p>",
        &entries,
        "line 1: a: data-copy-args is not a JSON object of texts and numbers: name is neither",
    );
    check_kept(
        "\n<p data-copy=\"a\" data-copy-args='[1]'>x</p>",
        &entries,
        "line 2: a: data-copy-args is not a JSON object of texts and numbers: invalid type: sequence, expected a map \
         at line 1 column 0",
    );
}

#[test]
fn what_is_not_delivered_stays_and_is_listed() {
    check_kept("<p data-copy=\"a\">x</p>", &[], "line 1: a: no such entry is delivered on home");
    let (_, report) = german("<p data-copy=\"b\">x</p>\n<p data-copy=\"a\">x</p>", &[]);
    assert_eq!(report.missing().collect::<Vec<_>>(), ["b", "a"]);
    let (_, report) = german("<p data-copy=\"a b\">x</p>", &[]);
    assert!(matches!(report.kept[0].why, Why::Name(_)));
}

#[test]
fn entries_are_looked_for_on_the_pages_of_the_innermost_element() {
    let mut pages = Pages::new();
    add(&mut pages, "de", "home", file("de", &[("a", "home a"), ("b", "home b")]));
    add(&mut pages, "de", "nav", file("de", &[("b", "nav b"), ("c", "nav c")]));
    let site = site_of(pages);
    let html = "<html><head><title data-copy=a></title></head><body data-copy-page=\" home\nnav \"><p data-copy=a></p>\
                <p data-copy=b></p><p data-copy=c></p><p data-copy=c data-copy-page=home></p>\
                <div data-copy-page=nav><p data-copy=b></p></div></body></html>";
    let rendered = render_in("de", html, &site);
    for written in [
        "<title data-copy=a>home a<",
        ">home b</p><p data-copy=c>nav c<",
        "<div data-copy-page=nav><p data-copy=b>nav b<",
    ] {
        assert!(rendered.html.contains(written), "{written} in {}", rendered.html);
    }
    assert_eq!(rendered.report.missing().collect::<Vec<_>>(), ["c"]);
    let rendered = render_in("de", "<p data-copy=a>x</p>", &site);
    assert_eq!(rendered.report.kept[0].why, Why::NoPage);
}

#[test]
fn what_fell_back_says_its_language() {
    let mut pages = Pages::new();
    let fell_back = |tag: &str| PageFile {
        fallbacks: [(locale("en"), copy("en", &[("a", "Only in English")]))].into(),
        ..file(tag, &[("b", "x")])
    };
    add(&mut pages, "de", "home", fell_back("de"));
    add(&mut pages, "ar", "home", fell_back("ar"));
    let site = site_of(pages);
    let html = "<body data-copy-page=home><p data-copy=a></p><p data-copy=b></p><p data-copy=a lang=fr></p></body>";
    let german = render_in("de", html, &site).html;
    let expected = "<p data-copy=a lang=\"en\">Only in English</p><p data-copy=b>x</p><p data-copy=a lang=fr>Only";
    assert!(german.contains(expected), "{german}");
    let arabic = render_in("ar", html, &site).html;
    assert!(arabic.contains("<p data-copy=a lang=\"en\" dir=\"ltr\">Only in English</p>"), "{arabic}");
}

#[test]
fn numbers_of_what_fell_back_are_written_as_its_locale_does() {
    let mut pages = Pages::new();
    let fallbacks = [(locale("en"), copy("en", &[("a", "{ $n } items")]))].into();
    add(&mut pages, "de", "home", PageFile { fallbacks, ..PageFile::default() });
    let html = "<body data-copy-page=home><p data-copy=a data-copy-args='{\"n\":1234.5}'></p></body>";
    assert!(render_in("de", html, &site_of(pages)).html.contains("\u{2068}1,234.5\u{2069} items"));
}

#[test]
fn some_elements_take_words_only() {
    let entries = [("a", "Kurz & <b>gut</b>")];
    for (before, after) in [
        ("<textarea data-copy=a>x</textarea>", "<textarea data-copy=a>Kurz &amp; gut</textarea>"),
        ("<select><option data-copy=a>x</select>", "<select><option data-copy=a>Kurz &amp; gut</select>"),
        ("<svg><text data-copy=a>x</text></svg>", "<svg><text data-copy=a>Kurz &amp; gut</text></svg>"),
        ("<svg><title data-copy=a>x</title></svg>", "<svg><title data-copy=a>Kurz &amp; gut</title></svg>"),
    ] {
        check(before, &entries, after);
    }
    check(
        "<textarea data-copy=a></textarea>",
        &[("a", "{ \"\" }\u{a}    eins")],
        "<textarea data-copy=a>\n\neins</textarea>",
    );
}

#[test]
fn the_inner_of_two_tagged_elements_is_lost() {
    let (written, report) = german("<p data-copy=a>x\n<b data-copy=b>y</b></p>", &[("a", "A"), ("b", "B")]);
    assert_eq!(written, "<p data-copy=a>A</p>");
    assert_eq!((report.filled, report.kept.len()), (1, 1));
    assert_eq!((report.kept[0].line, &report.kept[0].why), (2, &Why::Inside));
}

#[test]
fn the_inner_one_is_filled_where_the_outer_one_is_not() {
    let (written, _) = german("<p data-copy=a>x <b data-copy=b>y</b></p>", &[("b", "B")]);
    assert_eq!(written, "<p data-copy=a>x <b data-copy=b>B</b></p>");
}

#[test]
fn noscript_is_for_visitors_without_scripts() {
    let html = "<noscript><p data-copy=a>x</p></noscript>";
    check(
        html,
        &[("a", "{ \"</noscript>\" } & mehr")],
        "<noscript><p data-copy=a>&lt;/noscript&gt; &amp; mehr</p></noscript>",
    );
}

#[test]
fn a_file_that_is_not_utf8_is_refused() {
    let site = site(&[]);
    let error = crate::page(b"a\xff", "a.html", &locale("de"), &site).expect_err("no text");
    assert_eq!(error.to_string(), "a.html: not UTF-8 at byte 1: save the file as UTF-8");
    let html = b"<meta charset=Latin1><p>";
    let error = crate::page(html, "a.html", &locale("de"), &site).expect_err("another charset");
    assert!(error.to_string().contains("declares the charset \"latin1\""));
    let html = b"<select><xmp><script>1</script></select>";
    let error = crate::page(html, "a.html", &locale("de"), &site).expect_err("ambiguous");
    assert!(error.to_string().starts_with("a.html: its markup can be read in several ways"));
}
