//! The stack on AWS, as far as it can be held against what the programs do: its template is data.

mod cloud;
mod daily;
mod lost;
mod ministack;
mod passage;
mod policy;
mod stack;
mod template;

use serde_yaml_ng::Value;

/// The template.
const TEMPLATE: &str = include_str!("../../../deploy/aws/template.yaml");

/// The template's resources.
fn resources() -> Value {
    let template: Value = serde_yaml_ng::from_str(TEMPLATE).unwrap();
    template["Resources"].clone()
}

/// A value as text: what refers to a resource is its name, whatever the function around it. Of a choice, what is without it.
fn text(value: &Value) -> String {
    match value {
        Value::Tagged(choice) if choice.tag == "!If" => text(&choice.value[2]),
        Value::Tagged(tagged) => text(&tagged.value),
        Value::String(text) => text.replace("${", "").replace('}', ""),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        other => panic!("no text: {other:?}"),
    }
}

/// One text or several.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Tagged(choice) if choice.tag == "!If" => texts(&choice.value[2]),
        Value::Sequence(all) => all.iter().map(text).collect(),
        Value::Null => Vec::new(),
        one => vec![text(one)],
    }
}

/// The message that a filter of a function's log looks for.
pub fn message_of(filter: &str) -> String {
    let pattern = &resources()[filter]["Properties"]["FilterPattern"];
    let message = pattern.as_str().and_then(|pattern| pattern.strip_prefix("{ $.message = \"")?.strip_suffix("\" }"));
    message.unwrap_or_else(|| panic!("another pattern: {pattern:?}")).to_owned()
}
