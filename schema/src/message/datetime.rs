//! Dates and times as `Intl.DateTimeFormat` of ECMA-402 writes them, for the options that `icu_datetime` can follow.
//!
//! The formatters of `icu_datetime` are neither `Send` nor `Sync`, so every thread keeps those that it used.

use std::rc::Rc;

use icu_datetime::fieldsets::builder::{DateFields, FieldSetBuilder};
use icu_datetime::fieldsets::enums::CompositeDateTimeFieldSet;
use icu_datetime::options::{Alignment, Length, TimePrecision, YearStyle};
use icu_datetime::preferences::HourCycle;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::Region;
use icu_time::zone::UtcOffset;
use icu_time::{DateTime, ZonedDateTime};

mod options;

pub(super) use options::options;
pub use options::{DateTimeOptions, Digits, Month, Style, Text};

use super::number::{self, NumberOptions};
use super::per_thread::PerThread;
use crate::Locale;

/// The furthest that a moment of ECMAScript is from 1970, in milliseconds.
const FURTHEST: i64 = 8_640_000_000_000_000;

/// The moment as text in the locale, in the calendar and with the digits that the locale uses. `millis` counts from
/// 1970-01-01T00:00Z. `None` when the combination of options is not supported.
pub fn format(locale: &Locale, millis: i64, options: &DateTimeOptions) -> Option<String> {
    if !(-FURTHEST..=FURTHEST).contains(&millis) {
        return None;
    }
    let tag: LanguageIdentifier = locale.as_str().parse().ok()?;
    let offset = offset(options.time_zone.as_deref())?;
    let ZonedDateTime { date, time, .. } = ZonedDateTime::from_epoch_milliseconds_and_utc_offset(millis, offset);
    let fields = if options.has_style() { of_styles(options)? } else { of_fields(&tag, options)? };
    if fields == numeric_date()
        && let Some(pattern) = figures(&tag)
    {
        let (year, month, day) = (date.year().extended_year(), date.month().ordinal, date.day_of_month().0);
        return fill(locale, pattern, year, month, day);
    }
    let formatter = formatter(&tag, fields, options.hour12)?;
    // Browsers write a plain blank where CLDR has a narrow one: pages were found to break on it.
    Some(formatter.format(&DateTime { date, time }).to_string().replace('\u{202f}', " "))
}

/// The moment as machines read it: `2026-11-21T15:04:05.000Z`.
pub(super) fn iso(millis: i64) -> Option<String> {
    let ZonedDateTime { date, time, .. } =
        ZonedDateTime::from_epoch_milliseconds_and_utc_offset(millis, UtcOffset::zero());
    let year = date.year().extended_year();
    let (month, day) = (date.month().ordinal, date.day_of_month().0);
    let (hour, minute, second) = (time.hour.number(), time.minute.number(), time.second.number());
    let rest = millis.rem_euclid(1000);
    let written = (0..=9999).contains(&year);
    written.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z"))
}

fn offset(time_zone: Option<&str>) -> Option<UtcOffset> {
    match time_zone {
        None => Some(UtcOffset::zero()),
        Some(name) if name.eq_ignore_ascii_case("UTC") => Some(UtcOffset::zero()),
        Some(name) if name.starts_with(['+', '-']) => UtcOffset::try_from_str(name).ok(),
        Some(_) => None,
    }
}

thread_local! {
    static FORMATTERS: PerThread<DateTimeFormatter<CompositeDateTimeFieldSet>> = PerThread::default();
}

fn formatter(
    tag: &LanguageIdentifier,
    fields: FieldSetBuilder,
    hour12: Option<bool>,
) -> Option<Rc<DateTimeFormatter<CompositeDateTimeFieldSet>>> {
    let key = format!("{tag} {hour12:?} {fields:?}");
    FORMATTERS.with(|known| {
        known.get(&key, || {
            let mut preferences = DateTimeFormatterPreferences::from(tag);
            preferences.hour_cycle = hour12.map(|twelve| if twelve { HourCycle::Clock12 } else { HourCycle::H23 });
            DateTimeFormatter::try_new(preferences, fields.build_composite_datetime().ok()?).ok()
        })
    })
}

/// The fields of a style. A style and a field together are an error in ECMA-402.
fn of_styles(options: &DateTimeOptions) -> Option<FieldSetBuilder> {
    if options.has_date_field() || options.has_time_field() {
        return None;
    }
    let mut set = FieldSetBuilder::new();
    set.length = Some(Length::Medium);
    if let Some(style) = options.date_style {
        let (fields, length) = match style {
            Style::Full => (DateFields::YMDE, Length::Long),
            Style::Long => (DateFields::YMD, Length::Long),
            Style::Medium => (DateFields::YMD, Length::Medium),
            Style::Short => (DateFields::YMD, Length::Short),
        };
        set.date_fields = Some(fields);
        set.length = Some(length);
    }
    set.time_precision = match options.time_style {
        None => None,
        Some(Style::Medium) => Some(TimePrecision::Second),
        Some(Style::Short) => Some(TimePrecision::Minute),
        Some(Style::Full | Style::Long) => return None,
    };
    Some(set)
}

