//! One file in one locale: every element gets its start tag, and its content where an entry has it.

use std::ops::Range;

use copydesk_schema::message::{Arguments, Attribute, Piece, Value, evaluate, text};
use copydesk_schema::{EntryKey, Invalid, Locale, PageId};

use crate::attributes::{escaped, is_allowed, listed, names, start_tag};
use crate::edits::Edits;
use crate::head::Head;
use crate::jsonld::JsonLd;
use crate::links::Links;
use crate::nesting::{Takes, eats_line_break, takes};
use crate::report::{Kept, Report, Why};
use crate::site::Site;
use crate::template::{Rendered, Template};

/// A file on its way.
pub(crate) struct Rendering<'r> {
    pub(crate) template: &'r Template<'r>,
    site: &'r Site,
    locale: &'r Locale,
    links: Links<'r>,
    dropped: Vec<usize>,
    report: Report,
    /// Which elements are still there.
    seen: Vec<bool>,
}

/// What an element shows: its content as HTML where an entry has it, and the language of it where that is known.
type Shown<'r> = (Option<String>, Option<&'r Locale>);

/// Attributes to be set.
type Sets = Vec<(String, String)>;

pub(crate) fn render(template: &Template<'_>, locale: &Locale, site: &Site) -> Rendered {
    let base = template.tree.first("base").and_then(|id| template.tree.0[id].tag.value("href"));
    let links = Links::new(site, template.path, locale, base);
    let head = Head::new(template, locale, site, &links);
    let mut edits = Edits::default();
    head.added.into_iter().for_each(|(at, text)| edits.insert(at, text));
    let seen = vec![false; template.tree.0.len()];
    let report = Report::default();
    let mut rendering = Rendering { template, site, locale, links, dropped: head.dropped, report, seen };
    let html = rendering.region(0..template.source.len(), edits);
    rendering.lost();
    let mut report = rendering.report;
    if head.has_no_end {
        report.kept.push(Kept { line: 1, what: "<head>".to_owned(), why: Why::NoHead });
    }
    report.kept.sort_by_key(|kept| kept.line);
    Rendered { html, report }
}

impl<'r> Rendering<'r> {
    /// A part of the file that holds whole elements.
    pub(crate) fn region(&mut self, part: Range<usize>, mut edits: Edits) -> String {
        let ids = self.template.tree.within(&part);
        let mut id = ids.start;
        while id < ids.end {
            id = self.element(id, &mut edits);
        }
        edits.apply(self.template.source, part)
    }

    /// Notes what becomes of an element, and gives the next one to look at.
    fn element(&mut self, id: usize, edits: &mut Edits) -> usize {
        let element = &self.template.tree.0[id];
        if self.dropped.contains(&id) {
            edits.replace(element.tag.span.clone(), String::new());
            return id + 1;
        }
        let (start, filled) = self.start(id);
        if start != self.template.source[element.tag.span.clone()] {
            edits.replace(element.tag.span.clone(), start);
        }
        match (&element.inner, filled.or_else(|| self.json_ld(id))) {
            (Some(inner), Some(content)) => {
                edits.replace(inner.clone(), content);
                self.template.tree.from(inner.end)
            }
            _ => id + 1,
        }
    }

    /// The start tag of an element, and its content where an entry has it.
    pub(crate) fn start(&mut self, id: usize) -> (String, Option<String>) {
        self.seen[id] = true;
        let tag = &self.template.tree.0[id].tag;
        let mut sets = self.attributes(id);
        let (content, language) = self.content(id, !sets.is_empty());
        sets.extend(self.language(id, language));
        sets.extend(self.links.sets(tag));
        (start_tag(self.template.source, tag, &sets), content)
    }

    /// The language of the file, and of what is in another one. What the host says of an element stays.
    fn language(&self, id: usize, language: Option<&Locale>) -> Sets {
        let tag = &self.template.tree.0[id].tag;
        let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        if tag.is_html && tag.name == "html" {
            return vec![set("lang", self.locale.as_str()), set("dir", self.locale.direction())];
        }
        let other = language.filter(|locale| *locale != self.locale);
        let Some(other) = other.filter(|_| tag.attribute("lang").is_none()) else { return Sets::new() };
        let turns = other.direction() != self.locale.direction() && tag.attribute("dir").is_none();
        let mut sets = vec![set("lang", other.as_str())];
        sets.extend(turns.then(|| set("dir", other.direction())));
        sets
    }

    /// Whether there is no tagged element in it.
    fn is_plain(&self, id: usize) -> bool {
        let inner = self.template.tree.0[id].inner.clone().map(|inner| self.template.tree.within(&inner));
        let mut others = self.template.tree.0[inner.unwrap_or_default()].iter();
        others.all(|other| other.tag.attribute("data-copy").is_none())
    }

    /// The attributes that copy sets.
    fn attributes(&mut self, id: usize) -> Sets {
        let tag = &self.template.tree.0[id].tag;
        let Some(list) = tag.value("data-copy-attrs") else { return Sets::new() };
        let Some(key) = tag.value("data-copy") else {
            self.keep(id, format!("<{}>", tag.name), Why::NoKey);
            return Sets::new();
        };
        let mut sets = Sets::new();
        for attribute in names(list) {
            let entry = format!("{key}.{attribute}");
            let value = if is_allowed(&attribute, tag) {
                self.evaluated(id, &entry)
            } else {
                Err(Why::Attribute { attribute: attribute.clone(), tag: tag.name.clone() })
            };
            match value {
                Ok((_, pieces)) => sets.push((attribute, text(&pieces))),
                Err(why) => self.keep(id, entry, why),
            }
        }
        self.report.filled += sets.len();
        sets
    }

