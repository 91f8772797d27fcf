//! Copy in JSON-LD: members of the script's object become the words of entries.

use serde_json::{Map, Value};

/// A script's JSON with some of its texts replaced.
pub(crate) struct JsonLd(Value);

impl JsonLd {
    /// Reads the script; it has to be an object.
    pub(crate) fn read(script: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(script).ok()?;
        value.is_object().then_some(Self(value))
    }

    /// Which member is which entry: `data-copy-jsonld='{"headline":"hero-title"}'`.
    pub(crate) fn members(attribute: &str) -> Option<Vec<(String, String)>> {
        let map: Map<String, Value> = serde_json::from_str(attribute).ok()?;
        let member = |(name, key): (String, Value)| match key {
            Value::String(key) => Some((name, key)),
            _ => None,
        };
        map.into_iter().map(member).collect()
    }

    /// Sets a member of the object, or what a JSON Pointer (RFC 6901) finds: `/mainEntity/0/name`.
    pub(crate) fn set(&mut self, member: &str, words: String) -> bool {
        let words = Value::String(words);
        if member.starts_with('/') {
            return self.0.pointer_mut(member).map(|value| *value = words).is_some();
        }
        self.0.as_object_mut().map(|object| object.insert(member.to_owned(), words)).is_some()
    }

    /// As it can stand in a script: nothing in it ends the script or begins a comment.
    pub(crate) fn write(&self) -> String {
        self.0.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }
}
