//! Single objects are put right: seen before, byte-identical where they go, read back, and taken back.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use support::{AwsCli, Outcome, Pillbox, RunningSandbox};

pub(crate) const BUCKET: &str = "the-pain-killer-practice";
pub(crate) const KEY: &str = "inbox/okafor amara+1.txt";
pub(crate) const TEXT: &str = "Rx 1\nExamplillin 500 mg capsules, 20\n1 three times a day\n";

pub(crate) fn place(key: &str) -> String {
    format!("s3://{BUCKET}/{key}")
}

pub(crate) fn run(sandbox: &RunningSandbox, arguments: &[&str]) -> Outcome {
    run_with(&sandbox.pillbox(), arguments)
}

pub(crate) fn run_with(pillbox: &Pillbox, arguments: &[&str]) -> Outcome {
    pillbox.run(&[&["objects"], arguments, &["--format", "jsonl", "--reveal"]].concat())
}

pub(crate) fn undo(sandbox: &RunningSandbox) -> Outcome {
    sandbox.pillbox().run(&["undo", "--yes", "--format", "jsonl"])
}

/// The AWS CLI about one object of the sample bucket.
fn about(aws: &AwsCli, call: &str, key: &str, more: &[&str]) -> Value {
    aws.json(&[&["s3api", call, "--bucket", BUCKET, "--key", key], more].concat())
}

/// Stores an object as another program would, with all that an object may have beside its bytes.
pub(crate) fn store(sandbox: &RunningSandbox, key: &str, text: &str) -> Value {
    let file = sandbox.folder().join("source.txt");
    fs::write(&file, text).unwrap();
    let body = file.to_str().unwrap();
    let more = [
        "--body",
        body,
        "--content-type",
        "text/x-rx",
        "--cache-control",
        "no-store",
        "--metadata",
        "run=7",
        "--tagging",
        "kind=rx&shift=a%20b",
    ];
    about(&sandbox.aws(), "put-object", key, &more)
}

/// What a reader sees of an object: bytes, headers, metadata, tags.
pub(crate) fn seen(sandbox: &RunningSandbox, key: &str, version: Option<&str>) -> (Vec<u8>, Value, Value) {
    let file = sandbox.folder().join("read");
    let mut more: Vec<&str> = version.map(|version| vec!["--version-id", version]).unwrap_or_default();
    let tags = about(&sandbox.aws(), "get-object-tagging", key, &more)["TagSet"].clone();
    more.push(file.to_str().unwrap());
    let got = about(&sandbox.aws(), "get-object", key, &more);
    let kept = ["ContentType", "CacheControl", "Metadata", "ServerSideEncryption"];
    let headers: BTreeMap<&str, &Value> = kept.iter().map(|name| (*name, &got[*name])).collect();
    (fs::read(file).unwrap(), json!(headers), tags)
}

/// Whether a reader who names no version finds something.
pub(crate) fn is_there(sandbox: &RunningSandbox, key: &str) -> bool {
    sandbox.aws().try_run(&["s3api", "head-object", "--bucket", BUCKET, "--key", key]).0
}

/// All versions and delete markers of a bucket, as another client lists them.
pub(crate) fn everything(sandbox: &RunningSandbox) -> Value {
    let all = sandbox.aws().json(&["s3api", "list-object-versions", "--bucket", BUCKET]);
    json!([all["Versions"], all["DeleteMarkers"]])
}

pub(crate) fn quarantined(sandbox: &RunningSandbox) -> Vec<Value> {
    let listed = run(sandbox, &["quarantined", &format!("s3://{BUCKET}")]).ended(0);
    listed.of_type("quarantined").into_iter().map(|line| line["object"].clone()).collect()
}

fn quarantine(sandbox: &RunningSandbox) -> Value {
    let arguments = ["quarantine", &place(KEY), "--reason", "no prescription", "--expires", "2099-01-31", "--yes"];
    run(sandbox, &arguments).ended(0).the("change")["change"].clone()
}

