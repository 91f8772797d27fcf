//! References inlined, literals folded: what is left depends on the visitor's arguments alone.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::markup::{self, without_elements};
use super::number::{self, NumberOptions};
use super::plural::{self, PluralKind};
use super::read::{Constant, Parsed, Reference};
use super::{Element, Key, Message, Node, NumberCall, Operand, Select, Selector, push, push_all};
use crate::limits::{COMPILED_BYTES, COMPILED_NODES, DEPTH, REFERENCES_DEEP};
use crate::{Kind, Locale};

/// Why a value cannot be formed. It is treated as missing, and reported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A function that does not exist.
    #[error("there is no function {0}; use NUMBER or DATETIME")]
    UnknownFunction(String),
    /// A function called the wrong way.
    #[error("{0} {1}")]
    Argument(String, String),
    /// What it refers to is missing.
    #[error("it refers to {0}, which has no value")]
    Missing(String),
    /// A term that needs an argument was used without it.
    #[error("the term uses ${0}, which it was not given")]
    MissingArgument(String),
    /// It contains itself.
    #[error("it refers to itself by way of {0}")]
    Cycle(String),
    /// References lead too deep.
    #[error("its references lead more than {REFERENCES_DEEP} deep")]
    TooDeep,
    /// It grows too large.
    #[error(
        "with all references filled in it is larger than {COMPILED_BYTES} bytes or {COMPILED_NODES} parts, or nested more than {DEPTH} deep"
    )]
    TooLarge,
}

/// Compiles a value as it shows in `locale`. `find` gives the values that it refers to, by key.
pub fn compile(
    parsed: &[Node<Reference>],
    kind: Kind,
    locale: &Locale,
    find: &dyn Fn(&str) -> Option<Arc<Parsed>>,
) -> Result<Message, Broken> {
    let compiler = Compiler {
        locale,
        plain: kind == Kind::Text,
        find,
        nodes: Cell::new(COMPILED_NODES),
        bytes: Cell::new(COMPILED_BYTES),
    };
    let mut path = Vec::new();
    Ok(Message(compiler.nodes(parsed, &mut Scope { arguments: None, path: &mut path, depth: DEPTH, address: false })?))
}

struct Compiler<'c> {
    locale: &'c Locale,
    /// Elements give way to their words.
    plain: bool,
    find: &'c dyn Fn(&str) -> Option<Arc<Parsed>>,
    nodes: Cell<usize>,
    bytes: Cell<usize>,
}

/// Where in which value the compiler is.
struct Scope<'s> {
    /// What a term was called with; `None` outside of terms, where variables are the visitor's.
    arguments: Option<&'s BTreeMap<String, Constant>>,
    path: &'s mut Vec<String>,
    depth: usize,
    /// Whether it is an address, which is read by machines.
    address: bool,
}

impl Scope<'_> {
    fn deeper(&mut self) -> Result<Scope<'_>, Broken> {
        let depth = self.depth.checked_sub(1).ok_or(Broken::TooLarge)?;
        Ok(Scope { arguments: self.arguments, path: self.path, depth, address: self.address })
    }
}

/// What a constant decides between variants by.
enum Decided {
    Text(String),
    Number { value: f64, category: &'static str },
    Nothing,
}

impl Compiler<'_> {
    fn nodes(&self, parsed: &[Node<Reference>], scope: &mut Scope<'_>) -> Result<Vec<Node>, Broken> {
        let mut compiled = Vec::with_capacity(parsed.len());
        for node in parsed {
            self.node(node, scope, &mut compiled)?;
        }
        Ok(compiled)
    }

    fn node(&self, node: &Node<Reference>, scope: &mut Scope<'_>, into: &mut Vec<Node>) -> Result<(), Broken> {
        spend(&self.nodes, 1)?;
        spend(&self.bytes, name_bytes(node))?;
        match node {
            Node::Text(text) => self.text(text, into)?,
            Node::Variable(name) => match scope.arguments {
                None => into.push(Node::Variable(name.clone())),
                Some(arguments) => {
                    let constant = arguments.get(name).ok_or_else(|| Broken::MissingArgument(name.clone()))?;
                    self.constant(constant, scope, into)?;
                }
            },
            Node::Number(call) => into.push(Node::Number(number_in(call, scope)?)),
            Node::DateTime(call) if scope.arguments.is_some() => {
                return Err(Broken::MissingArgument(call.variable.clone()));
            }
            Node::DateTime(call) => into.push(Node::DateTime(call.clone())),
            Node::Select(select) => self.select(select, scope, into)?,
            Node::Element(element) => self.element(element, scope, into)?,
            Node::Reference(reference) => self.reference(reference, scope, into)?,
        }
        Ok(())
    }

