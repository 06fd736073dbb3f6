use pillbox_model::{BucketSnapshot, CheckId, ErrorCode, PublicAccessBlock, Read, SettingState, Verdict};
use pillbox_posture::{plan, undo_plan};
use serde_json::{Value, json};

use crate::bucket::{apply, in_order, public_policy, report, tls_policy, wide_open};

fn with_policy(policy: &Value) -> BucketSnapshot {
    BucketSnapshot { policy: Read::Known(Some(policy.to_string())), ..in_order() }
}

fn verdict(statement: &Value) -> Verdict {
    report(&with_policy(&json!({ "Statement": [statement] })), CheckId::TlsOnly).verdict
}

fn good() -> Value {
    let policy: Value = serde_json::from_str(&tls_policy()).unwrap();
    policy["Statement"][0].clone()
}

fn changed(key: &str, value: Value) -> Value {
    let mut statement = good();
    statement[key] = value;
    statement
}

#[test]
fn every_way_to_write_the_statement_passes() {
    let arn = "arn:aws:s3:::the-pain-killer-practice";
    for statement in [
        good(),
        changed("Principal", json!({ "AWS": "*" })),
        changed("Principal", json!({ "AWS": ["*"] })),
        changed("Action", json!("*")),
        changed("Action", json!(["s3:GetObject", "S3:*"])),
        changed("Resource", json!("*")),
        changed("Resource", json!([format!("{arn}*")])),
        changed("Condition", json!({ "Bool": { "AWS:securetransport": false } })),
        changed("Condition", json!({ "BoolIfExists": { "aws:SecureTransport": ["false"] } })),
    ] {
        assert_eq!(verdict(&statement), Verdict::Pass, "{statement}");
    }
    assert_eq!(report(&with_policy(&json!({ "Statement": good() })), CheckId::TlsOnly).verdict, Verdict::Pass);
}

#[test]
fn whatever_narrows_the_statement_leaves_a_hole() {
    let arn = "arn:aws:s3:::the-pain-killer-practice";
    for statement in [
        changed("Effect", json!("Allow")),
        changed("Principal", json!({ "AWS": "arn:aws:iam::111122223333:root" })),
        changed("Action", json!("s3:PutObject")),
        changed("Resource", json!([format!("{arn}/*")])),
        changed("Resource", json!([arn])),
        changed("Resource", json!([arn, format!("{arn}/open/*")])),
        changed("Resource", json!(["arn:aws:s3:::another", "arn:aws:s3:::another/*"])),
        changed("Condition", json!({ "Bool": { "aws:SecureTransport": "true" } })),
        changed(
            "Condition",
            json!({ "Bool": { "aws:SecureTransport": "false", "aws:MultiFactorAuthPresent": "false" } }),
        ),
        changed(
            "Condition",
            json!({ "Bool": { "aws:SecureTransport": "false" }, "IpAddress": { "aws:SourceIp": "1.2.3.4" } }),
        ),
        changed("Condition", json!({ "StringEquals": { "aws:SecureTransport": "false" } })),
    ] {
        assert_eq!(verdict(&statement), Verdict::Fail, "{statement}");
    }
}

#[test]
fn the_statement_is_added_and_the_rest_of_the_policy_stays() {
    let open = wide_open();
    let plan = plan(&open, &[CheckId::TlsOnly]).unwrap();
    let [change] = &plan.changes[..] else { panic!("one change") };
    let SettingState::BucketPolicy(Some(after)) = &change.after else { panic!("a policy") };
    let (before, after): (Value, Value) =
        (serde_json::from_str(&public_policy()).unwrap(), serde_json::from_str(after).unwrap());
    assert_eq!(after["Id"], before["Id"]);
    assert_eq!(after["Statement"][0], before["Statement"]);
    assert_eq!(after["Statement"][1]["Sid"], "PillboxDenyInsecureTransport");
    assert_eq!(after["Statement"].as_array().unwrap().len(), 2);
    let fixed = apply(&open, &plan).unwrap();
    assert_eq!(report(&fixed, CheckId::TlsOnly).verdict, Verdict::Pass);
    assert_eq!(apply(&fixed, &undo_plan(&plan)).unwrap(), open);
}

#[test]
fn a_bucket_without_policy_gets_one_in_its_own_partition_and_loses_it_again() {
    let none = BucketSnapshot { policy: Read::Known(None), partition: "aws-cn".to_owned(), ..in_order() };
    let plan = plan(&none, &[CheckId::TlsOnly]).unwrap();
    let fixed = apply(&none, &plan).unwrap();
    assert!(fixed.policy.known().unwrap().as_ref().unwrap().contains("arn:aws-cn:s3:::the-pain-killer-practice/*"));
    let undo = undo_plan(&plan);
    assert_eq!(undo.permissions, ["s3:DeleteBucketPolicy"]);
    assert_eq!(apply(&fixed, &undo).unwrap(), none);
}

#[test]
fn a_statement_that_was_weakened_is_kept_and_another_added() {
    let mut weak = changed("Action", json!("s3:PutObject"));
    weak["Sid"] = json!("PillboxDenyInsecureTransport");
    let bucket = with_policy(&json!({ "Statement": [weak] }));
    let plan = plan(&bucket, &[CheckId::TlsOnly]).unwrap();
    let SettingState::BucketPolicy(Some(after)) = &plan.changes[0].after else { panic!("a policy") };
    let after: Value = serde_json::from_str(after).unwrap();
    assert_eq!(after["Statement"][0], weak);
    assert_eq!(after["Statement"][1]["Sid"], "PillboxDenyInsecureTransport2");
}

#[test]
fn what_s3_would_refuse_is_not_offered() {
    let behind = BucketSnapshot { bucket_block: Read::Known(Some(PublicAccessBlock::ALL)), ..wide_open() };
    let report = report(&behind, CheckId::TlsOnly);
    assert_eq!((report.verdict, report.fixable), (Verdict::Fail, false));
    let large = json!({ "Id": "x".repeat(20_300), "Statement": [] });
    let refused = plan(&with_policy(&large), &[CheckId::TlsOnly]).unwrap_err();
    assert_eq!((refused.code, refused.about.as_deref()), (ErrorCode::NotFixable, Some("tls-only")));
    let strange = BucketSnapshot { policy: Read::Known(Some("[]".to_owned())), ..in_order() };
    assert_eq!(plan(&strange, &[CheckId::TlsOnly]).unwrap_err().code, ErrorCode::NotFixable);
}
