//! `site.js`: the site script with the live manifest inside, which saves visitors a round trip. Fenced as
//! `live.json` is: only replaced by a higher switch, on the tag of what was read. The script in it never gets older, so
//! that a publisher of an earlier version that still runs takes nothing back.

use std::borrow::Cow;

use copydesk_schema::Switch;
use copydesk_schema::delivered::{LiveManifest, to_json};
use copydesk_schema::objects::ObjectKey;

use crate::{Bucket, PublishError};

/// The site script: an expression that is called with the live manifest and the address of the in-page editor.
#[derive(Clone, Debug)]
pub struct SiteScript {
    /// Raised with every change of the script, so that every site gets it, also one that publishes nothing.
    pub generation: u32,
    /// JavaScript.
    pub text: Cow<'static, str>,
    /// Where the studio is, which has the in-page editor, if sites are to know: `https://studio.example.com`.
    pub studio: Option<String>,
}

impl SiteScript {
    /// The one that was built with this publisher.
    pub fn new(studio: Option<String>) -> Self {
        Self { generation: 2, text: include_str!("../../web/site/dist/site.js").into(), studio }
    }
}

/// What stands between the script and what it is called with: the manifest, the editor's address, and the script's own
/// generation, for us.
const CALL: &str = "\n(";

/// A `site.js` that was read.
struct Delivered<'d> {
    script: &'d str,
    generation: u32,
    switch: Switch,
}

/// Puts the manifest into `site.js`, unless a later one is there.
pub(crate) async fn write(bucket: &Bucket, live: &LiveManifest, script: &SiteScript) -> Result<(), PublishError> {
    let key = ObjectKey::Site(live.project.clone());
    loop {
        let there = bucket.get(&key).await?;
        let delivered = there.as_ref().and_then(|(bytes, _)| read(bytes));
        let body = body(live, script, delivered.as_ref());
        match &there {
            Some((bytes, _)) if *bytes == body => return Ok(()),
            Some(_) if delivered.is_some_and(|delivered| delivered.switch > live.switch) => return Ok(()),
            Some(_) => {}
            None => bucket.put_counted(&ObjectKey::Seen(live.project.clone())).await?,
        }
        if bucket.put_expected(&key, body, there.as_ref().map(|(_, etag)| etag.as_str())).await? {
            return Ok(());
        }
    }
}

fn body(live: &LiveManifest, script: &SiteScript, there: Option<&Delivered<'_>>) -> Vec<u8> {
    let (text, generation) = match there {
        Some(there) if there.generation > script.generation => (there.script, there.generation),
        _ => (&*script.text, script.generation),
    };
    let editor = script.studio.as_ref().map(|studio| format!("{studio}/edit.js?{}", live.project));
    let more = format!(",{},{generation})\n", serde_json::Value::from(editor));
    [text.as_bytes(), CALL.as_bytes(), &to_json(live), more.as_bytes()].concat()
}

/// Nothing when it is not as we write it.
fn read(bytes: &[u8]) -> Option<Delivered<'_>> {
    let (script, call) = std::str::from_utf8(bytes).ok()?.rsplit_once(CALL)?;
    let arguments = format!("[{}]", call.trim_end().strip_suffix(')')?);
    let (live, _, generation): (LiveManifest, Option<String>, u32) = serde_json::from_str(&arguments).ok()?;
    Some(Delivered { script, generation, switch: live.switch })
}

#[cfg(test)]
mod tests {
    use copydesk_schema::delivered::sha256_hex;

    use super::SiteScript;

    #[test]
    fn a_changed_script_is_of_another_generation() {
        let SiteScript { generation, text, .. } = SiteScript::new(None);
        let known = (2, "fa61f344858335dd164061ae7ba6ada499592e17e105b5cbfbafb9b34f5646c7");
        let found = (generation, sha256_hex(text.as_bytes()));
        assert_eq!((found.0, found.1.as_str()), known, "raise the generation, then write both down here");
    }
}
