//! Static HTML filled with copy: what search engines and visitors without scripts see, in every
//! locale.
//!
//! ```text
//! HTML --scan--> tags --tree--> elements --render--> HTML in a locale
//!      (lol_html)     (omitted end tags)   (edits of the source text)
//! ```
//!
//! Pure: files and copy are handed in, bytes are handed out, and the same input gives the same
//! bytes. All that is not filled stays byte for byte as the host wrote it; where the markup leaves
//! a doubt where an element ends, the element stays as it is and the report says so.
//!
//! | attribute | what is written |
//! | --- | --- |
//! | `data-copy-page="a b"` | nothing: entries inside are looked for on these pages, in order |
//! | `data-copy="key"` | the entry, as what the element contains |
//! | `data-copy-args='{"name":"Ada"}'` | nothing: arguments of the element's entries |
//! | `data-copy-attrs="alt title"` | attributes: the entries `key.alt` and `key.title` |
//! | `data-copy-name="slot"` | what the message around it says in that slot |
//! | `data-copy-jsonld='{"headline":"key"}'` | members of the JSON in a script of JSON-LD |

mod site;

mod scan;
mod tree;

mod attributes;
mod edits;
mod head;
mod jsonld;
mod links;
mod nesting;
mod render;
mod report;
mod slots;
mod template;

mod sitemap;

pub use report::{Kept, Report, Why};
pub use site::{Addresses, Pages, Site, SiteError};
pub use sitemap::sitemaps;
pub use template::{RenderError, Rendered, Template};

use copydesk_schema::Locale;

/// One file in one locale. Where a file is wanted in many locales, a [`Template`] is read once.
pub fn page(html: &[u8], path: &str, locale: &Locale, site: &Site) -> Result<Rendered, RenderError> {
    Ok(Template::read(html, path)?.render(locale, site))
}

#[cfg(test)]
mod tests;
