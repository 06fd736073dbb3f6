//! The command line keeps its word: names, codes, streams, signals.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::{Value, json};
use support::{Asked, Fate, Outcome, Pillbox, Proxy, RunningSandbox, Tally};

const BUCKET: &str = "the-pain-killer-practice";
const PLACE: &str = "s3://the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";

/// The names of an object's fields, in their order.
fn fields(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Prescriptions of their own, so many.
fn write_scripts(sandbox: &RunningSandbox, files: u64) -> PathBuf {
    let folder = sandbox.folder().join("scripts");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..files {
        let text = format!("Rx Examplillin 500 mg capsules, 20\nRepeats: {number}\n");
        fs::write(folder.join(format!("rx-{number:05}.txt")), text).unwrap();
    }
    folder
}

/// Runs the command with this as its standard input.
fn run_with_input(pillbox: &Pillbox, arguments: &[&str], input: &[u8]) -> Outcome {
    let mut command = pillbox.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn standard_input_is_scanned() {
    let folder = tempfile::tempdir().unwrap();
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let arguments = ["scan", "-", "--format", "jsonl"];
    let found = run_with_input(&pillbox, &arguments, b"name: Jane Doe\n").ended(1);
    assert_eq!((&found.the("detection")["source"], &found.the("detection")["start"]), (&json!("-"), &json!(6)));
    assert_eq!(found.the("summary")["bytes"], 15);
    run_with_input(&pillbox, &arguments, b"nothing of anybody\n").ended(0);
    let binary = run_with_input(&pillbox, &arguments, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").ended(2);
    assert_eq!(binary.the("skipped"), json!({"type": "skipped", "source": "-", "reason": "UNSUPPORTED_FILE_TYPE"}));
}

#[test]
fn a_scan_says_exactly_what_was_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Rx\n\nfor payroll\n  tfn: 123 456 782\n";
    fs::create_dir_all(folder.path().join("in/a")).unwrap();
    fs::write(folder.path().join("in/a/b.txt"), text).unwrap();
    fs::write(folder.path().join("in/x.bin"), b"\0\x01\x02\x03").unwrap();
    let pillbox = Pillbox::new(&folder.path().join("data"));
    let outcome = pillbox.run(&["scan", folder.path().join("in").to_str().unwrap(), "--format", "jsonl"]).ended(2);
    let start = text.find("123").unwrap();
    let detection = outcome.the("detection");
    assert_eq!(
        detection,
        json!({
            "type": "detection",
            "source": "a/b.txt",
            "identifier": "AUSTRALIA_TAX_FILE_NUMBER",
            "category": "PERSONAL_INFORMATION",
            "severity": "High",
            "start": start,
            "end": start + "123 456 782".len(),
            "line": 4,
            "column": 8,
            "masked": "*** *** 782",
            "evidence": {"keyword": "tfn", "checksum": true},
        })
    );
    let agreed = "type source identifier category severity start end line column masked evidence";
    assert_eq!(fields(&detection).join(" "), agreed);
    assert_eq!(
        outcome.the("skipped"),
        json!({"type": "skipped", "source": "x.bin", "reason": "UNSUPPORTED_FILE_TYPE"})
    );
    let summary = outcome.objects().pop().unwrap();
    assert_eq!(fields(&summary)[..5].join(" "), "type files bytes skipped detections");
    assert_eq!((&summary["files"], &summary["skipped"], &summary["detections"]), (&json!(1), &json!(1), &json!(1)));
}

#[test]
fn the_lines_of_the_other_commands_have_stable_names() {
    let sandbox = RunningSandbox::with_sample();
    let folder = write_scripts(&sandbox, 1);
    fs::write(folder.join("empty.txt"), "").unwrap();
    let run = |arguments: &[&str]| sandbox.pillbox().run(&[arguments, &["--format", "jsonl"]].concat());
    let check = run(&["check", PLACE]);
    let agreed = ["type", "check", "group", "verdict", "reason", "standards", "fixable"];
    assert!(check.of_type("check").iter().all(|it| fields(it) == agreed), "{check:?}");
    assert_eq!(fields(&check.the("summary")), ["type", "bucket", "gate"]);
    let fix = run(&["fix", PLACE, "--all", "--yes"]);
    assert_eq!(fields(&fix.the("plan")), ["type", "plan", "undoOf"]);
    assert_eq!(fields(&fix.the("change")), ["type", "change", "applied", "planned", "undoOf"]);
    let upload = run(&["upload", folder.to_str().unwrap(), DESTINATION]).ended(1);
    let agreed = ["type", "number", "name", "state", "code", "skip", "found", "concerns", "decision"];
    assert_eq!(fields(&upload.the("file")), agreed);
    assert_eq!(
        fields(&upload.the("summary")).join(" "),
        "type upload state files verified readBack checksumCompared alreadyThere leftOut needsDecision unreadable failed left bytes namesInKeys dryRun"
    );
    assert_eq!(fields(&run(&["audit", "verify"]).the("audit")), ["type", "entries", "head", "brokenAt"]);
    let error = run(&["check", "s3://no-such-bucket-anywhere"]).ended(2).the("error");
    assert_eq!(error, json!({"type": "error", "code": "noSuchBucket", "about": "no-such-bucket-anywhere"}));
    assert_eq!(fields(&error), ["type", "code", "about"]);
}

#[test]
fn json_is_one_array_whatever_happens() {
    let sandbox = RunningSandbox::with_sample();
    let folder = write_scripts(&sandbox, 2);
    fs::write(folder.join("asks.txt"), "tfn: 123 456 782\n").unwrap();
    let source = folder.to_str().unwrap();
    for (arguments, code, types) in [
        (vec!["changes"], 0, vec![]),
        (vec!["scan", source], 1, vec!["detection", "detection", "detection", "summary"]),
        (vec!["scan", "/no/such/folder"], 2, vec!["skipped", "summary"]),
        (vec!["scan", "s3://no-such-bucket-anywhere"], 2, vec!["error", "summary"]),
        (vec!["upload", source, DESTINATION], 1, vec!["summary", "error"]),
        (vec!["upload", "/no/such/folder", DESTINATION], 2, vec!["error"]),
        (vec!["upload", source, "s3://no-such-bucket-anywhere/"], 2, vec!["error"]),
        (vec!["upload", "--resume", "00000000000000000000000000000000"], 2, vec!["error"]),
        (vec!["check", "no-address"], 2, vec!["error"]),
        (vec!["fix", PLACE, "--all"], 2, vec!["plan", "error"]),
        (vec!["undo", "--yes"], 1, vec!["error"]),
        (vec!["fix", PLACE, "--all", "--yes"], 0, vec!["plan", "change", "summary"]),
        (vec!["fix", PLACE, "--all", "--yes"], 0, vec!["summary"]),
        (vec!["changes"], 0, vec!["change"]),
        (vec!["upload", source, DESTINATION], 1, vec!["file", "summary"]),
        (vec!["audit", "verify"], 0, vec!["audit"]),
    ] {
        let outcome = sandbox.pillbox().run(&[&arguments[..], &["--format", "json"]].concat()).ended(code);
        let parsed: Value =
            serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {outcome:?}"));
        let printed: Vec<&str> = parsed.as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect();
        assert_eq!(printed, types, "{arguments:?}");
    }
}

#[test]
fn nobody_who_reads_any_more_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.txt");
    fs::write(&file, "name: Jane Doe\n".repeat(20_000)).unwrap();
    for format in ["text", "jsonl", "json"] {
        let pillbox = Pillbox::new(&folder.path().join("data"));
        let mut command = pillbox.command(&["scan", file.to_str().unwrap(), "--format", format]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut messages = String::new();
        child.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
        child.wait().unwrap();
        assert_eq!(messages, "", "{format}");
    }
}

#[test]
fn a_data_folder_that_can_not_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    for data_dir in [file.join("data"), file.clone()] {
        let outcome = Pillbox::new(&data_dir).run(&["changes", "--format", "jsonl"]).ended(2);
        assert_eq!(outcome.the("error")["code"], "dataFolderUnusable");
        assert!(outcome.stderr.contains("help: "), "{}", outcome.stderr);
    }
    let mut command = Pillbox::new(&file).command(&["changes", "--format", "jsonl"]);
    let output = command.env_remove("PILLBOX_DATA_DIR").env("HOME", &file).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stdout).unwrap().contains("dataFolderUnusable"));
}

