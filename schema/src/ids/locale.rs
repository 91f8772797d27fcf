//! Locales: BCP 47 tags in canonical case.

use icu_locale_core::LanguageIdentifier;

super::checked_name! {
    /// A BCP 47 language tag (language, script, region, variants) in canonical case: `pt-BR`,
    /// `zh-Hant`. Other cases are accepted and canonicalised; extensions are not accepted.
    Locale, "locale", "pt-BR", "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", 100, check
}

/// Valid by syntax, but a path segment that delivery uses for itself.
const RESERVED: &str = "releases";

fn check(text: &str) -> Result<String, String> {
    let remedy = || "use a BCP 47 tag such as en, pt-BR or zh-Hant".to_owned();
    let tag = text.parse::<LanguageIdentifier>().map_err(|_| remedy())?;
    let canonical = tag.to_string();
    if tag.language.is_unknown() || canonical == RESERVED || text.contains('_') {
        return Err(remedy());
    }
    Ok(canonical)
}

impl Locale {
    /// The language alone: `pt` of `pt-BR`.
    pub fn language(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }
}
