use super::*;

fn counts(views: &[(&'static str, &'static str, u64)]) -> Counts<&'static str> {
    let mut counts = Counts::default();
    for (previous, page, times) in views {
        for _ in 0..*times {
            counts.add(View { page: *page, previous: Some(*previous).filter(|previous| !previous.is_empty()) });
        }
    }
    counts
}

#[track_caller]
fn check(counts: &Counts<&'static str>, page: &'static str, expect: &[&str]) {
    assert_eq!(counts.likely_after(&page), expect, "{page}");
}

#[test]
fn nothing_counted_is_nothing_likely() {
    check(&counts(&[]), "a", &[]);
}

#[test]
fn a_page_of_which_nothing_is_known_leads_to_the_popular_ones() {
    // 50, 47, 3, and less than 3 in a hundred.
    let counts = counts(&[("", "home", 500), ("", "pricing", 470), ("", "about", 30), ("", "terms", 0)]);
    check(&counts, "unknown", &["home", "pricing", "about"]);
    check(&counts, "home", &["pricing", "about"]);
    let more = self::counts(&[("", "home", 971), ("", "about", 29)]);
    check(&more, "unknown", &["home"]);
}

#[test]
fn ways_outweigh_popularity() {
    let counts = counts(&[("", "home", 80), ("docs", "rare", 10), ("docs", "home", 1), ("", "docs", 9)]);
    // (10 + 10·0.1) / 21 before (1 + 10·0.81) / 21.
    check(&counts, "docs", &["rare", "home"]);
}

#[test]
fn the_threshold_is_exact() {
    // n_a = 190, so n_a + 10 = 200, and 3 % of it is 6: 5.9 do not suffice, 6 do. 1,000 views.
    let views = |of_b: u64| {
        counts(&[("a", "b", 5), ("", "b", of_b - 5), ("a", "c", 185), ("", "c", 715 - of_b + 5), ("", "d", 95)])
    };
    assert_eq!(views(100).views(), 1000);
    check(&views(100), "a", &["c", "b"]);
    check(&views(99), "a", &["c"]);
}

#[test]
fn at_most_five_and_equals_by_name() {
    let counts = counts(&[("a", "g", 1), ("a", "f", 1), ("a", "e", 1), ("a", "d", 1), ("a", "c", 1), ("a", "b", 1)]);
    check(&counts, "a", &["b", "c", "d", "e", "f"]);
    assert_eq!(counts.most_seen(), ["b", "c", "d", "e", "f"]);
}

#[test]
fn pages_that_are_gone_leave_their_places_to_others() {
    let counts = counts(&[("a", "b", 5), ("a", "c", 4), ("a", "d", 3), ("a", "e", 2), ("a", "f", 2), ("a", "g", 2)]);
    check(&counts, "a", &["b", "c", "d", "e", "f"]);
    assert_eq!(counts.likely_among(&"a", &BTreeSet::from([&"a", &"c", &"g"])), ["c", "g"]);
}

#[test]
fn loading_again_is_no_way_to_another_page() {
    let again = counts(&[("a", "a", 100), ("a", "b", 1)]);
    check(&again, "a", &["b"]);
    assert_eq!((again.views(), again.pages["a"].left), (101, 1));
}

#[test]
fn the_order_of_views_and_of_merging_does_not_matter() {
    let views = [("", "a", 3), ("a", "b", 2), ("b", "c", 1), ("a", "c", 2), ("c", "a", 5)];
    let whole = counts(&views);
    for split in 0..=views.len() {
        let (one, two) = views.split_at(split);
        for (first, second) in [(one, two), (two, one)] {
            let mut merged = counts(first);
            merged.merge(counts(second));
            for page in ["a", "b", "c"] {
                check(&merged, page, &whole.likely_after(&page));
            }
            assert_eq!((merged.views(), merged.pairs), (whole.views(), whole.pairs));
            assert_eq!(merged.pages["a"].left, whole.pages["a"].left);
        }
    }
}

fn small() -> Counts<String> {
    Counts { most: Most { pages: 40, pairs: 60 }, ..Counts::default() }
}

/// Popular ones among any number of others.
fn flood(counts: &mut Counts<String>, times: usize) {
    for time in 0..times {
        counts.add(View { page: format!("junk-{time}"), previous: Some(format!("junk-{}", time / 2)) });
        let known = View { page: format!("page-{}", time % 4), previous: Some(format!("page-{}", (time + 3) % 4)) };
        counts.add(known);
        assert!(counts.pages.len() <= 40 && counts.pairs <= 60);
        let pairs: usize = counts.pages.values().map(|page| page.next.len()).sum();
        assert_eq!(counts.pairs, pairs);
    }
}

#[test]
fn a_flood_of_names_does_not_wash_away_what_many_see() {
    let mut counts = small();
    flood(&mut counts, 1000);
    assert!(counts.dropped() > 0);
    assert_eq!(counts.views(), 2000);
    assert_eq!(counts.likely_after(&"page-1".to_owned())[0], "page-2");
    let mut other = small();
    flood(&mut other, 100);
    counts.merge(other);
    assert_eq!(counts.views(), 2200);
    assert!(counts.pages.len() <= 40 && counts.pairs <= 60);
}

#[test]
fn huge_counts_do_not_overflow() {
    let mut counts = counts(&[("a", "b", 1)]);
    for _ in 0..200 {
        counts.merge(counts.clone());
    }
    check(&counts, "a", &["b"]);
}
