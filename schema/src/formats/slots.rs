//! `<a { $attrs }>`: frequent in Fluent files whose programs paste attributes into markup. The page
//! owns such an element; its name says which one it is.

use crate::{Kind, Pattern};

/// Turns variables that stand for attributes into names of slots: `<a data-copy-name="attrs">`.
/// Gives the names; empty when there is nothing to turn.
pub(super) fn name_slots(pattern: &Pattern) -> (Pattern, Vec<String>) {
    if super::kind_of(pattern) != Kind::Html || !pattern.as_str().contains('{') {
        return (pattern.clone(), Vec::new());
    }
    let (mut source, mut names) = (String::new(), Vec::new());
    let mut rest = pattern.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        source.push_str(before);
        let Some(length) = tag_length(tag) else {
            source.push_str(tag);
            rest = "";
            break;
        };
        source.push_str(&name_in_tag(&tag[..length], &mut names));
        rest = &tag[length..];
    }
    source.push_str(rest);
    match Pattern::parse(&source) {
        Ok(pattern) if !names.is_empty() => (pattern, names),
        _ => (pattern.clone(), Vec::new()),
    }
}

/// How far a tag reaches: to its `>` outside of quotes and braces; 1 where no tag begins, nothing
/// where it does not end.
fn tag_length(text: &str) -> Option<usize> {
    if !text[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some(1);
    }
    let (mut quote, mut braces) = (None, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            _ if braces > 0 => {}
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '>' if quote.is_none() => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A tag with its one variable turned into a name. With more of them, nobody can say what is what.
fn name_in_tag(tag: &str, names: &mut Vec<String>) -> String {
    let found = variables(tag);
    let [(begin, end, name)] = found.as_slice() else { return tag.to_owned() };
    if tag.contains("data-copy-name") {
        return tag.to_owned();
    }
    names.push(name.clone());
    format!("{}data-copy-name=\"{name}\"{}", &tag[..*begin], &tag[*end..])
}

/// The variables that stand for attributes, or for the whole value of one that cannot hold them:
/// where what has to be replaced begins and ends, and their names.
fn variables(tag: &str) -> Vec<(usize, usize, String)> {
    let (mut found, mut quote, mut skip) = (Vec::new(), None, 0);
    for (at, c) in tag.char_indices().filter(|(at, _)| *at > 0) {
        match c {
            _ if at < skip => {}
            '"' | '\'' if quote.is_some_and(|(_, open)| open == c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some((at, c)),
            '{' => {
                let end = tag[at..].find('}').map_or(tag.len(), |end| at + end + 1);
                skip = end;
                let name = tag[at..end].trim_matches(['{', '}', ' ']).strip_prefix('$').map(str::trim);
                let Some(name) = name else { continue };
                let (begin, end) = match quote {
                    Some((open, mark)) if open + 1 == at && tag[end..].starts_with(mark) => (open, end + 1),
                    Some(_) => continue,
                    None => (at, end),
                };
                let before = tag[..begin].trim_end();
                let begin = match before.strip_suffix('=') {
                    None => begin,
                    Some(before) => {
                        let attribute = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
                        if attribute.eq_ignore_ascii_case("href") || attribute.eq_ignore_ascii_case("title") {
                            continue;
                        }
                        before.trim_end().len() - attribute.len()
                    }
                };
                found.push((begin, end, name.to_owned()));
            }
            _ => {}
        }
    }
    found
}
