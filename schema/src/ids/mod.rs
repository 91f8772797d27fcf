//! Names and numbers. Names are checked when they are made and cheap to clone.

mod access;
mod direction;
mod key;
mod locale;
mod numbers;
mod page;
mod project;

pub use access::{Email, HookId, InvitationId, Origin, Subject, TokenId};
pub use key::EntryKey;
pub use locale::Locale;
pub use numbers::{ReleaseNumber, Seq, Switch};
pub use page::PageId;
pub use project::ProjectId;

/// A name that cannot be one: what it was meant to be, what was given, and what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a {what}: {remedy}")]
pub struct Invalid {
    /// The kind of name: `locale`, `page`.
    pub what: &'static str,
    /// What was given, shortened.
    pub value: String,
    /// What would be accepted.
    pub remedy: String,
}

impl Invalid {
    pub(crate) fn new(what: &'static str, value: &str, remedy: impl Into<String>) -> Self {
        Self { what, value: value.chars().take(80).collect(), remedy: remedy.into() }
    }
}

/// Makes a newtype around checked text: parsing, display, serde and its OpenAPI schema. The pattern is for
/// the description only: what decides is the check.
macro_rules! checked_name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $example:literal, $pattern:literal, $most:expr, $check:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ids::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $check(text)
                    .map(|checked| Self(checked.into()))
                    .map_err(|remedy| $crate::ids::Invalid::new($what, text, remedy))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::ids::Invalid;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.as_ref().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .examples([$example])
                    .pattern(Some($pattern))
                    .max_length(Some($most))
                    .build()
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use checked_name;

#[cfg(test)]
mod tests;
