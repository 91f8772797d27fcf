use super::{check, check_kept, german};

fn script(list: &str, json: &str) -> String {
    format!("<script type=\"application/ld+json\" data-copy-jsonld='{list}'>{json}</script>")
}

#[test]
fn members_become_the_words_of_entries() {
    let list = "{\"headline\":\"h\",\"/faq/0/name\":\"q\"}";
    check(
        &script(list, "{ \"@type\": \"Article\", \"faq\": [{ \"name\": \"x\", \"n\": 1.0 }] }"),
        &[("h", "Neu & <b>gut</b>"), ("q", "Was?")],
        &script(
            list,
            "{\"@type\":\"Article\",\"faq\":[{\"n\":1.0,\"name\":\"Was?\"}],\"headline\":\"Neu \\u0026 gut\"}",
        ),
    );
}

#[test]
fn nothing_ends_the_script() {
    let list = "{\"a\":\"a\"}";
    let (written, _) =
        german(&script(list, "{\"b\":\"<!--\"}"), &[("a", "{ \"</script><script>alert(1)</script>\" } &lt;!--")]);
    let json = "{\"a\":\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e \\u003c!--\",\"b\":\"\\u003c!--\"}";
    assert_eq!(written, script(list, json));
}

#[test]
fn what_cannot_be_filled_stays() {
    let entries = [("a", "x")];
    check_kept(
        "<script data-copy-jsonld='{\"a\":\"a\"}'>{}</script>",
        &entries,
        "line 1: {\"a\":\"a\"}: this is no <script type=\"application/ld+json\"> with a JSON object in it",
    );
    check_kept(&script("{\"a\":\"b\"}", "{ }"), &entries, "line 1: b: no such entry is delivered on home");
    check_kept(
        &script("{\"/a/b\":\"a\"}", "{ }"),
        &entries,
        "line 1: a: there is nothing in the script where the pointer leads",
    );
    check_kept(&script("[]", "{ }"), &entries, "line 1: []: data-copy-jsonld is not a JSON object of members and keys");
    check_kept(
        &script("{}", "[1]"),
        &entries,
        "line 1: {}: this is no <script type=\"application/ld+json\"> with a JSON object in it",
    );
}
