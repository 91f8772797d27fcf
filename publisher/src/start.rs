//! From the environment to a publisher: the same whatever it runs in.

use copydesk_process::{Clock, Settings};
use copydesk_schema::hooks::Reach;
use copydesk_store::Publishing;
use copydesk_store::settings::TableSettings;

use crate::{Hooks, Publisher, PublisherSettings, SiteScript, settings};

/// A publisher that finds by itself what is asked of it. `more` reads what else the process has to be told.
pub async fn publisher<T>(more: impl FnOnce(&mut Settings<'_>) -> T) -> anyhow::Result<(Publisher, T)> {
    let mut read = Settings::from_env();
    let table = TableSettings::read(&mut read);
    let settings = PublisherSettings::read(&mut read);
    let pace = settings::read_pace(&mut read);
    let script = SiteScript::new(settings::read_studio(&mut read));
    let more = more(&mut read);
    let (table, settings, pace, more) = read.finish((table, settings, pace, more))?;
    let (bucket, invalidation) = settings.connect().await;
    let publishing = Publishing::new(table.connect().await);
    let hooks = Hooks::new(Reach::Public)?;
    let (publisher, _waker) = Publisher::new(publishing, bucket, invalidation, Clock::system(), pace, hooks, script);
    Ok((publisher, more))
}