/// The date in figures: what ECMA-402 writes when nothing else is asked for.
fn numeric_date() -> FieldSetBuilder {
    let mut set = FieldSetBuilder::new();
    set.date_fields = Some(DateFields::YMD);
    set.length = Some(Length::Short);
    set.year_style = Some(YearStyle::Full);
    set
}

fn of_fields(tag: &LanguageIdentifier, options: &DateTimeOptions) -> Option<FieldSetBuilder> {
    if !options.has_time_field() {
        return if options.has_date_field() { of_date_fields(tag, options) } else { Some(numeric_date()) };
    }
    let precision = time_precision(options)?;
    let padded = options.hour == Some(Digits::TwoDigit);
    let mut set = FieldSetBuilder::new();
    if options.has_date_field() {
        set = of_date_fields(tag, options)?;
        // Alignment holds for date and time together.
        if padded != set.alignment.is_some() {
            return None;
        }
    } else {
        set.length = Some(Length::Medium);
        set.alignment = padded.then_some(Alignment::Column);
    }
    set.time_precision = Some(precision);
    Some(set)
}

fn time_precision(options: &DateTimeOptions) -> Option<TimePrecision> {
    match (options.hour, options.minute, options.second) {
        (Some(_), Some(_), None) => Some(TimePrecision::Minute),
        (Some(_), Some(_), Some(_)) => Some(TimePrecision::Second),
        _ => None,
    }
}

fn of_date_fields(tag: &LanguageIdentifier, options: &DateTimeOptions) -> Option<FieldSetBuilder> {
    let fields = date_fields(options)?;
    let mut set = FieldSetBuilder::new();
    set.date_fields = Some(fields);
    set.length = Some(date_length(tag, fields, options)?);
    if is_padded(options)? {
        set.alignment = Some(Alignment::Column);
    }
    if options.year.is_some() {
        set.year_style = Some(YearStyle::Full);
    }
    Some(set)
}

fn date_fields(options: &DateTimeOptions) -> Option<DateFields> {
    let (weekday, year) = (options.weekday.is_some(), options.year.is_some());
    match (weekday, year, options.month.is_some(), options.day.is_some()) {
        (false, true, true, true) => Some(DateFields::YMD),
        (true, true, true, true) => Some(DateFields::YMDE),
        (false, false, true, true) => Some(DateFields::MD),
        (true, false, true, true) => Some(DateFields::MDE),
        (false, true, true, false) => Some(DateFields::YM),
        (false, true, false, false) => Some(DateFields::Y),
        (false, false, true, false) => Some(DateFields::M),
        (false, false, false, true) => Some(DateFields::D),
        (true, false, false, false) => Some(DateFields::E),
        _ => None,
    }
}

/// One length holds for weekday and month; in figures there is only the whole date.
fn date_length(tag: &LanguageIdentifier, fields: DateFields, options: &DateTimeOptions) -> Option<Length> {
    match (options.month, options.weekday) {
        (Some(Month::Long), None | Some(Text::Long)) | (None, Some(Text::Long)) => Some(Length::Long),
        (Some(Month::Short), None | Some(Text::Short)) if is_medium_in_figures(tag, fields) => Some(Length::Long),
        (Some(Month::Short) | None, None | Some(Text::Short)) => Some(Length::Medium),
        (Some(Month::Numeric | Month::TwoDigit), None) if fields == DateFields::YMD => Some(Length::Short),
        _ => None,
    }
}

/// Where the medium length has the month in figures, and the long one is closer to what a short month asks for.
fn is_medium_in_figures(tag: &LanguageIdentifier, fields: DateFields) -> bool {
    let with_year = matches!(fields, DateFields::YMD | DateFields::YMDE | DateFields::YM);
    with_year && matches!(tag.language.as_str(), "ar" | "as" | "be" | "de" | "ja" | "ko" | "mk" | "sr")
}

/// Whether month and day are both asked for with two digits. One alone is not supported, nor is a year of two digits.
fn is_padded(options: &DateTimeOptions) -> Option<bool> {
    let month = options.month == Some(Month::TwoDigit);
    let day = options.day == Some(Digits::TwoDigit);
    (month == day && options.year != Some(Digits::TwoDigit)).then_some(month)
}

