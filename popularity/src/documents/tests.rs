use super::*;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:27.0) Gecko/20100101 Firefox/27.0";

#[track_caller]
fn check(target: &str, referer: &str, expect: Option<(&str, Option<&str>)>) {
    let line = format!(r#"192.0.2.1 - - [t] "GET {target} HTTP/1.1" 200 5 "{referer}" "{BROWSER}""#);
    let mut parser = Parser::default();
    let Parsed::Request(request) = parser.parse(&line) else { panic!("{line}") };
    let views = Documents::of("www.Example.com:443").views(&request);
    let found = views.first().map(|view| (view.page.as_str(), view.previous.as_deref()));
    assert_eq!(found, expect, "{line}");
}

#[test]
fn documents_are_told_from_what_they_need() {
    for path in ["/", "/about", "/about/", "/a.html", "/a.HTM", "/a.php", "/news-1.0", "/feedback", "/atomic/"] {
        check(path, "-", Some((path, None)));
    }
    let others = "/a.png /a.css /a.js /robots.txt /favicon.ico /feed /rss /a/atom /index.xml /feed.rss /a.tar.gz \
                  /?flav=rss20 /?a=1&feed=atom *";
    others.split(' ').for_each(|path| check(path, "-", None));
    check(&format!("/{}", "a".repeat(PATH_BYTES)), "-", None);
}

#[test]
fn queries_are_taken_off() {
    check("/a?utm_source=x", "http://example.com/b?c=d#e", Some(("/a", Some("/b"))));
}

#[test]
fn the_page_before_is_on_the_same_site() {
    check("/a", "https://example.com/b", Some(("/a", Some("/b"))));
    check("/a", "http://www.example.com:8080", Some(("/a", Some("/"))));
    check("/a", "http://www.example.com?q", Some(("/a", Some("/"))));
    check("/a", "http://example.com.evil.example/b", Some(("/a", None)));
    check("/a", "http://evil.example/?http://example.com/b", Some(("/a", None)));
    check("/a", "http://example.com/style.css", Some(("/a", None)));
    check("/a", "http://example.com/?flav=rss", Some(("/a", None)));
    check("/a", "about:blank", Some(("/a", None)));
}

#[test]
fn a_failed_request_and_a_robots_are_no_views() {
    let line = |method: &str, status: &str, agent: &str| {
        format!(r#"192.0.2.1 - - [t] "{method} /a HTTP/1.1" {status} 5 "-" "{agent}""#)
    };
    let views = |line: String| match Parser::default().parse(&line) {
        Parsed::Request(request) => Documents::of("example.com").views(&request).len() == 1,
        _ => panic!("{line}"),
    };
    assert!(views(line("GET", "200", BROWSER)) && views(line("GET", "304", BROWSER)));
    assert!(!views(line("POST", "200", BROWSER)) && !views(line("GET", "404", BROWSER)));
    assert!(!views(line("GET", "200", "-")) && !views(line("GET", "200", "")));
}

#[test]
fn the_own_host_is_the_one_that_is_named_most() {
    let line = |referer: &str| format!(r#"192.0.2.1 - - [t] "GET /a.png HTTP/1.1" 200 5 "{referer}" "{BROWSER}""#);
    let log =
        [line("http://www.a.example/"), line("http://a.example/b"), line("http://b.example/"), "broken".to_owned()];
    let host = Documents::host_in(log.join("\n").as_bytes()).unwrap();
    assert_eq!(host.as_deref(), Some("a.example"));
    assert_eq!(Documents::host_in(&b""[..]).unwrap(), None);
}
