//! PO, the files of GNU gettext.
//!
//! In the files that we write, texts are the source of Fluent patterns. In others they are what is
//! to be shown, so that Fluent's special characters are quoted.

mod expression;
mod file;
mod plural;

use crate::pattern::is_blank;
use std::collections::BTreeMap;

use self::file::{Entry, comment, field};
use self::plural::{Forms, Plural, Rule};
use super::Skipped;
use super::sheet::{Mark, Returned, ReturnedValue, Sheet, Taking, Unit, value_of};
use crate::{EntryKey, Locale, Pattern};

const PAGE: &str = "X-Copydesk-Page";
const SOURCE: &str = "X-Source-Language";
/// What a foreign file does not name: the variable that plural forms depend on.
const VARIABLE: &str = "count";

/// Writes a sheet.
pub fn write(sheet: &Sheet) -> String {
    let rule = Rule::of(&sheet.locale);
    let mut text = header(sheet, rule.as_ref());
    for unit in &sheet.units {
        text.push('\n');
        write_unit(&mut text, unit, rule.as_ref());
    }
    text
}

fn header(sheet: &Sheet, rule: Option<&Rule>) -> String {
    // gettext writes locales with underscores.
    let mut lines = vec![
        format!("Language: {}", sheet.locale.as_str().replace('-', "_")),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=UTF-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
    ];
    if let Some(rule) = rule {
        lines.push(format!("Plural-Forms: {}", rule.header()));
    }
    lines.push(format!("{SOURCE}: {}", sheet.source));
    lines.push(format!("{PAGE}: {}\n", sheet.page));
    let mut text = String::new();
    field(&mut text, "msgid", "");
    field(&mut text, "msgstr", &lines.join("\n"));
    text
}

/// Version, kind and the variable's name are an extracted comment (`#.`): editors show such comments
/// to translators and keep them, but do not let them be changed. References (`#:`) are taken for
/// places in source code, wrapped and sorted; flags that gettext does not know are dropped.
fn write_unit(text: &mut String, unit: &Unit, rule: Option<&Rule>) {
    let plural = rule.and_then(|rule| PluralUnit::of(unit, rule));
    let mut mark = Mark { max_length: unit.max_length, ..Mark::of(unit) };
    mark.variable = plural.as_ref().map(|plural| plural.source.variable.clone());
    comment(text, &mark.to_string());
    if !unit.note.is_empty() {
        comment(text, &unit.note);
    }
    if unit.needs_work && unit.value.is_some() {
        text.push_str("#, fuzzy\n");
    }
    field(text, "msgctxt", unit.key.as_str());
    if let Some(plural) = plural {
        field(text, "msgid", plural.source.form("one"));
        field(text, "msgid_plural", plural.source.form("other"));
        for (index, form) in plural.forms.iter().enumerate() {
            field(text, &format!("msgstr[{index}]"), form);
        }
    } else {
        field(text, "msgid", unit.source.as_str());
        field(text, "msgstr", unit.value.as_ref().map_or("", Pattern::as_str));
    }
}

/// A unit that can be written with plural forms.
struct PluralUnit {
    source: Plural,
    /// One for each category; all empty without a value.
    forms: Vec<String>,
}

impl PluralUnit {
    fn of(unit: &Unit, rule: &Rule) -> Option<Self> {
        let same = |source: &Plural| source.is_one_and_other() && source.join() == unit.source.as_str();
        let source = Plural::split(&unit.source).filter(same)?;
        let Some(value) = unit.value.as_ref().filter(|value| !value.is_blank()) else {
            return Some(Self { source, forms: vec![String::new(); rule.categories.len()] });
        };
        let plural = Plural::split(value).filter(|plural| plural.variable == source.variable)?;
        let forms: Vec<String> = rule.categories.iter().map(|category| plural.form(category).to_owned()).collect();
        // Only what comes back exactly as it was: a value that nobody touched must not look changed.
        let back = Plural::new(&source.variable, rule.categories.iter().copied().zip(&forms));
        (back.join() == value.as_str()).then_some(Self { source, forms })
    }
}

/// Reads a file, whether we wrote it or not.
pub fn parse(text: &str) -> Result<Returned, Skipped> {
    let (mut entries, skipped) = file::read(text);
    if entries.is_empty() {
        let reason = "this is not a PO file: it holds no msgid with a msgstr".to_owned();
        return Err(skipped.into_iter().next().unwrap_or(Skipped { line: 1, reason }));
    }
    let is_header = |entry: &Entry| entry.context.is_none() && entry.id.as_deref() == Some("");
    let header = entries.iter().position(is_header).map(|at| Header::of(&entries.remove(at))).unwrap_or_default();
    let mut taking = Taking::default();
    taking.found.page = header.get(PAGE).and_then(|name| name.parse().ok());
    taking.found.source = header.get(SOURCE).and_then(|tag| tag.parse().ok());
    taking.found.locale = header.locale();
    taking.found.skipped = skipped;
    let reading = Reading { own: header.get(PAGE).is_some(), forms: header.forms() };
    for entry in &entries {
        taking.take(entry.line, reading.entry(entry));
    }
    Ok(taking.found)
}

