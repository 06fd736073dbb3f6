//! The scan of what is stored: in the order of the keys, only what is new or changed, in parts, going on after a kill,
//! with versions, from an inventory; and what can't be read is named.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Fate, Outcome, Proxy, RunningSandbox, gzip};

const BUCKET: &str = "the-pain-killer-practice";
const CLEAN: &str = "opening hours from nine to five\n";
const CARD: &str = "Card number 4000 0649 7537 1103\n";

/// Writes files, and copies them to the bucket under a prefix.
fn store(sandbox: &RunningSandbox, prefix: &str, files: &[(&str, &str)]) {
    let folder = sandbox.folder().join("to-store");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let target = format!("s3://{BUCKET}/{prefix}");
    sandbox.aws().run(&["s3", "cp", "--quiet", "--recursive", folder.to_str().unwrap(), &target]);
}

fn scan(sandbox: &RunningSandbox, prefix: &str, options: &[&str]) -> Outcome {
    let target = format!("s3://{BUCKET}/{prefix}");
    let mut arguments = vec!["scan", target.as_str(), "--format", "jsonl", "--reveal"];
    arguments.extend_from_slice(options);
    sandbox.pillbox().run(&arguments)
}

fn sources(outcome: &Outcome, kind: &str) -> Vec<String> {
    outcome.of_type(kind).iter().map(|line| line["source"].as_str().unwrap().to_owned()).collect()
}

fn objects(outcome: &Outcome) -> Value {
    outcome.the("summary")["objects"].clone()
}

fn many(count: usize) -> Vec<(String, String)> {
    (0..count).map(|number| (format!("{:05}.txt", number), format!("{CARD}{number}\n"))).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

#[test]
fn what_is_said_comes_in_the_order_of_the_keys() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "order/", &borrowed(&many(1_203)));
    let scanned = scan(&sandbox, "order/", &[]).ended(1);
    let found = sources(&scanned, "detection");
    assert!(found.is_sorted(), "in the order of the keys");
    assert_eq!(found.len(), 1_203);
    assert_eq!(scanned.the("summary")["files"], 1_203);
    assert_eq!(objects(&scanned)["new"], 1_203);
}

#[test]
fn only_what_is_new_or_changed_is_read_and_the_totals_speak_of_all() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "again/", &[("a.txt", CLEAN), ("b.txt", CARD), ("c.txt", CARD)]);
    let first = scan(&sandbox, "again/", &[]).ended(1);
    assert_eq!(objects(&first)["new"], 3);

    store(&sandbox, "again/", &[("c.txt", CLEAN), ("d.txt", CLEAN)]);
    let second = scan(&sandbox, "again/", &[]).ended(1);
    let (summary, totals) = (second.the("summary"), objects(&second));
    assert_eq!((&totals["new"], &totals["changed"], &totals["unchanged"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!((&summary["files"], &summary["detections"]), (&json!(4), &json!(1)), "of all, not of what was read");
    assert_eq!(second.of_type("detection"), [] as [Value; 0]);
    let unchanged = second.the("unchanged");
    assert_eq!((&unchanged["source"], &unchanged["detections"]), (&json!("again/b.txt"), &json!(1)));

    let all = scan(&sandbox, "again/", &["--all"]).ended(1);
    assert_eq!(objects(&all)["again"], 4);
    assert_eq!(sources(&all, "detection"), ["again/b.txt"]);

    // What is made of what is found is another: nothing that was known holds.
    sandbox.pillbox().run(&["rules", "set", "CREDIT_CARD_NUMBER", "refuse"]).ended(0);
    let other = scan(&sandbox, "again/", &[]);
    assert_eq!(objects(&other)["again"], 4);
}

#[test]
fn unchanged_objects_are_not_asked_for() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "quiet/", &[("a.txt", CLEAN), ("b.bin", "\u{1}\u{2}\0\0\0\u{3}"), ("c.txt", CARD)]);
    scan(&sandbox, "quiet/", &[]).ended(2);
    let proxy = Proxy::start(&sandbox.endpoint(), |asked| {
        if asked.is_object("GET") { Fate::Refused(403, "AccessDenied") } else { Fate::Passed }
    });
    let target = format!("s3://{BUCKET}/quiet/");
    let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    let again = pillbox.run(&["scan", &target, "--format", "jsonl"]).ended(2);
    assert_eq!(objects(&again)["unchanged"], 3);
    assert_eq!(again.the("skipped")["reason"], "UNSUPPORTED_FILE_TYPE", "what could not be read is never clean");
}

