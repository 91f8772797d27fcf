//! How a moment is written.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::message::read::Constant;

/// Whether options can be followed is the same in every locale.
const LOCALE: &str = "en";

/// `dateStyle` and `timeStyle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// With weekday; with the name of the time zone.
    Full,
    /// With the name of the month; with the time zone.
    Long,
    /// Shortened; with seconds.
    Medium,
    /// In figures; without seconds.
    Short,
}

/// How a weekday is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Text {
    /// Thursday.
    Long,
    /// Thu.
    Short,
}

/// How a year, day, hour, minute or second is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// As many digits as it takes.
    Numeric,
    /// Two digits.
    #[serde(rename = "2-digit")]
    TwoDigit,
}

/// How a month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Month {
    /// 3.
    Numeric,
    /// 03.
    #[serde(rename = "2-digit")]
    TwoDigit,
    /// March.
    Long,
    /// Mar.
    Short,
}

/// How a moment is written: the options of `Intl.DateTimeFormat` that copy may use. Without style and field, the date
/// is written in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DateTimeOptions {
    /// `dateStyle`. Excludes the fields, as `timeStyle` does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_style: Option<Style>,
    /// `timeStyle`. Only `medium` and `short`: the others name the time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_style: Option<Style>,
    /// `weekday`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Text>,
    /// `year`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<Digits>,
    /// `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// `day`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Digits>,
    /// `hour`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<Digits>,
    /// `minute`. Written with two digits whatever is asked for, as every runtime does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<Digits>,
    /// `second`. As `minute`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second: Option<Digits>,
    /// `hour12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour12: Option<bool>,
    /// `timeZone`: `UTC` or an offset such as `+02:00`. Unless given, the visitor's own; here UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl DateTimeOptions {
    /// Whether the combination can be followed: what the embedded rules cannot say, no visitor's
    /// browser is asked to.
    pub fn is_valid(&self) -> bool {
        LOCALE.parse().is_ok_and(|locale| super::format(&locale, 0, self).is_some())
    }

    /// Whether nothing is asked for.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// As a format of i18next, which hands it to `Intl.DateTimeFormat`.
    pub fn i18next(&self) -> String {
        crate::message::i18next_format("datetime", self)
    }

    pub(super) fn has_date_field(&self) -> bool {
        self.weekday.is_some() || self.year.is_some() || self.month.is_some() || self.day.is_some()
    }

    pub(super) fn has_time_field(&self) -> bool {
        self.hour.is_some() || self.minute.is_some() || self.second.is_some()
    }

    pub(super) fn has_style(&self) -> bool {
        self.date_style.is_some() || self.time_style.is_some()
    }
}

/// Understands what `DATETIME()` was called with, or says what is wrong.
pub(in crate::message) fn options(named: &[(&str, Constant)]) -> Result<DateTimeOptions, String> {
    let value = |name: &str, constant: &Constant| match constant {
        Constant::Text(text) if name == "hour12" => Value::Bool(text == "true"),
        Constant::Text(text) => Value::String(text.clone()),
        Constant::Number { value, .. } if name == "hour12" => Value::Bool(*value != 0.0),
        Constant::Number { value, .. } => Value::from(*value),
    };
    let map: Map<String, Value> = named.iter().map(|(name, it)| ((*name).to_owned(), value(name, it))).collect();
    let options: DateTimeOptions = serde_json::from_value(Value::Object(map))
        .map_err(|error| format!("was called with something that it does not know: {error}"))?;
    if options.is_valid() {
        Ok(options)
    } else {
        Err("was called with options that do not go together; use dateStyle and timeStyle, or fields".to_owned())
    }
}
