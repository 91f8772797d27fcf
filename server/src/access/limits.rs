//! How much one address and one credential may ask, counted in this process.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::problem::{Kind, Problem};

/// So much at once, and so much a second after that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// A second.
    pub per_second: NonZeroU32,
    /// At once.
    pub burst: NonZeroU32,
}

impl Rate {
    /// So much a second, and ten seconds' worth of it at once.
    pub fn per_second(requests: u32) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self { per_second: at_least_one(requests), burst: at_least_one(requests.saturating_mul(10)) }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Requests of one address: an office behind one address is many people.
    pub address: Rate,
    /// Requests of one credential.
    pub credential: Rate,
    /// Credentials of one address that were not good.
    pub failures: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self { address: Rate::per_second(200), credential: Rate::per_second(50), failures: Rate::per_second(2) }
    }
}

type Keyed<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// The counts.
pub struct Limits {
    rates: Rates,
    addresses: Keyed<IpAddr>,
    credentials: Keyed<String>,
    failures: Keyed<IpAddr>,
    /// Requests since the start.
    counted: AtomicU64,
}

/// After so many requests those are forgotten that have not asked for a while.
const TIDIED_EVERY: u64 = 10_000;

const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

impl Limits {
    /// Nothing counted yet.
    pub fn new(rates: Rates) -> Self {
        Self {
            rates,
            addresses: keyed(rates.address),
            credentials: keyed(rates.credential),
            failures: keyed(rates.failures),
            counted: AtomicU64::new(1),
        }
    }

    /// Counts a request of an address.
    pub(crate) fn address(&self, address: IpAddr) -> Result<HeaderMap, Problem> {
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDIED_EVERY) {
            self.tidy();
        }
        check(&self.addresses, "address", self.rates.address, &network(address))
    }

    /// Counts a request under a credential; the headers say what is left.
    pub(crate) fn credential(&self, subject: &str) -> Result<HeaderMap, Problem> {
        check(&self.credentials, "credential", self.rates.credential, &subject.to_owned())
    }

    /// Counts a credential that was not good.
    pub(crate) fn failure(&self, address: IpAddr) -> Result<(), Problem> {
        check(&self.failures, "sign-in", self.rates.failures, &network(address)).map(drop)
    }

    /// Forgets who has not asked for a while.
    fn tidy(&self) {
        self.addresses.retain_recent();
        self.credentials.retain_recent();
        self.failures.retain_recent();
    }
}

fn keyed<K: std::hash::Hash + Eq + Clone>(rate: Rate) -> Keyed<K> {
    let quota = Quota::per_second(rate.per_second).allow_burst(rate.burst);
    RateLimiter::keyed(quota).with_middleware()
}

fn check<K: std::hash::Hash + Eq + Clone>(
    counts: &Keyed<K>,
    name: &str,
    rate: Rate,
    key: &K,
) -> Result<HeaderMap, Problem> {
    match counts.check_key(key) {
        Ok(state) => Ok(headers(name, rate, state.remaining_burst_capacity(), Duration::ZERO)),
        Err(until) => {
            let wait = until.wait_time_from(DefaultClock::default().now()).max(Duration::from_millis(1));
            let seconds = wait.as_secs() + 1;
            let detail = format!("at most {} requests a second for one {name}; wait {seconds} s", rate.per_second);
            Err(Problem::new(Kind::TooManyRequests, detail)
                .retry_after(seconds)
                .with_headers(headers(name, rate, 0, wait)))
        }
    }
}

/// The fields of the IETF's draft: how much is left, and when there will be more.
fn headers(name: &str, rate: Rate, left: u32, wait: Duration) -> HeaderMap {
    let window = (rate.burst.get() / rate.per_second.get()).max(1);
    let policy = format!("\"{name}\";q={};w={window}", rate.burst);
    let state = format!("\"{name}\";r={left};t={}", wait.as_secs() + u64::from(!wait.is_zero()));
    let fields = [(POLICY, policy), (LIMIT, state)];
    fields.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::try_from(value).ok()?))).collect()
}

/// One household has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            v6.to_ipv4_mapped().map_or_else(|| IpAddr::from([a, b, c, d, 0, 0, 0, 0]), IpAddr::from)
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}
