//! Compiled messages as JSON. Reading treats what it reads as hostile: delivery may be tampered
//! with.
//!
//! ```text
//! message  = text | [ node, … ]
//! node     = text
//!          | [0, variable]
//!          | [1, variable | number]  | [1, variable | number, options]
//!          | [2, variable]           | [2, variable, options]
//!          | [3, variable | [1, …], key, message, …, message]     the last one is the default
//!          | [tag, node, …]          | [tag, { attribute: message, … }, node, …]
//! key      = name | number
//! ```

use serde::ser::{SerializeMap as _, SerializeSeq as _, SerializeTuple as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::datetime::DateTimeOptions;
use super::markup::policy;
use super::number::NumberOptions;
use super::{Attribute, DateTimeCall, Element, Key, Message, Node, NumberCall, Operand, Select, Selector, push};
use crate::limits::{COMPILED_BYTES, COMPILED_NODES, DEPTH};

const VARIABLE: u8 = 0;
const NUMBER: u8 = 1;
const DATETIME: u8 = 2;
const SELECT: u8 = 3;

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        message(&self.0, serializer)
    }
}

fn message<S: Serializer>(nodes: &[Node], serializer: S) -> Result<S::Ok, S::Error> {
    match nodes {
        [] => serializer.serialize_str(""),
        [Node::Text(text)] => serializer.serialize_str(text),
        nodes => serializer.collect_seq(nodes),
    }
}

/// Nodes where a message is expected.
struct Nested<'n>(&'n [Node]);

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        message(self.0, serializer)
    }
}

struct Attributes<'a>(&'a [(Attribute, Vec<Node>)]);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (attribute, value) in self.0 {
            map.serialize_entry(attribute.name(), &Nested(value))?;
        }
        map.end()
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Variable(name) => (VARIABLE, name).serialize(serializer),
            Self::Number(call) => call.serialize(serializer),
            Self::DateTime(call) if call.options.is_default() => (DATETIME, &call.variable).serialize(serializer),
            Self::DateTime(call) => (DATETIME, &call.variable, &call.options).serialize(serializer),
            Self::Select(select) => {
                let mut list = serializer.serialize_seq(None)?;
                list.serialize_element(&SELECT)?;
                match &select.selector {
                    Selector::Variable(name) => list.serialize_element(name)?,
                    Selector::Number(call) => list.serialize_element(call)?,
                    Selector::Reference(never) => match *never {},
                }
                for (key, nodes) in &select.variants {
                    list.serialize_element(key)?;
                    list.serialize_element(&Nested(nodes))?;
                }
                list.serialize_element(&Nested(&select.otherwise))?;
                list.end()
            }
            Self::Element(element) => {
                let mut list = serializer.serialize_seq(None)?;
                list.serialize_element(element.tag)?;
                if !element.attributes.is_empty() {
                    list.serialize_element(&Attributes(&element.attributes))?;
                }
                element.children.iter().try_for_each(|child| list.serialize_element(child))?;
                list.end()
            }
            Self::Reference(never) => match *never {},
        }
    }
}

impl Serialize for NumberCall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_default = self.options == NumberOptions::default();
        let mut list = serializer.serialize_tuple(if is_default { 2 } else { 3 })?;
        list.serialize_element(&NUMBER)?;
        match &self.value {
            Operand::Variable(name) => list.serialize_element(name)?,
            Operand::Number(number) => list.serialize_element(&number_value(*number))?,
        }
        if !is_default {
            list.serialize_element(&self.options)?;
        }
        list.end()
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(name) => serializer.serialize_str(name),
            Self::Number(number) => number_value(*number).serialize(serializer),
        }
    }
}

/// A number as JavaScript would write it: whole numbers without a point.
fn number_value(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
        return Value::from(number as i64);
    }
    Value::from(number)
}

