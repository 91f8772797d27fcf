//! Plural forms: Fluent names them by CLDR's categories, gettext numbers them.

use crate::pattern::is_blank;
use std::fmt::Write as _;

use fluent_syntax::ast;

use super::expression::evaluate;
use crate::message::plural::{CATEGORIES, PluralKind, example, integer_categories};
use crate::{Locale, Pattern};

/// A select expression on one variable with nothing but plural categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plural {
    pub(super) variable: String,
    forms: Vec<(String, String)>,
}

impl Plural {
    /// Puts forms together. Empty ones are left out.
    pub(super) fn new<'c, 'f>(variable: &str, forms: impl IntoIterator<Item = (&'c str, &'f String)>) -> Self {
        let filled = forms.into_iter().filter(|(_, form)| !is_blank(form));
        let forms = filled.map(|(category, form)| (category.to_owned(), form.clone())).collect();
        Self { variable: variable.to_owned(), forms }
    }

    /// Takes a pattern apart, when it is nothing but such an expression.
    pub(super) fn split(pattern: &Pattern) -> Option<Self> {
        pattern.with_ast(|ast| {
            let [ast::PatternElement::Placeable { expression: ast::Expression::Select { selector, variants } }] =
                ast?.elements.as_slice()
            else {
                return None;
            };
            let ast::InlineExpression::VariableReference { id } = selector else { return None };
            let forms = variants.iter().map(form_of).collect::<Option<Vec<_>>>()?;
            Some(Self { variable: id.name.to_owned(), forms })
        })
    }

    /// Whether these are the two forms that gettext has for a source.
    pub(super) fn is_one_and_other(&self) -> bool {
        self.forms.iter().map(|(category, _)| category.as_str()).eq(["one", "other"])
    }

    /// The form of a category; empty when there is none.
    pub(super) fn form(&self, category: &str) -> &str {
        self.forms.iter().find(|(name, _)| name == category).map_or("", |(_, form)| form.as_str())
    }

    /// The source of the pattern.
    pub(super) fn join(&self) -> String {
        let mut text = format!("{{ ${} ->\n", self.variable);
        for (category, form) in &self.forms {
            let mark = if category == "other" { "   *" } else { "    " };
            // Several lines begin on a line of their own, so that their indentation is relative to
            // each other; what could not begin a line there is left where it is. As in `Pattern`.
            let inline = !form.contains('\n') || form.starts_with(['[', '*', '.', '}']);
            let lead = if inline { " " } else { "\n        " };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{mark}[{category}]{lead}{}", form.replace('\n', "\n        "));
        }
        text.push('}');
        text
    }
}

fn form_of(variant: &ast::Variant<&str>) -> Option<(String, String)> {
    let ast::VariantKey::Identifier { name } = &variant.key else { return None };
    if !CATEGORIES.contains(name) || variant.default != (*name == "other") {
        return None;
    }
    Some(((*name).to_owned(), Pattern::from_ast(&variant.value).ok()?.as_str().to_owned()))
}

/// Which of gettext's forms belongs to which category, in a file that is read.
pub(super) struct Forms(Vec<(&'static str, usize)>);

impl Forms {
    /// By the header's expression: a category has the form of the numbers that belong to it. In our
    /// own files the forms are in the order of the categories.
    pub(super) fn of(locale: &Locale, header: &str, own: bool) -> Option<Self> {
        let field = |name: &str| {
            let found =
                header.split(';').find_map(|part| part.trim().strip_prefix(name)?.trim_start().strip_prefix('='));
            found.map(str::trim)
        };
        let count: usize = field("nplurals")?.parse().ok()?;
        let expression = field("plural")?;
        let names = integer_categories(locale, PluralKind::Cardinal);
        if own && names.len() == count {
            return Some(Self(names.into_iter().zip(0..).collect()));
        }
        let last = count.checked_sub(1)?;
        let index = |category: &'static str| {
            let number = example(locale, category).and_then(|number| evaluate(expression, number));
            number.and_then(|number| usize::try_from(number).ok()).unwrap_or(last)
        };
        let other = index("other");
        // What has the same form as `other` needs no variant.
        let indexed = names.into_iter().map(|name| (name, index(name)));
        Some(Self(indexed.filter(|(name, index)| *name == "other" || *index != other).collect()))
    }

    /// The forms of an entry that are not empty.
    pub(super) fn of_entry<'v>(&self, values: &'v [String]) -> Vec<(&'static str, &'v str)> {
        let form = |(name, index): &(&'static str, usize)| Some((*name, values.get(*index)?.as_str()));
        self.0.iter().filter_map(form).filter(|(_, text)| !is_blank(text)).collect()
    }
}

/// How a locale's plural forms are written: the categories of whole numbers, and when each of them
/// holds.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) categories: Vec<&'static str>,
    conditions: Conditions,
}