/// An upload that is held fast in the middle, by a proxy that lets so many objects pass and then waits.
struct Stuck {
    upload: Child,
    arrived: Tally,
    go_on: Tally,
}

impl Stuck {
    fn start(sandbox: &RunningSandbox, arguments: &[&str], passes: u64) -> Self {
        let (arrived, go_on) = (Tally::default(), Tally::default());
        let (counted, gate) = (arrived.clone(), go_on.clone());
        let proxy = Proxy::start(&sandbox.endpoint(), move |asked: &Asked| {
            if asked.is_object("PUT") && counted.add() >= passes {
                gate.wait_for(1);
            }
            Fate::Passed
        });
        let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
        let upload = pillbox.start(arguments);
        arrived.wait_for(passes + 1);
        Self { upload, arrived, go_on }
    }

    /// Lets everything pass, and answers how the command ended.
    fn release(mut self) -> i32 {
        self.go_on.add();
        self.upload.wait().unwrap().code().unwrap_or(-1)
    }
}

#[test]
fn the_same_job_runs_once_at_a_time() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = write_scripts(&sandbox, 30);
    let arguments = ["upload", folder.to_str().unwrap(), DESTINATION];
    let first = Stuck::start(&sandbox, &arguments, 5);
    let again = [&arguments[..], &["--on-conflict", "replace", "--format", "jsonl"]].concat();
    for second in [&again[..], &["upload", "--resume", "--format", "jsonl"]] {
        let second = sandbox.pillbox().run(second).ended(2);
        assert_eq!(second.the("error")["code"], "alreadyRunning");
    }
    assert_eq!(first.release(), 0, "the first finishes");
    assert_eq!(sandbox.versions("rx/").len(), 30, "each once");
    let third = sandbox.pillbox().run(&[&arguments[..], &["--format", "jsonl"]].concat()).ended(0);
    assert_eq!(third.the("summary")["alreadyThere"], 30);
}

