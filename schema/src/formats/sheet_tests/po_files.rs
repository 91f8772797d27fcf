use super::*;

#[test]
fn po_writes_plural_forms() {
    let text = po::write(&sample());
    for part in [
        "\"Plural-Forms: nplurals=2; plural=(n == 1 ? 0 : 1);\\n\"",
        "#. copydesk: version=41 source=12 kind=text variable=count\nmsgctxt \"pages\"\nmsgid \"{ $count } page\"\n\
         msgid_plural \"{ $count } pages\"\nmsgstr[0] \"{ $count } Seite\"\nmsgstr[1] \"{ $count } Seiten\"\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn po_plural_forms_follow_the_header() {
    let locales =
        "de en fr es it pt pt-BR pt-PT ru uk pl cs sk sl hr sr lt lv ro ar he ga gd mt cy is mk fil ja zh tr hi";
    for tag in locales.split(' ') {
        let locale: Locale = tag.parse().expect("a locale");
        let categories =
            crate::message::plural::integer_categories(&locale, crate::message::plural::PluralKind::Cardinal);
        let forms: Vec<String> = categories.iter().map(|category| format!("form {category}")).collect();
        let mut text = po::write(&sheet(tag, vec![unit("pages", PLURAL, None)]));
        assert!(text.contains(&format!("nplurals={};", categories.len())), "{text}");
        for (index, form) in forms.iter().enumerate() {
            text = text.replace(&format!("msgstr[{index}] \"\""), &format!("msgstr[{index}] \"{form}\""));
        }
        // Once in our order, once by the expression in the header, which has to agree with CLDR.
        // Without the page it is a foreign file.
        for text in [text.clone(), text.replace("X-Copydesk-Page", "X-Page")] {
            let returned = po::parse(&text).expect("PO");
            assert_eq!(returned.skipped, [], "{text}");
            let value = returned.values[0].value.as_str();
            let reachable = categories.iter().filter(|category| {
                crate::message::plural::example(&locale, category).is_some() && **category != "other"
            });
            for category in reachable {
                assert!(value.contains(&format!("[{category}] form {category}\n")), "{tag}: {value}");
            }
        }
    }
}

#[test]
fn po_from_msgmerge() {
    let text = r#"# German.
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Source-Language: en\n"
"X-Copydesk-Page: pricing\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#. copydesk: version=41 kind=html
#. Keep it
#. short.
#: a.rs:1
msgctxt "hero-title"
msgid ""
"A long text that msgmerge has wrapped, since it is longer than one line "
"should be.\n"
"Second \"line\"."
msgstr ""
"Ein langer Text, den msgmerge umbrochen hat, weil er länger ist als eine "
"Zeile.\n"
"Zweite \"Zeile\" \\ \303\251."

#, fuzzy
#| msgid "Old"
msgctxt "guess"
msgid "New"
msgstr "Alt"

#. copydesk: version=42 kind=text variable=n
msgctxt "things"
msgid "one thing"
msgid_plural "{ $n } things"
msgstr[0] "ein Ding"
msgstr[1] "{ $n } Dinge"

msgid "Home"
msgstr "Start"

msgctxt "broken"
msgid "a"
msgstr "b

msgctxt "todo"
msgid "Todo"
msgstr ""

# gone
#. copydesk: version=1
#~ msgctxt "old"
#~ msgid "Old"
#~ msgstr "Alt"
"#;
    let returned = po::parse(&text.replace('\n', "\r\n")).expect("PO");
    let things = "{ $n ->\n    [one] ein Ding\n   *[other] { $n } Dinge\n}";
    let title =
        "Ein langer Text, den msgmerge umbrochen hat, weil er länger ist als eine Zeile.\nZweite \"Zeile\" \\ é.";
    assert_eq!(values(&returned), [("hero-title", title), ("guess", "Alt"), ("things", things)]);
    assert_eq!(returned.values.iter().map(|value| value.fuzzy).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(returned.values[0].version, Some(Seq(41)));
    assert_eq!(returned.values[0].kind, Some(Kind::Html));
    assert_eq!(returned.values[0].note, "Keep it\nshort.");
    let lines: Vec<usize> = returned.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lines, [42, 37], "{:?}", returned.skipped);
}

#[test]
fn po_that_others_wrote() {
    let text = "msgid \"\"\nmsgstr \"Language: pl\\nPlural-Forms: nplurals=3; plural=\
        (n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n\"\n\
        msgctxt \"greeting\"\nmsgid \"Hello {0}\"\nmsgstr \"Cześć {0}, %s\"\n\
        msgid \"nav-home\"\nmsgstr \"Start\"\n\
        msgid \"Not a key\"\nmsgstr \"x\"\n\
        msgctxt \"files\"\nmsgid \"%d file\"\nmsgid_plural \"%d files\"\n\
        msgstr[0] \"%d plik\"\nmsgstr[1] \"%d pliki\"\nmsgstr[2] \"%d plików\"\n";
    let returned = po::parse(text).expect("PO");
    let files = "{ $count ->\n    [one] %d plik\n    [few] %d pliki\n   *[other] %d plików\n}";
    let expect = [("greeting", "Cześć { \"{\" }0{ \"}\" }, %s"), ("nav-home", "Start"), ("files", files)];
    assert_eq!(values(&returned), expect);
    assert_eq!(returned.values[1].source, None);
    assert_eq!(returned.values[0].version, None);
    assert_eq!(returned.skipped.len(), 1, "{:?}", returned.skipped);
    assert!(reasons(&returned)[0].1.contains("msgctxt"), "{:?}", returned.skipped);
    assert!(po::parse("key,value\na,b\n").is_err());
}
