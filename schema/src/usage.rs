//! How much of what costs something a project used, month by month, and how much it may use.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Change, ProjectId, Refusal, Structure, Timestamp};

/// A month of the calendar, in UTC: the number of months since the beginning of the year 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month(u32);

/// What a project used in one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// The month.
    pub month: Month,
    /// Texts, entries, pages and locales that were saved.
    pub saves: u64,
    /// The length of the texts that were saved, in bytes.
    pub bytes: u64,
    /// Releases that were asked for.
    pub releases: u64,
}

/// What a project used in the last month in which it used anything, and in the one of these before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    last: Used,
    before: Used,
}

/// How much a project may have, or use in a month; what is not named is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Pages that it has.
    pub pages: Option<u64>,
    /// Entries that it has.
    pub entries: Option<u64>,
    /// Texts, entries, pages and locales saved in a month.
    pub saves: Option<u64>,
    /// Bytes of texts saved in a month.
    pub bytes: Option<u64>,
    /// Releases asked for in a month.
    pub releases: Option<u64>,
}

/// The quotas of all projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotas {
    /// Of every project that is not named.
    #[serde(default)]
    usual: Quota,
    /// Of these, in place of that.
    #[serde(default)]
    projects: BTreeMap<ProjectId, Quota>,
}

impl Month {
    /// The month of a moment.
    pub fn of(at: Timestamp) -> Self {
        let seconds = i64::try_from(at.0 / 1000).unwrap_or(i64::MAX);
        let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let year = u32::try_from(moment.year()).unwrap_or_default();
        Self(year * 12 + u32::from(u8::from(moment.month())) - 1)
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0 + 1)
    }
}

/// As in `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}

impl Usage {
    /// What was used in a month. Of months before the last two in which there was anything, nothing is known.
    pub fn in_month(&self, month: Month) -> Used {
        let found = [self.last, self.before].into_iter().find(|used| used.month == month);
        found.unwrap_or(Used { month, ..Used::default() })
    }

    /// Counts a change that is made at this moment. What clears up, decides who may do what or brings back a release
    /// is never counted.
    pub fn count(&mut self, at: Timestamp, change: &Change) {
        let used = match change {
            Change::DraftSaved { value, .. } => {
                Used { saves: 1, bytes: value.as_str().len() as u64, ..Used::default() }
            }
            Change::EntryPut { .. } | Change::PagePut { .. } | Change::LocalePut { .. } => {
                Used { saves: 1, ..Used::default() }
            }
            Change::PublishRequested { .. } => Used { releases: 1, ..Used::default() },
            _ => return,
        };
        // A clock that goes back a little does not bring back a month.
        let now = Month::of(at);
        // One that was far ahead does not keep one.
        let month = if self.last.month > now.after() { now } else { now.max(self.last.month) };
        if month != self.last.month {
            self.before = std::mem::replace(&mut self.last, Used { month, ..Used::default() });
        }
        self.last.saves += used.saves;
        self.last.bytes += used.bytes;
        self.last.releases += used.releases;
    }
}

impl Quota {
    /// Whether `change` may still be made at this moment. What brings back and what goes on with a renaming that was begun is
    /// not held up.
    pub fn check(&self, usage: &Usage, at: Timestamp, structure: &Structure, change: &Change) -> Result<(), Refusal> {
        let mut counted = *usage;
        counted.count(at, change);
        if counted == *usage || goes_on(change) {
            return Ok(());
        }
        let (month, used) = (counted.last.month, counted.last);
        let in_month = |what: &str, used: u64, most: Option<u64>| match most {
            Some(most) if used > most => Err(Refusal::Quota(format!(
                "the project may use {most} {what} in a month, and with this it would be {used} in {month}; {} begins on the 1st, UTC",
                month.after()
            ))),
            _ => Ok(()),
        };
        match change {
            Change::PublishRequested { .. } => return in_month("releases", used.releases, self.releases),
            Change::PagePut { page, .. } if structure.page(page).is_none() => {
                has_room("pages", || structure.existing_pages().count(), self.pages)?;
            }
            Change::EntryPut { page, key, .. } if structure.entry(page, key).is_none() => {
                let entries = || structure.existing_pages().map(|(_, page)| page.existing_entries().count()).sum();
                has_room("entries", entries, self.entries)?;
            }
            _ => {}
        }
        in_month("saves", used.saves, self.saves)?;
        in_month("bytes of texts", used.bytes, self.bytes)
    }
}