/// Without versions a bucket is another store: what is replaced or deleted is gone.
fn suspend_versions(sandbox: &RunningSandbox) {
    let call = ["s3api", "put-bucket-versioning", "--bucket", BUCKET, "--versioning-configuration", "Status=Suspended"];
    sandbox.aws().run(&call);
}

#[test]
fn a_preview_changes_nothing() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let before = everything(&sandbox);
    let at = place(KEY);
    for fix in [
        &["quarantine", &at, "--reason", "no prescription"][..],
        &["encrypt", &at, "--kms-key", "arn:aws:kms:ap-southeast-2:111122223333:key/1"],
        &["tag", &at, "kind=note"],
    ] {
        let plan = run(&sandbox, &[fix, &["--dry-run"]].concat()).ended(0).the("objectPlan")["plan"].clone();
        assert!(!plan["steps"].as_array().unwrap().is_empty(), "{plan}");
        let asked = run(&sandbox, fix).ended(2);
        assert_eq!(asked.the("error")["code"], "invalidInput", "there is no terminal to ask at");
    }
    assert_eq!(everything(&sandbox), before);
    assert!(sandbox.pillbox().run(&["changes", "--format", "jsonl"]).ended(0).objects().is_empty());
}

#[test]
fn quarantine_keeps_every_bit_and_undo_brings_back_exactly_what_was() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let (before, original) = (everything(&sandbox), seen(&sandbox, KEY, None));
    quarantine(&sandbox);
    assert!(!is_there(&sandbox, KEY));
    let all = quarantined(&sandbox);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (&all[0]["ownKey"], &all[0]["expires"], &all[0]["isDue"]),
        (&json!(KEY), &json!("2099-01-31"), &json!(false))
    );
    assert_eq!(all[0]["reason"], "no prescription");
    let (bytes, headers, tags) = seen(&sandbox, all[0]["key"].as_str().unwrap(), None);
    assert_eq!((bytes, &tags), (original.0.clone(), &original.2));
    for name in ["ContentType", "CacheControl", "ServerSideEncryption"] {
        assert_eq!(headers[name], original.1[name], "{name}");
    }
    assert_eq!(headers["Metadata"]["run"], "7");
    undo(&sandbox).ended(0);
    assert_eq!(everything(&sandbox), before, "the very version is there again, and no copy stays");
    assert_eq!(seen(&sandbox, KEY, None), original);
    undo(&sandbox).ended(1);
    sandbox.pillbox().run(&["audit", "verify"]).ended(0);
}

#[test]
fn what_was_put_into_quarantine_is_restored_from_any_computer() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let original = seen(&sandbox, KEY, None);
    quarantine(&sandbox);
    let copy = quarantined(&sandbox)[0]["key"].as_str().unwrap().to_owned();
    let elsewhere = sandbox
        .environment()
        .into_iter()
        .fold(Pillbox::new(&sandbox.folder().join("elsewhere")), |pillbox, (name, value)| pillbox.with(name, &value));
    run_with(&elsewhere, &["restore", &place(&copy), "--yes"]).ended(0);
    assert_eq!(seen(&sandbox, KEY, None), original, "no mark of quarantine stays");
    assert!(quarantined(&sandbox).is_empty());
    elsewhere.run(&["undo", "--yes"]).ended(0);
    assert!(!is_there(&sandbox, KEY) && is_there(&sandbox, &copy));
    store(&sandbox, KEY, "another");
    let there = run_with(&elsewhere, &["restore", &place(&copy), "--yes"]).ended(2);
    assert_eq!(there.the("error")["code"], "objectExists", "nothing is written over");
}

