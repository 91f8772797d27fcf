//! Plural categories by the rules of CLDR.
//!
//! The rules of `icu_plurals` are neither `Send` nor `Sync`, so every thread keeps those that it used.

use std::rc::Rc;

use fixed_decimal::Decimal;
use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesPreferences};

use super::per_thread::PerThread;
use crate::Locale;

/// The names of the categories in the order of CLDR.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Which of the two sets of rules a number is judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PluralKind {
    /// How many: 1 page, 2 pages.
    #[default]
    Cardinal,
    /// Which in the order: 1st, 2nd, 3rd.
    Ordinal,
}

/// The categories in the order of CLDR.
const ORDER: [PluralCategory; 6] = [
    PluralCategory::Zero,
    PluralCategory::One,
    PluralCategory::Two,
    PluralCategory::Few,
    PluralCategory::Many,
    PluralCategory::Other,
];

/// Integers that show every category that any locale has for integers: the small ones, and the round ones that some
/// languages treat apart (French: 1 000 000 is "many").
const SMALL: std::ops::RangeInclusive<u64> = 0..=200;
const ROUND: [u64; 9] = [300, 800, 1_000, 2_000, 10_000, 100_000, 1_000_000, 2_000_000, 1_000_000_000];

/// The rules of one locale, and the smallest integer of each category in the order of `ORDER`.
struct Rules {
    rules: PluralRules,
    smallest: [Option<u64>; ORDER.len()],
}

impl Rules {
    fn new(locale: &str, kind: PluralKind) -> Option<Self> {
        let preferences = PluralRulesPreferences::from(&locale.parse::<LanguageIdentifier>().ok()?);
        let rules = match kind {
            PluralKind::Cardinal => PluralRules::try_new_cardinal(preferences),
            PluralKind::Ordinal => PluralRules::try_new_ordinal(preferences),
        }
        .ok()?;
        let smallest = ORDER.map(|category| SMALL.chain(ROUND).find(|&number| rules.category_for(number) == category));
        Some(Self { rules, smallest })
    }

    /// The categories that the rules name, with the smallest integer of each.
    fn named(&self) -> impl Iterator<Item = (PluralCategory, Option<u64>)> + '_ {
        let named: Vec<PluralCategory> = self.rules.categories().collect();
        ORDER.into_iter().zip(self.smallest).filter(move |(category, _)| named.contains(category))
    }
}

thread_local! {
    static CARDINAL: PerThread<Rules> = PerThread::default();
    static ORDINAL: PerThread<Rules> = PerThread::default();
}

fn rules(locale: &Locale, kind: PluralKind) -> Option<Rc<Rules>> {
    let known = match kind {
        PluralKind::Cardinal => &CARDINAL,
        PluralKind::Ordinal => &ORDINAL,
    };
    known.with(|known| known.get(locale.as_str(), || Rules::new(locale.as_str(), kind)))
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// The CLDR plural category of a number as it is written: "zero", "one", "two", "few", "many" or "other". Trailing
/// zeros of the fraction count (English: 1 is "one", 1.0 is "other"); the sign does not.
pub fn category(locale: &Locale, kind: PluralKind, number: &Decimal) -> &'static str {
    rules(locale, kind).map_or("other", |found| name(found.rules.category_for(number)))
}

/// The categories that integers take in the locale, in the order of CLDR, always ending in "other".
pub fn integer_categories(locale: &Locale, kind: PluralKind) -> Vec<&'static str> {
    listed(locale, kind, |category, smallest| smallest.is_some() || category == PluralCategory::Other)
}

/// All cardinal categories of the locale, in the order of CLDR.
pub fn categories(locale: &Locale) -> Vec<&'static str> {
    listed(locale, PluralKind::Cardinal, |_, _| true)
}

/// All ordinal categories of the locale, in the order of CLDR.
pub fn ordinal_categories(locale: &Locale) -> Vec<&'static str> {
    listed(locale, PluralKind::Ordinal, |_, _| true)
}

fn listed(
    locale: &Locale,
    kind: PluralKind,
    wanted: impl Fn(PluralCategory, Option<u64>) -> bool,
) -> Vec<&'static str> {
    let Some(found) = rules(locale, kind) else { return vec!["other"] };
    found
        .named()
        .filter(|&(category, smallest)| wanted(category, smallest))
        .map(|(category, _)| name(category))
        .collect()
}

/// The smallest integer of a cardinal category. `None` when no integer has it: Czech keeps "many" for fractions.
pub fn example(locale: &Locale, category: &str) -> Option<u64> {
    let wanted = PluralCategory::get_for_cldr_string(category)?;
    let found = rules(locale, PluralKind::Cardinal)?;
    found.named().find(|&(named, _)| named == wanted).and_then(|(_, smallest)| smallest)
}

/// The cardinal category of zero.
pub fn of_zero(locale: &Locale) -> &'static str {
    category(locale, PluralKind::Cardinal, &Decimal::from(0))
}

/// The only integer of a category, where it has just one.
pub fn only_integer(locale: &Locale, kind: PluralKind, category: &str) -> Option<u64> {
    let wanted = PluralCategory::get_for_cldr_string(category)?;
    let found = rules(locale, kind)?;
    let mut integers = SMALL.chain(ROUND).filter(|number| found.rules.category_for(*number) == wanted);
    let first = integers.next()?;
    integers.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().expect("a tag")
    }

    fn of(tag: &str, kind: PluralKind, number: &str) -> &'static str {
        category(&locale(tag), kind, &number.parse().expect("a number"))
    }

    #[test]
    fn judges_numbers_as_they_are_written() {
        assert_eq!(of("en", PluralKind::Cardinal, "1"), "one");
        assert_eq!(of("en", PluralKind::Cardinal, "1.0"), "other");
        assert_eq!(of("pl", PluralKind::Cardinal, "-2"), "few");
        assert_eq!(of("fr", PluralKind::Cardinal, "1000000"), "many");
        assert_eq!(of("pt-PT", PluralKind::Cardinal, "0"), "other");
        assert_eq!(of("pt", PluralKind::Cardinal, "0"), "one");
        assert_eq!(of("en", PluralKind::Ordinal, "23"), "few");
    }

    #[test]
    fn lists_categories() {
        assert_eq!(categories(&locale("cs")), ["one", "few", "many", "other"]);
        assert_eq!(integer_categories(&locale("cs"), PluralKind::Cardinal), ["one", "few", "other"]);
        assert_eq!(integer_categories(&locale("pl"), PluralKind::Cardinal), ["one", "few", "many", "other"]);
        assert_eq!(ordinal_categories(&locale("en")), ["one", "two", "few", "other"]);
        assert_eq!(categories(&locale("ja")), ["other"]);
    }

    #[test]
    fn shows_a_category() {
        assert_eq!(example(&locale("ru"), "many"), Some(0));
        assert_eq!(example(&locale("cs"), "many"), None);
        assert_eq!(example(&locale("fr"), "many"), Some(1_000_000));
        assert_eq!(example(&locale("en"), "few"), None);
        assert_eq!(example(&locale("pl"), "other"), None);
    }
}
