//! A log as the benchmark needs it: whole, in memory, with visits.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::ops::Range;

use super::Visitors;
use crate::format::combined::Fields;
use crate::lines::Lines;
use crate::{Documents, View, Views};

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// What somebody saw in one go.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// In order.
    pub views: Vec<View<String>>,
    /// Whether a part of a page of the site was loaded too.
    pub by_browser: bool,
}

impl Visit {
    /// Whether it is of those.
    pub(super) fn is_of(&self, visitors: Visitors) -> bool {
        self.by_browser || visitors == Visitors::All
    }
}

/// The requests that matter, in order.
#[derive(Clone, Debug, Default)]
pub struct Log {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    visitor: usize,
    at: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    View {
        view: View<String>,
        bytes: u64,
    },
    /// An image, a script, a style of a page of the site.
    Part,
}

impl Log {
    /// Reads a combined log of the site.
    pub fn read(log: impl BufRead, documents: &Documents) -> io::Result<Self> {
        let mut lines = Lines::new(log);
        let mut visitors: BTreeMap<String, usize> = BTreeMap::new();
        let mut entries = Vec::new();
        while let Some(line) = lines.next()? {
            let Some((fields, what)) =
                line.text().and_then(Fields::of).and_then(|fields| Some((fields, what(&fields, documents)?)))
            else {
                continue;
            };
            let (address, at) =
                (fields.head.split(' ').next().unwrap_or_default(), time_of(fields.head).unwrap_or_default());
            let known = visitors.len();
            let visitor = *visitors.entry(address.to_owned()).or_insert(known);
            entries.push(Entry { visitor, at, what });
        }
        Ok(Self { entries })
    }

    /// From so many hundredths of the views up to so many.
    #[must_use]
    pub fn part(&self, hundredths: Range<usize>) -> Self {
        let views: Vec<usize> = (0..self.entries.len()).filter(|at| self.entries[*at].is_view()).collect();
        let at = |hundredths: usize| views.get(views.len() * hundredths / 100).copied().unwrap_or(self.entries.len());
        let from = if hundredths.start == 0 { 0 } else { at(hundredths.start) };
        Self { entries: self.entries[from..at(hundredths.end).max(from)].to_vec() }
    }

    /// The visits in it. After `gap` seconds without a request a new one begins.
    pub fn visits(&self, gap: i64) -> Vec<Visit> {
        let mut visits: Vec<Visit> = Vec::new();
        // By visitor: the visit that is going on, and its last request.
        let mut last: BTreeMap<usize, (usize, i64)> = BTreeMap::new();
        for entry in &self.entries {
            let going_on = last.get(&entry.visitor).filter(|(_, at)| entry.at - at <= gap).map(|(visit, _)| *visit);
            let visit = going_on.unwrap_or(visits.len());
            if visit == visits.len() {
                visits.push(Visit::default());
            }
            last.insert(entry.visitor, (visit, entry.at));
            match &entry.what {
                What::View { view, .. } => visits[visit].views.push(view.clone()),
                What::Part => visits[visit].by_browser = true,
            }
        }
        visits.retain(|visit| !visit.views.is_empty());
        visits
    }

    /// The mean sizes of the pages' answers.
    pub fn sizes(&self) -> BTreeMap<String, u64> {
        let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for (view, bytes) in self.views().filter(|(_, bytes)| *bytes > 0) {
            let (sum, times) = sums.entry(view.page.clone()).or_default();
            *sum += bytes;
            *times += 1;
        }
        sums.into_iter().map(|(page, (sum, times))| (page, sum / times)).collect()
    }

    fn views(&self) -> impl Iterator<Item = (&View<String>, u64)> {
        self.entries.iter().filter_map(|entry| match &entry.what {
            What::View { view, bytes } => Some((view, *bytes)),
            What::Part => None,
        })
    }
}

impl Entry {
    fn is_view(&self) -> bool {
        matches!(self.what, What::View { .. })
    }
}

fn what(fields: &Fields<'_>, documents: &Documents) -> Option<What> {
    let request = fields.request()?;
    if let Some(view) = documents.views(&request).pop() {
        let bytes = if request.status == 200 { fields.bytes.parse().unwrap_or_default() } else { 0 };
        return Some(What::View { view, bytes });
    }
    documents.is_part(&request).then_some(What::Part)
}

/// Seconds since some day of `address - - [17/May/2015:10:05:03 +0000`. Only differences matter.
fn time_of(head: &str) -> Option<i64> {
    let (_, time) = head.rsplit_once('[')?;
    let (time, zone) = time.split_once(' ')?;
    let (date, clock) = time.split_once(':')?;
    let date: Vec<&str> = date.split('/').collect();
    let [day, month, year] = date[..] else { return None };
    let month = i64::try_from(MONTHS.find(month)? / 3).ok()?;
    let (year, day): (i64, i64) = (year.parse().ok()?, day.parse().ok()?);
    let seconds = clock.split(':').try_fold(0, |sum, part| Some(sum * 60 + part.parse::<i64>().ok()?))?;
    let zone: i64 = zone.parse().ok()?;
    Some(days(year, month, day) * 86_400 + seconds - (zone / 100 * 3600 + zone % 100 * 60))
}

/// Days of the Gregorian calendar since some day, counted from March on so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::time_of;

    #[test]
    fn times_differ_by_seconds() {
        let at = |time: &str| time_of(&format!("192.0.2.1 - - [{time}")).unwrap();
        let check = |early: &str, late: &str, expect: i64| assert_eq!(at(late) - at(early), expect, "{early} {late}");
        check("17/May/2015:10:05:03 +0000", "17/May/2015:10:35:04 +0000", 1801);
        check("31/Dec/2015:23:59:59 +0000", "01/Jan/2016:00:00:00 +0000", 1);
        check("28/Feb/2016:00:00:00 +0000", "01/Mar/2016:00:00:00 +0000", 2 * 86_400);
        check("28/Feb/2015:00:00:00 +0000", "01/Mar/2015:00:00:00 +0000", 86_400);
        check("17/May/2015:10:00:00 +0000", "17/May/2015:12:30:00 +0230", 0);
    }
}
