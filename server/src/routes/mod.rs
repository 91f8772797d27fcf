//! One module a resource, in the order of the paths.

pub(crate) mod health;

mod projects;

mod locales;

mod pages;

mod entries;

mod drafts;

mod changes;
mod checks;
mod log;

mod releases;

mod lookup;

use utoipa_axum::router::OpenApiRouter;

use crate::state::App;

/// Every route of the API, with its description.
pub(crate) fn all() -> OpenApiRouter<App> {
    let v1 = OpenApiRouter::new()
        .merge(projects::router())
        .merge(locales::router())
        .merge(pages::router())
        .merge(entries::router())
        .merge(drafts::router())
        .merge(changes::router())
        .merge(checks::router())
        .merge(log::router())
        .merge(releases::router());
    OpenApiRouter::new().nest("/v1", v1)
}