#[test]
fn removing_for_ever_asks_for_words_and_its_bytes_come_back_from_the_copy() {
    let sandbox = RunningSandbox::with_sample();
    let version = store(&sandbox, KEY, TEXT)["VersionId"].as_str().unwrap().to_owned();
    let original = seen(&sandbox, KEY, None);
    let (before, at) = (everything(&sandbox), place(KEY));
    let remove = ["quarantine", &at, "--reason", "no prescription", "--remove-original", "--yes"];
    let asked = run(&sandbox, &remove).ended(1);
    assert_eq!(asked.the("error")["code"], "consentNeeded");
    let words = asked.the("error")["about"].as_str().unwrap().to_owned();
    run(&sandbox, &[&remove[..], &["--consent", "yes"]].concat()).ended(1);
    assert_eq!(everything(&sandbox), before);
    run(&sandbox, &[&remove[..], &["--consent", &words]].concat()).ended(0);
    let gone =
        sandbox.aws().try_run(&["s3api", "head-object", "--bucket", BUCKET, "--key", KEY, "--version-id", &version]);
    assert!(!gone.0);
    undo(&sandbox).ended(0);
    assert_eq!(seen(&sandbox, KEY, None), original);
    assert!(quarantined(&sandbox).is_empty());
}

#[test]
fn without_versions_nothing_is_lost_either() {
    let sandbox = RunningSandbox::with_sample();
    suspend_versions(&sandbox);
    store(&sandbox, KEY, TEXT);
    let original = seen(&sandbox, KEY, None);
    quarantine(&sandbox);
    assert!(!is_there(&sandbox, KEY));
    undo(&sandbox).ended(0);
    assert_eq!(seen(&sandbox, KEY, None), original);
    assert!(quarantined(&sandbox).is_empty());
    let kms = "arn:aws:kms:ap-southeast-2:111122223333:key/1";
    run(&sandbox, &["encrypt", &place(KEY), "--kms-key", kms, "--yes"]).ended(0);
    assert_eq!(about(&sandbox.aws(), "head-object", KEY, &[])["SSEKMSKeyId"], kms);
    undo(&sandbox).ended(0);
    assert_eq!(seen(&sandbox, KEY, None), original);
}

#[test]
fn what_takes_the_place_of_an_older_version_says_so_and_asks() {
    let sandbox = RunningSandbox::with_sample();
    suspend_versions(&sandbox);
    store(&sandbox, KEY, "of the time without versions");
    let enable = ["s3api", "put-bucket-versioning", "--bucket", BUCKET, "--versioning-configuration", "Status=Enabled"];
    sandbox.aws().run(&enable);
    let current = store(&sandbox, KEY, TEXT)["VersionId"].as_str().unwrap().to_owned();
    let at = place(KEY);
    let fix = ["quarantine", &at, "--reason", "no prescription"];
    let planned =
        |fix: &[&str]| run(&sandbox, &[fix, &["--dry-run"]].concat()).ended(0).the("objectPlan")["plan"].clone();
    assert_eq!(planned(&fix)["reversibility"], "exact", "versions are on: nothing takes the older one's place");

    suspend_versions(&sandbox);
    let plan = planned(&fix);
    assert!(plan["effects"].as_array().unwrap().contains(&json!({ "kind": "olderVersionGone" })), "{plan}");
    assert_eq!(plan["reversibility"], "nearest");
    let before = everything(&sandbox);
    let asked = run(&sandbox, &[&fix[..], &["--yes"]].concat()).ended(1);
    assert_eq!(asked.the("error")["code"], "consentNeeded");
    assert_eq!(everything(&sandbox), before);

    run(&sandbox, &[&fix[..], &["--yes", "--consent", "delete for ever"]].concat()).ended(0);
    assert!(!is_there(&sandbox, KEY));
    undo(&sandbox).ended(0);
    assert_eq!(seen(&sandbox, KEY, Some(&current)).0, TEXT.as_bytes(), "what has an id of its own is only hidden");
    assert!(is_there(&sandbox, KEY));
    assert_eq!(planned(&fix)["reversibility"], "exact", "no older one is left");
}