/// The pattern of a date in figures where it is not the short date with the whole year, which is what `icu_datetime`
/// has for it: CLDR's pattern of the skeleton yMd.
fn figures(tag: &LanguageIdentifier) -> Option<&'static str> {
    let region = tag.region.as_ref().map_or("", Region::as_str);
    if matches!(region, "AF" | "IR" | "TH") {
        return None; // Not the Gregorian calendar.
    }
    match tag.language.as_str() {
        "be" | "da" | "de" | "et" | "ka" | "nb" | "nn" | "no" => Some("d.M.y"),
        "am" | "cy" | "gl" | "id" | "ms" | "my" | "sw" | "te" | "vi" => Some("d/M/y"),
        "cs" | "sl" => Some("d. M. y"),
        "en" if matches!(region, "IE" | "IN") => Some("d/M/y"),
        "es" if region == "MX" => Some("d/M/y"),
        "ja" => Some("y/M/d"),
        "ko" => Some("y. M. d."),
        "ky" => Some("y-dd-MM"),
        "lv" => Some("d.MM.y."),
        "nl" if region == "BE" => Some("d/M/y"),
        "nl" => Some("d-M-y"),
        "pl" => Some("d.MM.y"),
        "si" => Some("y-M-d"),
        "tr" => Some("dd.MM.y"),
        _ => None,
    }
}

/// Puts the numbers, in the digits of the locale, into a pattern of `y`, `M`, `MM`, `d` and `dd`.
fn fill(locale: &Locale, pattern: &str, year: i32, month: u8, day: u8) -> Option<String> {
    let digits = |number: i32, least: u8| {
        let options =
            NumberOptions { minimum_integer_digits: Some(least), no_grouping: true, ..NumberOptions::default() };
        number::format(locale, f64::from(number), &options)
    };
    let (month, day) = (i32::from(month), i32::from(day));
    let text = pattern.replace("dd", &digits(day, 2)?).replace('d', &digits(day, 1)?);
    let text = text.replace("MM", &digits(month, 2)?).replace('M', &digits(month, 1)?);
    Some(text.replace('y', &digits(year, 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-05T16:07:09Z, a Thursday.
    const MOMENT: i64 = 1_772_726_829_000;

    fn text(tag: &str, options: &DateTimeOptions) -> Option<String> {
        format(&tag.parse().expect("a tag"), MOMENT, options)
    }

    fn styled(date_style: Option<Style>, time_style: Option<Style>) -> DateTimeOptions {
        DateTimeOptions { date_style, time_style, ..DateTimeOptions::default() }
    }

    fn dated(month: Month) -> DateTimeOptions {
        let (year, day) = (Some(Digits::Numeric), Some(Digits::Numeric));
        DateTimeOptions { year, month: Some(month), day, ..DateTimeOptions::default() }
    }

    #[test]
    fn writes_figures_unless_told_otherwise() {
        let options = DateTimeOptions::default();
        assert_eq!(text("en-US", &options).as_deref(), Some("3/5/2026"));
        assert_eq!(text("de", &options).as_deref(), Some("5.3.2026"));
        assert_eq!(text("en-GB", &options).as_deref(), Some("05/03/2026"));
        assert_eq!(text("th", &options).as_deref(), Some("5/3/2569"));
        assert_eq!(text("fr", &dated(Month::Numeric)).as_deref(), Some("05/03/2026"));
    }

    #[test]
    fn follows_styles() {
        assert_eq!(text("en", &styled(Some(Style::Full), None)).as_deref(), Some("Thursday, March 5, 2026"));
        assert_eq!(text("de", &styled(Some(Style::Medium), None)).as_deref(), Some("05.03.2026"));
        assert_eq!(text("en", &styled(Some(Style::Short), None)).as_deref(), Some("3/5/26"));
        assert_eq!(text("de", &styled(None, Some(Style::Medium))).as_deref(), Some("16:07:09"));
        assert_eq!(
            text("en", &styled(Some(Style::Long), Some(Style::Short))).as_deref(),
            Some("March 5, 2026 at 4:07 PM")
        );
        assert_eq!(text("en", &styled(None, Some(Style::Full))), None);
    }

    #[test]
    fn follows_fields() {
        assert_eq!(text("en", &dated(Month::Long)).as_deref(), Some("March 5, 2026"));
        assert_eq!(text("en", &dated(Month::Short)).as_deref(), Some("Mar 5, 2026"));
        let weekday = DateTimeOptions { weekday: Some(Text::Long), ..DateTimeOptions::default() };
        assert_eq!(text("fr", &weekday).as_deref(), Some("jeudi"));
        let mixed = DateTimeOptions { weekday: Some(Text::Long), ..dated(Month::Short) };
        assert_eq!(text("fr", &mixed), None);
    }

    #[test]
    fn follows_hours_and_zones() {
        let time = DateTimeOptions {
            hour: Some(Digits::Numeric),
            minute: Some(Digits::TwoDigit),
            ..DateTimeOptions::default()
        };
        assert_eq!(text("de", &time).as_deref(), Some("16:07"));
        let zoned = DateTimeOptions { time_zone: Some("+02:00".to_owned()), hour12: Some(true), ..time.clone() };
        assert_eq!(text("en", &zoned).as_deref(), Some("6:07 PM"));
        let named = DateTimeOptions { time_zone: Some("Europe/Berlin".to_owned()), ..time };
        assert_eq!(text("de", &named), None);
    }
}
