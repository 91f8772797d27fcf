//! What wakes the publisher on Lambda: records of the table's stream, of which the keys suffice, and the schedule.

use std::collections::BTreeSet;

use copydesk_schema::ProjectId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a function was called for.
#[derive(Debug)]
pub enum Event {
    /// Something was asked of the publisher.
    Requests(Requests),
    /// A minute has passed.
    Sweep,
    /// A new version is to show that it works.
    Trial,
}

/// Nobody that should call the function did.
#[derive(Debug, thiserror::Error)]
#[error("neither records of the table's stream nor {{\"copydesk\":\"sweep\"}} or \"trial\"")]
pub struct NoEvent;

/// Records of the stream.
#[derive(Debug, Deserialize)]
pub struct Requests {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Debug, Deserialize)]
struct Record {
    dynamodb: Change,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    keys: Keys,
    sequence_number: String,
}

#[derive(Debug, Deserialize)]
struct Keys {
    pk: Text,
}

#[derive(Debug, Deserialize)]
struct Text {
    #[serde(rename = "S")]
    text: String,
}

/// The records that have to come again, for the stream to go on from the first of them.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    batch_item_failures: Vec<Failure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

impl Event {
    /// Tells what a function was called for.
    pub fn read(event: &Value) -> Result<Self, NoEvent> {
        match event["copydesk"].as_str() {
            Some("sweep") => Ok(Self::Sweep),
            Some("trial") => Ok(Self::Trial),
            _ => Requests::deserialize(event).map(Self::Requests).map_err(|_| NoEvent),
        }
    }
}

impl Requests {
    /// The projects of which something was asked, each once.
    pub fn projects(&self) -> BTreeSet<ProjectId> {
        self.records.iter().filter_map(Record::project).collect()
    }

    /// What has to come again, of projects that could not be brought on.
    pub fn failures(&self, failed: &BTreeSet<ProjectId>) -> Batch {
        let again =
            self.records.iter().filter(|record| record.project().is_some_and(|project| failed.contains(&project)));
        let failure = |record: &Record| Failure { item_identifier: record.dynamodb.sequence_number.clone() };
        Batch { batch_item_failures: again.map(failure).collect() }
    }
}

impl Record {
    /// The stream is asked for these alone; anything else in it is nothing to us.
    fn project(&self) -> Option<ProjectId> {
        self.dynamodb.keys.pk.text.strip_prefix("REQUEST#")?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(number: &str, pk: &str) -> Value {
        let keys = json!({ "pk": { "S": pk }, "sk": { "S": "R#0000000000000001" } });
        json!({ "eventName": "INSERT", "dynamodb": { "Keys": keys, "SequenceNumber": number } })
    }

    #[test]
    fn what_failed_comes_again_and_the_rest_does_not() {
        let event = json!({ "Records": [
            record("1", "REQUEST#acme"), record("2", "REQUEST#other"), record("3", "REQUEST#acme"), record("4", "DRAFT#acme#en"),
        ] });
        let Ok(Event::Requests(requests)) = Event::read(&event) else { panic!("records are requests") };
        let [acme, other] = ["acme", "other"].map(|slug| slug.parse::<ProjectId>().expect("a slug"));
        assert_eq!(requests.projects(), BTreeSet::from([acme, other.clone()]));
        assert_eq!(requests.failures(&BTreeSet::new()), Batch::default());
        let again = serde_json::to_value(requests.failures(&BTreeSet::from([other]))).expect("JSON");
        assert_eq!(again, json!({ "batchItemFailures": [{ "itemIdentifier": "2" }] }));
    }

    #[test]
    fn only_what_should_call_is_understood() {
        assert!(matches!(Event::read(&json!({ "copydesk": "sweep" })), Ok(Event::Sweep)));
        for other in [
            json!({}),
            json!({ "Records": [{ "s3": {} }] }),
            json!("sweep"),
            json!({ "detail-type": "Scheduled Event" }),
        ] {
            assert!(Event::read(&other).is_err(), "{other}");
        }
    }
}
