//! Lists come in pages. A cursor is opaque to clients: what it holds may change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Kind, Problem};

/// Items of a page unless the client says otherwise.
const DEFAULT: usize = 100;
/// The most items of a page.
pub(crate) const MOST: usize = 1000;

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Paging {
    /// `next` of the page before.
    pub(crate) cursor: Option<String>,
    /// At most so many items: 1 to 1000, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    pub(crate) limit: Option<usize>,
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
}

impl Paging {
    /// How many items.
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        match self.limit.unwrap_or(DEFAULT) {
            limit if (1..=MOST).contains(&limit) => Ok(limit),
            _ => Err(Problem::new(Kind::BadRequest, format!("limit is 1 to {MOST}"))),
        }
    }

    /// What the last item of the page before was called.
    pub(crate) fn after(&self) -> Result<Option<String>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let invalid = || Problem::new(Kind::BadRequest, "the cursor is not one that this list gave out");
        text.map(Some).ok_or_else(invalid)
    }

    /// A number that the last item of the page before was called by.
    pub(crate) fn after_number(&self) -> Result<Option<u64>, Problem> {
        let invalid = || Problem::new(Kind::BadRequest, "the cursor is not one that this list gave out");
        self.after()?.map(|text| text.parse().map_err(|_| invalid())).transpose()
    }
}

impl<T> Page<T> {
    /// A page of a list that was read whole: the items after the cursor, in order of their names.
    pub(crate) fn of(
        all: impl IntoIterator<Item = T>,
        paging: &Paging,
        name: impl Fn(&T) -> String,
    ) -> Result<Self, Problem> {
        let (after, limit) = (paging.after()?, paging.limit()?);
        let mut rest = all.into_iter().filter(|item| after.as_ref().is_none_or(|after| name(item) > *after));
        let items: Vec<T> = rest.by_ref().take(limit).collect();
        let more = rest.next().is_some();
        Ok(Self::new(items, more, name))
    }

    /// A page that ends at a name, which need not be an item's.
    pub(crate) fn after(items: Vec<T>, last: Option<String>) -> Self {
        Self { items, next: last.map(|last| URL_SAFE_NO_PAD.encode(last)) }
    }

    /// A page whose items were read as such.
    pub(crate) fn new(items: Vec<T>, more: bool, name: impl Fn(&T) -> String) -> Self {
        let next = items.last().filter(|_| more).map(|item| URL_SAFE_NO_PAD.encode(name(item)));
        Self { items, next }
    }
}
