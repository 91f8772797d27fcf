//! Every way in which a request can fail. The only place where errors become statuses.
//!
//! The types are documented in `docs/problems.md`, which is generated from [`Kind`].

use axum::response::{IntoResponse, Response};
use copydesk_schema::pattern::PatternError;
use copydesk_schema::table::DraftItem;
use copydesk_schema::{Invalid, Refusal};
use copydesk_store::{StoreError, WriteError};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::delivered::DeliveredError;

/// Makes the list of kinds: type, status, title, and what a client can do about it.
macro_rules! kinds {
    ($($name:ident $slug:literal $status:ident $title:literal $remedy:literal;)*) => {
        /// A type of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $(#[doc = $title] $name,)*
        }

        impl Kind {
            /// All of them, in the order of their statuses.
            pub const ALL: &[Kind] = &[$(Kind::$name,)*];

            /// The last part of the type's URI.
            pub fn slug(self) -> &'static str {
                match self { $(Kind::$name => $slug,)* }
            }

            /// The status of the answer.
            pub fn status(self) -> StatusCode {
                match self { $(Kind::$name => StatusCode::$status,)* }
            }

            /// What it is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Kind::$name => $title,)* }
            }

            /// What a client can do.
            pub fn remedy(self) -> &'static str {
                match self { $(Kind::$name => $remedy,)* }
            }
        }
    };
}

kinds! {
    BadRequest "bad-request" BAD_REQUEST "The request cannot be read" "Correct what `detail` names.";
    InvalidJson "invalid-json" BAD_REQUEST "The body is not JSON" "Send valid JSON; `detail` names the line and column.";
    Unauthorized "unauthorized" UNAUTHORIZED "A valid token is needed" "Send `Authorization: Bearer` with a valid token.";
    Forbidden "forbidden" FORBIDDEN "That is not allowed" "Ask an admin of the project; `detail` says what it needs.";
    QuotaExceeded "quota-exceeded" FORBIDDEN "The project has used what it may" "Wait for the month that `detail` names, remove what is not needed, or ask whoever runs this Copydesk for more.";
    NotFound "not-found" NOT_FOUND "There is no such thing" "Check the path; `detail` names what is missing.";
    MethodNotAllowed "method-not-allowed" METHOD_NOT_ALLOWED "This path does not know that method" "Use a method of `Allow`.";
    TooSlow "too-slow" REQUEST_TIMEOUT "The request took too long" "Send it again, faster or in smaller parts.";
    Taken "taken" CONFLICT "The name is taken" "Choose another name.";
    InUse "in-use" CONFLICT "Something else depends on it" "Change what `detail` names first.";
    LastAdmin "last-admin" CONFLICT "A project keeps an admin" "Make somebody else admin first.";
    NothingToPublish "nothing-to-publish" CONFLICT "There is nothing to publish" "Add pages, or widen the scope.";
    NotActivatable "not-activatable" CONFLICT "The release cannot be made live" "Choose a release whose state is live or superseded.";
    NotCancellable "not-cancellable" CONFLICT "The request is not waiting any more" "Nothing; look at its state.";
    StaleVersion "stale-version" PRECONDITION_FAILED "Somebody else saved first" "Merge `current` and `yours`, then save again with `If-Match` of the current version.";
    TooLarge "too-large" PAYLOAD_TOO_LARGE "The body is too large" "Send less at once.";
    UnsupportedMediaType "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE "The body has the wrong type" "Send `Content-Type: application/json`.";
    InvalidName "invalid-name" UNPROCESSABLE_ENTITY "A name is not valid" "Use a name as `detail` says.";
    InvalidBody "invalid-body" UNPROCESSABLE_ENTITY "The body does not have the right shape" "Correct the field that `detail` names.";
    InvalidPattern "invalid-pattern" UNPROCESSABLE_ENTITY "The value is not a Fluent pattern" "Correct it at `line` and `column`.";
    InvalidMarkup "invalid-markup" UNPROCESSABLE_ENTITY "The value cannot be made safe" "Correct what `findings` names; each says how.";
    FallbackCycle "fallback-cycle" UNPROCESSABLE_ENTITY "A fallback chain turns back on itself" "Remove one locale from the chain.";
    LimitExceeded "limit-exceeded" UNPROCESSABLE_ENTITY "A limit is exceeded" "Send less or shorter; `detail` names the limit.";
    UnknownSeq "unknown-seq" UNPROCESSABLE_ENTITY "The log does not reach that far" "Use a seq that the log has.";
    IdempotencyMismatch "idempotency-mismatch" UNPROCESSABLE_ENTITY "The idempotency key was used for something else" "Use a fresh key.";
    PreconditionRequired "precondition-required" PRECONDITION_REQUIRED "The save must say what it stands on" "Send `If-Match` with the version that you saw, or `If-None-Match: *` for a new draft.";
    TooManyRequests "too-many-requests" TOO_MANY_REQUESTS "Too many requests" "Wait for `Retry-After` seconds.";
    Internal "internal" INTERNAL_SERVER_ERROR "A fault of ours" "Report the request id.";
    Unavailable "unavailable" SERVICE_UNAVAILABLE "Something that we need does not answer" "Try again after `Retry-After` seconds; saves are safe to repeat with the same `Idempotency-Key`.";
}

/// Where the types of problems live. They are names, not addresses.
pub const TYPE_PREFIX: &str = "urn:copydesk:problem:";

