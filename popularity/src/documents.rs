//! Views of a site without beacons, from its own server's log: requests for documents. What they are called is
//! their path; the page before is the referer, when it is on the same site.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use crate::format::combined::path_and_query;
use crate::format::{Parsed, Parser};
use crate::lines::Lines;
use crate::robots::is_robot;
use crate::{Request, View, Views};

/// The most bytes of a path: longer ones are of attacks.
const PATH_BYTES: usize = 1024;

/// The most hosts among which the site's own is looked for.
const HOSTS: usize = 10_000;

/// The documents of one site.
#[derive(Clone, Debug)]
pub struct Documents {
    host: String,
}

impl Documents {
    /// Those of the site at this host. A leading `www.` makes no difference, here and in the log.
    pub fn of(host: &str) -> Self {
        Self { host: plain_host(host) }
    }

    /// The host that is named most as a referer: a site's own pages ask for their images and scripts.
    pub fn host_in(log: impl BufRead) -> io::Result<Option<String>> {
        let mut lines = Lines::new(log);
        let mut parser = Parser::default();
        let mut hosts: BTreeMap<String, u64> = BTreeMap::new();
        while let Some(line) = lines.next()? {
            let Some(Parsed::Request(request)) = line.text().map(|line| parser.parse(line)) else { continue };
            let Some(host) = request.referer.as_deref().and_then(host_of) else { continue };
            let host = plain_host(host);
            if hosts.len() < HOSTS || hosts.contains_key(&host) {
                *hosts.entry(host).or_default() += 1;
            }
        }
        // The first by name among equals.
        Ok(hosts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(host, _)| host))
    }

    /// Whether a request is for a part of a page of the site: an image, a script, a style. Only browsers load them
    /// with the page that they belong to.
    pub(crate) fn is_part(&self, request: &Request<'_>) -> bool {
        let robot = request.agent.as_deref().is_some_and(is_robot);
        let well = matches!(request.status, 200 | 206 | 304);
        let own = request.referer.as_deref().and_then(host_of).is_some_and(|host| plain_host(host) == self.host);
        own && well && !robot && !is_document(&request.path, &request.query)
    }

    fn previous(&self, referer: &str) -> Option<String> {
        let own = plain_host(host_of(referer)?) == self.host;
        let (path, query) = path_and_query(referer);
        (own && is_document(path, query)).then(|| path.to_owned())
    }
}

impl Views for Documents {
    type View = View<String>;

    fn views(&self, request: &Request<'_>) -> Vec<View<String>> {
        let robot = request.agent.as_deref().is_some_and(is_robot);
        let got = request.method.as_deref().is_none_or(|method| method == "GET");
        let well = matches!(request.status, 200 | 304);
        if robot || !got || !well || !is_document(&request.path, &request.query) {
            return Vec::new();
        }
        let previous = request.referer.as_deref().and_then(|referer| self.previous(referer));
        vec![View { page: request.path.clone().into_owned(), previous }]
    }
}

/// The host of an address, as it stands there.
fn host_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    (matches!(scheme, "http" | "https") && !host.is_empty()).then_some(host)
}

/// Without what makes no other site: case, `www.`, the port.
fn plain_host(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host)
        .to_owned()
}

/// Whether a path looks like a document: no extension or one of documents, and no feed.
fn is_document(path: &str, query: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let document = match extension(name) {
        Some(extension) => matches!(extension.to_ascii_lowercase().as_str(), "html" | "htm" | "php"),
        None => !is_feed(name),
    };
    // Blosxom has ?flav=rss20, WordPress ?feed=atom.
    let feed = query.split(['&', ';', '=']).any(is_feed);
    path.starts_with('/') && path.len() <= PATH_BYTES && document && !feed
}

/// What follows the last dot, when it is no version's number.
fn extension(name: &str) -> Option<&str> {
    let (_, extension) = name.rsplit_once('.')?;
    extension.contains(|c: char| c.is_ascii_alphabetic()).then_some(extension)
}

fn is_feed(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["rss", "atom", "feed"]
        .iter()
        .any(|feed| name.strip_prefix(feed).is_some_and(|rest| rest == "s" || rest.bytes().all(|b| b.is_ascii_digit())))
}

#[cfg(test)]
mod tests;
