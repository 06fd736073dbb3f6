//! Every fix can be seen before, changes only what is wrong, and is taken back exactly.

use pillbox_model::{CheckId, ErrorCode};
use serde_json::{Value, json};
use support::{Outcome, Program, RunningSandbox, unsigned_get};

const BUCKET: &str = "the-pain-killer-practice";
const PLACE: &str = "s3://the-pain-killer-practice";

fn run(sandbox: &RunningSandbox, arguments: &[&str]) -> Outcome {
    sandbox.pillbox().run(&[arguments, &["--format", "jsonl"]].concat())
}

/// What the AWS CLI reads of each setting; the policy as the text that is stored.
fn settings(sandbox: &RunningSandbox) -> Vec<(bool, String)> {
    let aws = sandbox.aws();
    let read = |call: &str| aws.try_run(&["s3api", call, "--bucket", BUCKET]);
    let mut settings: Vec<_> =
        ["get-public-access-block", "get-bucket-acl", "get-bucket-ownership-controls", "get-bucket-versioning"]
            .map(read)
            .to_vec();
    settings.push(aws.try_run(&[
        "s3api",
        "get-bucket-policy",
        "--bucket",
        BUCKET,
        "--query",
        "Policy",
        "--output",
        "text",
    ]));
    settings
}

/// A bucket that is as open as one can be: a public policy with spaces and an order of its own, and a public list.
fn wide_open() -> RunningSandbox {
    let sandbox = RunningSandbox::with_sample();
    sandbox.aws().run(&["s3api", "put-bucket-acl", "--bucket", BUCKET, "--acl", "public-read"]);
    sandbox.set_policy(&json!({
        "Id": "website",
        "Version": "2012-10-17",
        "Statement": {
            "Sid": "PublicRead",
            "Principal": "*",
            "Resource": [format!("arn:aws:s3:::{BUCKET}/*")],
            "Action": ["s3:GetObject"],
            "Effect": "Allow",
        },
    }));
    sandbox
}

fn stranger_gets(sandbox: &RunningSandbox) -> u16 {
    unsigned_get(&sandbox.endpoint(), &format!("/{BUCKET}/inbox/old/opening-hours.txt")).0
}

#[test]
fn a_preview_changes_nothing_and_is_not_a_change() {
    let sandbox = wide_open();
    let before = settings(&sandbox);
    let preview = run(&sandbox, &["fix", PLACE, "--all", "--dry-run"]).ended(0);
    let plan = preview.the("plan")["plan"].clone();
    assert!(plan["changes"].as_array().unwrap().len() >= 4, "{plan}");
    for change in plan["changes"].as_array().unwrap() {
        assert_ne!(change["before"], change["after"], "{change}");
    }
    assert_eq!(settings(&sandbox), before);
    assert!(run(&sandbox, &["changes"]).ended(0).objects().is_empty());
    run(&sandbox, &["undo", "--yes"]).ended(1);
}

#[test]
fn everything_comes_back_exactly() {
    let sandbox = wide_open();
    let before = settings(&sandbox);
    assert_eq!(stranger_gets(&sandbox), 200);
    run(&sandbox, &["fix", PLACE, "--all", "--yes"]).ended(0);
    assert_eq!(stranger_gets(&sandbox), 403);
    assert_ne!(settings(&sandbox), before);
    let again = run(&sandbox, &["fix", PLACE, "--all", "--yes"]).ended(0);
    assert!(
        again.of_type("plan").is_empty() && again.of_type("change").is_empty(),
        "nothing is left to fix: {again:?}"
    );
    run(&sandbox, &["undo", "--yes"]).ended(0);
    assert_eq!(settings(&sandbox), before);
    assert_eq!(stranger_gets(&sandbox), 200);
}

#[test]
fn one_check_changes_one_setting() {
    let sandbox = wide_open();
    let before = settings(&sandbox);
    // S3 does not show public grants while IgnorePublicAcls is on.
    for (check, changed) in [("block-public-access", &[0, 1][..]), ("acl-grants", &[1]), ("tls-only", &[4])] {
        run(&sandbox, &["fix", PLACE, check, "--yes"]).ended(0);
        let after = settings(&sandbox);
        for (index, (was, is)) in before.iter().zip(&after).enumerate() {
            assert_eq!(was != is, changed.contains(&index), "{check}: {was:?} became {is:?}");
        }
        run(&sandbox, &["undo", "--yes"]).ended(0);
        assert_eq!(settings(&sandbox), before, "{check}");
    }
}

#[test]
fn the_tls_statement_joins_those_that_are_there() {
    let sandbox = wide_open();
    let policy = |sandbox: &RunningSandbox| -> Value { serde_json::from_str(&settings(sandbox)[4].1).unwrap() };
    let before = policy(&sandbox);
    run(&sandbox, &["fix", PLACE, "tls-only", "--yes"]).ended(0);
    let after = policy(&sandbox);
    assert_eq!(after["Id"], before["Id"]);
    let statements = after["Statement"].as_array().unwrap();
    assert_eq!(statements.len(), 2);
    assert_eq!(statements[0], before["Statement"]);
    assert_eq!(statements[1]["Condition"], json!({"Bool": {"aws:SecureTransport": "false"}}));
}

