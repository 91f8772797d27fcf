//! Numbers as `Intl.NumberFormat` of ECMA-402 writes them.
//!
//! The formatters of `icu_decimal` are neither `Send` nor `Sync`, so every thread keeps those that it used.

use std::rc::Rc;

use fixed_decimal::{Decimal, Sign, UnsignedDecimal, UnsignedRoundingMode};
use icu_decimal::options::GroupingStrategy;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::LanguageIdentifier;
use icu_locale_core::subtags::Region;

use serde::{Deserialize, Serialize};

use super::per_thread::PerThread;
use super::read::Constant;
use crate::Locale;

/// The most significant digits, and the most digits of the integer, that ECMA-402 knows.
const MOST_DIGITS: u8 = 21;

/// The most digits of the fraction. The standard went to 100 in 2023; runtimes before that refuse more than 20.
const MOST_FRACTION_DIGITS: u8 = 20;

/// How a number is written: the options of `Intl.NumberFormat` that copy may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NumberOptions {
    /// `style: "percent"` in place of `"decimal"`: a hundred times the number, with the sign of the locale.
    #[serde(rename = "style", with = "percent", skip_serializing_if = "is_false")]
    pub percent: bool,
    /// `type: "ordinal"`: which plural rules apply. It does not change how the number is written.
    #[serde(rename = "type", with = "ordinal", skip_serializing_if = "is_false")]
    pub ordinal: bool,
    /// `minimumIntegerDigits`, 1 to 21.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_integer_digits: Option<u8>,
    /// `minimumFractionDigits`, 0 to 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_fraction_digits: Option<u8>,
    /// `maximumFractionDigits`, 0 to 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_fraction_digits: Option<u8>,
    /// `minimumSignificantDigits`, 1 to 21. Significant digits win over digits of the fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_significant_digits: Option<u8>,
    /// `maximumSignificantDigits`, 1 to 21.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_significant_digits: Option<u8>,
    /// `useGrouping: false`.
    #[serde(rename = "useGrouping", with = "no_grouping", skip_serializing_if = "is_false")]
    pub no_grouping: bool,
}

/// An option of which copy may choose one other value than the usual one.
macro_rules! other_value {
    ($module:ident, $type:ty, $value:expr) => {
        mod $module {
            use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

            pub(super) fn serialize<S: Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
                $value.serialize(serializer)
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
                let found = <$type>::deserialize(deserializer)?;
                if found == $value { Ok(true) } else { Err(serde::de::Error::custom("that value is not known")) }
            }
        }
    };
}

other_value!(percent, String, "percent");
other_value!(ordinal, String, "ordinal");
other_value!(no_grouping, bool, false);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Understands what `NUMBER()` was called with, or says what is wrong.
pub(super) fn options(named: &[(&str, Constant)]) -> Result<NumberOptions, String> {
    let mut options = NumberOptions::default();
    for (name, value) in named {
        match (*name, value) {
            ("minimumIntegerDigits", value) => options.minimum_integer_digits = Some(digits(name, value)?),
            ("minimumFractionDigits", value) => options.minimum_fraction_digits = Some(digits(name, value)?),
            ("maximumFractionDigits", value) => options.maximum_fraction_digits = Some(digits(name, value)?),
            ("minimumSignificantDigits", value) => options.minimum_significant_digits = Some(digits(name, value)?),
            ("maximumSignificantDigits", value) => options.maximum_significant_digits = Some(digits(name, value)?),
            ("useGrouping", Constant::Text(text)) if text == "false" => options.no_grouping = true,
            ("useGrouping", Constant::Number { value: 0.0, .. }) => options.no_grouping = true,
            ("useGrouping", Constant::Text(text)) if matches!(text.as_str(), "true" | "auto") => {}
            ("useGrouping", _) => return Err("takes \"auto\" or 0 as useGrouping".to_owned()),
            ("style", Constant::Text(text)) if text == "percent" => options.percent = true,
            ("type", Constant::Text(text)) if text == "ordinal" => options.ordinal = true,
            ("style", Constant::Text(text)) if text == "decimal" => {}
            ("type", Constant::Text(text)) if text == "cardinal" => {}
            ("style", _) => return Err("takes \"decimal\" or \"percent\" as style".to_owned()),
            ("type", _) => return Err("takes \"cardinal\" or \"ordinal\" as type".to_owned()),
            _ => return Err(format!("knows no option {name}")),
        }
    }
    if options.is_valid() {
        Ok(options)
    } else {
        Err("has digits that are out of range, or a minimum above the maximum".to_owned())
    }
}