/// An answer of type `application/problem+json` (RFC 9457). More members may follow, by type.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem, a URI; documented in `docs/problems.md`.
    #[serde(rename = "type")]
    #[schema(example = "urn:copydesk:problem:stale-version")]
    kind: String,
    /// The kind in a few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong this time, and what would be right.
    detail: String,
    #[serde(flatten)]
    #[schema(value_type = Object)]
    more: Map<String, Value>,
    /// Fields of the answer's head.
    #[serde(skip)]
    headers: Option<Box<HeaderMap>>,
}

impl Problem {
    /// A problem of some kind.
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("{TYPE_PREFIX}{}", kind.slug()),
            title: kind.title().to_owned(),
            status: kind.status().as_u16(),
            detail: detail.into(),
            more: Map::new(),
            headers: None,
        }
    }

    /// Adds a member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.more.insert(name.to_owned(), json!(value));
        self
    }

    /// Adds fields to the answer's head.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers.get_or_insert_default().extend(headers);
        self
    }

    /// When to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.headers.get_or_insert_default().insert(RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// A fault of ours: logged in full, told without detail.
    pub(crate) fn fault(error: &(impl std::fmt::Display + ?Sized)) -> Self {
        tracing::error!(%error, "a fault of ours");
        Self::new(Kind::Internal, "the fault was logged; the header x-request-id names it")
    }

    /// Something that is not there.
    pub fn not_found(what: impl std::fmt::Display) -> Self {
        Self::new(Kind::NotFound, format!("there is no {what}"))
    }

    /// A save that lost, with both texts.
    pub fn stale(current: Option<&DraftItem>, yours: Option<&str>) -> Self {
        let detail = match current {
            Some(current) => format!("the draft is at version {}, saved by {}", current.seq, current.by.name),
            None => "the draft does not exist (any more)".to_owned(),
        };
        let current =
            current.map(|item| json!({ "version": item.seq, "value": item.value, "by": item.by, "at": item.at }));
        Self::new(Kind::StaleVersion, detail).with("current", current).with("yours", yours)
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let status = self.status();
        let headers = self.headers.take().unwrap_or_default();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        match status {
            StatusCode::UNAUTHORIZED => {
                response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response.headers_mut().extend(*headers);
        response
    }
}

impl From<Invalid> for Problem {
    fn from(error: Invalid) -> Self {
        Self::new(Kind::InvalidName, error.to_string())
    }
}

impl From<PatternError> for Problem {
    fn from(error: PatternError) -> Self {
        let detail = error.to_string();
        match error {
            PatternError::Syntax { place, reason } => Self::new(Kind::InvalidPattern, detail)
                .with("line", place.line)
                .with("column", place.column)
                .with("reason", reason),
            PatternError::TooDeep => Self::new(Kind::InvalidPattern, detail),
            PatternError::TooLong(_) => Self::new(Kind::LimitExceeded, detail),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::NoProject
            | Refusal::NoLocale(_)
            | Refusal::NoPage(_)
            | Refusal::NoEntry(..)
            | Refusal::NotThere(_) => Kind::NotFound,
            Refusal::ProjectTaken | Refusal::TermTaken(..) | Refusal::Invited(_) => Kind::Taken,
            Refusal::FallbackCycle(_) => Kind::FallbackCycle,
            Refusal::SourceFallback(_) | Refusal::SourceLocale(_) | Refusal::LocaleInUse(..) => Kind::InUse,
            Refusal::Nothing(_) => Kind::NothingToPublish,
            Refusal::TooMany(_) | Refusal::TooLong(_) => Kind::LimitExceeded,
            Refusal::Quota(_) => Kind::QuotaExceeded,
            Refusal::Changed => Kind::StaleVersion,
            Refusal::LastAdmin => Kind::LastAdmin,
            Refusal::Limits | Refusal::Next(_) => Kind::InvalidBody,
        };
        Self::new(kind, refusal.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => {
                tracing::warn!(%error, "the table does not answer");
                Self::new(Kind::Unavailable, "the table does not answer")
            }
            StoreError::Refused(_) | StoreError::Damaged(..) => Self::fault(&error),
        }
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(refusal) => refusal.into(),
            WriteError::Stale(current) => Self::stale(current.as_deref(), None),
            WriteError::Begun => Self::new(Kind::NotCancellable, "it has begun or ended already"),
            WriteError::Unavailable(_) => {
                tracing::warn!(%error, "the table does not answer");
                Self::new(Kind::Unavailable, "the table did not answer in time; repeating the save is safe")
            }
            WriteError::Repeated(_) | WriteError::Internal(_) => Self::fault(&error),
        }
    }
}

impl From<DeliveredError> for Problem {
    fn from(error: DeliveredError) -> Self {
        tracing::warn!(%error, "delivery cannot be read");
        Self::new(Kind::Unavailable, "what is live cannot be read at the moment")
    }
}

/// Every problem, for the API's description.
pub(crate) struct Failures;

impl utoipa::IntoResponses for Failures {
    fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>> {
        use utoipa::openapi::{Content, Ref, ResponseBuilder};
        let failure = |description: &str| {
            let content = Content::new(Some(Ref::from_schema_name("Problem")));
            ResponseBuilder::new().description(description).content("application/problem+json", content).build().into()
        };
        [
            ("4XX".to_owned(), failure("The request is wrong or came too late; the problem says how.")),
            ("5XX".to_owned(), failure("We failed; trying again may help.")),
        ]
        .into()
    }
}
