//! What a month on AWS costs, beside what Teletext.io said that theirs did; and what each of our ways saves of that.

mod model;

use std::process::ExitCode;

use anyhow::Context as _;
use serde::Serialize;

use crate::args::Cost;
use crate::report;
use model::{Bill, Load, Prices, Usage, bill};

const PRICES: &str = include_str!("prices.json");

/// Teletext.io's own table: dollars a month by customers.
const THEIRS: [(u64, f64); 5] = [(0, 1.25), (100, 99.5), (1_000, 966.0), (10_000, 9_173.5), (100_000, 87_963.5)];

/// All words of the real site in one locale as plain JSON, in bytes: what a view loads where words are one file.
const WHOLE_SITE: f64 = 391_930.0;
/// A page file of it, compressed; the same as plain JSON.
const PAGE: f64 = 1_140.0;
const PLAIN_PAGE: f64 = 2_992.0;
/// The site script with the live manifest, compressed.
const SCRIPT: f64 = 3_900.0;
/// What a request costs besides its body: headers of both, and TLS.
const HEADERS: f64 = 600.0;

/// Of all views, as a real log has them: the first of a visitor; those within 30 seconds of the last; of a page that
/// the visitor saw before.
const FIRST: f64 = 0.52;
const WITHIN_30S: f64 = 0.32;
const SEEN: f64 = 0.17;
/// Files that are fetched ahead and never shown, for each view (`cargo xtask bench prefetch`).
const WASTED: f64 = 3.45;

#[derive(Serialize)]
struct Report {
    prices: String,
    region: String,
    views: f64,
    rows: Vec<Row>,
    /// The bill of the last row.
    bill: Bill,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Row {
    customers: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    theirs: Option<f64>,
    ours: f64,
}

/// What the last row would cost, with one more of our ways than before.
#[derive(Serialize)]
struct Step {
    step: &'static str,
    dollars: f64,
}

pub(super) fn run(args: &Cost) -> anyhow::Result<ExitCode> {
    let report = report(args)?;
    report::print(args.json, &report, || plain(&report))?;
    Ok(ExitCode::SUCCESS)
}

fn report(args: &Cost) -> anyhow::Result<Report> {
    let text = args.prices.as_ref().map_or_else(|| Ok(PRICES.to_owned()), std::fs::read_to_string);
    let prices: Prices = serde_json::from_str(&text.context("the prices cannot be read")?)
        .context("the prices are not as cli/src/commands/cost/prices.json has them")?;
    let usage = usage(args);
    let customers: Vec<u64> = match args.customers {
        Some(only) => vec![only],
        None => THEIRS.iter().map(|(customers, _)| *customers).collect(),
    };
    let theirs = |customers| THEIRS.iter().find(|(known, _)| *known == customers).map(|(_, dollars)| *dollars);
    let row =
        |customers| Row { customers, theirs: theirs(customers), ours: cents(bill(&prices, &usage, customers).total()) };
    let most = customers.last().copied().unwrap_or_default();
    Ok(Report {
        prices: prices.date.clone(),
        region: prices.region.clone(),
        views: usage.views.round(),
        rows: customers.into_iter().map(row).collect(),
        bill: bill(&prices, &usage, most),
        steps: steps(&prices, &usage, most, args.prefetch),
    })
}

/// What a customer does: Teletext.io's assumptions, where they said them.
fn usage(args: &Cost) -> Usage {
    Usage {
        views: args.views.unwrap_or(10e9 / WHOLE_SITE),
        view: ours(args.prefetch),
        calls: args.calls,
        publishes: args.publishes,
        files: 20.0,
        stored_gb: 0.5,
        table_gb: 0.01,
        people: 1.0,
    }
}

/// One view, with everything that saves.
fn ours(prefetch: bool) -> Load {
    let ahead = if prefetch { WASTED } else { 0.0 };
    let known = 1.0 - FIRST - WITHIN_30S;
    let live = FIRST + known;
    let requests = live + (1.0 - SEEN) + ahead;
    Load { requests, live, bytes: requests * HEADERS + FIRST * SCRIPT + (1.0 - SEEN + ahead) * PAGE }
}

fn steps(prices: &Prices, usage: &Usage, customers: u64, prefetch: bool) -> Vec<Step> {
    let step = |step, view| {
        let usage = Usage { view, ..usage.clone() };
        Step { step, dollars: cents(bill(prices, &usage, customers).total()) }
    };
    let load = |requests, live, bytes| Load { requests, live, bytes: bytes + requests * HEADERS };
    let known = 1.0 - FIRST - WITHIN_30S;
    let mut all = vec![
        step("all words of a site as plain JSON, and the script, at each view", load(2.0, 1.0, WHOLE_SITE + SCRIPT)),
        step("the words of a page alone", load(2.0, 1.0, PLAIN_PAGE + SCRIPT)),
        step("compiled, and compressed with brotli", load(2.0, 1.0, PAGE + SCRIPT)),
        step("files that never change: kept by browsers", load(2.0 - SEEN, 1.0, (1.0 - SEEN) * PAGE + SCRIPT)),
        step(
            "what is live comes with the script, kept for 30 s, then 304",
            load(FIRST + known + 1.0 - SEEN, FIRST + known, (1.0 - SEEN) * PAGE + FIRST * SCRIPT),
        ),
    ];
    if prefetch {
        all.push(step("likely next pages fetched ahead: this costs", ours(true)));
    }
    all
}

fn cents(dollars: f64) -> f64 {
    (dollars * 100.0).round() / 100.0
}

fn plain(report: &Report) -> String {
    let mut lines = vec![
        format!(
            "A month on AWS, {}, in dollars; prices of {}, {:.0} page views a customer",
            report.region, report.prices, report.views
        ),
        String::new(),
        format!("{:>10}  {:>12}  {:>12}  {:>8}", "customers", "Teletext.io", "Copydesk", "of it"),
    ];
    for Row { customers, theirs, ours } in &report.rows {
        let (theirs, share) = match theirs {
            Some(theirs) => (format!("{theirs:.2}"), format!("{:.1} %", ours / theirs * 100.0)),
            None => ("-".to_owned(), "-".to_owned()),
        };
        lines.push(format!("{customers:>10}  {theirs:>12}  {ours:>12.2}  {share:>8}"));
    }
    let Bill { delivery_bytes, delivery_requests, api, functions, table, objects, people, logs } = report.bill;
    lines.push(String::new());
    lines.push("The last row, by what it is for:".to_owned());
    let parts = [
        ("bytes from the edges", delivery_bytes),
        ("requests to the edges, and the API's through them", delivery_requests),
        ("the API", api),
        ("functions", functions),
        ("the table", table),
        ("objects", objects),
        ("people who sign in", people),
        ("logs", logs),
    ];
    lines.extend(parts.map(|(what, dollars)| format!("  {what:<62}  {dollars:>12.2}")));
    lines.push(String::new());
    lines.push("The same row, one step after the other:".to_owned());
    let mut before = None;
    for Step { step, dollars } in &report.steps {
        let saved = before.map_or(String::new(), |before: f64| format!("  {:+.2}", dollars - before));
        lines.push(format!("  {step:<62}  {dollars:>12.2}{saved}"));
        before = Some(*dollars);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
