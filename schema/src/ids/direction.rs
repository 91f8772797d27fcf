//! The direction in which a locale is written.

use super::Locale;

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

impl Locale {
    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let script = self.as_str().split('-').skip(1).find(|part| is_script(part));
        match script {
            Some(script) => SCRIPTS.contains(&script),
            None => LANGUAGES.contains(&self.language()) || REGIONS.contains(&self.as_str()),
        }
    }

    /// `rtl` or `ltr`, as HTML's `dir` says it.
    pub fn direction(&self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }
}

/// Four letters; a variant of four characters begins with a digit.
fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}