fn digits(name: &str, value: &Constant) -> Result<u8, String> {
    match value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in the range")]
        Constant::Number { value, .. } if value.fract() == 0.0 && (0.0..=100.0).contains(value) => Ok(*value as u8),
        _ => Err(format!("takes a whole number for {name}")),
    }
}

/// Where a number is cut, from the least to the most digits.
#[derive(Clone, Copy)]
enum Precision {
    Fraction(i16, i16),
    Significant(i16, i16),
}

impl NumberOptions {
    /// Whether `Intl.NumberFormat` takes the options. It refuses those that are out of range and those with a minimum
    /// above the maximum.
    pub fn is_valid(&self) -> bool {
        self.integer_digits().is_some() && self.precision().is_some()
    }

    /// Keeps the digits that a literal was written with: `1.50` shows two.
    pub fn literal(&mut self, digits: u8) {
        if digits > 0 && self.minimum_fraction_digits.is_none() {
            let most = self.maximum_fraction_digits.unwrap_or(digits);
            self.minimum_fraction_digits = Some(digits.min(most));
        }
    }

    /// As a format of i18next, which hands it to `Intl.NumberFormat`.
    pub fn i18next(&self) -> String {
        super::i18next_format("number", &NumberOptions { ordinal: false, ..self.clone() })
    }

    fn integer_digits(&self) -> Option<i16> {
        let digits = self.minimum_integer_digits.unwrap_or(1);
        (1..=MOST_DIGITS).contains(&digits).then_some(i16::from(digits))
    }

    fn precision(&self) -> Option<Precision> {
        if self.minimum_significant_digits.is_some() || self.maximum_significant_digits.is_some() {
            return self.significant();
        }
        let usual = if self.percent { 0 } else { 3 };
        let (least, most) = match (self.minimum_fraction_digits, self.maximum_fraction_digits) {
            (None, None) => (0, usual),
            (None, Some(most)) => (0, most),
            (Some(least), None) => (least, usual.max(least)),
            (Some(least), Some(most)) => (least, most),
        };
        let valid = (least..=MOST_FRACTION_DIGITS).contains(&most);
        valid.then_some(Precision::Fraction(i16::from(least), i16::from(most)))
    }

    fn significant(&self) -> Option<Precision> {
        let least = self.minimum_significant_digits.unwrap_or(1);
        let most = self.maximum_significant_digits.unwrap_or(MOST_DIGITS);
        let valid = least >= 1 && (least..=MOST_DIGITS).contains(&most);
        valid.then_some(Precision::Significant(i16::from(least), i16::from(most)))
    }
}

/// The number rounded (halves away from zero) and padded as the options say: what plural rules look at. A percentage is
/// a hundred times the value. `None` if the number is not finite or the options are not valid.
pub fn rounded(value: f64, options: &NumberOptions) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let precision = options.precision()?;
    let integer_digits = options.integer_digits()?;
    // Written by Rust with the fewest digits that read back as the same number, as ECMAScript does, and without exponent.
    let mut number: Decimal = value.to_string().parse().ok()?;
    let digits = &mut number.absolute;
    if options.percent {
        digits.multiply_pow10(2);
    }
    match precision {
        Precision::Fraction(least, most) => cut(digits, -most, -least),
        Precision::Significant(least, most) => cut_significant(digits, least, most),
    }
    digits.trim_start();
    digits.pad_start(integer_digits);
    Some(number)
}

/// Rounds at the position `last`, a power of ten, and drops zeros at the end down to the position `kept`.
fn cut(digits: &mut UnsignedDecimal, last: i16, kept: i16) {
    digits.round_with_mode(last, UnsignedRoundingMode::HalfExpand);
    digits.trim_end();
    digits.pad_end(kept);
}

