//! What a month costs. Pure: prices and usage in, dollars out; `docs/aws.md` does two rows by hand.
#![expect(clippy::cast_precision_loss, reason = "money that is read by people")]

use serde::{Deserialize, Serialize};

/// What Amazon asks for, and when that was.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Prices {
    pub(super) date: String,
    pub(super) region: String,
    lambda_gb_second: f64,
    lambda_gb_seconds_free: f64,
    lambda_request: f64,
    lambda_requests_free: f64,
    write_unit: f64,
    read_unit: f64,
    table_gb: f64,
    table_gb_free: f64,
    backup_gb: f64,
    object_gb: f64,
    object_put: f64,
    object_get: f64,
    api_request: f64,
    api_request_over_300m: f64,
    edge_request: f64,
    edge_requests_free: f64,
    edge_tb_free: f64,
    edge_gb: Vec<Tier>,
    log_gb: f64,
    log_gb_free: f64,
    person: f64,
    people_free: f64,
}

#[derive(Clone, Debug, Deserialize)]
struct Tier {
    up_to_tb: Option<f64>,
    price: f64,
}

/// What one customer does in a month. Bytes are bytes on the wire, their headers among them.
#[derive(Clone, Debug)]
pub(super) struct Usage {
    /// Page views.
    pub(super) views: f64,
    /// Of a view's own requests: those that reach the edge, and their bytes.
    pub(super) view: Load,
    /// Calls of the API; a fifth of them save something.
    pub(super) calls: f64,
    /// Releases.
    pub(super) publishes: f64,
    /// Page files that a release changes.
    pub(super) files: f64,
    /// Delivered objects that are kept, in GB.
    pub(super) stored_gb: f64,
    /// Drafts and log, in GB.
    pub(super) table_gb: f64,
    /// People who sign in.
    pub(super) people: f64,
}

/// What reaches the edges for one page view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Load {
    pub(super) requests: f64,
    /// Those of them that ask what is live.
    pub(super) live: f64,
    pub(super) bytes: f64,
}

/// The bill, line by line.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Bill {
    pub(super) delivery_bytes: f64,
    pub(super) delivery_requests: f64,
    pub(super) api: f64,
    pub(super) functions: f64,
    pub(super) table: f64,
    pub(super) objects: f64,
    pub(super) people: f64,
    pub(super) logs: f64,
}

impl Bill {
    pub(super) fn total(&self) -> f64 {
        let Self { delivery_bytes, delivery_requests, api, functions, table, objects, people, logs } = self;
        delivery_bytes + delivery_requests + api + functions + table + objects + people + logs
    }
}

/// Sweeps of a month of 30 days, and what each takes: it looks for what is due, for older site scripts, for messages.
const SWEEPS: f64 = 43_200.0;
const SWEEP_READS: f64 = 3.0;
/// What a call, a sweep and a release take of a function, in GB-seconds (512 MB).
const CALL: f64 = 0.015;
const SWEEP: f64 = 0.05;
const RELEASE: f64 = 1.0;
/// Table units of a save and of any other call; of a release, and of each file in it.
const SAVE_WRITES: f64 = 6.0;
const CALL_READS: f64 = 4.0;
const RELEASE_WRITES: f64 = 40.0;
const RELEASE_READS: f64 = 200.0;
const FILE_WRITES: f64 = 2.0;
/// Of all calls, those that save.
const SAVES: f64 = 0.2;
/// Objects of a release besides its files: the release, what it was made of, what is live, the site script. They are read
/// before they are written, and some more.
const RELEASE_OBJECTS: f64 = 4.0;
const RELEASE_GETS: f64 = 10.0;
/// A file, its alias, and what it was made of.
const FILE_OBJECTS: f64 = 3.0;
/// The edges' regions, each of which fetches a file once. What is live is looked for all the time: no visitor finds it kept.
const REGIONS: f64 = 13.0;
/// An answer of the API, which passes the studio's edges.
const CALL_BYTES: f64 = 5_000.0;
/// A line in the log for each call and sweep.
const LOG_BYTES: f64 = 250.0;

const GB: f64 = 1e9;

/// The bill for so many customers.
pub(super) fn bill(prices: &Prices, usage: &Usage, customers: u64) -> Bill {
    let customers = customers as f64;
    let of_all = |each: f64| each * customers;
    let (views, calls, publishes) = (of_all(usage.views), of_all(usage.calls), of_all(usage.publishes));
    let files = publishes * usage.files;
    let over = |used: f64, free: f64| (used - free).max(0.0);
    let (loads, objects) = (usage.view, files * FILE_OBJECTS + publishes * RELEASE_OBJECTS);
    let fetched = views * loads.live + files * REGIONS + publishes * RELEASE_GETS;
    let gb_seconds = calls * CALL + SWEEPS * SWEEP + publishes * RELEASE;
    let writes = calls * SAVES * SAVE_WRITES + publishes * RELEASE_WRITES + files * FILE_WRITES;
    let reads = calls * CALL_READS + publishes * RELEASE_READS + SWEEPS * SWEEP_READS;
    let table_gb = of_all(usage.table_gb);
    let logs = (calls + SWEEPS + publishes) * LOG_BYTES / GB;
    Bill {
        delivery_bytes: edge_bytes(prices, (views * loads.bytes + calls * CALL_BYTES) / GB),
        delivery_requests: over(views * loads.requests + calls, prices.edge_requests_free) * prices.edge_request,
        api: calls.min(3e8) * prices.api_request + over(calls, 3e8) * prices.api_request_over_300m,
        functions: over(gb_seconds, prices.lambda_gb_seconds_free) * prices.lambda_gb_second
            + over(calls + SWEEPS + publishes, prices.lambda_requests_free) * prices.lambda_request,
        table: writes * prices.write_unit
            + reads * prices.read_unit
            + over(table_gb, prices.table_gb_free) * prices.table_gb
            + table_gb * prices.backup_gb,
        objects: of_all(usage.stored_gb) * prices.object_gb + objects * prices.object_put + fetched * prices.object_get,
        people: over(of_all(usage.people), prices.people_free) * prices.person,
        logs: over(logs, prices.log_gb_free) * prices.log_gb,
    }
}

/// Bytes at the edges, dearer ones first.
fn edge_bytes(prices: &Prices, gb: f64) -> f64 {
    let (mut left, mut from, mut sum) = ((gb - prices.edge_tb_free * 1000.0).max(0.0), 0.0, 0.0);
    for Tier { up_to_tb, price } in &prices.edge_gb {
        let room = up_to_tb.map_or(f64::INFINITY, |tb| tb * 1000.0 - from);
        let here = left.min(room);
        sum += here * price;
        left -= here;
        from += room;
    }
    sum
}
