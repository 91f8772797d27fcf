//! Two templates, resource by resource.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde_yaml_ng::{Mapping, Value};

/// That of this version.
pub(super) const OURS: &str = include_str!("../../../../deploy/aws/template.yaml");

/// What is looked at.
const PARTS: [&str; 6] = ["Parameters", "Rules", "Conditions", "Globals", "Resources", "Outputs"];

/// In what a template is another one than expected.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    changed: BTreeSet<String>,
    missing: BTreeSet<String>,
    more: BTreeSet<String>,
}

impl Differences {
    pub(super) fn between(expected: &str, found: &str) -> anyhow::Result<Self> {
        let (expected, found): (Value, Value) = (serde_yaml_ng::from_str(expected)?, serde_yaml_ng::from_str(found)?);
        let mut all = Self::default();
        for part in PARTS {
            let of = |template: &Value| template[part].as_mapping().map(long).unwrap_or_default();
            let (wanted, there) = (of(&expected), of(&found));
            for (name, value) in &wanted {
                match there.get(name) {
                    None => all.missing.insert(named(name)),
                    Some(other) => other != value && all.changed.insert(named(name)),
                };
            }
            all.more.extend(there.keys().filter(|name| !wanted.contains_key(*name)).map(named));
        }
        Ok(all)
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One part as tools write it that deploy it: functions by their long names, nothing but what is made.
fn long(part: &Mapping) -> Mapping {
    let without_metadata = |value: &Value| {
        let mut value = spelled(value);
        value.as_mapping_mut().map(|one| one.remove("Metadata"));
        value
    };
    part.iter().map(|(name, value)| (name.clone(), without_metadata(value))).collect()
}

fn spelled(value: &Value) -> Value {
    match value {
        Value::Tagged(tagged) => {
            let short = tagged.tag.to_string();
            let (name, value) = match (short.trim_start_matches('!'), &tagged.value) {
                (name @ ("Ref" | "Condition"), value) => (name.to_owned(), value.clone()),
                ("GetAtt", Value::String(path)) => {
                    ("Fn::GetAtt".to_owned(), path.splitn(2, '.').map(Value::from).collect::<Vec<_>>().into())
                }
                (name, value) => (format!("Fn::{name}"), value.clone()),
            };
            Mapping::from_iter([(name.into(), spelled(&value))]).into()
        }
        Value::Sequence(all) => all.iter().map(spelled).collect::<Vec<_>>().into(),
        Value::Mapping(all) => {
            all.iter().map(|(name, value)| (name.clone(), spelled(value))).collect::<Mapping>().into()
        }
        other => other.clone(),
    }
}

fn named(name: &Value) -> String {
    name.as_str().unwrap_or("?").to_owned()
}

impl Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &BTreeSet<String>| names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let parts = [("differs in", &self.changed), ("lacks", &self.missing), ("has besides", &self.more)];
        let said = parts.iter().filter(|(_, names)| !names.is_empty());
        let said: Vec<String> = said.map(|(how, names)| format!("{how} {}", list(names))).collect();
        f.write_str(&said.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_compared_by_what_they_make() {
        assert!(Differences::between(OURS, OURS).expect("templates").is_empty());
        // Neither comments nor the order of things count.
        let expected = "Resources:\n  A: { Type: X, Of: !Ref B } # first\n  B: { Type: Y }\n";
        let same = "Resources:\n  B:\n    Type: Y\n  A: { Of: !Ref B, Type: X }\n";
        assert!(Differences::between(expected, same).expect("templates").is_empty());
        // As the SAM CLI writes it again.
        let exported = "Resources:\n  A:\n    Type: X\n    Of:\n      Ref: B\n    Metadata: { SamResourceId: A }\n  B: { Type: Y }\n";
        assert!(Differences::between(expected, exported).expect("templates").is_empty());
        let other = "Resources:\n  A: { Type: X, Of: !GetAtt B }\n  C: { Type: Y }\nOutputs: { D: { Value: 1 } }\n";
        let differences = Differences::between(expected, other).expect("templates");
        assert_eq!(differences.to_string(), "differs in A; lacks B; has besides C, D");
    }
}
