//! The source of one Fluent pattern: what an editor types and the log keeps, as typed.
//!
//! Fluent parses resources, not single patterns, so a value is wrapped as the value of a message
//! `k`, always in the same way; export writes the very same wrapping.

use std::fmt::{self, Write as _};
use std::iter::Peekable;
use std::str::Chars;

use fluent_syntax::ast;
use fluent_syntax::parser;
use fluent_syntax::parser::ErrorKind;
use fluent_syntax::serializer;

use crate::EntryKey;
use crate::limits::VALUE_BYTES;

/// Both ways of wrapping put this many characters before each line of the value.
const INDENT: usize = 4;
/// The parser recurses; values nested deeper than this are refused before it sees them.
const NESTING: usize = 100;

/// A parsed message's value as `fluent-syntax` sees it.
pub type Ast<'s> = ast::Pattern<&'s str>;

/// The source of a Fluent pattern, known to parse. Empty is allowed.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "Hello, { $name }!")]
pub struct Pattern(std::sync::Arc<str>);

/// A place in a value: line and column count from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line in the value.
    pub line: usize,
    /// Column in that line.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a value is not a pattern, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Fluent's syntax is broken.
    #[error("{place}: {reason}")]
    Syntax {
        /// Where.
        place: Place,
        /// What is wrong there.
        reason: String,
    },
    /// More than [`VALUE_BYTES`].
    #[error("the value has {0} bytes; at most {VALUE_BYTES} are allowed")]
    TooLong(usize),
    /// Braces nested deeper than the parser may safely follow.
    #[error("braces are nested more than {NESTING} deep")]
    TooDeep,
}

impl Pattern {
    /// Checks `source`. Line ends are normalised to `\n`; nothing else is changed.
    pub fn parse(source: &str) -> Result<Self, PatternError> {
        let source = source.replace("\r\n", "\n");
        if source.len() > VALUE_BYTES {
            return Err(PatternError::TooLong(source.len()));
        }
        scan(&source)?;
        check(&source)?;
        Ok(Self(source.into()))
    }

    /// The canonical source of a parsed pattern; parsing it again gives an equal pattern.
    pub fn from_ast(pattern: &Ast<'_>) -> Result<Self, PatternError> {
        let message = ast::Message {
            id: ast::Identifier { name: "k" },
            value: Some(pattern.clone()),
            attributes: Vec::new(),
            comment: None,
        };
        let text = serializer::serialize(&ast::Resource { body: vec![ast::Entry::Message(message)] });
        let source = unwrap(&text);
        let kept = Self::parse(&source)?;
        let same = kept.with_ast(|again| again == Some(pattern));
        if same {
            Ok(kept)
        } else {
            Err(PatternError::Syntax {
                place: Place { line: 1, column: 1 },
                reason: "the pattern does not survive being written down".into(),
            })
        }
    }

    /// The source, as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but what Fluent takes for blank: spaces and line ends.
    pub fn is_blank(&self) -> bool {
        is_blank(&self.0)
    }

    /// Whether one of its placeables begins with this entry.
    pub fn refers_to(&self, key: &EntryKey) -> bool {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        self.0.match_indices(key.as_str()).any(|(at, found)| {
            let (before, after) = (&self.0[..at], &self.0[at + found.len()..]);
            before.trim_end().ends_with('{') && !after.starts_with(is_name)
        })
    }