#[test]
fn a_second_look_does_not_change_what_the_first_was_asked() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = write_scripts(&sandbox, 30);
    sandbox.aws().run(&["s3api", "put-object", "--bucket", BUCKET, "--key", "rx/rx-00029.txt"]);
    let arguments = ["upload", folder.to_str().unwrap(), DESTINATION];
    let first = Stuck::start(&sandbox, &arguments, 5);
    sandbox.pillbox().run(&[&arguments[..], &["--on-conflict", "keep-both"]].concat()).ended(2);
    assert_eq!(first.release(), 1, "the conflict asks");
    let resumed = sandbox.pillbox().run(&["upload", "--resume", "--format", "jsonl"]).ended(1);
    assert_eq!(resumed.the("file")["code"], "objectExists");
    assert_eq!(sandbox.versions("rx/").len(), 30);
}

#[cfg(unix)]
#[test]
fn an_interrupted_upload_is_finished_later() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = write_scripts(&sandbox, 1_000);
    let stuck = Stuck::start(&sandbox, &["upload", folder.to_str().unwrap(), DESTINATION], 10);
    let kill = std::process::Command::new("kill").args(["-INT", &stuck.upload.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let arrived = stuck.arrived.clone();
    assert_eq!(stuck.release(), 2);
    assert!(arrived.count() < 1_000, "it stopped");
    let resumed = sandbox.pillbox().run(&["upload", "--resume", "--format", "jsonl"]).ended(0);
    let summary = resumed.the("summary");
    assert_eq!(summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap(), 1_000);
    assert_eq!(sandbox.versions("rx/").len(), 1_000, "each once");
}

#[test]
fn a_redacted_copy_keeps_its_encoding() {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = write_scripts(&sandbox, 0);
    let text = "Rx pour Renée\r\nTax file number: 123 456 782\r\nà midi\r\n";
    let expected = text.replace("123 456 782", "[AUSTRALIA_TAX_FILE_NUMBER]");
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    let little = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let big = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
    };
    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let encodings: [(&str, Encode<'_>); 3] = [("1252.txt", &latin), ("16le.txt", &little), ("16be.txt", &big)];
    for (name, encode) in encodings {
        fs::write(folder.join(name), encode(text)).unwrap();
    }
    let arguments = ["upload", folder.to_str().unwrap(), DESTINATION, "--decide", "redact"];
    sandbox.pillbox().run(&arguments).ended(0);
    let copy = sandbox.folder().join("copy");
    sandbox.aws().run(&["s3", "sync", "--quiet", DESTINATION, copy.to_str().unwrap()]);
    for (name, encode) in encodings {
        assert_eq!(fs::read(copy.join(name)).unwrap(), encode(&expected), "{name}");
        assert_eq!(fs::read(folder.join(name)).unwrap(), encode(text), "{name} is as it was");
    }
}
