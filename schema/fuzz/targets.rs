//! What has to hold, whatever comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use copydesk_schema::delivered::{AliasLayout, PageFile, to_json};
use copydesk_schema::formats::{csv_file, ftl, i18next, po, xliff};
use copydesk_schema::message::check::{Context, Source, check, errors};
use copydesk_schema::message::{
    Arguments, Attribute, Message, Parsed, Piece, TAGS, Value, compile, evaluate, html, plain, read, to_ftl,
};
use copydesk_schema::{Kind, Locale, Pattern};

/// A target: it panics when something does not hold.
pub(crate) type Target = fn(&str);

/// All of them.
pub(crate) const ALL: [(&str, Target); 3] =
    [("values", value), ("page files", page_file), ("exchange files", exchange_file)];

fn arguments() -> Arguments {
    [("n", Value::Number(1.0)), ("x", Value::Text("X".into())), ("name", Value::Text("<b>A</b>".into()))]
        .into_iter()
        .chain([("url", Value::Text("https://example.org/".into())), ("when", Value::Date(1_795_273_445_000))])
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn referred(key: &str) -> Option<Arc<Parsed>> {
    let source = match key {
        "-brand" => "<b title=\"t\">Acme</b>",
        "-brand.gender" => "f",
        "other" => "{ -brand } { $x }",
        "other.title" => "{ other }",
        _ => return None,
    };
    Some(Arc::new(read(&Pattern::from_stored(source), Kind::Html)))
}

fn value(source: &str) {
    let Ok(pattern) = Pattern::parse(source) else { return };
    for kind in [Kind::Text, Kind::Html] {
        for tag in ["en", "ar"] {
            let locale: Locale = tag.parse().unwrap();
            let english: Locale = "en".parse().unwrap();
            let other = Pattern::from_stored("{ $n } <b>x</b>");
            let source = Some(Source { locale: &english, pattern: &other, parsed: Arc::new(read(&other, kind)) });
            let context = Context { kind, term: false, locale: &locale, max_length: Some(9), source, find: &referred };
            let findings = check(&pattern, &context);
            assert!(errors(&pattern, kind).iter().all(|error| findings.contains(error)), "errors are findings");
            if let Ok(message) = compile(&read(&pattern, kind), kind, &locale, &referred) {
                compiled(&message, kind, &locale);
            }
        }
    }
}

fn compiled(message: &Message, kind: Kind, locale: &Locale) {
    let json = serde_json::to_vec(message).unwrap();
    let again: Message = serde_json::from_slice(&json).unwrap();
    assert_eq!(again, *message, "{}", String::from_utf8_lossy(&json));
    if let Ok(pieces) = evaluate(message, locale, &arguments()) {
        sound(&pieces);
        assert!(kind == Kind::Text || !html(&pieces).contains(['\u{fdd0}', '\u{fdd1}']), "{}", html(&pieces));
    }
    plain(message, locale, kind);
    let source = to_ftl(message, kind);
    if source.len() < 60_000 && kind == Kind::Html {
        let pattern = Pattern::parse(&source).unwrap_or_else(|error| panic!("{source:?}: {error}"));
        let back = compile(&read(&pattern, kind), kind, locale, &referred);
        assert_eq!(back.as_ref(), Ok(message), "cleaned twice, {source:?}");
    }
}

/// Nothing but what copy may hold.
fn sound(pieces: &[Piece]) {
    for piece in pieces {
        let Piece::Element { tag, attributes, children } = piece else { continue };
        assert!(TAGS.contains(tag), "{tag}");
        for (attribute, value) in attributes {
            if *attribute == Attribute::Href {
                let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
                let known = ["http", "https", "mailto", "tel"];
                let fits = scheme.is_none_or(|(scheme, _)| known.iter().any(|it| it.eq_ignore_ascii_case(scheme)));
                assert!(fits, "{value}");
            }
        }
        sound(children);
    }
}

fn page_file(text: &str) {
    let Ok((file, _)) = PageFile::read(text.as_bytes()) else { return };
    let locale: Locale = "de".parse().unwrap();
    for (own, _, message) in file.each(&locale) {
        if let Ok(pieces) = evaluate(message, own, &arguments()) {
            sound(&pieces);
        }
    }
    file.alias(&locale, AliasLayout::Nested, &BTreeSet::new());
    let (again, refused) = PageFile::read(&to_json(&file)).unwrap();
    assert_eq!((again, refused.len()), (file, 0));
}

fn exchange_file(text: &str) {
    for found in [ftl::parse(text), i18next::parse(text).unwrap_or_default()] {
        for message in &found.messages {
            // What was taken can be saved and written.
            assert!(Pattern::parse(message.value.as_str()).is_ok(), "{:?}", message.value);
        }
        ftl::write("", &found.messages);
        i18next::write(&found.messages, AliasLayout::Flat);
    }
    for returned in [xliff::parse(text), po::parse(text), csv_file::parse(text)].into_iter().flatten() {
        for value in &returned.values {
            assert!(Pattern::parse(value.value.as_str()).is_ok(), "{:?}", value.value);
        }
    }
}