    fn text(&self, text: &str, into: &mut Vec<Node>) -> Result<(), Broken> {
        spend(&self.bytes, text.len())?;
        let text = if self.plain { text.to_owned() } else { markup::words(text) };
        push(into, Node::Text(text));
        Ok(())
    }

    fn constant(&self, constant: &Constant, scope: &Scope<'_>, into: &mut Vec<Node>) -> Result<(), Broken> {
        match constant {
            Constant::Text(text) => self.text(text, into),
            Constant::Number { value, .. } if scope.address => self.text(&value.to_string(), into),
            Constant::Number { value, digits } => {
                let mut options = NumberOptions::default();
                options.literal(*digits);
                let text = number::format(self.locale, *value, &options).unwrap_or_else(|| value.to_string());
                self.text(&text, into)
            }
        }
    }

    fn element(&self, element: &Element<Reference>, scope: &mut Scope<'_>, into: &mut Vec<Node>) -> Result<(), Broken> {
        let mut scope = scope.deeper()?;
        if self.plain {
            let children = self.nodes(&element.children, &mut scope)?;
            push_all(into, children);
            return Ok(());
        }
        let attributes = element.attributes.iter().map(|(attribute, value)| {
            // A reference may have brought elements along.
            scope.address = *attribute == super::Attribute::Href;
            let value = self.nodes(value, &mut scope)?;
            scope.address = false;
            Ok((*attribute, without_elements(value)))
        });
        let attributes = attributes.collect::<Result<Vec<_>, Broken>>()?;
        // What is known now is checked now, the rest whenever it is evaluated.
        let fits = |value: &[Node], attribute: super::Attribute| match value {
            [] => attribute.accepts(""),
            [Node::Text(text)] => attribute.accepts(text),
            _ => attribute.is_variable(element.tag),
        };
        let attributes = attributes.into_iter().filter(|(attribute, value)| fits(value, *attribute)).collect();
        let children = self.nodes(&element.children, &mut scope)?;
        into.push(Node::Element(Box::new(Element { tag: element.tag, attributes, children })));
        Ok(())
    }

    fn reference(&self, reference: &Reference, scope: &mut Scope<'_>, into: &mut Vec<Node>) -> Result<(), Broken> {
        match reference {
            Reference::Broken(broken) => Err(broken.clone()),
            Reference::Constant(constant) => self.constant(constant, scope, into),
            Reference::Value { key, arguments } => {
                let nodes = self.value(key, arguments, scope)?;
                push_all(into, nodes);
                Ok(())
            }
        }
    }

    fn value(
        &self,
        key: &str,
        arguments: &BTreeMap<String, Constant>,
        scope: &mut Scope<'_>,
    ) -> Result<Vec<Node>, Broken> {
        if scope.path.iter().any(|visited| visited == key) {
            return Err(Broken::Cycle(key.to_owned()));
        }
        if scope.path.len() >= REFERENCES_DEEP {
            return Err(Broken::TooDeep);
        }
        let found = (self.find)(key).ok_or_else(|| Broken::Missing(key.to_owned()))?;
        scope.path.push(key.to_owned());
        let arguments = if key.starts_with('-') { Some(arguments) } else { scope.arguments };
        let (depth, address) = (scope.depth, scope.address);
        let nodes = self.nodes(&found, &mut Scope { arguments, path: scope.path, depth, address });
        scope.path.pop();
        nodes
    }

    fn select(&self, select: &Select<Reference>, scope: &mut Scope<'_>, into: &mut Vec<Node>) -> Result<(), Broken> {
        let mut scope = scope.deeper()?;
        let selector = match self.selector(&select.selector, &mut scope)? {
            Ok(selector) => selector,
            Err(decided) => {
                let matching = select.variants.iter().find(|(key, _)| decided.matches(key));
                let chosen = matching.map_or(&select.otherwise, |(_, nodes)| nodes);
                let nodes = self.nodes(chosen, &mut scope)?;
                push_all(into, nodes);
                return Ok(());
            }
        };
        let variants = select.variants.iter().map(|(key, nodes)| {
            spend(&self.nodes, 1)?;
            spend(&self.bytes, if let Key::Name(name) = key { name.len() } else { 0 })?;
            Ok((key.clone(), self.nodes(nodes, &mut scope)?))
        });
        let variants = variants.collect::<Result<Vec<_>, Broken>>()?;
        let otherwise = self.nodes(&select.otherwise, &mut scope)?;
        into.push(Node::Select(Box::new(Select { selector, variants, otherwise })));
        Ok(())
    }

