//! One module a resource, in the order of the paths.

pub(crate) mod health;
pub(crate) mod studio;

mod me;
mod sign_in;

mod projects;
mod usage;

mod members;

mod tokens;

mod hooks;

mod locales;

mod pages;

mod entries;

mod drafts;

mod files;
mod presence;
mod previews;
mod rename;

mod changes;
mod checks;
mod log;
mod search;
pub(crate) mod site_check;

mod releases;

mod lookup;

use copydesk_schema::ProjectId;
use copydesk_store::writer::Committed;
use copydesk_store::{Op, WriteError};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::state::App;

/// Brings changes of who may do what into the log, all or none; from now on this process goes by them.
async fn commit_access(app: &App, project: &ProjectId, ops: Vec<Op>) -> Result<Committed, Problem> {
    let (app, project) = (app.clone(), project.clone());
    // It goes on when the client does not wait: what was kept has to go.
    let committing = tokio::spawn(async move {
        let committed = app.writer.commit_together(&project, ops).await;
        // Also where it is not known whether it went through.
        app.access.kept.forget(&project);
        (app.deliver)();
        committed
    });
    let ended = committing.await.map_err(|error| Problem::fault(&error))?;
    let last = ended?.pop();
    last.ok_or_else(|| WriteError::Internal("nothing was committed".to_owned()).into())
}

/// Every route of the API, with its description.
pub(crate) fn all() -> OpenApiRouter<App> {
    let v1 = OpenApiRouter::new()
        .merge(sign_in::router())
        .merge(me::router())
        .merge(projects::router())
        .merge(usage::router())
        .merge(members::router())
        .merge(tokens::router())
        .merge(hooks::router())
        .merge(locales::router())
        .merge(pages::router())
        .merge(entries::router())
        .merge(rename::router())
        .merge(drafts::router())
        .merge(previews::router())
        .merge(presence::router())
        .merge(files::router())
        .merge(site_check::router())
        .merge(changes::router())
        .merge(checks::router())
        .merge(search::router())
        .merge(log::router())
        .merge(releases::router());
    OpenApiRouter::new().nest("/v1", v1)
}
