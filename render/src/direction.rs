//! The direction in which a locale is written.

use copydesk_schema::Locale;

/// Scripts that are written from right to left, as locales name them.
const SCRIPTS: [&str; 13] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Sogd", "Syrc", "Thaa", "Yezi"];

/// Languages whose usual script is one of these. Source: CLDR 48, likelySubtags.
const LANGUAGES: [&str; 44] = [
    "aeb", "ar", "arc", "arq", "ars", "ary", "arz", "azb", "bal", "bft", "bqi", "brh", "ckb", "dv", "fa", "glk", "haz",
    "he", "iw", "khw", "ks", "lki", "lrc", "luz", "mzn", "nqo", "ota", "pnb", "prs", "ps", "rhg", "sd", "sdh", "shu",
    "skr", "syr", "trw", "ug", "ur", "uzs", "wni", "yi", "ydd", "zdj",
];

/// Languages that are written so in some countries.
const REGIONS: [&str; 8] = ["az-IQ", "az-IR", "kk-CN", "ku-IQ", "ku-IR", "pa-PK", "tg-PK", "uz-AF"];

/// `ltr` or `rtl`.
pub(crate) fn direction(locale: &Locale) -> &'static str {
    let script = locale.as_str().split('-').skip(1).find(|part| is_script(part));
    let to_left = match script {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&locale.language()) || REGIONS.contains(&locale.as_str()),
    };
    if to_left { "rtl" } else { "ltr" }
}

/// Four letters; a variant of four characters begins with a digit.
fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}
