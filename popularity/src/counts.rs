//! How often pages were seen, and one after another; and what follows from it.
//!
//! Of pages p and q, `P(q|p) = (n_pq + 10·pop_q) / (n_p + 10)`: n_pq views of q came from p, n_p views of any other
//! page did, pop_q is q's share of all views. A page of which little is known is thus taken to lead where all views
//! go, and ten views of evidence weigh as much.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::View;

/// The most pages that a page leads to.
const NEXT: usize = 5;

/// The least probability of a page that is worth fetching, in hundredths.
const LEAST_PERCENT: u128 = 3;

/// What the shares of all views weigh, in views.
const PRIOR: u64 = 10;

/// How much is kept.
#[derive(Clone, Copy, Debug)]
struct Most {
    pages: usize,
    pairs: usize,
}

/// Some 60 MB when every name is of 200 characters.
const MOST: Most = Most { pages: 20_000, pairs: 200_000 };

/// Views, by page and by the page before. What is kept is bounded: beyond 20,000 pages or 200,000 pairs the rarest
/// quarter is dropped (anybody can ask for addresses that name no page; what many people see survives that).
/// The totals stay whole; what was dropped and comes again starts from nothing. Below those limits the order of
/// views and of merging makes no difference.
#[derive(Clone, Debug)]
pub struct Counts<P> {
    pages: BTreeMap<P, Page<P>>,
    views: u64,
    pairs: usize,
    dropped: u64,
    most: Most,
}

#[derive(Clone, Debug)]
struct Page<P> {
    views: u64,
    /// Views of other pages that came from this one.
    left: u64,
    next: BTreeMap<P, u64>,
}

impl<P> Default for Page<P> {
    fn default() -> Self {
        Self { views: 0, left: 0, next: BTreeMap::new() }
    }
}

impl<P> Default for Counts<P> {
    fn default() -> Self {
        Self { pages: BTreeMap::new(), views: 0, pairs: 0, dropped: 0, most: MOST }
    }
}

impl<P: Ord + Clone> Counts<P> {
    /// Counts a view. One that comes from the page itself was loaded again: a view, but no way to another page.
    pub fn add(&mut self, view: View<P>) {
        self.add_times(view, 1);
    }

    /// Counts as many views that are the same.
    pub fn add_times(&mut self, view: View<P>, times: u64) {
        let View { page, previous } = view;
        if let Some(previous) = previous.filter(|previous| *previous != page) {
            self.lead(previous, page.clone(), times);
        }
        self.see(page, times);
        self.keep_the_most();
    }

    /// Counts what somebody else counted.
    pub fn merge(&mut self, other: Self) {
        self.dropped = self.dropped.saturating_add(other.dropped);
        let mut others = other.views;
        for (name, page) in other.pages {
            let known: u64 = page.next.values().fold(0, |sum, count| sum.saturating_add(*count));
            let own = self.pages.entry(name.clone()).or_default();
            // Of ways that were dropped only the number is left.
            own.left = own.left.saturating_add(page.left.saturating_sub(known));
            page.next.into_iter().for_each(|(next, count)| self.lead(name.clone(), next, count));
            others = others.saturating_sub(page.views);
            self.see(name, page.views);
            self.keep_the_most();
        }
        self.views = self.views.saturating_add(others);
    }

    /// All views.
    pub fn views(&self) -> u64 {
        self.views
    }

    /// Pages and pairs of pages that were dropped as the rarest, when there were too many to keep.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// At most five pages that are likely to be seen after this one, the likeliest first.
    pub fn likely_after(&self, name: &P) -> Vec<P> {
        self.next_of(name, |_| true)
    }

    /// The same among the pages that are there.
    pub fn likely_among(&self, name: &P, there: &BTreeSet<&P>) -> Vec<P> {
        self.next_of(name, |page| there.contains(page))
    }

    /// The pages seen most, whatever came before: what there would be without the ways between pages.
    pub fn most_seen(&self) -> Vec<P> {
        let mut pages: Vec<(&P, u64)> = self.pages.iter().map(|(name, page)| (name, page.views)).collect();
        pages.sort_by_key(|(name, views)| (Reverse(*views), *name));
        pages.into_iter().take(NEXT).map(|(name, _)| name.clone()).collect()
    }