/// The fields of the header, by their names.
#[derive(Default)]
struct Header(BTreeMap<String, String>);

impl Header {
    fn of(entry: &Entry) -> Self {
        let lines = entry.values.iter().flat_map(|value| value.lines());
        let pairs = lines.filter_map(|line| line.split_once(':'));
        Self(pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn locale(&self) -> Option<Locale> {
        self.get("Language")?.replace('_', "-").parse().ok()
    }

    fn forms(&self) -> Option<Forms> {
        Forms::of(&self.locale()?, self.get("Plural-Forms").unwrap_or_default(), self.get(PAGE).is_some())
    }
}

/// What is known of a file while its entries are read.
struct Reading {
    /// We wrote it.
    own: bool,
    /// Which form belongs to which category; `None` when the header does not say.
    forms: Option<Forms>,
}

impl Reading {
    fn entry(&self, entry: &Entry) -> Result<Option<ReturnedValue>, String> {
        if entry.values.iter().all(|value| is_blank(value)) {
            return Ok(None);
        }
        let key = self.key(entry)?;
        // gettext does not use such translations: tools mark their own guesses so.
        let fuzzy = entry.flags.iter().any(|flag| flag == "fuzzy");
        let (mark, note) = notes_of(entry);
        let named_by_id = entry.context.as_deref() != Some(key.as_str());
        let source = if named_by_id { None } else { self.source(entry, &mark) };
        Ok(Some(ReturnedValue {
            value: self.value(&key, entry, &mark)?,
            version: mark.version,
            source_version: mark.source,
            fuzzy,
            source,
            note,
            kind: mark.kind,
            key,
        }))
    }

    /// In our files a text that happens to look like a key is none.
    fn key(&self, entry: &Entry) -> Result<EntryKey, String> {
        let id = entry.id.as_deref().filter(|_| !self.own);
        let candidates = [entry.context.as_deref(), id];
        let found = candidates.into_iter().flatten().find_map(|text| text.parse().ok());
        found.ok_or_else(|| {
            let id = entry.id.as_deref().unwrap_or_default();
            format!("give the entry of {id:?} a msgctxt with the key of its entry, such as hero-title")
        })
    }

    fn value(&self, key: &EntryKey, entry: &Entry, mark: &Mark) -> Result<Pattern, String> {
        if entry.plural.is_none() {
            let text = entry.values.first().map(String::as_str).unwrap_or_default();
            return value_of(key, &self.source_of_text(text));
        }
        let Some(forms) = &self.forms else {
            return Err(format!(
                "give the header the fields Language and Plural-Forms; without them the plural forms of {key} cannot \
                 be told apart"
            ));
        };
        let variable = self.variable(mark).ok_or_else(|| {
            format!("put back the comment \"#. copydesk: …\" above {key}; it names the variable of its plural forms")
        })?;
        let mut pairs = Vec::new();
        for (category, text) in forms.of_entry(&entry.values) {
            // Each by itself first: what is not a pattern could otherwise become another variant.
            pairs.push((category, value_of(key, &self.source_of_text(text))?.as_str().to_owned()));
        }
        if !pairs.iter().any(|(category, _)| *category == "other") {
            return Err(format!("translate the last plural form of {key} too; it is used for all other numbers"));
        }
        value_of(key, &Plural::new(variable, pairs.iter().map(|(category, form)| (*category, form))).join())
    }

    /// The source text that stands beside a translation.
    fn source(&self, entry: &Entry, mark: &Mark) -> Option<Pattern> {
        let one = self.source_of_text(entry.id.as_deref()?);
        let text = match &entry.plural {
            Some(other) => {
                let other = self.source_of_text(other);
                Plural::new(self.variable(mark)?, [("one", &one), ("other", &other)]).join()
            }
            None => one,
        };
        Pattern::parse(&text).ok().filter(|source| !source.is_blank())
    }

    fn variable<'m>(&self, mark: &'m Mark) -> Option<&'m str> {
        mark.variable.as_deref().or(if self.own { None } else { Some(VARIABLE) })
    }

    fn source_of_text(&self, text: &str) -> String {
        if self.own { text.to_owned() } else { super::i18next::quoted(text) }
    }
}

/// The mark is the first comment that is one, since it is written first; the rest is the note.
fn notes_of(entry: &Entry) -> (Mark, String) {
    let mut lines: Vec<&str> = entry.comments.iter().map(String::as_str).collect();
    let found = lines.iter().enumerate().find_map(|(at, line)| Some((at, Mark::parse(line)?)));
    let mark = found.map(|(at, mark)| {
        lines.remove(at);
        mark
    });
    (mark.unwrap_or_default(), lines.join("\n"))
}