#[test]
fn versions_are_listed_fetched_restored_and_removed() {
    let sandbox = RunningSandbox::with_sample();
    let first = store(&sandbox, KEY, "first")["VersionId"].as_str().unwrap().to_owned();
    store(&sandbox, KEY, "second");
    let at = place(KEY);
    let path = sandbox.folder().join("fetched");
    let download = ["download", &at, path.to_str().unwrap(), "--version-id", &first];
    run(&sandbox, &download).ended(0);
    assert_eq!(fs::read(&path).unwrap(), b"first");
    assert_eq!(run(&sandbox, &download).ended(2).the("error")["code"], "invalidInput", "it never writes over a file");

    let before = everything(&sandbox);
    run(&sandbox, &["restore", &at, "--version-id", &first, "--yes"]).ended(0);
    assert_eq!(seen(&sandbox, KEY, None).0, b"first");
    assert_eq!(run(&sandbox, &["versions", &at]).ended(0).of_type("version").len(), 3);
    undo(&sandbox).ended(0);
    assert_eq!(everything(&sandbox), before);

    sandbox.aws().run(&["s3api", "delete-object", "--bucket", BUCKET, "--key", KEY]);
    let versions = run(&sandbox, &["versions", &at]).ended(0).of_type("version");
    assert_eq!((&versions[0]["version"]["isDeleteMarker"], versions.len()), (&json!(true), 3));
    let marker = versions[0]["version"]["versionId"].as_str().unwrap().to_owned();
    run(&sandbox, &["delete-version", &at, "--version-id", &marker, "--yes"]).ended(0);
    assert_eq!(seen(&sandbox, KEY, None).0, b"second");
    undo(&sandbox).ended(0);
    assert!(!is_there(&sandbox, KEY));

    let remove = ["delete-version", &at, "--version-id", &first, "--yes"];
    assert_eq!(run(&sandbox, &remove).ended(1).the("error")["code"], "consentNeeded");
    run(&sandbox, &[&remove[..], &["--consent", "delete for ever"]].concat()).ended(0);
    assert!(!everything(&sandbox).to_string().contains(&first));
    let changes = sandbox.pillbox().run(&["changes", "--format", "jsonl"]).ended(0).of_type("change");
    assert_eq!(changes[0]["change"]["undoable"], false);
    assert_eq!(undo(&sandbox).ended(1).the("error")["code"], "noSuchChange", "the newest that can come back is none");
    assert_eq!(run(&sandbox, &remove).ended(2).the("error")["code"], "noSuchObject");
}

#[test]
fn redacting_leaves_a_clean_version_and_the_former_in_quarantine() {
    let sandbox = RunningSandbox::with_sample();
    let file = sandbox.samples().join(sample_with("0009"));
    let text = fs::read_to_string(file).unwrap();
    store(&sandbox, KEY, &text);
    let (before, original, at) = (everything(&sandbox), seen(&sandbox, KEY, None), place(KEY));
    let found = |at: &str| {
        let scan = sandbox.pillbox().run(&["scan", at, "--format", "jsonl"]);
        scan.of_type("detection").iter().filter(|it| it["identifier"] == "CREDIT_CARD_NUMBER").count()
    };
    assert_eq!(found(&at), 1);
    run(&sandbox, &["redact", &at, "--yes"]).ended(0);
    assert_eq!(found(&at), 0);
    let redacted = seen(&sandbox, KEY, None);
    assert_eq!((&redacted.1, &redacted.2), (&original.1, &original.2), "all but the bytes stays");
    let copy = quarantined(&sandbox)[0]["key"].as_str().unwrap().to_owned();
    assert_eq!(seen(&sandbox, &copy, None).0, original.0);
    let again = run(&sandbox, &["redact", &at, "--yes"]).ended(0);
    assert!(again.of_type("objectPlan").is_empty(), "nothing is left to black out");
    undo(&sandbox).ended(0);
    assert_eq!(everything(&sandbox), before);
    let consent = ["redact", &at, "--remove-original", "--consent", "delete for ever"];
    run(&sandbox, &consent).ended(0);
    undo(&sandbox).ended(0);
    assert_eq!(seen(&sandbox, KEY, None), original, "back from quarantine");
}