    /// The selector, or what it comes to where that is known.
    fn selector(
        &self,
        selector: &Selector<Reference>,
        scope: &mut Scope<'_>,
    ) -> Result<Result<Selector, Decided>, Broken> {
        Ok(match selector {
            Selector::Variable(name) => match scope.arguments {
                None => Ok(Selector::Variable(name.clone())),
                Some(arguments) => Err(arguments.get(name).map_or(Decided::Nothing, |it| self.decided(it))),
            },
            Selector::Number(call) => {
                let call = match (&call.value, scope.arguments) {
                    // A term that was not given the number shows its default.
                    (Operand::Variable(name), Some(arguments)) if !arguments.contains_key(name) => {
                        return Ok(Err(Decided::Nothing));
                    }
                    _ => number_in(call, scope)?,
                };
                match call.value {
                    Operand::Number(value) => Err(self.decided_number(value, &call.options)),
                    Operand::Variable(_) => Ok(Selector::Number(call)),
                }
            }
            Selector::Reference(Reference::Constant(constant)) => Err(self.decided(constant)),
            Selector::Reference(Reference::Broken(broken)) => return Err(broken.clone()),
            Selector::Reference(Reference::Value { key, arguments }) => {
                match self.value(key, arguments, scope)?.as_slice() {
                    [Node::Text(text)] => Err(Decided::Text(text.clone())),
                    _ => Err(Decided::Nothing),
                }
            }
        })
    }

    fn decided(&self, constant: &Constant) -> Decided {
        match constant {
            Constant::Text(text) => Decided::Text(text.clone()),
            Constant::Number { value, digits } => {
                let mut options = NumberOptions::default();
                options.literal(*digits);
                self.decided_number(*value, &options)
            }
        }
    }

    fn decided_number(&self, value: f64, options: &NumberOptions) -> Decided {
        let kind = if options.ordinal { PluralKind::Ordinal } else { PluralKind::Cardinal };
        let rounded = number::rounded(value, options);
        let category = rounded.map_or("other", |rounded| plural::category(self.locale, kind, &rounded));
        Decided::Number { value, category }
    }
}

/// The bytes of the names in a part.
fn name_bytes(node: &Node<Reference>) -> usize {
    let operand = |operand: &Operand| match operand {
        Operand::Variable(name) => name.len(),
        Operand::Number(_) => 0,
    };
    match node {
        Node::Variable(name) => name.len(),
        Node::Number(call) => operand(&call.value),
        Node::DateTime(call) => call.variable.len(),
        Node::Select(select) => match &select.selector {
            Selector::Variable(name) => name.len(),
            Selector::Number(call) => operand(&call.value),
            Selector::Reference(_) => 0,
        },
        _ => 0,
    }
}

fn spend(budget: &Cell<usize>, amount: usize) -> Result<(), Broken> {
    budget.set(budget.get().checked_sub(amount).ok_or(Broken::TooLarge)?);
    Ok(())
}

/// Inside a term a variable is what the term was called with.
fn number_in(call: &NumberCall, scope: &Scope<'_>) -> Result<NumberCall, Broken> {
    let (Operand::Variable(name), Some(arguments)) = (&call.value, scope.arguments) else {
        return Ok(call.clone());
    };
    match arguments.get(name) {
        Some(Constant::Number { value, digits }) => {
            let mut options = call.options.clone();
            options.literal(*digits);
            Ok(NumberCall { value: Operand::Number(*value), options })
        }
        Some(Constant::Text(_)) => Err(Broken::Argument("NUMBER".into(), format!("got words for ${name}"))),
        None => Err(Broken::MissingArgument(name.clone())),
    }
}

impl Decided {
    fn matches(&self, key: &Key) -> bool {
        match (self, key) {
            (Self::Text(text), Key::Name(name)) => text == name,
            (Self::Number { category, .. }, Key::Name(name)) => category == name,
            #[expect(clippy::float_cmp, reason = "a key matches the very number that it names")]
            (Self::Number { value, .. }, Key::Number(key)) => value == key,
            _ => false,
        }
    }
}