impl Rule {
    /// `None` for a locale whose rule is not known here. Its plurals are written as Fluent.
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        let conditions = conditions(locale)?;
        let categories = integer_categories(locale, PluralKind::Cardinal);
        let known =
            |category: &&'static str| conditions.iter().any(|(name, _)| name == category) || *category == "other";
        let listed = |(name, _): &(&'static str, &'static str)| categories.contains(name);
        let complete = categories.iter().all(known) && conditions.iter().all(listed);
        complete.then_some(Self { categories, conditions })
    }

    /// The value of `Plural-Forms`. The forms are numbered in the order of the categories.
    pub(super) fn header(&self) -> String {
        let index = |name: &str| self.categories.iter().position(|category| *category == name).unwrap_or_default();
        let mut expression = String::new();
        let mut rest = "other";
        for (name, condition) in self.conditions {
            if *condition == ALWAYS {
                rest = *name;
            } else {
                let _ = write!(expression, "{condition} ? {} : ", index(name));
            }
        }
        format!("nplurals={}; plural=({expression}{});", self.categories.len(), index(rest))
    }
}

/// Categories with their conditions in C; the first that holds counts, else it is `other`.
type Conditions = &'static [(&'static str, &'static str)];

fn conditions(locale: &Locale) -> Option<Conditions> {
    let tag = locale.as_str();
    let language = tag.split('-').next().unwrap_or(tag);
    // Portuguese outside of Brazil counts as in Portugal.
    let name = if language == "pt" && tag != "pt" && tag != "pt-BR" { "pt-PT" } else { language };
    RULES.iter().find(|(names, _)| names.split(' ').any(|known| known == name)).map(|(_, conditions)| *conditions)
}

const SLAVIC_FEW: &str = "n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14)";
/// Where `other` is for fractions only. Comes last.
const ALWAYS: &str = "";
const MILLIONS: &str = "n != 0 && n % 1000000 == 0";

/// The cardinal rules of CLDR for whole numbers.
const RULES: &[(&str, Conditions)] = &[
    ("bm bo dz id ig ii ja jv kde kea km ko lkt lo ms my nqo sah ses sg su th to vi wo yo yue zh", &[]),
    (
        "af ast az bem bg brx ce chr ckb da de dv ee el en eo et eu fi fo fur fy gl gsw ha haw hu ia ie jgo ka kk kkj \
         kl ks ku ky lb lg ml mn mr nb nd ne nl nn no nr ny nyn om or os ps rm rof sc sd sn so sq ss st sv sw ta te \
         tig tk tn tr ts ug ur uz ve vo vun wae xh xog yi",
        &[("one", "n == 1")],
    ),
    ("ak am as bho bn doi fa ff gu guw hi hy kab kn ln mg nso pa pcm ti wa zu", &[("one", "n <= 1")]),
    ("ca es it pt-PT", &[("one", "n == 1"), ("many", MILLIONS)]),
    ("fr pt", &[("one", "n <= 1"), ("many", MILLIONS)]),
    ("is mk", &[("one", "n % 10 == 1 && n % 100 != 11")]),
    ("ceb fil tl", &[("one", "n == 1 || n == 2 || n == 3 || (n % 10 != 4 && n % 10 != 6 && n % 10 != 9)")]),
    ("lv prg", &[("zero", "n % 10 == 0 || (n % 100 >= 11 && n % 100 <= 19)"), ("one", "n % 10 == 1 && n % 100 != 11")]),
    ("he iu naq sat se sma smj smn sms", &[("one", "n == 1"), ("two", "n == 2")]),
    ("mo ro", &[("one", "n == 1"), ("few", "n == 0 || (n % 100 >= 1 && n % 100 <= 19)")]),
    ("bs hr sh sr", &[("one", "n % 10 == 1 && n % 100 != 11"), ("few", SLAVIC_FEW)]),
    ("cs sk", &[("one", "n == 1"), ("few", "n >= 2 && n <= 4")]),
    ("pl", &[("one", "n == 1"), ("few", SLAVIC_FEW), ("many", ALWAYS)]),
    ("be ru uk", &[("one", "n % 10 == 1 && n % 100 != 11"), ("few", SLAVIC_FEW), ("many", ALWAYS)]),
    (
        "lt",
        &[
            ("one", "n % 10 == 1 && (n % 100 < 11 || n % 100 > 19)"),
            ("few", "n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19)"),
        ],
    ),
    ("dsb hsb sl", &[("one", "n % 100 == 1"), ("two", "n % 100 == 2"), ("few", "n % 100 == 3 || n % 100 == 4")]),
    ("ga", &[("one", "n == 1"), ("two", "n == 2"), ("few", "n >= 3 && n <= 6"), ("many", "n >= 7 && n <= 10")]),
    ("gd", &[("one", "n == 1 || n == 11"), ("two", "n == 2 || n == 12"), ("few", "n >= 3 && n <= 19")]),
    (
        "mt",
        &[
            ("one", "n == 1"),
            ("two", "n == 2"),
            ("few", "n == 0 || (n % 100 >= 3 && n % 100 <= 10)"),
            ("many", "n % 100 >= 11 && n % 100 <= 19"),
        ],
    ),
    (
        "ar ars",
        &[
            ("zero", "n == 0"),
            ("one", "n == 1"),
            ("two", "n == 2"),
            ("few", "n % 100 >= 3 && n % 100 <= 10"),
            ("many", "n % 100 >= 11"),
        ],
    ),
    ("cy", &[("zero", "n == 0"), ("one", "n == 1"), ("two", "n == 2"), ("few", "n == 3"), ("many", "n == 6")]),
];

#[cfg(test)]
mod tests;
