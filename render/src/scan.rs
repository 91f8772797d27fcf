//! The tags of an HTML file and where they stand, as lol_html sees them: it knows where a browser
//! reads text instead of tags, and refuses files of which it cannot know.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use lol_html::errors::RewritingError;
use lol_html::html_content::{Attribute as Raw, Doctype, Element, EndTag};
use lol_html::{DocumentContentHandlers, ElementContentHandlers, HtmlRewriter, Selector, Settings};

mod decode;

const HTML: &str = "http://www.w3.org/1999/xhtml";

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Whether it is HTML, as against SVG and MathML.
    pub(crate) is_html: bool,
    /// Whether it has no end tag.
    pub(crate) is_void: bool,
    /// From `<` to `>`.
    pub(crate) span: Range<usize>,
    /// Its attributes; of two with the same name the first one counts.
    pub(crate) attributes: Vec<Attribute>,
}

/// An attribute as it is written.
#[derive(Debug)]
pub(crate) struct Attribute {
    /// Its name in lower case.
    pub(crate) name: String,
    /// Its value with character references resolved.
    pub(crate) value: String,
    /// From its name to the end of its value.
    pub(crate) span: Range<usize>,
}

/// A tag.
#[derive(Debug)]
pub(crate) enum Event {
    /// A start tag.
    Start(Tag),
    /// An end tag.
    End {
        /// Its name in lower case.
        name: String,
        /// From `<` to `>`.
        span: Range<usize>,
        /// From where on lol_html takes elements to have ended: of those no other end tag is seen.
        from: usize,
    },
}

/// What is in a file.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The end of the document type.
    pub(crate) doctype: Option<usize>,
    /// The tags in order. End tags of what is not open are left out.
    pub(crate) events: Vec<Event>,
}

impl Tag {
    /// An attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }

    /// Where an attribute can be added.
    pub(crate) fn attributes_end(&self) -> usize {
        self.attributes.last().map_or(self.span.start + "<".len() + self.name.len(), |last| last.span.end)
    }
}

/// The tags of a file.
pub(crate) fn scan(source: &str) -> Result<Scan, RewritingError> {
    let Scan { doctype, events } = tags(source, 0)?;
    let mut all = Scan { doctype, events: Vec::with_capacity(events.len()) };
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let inner = match (&event, events.peek()) {
            (Event::Start(tag), Some(Event::End { span, .. })) if tag.name == "noscript" => tag.span.end..span.start,
            _ => 0..0,
        };
        all.events.push(event);
        // It is text for browsers with scripts, and read here as it is by those without.
        all.events.extend(tags(&source[inner.clone()], inner.start)?.events);
    }
    Ok(all)
}

/// The tags of a part that begins at `offset`; what is in `noscript` is text.
fn tags(source: &str, offset: usize) -> Result<Scan, RewritingError> {
    if source.is_empty() {
        return Ok(Scan::default());
    }
    let scan = Rc::new(RefCell::new(Scan::default()));
    let seen = Rc::clone(&scan);
    let element = move |element: &mut Element<'_, '_>| {
        seen.borrow_mut().events.push(Event::Start(start_tag(source, offset, element)));
        let from = offset + element.source_location().bytes().start;
        if let Some(handlers) = element.end_tag_handlers() {
            let seen = Rc::clone(&seen);
            handlers.push(Box::new(move |tag: &mut EndTag<'_>| {
                end_tag(&mut seen.borrow_mut(), shifted(tag.source_location().bytes(), offset), from, tag);
                Ok(())
            }));
        }
        Ok(())
    };
    let seen = Rc::clone(&scan);
    let doctype = move |doctype: &mut Doctype<'_>| {
        seen.borrow_mut().doctype = Some(offset + doctype.source_location().bytes().end);
        Ok(())
    };
    let every: Selector = "*".parse().map_err(|error| RewritingError::ContentHandlerError(Box::new(error)))?;
    let settings = Settings::new()
        .append_element_content_handler((
            std::borrow::Cow::Owned(every),
            ElementContentHandlers::default().element(element),
        ))
        .append_document_content_handler(DocumentContentHandlers::default().doctype(doctype))
        .with_strict(true);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| ());
    rewriter.write(source.as_bytes())?;
    rewriter.end()?;
    Ok(scan.take())
}

fn start_tag(source: &str, offset: usize, element: &Element<'_, '_>) -> Tag {
    let mut attributes: Vec<Attribute> = Vec::new();
    for attribute in element.attributes().iter().filter_map(|attribute| attribute_of(source, offset, attribute)) {
        if attributes.iter().all(|first| first.name != attribute.name) {
            attributes.push(attribute);
        }
    }
    Tag {
        name: element.tag_name(),
        is_html: element.namespace_uri() == HTML,
        is_void: !element.can_have_content(),
        span: shifted(element.source_location().bytes(), offset),
        attributes,
    }
}

fn attribute_of(source: &str, offset: usize, attribute: &Raw<'_>) -> Option<Attribute> {
    let name = attribute.name_source_location()?.bytes();
    let end = attribute.value_source_location().map_or(name.end, |value| {
        let value = value.bytes();
        let quoted = source[..value.start].ends_with(['"', '\'']);
        value.end + usize::from(quoted)
    });
    let span = shifted(name.start..end, offset);
    Some(Attribute { name: attribute.name(), value: decode::decoded(attribute.value()), span })
}

/// A tag may end many elements; each of them says so.
fn end_tag(scan: &mut Scan, this: Range<usize>, start: usize, tag: &EndTag<'_>) {
    match scan.events.last_mut() {
        Some(Event::End { span, from, .. }) if *span == this => *from = start.min(*from),
        _ => scan.events.push(Event::End { name: tag.name(), span: this, from: start }),
    }
}

fn shifted(range: Range<usize>, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}
