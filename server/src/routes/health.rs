//! For machines: is the process alive, and can it work?

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use copydesk_schema::ProjectId;
use http::StatusCode;

use crate::problem::Problem;
use crate::state::App;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/health/live", get(|| async { StatusCode::NO_CONTENT })).route("/health/ready", get(ready))
}

/// Ready when the table answers. The project asked for need not exist.
async fn ready(State(app): State<App>) -> Result<StatusCode, Problem> {
    let probe: ProjectId = "health".parse()?;
    app.reader.tip(&probe).await?;
    Ok(StatusCode::NO_CONTENT)
}
