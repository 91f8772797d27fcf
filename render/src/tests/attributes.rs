use super::{check, check_kept, german};

#[test]
fn attributes_are_set_and_added() {
    let entries = [("s.placeholder", "Suchen"), ("s.title", "Finde \"alles\" &lt;hier&gt;"), ("s.aria-label", "Suche")];
    check(
        "<input data-copy=s placeholder='Search' data-copy-attrs=\"placeholder, title aria-label\" TITLE/>",
        &entries,
        "<input data-copy=s placeholder=\"Suchen\" data-copy-attrs=\"placeholder, title aria-label\" \
         TITLE=\"Finde &quot;alles&quot; &lt;hier&gt;\" aria-label=\"Suche\"/>",
    );
}

#[test]
fn attributes_stand_beside_content() {
    check(
        "<button data-copy=b data-copy-attrs=title>Buy</button>",
        &[("b", "Kaufen"), ("b.title", "Jetzt")],
        "<button data-copy=b data-copy-attrs=title title=\"Jetzt\">Kaufen</button>",
    );
    check(
        "<button data-copy=b data-copy-attrs=aria-label>×</button>",
        &[("b.aria-label", "Schließen")],
        "<button data-copy=b data-copy-attrs=aria-label aria-label=\"Schließen\">×</button>",
    );
}

#[test]
fn some_attributes_belong_to_some_elements() {
    check(
        "<meta name=description data-copy=m data-copy-attrs=content content=x><input type=SUBMIT data-copy=m \
         data-copy-attrs=value>",
        &[("m.content", "Alles"), ("m.value", "Los")],
        "<meta name=description data-copy=m data-copy-attrs=content content=\"Alles\"><input type=SUBMIT data-copy=m \
         data-copy-attrs=value value=\"Los\">",
    );
}

#[test]
fn all_other_attributes_are_refused() {
    let entries = [("a.x", "x")];
    let cases = [
        ("p", "onclick"),
        ("img", "src"),
        ("a", "href"),
        ("p", "style"),
        ("iframe", "srcdoc"),
        ("button", "formaction"),
        ("p", "content"),
        ("input", "value"),
        ("p", "class"),
        ("p", "data-copy"),
    ];
    for (tag, attribute) in cases {
        let html = format!("<{tag} data-copy=\"a\" data-copy-attrs=\"{attribute}\">");
        let entries = [entries[0], (&*format!("a.{attribute}"), "javascript:alert(1)")];
        let (written, report) = german(&html, &entries);
        assert_eq!(written, html);
        let why = format!("line 1: a.{attribute}: copy may not set {attribute} on <{tag}>");
        assert!(report.kept.iter().any(|kept| kept.to_string() == why), "{:?}", report.kept);
    }
    check_kept(
        "<meta http-equiv=refresh data-copy=\"a\" data-copy-attrs=\"content\">",
        &[("a.content", "0;url=https://example.com")],
        "line 1: a.content: copy may not set content on <meta>",
    );
}

#[test]
fn attributes_need_a_key() {
    check_kept("<p data-copy-attrs=title>x</p>", &[], "line 1: <p>: data-copy-attrs needs data-copy beside it");
    check_kept(
        "<input data-copy=a data-copy-attrs=title>",
        &[("a", "x")],
        "line 1: a.title: no such entry is delivered on home",
    );
}

#[test]
fn an_attribute_that_is_there_twice_is_set_once() {
    check(
        "<p data-copy=a data-copy-attrs='title Title'>x</p><a href=/about href=/blog/>y</a>",
        &[("a.title", "T")],
        "<p data-copy=a data-copy-attrs='title Title' title=\"T\">x</p><a href=\"/de/about\" href=/blog/>y</a>",
    );
}