#[test]
fn a_change_that_is_named_is_taken_back_and_the_others_stay() {
    let sandbox = wide_open();
    let first = run(&sandbox, &["fix", PLACE, "acl-grants", "--yes"]).ended(0).the("change")["change"].clone();
    let second =
        run(&sandbox, &["fix", PLACE, "block-public-access", "--yes"]).ended(0).the("change")["change"].clone();
    let shut = settings(&sandbox)[0].clone();
    run(&sandbox, &["undo", &second.to_string(), "--yes"]).ended(0);
    assert_ne!(settings(&sandbox)[0], shut);
    let undone = run(&sandbox, &["undo", &second.to_string(), "--yes"]).ended(1);
    assert_eq!(undone.the("error")["code"], "noSuchChange", "once is enough");

    let changes: Vec<Value> =
        run(&sandbox, &["changes"]).ended(0).of_type("change").iter().map(|line| line["change"].clone()).collect();
    let told: Vec<_> = changes.iter().map(|it| (&it["id"], &it["undoOf"], &it["undoneBy"], &it["undoable"])).collect();
    let (null, yes, no) = (&Value::Null, &json!(true), &json!(false));
    let third = &changes[0]["id"];
    assert_eq!(told, [(third, &second, null, no), (&second, null, third, no), (&first, null, null, yes)]);
    assert_eq!(changes[2]["checks"], json!(["acl-grants"]));
    assert_eq!(changes[2]["bucket"], BUCKET);
}

#[test]
fn a_bucket_that_changed_since_is_not_written_to() {
    let sandbox = wide_open();
    let program = Program::open(&sandbox, &sandbox.folder().join("window"), &sandbox.endpoint());
    let session = program.wait(program.app.session()).unwrap();
    let planned = program.wait(program.app.plan_fix(&session, &[])).unwrap();
    let flags = "BlockPublicAcls=true";
    let call = ["s3api", "put-public-access-block", "--bucket", BUCKET, "--public-access-block-configuration", flags];
    sandbox.aws().run(&call);
    let before = settings(&sandbox);
    let failure = program.wait(program.app.apply(&session, &planned)).unwrap_err();
    assert_eq!(failure.code, ErrorCode::ChangedSince);
    assert_eq!(settings(&sandbox), before);
    assert!(program.app.changes().unwrap().is_empty());
}

#[test]
fn an_undo_does_not_write_over_what_somebody_set_since() {
    let sandbox = wide_open();
    run(&sandbox, &["fix", PLACE, "block-public-access", "acl-grants", "--yes"]).ended(0);
    let flags = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=false";
    let call = ["s3api", "put-public-access-block", "--bucket", BUCKET, "--public-access-block-configuration", flags];
    sandbox.aws().run(&call);
    let before = settings(&sandbox);
    let refused = run(&sandbox, &["undo", "--yes"]).ended(2);
    assert_eq!(refused.the("error")["code"], "changedSince");
    assert_eq!(settings(&sandbox), before);
}

#[test]
fn a_refused_write_stops_there_and_what_was_done_can_be_taken_back() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.deny(&["s3:PutBucketOwnershipControls"]);
    let before = settings(&sandbox);
    let stopped = run(&sandbox, &["fix", PLACE, "--all", "--yes"]).ended(2);
    assert_eq!(stopped.the("error")["code"], "accessDenied");
    assert_eq!(stopped.the("error")["about"], "s3:PutBucketOwnershipControls");
    let change = stopped.the("change");
    assert!(change["applied"].as_u64().unwrap() > 0 && change["applied"] != change["planned"], "{change}");
    let half = settings(&sandbox);
    assert_eq!((half[0] != before[0], &half[2], &half[4]), (true, &before[2], &before[4]));

    let told = run(&sandbox, &["changes"]).ended(0).the("change")["change"].clone();
    assert_eq!((&told["complete"], &told["undoable"]), (&json!(false), &json!(true)));
    run(&sandbox, &["undo", "--yes"]).ended(0);
    assert_eq!(settings(&sandbox), before);
    run(&sandbox, &["audit", "verify"]).ended(0);
}

#[test]
fn a_check_ends_with_0_1_or_2() {
    let sandbox = RunningSandbox::with_sample();
    let verdicts = |outcome: &Outcome, verdict: &str| -> Vec<Value> {
        outcome
            .of_type("check")
            .into_iter()
            .filter(|it| it["verdict"] == verdict)
            .map(|it| it["check"].clone())
            .collect()
    };
    let open = run(&sandbox, &["check", PLACE]).ended(1);
    assert_eq!(open.of_type("check").len(), CheckId::ALL.len());
    assert!(verdicts(&open, "fail").contains(&json!("block-public-access")));
    sandbox.shut();
    let shut = run(&sandbox, &["check", PLACE]).ended(0);
    assert_eq!(verdicts(&shut, "fail").len() + verdicts(&shut, "unknown").len(), 0);

    let encryption = json!({"Effect": "Deny", "Principal": "*", "Action": "s3:GetEncryptionConfiguration",
        "Resource": format!("arn:aws:s3:::{BUCKET}")});
    let mut policy: Value = serde_json::from_str(&settings(&sandbox)[4].1).unwrap();
    policy["Statement"].as_array_mut().unwrap().push(encryption);
    sandbox.set_policy(&policy);
    let unknown = run(&sandbox, &["check", PLACE]).ended(2);
    assert_eq!(verdicts(&unknown, "fail").len(), 0);
    assert_eq!(verdicts(&unknown, "unknown"), [json!("default-encryption")]);
    sandbox.open_up();
    let both = run(&sandbox, &["check", PLACE]).ended(1);
    assert_eq!(verdicts(&both, "unknown"), [json!("default-encryption")], "a fail counts before an unknown");
}
