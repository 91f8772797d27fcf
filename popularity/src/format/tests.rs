use super::*;

const JSON: &str = r#"{"date":"2026-04-04","time":"12:57:53","x-edge-location":"SFO53-P7","sc-bytes":"306","c-ip":"192.0.2.1","cs-method":"GET","cs(Host)":"d111111abcdef8.cloudfront.net","cs-uri-stem":"/acme/seen/pricing/home","sc-status":"204","cs(Referer)":"https://example.com/pricing","cs(User-Agent)":"Mozilla/5.0%20Firefox","cs-uri-query":"-","cs(Cookie)":"-","time-taken":"0.001"}"#;
const HEADER: &str =
    "date time c-ip cs-method cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie)";
const ROW: &str = "2026-04-04 12:57:53 192.0.2.1 GET /acme/seen/pricing/home 204 https://example.com/pricing \
                   Mozilla/5.0%20Firefox - -";

fn expected() -> Request<'static> {
    Request {
        method: Some("GET".into()),
        path: "/acme/seen/pricing/home".into(),
        query: "".into(),
        status: 204,
        referer: Some("https://example.com/pricing".into()),
        agent: Some("Mozilla/5.0%20Firefox".into()),
    }
}

#[track_caller]
fn check(log: &str, format: Option<Format>, expect: &[Parsed<'_>]) {
    let mut parser = Parser::default();
    let found: Vec<Parsed<'_>> = log.lines().map(|line| parser.parse(line)).collect();
    assert_eq!(found, expect, "{log}");
    assert_eq!(parser.format(), format);
}

#[test]
fn json_lines_are_read() {
    let read = || Parsed::Request(expected());
    check(JSON, Some(Format::Json), &[read()]);
    let log = format!("\u{feff}{JSON}\n\n{{\"sc-status\":\"200\"}}\nnonsense\n{JSON}");
    check(&log, Some(Format::Json), &[read(), Parsed::Nothing, Parsed::Bad, Parsed::Bad, read()]);
    let number = JSON.replace("\"204\"", "204");
    check(&number, Some(Format::Json), &[read()]);
    let least = r#"{"cs-uri-stem":"\/a","sc-status":"000"}"#;
    let request = Request { method: None, path: "/a".into(), status: 0, referer: None, agent: None, ..expected() };
    check(least, Some(Format::Json), &[Parsed::Request(request)]);
}

#[test]
fn texts_of_json_are_not_copied() {
    let Some(request) = json::request(JSON) else { panic!("{JSON}") };
    assert!(matches!(request.path, Cow::Borrowed(_)) && matches!(request.agent, Some(Cow::Borrowed(_))));
}

#[test]
fn w3c_rows_are_read() {
    let read = || Parsed::Request(expected());
    let tabs = ROW.replace(' ', "\t");
    let log = format!("#Version: 1.0\n#Fields: {HEADER}\n{tabs}\n{}\n{ROW}", tabs.replace("204", "x"));
    let expect = [Parsed::Nothing, Parsed::Nothing, read(), Parsed::Bad, read()];
    check(&log, Some(Format::Columns), &expect);
}

#[test]
fn plain_rows_are_read() {
    let log = format!("{HEADER}\n{ROW}\nsc-status cs-uri-stem\n200 /a\n200").replace(' ', "\t");
    let short = Request { method: None, path: "/a".into(), status: 200, referer: None, agent: None, ..expected() };
    let expect = [Parsed::Nothing, Parsed::Request(expected()), Parsed::Nothing, Parsed::Request(short), Parsed::Bad];
    check(&log, Some(Format::Columns), &expect);
}

#[test]
fn combined_lines_are_read() {
    let line = r#"192.0.2.1 - a "[b [04/Apr/2026:12:57:53 +0000] "GET /a?b=\"c HTTP/1.1" 200 - "-" "A \"B\" \\" "x""#;
    let request = Request {
        path: "/a".into(),
        query: r#"b=\"c"#.into(),
        status: 200,
        referer: None,
        agent: Some(r#"A \"B\" \\"#.into()),
        ..expected()
    };
    check(line, Some(Format::Combined), &[Parsed::Request(request.clone())]);
    let common = r#"192.0.2.1 - - [04/Apr/2026:12:57:53 +0000] "GET http://a.example/a?b=\"c#d HTTP/1.1" 200 512"#;
    check(common, Some(Format::Combined), &[Parsed::Request(Request { agent: None, ..request })]);
}

#[test]
fn what_is_cut_off_is_bad() {
    let whole = r#"192.0.2.1 - - [04/Apr/2026:12:57:53 +0000] "GET /é HTTP/1.1" 200 5 "http://a.example/" "Mozilla""#;
    for line in [whole, JSON, &ROW.replace(' ', "\t")] {
        for end in (0..line.len()).filter(|end| line.is_char_boundary(*end)) {
            for mut parser in [
                Parser::Unknown,
                Parser::Json,
                Parser::Combined,
                Columns::of(HEADER).map_or(Parser::Unknown, Parser::Columns),
            ] {
                // Only that it comes to an end: half a line may be a whole one of another kind.
                let _parsed = parser.parse(&line[..end]);
            }
        }
    }
    let (cut, _) = whole.split_at(whole.len() - 1);
    check(cut, None, &[Parsed::Bad]);
}
