//! The story this began with, by command: an open bucket holds the upload, one fix shuts it, the upload goes,
//! and the fix can be taken back.

use support::{RunningSandbox, files_below, holds_bytes, sha256_of, unsigned_get};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/prescriptions/";

/// The settings of the bucket as the AWS CLI reads them.
fn settings(sandbox: &RunningSandbox) -> Vec<(bool, String)> {
    let aws = sandbox.aws();
    ["get-public-access-block", "get-bucket-acl", "get-bucket-ownership-controls", "get-bucket-policy"]
        .map(|call| aws.try_run(&["s3api", call, "--bucket", BUCKET]))
        .to_vec()
}

#[test]
fn an_open_bucket_is_shut_and_the_prescriptions_arrive() {
    let sandbox = RunningSandbox::with_sample();
    let (pillbox, aws) = (sandbox.pillbox(), sandbox.aws());
    let samples = sandbox.samples();
    let samples = samples.to_str().unwrap();
    let open = sandbox.folder().join("open.txt");
    std::fs::write(&open, "an invented prescription\n").unwrap();

    let held = pillbox.run(&["upload", samples, DESTINATION]).ended(1);
    assert!(held.stderr.contains("Block Public Access"), "{}", held.stderr);
    assert!(held.stderr.starts_with("error: ") && held.stderr.contains(" help: "), "{}", held.stderr);

    aws.run(&[
        "s3api",
        "put-object",
        "--bucket",
        BUCKET,
        "--key",
        "open.txt",
        "--body",
        open.to_str().unwrap(),
        "--acl",
        "public-read",
    ]);
    assert_eq!(unsigned_get(&sandbox.endpoint(), &format!("/{BUCKET}/open.txt")).0, 200);
    let before = settings(&sandbox);

    pillbox.run(&["check", &format!("s3://{BUCKET}")]).ended(1);
    pillbox.run(&["fix", &format!("s3://{BUCKET}"), "--all", "--yes"]).ended(0);
    assert_eq!(unsigned_get(&sandbox.endpoint(), &format!("/{BUCKET}/open.txt")).0, 403);
    pillbox.run(&["check", &format!("s3://{BUCKET}")]).ended(0);

    let sent = pillbox.run(&["upload", samples, DESTINATION, "--decide", "redact", "--format", "jsonl"]).ended(0);
    let summary = sent.the("summary");
    assert_eq!(summary["verified"], 40, "{summary}");

    let listed = aws.json(&["s3api", "list-objects-v2", "--bucket", BUCKET, "--prefix", "prescriptions/"]);
    let mut keys: Vec<&str> =
        listed["Contents"].as_array().unwrap().iter().map(|object| object["Key"].as_str().unwrap()).collect();
    keys.sort_unstable();
    let local = files_below(&sandbox.folder().join("prescriptions"));
    assert_eq!(keys.len(), local.len());
    let redacted = compare_with_local_files(&sandbox, &local);
    assert_eq!(redacted, 4, "the card, the account, the tax file number and the key are blacked out");

    pillbox.run(&["undo", "--yes"]).ended(0);
    assert_eq!(settings(&sandbox), before);
    pillbox.run(&["undo", "--yes"]).ended(1);
    pillbox.run(&["audit", "verify"]).ended(0);
}

/// Downloads each object with the AWS CLI; says how many differ from their local file because a copy was
/// redacted.
fn compare_with_local_files(sandbox: &RunningSandbox, local: &[std::path::PathBuf]) -> usize {
    let copy = sandbox.folder().join("copy");
    sandbox.aws().run(&["s3", "sync", "--quiet", DESTINATION, copy.to_str().unwrap()]);
    let mut redacted = 0;
    for file in local {
        let downloaded = copy.join(file.file_name().unwrap());
        if sha256_of(&downloaded) != sha256_of(file) {
            assert!(holds_bytes(&downloaded, b"["), "{} differs", file.display());
            redacted += 1;
        }
    }
    redacted
}