/// The sample prescription of a number.
fn sample_with(number: &str) -> String {
    let files = pillbox_sandbox::sample::prescriptions();
    files.into_iter().map(|file| file.name).find(|name| name.contains(number)).unwrap()
}

#[test]
fn an_object_is_made_private_tagged_and_encrypted_and_comes_back_as_it_was() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    sandbox.aws().run(&["s3api", "put-object-acl", "--bucket", BUCKET, "--key", KEY, "--acl", "public-read"]);
    let at = place(KEY);
    let acl = || about(&sandbox.aws(), "get-object-acl", KEY, &[]);
    let (open, before, original) = (acl(), everything(&sandbox), seen(&sandbox, KEY, None));
    assert_eq!(open["Grants"].as_array().unwrap().len(), 2);
    run(&sandbox, &["private", &at, "--yes"]).ended(0);
    assert_eq!(acl()["Grants"].as_array().unwrap().len(), 1);
    assert!(run(&sandbox, &["private", &at, "--yes"]).ended(0).of_type("change").is_empty());
    let flags = "IgnorePublicAcls=true";
    let shut = ["s3api", "put-public-access-block", "--bucket", BUCKET, "--public-access-block-configuration", flags];
    sandbox.aws().run(&shut);
    let hidden = run(&sandbox, &["private", &at, "--yes"]).ended(2);
    assert_eq!(hidden.the("error")["code"], "notFixable", "what S3 does not show is not called private");
    sandbox.open_up();
    undo(&sandbox).ended(0);
    assert_eq!(acl(), open);

    run(&sandbox, &["tag", &at, "kind=note", "by=practice", "--yes"]).ended(0);
    let tags = seen(&sandbox, KEY, None).2.to_string();
    for pair in [("kind", "note"), ("by", "practice"), ("shift", "a b")] {
        assert!(tags.contains(&json!({ "Key": pair.0, "Value": pair.1 }).to_string()), "{tags}");
    }
    undo(&sandbox).ended(0);

    let kms = "arn:aws:kms:ap-southeast-2:111122223333:key/1";
    run(&sandbox, &["encrypt", &at, "--kms-key", kms, "--yes"]).ended(0);
    let head = about(&sandbox.aws(), "head-object", KEY, &[]);
    assert_eq!((&head["ServerSideEncryption"], &head["SSEKMSKeyId"]), (&json!("aws:kms"), &json!(kms)));
    let encrypted = seen(&sandbox, KEY, None);
    assert_eq!((encrypted.0, encrypted.2), (original.0.clone(), original.2.clone()));
    undo(&sandbox).ended(0);
    assert_eq!((everything(&sandbox), seen(&sandbox, KEY, None), acl()), (before, original, open));
}