    /// Lends the parsed pattern; `None` when the value is blank.
    pub fn with_ast<T>(&self, read: impl FnOnce(Option<&Ast<'_>>) -> T) -> T {
        self.with_places(|ast, _| read(ast))
    }

    /// Lends the parsed pattern with a way to tell where its parts are.
    pub fn with_places<T>(&self, read: impl FnOnce(Option<&Ast<'_>>, &Places<'_>) -> T) -> T {
        if self.is_blank() {
            return read(None, &Places { wrapped: "" });
        }
        let wrapped = wrap("k", &self.0);
        let resource = parser::parse_runtime(wrapped.as_str()).unwrap_or_else(|(partial, _)| partial);
        let value = match resource.body.first() {
            Some(ast::Entry::Message(message)) => message.value.as_ref(),
            _ => None,
        };
        read(value, &Places { wrapped: &wrapped })
    }

    /// The pattern as the value of `name` in a Fluent file: `name = …`, indented as needed.
    pub fn to_ftl(&self, name: &str) -> String {
        if self.is_blank() { format!("{name} = {{ \"\" }}") } else { wrap(name, &self.0) }
    }
}

/// Tells where the parts of a parsed pattern are in its value.
pub struct Places<'w> {
    wrapped: &'w str,
}

impl Places<'_> {
    /// Where a part begins that was lent together with this.
    pub fn of(&self, part: &str) -> Place {
        // The parser's parts are slices of the wrapped text.
        let offset = (part.as_ptr() as usize).saturating_sub(self.wrapped.as_ptr() as usize);
        place_in(self.wrapped, offset)
    }
}

/// Writes `source` as the value of `name`: after the equals sign when it is one line or its first
/// line could not begin a block (`BlockText` in the EBNF), else as a block indented by four.
fn wrap(name: &str, source: &str) -> String {
    let mut text = format!("{name} =");
    let inline = !source.contains('\n') || source.starts_with(['[', '*', '.', '}']);
    for (index, line) in source.split('\n').enumerate() {
        let lead = if index == 0 && inline { " " } else { "\n    " };
        // Writing to a String cannot fail.
        let _ = write!(text, "{lead}{line}");
    }
    text
}

/// The reverse of [`wrap`] for what the serializer prints.
fn unwrap(text: &str) -> String {
    let value = text.trim_start_matches("k =").trim_end_matches('\n');
    let inline = value.strip_prefix(' ');
    let lines = inline.unwrap_or_else(|| value.strip_prefix('\n').unwrap_or(value)).split('\n');
    let dedented = lines.enumerate().map(|(index, line)| match line.strip_prefix("    ") {
        Some(rest) if index > 0 || inline.is_none() => rest,
        _ => line,
    });
    dedented.collect::<Vec<_>>().join("\n")
}

/// Refuses what the parser would not survive: placeables and calls that nest too deep, and escapes
/// that it cuts in the middle of a character. It follows the parser up to its first error.
fn scan(source: &str) -> Result<(), PatternError> {
    let mut open = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match (open.last(), c) {
            (_, '{') => open.push(Inside::Expression),
            (Some(Inside::Expression | Inside::Call), '"') => skip_string(source, &mut chars)?,
            (Some(Inside::Expression | Inside::Call), '(') => open.push(Inside::Call),
            (Some(Inside::Call), ')') => drop(open.pop()),
            (Some(Inside::Expression), '-') if chars.peek() == Some(&'>') => {
                open.pop();
                open.push(Inside::Variants);
            }
            (Some(_), '}') => {
                // Calls that are not closed end with their placeable: the parser has given up there.
                while open.pop_if(|inside| *inside == Inside::Call).is_some() {}
                open.pop();
            }
            _ => {}
        }
        if open.len() > NESTING {
            return Err(PatternError::TooDeep);
        }
    }
    Ok(())
}

/// What the parser is in the middle of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Expression,
    Call,
    /// The variants of a selection: text, where quotes mean nothing.
    Variants,
}

/// A string literal ends on its line. The digits of an escape are ASCII.
fn skip_string(source: &str, chars: &mut Peekable<Chars<'_>>) -> Result<(), PatternError> {
    while let Some(c) = chars.next() {
        let digits = match (c, chars.peek()) {
            ('"' | '\n', _) => return Ok(()),
            ('\\', Some('u')) => 4,
            ('\\', Some('U')) => 6,
            ('\\', _) => 0,
            _ => continue,
        };
        // What is escaped, or the letter that says how many digits follow.
        chars.next();
        let rest = chars.clone();
        if rest.clone().take(digits).any(|c| !c.is_ascii()) {
            let before: usize = source.len() - rest.map(char::len_utf8).sum::<usize>();
            let wrapped = wrap("k", &source[..before]);
            let reason = format!("{digits} hexadecimal digits have to follow here");
            return Err(syntax_error(&wrapped, wrapped.len(), reason));
        }
    }
    Ok(())
}