fn cut_significant(digits: &mut UnsignedDecimal, least: i16, most: i16) {
    if !digits.is_zero() {
        let place = digits.nonzero_magnitude_start() - most + 1;
        digits.round_with_mode(place, UnsignedRoundingMode::HalfExpand);
    }
    digits.trim_end();
    // Rounding may have made the number a digit longer: 9.99 to 10.
    digits.pad_end((digits.nonzero_magnitude_start() - least + 1).min(0));
}

thread_local! {
    static GROUPED: PerThread<DecimalFormatter> = PerThread::default();
    static PLAIN: PerThread<DecimalFormatter> = PerThread::default();
}

fn formatter(locale: &Locale, no_grouping: bool) -> Option<Rc<DecimalFormatter>> {
    let (known, strategy) =
        if no_grouping { (&PLAIN, GroupingStrategy::Never) } else { (&GROUPED, GroupingStrategy::Auto) };
    known.with(|known| {
        known.get(locale.as_str(), || {
            let tag: LanguageIdentifier = locale.as_str().parse().ok()?;
            DecimalFormatter::try_new(DecimalFormatterPreferences::from(&tag), strategy.into()).ok()
        })
    })
}

/// The number as text in the locale, with the digits that the locale uses. `None` if it is not finite or the options are
/// not valid.
pub fn format(locale: &Locale, value: f64, options: &NumberOptions) -> Option<String> {
    let number = rounded(value, options)?;
    let formatter = formatter(locale, options.no_grouping)?;
    let text = formatter.format(&number).to_string();
    if !options.percent {
        return Some(text);
    }
    let unsigned = formatter.format(&Decimal::new(Sign::None, number.absolute)).to_string();
    let (before, after) = text.split_once(unsigned.as_str())?;
    let (prefix, suffix) = percent_marks(locale, &unsigned);
    Some(format!("{before}{prefix}{unsigned}{suffix}{after}"))
}

/// Whether the locale may write small whole numbers with other digits than 0 to 9. Runtimes differ for locales from right
/// to left that name no script, such as `pa-PK`.
pub fn may_write_other_digits(locale: &Locale) -> bool {
    locale.is_right_to_left() || format(locale, 10.0, &NumberOptions::default()).as_deref() != Some("10")
}

/// What stands before and after a percentage: the percent patterns of CLDR, which no stable crate carries. Languages
/// that are not named write "12%".
fn percent_marks(locale: &Locale, number: &str) -> (&'static str, &'static str) {
    let Ok(tag) = locale.as_str().parse::<LanguageIdentifier>() else { return ("", "%") };
    let language = tag.language.as_str();
    if let Some(mark) = arabic_percent(language, number) {
        return ("", mark);
    }
    match language {
        "ar" => ("", "\u{200e}%\u{200e}"),
        "ku" | "kmr" | "tr" => ("%", ""),
        "blo" | "eu" => ("%\u{a0}", ""),
        "oc" => ("", "\u{202f}%"),
        _ if is_spaced(language, tag.region.as_ref().map_or("", Region::as_str)) => ("", "\u{a0}%"),
        _ => ("", "%"),
    }
}

/// The percent sign that goes with the digits of Arabic and of Persian.
fn arabic_percent(language: &str, number: &str) -> Option<&'static str> {
    let is_extended = |digit: char| ('\u{6f0}'..='\u{6f9}').contains(&digit);
    let digit = number.chars().find(|&digit| is_extended(digit) || ('\u{660}'..='\u{669}').contains(&digit))?;
    match language {
        "ur" => None,
        "ckb" => Some("\u{a0}\u{66a}"),
        _ if is_extended(digit) => Some("\u{66a}"),
        _ => Some("\u{66a}\u{61c}"),
    }
}

/// Whether there is a space between number and percent sign, in CLDR 48.
fn is_spaced(language: &str, region: &str) -> bool {
    match language {
        "de" => !matches!(region, "CH" | "LI"),
        "en" => matches!(region, "AT" | "DE" | "DK" | "FI" | "NO" | "SE"),
        "es" => !LATIN_AMERICA.contains(&region),
        "fr" => region != "CH",
        _ => SPACED.contains(&language),
    }
}

/// Where Spanish is that of Latin America.
const LATIN_AMERICA: &[&str] = &[
    "419", "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PR", "PY",
    "SV", "US", "UY", "VE",
];

