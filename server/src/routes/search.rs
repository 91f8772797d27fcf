//! Finding entries by their key, their source text or their own text, in every locale at once.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use copydesk_schema::change::DraftId;
use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::structure::Page as HomePage;
use copydesk_schema::{Actor, EntryKey, Locale, PageId, Pattern, ProjectId, Seq, Structure, Subject, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::changes::live_release;
use crate::checks::Checking;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;
use crate::structures::Known;
use crate::texts::{Drafts, Text, fold};

/// The most characters that are looked for, besides blanks.
const MOST: usize = 200;
/// Texts that are checked for one search, at most.
const CHECKED: usize = 6_000;
/// Texts that are checked before others are served.
const OTHERS: usize = 100;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// What has to be in the key, the source text or the text itself, in whatever letters: all of what stands between
    /// blanks or signs, in any order, or in double quotes exactly that. At most 200 characters, blanks not counted.
    q: Option<String>,
    /// Only this locale; all when absent.
    locale: Option<Locale>,
    /// Only this page.
    page: Option<PageId>,
    /// Only entries in this state.
    #[param(inline)]
    state: Option<SearchState>,
    /// Only texts that this person or token saved last.
    by: Option<Subject>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most so many items: 1 to 1000, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// How an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum SearchState {
    /// It has no text here.
    Missing,
    /// The source text was saved after it.
    Outdated,
    /// There is something to be said of it.
    Findings,
    /// It was saved after what is live.
    Changed,
}

#[derive(Serialize, ToSchema)]
struct Found {
    /// The newest event that was looked at.
    seq: Seq,
    /// How many there are.
    total: usize,
    /// How many there are in each locale.
    locales: BTreeMap<Locale, usize>,
    /// The entries, by locale, page and key.
    items: Vec<Item>,
    /// The cursor of the next page; null on the last one.
    next: Option<String>,
}

/// An entry that was found.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = FoundEntry)]
struct Item {
    locale: Locale,
    page: PageId,
    key: EntryKey,
    /// Its own text; null where it has none.
    value: Option<Pattern>,
    /// The source text; null where it has none, and in the source locale.
    source: Option<Pattern>,
    /// The text's version; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Seq>,
    /// Who saved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Actor>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Timestamp>,
}

/// Finds entries. What is looked for may be in any language: it is found wherever it stands in a text. Replacing is
/// saving: each item says its version.
#[utoipa::path(get, path = "/projects/{project}/search", params(("project" = ProjectId, Path), Filter), responses((status = 200, body = Found), Failures))]
async fn search(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(filter): Query<Filter>,
) -> Result<Json<Found>, Problem> {
    let (known, tip) = app.structures.now(&app.reader, &project).await?;
    let structure = &known.structure;
    if structure.existing_project().is_none() {
        return Err(Problem::not_found(format!("project {project}")));
    }
    if let Some(locale) = filter.locale.as_ref().filter(|locale| structure.locale(locale).is_none()) {
        return Err(Problem::not_found(format!("locale {locale} in project {project}")));
    }
    if let Some(page) = filter.page.as_ref().filter(|page| structure.page(page).is_none()) {
        return Err(Problem::not_found(format!("page {page} in project {project}")));
    }
    let wanted = filter.q.as_deref().unwrap_or_default();
    if wanted.chars().filter(|one| !one.is_whitespace()).count() > MOST {
        return Err(Problem::new(Kind::LimitExceeded, format!("q has at most {MOST} characters, blanks not counted")));
    }
    let drafts = app.texts.now(&app.reader, &project, structure, tip).await?;
    let paging = Paging { cursor: filter.cursor.clone(), limit: filter.limit };
    let live = match filter.state {
        Some(SearchState::Changed) => live_release(&app, &project, &app.reader.release_head(&project).await?).await?,
        _ => None,
    };
    let looking = Looking { structure, drafts: &drafts, filter: &filter, wanted: words(wanted), live: live.as_ref() };
    let mut hits = looking.hits();
    if filter.state == Some(SearchState::Findings) {
        hits = with_findings(&app, &project, &known, &drafts, hits).await?;
    }
    let mut locales = BTreeMap::new();
    for hit in &hits {
        *locales.entry(hit.locale.clone()).or_default() += 1;
    }
    let total = hits.len();
    let page = Page::of(hits, &paging, |hit| format!("{} {} {}", hit.locale, hit.page, hit.key))?;
    Ok(Json(Found { seq: tip, total, locales, items: page.items.iter().map(Item::from).collect(), next: page.next }))
}

/// What is looked for, in small letters: the words of what was typed, or what stands in quotes. Where a language has no
/// blanks between its words, whoever asks puts them there: browsers have a dictionary for that, and two megabytes of one
/// would be read at each cold start here.
fn words(typed: &str) -> Vec<String> {
    let typed = fold(typed.trim());
    if let Some(exact) = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return if exact.is_empty() { Vec::new() } else { vec![exact.to_owned()] };
    }
    let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    let words: Vec<String> = typed.split(is_between).map(bare).filter(|word| !word.is_empty()).collect();
    // Signs alone are looked for as they are.
    if words.is_empty() && !typed.is_empty() { vec![typed] } else { words }
}

