//! How requests are read: path, query and body, each failing with a problem that says what to
//! change.

use axum::extract::path::ErrorKind;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::guard::address;
use crate::problem::{Kind, Problem};
use crate::state::App;

/// Names in the path, checked.
pub(crate) struct Path<T>(pub(crate) T);

/// The query.
pub(crate) struct Query<T>(pub(crate) T);

/// The address that the request comes from.
pub(crate) struct Peer(pub(crate) std::net::IpAddr);

impl FromRequestParts<App> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(address(app, &parts.extensions, &parts.headers)))
    }
}

/// A JSON body, coming or going.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value)).map_err(|rejection| match rejection {
            PathRejection::FailedToDeserializePathParams(failed) => {
                let detail = match failed.into_kind() {
                    ErrorKind::ParseErrorAtIndex { value, .. } | ErrorKind::ParseError { value, .. } => {
                        format!("{value:?} is not a number")
                    }
                    other => other.to_string(),
                };
                Problem::new(Kind::InvalidName, detail)
            }
            other => Problem::new(Kind::BadRequest, other.body_text()),
        })
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|rejection: QueryRejection| Problem::new(Kind::BadRequest, rejection.body_text()))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = axum::Json::<T>::from_request(request, state).await;
        body.map(|axum::Json(value)| Self(value)).map_err(|rejection| body_problem(&rejection))
    }
}

/// What axum puts before serde's message.
const BODY_PREFIX: &str = "Failed to deserialize the JSON body into the target type: ";

fn body_problem(rejection: &JsonRejection) -> Problem {
    let kind = match rejection {
        JsonRejection::JsonDataError(_) => Kind::InvalidBody,
        JsonRejection::JsonSyntaxError(_) => Kind::InvalidJson,
        JsonRejection::MissingJsonContentType(_) => Kind::UnsupportedMediaType,
        other if other.status() == http::StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        _ => Kind::BadRequest,
    };
    let text = rejection.body_text();
    // What was wrong, without how we noticed.
    Problem::new(kind, text.strip_prefix(BODY_PREFIX).unwrap_or(&text))
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}