#[test]
fn conditions_leave_out_and_the_summary_says_how_many() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "part/", &[("a.txt", CARD), ("b.csv", CARD), ("old/c.txt", CARD), ("old/d.TXT", CARD)]);
    let of = |options: &[&str]| {
        let scanned = scan(&sandbox, "part/", options);
        let totals = objects(&scanned);
        (totals["leftOut"].as_u64().unwrap(), 4 - totals["leftOut"].as_u64().unwrap(), scanned.code)
    };
    assert_eq!(of(&["--include", "part/*.txt"]), (3, 1, 1));
    assert_eq!(of(&["--exclude", "part/old/"]), (2, 2, 1));
    assert_eq!(of(&["--extension", "txt"]), (1, 3, 1));
    assert_eq!(of(&["--min-size", "1K"]), (4, 0, 0));
    assert_eq!(of(&["--modified-before", "2001-01-01"]), (4, 0, 0));
    sandbox.aws().run(&[
        "s3api",
        "put-object-tagging",
        "--bucket",
        BUCKET,
        "--key",
        "part/a.txt",
        "--tagging",
        "TagSet=[{Key=ward,Value=north}]",
    ]);
    assert_eq!(of(&["--tag", "ward=north"]).0, 3);
    sandbox.pillbox().run(&["scan", sandbox.folder().to_str().unwrap(), "--extension", "txt"]).ended(2);
}

#[test]
fn a_sample_is_the_same_again_and_is_called_one() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "share/", &borrowed(&many(60)));
    let first = scan(&sandbox, "share/", &["--sample", "50"]).ended(1);
    let rest = objects(&first)["notSampled"].as_u64().unwrap();
    assert!((10..50).contains(&rest), "{rest}");
    let second = scan(&sandbox, "share/", &["--sample", "50"]).ended(1);
    assert_eq!(objects(&second)["unchanged"], 60 - rest);
    let target = format!("s3://{BUCKET}/share/");
    let text = sandbox.pillbox().run(&["scan", &target, "--sample", "50"]).ended(1);
    assert!(text.stdout.contains(&format!("a sample of 50 %: {rest} objects not looked at")), "{}", text.stdout);
}

#[test]
fn versions_and_delete_markers_are_told() {
    let sandbox = RunningSandbox::with_sample();
    let aws = sandbox.aws();
    aws.run(&["s3api", "put-bucket-versioning", "--bucket", BUCKET, "--versioning-configuration", "Status=Enabled"]);
    store(&sandbox, "kept/", &[("a.txt", CARD), ("b.txt", CARD)]);
    store(&sandbox, "kept/", &[("a.txt", CLEAN)]);
    aws.run(&["s3api", "delete-object", "--bucket", BUCKET, "--key", "kept/b.txt"]);

    let shown = scan(&sandbox, "kept/", &[]).ended(0);
    assert_eq!(shown.the("summary")["files"], 1);
    let all = scan(&sandbox, "kept/", &["--versions"]).ended(1);
    assert_eq!(sources(&all, "detection"), ["kept/a.txt", "kept/b.txt"]);
    assert!(all.of_type("detection").iter().all(|line| line["versionId"].is_string()));
    assert_eq!(sources(&all, "deleteMarker"), ["kept/b.txt"]);
    let totals = objects(&all);
    assert_eq!((&totals["unchanged"], &totals["new"], &totals["deleteMarkers"]), (&json!(1), &json!(1), &json!(1)));
    let again = scan(&sandbox, "kept/", &["--versions"]).ended(1);
    assert_eq!(objects(&again)["unchanged"], 3);
}

#[test]
fn findings_of_what_is_gone_are_resolved() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "gone/", &[("a.txt", CARD), ("b.txt", CARD), ("c.txt", CARD)]);
    scan(&sandbox, "gone/", &[]).ended(1);
    let findings = || {
        let target = format!("s3://{BUCKET}/gone/");
        sandbox.pillbox().run(&["findings", &target, "--format", "jsonl"]).objects().len()
    };
    let before = findings();
    sandbox.aws().run(&["s3", "rm", "--quiet", &format!("s3://{BUCKET}/gone/b.txt")]);
    scan(&sandbox, "gone/", &[]).ended(1);
    assert_eq!(findings(), before - 1);
}

#[test]
fn what_is_in_quarantine_is_counted_and_raises_no_finding() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "kept/", &[("a.txt", CARD), ("b.txt", CLEAN)]);
    scan(&sandbox, "kept/", &[]).ended(1);
    let at = format!("s3://{BUCKET}/kept/a.txt");
    sandbox.pillbox().run(&["objects", "quarantine", &at, "--reason", "a payment card", "--yes"]).ended(0);

    // As an older Pillbox did, which left findings of the copy behind.
    scan(&sandbox, "pillbox-quarantine/", &[]).ended(1);
    let findings_of = |prefix: &str| {
        let target = format!("s3://{BUCKET}/{prefix}");
        sandbox.pillbox().run(&["findings", &target, "--format", "jsonl"]).objects().len()
    };
    assert_eq!((findings_of("kept/"), findings_of("pillbox-quarantine/")), (1, 1));

    let all = sandbox.pillbox().run(&["scan", &format!("s3://{BUCKET}"), "--format", "jsonl"]);
    assert_eq!(objects(&all)["inQuarantine"], 1);
    assert!(sources(&all, "detection").iter().all(|source| !source.starts_with("pillbox-quarantine/")));
    assert_eq!((findings_of("kept/"), findings_of("pillbox-quarantine/")), (0, 0));
    let text = sandbox.pillbox().run(&["scan", &format!("s3://{BUCKET}")]);
    assert!(text.stdout.contains("1 object in quarantine not scanned"), "{}", text.stdout);
}

