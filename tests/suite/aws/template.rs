//! The template and the code that it stands for say the same.

use std::collections::BTreeSet;

use copydesk_schema::table::attributes::{DUE, JOB, JOBS_INDEX, PK, SK, TTL};
use copydesk_server::access::rules::{Needs, RULES, Reach};

use super::{resources, text};

#[test]
fn what_only_people_may_do_passes_the_gateways_check_first() {
    let resources = resources();
    let routes = resources.as_mapping().unwrap().values().filter(|one| one["Type"] == "AWS::ApiGatewayV2::Route");
    let guarded: BTreeSet<String> = routes
        .filter(|route| route["Properties"]["AuthorizationType"] == "JWT")
        .map(|route| text(&route["Properties"]["RouteKey"]).replace(['{', '}'], ""))
        .collect();
    let is_for_people = |needs| matches!(needs, Needs::Person | Needs::Role(_, Reach::Person));
    let wanted: BTreeSet<String> = RULES
        .iter()
        .filter(|rule| is_for_people(rule.needs))
        .map(|rule| format!("{} {}", rule.method, rule.path).replace(['{', '}'], ""))
        .collect();
    assert_eq!(guarded, wanted);
}

#[test]
fn the_table_is_as_the_migration_makes_it() {
    let resources = resources();
    let table = &resources["Table"]["Properties"];
    let names = |list: &serde_yaml_ng::Value| -> Vec<String> {
        list.as_sequence().unwrap().iter().map(|one| text(&one["AttributeName"])).collect()
    };
    assert_eq!(names(&table["AttributeDefinitions"]), [PK, SK, JOB, DUE]);
    assert_eq!(names(&table["KeySchema"]), [PK, SK]);
    let index = &table["GlobalSecondaryIndexes"][0];
    assert_eq!(
        (text(&index["IndexName"]).as_str(), names(&index["KeySchema"])),
        (JOBS_INDEX, vec![JOB.into(), DUE.into()])
    );
    assert_eq!(text(&index["Projection"]["ProjectionType"]), "ALL");
    assert_eq!(text(&table["TimeToLiveSpecification"]["AttributeName"]), TTL);
    assert_eq!(text(&table["DeletionProtectionEnabled"]), "true");
    assert_eq!(text(&table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]), "true");
    // What is delivered, and the table, outlive the stack.
    for kept in ["Table", "Delivered", "Pool"] {
        assert_eq!(text(&resources[kept]["DeletionPolicy"]), "Retain");
    }
}

#[test]
fn edges_look_in_another_region_where_the_first_bucket_cannot_be_read() {
    // What stands behind a condition: the condition, what is then, and what is else.
    let with_replica = |value: &serde_yaml_ng::Value| match value {
        serde_yaml_ng::Value::Tagged(choice) if choice.tag == "!If" && choice.value[0] == "HasReplica" => {
            choice.value[1].clone()
        }
        other => panic!("no choice: {other:?}"),
    };
    let resources = resources();
    let delivery = &resources["Delivery"]["Properties"]["DistributionConfig"];
    let group = &with_replica(&delivery["OriginGroups"])["Items"][0];
    assert_eq!(group["Id"], with_replica(&delivery["DefaultCacheBehavior"]["TargetOriginId"]));
    let members = group["Members"]["Items"].as_sequence().unwrap();
    assert_eq!(members.iter().map(|one| text(&one["OriginId"])).collect::<Vec<_>>(), ["delivered", "replica"]);
    let codes = &group["FailoverCriteria"]["StatusCodes"]["Items"];
    for code in [403, 404, 500, 502, 503, 504] {
        assert!(codes.as_sequence().unwrap().contains(&code.into()), "{code}");
    }
    // Both are read as the stack's own edges, and what is taken away in one region is not found in the other.
    let replica = with_replica(&delivery["Origins"][1]);
    assert_eq!(replica["OriginAccessControlId"], delivery["Origins"][0]["OriginAccessControlId"]);
    let rule = &with_replica(&resources["Delivered"]["Properties"]["ReplicationConfiguration"])["Rules"][0];
    assert_eq!((&rule["Status"], &rule["DeleteMarkerReplication"]["Status"]), (&"Enabled".into(), &"Enabled".into()));
    let rights = serde_yaml_ng::to_string(&resources["ReplicaRights"]["Properties"]["PolicyDocument"]).unwrap();
    assert!(rights.contains("s3:ReplicateObject") && rights.contains("s3:ReplicateDelete"));
}