    fn see(&mut self, name: P, views: u64) {
        let page = self.pages.entry(name).or_default();
        page.views = page.views.saturating_add(views);
        self.views = self.views.saturating_add(views);
    }

    fn lead(&mut self, from: P, to: P, count: u64) {
        let page = self.pages.entry(from).or_default();
        page.left = page.left.saturating_add(count);
        let before = page.next.len();
        let counted = page.next.entry(to).or_default();
        *counted = counted.saturating_add(count);
        self.pairs += page.next.len() - before;
    }

    /// Those that may be likely where no way leads to them: `10·pop_q / (n_p + 10)` is at most pop_q.
    fn popular(&self) -> Vec<&P> {
        let enough = |page: &Page<P>| u128::from(page.views) * 100 >= u128::from(self.views) * LEAST_PERCENT;
        self.pages.iter().filter(|(_, page)| page.views > 0 && enough(page)).map(|(name, _)| name).collect()
    }

    /// Both sides of the comparison are multiplied by all views and by n_p + 10: whole numbers, so that every
    /// machine comes to the same order.
    fn next_of(&self, name: &P, is_there: impl Fn(&P) -> bool) -> Vec<P> {
        let nothing = Page::default();
        let page = self.pages.get(name).unwrap_or(&nothing);
        let total = u128::from(self.views);
        let weight = |next: &P| {
            let ways = u128::from(page.next.get(next).copied().unwrap_or_default());
            let views = u128::from(self.pages.get(next).map_or(0, |next| next.views));
            ways.saturating_mul(total).saturating_add(views * u128::from(PRIOR))
        };
        let least = (u128::from(page.left) + u128::from(PRIOR)).saturating_mul(total).saturating_mul(LEAST_PERCENT);
        let candidates: BTreeSet<&P> = page.next.keys().chain(self.popular()).collect();
        let mut likely: Vec<(u128, &P)> = candidates
            .into_iter()
            .filter(|next| *next != name && is_there(next))
            .map(|next| (weight(next), next))
            .filter(|(weight, _)| weight.saturating_mul(100) >= least)
            .collect();
        likely.sort_by_key(|(weight, next)| (Reverse(*weight), *next));
        likely.into_iter().take(NEXT).map(|(_, next)| next.clone()).collect()
    }
}

/// Dropping the rarest. A quarter at a time, so that it costs little a view.
impl<P: Ord + Clone> Counts<P> {
    fn keep_the_most(&mut self) {
        if self.pages.len() > self.most.pages {
            self.drop_pages();
        }
        if self.pairs > self.most.pairs {
            self.drop_pairs();
        }
    }

    fn drop_pages(&mut self) {
        let seen = |page: &Page<P>| page.views.saturating_add(page.left);
        let mut pages: Vec<(Reverse<u64>, &P)> =
            self.pages.iter().map(|(name, page)| (Reverse(seen(page)), name)).collect();
        pages.sort_unstable();
        let rare: BTreeSet<P> =
            pages.split_off(self.most.pages * 3 / 4).into_iter().map(|(_, name)| name.clone()).collect();
        self.pages.retain(|name, _| !rare.contains(name));
        self.pages.values_mut().for_each(|page| page.next.retain(|name, _| !rare.contains(name)));
        self.dropped = self.dropped.saturating_add(rare.len() as u64);
        self.pairs = self.pages.values().map(|page| page.next.len()).sum();
    }

    fn drop_pairs(&mut self) {
        let mut pairs: Vec<(Reverse<u64>, &P, &P)> = Vec::with_capacity(self.pairs);
        for (from, page) in &self.pages {
            pairs.extend(page.next.iter().map(|(to, count)| (Reverse(*count), from, to)));
        }
        pairs.sort_unstable();
        let rare = pairs.split_off(self.most.pairs * 3 / 4);
        let rare: Vec<(P, P)> = rare.into_iter().map(|(_, from, to)| (from.clone(), to.clone())).collect();
        self.pairs -= rare.len();
        self.dropped = self.dropped.saturating_add(rare.len() as u64);
        for (from, to) in rare {
            if let Some(page) = self.pages.get_mut(&from) {
                page.next.remove(&to);
            }
        }
    }
}

#[cfg(test)]
mod tests;