    fn content(&mut self, id: usize, has_attributes: bool) -> Shown<'r> {
        let tag = &self.template.tree.0[id].tag;
        let Some(key) = tag.value("data-copy") else { return (None, None) };
        match self.filled(id, key) {
            Ok((inner, locale)) => {
                self.report.filled += 1;
                return (Some(inner), Some(locale));
            }
            // It is there for its attributes.
            Err(Why::Element(_)) if tag.attribute("data-copy-attrs").is_some() => {}
            Err(Why::Missing(_)) if has_attributes => {}
            Err(why) => {
                // Where an entry needs arguments, the words that stay are in the language of the site itself.
                let stays = matches!(why, Why::Failed(_)) && self.is_plain(id);
                self.keep(id, key.to_owned(), why);
                return (None, stays.then(|| self.site.source()));
            }
        }
        (None, None)
    }

    fn filled(&mut self, id: usize, key: &str) -> Result<(String, &'r Locale), Why> {
        let element = &self.template.tree.0[id];
        let (tag, takes) = (&element.tag, takes(&element.tag));
        if takes == Takes::Nothing {
            return Err(Why::Element(tag.name.clone()));
        }
        if element.inner.is_none() {
            return Err(Why::Unclosed(tag.name.clone()));
        }
        let (locale, pieces) = self.evaluated(id, key)?;
        let inner = if takes == Takes::Words { escaped(&text(&pieces)) } else { self.markup(id, &pieces)? };
        let is_eaten = eats_line_break(&tag.name) && inner.starts_with('\n');
        Ok((if is_eaten { format!("\n{inner}") } else { inner }, locale))
    }

    /// What an entry says with the element's arguments, and the locale that it is in.
    fn evaluated(&self, id: usize, key: &str) -> Result<(&'r Locale, Vec<Piece>), Why> {
        let key: EntryKey = key.parse()?;
        let arguments = self.template.tree.0[id].tag.value("data-copy-args").map_or(Ok(Arguments::new()), arguments)?;
        let names = self.pages(id).ok_or(Why::NoPage)?;
        let pages: Result<Vec<PageId>, Invalid> = listed(names).map(str::parse).collect();
        let entry = self.site.entry(self.locale, &pages?, &key);
        let (locale, message) = entry.ok_or_else(|| Why::Missing(names.to_owned()))?;
        Ok((locale, evaluate(message, locale, &arguments)?))
    }

    /// The pages that an element's entries are on: what the innermost element around it says. Those of the
    /// body count outside it, too, so that the title has some.
    fn pages(&self, id: usize) -> Option<&'r str> {
        const PAGES: &str = "data-copy-page";
        let tree = &self.template.tree;
        let own = tree.chain(id).find_map(|element| element.tag.value(PAGES));
        own.or_else(|| tree.0[tree.first("body")?].tag.value(PAGES))
    }

    /// The value of an attribute of a message: its links stay in the visitor's language.
    pub(crate) fn localised(&self, attribute: Attribute, value: &str) -> String {
        let localised = if attribute == Attribute::Href { self.links.anchor(value, None) } else { None };
        localised.unwrap_or_else(|| value.to_owned())
    }

    /// The content of a script of JSON-LD, if any entry goes into it.
    fn json_ld(&mut self, id: usize) -> Option<String> {
        let element = &self.template.tree.0[id];
        let list = element.tag.value("data-copy-jsonld")?;
        let kind = element.tag.value("type").unwrap_or_default().trim_ascii();
        let is_script = element.tag.name == "script" && kind.eq_ignore_ascii_case("application/ld+json");
        let script = element.inner.clone().filter(|_| is_script).map(|inner| &self.template.source[inner]);
        let Some(mut json) = script.and_then(JsonLd::read) else {
            let why = "this is no <script type=\"application/ld+json\"> with a JSON object in it";
            self.keep(id, list.to_owned(), Why::JsonLd(why));
            return None;
        };
        let Some(members) = JsonLd::members(list) else {
            let why = "data-copy-jsonld is not a JSON object of members and keys";
            self.keep(id, list.to_owned(), Why::JsonLd(why));
            return None;
        };
        let before = self.report.filled;
        for (member, key) in members {
            match self.evaluated(id, &key) {
                Ok((_, pieces)) if json.set(&member, text(&pieces)) => self.report.filled += 1,
                Ok(_) => self.keep(id, key, Why::JsonLd("there is nothing in the script where the pointer leads")),
                Err(why) => self.keep(id, key, why),
            }
        }
        (self.report.filled > before).then(|| json.write())
    }

    /// Tagged elements that went with what was around them.
    fn lost(&mut self) {
        for id in 0..self.seen.len() {
            let key = self.template.tree.0[id].tag.value("data-copy");
            if let (false, Some(key)) = (self.seen[id] || self.dropped.contains(&id), key) {
                self.keep(id, key.to_owned(), Why::Inside);
            }
        }
    }

    fn keep(&mut self, id: usize, what: String, why: Why) {
        let line = self.template.line(self.template.tree.0[id].tag.span.start);
        self.report.kept.push(Kept { line, what, why });
    }
}

/// `data-copy-args`: texts and numbers by name.
fn arguments(json: &str) -> Result<Arguments, Why> {
    let malformed = |error: String| Why::Arguments(error);
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|error| malformed(error.to_string()))?;
    let argument = |(name, value): (String, serde_json::Value)| {
        let value = match &value {
            serde_json::Value::String(text) => Some(Value::Text(text.clone())),
            value => value.as_f64().filter(|number| number.is_finite()).map(Value::Number),
        };
        value.map(|value| (name.clone(), value)).ok_or_else(|| malformed(format!("{name} is neither")))
    };
    map.into_iter().map(argument).collect()
}
