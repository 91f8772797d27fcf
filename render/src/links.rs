//! Addresses in a file that lies one folder further down: links stay in the visitor's language, and
//! what is written relative to the file is still found.

use copydesk_schema::Locale;
use url::{Position, Url};

use crate::scan::Tag;
use crate::site::Site;

/// The addresses of one file in one locale.
pub(crate) struct Links<'s> {
    site: &'s Site,
    locale: &'s Locale,
    /// The file's own address in the source locale.
    own: Url,
    /// What relative addresses start from, as the host wrote them.
    from: Url,
}

impl<'s> Links<'s> {
    /// `base` is what the file's `<base>` says.
    pub(crate) fn new(site: &'s Site, path: &str, locale: &'s Locale, base: Option<&str>) -> Self {
        let own = site.url(path, site.source());
        let from = base.and_then(|base| own.join(base).ok()).unwrap_or_else(|| own.clone());
        Self { site, locale, own, from }
    }

    /// The attributes of a start tag that have to lead elsewhere.
    pub(crate) fn sets(&self, tag: &Tag) -> Vec<(String, String)> {
        let sets = tag.attributes.iter().filter_map(|attribute| {
            let value = match attribute.name.as_str() {
                "href" if matches!(tag.name.as_str(), "a" | "area") => {
                    self.anchor(&attribute.value, tag.value("hreflang"))
                }
                "data" if tag.name != "object" => None,
                "href" if tag.name == "base" => {
                    let moved = self.moved(&self.own, &attribute.value);
                    moved.map(|url| url[Position::BeforePath..].to_owned())
                }
                "href" | "xlink:href" | "src" | "poster" | "action" | "formaction" | "background" | "data" => {
                    self.asset(&attribute.value)
                }
                "srcset" | "imagesrcset" => self.assets(&attribute.value),
                _ => None,
            };
            Some((attribute.name.clone(), value?))
        });
        sets.collect()
    }

    /// A link to an HTML file of the site leads to it in this locale, or in the one that `hreflang`
    /// names. `None`: it may stay as it is.
    pub(crate) fn anchor(&self, href: &str, hreflang: Option<&str>) -> Option<String> {
        let relative = is_relative(href);
        if !relative && !is_rooted(href) {
            return None;
        }
        let address = self.from.join(href).ok()?;
        let Some(lead) = self.site.lead(&address) else { return self.asset(href) };
        let named = hreflang.and_then(|tag| self.site.locales().iter().find(|locale| is_same(locale, tag)));
        let to = named.unwrap_or(self.locale);
        // Relative links lead to the file's neighbours, whatever folder they are in.
        let stays = if relative { to == self.locale && !self.moves() } else { to == self.site.source() };
        if stays || lead.locale.is_some() {
            return None;
        }
        let root = self.site.root();
        let rest = &address[Position::BeforePath..][root.len()..];
        Some(if to == self.site.source() { format!("{root}{rest}") } else { format!("{root}{to}/{rest}") })
    }

    /// Whether what is relative to the `<base>` would miss the locale.
    fn moves(&self) -> bool {
        self.from != self.own && self.locale != self.site.source()
    }

    /// Anything else that is written relative to the file is so no longer.
    fn asset(&self, address: &str) -> Option<String> {
        let url = self.moved(&self.from, address)?;
        self.site.lead(&url).is_none().then(|| url[Position::BeforePath..].to_owned())
    }

    /// What a relative address means that a file further down cannot have.
    fn moved(&self, from: &Url, address: &str) -> Option<Url> {
        let moves = self.locale != self.site.source() && is_relative(address);
        from.join(address).ok().filter(|url| moves && url.origin() == self.own.origin())
    }

    /// The addresses of pictures in several sizes. Source: HTML Living Standard, 4.8.4.2.1.
    fn assets(&self, list: &str) -> Option<String> {
        let (mut written, mut rest, mut changed) = (String::new(), list, false);
        loop {
            let start = rest.find(|c: char| !c.is_ascii_whitespace() && c != ',').unwrap_or(rest.len());
            written.push_str(&rest[..start]);
            rest = &rest[start..];
            if rest.is_empty() {
                return changed.then_some(written);
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(',');
            let moved = self.asset(address);
            changed |= moved.is_some();
            written.push_str(moved.as_deref().unwrap_or(address));
            // Its width or density, unless a comma follows at once.
            let has_more = address.len() == end;
            let behind = if has_more { rest.find(',').unwrap_or(rest.len()) } else { end };
            let behind = behind.max(address.len());
            written.push_str(&rest[address.len()..behind]);
            rest = &rest[behind..];
        }
    }

    /// Whether an address leads to this file in any locale.
    pub(crate) fn is_own(&self, address: &str, path: &str) -> bool {
        let lead = self.from.join(address).ok().and_then(|address| Some(self.site.lead(&address)?.path == path));
        lead.unwrap_or(false)
    }
}

/// From the host's root on.
fn is_rooted(address: &str) -> bool {
    let mut characters = address.trim_ascii_start().chars();
    characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'))
}

/// From the file on; a place in the same file stays one.
fn is_relative(address: &str) -> bool {
    let address = address.trim_ascii();
    !address.is_empty()
        && !address.starts_with(['#', '/', '\\'])
        && Url::parse(address) == Err(url::ParseError::RelativeUrlWithoutBase)
}

fn is_same(locale: &Locale, tag: &str) -> bool {
    locale.as_str().eq_ignore_ascii_case(tag.trim_ascii())
}