#[test]
fn killed_scans_read_nothing_twice_and_come_to_their_end() {
    let sandbox = RunningSandbox::with_sample();
    let count = 2_500;
    store(&sandbox, "killed/", &borrowed(&many(count)));
    let target = format!("s3://{BUCKET}/killed/");
    let pillbox = sandbox.pillbox();
    let mut running = pillbox.start(&["scan", &target]);
    let known = || known_objects(pillbox.data_dir(), sandbox.account_id());
    while known() < 1_000 && running.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let done = known();
    assert!(done >= 1_000, "{done}");

    let resumed = scan(&sandbox, "killed/", &["--resume"]).ended(1);
    let (summary, totals) = (resumed.the("summary"), objects(&resumed));
    assert_eq!((&summary["files"], &summary["detections"]), (&json!(count), &json!(count)));
    assert!(totals["earlier"].as_u64().unwrap() > 900, "{totals}");
    let read_again = resumed.of_type("detection").len();
    assert!(read_again + done <= count, "{read_again} read after {done}");
    let all = scan(&sandbox, "killed/", &[]).ended(1);
    assert_eq!(objects(&all)["unchanged"], count);
}

/// Objects that the record has.
fn known_objects(data_dir: &Path, account: &str) -> usize {
    let store = pillbox_store::Store::open(data_dir).unwrap();
    let place =
        pillbox_store::ScanPlace { endpoint: None, account_id: Some(account.to_owned()), bucket: BUCKET.to_owned() };
    store.scanned_keys(&place, "", "", None, u32::MAX).unwrap().len()
}

/// Writes an inventory of some objects to the bucket; says where its manifest lies.
fn write_inventory(sandbox: &RunningSandbox, lines: &str, format: &str, damage: bool) -> String {
    let folder: PathBuf = sandbox.folder().join("inventory");
    fs::create_dir_all(&folder).unwrap();
    let data = gzip(lines.as_bytes());
    let md5 = if damage { "0".repeat(32) } else { md5_of(&data) };
    let manifest = json!({
        "sourceBucket": BUCKET,
        "destinationBucket": format!("arn:aws:s3:::{BUCKET}"),
        "version": "2016-11-30",
        "creationTimestamp": "1774915200000",
        "fileFormat": format,
        "fileSchema": "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, ETag",
        "files": [{ "key": "inventory/data/1.csv.gz", "size": data.len(), "MD5checksum": md5 }],
    })
    .to_string();
    fs::create_dir_all(folder.join("data")).unwrap();
    fs::write(folder.join("data/1.csv.gz"), &data).unwrap();
    fs::write(folder.join("manifest.checksum"), md5_of(manifest.as_bytes())).unwrap();
    fs::write(folder.join("manifest.json"), manifest).unwrap();
    let target = format!("s3://{BUCKET}/inventory/");
    sandbox.aws().run(&["s3", "cp", "--quiet", "--recursive", folder.to_str().unwrap(), &target]);
    format!("s3://{BUCKET}/inventory/manifest.json")
}

fn md5_of(bytes: &[u8]) -> String {
    use md5::Digest as _;
    hex::encode(md5::Md5::digest(bytes))
}

#[test]
fn an_inventory_stands_in_for_the_list() {
    let sandbox = RunningSandbox::with_sample();
    store(&sandbox, "in/", &[("a b.txt", CARD), ("c.txt", CLEAN), ("d.txt", CARD)]);
    let line = |key: &str, latest: bool| format!("\"{BUCKET}\",\"{key}\",\"\",\"{latest}\",\"false\",\"33\",\"e\"\n");
    let lines =
        [line("in/c.txt", true), line("in/a%20b.txt", true), line("in/d.txt", false), line("in/gone.txt", true)];
    let manifest = write_inventory(&sandbox, &lines.concat(), "CSV", false);
    let scanned = scan(&sandbox, "in/", &["--inventory", &manifest]).ended(2);
    assert_eq!(sources(&scanned, "detection"), ["in/a b.txt"], "what is no longer the latest is left out");
    assert_eq!(scanned.the("skipped")["reason"], "SOURCE_OBJECT_NO_LONGER_AVAILABLE");
    assert_eq!(scanned.the("summary")["inventoryOf"], "2026-03-31T00:00:00Z");

    for (format, damage) in [("CSV", true), ("ORC", false), ("Parquet", false)] {
        let manifest = write_inventory(&sandbox, &line("in/c.txt", true), format, damage);
        let refused = scan(&sandbox, "in/", &["--inventory", &manifest]).ended(2);
        assert_eq!(refused.the("error")["code"], "inventoryNotUsable", "{format}");
        assert_eq!(refused.the("summary")["complete"], false);
    }
}
