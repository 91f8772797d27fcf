//! Copy as files: what one holds, before anything of it is saved, and a page written as one.

use axum::extract::{DefaultBodyLimit, State};
use copydesk_schema::change::{DraftId, EntryInfo};
use copydesk_schema::formats::file::{Contents, Format};
use copydesk_schema::formats::sheet::{Sheet, Unit};
use copydesk_schema::formats::{Message, Skipped, page_of_path, path_of_page};
use copydesk_schema::limits::ENTRIES_PER_PAGE;
use copydesk_schema::structure::Page as Home;
use copydesk_schema::{EntryKey, Kind as EntryKind, Locale, PageId, Pattern, ProjectId, Seq};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::checks::{EntryState, state_of};
use super::drafts::PATCH_BYTES;
use super::lookup;
use crate::checks::Checking;
use crate::extract::{Json, Path, Query};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// The most texts of a file: a page has no more, with as many source texts.
const MOST: usize = 2 * ENTRIES_PER_PAGE;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_file))
        .layer(DefaultBodyLimit::max(PATCH_BYTES))
        .routes(routes!(write_file))
}

/// A file that somebody has.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GivenFile {
    /// Its format.
    format: Format,
    /// Its name with the folders it lies in, such as `de/shop/cart.po`: they say locale and page where the file itself
    /// does not.
    #[serde(default)]
    name: String,
    /// What is in it. At most 8 MiB.
    text: String,
}

/// What is in a file.
#[derive(Serialize, ToSchema)]
struct FileContents {
    /// The locale that it is in; null where neither the file nor its name says it.
    locale: Option<Locale>,
    /// The page that it belongs to; null where neither says it.
    page: Option<PageId>,
    /// The locale that it was translated from, where the file says it.
    source: Option<Locale>,
    /// Its texts, in the file's order.
    messages: Vec<FileMessage>,
    /// Source texts beside translations, where the file is no export of ours: for entries that have none yet.
    sources: Vec<FileMessage>,
    /// What cannot be taken.
    skipped: Vec<FileRemark>,
    /// What is taken, but not as it is.
    changed: Vec<FileRemark>,
}

#[derive(Serialize, ToSchema)]
struct FileMessage {
    key: EntryKey,
    /// The source of a Fluent pattern.
    value: Pattern,
    /// What it may hold, as the file says it or its text shows.
    kind: EntryKind,
    /// What the file says about it.
    note: String,
    /// The version that it was exported from: what a save of it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Seq>,
    /// The version of the source text that it was translated from.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_version: Option<Seq>,
    /// The file says that somebody still has to look at it.
    fuzzy: bool,
}

#[derive(Serialize, ToSchema)]
struct FileRemark {
    /// The line, counted from 1; 0 where there are none.
    line: usize,
    /// Why.
    reason: String,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// The format. XLIFF, PO and CSV hold translations beside their source: of the source locale there is none.
    #[param(inline)]
    format: Format,
    /// Whether only entries are wanted that are missing, outdated or have findings.
    #[serde(default)]
    needs_work: bool,
}

/// A page in a locale as a file.
#[derive(Serialize, ToSchema)]
struct WrittenFile {
    /// Its name with the folders that imports understand.
    name: String,
    /// As `Content-Type` says it.
    media_type: String,
    /// What is in it.
    text: String,
    /// How many texts are in it; 0 for a file that is not worth keeping.
    messages: usize,
    /// What could not be written.
    skipped: Vec<FileRemark>,
}

/// Reads a file of copy and saves nothing: what is in it is saved as all copy is.
#[utoipa::path(post, path = "/projects/{project}/files", params(("project" = ProjectId, Path)), request_body = GivenFile, responses((status = 200, body = FileContents), Failures))]
async fn read_file(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Json(GivenFile { format, name, text }): Json<GivenFile>,
) -> Result<Json<FileContents>, Problem> {
    lookup::project(&app.reader, &project).await?;
    // A large file takes a while: others are served meanwhile.
    let read = tokio::task::spawn_blocking(move || format.parse(&text)).await;
    let Contents { copy, source, sources, page, locale } = read.map_err(|error| Problem::fault(&error))?;
    if copy.messages.len() + sources.len() > MOST {
        return Err(Problem::new(Kind::LimitExceeded, format!("a file has at most {MOST} texts: split it")));
    }
    let (named_locale, named_page) = named(&name, format);
    Ok(Json(FileContents {
        locale: locale.or(named_locale),
        page: page.or(named_page),
        source,
        messages: copy.messages.into_iter().map(FileMessage::from).collect(),
        sources: sources.into_iter().map(FileMessage::from).collect(),
        skipped: copy.skipped.into_iter().map(FileRemark::from).collect(),
        changed: copy.changed.into_iter().map(FileRemark::from).collect(),
    }))
}

