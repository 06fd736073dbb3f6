//! Bad input is normal: each is a named outcome, the other files go on, nothing is lost.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::{CannedServer, Outcome, Pillbox, RunningSandbox};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";

/// A shut bucket, and a folder to send from that has one good file.
struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    fn open() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.pillbox().run(&["fix", &format!("s3://{BUCKET}"), "--all", "--yes"]).ended(0);
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("good.txt"), SCRIPT).unwrap();
        Self { sandbox, folder }
    }

    fn upload(&self, arguments: &[&str]) -> Outcome {
        let fixed = ["upload", self.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl", "--reveal"];
        self.sandbox.pillbox().run(&[&fixed, arguments].concat())
    }

    fn keys(&self) -> Vec<String> {
        let listed = self.sandbox.aws().json(&["s3api", "list-objects-v2", "--bucket", BUCKET, "--prefix", "rx/"]);
        let objects = listed["Contents"].as_array().cloned().unwrap_or_default();
        objects.iter().map(|object| object["Key"].as_str().unwrap().to_owned()).collect()
    }
}

fn file<'o>(files: &'o [Value], name: &str) -> &'o Value {
    files.iter().find(|file| file["name"] == name).unwrap_or_else(|| panic!("{name} is not in {files:#?}"))
}

#[test]
fn an_empty_file_asks_and_a_binary_one_is_named() {
    let practice = Practice::open();
    fs::write(practice.folder.join("empty.txt"), "").unwrap();
    fs::write(practice.folder.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let outcome = practice.upload(&[]).ended(2);
    let files = outcome.of_type("file");
    assert_eq!(file(&files, "empty.txt")["state"], "needsDecision");
    assert_eq!(file(&files, "picture.txt")["skip"], "UNSUPPORTED_FILE_TYPE");
    assert_eq!(outcome.the("summary")["verified"], 1);
    assert_eq!(practice.keys(), ["rx/good.txt"]);
    let sent = practice.upload(&["--decide", "send", "--reason", "a placeholder"]).ended(2);
    let summary = sent.the("summary");
    assert_eq!((&summary["verified"], &summary["alreadyThere"]), (&1.into(), &1.into()));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_named_and_not_followed() {
    let practice = Practice::open();
    std::os::unix::fs::symlink("itself.txt", practice.folder.join("itself.txt")).unwrap();
    std::os::unix::fs::symlink("/etc", practice.folder.join("elsewhere")).unwrap();
    let pipe = practice.folder.join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let outcome = practice.upload(&[]).ended(2);
    let files = outcome.of_type("file");
    assert_eq!(file(&files, "itself.txt")["skip"], "SYMBOLIC_LINK");
    assert_eq!(file(&files, "elsewhere")["skip"], "SYMBOLIC_LINK");
    assert_eq!(file(&files, "pipe.txt")["skip"], "NOT_A_REGULAR_FILE");
    assert_eq!(practice.keys(), ["rx/good.txt"]);
}

#[cfg(unix)]
#[test]
fn odd_names_arrive_or_are_named() {
    let practice = Practice::open();
    for name in ["💊 pills.txt", "it's \"quoted\".txt", "..hidden", "a+b%20c.txt", "new\nline.txt"] {
        fs::write(practice.folder.join(name), format!("{SCRIPT}{name}\n")).unwrap();
    }
    let deep = practice.folder.join(vec!["d".repeat(100); 9].join("/"));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("deep.txt"), SCRIPT).unwrap();
    let too_long = practice.folder.join(vec!["e".repeat(200); 6].join("/"));
    fs::create_dir_all(&too_long).unwrap();
    fs::write(too_long.join("far.txt"), SCRIPT).unwrap();
    let outcome = practice.upload(&[]).ended(2);
    let names: Vec<Value> = outcome.of_type("file").iter().map(|file| file["skip"].clone()).collect();
    assert_eq!(names, ["NAME_NOT_USABLE", "NAME_NOT_USABLE"]);
    let keys = practice.keys();
    for name in ["💊 pills.txt", "it's \"quoted\".txt", "..hidden", "a+b%20c.txt"] {
        assert!(keys.contains(&format!("rx/{name}")), "{name} is not in {keys:?}");
    }
    assert!(keys.iter().any(|key| key.ends_with("/deep.txt")));
}

#[test]
fn two_files_of_one_key_are_both_held() {
    let practice = Practice::open();
    let other = practice.sandbox.folder().join("other");
    fs::create_dir_all(&other).unwrap();
    fs::write(other.join("good.txt"), "Rx Examlexin 250 mg\n").unwrap();
    let (one, two) = (practice.folder.to_str().unwrap(), other.to_str().unwrap());
    let outcome = practice.sandbox.pillbox().run(&["upload", one, two, DESTINATION, "--format", "jsonl"]).ended(2);
    let codes: Vec<Value> = outcome.of_type("file").iter().map(|file| file["code"].clone()).collect();
    assert_eq!(codes, ["keyTaken", "keyTaken"]);
    assert!(practice.keys().is_empty());
}

#[test]
fn what_is_there_already_is_safe_or_asks() {
    let practice = Practice::open();
    let good = practice.folder.join("good.txt");
    practice.sandbox.aws().run(&["s3", "cp", "--quiet", good.to_str().unwrap(), &format!("{DESTINATION}good.txt")]);
    let same = practice.upload(&[]).ended(0);
    assert_eq!(same.the("summary")["alreadyThere"], 1);

    fs::write(practice.folder.join("second.txt"), SCRIPT).unwrap();
    fs::write(&good, format!("{SCRIPT}changed\n")).unwrap();
    let other = practice.upload(&[]).ended(1);
    assert_eq!(file(&other.of_type("file"), "good.txt")["code"], "objectExists");
    assert_eq!(other.the("summary")["verified"], 1);

    practice.upload(&["--on-conflict", "keep-both"]).ended(0);
    assert_eq!(practice.keys(), ["rx/good (2).txt", "rx/good.txt", "rx/second.txt"]);
}

#[test]
fn a_replacement_is_a_new_version() {
    let practice = Practice::open();
    practice.upload(&[]).ended(0);
    fs::write(practice.folder.join("good.txt"), format!("{SCRIPT}changed\n")).unwrap();
    practice.upload(&["--on-conflict", "replace"]).ended(0);
    let versions =
        practice.sandbox.aws().json(&["s3api", "list-object-versions", "--bucket", BUCKET, "--prefix", "rx/"]);
    assert_eq!(versions["Versions"].as_array().unwrap().len(), 2);
}

#[test]
fn a_large_file_goes_in_parts_and_arrives_whole() {
    let practice = Practice::open();
    let text = SCRIPT.repeat(20 * 1024 * 1024 / SCRIPT.len());
    fs::write(practice.folder.join("large.txt"), &text).unwrap();
    practice.upload(&[]).ended(0);
    let copy = practice.sandbox.folder().join("large-copy.txt");
    let key = format!("{DESTINATION}large.txt");
    practice.sandbox.aws().run(&["s3", "cp", "--quiet", &key, copy.to_str().unwrap()]);
    assert!(fs::read(copy).unwrap() == text.as_bytes());
}

/// What an upload to an endpoint that fails says: exit 2, the code, and what to do.
fn fails_with(pillbox: &Pillbox, bucket: &str, code: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), SCRIPT).unwrap();
    let target = format!("s3://{bucket}/rx/");
    let outcome = pillbox.run(&["upload", folder.path().to_str().unwrap(), &target, "--format", "jsonl"]).ended(2);
    assert_eq!(outcome.the("error")["code"], code, "{outcome:?}");
    assert!(outcome.stderr.contains("help: "), "{}", outcome.stderr);
}