#[test]
fn a_new_version_is_tried_before_anybody_is_moved_to_it() {
    let resources = resources();
    for (function, name) in [("Server", "Trial"), ("Publisher", "PublisherTrial")] {
        assert_eq!(text(&resources[function]["Properties"]["DeploymentPreference"]["Hooks"]["PreTraffic"]), name);
        let trial = &resources[name]["Properties"];
        assert_eq!(text(&trial["Environment"]["Variables"]["VERSION"]), format!("{function}.Version"));
        assert!(text(&trial["FunctionName"]).starts_with("CodeDeployHook_"), "CodeDeploy may call no other");
        assert_eq!(trial["InlineCode"], resources["Trial"]["Properties"]["InlineCode"]);
        // It may ask and tell, and nothing else.
        let statements = trial["Policies"][0]["Statement"].as_sequence().unwrap();
        let rights: Vec<(String, String)> =
            statements.iter().map(|one| (text(&one["Action"]), text(&one["Resource"]))).collect();
        assert_eq!(rights.len(), 2, "{rights:?}");
        assert_eq!(rights[0], ("lambda:InvokeFunction".to_owned(), format!("{function}.Arn:*")));
        assert_eq!(rights[1].0, "codedeploy:PutLifecycleEventHookExecutionStatus");
        assert!(rights[1].1.ends_with(":deploymentgroup:ServerlessDeploymentApplication/*"), "{rights:?}");
    }
}

/// Where a value refers to the stack's own table, other than as what is without a restored one.
fn refers_to_its_own_table(value: &serde_yaml_ng::Value) -> bool {
    use serde_yaml_ng::Value;
    match value {
        // Versions that ran before still have the other one for a moment: rights name both. By its name alone: of a table
        // that was lost nothing else can be had, and the stack could not be changed.
        Value::Tagged(choice) if choice.tag == "!If" && choice.value[0] == "IsRestored" => {
            let restored = serde_yaml_ng::to_string(&choice.value[1]).unwrap();
            let asks = restored.contains("GetAtt Table.") || restored.contains("${Table.");
            asks || (refers_to_its_own_table(&choice.value[2]) && !restored.contains("Restored"))
        }
        Value::Tagged(tagged) => match tagged.value.as_str() {
            Some(name) => name == "Table" || name.starts_with("Table.") || name.contains("${Table"),
            None => refers_to_its_own_table(&tagged.value),
        },
        Value::Sequence(all) => all.iter().any(refers_to_its_own_table),
        Value::Mapping(all) => all.values().any(refers_to_its_own_table),
        _ => false,
    }
}

#[test]
fn everything_uses_a_restored_table_where_there_is_one() {
    for wrong in ["[{ a: !GetAtt Table.Arn }]", "!If [IsRestored, [!Ref RestoredTable, !GetAtt Table.Arn], !Ref Table]"]
    {
        assert!(refers_to_its_own_table(&serde_yaml_ng::from_str(wrong).unwrap()), "{wrong}");
    }
    let template: serde_yaml_ng::Value = serde_yaml_ng::from_str(super::TEMPLATE).unwrap();
    for part in ["Resources", "Outputs"] {
        for (name, one) in template[part].as_mapping().unwrap() {
            assert!(!refers_to_its_own_table(one), "{name:?}");
        }
    }
}

#[test]
fn what_the_guide_deploys_is_uploaded_first() {
    // SAM takes a template of this size from a bucket alone.
    let guide = include_str!("../../../docs/aws.md").replace("\\\n", "");
    let deploys: Vec<&str> = guide.lines().filter(|line| line.trim_start().starts_with("sam deploy")).collect();
    assert!(deploys.len() >= 3, "{deploys:?}");
    for deploy in deploys {
        assert!(deploy.contains("--s3-bucket MY-CODE"), "{deploy}");
        assert!(deploy.contains("CodeVersion=") || deploy.contains(" … "), "{deploy}");
    }
}

#[test]
fn two_stacks_of_an_account_do_not_meet() {
    for (function, event) in [("Publisher", "Minute"), ("Daily", "Day")] {
        let schedule = &resources()[function]["Properties"]["Events"][event]["Properties"];
        assert_eq!(text(&schedule["OmitName"]), "true", "{function}");
    }
}
