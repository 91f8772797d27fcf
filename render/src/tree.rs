//! Elements from tags: where each one begins and ends. End tags that HTML lets one leave out are
//! filled in; where tags are misnested, browsers move things about, and the elements concerned have
//! no known end.
//!
//! Source: HTML Living Standard, 13.1.2.4 (optional tags), 13.2.4.2 (the stack of open elements),
//! 13.2.6.4.7 (in body).

use std::ops::Range;

use crate::nesting::{closing, is_formatting, is_omittable, is_place_for_html, is_rival, is_special, stays_in_head};
use crate::scan::{Event, Tag};

/// An element.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its start tag.
    pub(crate) tag: Tag,
    /// The element around it.
    pub(crate) parent: Option<usize>,
    /// Its content, where that is known and it may have any.
    pub(crate) inner: Option<Range<usize>>,
    /// Its end tag; empty where it was left out.
    pub(crate) end: Range<usize>,
    /// Whether another start tag ended it too early.
    is_broken: bool,
}

/// The elements of a file, in the order of their start tags.
#[derive(Debug, Default)]
pub(crate) struct Tree(pub(crate) Vec<Element>);

impl Tree {
    /// Makes elements of tags; `length` is that of the file.
    pub(crate) fn new(events: Vec<Event>, length: usize) -> Self {
        let mut builder = Builder::default();
        for event in events {
            match event {
                Event::Start(tag) => builder.start(tag),
                Event::End { name, span, from } => builder.end(&name, span, from),
            }
        }
        builder.close(0, length..length, true);
        Self(builder.elements)
    }

    /// The element itself and those around it, from the inside.
    pub(crate) fn chain(&self, id: usize) -> impl Iterator<Item = &Element> {
        std::iter::successors(self.0.get(id), |element| self.0.get(element.parent?))
    }

    /// The first element that begins at a place or behind it.
    pub(crate) fn from(&self, place: usize) -> usize {
        self.0.partition_point(|element| element.tag.span.start < place)
    }

    /// The elements that begin in a part of the file.
    pub(crate) fn within(&self, part: &Range<usize>) -> Range<usize> {
        self.from(part.start)..self.from(part.end)
    }

    /// The first HTML element of a name.
    pub(crate) fn first(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|element| element.tag.is_html && element.tag.name == name)
    }
}

#[derive(Default)]
struct Builder {
    elements: Vec<Element>,
    open: Vec<usize>,
}

impl Builder {
    fn start(&mut self, tag: Tag) {
        if tag.is_html {
            self.make_room(&tag);
        }
        let (id, is_void, end) = (self.elements.len(), tag.is_void, tag.span.end);
        let parent = self.open.last().copied();
        // A form in a form is passed over.
        let is_broken = tag.name == "form" && self.open.iter().any(|id| self.name(*id) == "form");
        self.elements.push(Element { tag, parent, inner: None, end: end..end, is_broken });
        if !is_void {
            self.open.push(id);
        }
    }

    /// Ends what a start tag ends.
    fn make_room(&mut self, tag: &Tag) {
        let at = tag.span.start..tag.span.start;
        // SVG and MathML end where HTML begins that cannot be in them.
        while self.open.last().is_some_and(|id| self.is_foreign(*id)) {
            self.close(self.open.len() - 1, at.clone(), true);
        }
        if self.open.last().is_some_and(|id| self.name(*id) == "head") && !stays_in_head(&tag.name) {
            self.close(self.open.len() - 1, at.clone(), true);
        }
        while let Some(up) = closing(&tag.name, self.open.iter().rev().map(|id| self.name(*id))) {
            self.close(self.open.len() - 1 - up, at.clone(), true);
        }
        let rival = self.open.iter().rposition(|id| is_rival(self.name(*id), &tag.name));
        for id in self.open.iter().skip(rival.unwrap_or(self.open.len())) {
            self.elements[*id].is_broken = true;
        }
    }

    fn end(&mut self, name: &str, span: Range<usize>, from: usize) {
        let place = self.open.iter().rposition(|id| self.name(*id) == name);
        let blocks = |place: &usize| self.open[place + 1..].iter().any(|id| is_special(self.name(*id)));
        // Only those of special elements go beyond special elements.
        let place = place.filter(|place| is_special(name) || is_formatting(name) || !blocks(place));
        if let Some(place) = place {
            self.close(place, span, false);
        }
        // It was misplaced: the end tags of these go unseen.
        for id in &self.open {
            self.elements[*id].is_broken |= self.elements[*id].tag.span.start >= from;
        }
    }

    /// Ends the open elements from a place on. The lowest one has this end tag itself, unless it
    /// `is_implied`; the others have none.
    fn close(&mut self, place: usize, end: Range<usize>, is_implied: bool) {
        let is_formatting = !is_implied && self.open.get(place).is_some_and(|id| is_formatting(self.name(*id)));
        let mut is_whole = true;
        while self.open.len() > place {
            let Some(id) = self.open.pop() else { break };
            let is_own = !is_implied && self.open.len() == place;
            is_whole &= !self.elements[id].is_broken;
            let is_omittable = self.elements[id].tag.is_html && is_omittable(self.name(id));
            is_whole &= is_own || (is_omittable && !is_formatting);
            let element = &mut self.elements[id];
            element.end = if is_own { end.clone() } else { end.start..end.start };
            element.inner = is_whole.then_some(element.tag.span.end..end.start);
            if !is_own {
                self.reopen(id);
            }
        }
    }

    /// Browsers open formatting elements again: the next end tag of that name is theirs.
    fn reopen(&mut self, id: usize) {
        let name = self.elements[id].tag.name.clone();
        for around in self.open.iter().filter(|_| is_formatting(&name)) {
            self.elements[*around].is_broken |= self.elements[*around].tag.name == name;
        }
    }

    /// Neither HTML nor a place for HTML.
    fn is_foreign(&self, id: usize) -> bool {
        let tag = &self.elements[id].tag;
        !tag.is_html && !is_place_for_html(&tag.name)
    }

    fn name(&self, id: usize) -> &str {
        &self.elements[id].tag.name
    }
}