/// Why JSON is no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{MALFORMED}: {0}")]
pub struct Malformed(&'static str);

impl Malformed {
    /// A key that cannot be one.
    pub(crate) const NAME: Self = Self("that is no key");
}

/// What is said of anything that is not as compiling leaves it.
pub const MALFORMED: &str = "this is no compiled message";

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Message {
    /// Reads a message, and refuses whatever compiling would not write.
    pub fn from_json(value: Value) -> Result<Self, Malformed> {
        Reader { nodes: COMPILED_NODES, bytes: COMPILED_BYTES }.message(value, DEPTH).map(Self)
    }
}

struct Reader {
    nodes: usize,
    bytes: usize,
}

impl Reader {
    fn message(&mut self, value: Value, depth: usize) -> Result<Vec<Node>, Malformed> {
        match value {
            Value::String(text) => self.nodes(vec![Value::String(text)], depth),
            Value::Array(values) => self.nodes(values, depth),
            _ => Err(Malformed("a message is a text or a list")),
        }
    }

    /// Parts; neighbouring words become one, as compiling leaves them.
    fn nodes(&mut self, values: Vec<Value>, depth: usize) -> Result<Vec<Node>, Malformed> {
        let mut nodes = Vec::new();
        for value in values {
            push(&mut nodes, self.node(value, depth)?);
        }
        Ok(nodes)
    }

    fn node(&mut self, value: Value, depth: usize) -> Result<Node, Malformed> {
        self.nodes = self.nodes.checked_sub(1).ok_or(Malformed("it has too many parts"))?;
        let values = match value {
            Value::String(text) => {
                self.bytes = self.bytes.checked_sub(text.len()).ok_or(Malformed("it has too many words"))?;
                return Ok(Node::Text(text));
            }
            Value::Array(values) => values,
            _ => return Err(Malformed("a part is a text or a list")),
        };
        let mut values = values.into_iter();
        let head = values.next().ok_or(Malformed("a part has a kind"))?;
        if let Some(tag) = head.as_str() {
            return self.element(tag, values.collect(), depth);
        }
        let rest: Vec<Value> = values.collect();
        match head.as_u64().and_then(|code| u8::try_from(code).ok()) {
            Some(VARIABLE) => match <[Value; 1]>::try_from(rest) {
                Ok([variable]) => Ok(Node::Variable(name(variable)?)),
                Err(_) => Err(Malformed("a variable has a name")),
            },
            Some(NUMBER) => Ok(Node::Number(number(rest)?)),
            Some(DATETIME) => datetime(rest),
            Some(SELECT) => self.select(rest, depth),
            _ => Err(Malformed("there is no such kind of part")),
        }
    }

    fn select(&mut self, values: Vec<Value>, depth: usize) -> Result<Node, Malformed> {
        let depth = depth.checked_sub(1).ok_or(Malformed("it is nested too deep"))?;
        let mut values = values.into_iter();
        let selector = match values.next() {
            Some(Value::Array(call)) => match call.split_first() {
                Some((head, rest)) if *head == NUMBER => Selector::Number(number(rest.to_vec())?),
                _ => return Err(Malformed("that selects nothing")),
            },
            Some(variable) => Selector::Variable(name(variable)?),
            None => return Err(Malformed("a selection has a selector")),
        };
        let mut variants = Vec::new();
        loop {
            let Some(first) = values.next() else { return Err(Malformed("a selection has a default")) };
            let Some(second) = values.next() else {
                let otherwise = self.message(first, depth)?;
                return Ok(Node::Select(Box::new(Select { selector, variants, otherwise })));
            };
            self.nodes = self.nodes.checked_sub(1).ok_or(Malformed("it has too many parts"))?;
            variants.push((key(first)?, self.message(second, depth)?));
        }
    }

    fn element(&mut self, tag: &str, values: Vec<Value>, depth: usize) -> Result<Node, Malformed> {
        let depth = depth.checked_sub(1).ok_or(Malformed("it is nested too deep"))?;
        let tag = policy::tag(tag).ok_or(Malformed("that element is not allowed"))?;
        let mut values = values.into_iter().peekable();
        let attributes = match values.next_if(Value::is_object) {
            Some(Value::Object(map)) => self.attributes(tag, map, depth)?,
            _ => Vec::new(),
        };
        let children = self.nodes(values.collect(), depth)?;
        if policy::is_void(tag) && !children.is_empty() {
            return Err(Malformed("that element holds nothing"));
        }
        Ok(Node::Element(Box::new(Element { tag, attributes, children })))
    }

    fn attributes(
        &mut self,
        tag: &str,
        map: Map<String, Value>,
        depth: usize,
    ) -> Result<Vec<(Attribute, Vec<Node>)>, Malformed> {
        let mut attributes = Vec::new();
        for (name, value) in map {
            let attribute = Attribute::of_name(&name).filter(|attribute| attribute.belongs_to(tag));
            let attribute = attribute.ok_or(Malformed("that attribute is not allowed"))?;
            let value = self.message(value, depth)?;
            // Whether it may have that value is decided whenever it is evaluated.
            if holds_element(&value) {
                return Err(Malformed("an attribute holds no elements"));
            }
            attributes.push((attribute, value));
        }
        Ok(attributes)
    }
}

fn holds_element(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(_) => true,
        Node::Select(select) => {
            holds_element(&select.otherwise) || select.variants.iter().any(|(_, nodes)| holds_element(nodes))
        }
        _ => false,
    })
}

/// A Fluent identifier: nothing that an object has by itself begins with anything else than a
/// letter, and what does is looked up among the arguments only.
fn name(value: Value) -> Result<String, Malformed> {
    let Value::String(name) = value else { return Err(Malformed("a name is a text")) };
    let fits = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if fits { Ok(name) } else { Err(Malformed("that is no name")) }
}

fn key(value: Value) -> Result<Key, Malformed> {
    match value.as_f64() {
        Some(number) => Ok(Key::Number(number)),
        None => name(value).map(Key::Name),
    }
}

fn number(values: Vec<Value>) -> Result<NumberCall, Malformed> {
    let mut values = values.into_iter();
    let value = values.next().ok_or(Malformed("a number has a value"))?;
    let value = match value.as_f64() {
        Some(number) => Operand::Number(number),
        None => Operand::Variable(name(value)?),
    };
    let options = options::<NumberOptions>(values)?;
    options.is_valid().then_some(NumberCall { value, options }).ok_or(Malformed("these options are not possible"))
}

fn datetime(values: Vec<Value>) -> Result<Node, Malformed> {
    let mut values = values.into_iter();
    let variable = name(values.next().ok_or(Malformed("a date has a value"))?)?;
    let options = options::<DateTimeOptions>(values)?;
    let call = options.is_valid().then_some(DateTimeCall { variable, options });
    call.map(Node::DateTime).ok_or(Malformed("these options are not possible"))
}

fn options<T: Default + serde::de::DeserializeOwned>(mut values: impl Iterator<Item = Value>) -> Result<T, Malformed> {
    let options = match values.next() {
        None => Ok(T::default()),
        Some(options) => serde_json::from_value(options).map_err(|_| Malformed("these options are not known")),
    };
    if values.next().is_some() { Err(Malformed("something follows the options")) } else { options }
}
