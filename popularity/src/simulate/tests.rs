use super::*;
use crate::{Documents, View};

fn visit(pages: &[&str], by_browser: bool) -> Visit {
    let views = pages.iter().enumerate().map(|(at, page)| View {
        page: (*page).to_owned(),
        previous: at.checked_sub(1).map(|before| pages[before].to_owned()),
    });
    Visit { views: views.collect(), by_browser }
}

#[track_caller]
fn check(visits: &[Visit], next: Next, expect: Figures) {
    // Each page leads to the next two letters.
    let likely = |page: &String| {
        let letter = page.as_bytes()[0];
        vec![char::from(letter + 1).to_string(), char::from(letter + 2).to_string()]
    };
    let figures = judge(visits, Visitors::All, next, &BTreeMap::from([("z".to_owned(), 7)]), likely);
    assert_eq!(figures, expect);
}

#[test]
fn what_was_fetched_before_is_a_hit() {
    let figures = |nexts, known, hits, fetched, wasted| Figures {
        visits: 1,
        nexts,
        known,
        hits,
        fetched,
        wasted,
        wasted_in_log: wasted * PAGE_BYTES,
        ..Figures::default()
    };
    check(&[visit(&["a"], true)], Next::Any, Figures { views: 1, ..figures(0, 0, 0, 2, 2) });
    // b and c, then d.
    check(&[visit(&["a", "b"], true)], Next::Any, Figures { views: 2, ..figures(1, 0, 1, 3, 2) });
    // c was fetched on a, not on b: also a hit, two views later.
    check(&[visit(&["a", "m", "c"], true)], Next::Any, Figures { views: 3, ..figures(2, 0, 1, 6, 5) });
    // Loading again is no next view; coming back is known.
    check(&[visit(&["a", "a", "b", "a"], true)], Next::Any, Figures { views: 4, ..figures(1, 1, 1, 3, 2) });
    // A size that is known.
    let z = Figures { views: 1, wasted_in_log: PAGE_BYTES + 7, ..figures(0, 0, 0, 2, 2) };
    check(&[visit(&["x"], true)], Next::Any, z);
}

#[test]
fn only_links_are_followed() {
    let mut other = visit(&["a", "b"], true);
    other.views[1].previous = Some("elsewhere".to_owned());
    let visits = [other, visit(&["a", "b"], true)];
    check(
        &visits[..1],
        Next::Followed,
        Figures { visits: 1, views: 2, fetched: 3, wasted: 2, wasted_in_log: 4096, ..Figures::default() },
    );
    let figures = judge(&visits, Visitors::All, Next::Followed, &BTreeMap::new(), |_| Vec::new());
    assert_eq!((figures.nexts, figures.hits), (1, 0));
}

#[test]
fn hidden_robots_can_be_left_out() {
    let visits = [visit(&["a", "b"], false), visit(&["a", "b"], true)];
    let visits = |visitors| judge(&visits, visitors, Next::Any, &BTreeMap::new(), |_| Vec::new()).visits;
    assert_eq!((visits(Visitors::All), visits(Visitors::Browsers)), (2, 1));
}

#[test]
fn visits_end_after_half_an_hour() {
    let line = |address: &str, time: &str, path: &str| {
        format!(
            r#"{address} - - [17/May/2015:{time} +0000] "GET {path} HTTP/1.1" 200 100 "http://a.example/a" "Mozilla/5.0""#
        )
    };
    let lines = [
        line("192.0.2.1", "10:00:00", "/a"),
        line("192.0.2.2", "10:10:00", "/b"),
        line("192.0.2.1", "10:20:00", "/a.png"),
        line("192.0.2.1", "10:50:00", "/c"),
        line("192.0.2.1", "11:20:01", "/d"),
    ];
    let log = Log::read(lines.join("\n").as_bytes(), &Documents::of("a.example")).unwrap();
    let visits = log.visits(GAP);
    let pages: Vec<Vec<&str>> =
        visits.iter().map(|visit| visit.views.iter().map(|view| view.page.as_str()).collect()).collect();
    assert_eq!(pages, [vec!["/a", "/c"], vec!["/b"], vec!["/d"]]);
    assert_eq!(visits.iter().map(|visit| visit.by_browser).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(log.sizes()["/a"], 100);
    let (before, after) = (log.part(0..50), log.part(50..100));
    let views = |log: &Log| learn(&log.visits(GAP), Visitors::All).views();
    assert_eq!((views(&before), views(&after), views(&log)), (2, 2, 4));
    assert_eq!(learn(&visits, Visitors::Browsers).views(), 2);
}