/// What the folders and the name of a file say of it.
fn named(name: &str, format: Format) -> (Option<Locale>, Option<PageId>) {
    let ending = format!(".{}", format.extension());
    let path = name.strip_suffix(&ending).unwrap_or(name);
    match path.split_once('/') {
        Some((locale, page)) => (locale.parse().ok(), page_of_path(page).ok()),
        None => (None, page_of_path(path).ok()),
    }
}

impl From<Message> for FileMessage {
    fn from(message: Message) -> Self {
        let kind = message.kind.unwrap_or_else(|| copydesk_schema::formats::kind_of(&message.value));
        let Message { key, value, note, version, source_version, fuzzy, .. } = message;
        Self { key, value, kind, note, version, source_version, fuzzy }
    }
}

impl From<Skipped> for FileRemark {
    fn from(Skipped { line, reason }: Skipped) -> Self {
        Self { line, reason }
    }
}

/// Writes a page in a locale as a file.
#[utoipa::path(get, path = "/projects/{project}/files/{locale}/{page}", params(("project" = ProjectId, Path), ("locale" = Locale, Path), ("page" = PageId, Path), Wanted), responses((status = 200, body = WrittenFile), Failures))]
async fn write_file(
    State(app): State<App>,
    Path((project, locale, page)): Path<(ProjectId, Locale, PageId)>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<WrittenFile>, Problem> {
    lookup::project(&app.reader, &project).await?;
    lookup::locale(&app.reader, &project, &locale).await?;
    let home = lookup::page(&app.reader, &project, &page).await?;
    let known = app.structures.now(&app.reader, &project).await?.0;
    let mut checking = Checking::new(&app.reader, &project, &known);
    checking.copies.turn_to([page.clone()]);
    let source = checking.source_for(&locale);
    for read in source.iter().chain([&locale]) {
        checking.read(read, &page, &page).await?;
    }
    let mut entries = Vec::new();
    for (key, head) in known.structure.page(&page).into_iter().flat_map(Home::existing_entries) {
        let at = DraftId { locale: locale.clone(), page: page.clone(), key: key.clone() };
        let (state, _) = state_of(&mut checking, &at).await?;
        if !wanted.needs_work || state != EntryState::Done {
            entries.push((at, head.info.clone(), state));
        }
    }
    let (text, messages, skipped) = if wanted.format.is_sheet() {
        let units: Vec<Unit> = source.iter().flat_map(|source| units(&checking, source, &entries)).collect();
        let count = units.len();
        let source = source.unwrap_or_else(|| locale.clone());
        let sheet = Sheet { page: page.clone(), source, locale: locale.clone(), units };
        let unwritten = entries.len() - count;
        (wanted.format.write_sheet(&sheet), count, without_source(unwritten))
    } else {
        // Notes are written once, beside the source.
        let noted = source.is_none();
        let messages: Vec<Message> =
            entries.into_iter().filter_map(|(at, info, _)| message(&checking, at, info, noted)).collect();
        let note = if noted { home.info.note.as_str() } else { "" };
        let (text, skipped) = wanted.format.write(note, &messages);
        (text, messages.len() - skipped.len(), skipped)
    };
    let name = format!("{locale}/{}.{}", path_of_page(&page), wanted.format.extension());
    let skipped = skipped.into_iter().map(FileRemark::from).collect();
    Ok(Json(WrittenFile { name, media_type: wanted.format.media_type().to_owned(), text, messages, skipped }))
}

fn without_source(count: usize) -> Vec<Skipped> {
    let entries = if count == 1 { "one entry has" } else { "some entries have" };
    let reason = format!("{entries} no source text to be translated from");
    (count > 0).then_some(Skipped { line: 0, reason }).into_iter().collect()
}

fn message(checking: &Checking<'_>, at: DraftId, info: EntryInfo, noted: bool) -> Option<Message> {
    let (value, _) = checking.value(&at)?;
    Some(Message::new(at.key, value, if noted { info.note } else { String::new() }))
}

/// Translations beside their source texts.
fn units(checking: &Checking<'_>, source: &Locale, entries: &[(DraftId, EntryInfo, EntryState)]) -> Vec<Unit> {
    let unit = |(at, info, state): &(DraftId, EntryInfo, EntryState)| {
        let (source, source_version) = checking.value(&DraftId { locale: source.clone(), ..at.clone() })?;
        let (value, version) = checking.value(at).map_or((None, Seq::NONE), |(value, seq)| (Some(value), seq));
        let EntryInfo { kind, note, max_length, .. } = info.clone();
        let needs_work = *state != EntryState::Done;
        Some(Unit { key: at.key.clone(), kind, source, source_version, value, version, note, max_length, needs_work })
    };
    entries.iter().filter_map(unit).collect()
}
