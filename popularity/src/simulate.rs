//! A benchmark, not the product: would what is fetched in advance have been seen?
//!
//! It learns from the first 70 % of the views of a combined log, in the log's order (lines are written when they
//! happen), and judges on the rest. For that alone it puts visits together by the address, in memory: requests of
//! one address without a gap of more than [`GAP`]. A visit begins anew where the judged part begins.
//!
//! At each view the likely next pages are fetched, except those that the visit has or has fetched already.
//! A *next view* is a view of another page than the one before it. Of those:
//! - one that the visit had seen before is *known*: it needs no fetching, so it is neither hit nor miss
//!   ([`Figures::hit_rate_with_known`] takes it for a miss);
//! - one that was fetched in advance is a *hit*, every other is not.
//!
//! *Waste* is what was fetched in advance and not seen by the end of the visit.

mod log;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

pub use log::{Log, Visit};

use crate::Counts;

/// The size of a compiled copy file that the primary figure assumes.
pub const PAGE_BYTES: u64 = 2048;

/// Seconds without a request after which a new visit begins.
pub const GAP: i64 = 30 * 60;

/// Whose visits are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitors {
    /// All but robots that say so.
    All,
    /// Those who loaded an image, script or style from a page of the site too, as a browser does. Robots that hide
    /// do not; neither would they run the site script.
    Browsers,
}

/// Which next views are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// All.
    Any,
    /// Those that followed a link on a page that was seen in the same visit; not those who came back from
    /// elsewhere, or typed an address.
    Followed,
}

/// What came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Visits.
    pub visits: u64,
    /// Views in them.
    pub views: u64,
    /// Next views that were not known.
    pub nexts: u64,
    /// Next views that were known.
    pub known: u64,
    /// Next views that had been fetched in advance.
    pub hits: u64,
    /// Pages that were fetched in advance.
    pub fetched: u64,
    /// Pages that were fetched in advance and not seen.
    pub wasted: u64,
    /// The bytes of those by the sizes in the log, [`PAGE_BYTES`] where it says none.
    pub wasted_in_log: u64,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.visits += other.visits;
        self.views += other.views;
        self.nexts += other.nexts;
        self.known += other.known;
        self.hits += other.hits;
        self.fetched += other.fetched;
        self.wasted += other.wasted;
        self.wasted_in_log += other.wasted_in_log;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate is read by people")]
impl Figures {
    /// Hits of next views.
    pub fn hit_rate(&self) -> f64 {
        self.hits as f64 / self.nexts.max(1) as f64
    }

    /// The same when known ones count as misses.
    pub fn hit_rate_with_known(&self) -> f64 {
        self.hits as f64 / (self.nexts + self.known).max(1) as f64
    }

    /// Bytes wasted for each view, at [`PAGE_BYTES`] a page.
    pub fn waste(&self) -> f64 {
        (self.wasted * PAGE_BYTES) as f64 / self.views.max(1) as f64
    }

    /// Bytes wasted for each view, by the sizes in the log.
    pub fn waste_in_log(&self) -> f64 {
        self.wasted_in_log as f64 / self.views.max(1) as f64
    }
}

/// What is learned from visits: from all as from the log itself, from browsers' as from their beacons.
pub fn learn(visits: &[Visit], visitors: Visitors) -> Counts<String> {
    let mut counts = Counts::default();
    for view in visits.iter().filter(|visit| visit.is_of(visitors)).flat_map(|visit| &visit.views) {
        counts.add(view.clone());
    }
    counts
}

/// Judges what `likely` says of each page.
pub fn judge(
    visits: &[Visit],
    visitors: Visitors,
    next: Next,
    sizes: &BTreeMap<String, u64>,
    likely: impl Fn(&String) -> Vec<String>,
) -> Figures {
    let mut figures = Figures::default();
    for visit in visits.iter().filter(|visit| visit.is_of(visitors)) {
        judge_visit(visit, next, sizes, &likely, &mut figures);
    }
    figures
}

fn judge_visit(
    visit: &Visit,
    next: Next,
    sizes: &BTreeMap<String, u64>,
    likely: &impl Fn(&String) -> Vec<String>,
    figures: &mut Figures,
) {
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    let mut fetched: BTreeSet<String> = BTreeSet::new();
    let mut before: Option<&String> = None;
    for view in &visit.views {
        let followed = view.previous.as_ref().is_some_and(|previous| seen.contains(previous));
        let judged = before.is_some_and(|before| *before != view.page) && (followed || next == Next::Any);
        if judged && seen.contains(&view.page) {
            figures.known += 1;
        } else if judged {
            figures.nexts += 1;
            figures.hits += u64::from(fetched.contains(&view.page));
        }
        seen.insert(&view.page);
        fetched.extend(likely(&view.page).into_iter().filter(|page| !seen.contains(page)));
        before = Some(&view.page);
    }
    figures.visits += 1;
    figures.views += visit.views.len() as u64;
    figures.fetched += fetched.len() as u64;
    for page in fetched.iter().filter(|page| !seen.contains(page)) {
        figures.wasted += 1;
        figures.wasted_in_log += sizes.get(page).copied().unwrap_or(PAGE_BYTES);
    }
}

#[cfg(test)]
mod tests;
