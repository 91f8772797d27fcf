//! Views that the site script reports: `GET /{project}/seen.json?page=a,b&from=c,d`, the pages whose copy is shown and
//! those that were shown before. The line in the log is the count; page files come from caches that write no log.

use copydesk_schema::objects::ObjectKey;
use copydesk_schema::{PageId, ProjectId};

use crate::robots::is_robot;
use crate::{Request, View, Views};

/// The most pages on either side: more than any page of a site has.
const PAGES: usize = 20;

/// The beacons of one project.
#[derive(Clone, Debug)]
pub struct Beacons {
    path: String,
}

/// The beacons of whatever projects there are.
#[derive(Clone, Copy, Debug)]
pub struct AllBeacons;

impl Beacons {
    /// Those of this project.
    pub fn of(project: &ProjectId) -> Self {
        Self { path: path(project) }
    }
}

impl Views for Beacons {
    type View = View<PageId>;

    fn views(&self, request: &Request<'_>) -> Vec<View<PageId>> {
        if request.path == self.path { seen(request) } else { Vec::new() }
    }
}

impl Views for AllBeacons {
    type View = (ProjectId, View<PageId>);

    fn views(&self, request: &Request<'_>) -> Vec<Self::View> {
        let project = request.path.split('/').nth(1).and_then(|slug| slug.parse::<ProjectId>().ok());
        let project = project.filter(|project| request.path == path(project));
        project.map_or_else(Vec::new, |project| seen(request).into_iter().map(|view| (project.clone(), view)).collect())
    }
}

/// Where the pages of a project's site report to.
fn path(project: &ProjectId) -> String {
    format!("/{}", ObjectKey::Seen(project.clone()))
}

/// What a report says. Pages that are on both sides, such as the copy of a footer, lead nowhere and are not led to.
fn seen(request: &Request<'_>) -> Vec<View<PageId>> {
    let robot = request.agent.as_deref().is_some_and(is_robot);
    let got = request.method.as_deref().is_none_or(|method| method == "GET");
    // 0: the visitor had gone on before the answer came, and had seen the page.
    let well = matches!(request.status, 0 | 200 | 204 | 304);
    if robot || !got || !well {
        return Vec::new();
    }
    let (Some(pages), Some(from)) = (names(&request.query, "page"), names(&request.query, "from")) else {
        return Vec::new();
    };
    let (shown, left) = (new(&pages, &from), new(&from, &pages));
    if left.is_empty() {
        // Of a first view nobody can tell what other pages show too: what it names first is its own.
        return shown.into_iter().take(1).map(|page| View { page, previous: None }).collect();
    }
    let way = |previous: &PageId, page: &PageId| View { page: page.clone(), previous: Some(previous.clone()) };
    shown.iter().flat_map(|page| left.iter().map(move |previous| way(previous, page))).collect()
}

/// The pages that a parameter names; `None` where something in it is no page's name.
fn names(query: &str, parameter: &str) -> Option<Vec<PageId>> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(parameter)?.strip_prefix('='));
    let value = value.unwrap_or_default().replace("%2C", ",");
    let names = value.split(',').filter(|name| !name.is_empty()).take(PAGES);
    names.map(|name| name.parse().ok()).collect()
}

/// Those that are not among the others, each once.
fn new(pages: &[PageId], others: &[PageId]) -> Vec<PageId> {
    let mut new: Vec<PageId> = Vec::new();
    for page in pages {
        if !others.contains(page) && !new.contains(page) {
            new.push(page.clone());
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query: &str) -> Request<'_> {
        let path = "/acme/seen.json".into();
        Request { method: None, path, query: query.into(), status: 200, referer: None, agent: None }
    }

    #[track_caller]
    fn check(request: &Request<'_>, expect: &[(&str, Option<&str>)]) {
        let views = Beacons::of(&"acme".parse().unwrap()).views(request);
        // Among those of all projects they are the same.
        let all = AllBeacons.views(request).into_iter().filter(|(project, _)| project.as_str() == "acme");
        assert_eq!(all.map(|(_, view)| view).collect::<Vec<_>>(), views, "{request:?}");
        let found: Vec<(&str, Option<&str>)> =
            views.iter().map(|view| (view.page.as_str(), view.previous.as_ref().map(PageId::as_str))).collect();
        assert_eq!(found, expect, "{request:?}");
    }

    #[test]
    fn a_beacon_is_a_view() {
        check(&request("page=pricing&from="), &[("pricing", None)]);
        check(&request("page=pricing"), &[("pricing", None)]);
        check(&request("page=pricing&from=home"), &[("pricing", Some("home"))]);
        check(&request("page=pricing,terms&from=home"), &[("pricing", Some("home")), ("terms", Some("home"))]);
        check(&request("page=pricing%2Cpricing&from=home"), &[("pricing", Some("home"))]);
    }

    #[test]
    fn what_every_page_shows_leads_nowhere() {
        check(&request("page=pricing,footer&from=home,footer"), &[("pricing", Some("home"))]);
        check(&request("page=home,footer&from=home,footer"), &[]);
        check(&request("page=home,footer&from="), &[("home", None)]);
    }

    #[test]
    fn what_is_no_beacon_of_the_project_is_no_view() {
        for query in ["", "page=", "page=pri%63ing", "page=a/b", "from=home", "page=a&from=<b>"] {
            check(&request(query), &[]);
        }
        for path in ["/other/seen.json", "/acme/live.json", "acme/seen.json", "/acme/seen.json/", ""] {
            check(&Request { path: path.into(), ..request("page=pricing") }, &[]);
        }
    }

    #[test]
    fn errors_robots_and_other_methods_are_no_views() {
        let beacon = request("page=pricing");
        check(&Request { status: 0, ..beacon.clone() }, &[("pricing", None)]);
        check(&Request { status: 403, ..beacon.clone() }, &[]);
        check(&Request { method: Some("GET".into()), ..beacon.clone() }, &[("pricing", None)]);
        check(&Request { method: Some("HEAD".into()), ..beacon.clone() }, &[]);
        check(&Request { agent: Some("Mozilla/5.0%20Firefox/130.0".into()), ..beacon.clone() }, &[("pricing", None)]);
        check(&Request { agent: Some("Googlebot/2.1".into()), ..beacon }, &[]);
    }
}
