//! The fence. `live.json` is only replaced by a higher switch, by a conditional write on the tag
//! of what was read: a late or doubled publisher can never move it back.

use copydesk_schema::delivered::{ReleaseFile, to_json};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::{ReleaseNumber, Switch};

use crate::bucket::Live;
use crate::{Bucket, PublishError};

/// What became of a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switched {
    /// The release is live by this switch: made so now, or found so.
    Live,
    /// Something later is live, or something else than the release was built on.
    Overtaken,
}

/// Makes `release` live by `switch`. `base` is what must be live until then; `None`: anything.
/// `live` is what was read last: if that is still right, nothing has to be read again.
pub(crate) async fn switch(
    bucket: &Bucket,
    release: &ReleaseFile,
    switch: Switch,
    base: Option<ReleaseNumber>,
    mut live: Option<Live>,
) -> Result<Switched, PublishError> {
    let key = ObjectKey::Live(release.project.clone());
    loop {
        let current = live.as_ref().map_or(Switch::NONE, |live| live.manifest.switch);
        let shown = live.as_ref().map_or(ReleaseNumber::NONE, |live| live.manifest.release);
        if current == switch && shown == release.release {
            return Ok(Switched::Live);
        }
        if current >= switch || base.is_some_and(|base| base != shown) {
            return Ok(Switched::Overtaken);
        }
        let seen = live.as_ref().map(|live| live.etag.as_str());
        if bucket.put_expected(&key, to_json(&release.live(switch)), seen).await? {
            return Ok(Switched::Live);
        }
        live = bucket.live(&release.project).await?;
    }
}