/// Whether a change brings a text back, or is a step of a renaming.
fn goes_on(change: &Change) -> bool {
    match change {
        Change::DraftSaved { restored_from, .. } => restored_from.is_some(),
        Change::EntryPut { info, .. } => info.was.is_some(),
        Change::PagePut { info, .. } => info.was.is_some(),
        _ => false,
    }
}

/// Whether there may be one more.
fn has_room(what: &str, there: impl Fn() -> usize, most: Option<u64>) -> Result<(), Refusal> {
    match most {
        Some(most) if there() as u64 >= most => {
            Err(Refusal::Quota(format!("the project may have {most} {what}, and has them; remove some first")))
        }
        _ => Ok(()),
    }
}

impl Quotas {
    /// What a project may use.
    pub fn of(&self, project: &ProjectId) -> Quota {
        self.projects.get(project).copied().unwrap_or(self.usual)
    }
}

/// As JSON.
impl FromStr for Quotas {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::ReleaseOrder;

    /// 2026-11-30T23:59:59.999Z, and a millisecond later.
    const NOVEMBER: Timestamp = Timestamp(1_796_083_199_999);
    const DECEMBER: Timestamp = Timestamp(1_796_083_200_000);

    fn publish() -> Change {
        Change::PublishRequested { order: ReleaseOrder::default() }
    }

    #[test]
    fn months_are_of_the_calendar() {
        assert_eq!(Month::of(NOVEMBER).to_string(), "2026-11");
        assert_eq!(Month::of(DECEMBER).to_string(), "2026-12");
        assert_eq!(Month::of(DECEMBER).after().to_string(), "2027-01");
        assert_eq!(Month::of(DECEMBER).after().before(), Month::of(DECEMBER));
        assert_eq!(Month::of(Timestamp(u64::MAX)).to_string(), "1970-01");
    }

    #[test]
    fn a_month_begins_with_nothing_and_the_one_before_is_kept() {
        let mut usage = Usage::default();
        for at in [NOVEMBER, NOVEMBER, DECEMBER] {
            usage.count(at, &publish());
        }
        // A clock that is a little behind.
        usage.count(NOVEMBER, &publish());
        assert_eq!(usage.in_month(Month::of(NOVEMBER)).releases, 2);
        assert_eq!(usage.in_month(Month::of(DECEMBER)).releases, 2);
        assert_eq!(usage.in_month(Month::of(DECEMBER).after()).releases, 0);
        usage.count(DECEMBER, &Change::ProjectDeleted);
        assert_eq!(
            usage.in_month(Month::of(DECEMBER)),
            Used { month: Month::of(DECEMBER), releases: 2, ..Used::default() }
        );
    }

    #[test]
    fn a_clock_that_was_far_ahead_does_not_keep_a_month() {
        let mut usage = Usage::default();
        usage.count(Timestamp(DECEMBER.0 + 10 * 365 * 24 * 60 * 60 * 1000), &publish());
        usage.count(NOVEMBER, &publish());
        assert_eq!(usage.in_month(Month::of(NOVEMBER)).releases, 1);
    }

    #[test]
    fn quotas_are_of_projects() {
        let quotas: Quotas = r#"{"usual":{"releases":1},"projects":{"large":{}}}"#.parse().unwrap();
        let (usual, large) = (quotas.of(&"acme".parse().unwrap()), quotas.of(&"large".parse().unwrap()));
        let (mut usage, structure) = (Usage::default(), Structure::default());
        usual.check(&usage, NOVEMBER, &structure, &publish()).unwrap();
        usage.count(NOVEMBER, &publish());
        let refused = usual.check(&usage, NOVEMBER, &structure, &publish()).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the project may use 1 releases in a month, and with this it would be 2 in 2026-11; 2026-12 begins on the 1st, UTC"
        );
        usual.check(&usage, DECEMBER, &structure, &publish()).unwrap();
        large.check(&usage, NOVEMBER, &structure, &publish()).unwrap();
        for wrong in ["1", r#"{"usual":{"saves":-1}}"#, r#"{"usual":{"texts":1}}"#, r#"{"projects":{"A B":{}}}"#] {
            wrong.parse::<Quotas>().unwrap_err();
        }
    }
}
