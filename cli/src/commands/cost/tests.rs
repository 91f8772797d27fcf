//! Held against what `docs/aws.md` does by hand.

use super::*;

fn args(customers: Option<u64>, prefetch: bool) -> Cost {
    Cost { customers, views: None, calls: 1_000.0, publishes: 20.0, prefetch, prices: None, json: false }
}

fn dollars(customers: u64) -> f64 {
    report(&args(Some(customers), false)).expect("the prices that are built in").rows[0].ours
}

#[test]
fn two_rows_are_what_they_are_by_hand() {
    assert!((dollars(0) - 0.02).abs() < 1e-9, "{}", dollars(0));
    assert!((dollars(100) - 3.29).abs() < 1e-9, "{}", dollars(100));
}

#[test]
fn nothing_to_do_costs_next_to_nothing_and_very_much_a_sixth_of_theirs() {
    let report = report(&args(None, false)).expect("the prices that are built in");
    assert!(report.rows[0].ours <= 0.5);
    let last = report.rows.last().expect("rows");
    assert!(last.ours <= 0.17 * last.theirs.expect("theirs"), "{}", last.ours);
    // Each of our ways saves something, and the last step is the bill.
    assert!(report.steps.windows(2).all(|pair| pair[1].dollars < pair[0].dollars));
    assert!((report.steps.last().expect("steps").dollars - last.ours).abs() < 0.02);
}

#[test]
fn fetching_ahead_is_said_to_cost() {
    let report = report(&args(Some(100_000), true)).expect("the prices that are built in");
    let [.., before, last] = &report.steps[..] else { panic!("steps") };
    assert!(last.dollars > before.dollars);
}
