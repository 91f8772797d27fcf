//! What stands between the copy and its release: findings of every value, and how far each
//! translation has come.

use std::collections::BTreeMap;

use axum::extract::State;
use copydesk_schema::change::DraftId;
use copydesk_schema::message::check::{Code, Finding, Severity};
use copydesk_schema::structure::Page as HomePage;
use copydesk_schema::{Locale, PageId, ProjectId, Seq};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::checks::Checking;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::state::App;
use crate::structures::Known;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_checks))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only this locale.
    locale: Option<Locale>,
    /// Only this page.
    page: Option<PageId>,
    /// Only entries with this kind of finding.
    code: Option<Code>,
    /// Only entries in this state.
    state: Option<EntryState>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many items: 1 to 1000, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// How far an entry has come in a locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EntryState {
    /// It has no value here.
    Missing,
    /// The source text was saved after it.
    Outdated,
    /// There is something to be said of it.
    Findings,
    /// None of these.
    Done,
}

#[derive(Serialize, ToSchema)]
struct Checks {
    /// The newest event that was looked at.
    seq: Seq,
    /// Findings, by locale.
    counts: BTreeMap<Locale, Counts>,
    /// How far each locale has come.
    progress: BTreeMap<Locale, LocaleProgress>,
    /// The entries that are not done, by locale, page and key.
    items: Vec<Item>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
}

#[derive(Default, Serialize, ToSchema)]
#[schema(as = FindingCounts)]
struct Counts {
    errors: usize,
    warnings: usize,
    /// By kind.
    codes: BTreeMap<Code, usize>,
}

#[derive(Default, Serialize, ToSchema)]
struct LocaleProgress {
    #[serde(flatten)]
    all: Progress,
    pages: BTreeMap<PageId, Progress>,
}

/// Entries by state: each is counted once, in the first state that holds.
#[derive(Clone, Copy, Default, Serialize, ToSchema)]
struct Progress {
    entries: usize,
    missing: usize,
    outdated: usize,
    findings: usize,
    done: usize,
}

impl Progress {
    fn add(&mut self, state: EntryState) {
        self.entries += 1;
        match state {
            EntryState::Missing => self.missing += 1,
            EntryState::Outdated => self.outdated += 1,
            EntryState::Findings => self.findings += 1,
            EntryState::Done => self.done += 1,
        }
    }
}

/// An entry that somebody should look at.
#[derive(Serialize, ToSchema)]
#[schema(as = EntryToLookAt)]
struct Item {
    #[serde(flatten)]
    at: DraftId,
    state: EntryState,
    /// The draft's version; absent for nothing saved.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Seq>,
    findings: Vec<Finding>,
}

/// Everything that is to be said of a project, a page or a locale before it is published, and how
/// far translations have come.
#[utoipa::path(get, path = "/projects/{project}/checks", params(("project" = ProjectId, Path), Filter), responses((status = 200, body = Checks), Failures))]
async fn list_checks(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(filter): Query<Filter>,
) -> Result<Json<Checks>, Problem> {
    let (known, seq) = app.structures.now(&app.reader, &project).await?;
    let (locales, pages) = scope(&project, &known, &filter)?;
    let mut checks = Checks { seq, counts: BTreeMap::new(), progress: BTreeMap::new(), items: Vec::new(), next: None };
    let mut checking = Checking::new(&app.reader, &project, &known);
    let mut items = Vec::new();
    if let (Some(first), Some(last)) = (pages.first(), pages.last()) {
        checking.copies.turn_to(pages.iter().cloned());
        // The source text stays while one locale after the other is held against it.
        let source = known.structure.source();
        if let Some(source) = source {
            checking.read(source, first, last).await?;
        }
        for locale in locales {
            if source != Some(&locale) {
                checking.read(&locale, first, last).await?;
            }
            look(&mut checking, &locale, &pages, &mut checks, &mut items).await?;
            if source != Some(&locale) {
                checking.copies.drop_locale(&locale);
            }
        }
    }
    items.retain(|item| {
        filter.state.is_none_or(|state| item.state == state)
            && filter.code.is_none_or(|code| item.findings.iter().any(|finding| finding.code == code))
    });
    let paging = Paging { cursor: filter.cursor, limit: filter.limit };
    let page = Page::of(items, &paging, |item| format!("{} {} {}", item.at.locale, item.at.page, item.at.key))?;
    Ok(Json(Checks { items: page.items, next: page.next, ..checks }))
}

/// The locales and pages that are asked for.
fn scope(project: &ProjectId, known: &Known, filter: &Filter) -> Result<(Vec<Locale>, Vec<PageId>), Problem> {
    let structure = &known.structure;
    if structure.existing_project().is_none() {
        return Err(Problem::not_found(format!("project {project}")));
    }
    let locales: Vec<Locale> = match &filter.locale {
        Some(locale) if structure.locale(locale).is_none() => {
            return Err(Problem::not_found(format!("locale {locale} in project {project}")));
        }
        Some(locale) => vec![locale.clone()],
        None => structure.existing_locales().map(|(locale, _)| locale.clone()).collect(),
    };
    let pages: Vec<PageId> = match &filter.page {
        Some(page) if structure.page(page).is_none() => {
            return Err(Problem::not_found(format!("page {page} in project {project}")));
        }
        Some(page) => vec![page.clone()],
        None => structure.existing_pages().map(|(page, _)| page.clone()).collect(),
    };
    Ok((locales, pages))
}

async fn look(
    checking: &mut Checking<'_>,
    locale: &Locale,
    pages: &[PageId],
    checks: &mut Checks,
    items: &mut Vec<Item>,
) -> Result<(), Problem> {
    let known = checking.known;
    let counts = checks.counts.entry(locale.clone()).or_default();
    let progress = checks.progress.entry(locale.clone()).or_default();
    for page in pages {
        // Others are served in between.
        tokio::task::yield_now().await;
        let of_page = progress.pages.entry(page.clone()).or_default();
        for (key, _) in known.structure.page(page).into_iter().flat_map(HomePage::existing_entries) {
            let at = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
            let (state, findings) = state_of(checking, &at).await?;
            let version = checking.value(&at).map(|(_, version)| version);
            of_page.add(state);
            progress.all.add(state);
            count(counts, &findings);
            if state != EntryState::Done {
                items.push(Item { at, state, version, findings });
            }
        }
    }
    Ok(())
}

/// How far an entry has come, and what is to be said of it.
pub(super) async fn state_of(checking: &mut Checking<'_>, at: &DraftId) -> Result<(EntryState, Vec<Finding>), Problem> {
    let Some(findings) = checking.findings(at).await? else { return Ok((EntryState::Missing, Vec::new())) };
    let version = checking.copies.draft(at).map(|draft| draft.seq);
    let state = match &findings {
        _ if is_outdated(checking, at, version) => EntryState::Outdated,
        findings if findings.is_empty() => EntryState::Done,
        _ => EntryState::Findings,
    };
    Ok((state, findings))
}

/// Whether the source text was saved after its translation.
fn is_outdated(checking: &Checking<'_>, at: &DraftId, version: Option<Seq>) -> bool {
    let Some(locale) = checking.source_for(&at.locale) else { return false };
    let source = checking.copies.draft(&DraftId { locale, ..at.clone() });
    source.is_some_and(|source| source.value.is_some() && version.is_some_and(|version| source.seq > version))
}

fn count(counts: &mut Counts, findings: &[Finding]) {
    for finding in findings {
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
        }
        *counts.codes.entry(finding.code).or_default() += 1;
    }
}
