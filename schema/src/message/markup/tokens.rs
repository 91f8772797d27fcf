//! Markup as html5ever's tokenizer sees it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token as Raw, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A part of markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Words, with character references resolved.
    Text(String),
    /// A start tag with its attributes.
    Start { name: String, attributes: Vec<(String, String)> },
    /// An end tag.
    End(String),
    /// A comment, a document type or a processing instruction.
    Comment,
}

/// Takes markup apart.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(source));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    // Scripts are not run, so the tokenizer never stops in between.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Vec<Token>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Raw, _line: u64) -> TokenSinkResult<()> {
        let token = match token {
            Raw::CharacterTokens(text) => Token::Text(text.to_string()),
            Raw::TagToken(tag) => {
                let name = tag.name.to_string();
                match tag.kind {
                    TagKind::EndTag => Token::End(name),
                    TagKind::StartTag => {
                        let attribute = |attribute: html5ever::Attribute| {
                            (attribute.name.local.to_string(), attribute.value.to_string())
                        };
                        Token::Start { name, attributes: tag.attrs.into_iter().map(attribute).collect() }
                    }
                }
            }
            Raw::CommentToken(_) | Raw::DoctypeToken(_) => Token::Comment,
            Raw::NullCharacterToken | Raw::EOFToken | Raw::ParseError(_) => return TokenSinkResult::Continue,
        };
        let mut tokens = self.0.borrow_mut();
        match (tokens.last_mut(), token) {
            // The tokenizer gives text in pieces of its own making.
            (Some(Token::Text(before)), Token::Text(text)) => before.push_str(&text),
            (_, token) => tokens.push(token),
        }
        TokenSinkResult::Continue
    }
}