#[test]
fn each_trouble_with_the_store_has_its_name() {
    let sandbox = RunningSandbox::with_sample();
    let pillbox = sandbox.pillbox();
    fails_with(&pillbox, "no-such-bucket-anywhere", "noSuchBucket");
    fails_with(&pillbox.clone().with("AWS_SECRET_ACCESS_KEY", "wrong"), BUCKET, "wrongKey");
    fails_with(&pillbox.clone().with("AWS_ACCESS_KEY_ID", "AKIANOBODYKNOWSTHIS1"), BUCKET, "wrongKey");
    // Nothing listens on the discard port.
    fails_with(&pillbox.clone().with("AWS_ENDPOINT_URL", "http://127.0.0.1:9"), BUCKET, "noNetwork");
    fails_with(&pillbox.clone().with("AWS_ENDPOINT_URL", "http://192.0.2.1"), BUCKET, "endpointNotSecure");
    for (status, s3_code, code) in [
        (400, "ExpiredToken", "expiredToken"),
        (403, "RequestTimeTooSkewed", "clockSkewed"),
        (403, "AccessDenied", "accessDenied"),
    ] {
        let server = CannedServer::refusing(status, s3_code);
        fails_with(&pillbox.clone().with("AWS_ENDPOINT_URL", server.endpoint()), BUCKET, code);
    }
}

#[test]
fn a_profile_that_is_not_there_is_named() {
    let sandbox = RunningSandbox::with_sample();
    let bucket = format!("s3://{BUCKET}");
    let outcome = sandbox.pillbox().run(&["check", &bucket, "--profile", "nobody", "--format", "jsonl"]).ended(2);
    assert_eq!(outcome.the("error")["code"], "unknownProfile");
}

#[test]
fn wrong_arguments_say_what_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = Pillbox::new(&folder.path().join("data"));
    for arguments in [vec!["upload", "here"], vec!["check", "bucket"], vec!["fix", "s3://b", "no-such-check"], vec![]] {
        let outcome = pillbox.run(&arguments);
        assert_eq!(outcome.code, 2, "{arguments:?}");
        assert!(outcome.stderr.contains("error: ") || arguments.is_empty(), "{arguments:?}: {}", outcome.stderr);
    }
    let sandbox = RunningSandbox::with_sample();
    let not_asked = sandbox.pillbox().run(&["fix", &format!("s3://{BUCKET}"), "--all"]).ended(2);
    assert!(not_asked.stderr.contains("--yes"), "{}", not_asked.stderr);
}