#[test]
fn a_bucket_that_enforces_conditional_writes_takes_every_fix() {
    let sandbox = RunningSandbox::with_sample();
    let text = fs::read_to_string(sandbox.samples().join(sample_with("0009"))).unwrap();
    let first = store(&sandbox, KEY, &text)["VersionId"].as_str().unwrap().to_owned();
    let all = format!("arn:aws:s3:::{BUCKET}/*");
    let unless = |action: &str, keys: &[&str]| {
        let absent: BTreeMap<&str, &str> = keys.iter().map(|key| (*key, "true")).collect();
        json!({"Effect": "Deny", "Principal": "*", "Action": action, "Resource": all, "Condition": {"Null": absent}})
    };
    sandbox.set_policy(&json!({
        "Version": "2012-10-17",
        "Statement": [
            unless("s3:PutObject", &["s3:if-none-match", "s3:if-match"]),
            unless("s3:DeleteObject", &["s3:if-match"]),
        ],
    }));
    let file = sandbox.folder().join("source.txt");
    let put = ["s3api", "put-object", "--bucket", BUCKET, "--key", KEY, "--body", file.to_str().unwrap()];
    assert!(!sandbox.aws().try_run(&put).0, "a write without a condition is refused");
    let at = place(KEY);
    let kms = "arn:aws:kms:ap-southeast-2:111122223333:key/1";
    run(&sandbox, &["redact", &at, "--yes"]).ended(0);
    run(&sandbox, &["restore", &at, "--version-id", &first, "--yes"]).ended(0);
    run(&sandbox, &["encrypt", &at, "--kms-key", kms, "--yes"]).ended(0);
    quarantine(&sandbox);
    let copy = quarantined(&sandbox).into_iter().find(|one| one["reason"] == "no prescription").unwrap();
    run(&sandbox, &["restore", &place(copy["key"].as_str().unwrap()), "--yes"]).ended(0);
    for _ in 0..5 {
        undo(&sandbox).ended(0);
    }
    assert_eq!(seen(&sandbox, KEY, None).0, text.as_bytes());
    assert_eq!(about(&sandbox.aws(), "head-object", KEY, &[])["VersionId"], json!(first));
}

#[test]
fn neither_outputs_nor_the_audit_log_hold_the_key() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let at = place(KEY);
    for arguments in [
        &["objects", "tag", &at, "patient=okafor", "--yes"][..],
        &["objects", "quarantine", &at, "--reason", "no prescription", "--yes"],
        &["objects", "quarantined", &format!("s3://{BUCKET}")],
        &["changes"],
        &["undo", "--yes"],
    ] {
        for format in ["text", "jsonl"] {
            let outcome = sandbox.pillbox().run(&[arguments, &["--format", format]].concat());
            let printed = format!("{}{}", outcome.stdout, outcome.stderr).to_lowercase();
            assert!(!printed.contains("okafor") && !printed.contains("amara"), "{arguments:?}: {printed}");
        }
    }
    let database = rusqlite::Connection::open(sandbox.pillbox().data_dir().join("pillbox.db")).unwrap();
    let mut entries = database.prepare("SELECT * FROM audit").unwrap();
    let columns = entries.column_count();
    let mut rows = entries.query([]).unwrap();
    let mut all = String::new();
    while let Some(row) = rows.next().unwrap() {
        for column in 0..columns {
            all.push_str(&format!("{:?}", row.get_ref(column).unwrap().as_str().unwrap_or_default()));
        }
    }
    assert!(all.contains("object.fixed") && all.contains("object.undone"), "{all}");
    assert!(!all.to_lowercase().contains("okafor"), "{all}");
}

#[test]
fn a_reason_with_a_patients_data_is_refused() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, KEY, TEXT);
    let text = fs::read_to_string(sandbox.samples().join(sample_with("0009"))).unwrap();
    let card = sandbox.pillbox().run(&["scan", sandbox.samples().to_str().unwrap(), "--format", "jsonl", "--reveal"]);
    let card = card.of_type("detection").into_iter().find(|it| it["identifier"] == "CREDIT_CARD_NUMBER").unwrap();
    let place_of = |end: &str| usize::try_from(card[end].as_u64().unwrap()).unwrap();
    let card = &text[place_of("start")..place_of("end")];
    for reason in [&format!("card {card} in it") as &str, "  ", "caf\u{e9}"] {
        let refused = run(&sandbox, &["quarantine", &place(KEY), "--reason", reason, "--yes"]).ended(2);
        assert_eq!(refused.the("error")["code"], "invalidInput", "{reason}");
    }
    assert!(is_there(&sandbox, KEY));
}