/// Whether it stands between words: a blank, or a sign. Some words have signs in them, such as "don't", example.com and
/// home-title. (What is neither a letter nor a sign, such as a vowel that is written above one, belongs to its word.)
fn is_between(one: char) -> bool {
    match one {
        '\'' | '-' | '.' | '_' | '\u{2019}' => false,
        '\u{a0}'..='\u{bf}'
        | '\u{200b}'
        | '\u{2010}'..='\u{205e}'
        | '\u{3000}'..='\u{303f}'
        | '\u{ff01}'..='\u{ff0f}' => !one.is_alphanumeric(),
        '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{ff1a}'..='\u{ff20}' => true,
        _ => one.is_whitespace() || one.is_ascii_punctuation(),
    }
}

/// Those of which there is something to be said.
async fn with_findings<'l>(
    app: &App,
    project: &ProjectId,
    known: &Known,
    drafts: &Drafts,
    hits: Vec<Hit<'l>>,
) -> Result<Vec<Hit<'l>>, Problem> {
    if hits.len() > CHECKED {
        let detail = format!("findings are looked for in at most {CHECKED} texts: choose a language or a page");
        return Err(Problem::new(Kind::LimitExceeded, detail));
    }
    let mut checking = Checking::new(&app.reader, project, known);
    let pages: BTreeSet<PageId> = hits.iter().map(|hit| hit.page.clone()).collect();
    let locales: BTreeSet<&Locale> = hits.iter().map(|hit| hit.locale).chain(known.structure.source()).collect();
    checking.copies.turn_to(pages.iter().cloned());
    for locale in locales {
        checking.copies.add_locale(locale.clone(), drafts.on(locale, &pages));
    }
    let mut found = Vec::new();
    for (count, hit) in hits.into_iter().enumerate() {
        if count % OTHERS == 0 {
            // Others are served in between.
            tokio::task::yield_now().await;
        }
        let at = DraftId { locale: hit.locale.clone(), page: hit.page.clone(), key: hit.key.clone() };
        if checking.findings(&at).await?.is_some_and(|findings| !findings.is_empty()) {
            found.push(hit);
        }
    }
    Ok(found)
}

/// An entry that was found, as far as it has to be known of all.
struct Hit<'l> {
    locale: &'l Locale,
    page: &'l PageId,
    key: &'l EntryKey,
    own: Option<&'l Text>,
    source: Option<&'l Text>,
}

impl From<&Hit<'_>> for Item {
    fn from(hit: &Hit<'_>) -> Self {
        let value = |text: Option<&Text>| text.and_then(|text| text.value.clone());
        Self {
            locale: hit.locale.clone(),
            page: hit.page.clone(),
            key: hit.key.clone(),
            value: value(hit.own),
            source: value(hit.source),
            version: hit.own.map(|text| text.seq),
            by: hit.own.map(|text| text.by.clone()),
            at: hit.own.map(|text| text.at),
        }
    }
}

struct Looking<'l> {
    structure: &'l Structure,
    drafts: &'l Drafts,
    filter: &'l Filter,
    /// All of these have to be in it, in small letters.
    wanted: Vec<String>,
    live: Option<&'l ReleaseFile>,
}

impl<'l> Looking<'l> {
    fn hits(&self) -> Vec<Hit<'l>> {
        let is_wanted = |locale: &&Locale| self.filter.locale.as_ref().is_none_or(|only| only == *locale);
        let locales = self.structure.existing_locales().map(|(locale, _)| locale).filter(is_wanted);
        locales.flat_map(|locale| self.in_locale(locale)).collect()
    }

    fn in_locale(&self, locale: &'l Locale) -> impl Iterator<Item = Hit<'l>> {
        let is_wanted = |page: &PageId| self.filter.page.as_ref().is_none_or(|only| only == page);
        let pages = self.structure.existing_pages().filter(move |(page, _)| is_wanted(page));
        pages.flat_map(move |(page, home)| {
            HomePage::existing_entries(home).filter_map(move |(key, _)| self.hit(locale, page, key))
        })
    }

    /// A draft that exists.
    fn text(&self, locale: &Locale, page: &PageId, key: &EntryKey) -> Option<&'l Text> {
        let text = self.drafts.get(locale, page, key).filter(|text| text.value.is_some())?;
        let born = self.structure.locale(locale)?.born.max(self.structure.entry(page, key)?.born);
        (text.seq > born).then_some(text)
    }

    fn is_in(&self, folded: &str) -> bool {
        self.wanted.iter().all(|word| folded.contains(word.as_str()))
    }

    fn hit(&self, locale: &'l Locale, page: &'l PageId, key: &'l EntryKey) -> Option<Hit<'l>> {
        let own = self.text(locale, page, key);
        let source = self.structure.source().filter(|source| *source != locale);
        let source = source.and_then(|source| self.text(source, page, key));
        let is_in = |text: Option<&Text>| text.is_some_and(|text| self.is_in(&text.folded));
        let is_found = self.wanted.is_empty() || is_in(own) || is_in(source) || self.is_in(&fold(key.as_str()));
        let is_of = self.filter.by.as_ref().is_none_or(|by| own.is_some_and(|text| text.by.subject == *by.as_str()));
        let is_in_state = match self.filter.state {
            None => true,
            Some(SearchState::Missing) => own.is_none(),
            Some(SearchState::Findings) => own.is_some(),
            Some(SearchState::Changed) => own.is_some_and(|own| {
                let file = self.live.and_then(|live| live.file(locale, page));
                file.is_none_or(|file| own.seq > file.cut)
            }),
            Some(SearchState::Outdated) => own.zip(source).is_some_and(|(own, source)| source.seq > own.seq),
        };
        (is_found && is_of && is_in_state).then_some(Hit { locale, page, key, own, source })
    }
}
