//! How requests are read: path, query and body, each failing with a problem that says what to
//! change.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use axum::extract::path::ErrorKind;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

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
        let body = axum::Json::<Object<T>>::from_request(request, state).await;
        body.map(|axum::Json(Object(value))| Self(value)).map_err(|rejection| body_problem(&rejection))
    }
}

/// What is read from an object, and from nothing else: serde reads a list as the fields in their order,
/// so that a field put before others would change what a request means.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields))
            }
        }

        from.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

/// A list in which nothing is twice.
pub(crate) fn distinct<'de, T: Deserialize<'de> + Ord, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<BTreeSet<T>>, D::Error> {
    let Some(given) = Option::<Vec<T>>::deserialize(from)? else { return Ok(None) };
    let (length, set) = (given.len(), BTreeSet::from_iter(given));
    if set.len() < length {
        return Err(D::Error::custom("the list names something twice; name it once"));
    }
    Ok(Some(set))
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
