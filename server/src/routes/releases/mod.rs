//! Releases, and what is asked of the publisher. The server only asks; it learns what became of it
//! from what the publisher notes.

mod ask;
mod diff;
mod read;
mod requests;

use utoipa_axum::router::OpenApiRouter;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(ask::router()).merge(read::router()).merge(requests::router()).merge(diff::router())
}