/// Languages that put a space before the percent sign everywhere.
const SPACED: &[&str] = &[
    "bas", "be", "br", "bua", "ca", "ce", "cs", "cv", "da", "dsb", "dua", "dz", "fi", "fo", "gl", "gsw", "hr", "hsb",
    "kl", "ksh", "lb", "lt", "mk", "nb", "nds", "nn", "no", "qu", "rn", "ro", "ru", "se", "sk", "sl", "smn", "sv",
    "tk", "tt", "zgh",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tag: &str, value: f64, options: &NumberOptions) -> String {
        format(&tag.parse().expect("a tag"), value, options).expect("a number")
    }

    fn plain(value: f64, options: &NumberOptions) -> String {
        rounded(value, options).expect("a number").to_string()
    }

    #[test]
    fn groups_as_the_locale_does() {
        let options = NumberOptions::default();
        assert_eq!(text("en", 1234.5678, &options), "1,234.568");
        assert_eq!(text("de", -1234.5, &options), "-1.234,5");
        assert_eq!(text("es", 1234.0, &options), "1234");
        assert_eq!(text("pl", 12345.0, &options), "12\u{a0}345");
        assert_eq!(text("en-IN", 1_234_567.0, &options), "12,34,567");
        assert_eq!(text("en", -0.0, &options), "-0");
        assert_eq!(text("en", 1234.0, &NumberOptions { no_grouping: true, ..options }), "1234");
    }

    #[test]
    fn uses_the_digits_of_the_locale() {
        let options = NumberOptions::default();
        assert_eq!(text("fa", 1234.0, &options), "۱٬۲۳۴");
        assert_eq!(text("bn", 1_234_567.0, &options), "১২,৩৪,৫৬৭");
        assert_eq!(text("ar-EG", 1234.0, &options), "١٬٢٣٤");
        assert_eq!(text("hi", 1234.0, &options), "1,234");
    }

    #[test]
    fn rounds_and_pads() {
        let digits = |least, most| NumberOptions {
            minimum_fraction_digits: least,
            maximum_fraction_digits: most,
            ..NumberOptions::default()
        };
        assert_eq!(plain(1.005, &digits(None, Some(2))), "1.01");
        assert_eq!(plain(-2.5, &digits(None, Some(0))), "-3");
        assert_eq!(plain(1.0, &digits(Some(2), None)), "1.00");
        assert_eq!(plain(1.5, &digits(Some(1), Some(4))), "1.5");
        assert_eq!(plain(-0.0001, &digits(None, None)), "-0");
        assert_eq!(plain(7.0, &NumberOptions { minimum_integer_digits: Some(3), ..digits(None, None) }), "007");
        assert_eq!(rounded(1.5, &digits(Some(3), Some(1))), None);
        assert_eq!(rounded(f64::NAN, &digits(None, None)), None);
    }

    #[test]
    fn counts_significant_digits() {
        let digits = |least, most| NumberOptions {
            minimum_significant_digits: least,
            maximum_significant_digits: most,
            maximum_fraction_digits: Some(0),
            ..NumberOptions::default()
        };
        assert_eq!(plain(9.99, &digits(None, Some(2))), "10");
        assert_eq!(plain(12345.0, &digits(None, Some(2))), "12000");
        assert_eq!(plain(0.0, &digits(Some(3), None)), "0.00");
        assert_eq!(plain(1.5, &digits(Some(3), None)), "1.50");
        assert_eq!(plain(0.001_234, &digits(Some(2), Some(3))), "0.00123");
    }

    #[test]
    fn writes_percentages() {
        let options = NumberOptions { percent: true, ..NumberOptions::default() };
        assert_eq!(text("en", 0.126, &options), "13%");
        assert_eq!(text("de", -0.12, &options), "-12\u{a0}%");
        assert_eq!(text("tr", -0.12, &options), "-%12");
        assert_eq!(text("eu", -0.12, &options), "\u{2212}%\u{a0}12");
        assert_eq!(text("fa", 0.12, &options), "۱۲٪");
        assert_eq!(text("ar-EG", 0.12, &options), "١٢٪\u{61c}");
        assert_eq!(text("es-MX", 0.12, &options), "12%");
    }
}
