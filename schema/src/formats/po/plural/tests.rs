use fixed_decimal::Decimal;

use super::*;
use crate::message::plural::category;

#[test]
fn the_rules_are_those_of_cldr() {
    let mut checked = 0;
    for name in RULES.iter().flat_map(|(names, _)| names.split(' ')) {
        let Ok(locale) = name.parse::<Locale>() else { continue };
        // What the data of ICU does not know has no categories but `other`.
        let Some(rule) = Rule::of(&locale) else { continue };
        let header = rule.header();
        let (_, expression) = header.split_once("plural=(").expect("an expression");
        let expression = expression.trim_end_matches(");");
        for number in (0..=1_200).chain([10_000, 1_000_000, 1_000_001, 2_000_000, 1_000_000_000]) {
            let index = evaluate(expression, number).expect("a number");
            let found = rule.categories[usize::try_from(index).expect("an index")];
            let known = category(&locale, PluralKind::Cardinal, &Decimal::from(number));
            assert_eq!(found, known, "{name} {number}: {expression}");
        }
        checked += 1;
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn expressions_are_those_of_c() {
    for (expression, n, value) in [
        ("0", 5, Some(0)),
        ("n != 1", 5, Some(1)),
        ("(n==1) ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 22, Some(1)),
        ("!n ? 7 : n + 2 * 3 - 1", 0, Some(7)),
        ("!n ? 7 : n + 2 * 3 - 1", 4, Some(9)),
        ("n % 0", 1, None),
        ("n - 2", 1, None),
        ("n ==", 1, None),
        ("n n", 1, None),
        ("", 1, None),
        ("(n", 1, None),
        ("system(n)", 1, None),
    ] {
        assert_eq!(evaluate(expression, n), value, "{expression}");
    }
    assert_eq!(evaluate(&"(".repeat(100_000), 1), None);
    assert_eq!(evaluate(&"!".repeat(100_000), 1), None);
}

#[test]
fn lines_of_a_form_keep_their_indentation() {
    let forms = [("one", "a\n  b".to_owned()), ("other", "c".to_owned())];
    let plural = Plural::new("n", forms.iter().map(|(category, form)| (*category, form)));
    let joined = Pattern::parse(&plural.join()).expect("a pattern");
    let again = Plural::split(&joined).expect("plural forms");
    assert_eq!(again.form("one"), "a\n  b");
}
