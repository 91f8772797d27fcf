//! Server and publisher as binaries of their own: every fault of their settings at once.

use std::process::Command;

use super::process::binary;

#[test]
fn every_wrong_or_missing_variable_is_reported_at_once() {
    let expected = [
        (
            "copydesk-server",
            vec!["COPYDESK_TABLE", "COPYDESK_LISTEN", "COPYDESK_DELIVERY_URL", "COPYDESK_OWNER_TOKEN", "AWS_REGION"],
        ),
        ("copydesk-publisher", vec!["COPYDESK_TABLE", "COPYDESK_BUCKET", "COPYDESK_SWEEP_SECONDS", "AWS_REGION"]),
    ];
    for (name, variables) in expected {
        let output = Command::new(binary().with_file_name(name))
            .env_clear()
            .env("COPYDESK_LISTEN", "everywhere")
            .env("COPYDESK_SWEEP_SECONDS", "often")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        for variable in variables {
            assert!(text.contains(variable), "{name} does not name {variable}: {text}");
        }
    }
}
