//! What a table has beside its items, and a restored one only when somebody gave it that.

use anyhow::ensure;
use copydesk_schema::table::attributes::TTL;
use serde_json::Value;

use super::aws::ask;

/// Whether a table can be lost, and whether what is asked of the publisher reaches it.
pub(super) fn protected(name: &str) -> anyhow::Result<String> {
    let of = |what: &str| ask("dynamodb", what, &["--table-name", name]);
    let (table, ttl, backups) =
        (of("describe-table")?, of("describe-time-to-live")?, of("describe-continuous-backups")?);
    let table = &table["Table"];
    let recovery = &backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"];
    let ttl = &ttl["TimeToLiveDescription"];
    let all = [
        ("deletion protection", table["DeletionProtectionEnabled"] == true),
        ("point-in-time recovery", recovery["PointInTimeRecoveryStatus"] == "ENABLED"),
        ("expiry by \"ttl\"", is_on(ttl) && ttl["AttributeName"] == TTL),
        ("a stream of keys", table["StreamSpecification"]["StreamViewType"] == "KEYS_ONLY"),
    ];
    let missing: Vec<&str> = all.iter().filter(|(_, there)| !there).map(|(what, _)| *what).collect();
    ensure!(missing.is_empty(), "{name} has no {}", missing.join(", no "));
    listened_to(table["LatestStreamArn"].as_str().unwrap_or_default())?;
    Ok(format!("{name} is protected, and its stream wakes the publisher"))
}

fn is_on(ttl: &Value) -> bool {
    ["ENABLED", "ENABLING"].iter().any(|status| ttl["TimeToLiveStatus"] == *status)
}

/// Whether a function is woken by the stream.
fn listened_to(stream: &str) -> anyhow::Result<()> {
    let mappings = ask("lambda", "list-event-source-mappings", &["--event-source-arn", stream])?;
    let mut mappings = mappings["EventSourceMappings"].as_array().into_iter().flatten();
    let works =
        mappings.any(|one| ["Enabled", "Enabling", "Creating", "Updating"].iter().any(|state| one["State"] == *state));
    ensure!(works, "no function is woken by the stream {stream}: releases wait for the minute's sweep");
    Ok(())
}
