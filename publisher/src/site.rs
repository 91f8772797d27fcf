//! `site.js`: the site script with the live manifest inside, which saves visitors a round trip. Fenced as
//! `live.json` is: only replaced by a higher switch, on the tag of what was read.

use copydesk_schema::Switch;
use copydesk_schema::delivered::{LiveManifest, to_json};
use copydesk_schema::objects::ObjectKey;

use crate::{Bucket, PublishError};

/// The site script: an expression that is called with the live manifest.
const SCRIPT: &str = include_str!("../../web/site/dist/site.js");

/// What stands between the script and the manifest.
const CALL: &str = "\n(";

/// Puts the manifest into `site.js`, unless a later one is there.
pub(crate) async fn write(bucket: &Bucket, live: &LiveManifest) -> Result<(), PublishError> {
    let key = ObjectKey::Site(live.project.clone());
    let body = [SCRIPT.as_bytes(), CALL.as_bytes(), &to_json(live), b")\n"].concat();
    loop {
        let there = bucket.get(&key).await?;
        match &there {
            Some((bytes, _)) if *bytes == body || switch(bytes) > live.switch => return Ok(()),
            Some(_) => {}
            None => bucket.put_counted(&ObjectKey::Seen(live.project.clone())).await?,
        }
        if bucket.put_expected(&key, body.clone(), there.as_ref().map(|(_, etag)| etag.as_str())).await? {
            return Ok(());
        }
    }
}

/// The switch that a `site.js` shows; none when it is not as we write it.
fn switch(bytes: &[u8]) -> Switch {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let manifest = text.rsplit_once(CALL).and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
    let manifest = manifest.and_then(|json| serde_json::from_str::<LiveManifest>(json).ok());
    manifest.map_or(Switch::NONE, |manifest| manifest.switch)
}
