//! What a project delivers, as anybody fetches it: the editing side is not asked.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use copydesk_schema::delivered::{FORMAT, LiveManifest, LocaleManifest, PageFile};
use copydesk_schema::{Locale, PageId, ReleaseNumber};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::de::DeserializeOwned;

/// Files fetched at the same time.
const FETCHES: usize = 16;

/// The page files of one release.
pub(crate) type Pages = BTreeMap<(Locale, PageId), PageFile>;

/// A project's delivered files.
pub(crate) struct Delivered {
    client: reqwest::Client,
    base: String,
}

impl Delivered {
    /// Those below an address such as `https://cdn.example.com/acme`.
    pub(crate) fn at(address: &str) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build()?;
        Ok(Self { client, base: address.trim_end_matches('/').to_owned() })
    }

    /// What is live.
    pub(crate) async fn live(&self) -> anyhow::Result<LiveManifest> {
        let live: LiveManifest = self.json("live.json").await?;
        ensure!(live.format == FORMAT, "{}/live.json is of format {}; {FORMAT} is known", self.base, live.format);
        Ok(live)
    }

    /// All page files of a release in some of its locales.
    pub(crate) async fn pages(&self, live: &LiveManifest, locales: &[Locale]) -> anyhow::Result<Pages> {
        let mut wanted = Vec::new();
        for locale in locales {
            wanted.extend(self.numbers(live, locale).await?.into_iter().map(|(page, n)| (locale.clone(), page, n)));
        }
        let fetches = stream::iter(wanted).map(|(locale, page, number)| async move {
            let path = format!("{locale}/{page}.{number}.json");
            let (file, _) =
                PageFile::read(&self.fetch(&path).await?).with_context(|| format!("{}/{path}", self.base))?;
            anyhow::Ok(((locale, page), file))
        });
        fetches.buffer_unordered(FETCHES).try_collect().await
    }

    async fn numbers(&self, live: &LiveManifest, locale: &Locale) -> anyhow::Result<Vec<(PageId, ReleaseNumber)>> {
        let Some(place) = live.locales.iter().position(|one| one == locale) else {
            let known: Vec<&str> = live.locales.iter().map(Locale::as_str).collect();
            bail!("{locale} is not live at {}, only {}", self.base, known.join(", "));
        };
        let (pages, place) = match live.manifests.get(place) {
            Some(number) => {
                let manifest: LocaleManifest = self.json(&format!("manifests/{locale}.{number}.json")).await?;
                (manifest.pages, 0)
            }
            None => (live.pages.clone(), place),
        };
        let number = |numbers: &[u64]| numbers.get(place).copied().filter(|number| *number > 0).map(ReleaseNumber);
        Ok(pages.into_iter().filter_map(|(page, numbers)| Some((page, number(&numbers)?))).collect())
    }

    async fn json<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<T> {
        let bytes = self.fetch(path).await?;
        serde_json::from_slice(&bytes).with_context(|| format!("{}/{path} is not what Copydesk delivers", self.base))
    }

    async fn fetch(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let address = format!("{}/{path}", self.base);
        let answer = self.client.get(&address).send().await.with_context(|| format!("{address} cannot be fetched"))?;
        let status = answer.status();
        ensure!(
            status.is_success(),
            "{address} was answered with {status}: check the address, and that something was published"
        );
        Ok(answer.bytes().await?.to_vec())
    }
}