/// Whether there is nothing but what Fluent takes for blank: spaces and line ends.
pub(crate) fn is_blank(source: &str) -> bool {
    source.chars().all(|c| matches!(c, ' ' | '\n' | '\r'))
}

fn check(source: &str) -> Result<(), PatternError> {
    if is_blank(source) {
        return Ok(());
    }
    let wrapped = wrap("k", source);
    match parser::parse_runtime(wrapped.as_str()) {
        Err((_, errors)) => {
            let first = errors.first();
            let offset = first.map_or(0, |error| error.pos.start);
            let reason = first.map_or_else(|| "not a Fluent pattern".to_owned(), |error| reason(&error.kind));
            Err(syntax_error(&wrapped, offset, reason))
        }
        Ok(resource) => match resource.body.as_slice() {
            [ast::Entry::Message(message)] if message.attributes.is_empty() && message.value.is_some() => Ok(()),
            _ => {
                let offset = wrapped.find("\n    .").map_or(0, |at| at + 1 + INDENT);
                let reason = "a line cannot begin with a dot here; write { \".\" } instead".to_owned();
                Err(syntax_error(&wrapped, offset, reason))
            }
        },
    }
}

fn syntax_error(wrapped: &str, offset: usize, reason: String) -> PatternError {
    PatternError::Syntax { place: place_in(wrapped, offset), reason }
}

/// Translates an offset in the wrapped text to line and column of the value.
fn place_in(wrapped: &str, offset: usize) -> Place {
    let before = wrapped.get(..offset).unwrap_or(wrapped);
    let block = usize::from(wrapped.starts_with("k =\n"));
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { line: line.saturating_sub(block).max(1), column: column.saturating_sub(INDENT).max(1) }
}

/// What the parser found, for people who do not know its grammar.
fn reason(kind: &ErrorKind) -> String {
    let said = match kind {
        ErrorKind::ExpectedToken('}') => {
            "a placeable that was opened with { is not closed with }; write { \"{\" } for a brace"
        }
        ErrorKind::UnbalancedClosingBrace => {
            "a } closes nothing here; that of a selection stands on a line of its own, and a brace is written { \"}\" }"
        }
        ErrorKind::ExpectedCharRange { range } if range.contains('\n') => {
            "a line break is missing here: each variant stands on a line of its own"
        }
        ErrorKind::TermAttributeAsPlaceable => "an attribute of a term cannot be shown, only decide between variants",
        ErrorKind::MissingDefaultVariant => "one of the variants has to be the default: put a * before its [",
        ErrorKind::MultipleDefaultVariants => "only one variant can be the default: keep one * before a [",
        ErrorKind::MissingValue => "something is missing here",
        ErrorKind::ExpectedInlineExpression => {
            "this brace needs a variable such as $name, a term such as -brand, or words in quotes; write { \"{\" } for a brace"
        }
        ErrorKind::ExpectedSimpleExpressionAsSelector => {
            "what stands before -> has to be a variable, a function or a term's attribute"
        }
        ErrorKind::UnterminatedStringLiteral => "words in quotes have to end with \" on the same line",
        ErrorKind::ForbiddenCallee => "functions are written in capitals: NUMBER or DATETIME",
        kind => return kind.to_string(),
    };
    said.to_owned()
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(source: String) -> Result<Self, PatternError> {
        Self::parse(&source)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.0.as_ref().to_owned()
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads what was checked when it was saved, without parsing it again.
impl Pattern {
    /// Takes text that the table or the log kept. Only for text that came from a [`Pattern`].
    pub fn from_stored(source: &str) -> Self {
        Self(source.into())
    }
}

#[cfg(test)]
mod tests;
