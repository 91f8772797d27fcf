//! Character references in attributes, resolved by the tokenizer that reads copy, too.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// A value as it is written, read.
pub(super) fn decoded(raw: String) -> String {
    if !raw.contains('&') {
        return raw;
    }
    let queue = BufferQueue::default();
    // Whatever it was quoted by.
    queue.push_back(StrTendril::from(format!("<a x=\"{}\">", raw.replace('"', "&quot;"))));
    let tokenizer = Tokenizer::new(Value::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// The value of the first attribute.
#[derive(Default)]
struct Value(RefCell<String>);

impl TokenSink for Value {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && let Some(attribute) = tag.attrs.first()
        {
            *self.0.borrow_mut() = attribute.value.to_string();
        }
        TokenSinkResult::Continue
    }
}
