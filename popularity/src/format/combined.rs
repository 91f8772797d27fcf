//! Apache's and nginx's combined format:
//! `address identity user [time] "GET /path HTTP/1.1" status bytes "referer" "agent"`.
//! Source: "Log Files" of the Apache HTTP Server documentation, and nginx's `ngx_http_log_module`.

use std::borrow::Cow;

use super::{Request, said};

/// The fields of a line, as they stand there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields<'l> {
    /// Address, identity, user, and the time without its closing bracket. Only the benchmark looks at it.
    pub(crate) head: &'l str,
    request: &'l str,
    status: &'l str,
    /// The size of the answer, `-` for none.
    pub(crate) bytes: &'l str,
    referer: Option<&'l str>,
    agent: Option<&'l str>,
}

impl<'l> Fields<'l> {
    pub(crate) fn of(line: &'l str) -> Option<Self> {
        let (head, rest) = line.split_once("] \"")?;
        let (request, rest) = quoted(rest)?;
        let (status, rest) = rest.strip_prefix(' ')?.split_once(' ')?;
        let (bytes, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let (referer, rest) = if rest.is_empty() { (None, rest) } else { next_quoted(rest)? };
        let (agent, _) = if rest.is_empty() { (None, rest) } else { next_quoted(rest.strip_prefix(' ')?)? };
        Some(Self { head, request, status, bytes, referer, agent })
    }

    pub(crate) fn request(&self) -> Option<Request<'l>> {
        // Without a protocol it would be HTTP/0.9, which only scanners send.
        let (target, _protocol) = self.request.rsplit_once(' ')?;
        let (method, target) = target.split_once(' ')?;
        let (path, query) = path_and_query(target);
        Some(Request {
            method: Some(method.into()),
            path: path.into(),
            query: query.into(),
            status: self.status.parse().ok()?,
            referer: self.referer.map(Cow::Borrowed).and_then(said),
            agent: self.agent.map(|agent| if agent.is_empty() { "-".into() } else { agent.into() }),
        })
    }
}

pub(super) fn request(line: &str) -> Option<Request<'_>> {
    Fields::of(line)?.request()
}

fn next_quoted(text: &str) -> Option<(Option<&str>, &str)> {
    quoted(text.strip_prefix('"')?).map(|(inside, rest)| (Some(inside), rest))
}

/// Up to the quote that ends it, and what follows. A quote inside is written `\"`.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// The parts of what was asked for: a path, or a whole address as proxies are asked.
pub(crate) fn path_and_query(target: &str) -> (&str, &str) {
    let target = target.split('#').next().unwrap_or_default();
    let path = match target.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => rest.find('/').map_or("/", |at| &rest[at..]),
        _ => target,
    };
    path.split_once('?').unwrap_or((path, ""))
}
