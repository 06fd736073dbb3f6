//! What is here and not there is told by content, and only that is sent.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::{Asked, Fate, Outcome, Proxy, RunningSandbox, Tally};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";
/// Holds what does not belong in a prescription.
const ODD: &str = "Rx Examplillin 500 mg\nfor payroll, tfn: 123 456 782\n";

struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    /// A practice with three prescriptions, one of which has to be blacked out.
    fn new() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        let practice = Self { sandbox, folder };
        practice.write("a.txt", SCRIPT);
        practice.write("b.txt", &format!("{SCRIPT}Repeats: 2\n"));
        practice.write("odd.txt", ODD);
        practice
    }

    /// The same, all of it sent.
    fn sent() -> Self {
        let practice = Self::new();
        practice.sync(&["--decide", "redact"]).ended(0);
        practice
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    fn arguments<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        [&["upload", self.folder.to_str().unwrap(), DESTINATION, "--sync", "--format", "jsonl"], more].concat()
    }

    fn sync(&self, more: &[&str]) -> Outcome {
        self.sandbox.pillbox().run(&self.arguments(more))
    }

    /// The same by way of a proxy that counts what is sent.
    fn counted(&self, more: &[&str]) -> (Outcome, u64) {
        let sent = Tally::default();
        let seen = sent.clone();
        let proxy = Proxy::start(&self.sandbox.endpoint(), move |asked: &Asked| {
            if asked.is_object("PUT") {
                seen.add();
            }
            Fate::Passed
        });
        let pillbox = self.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
        (pillbox.run(&self.arguments(more)), sent.count())
    }

    fn put(&self, key: &str, text: &str) {
        let file = self.sandbox.folder().join("another.txt");
        fs::write(&file, text).unwrap();
        let call = ["s3api", "put-object", "--bucket", BUCKET, "--key", key, "--body", file.to_str().unwrap()];
        self.sandbox.aws().run(&call);
    }

    fn delete(&self, key: &str) {
        self.sandbox.aws().run(&["s3api", "delete-object", "--bucket", BUCKET, "--key", key]);
    }

    fn stored(&self, key: &str) -> String {
        let file = self.sandbox.folder().join("stored.txt");
        self.sandbox.aws().run(&["s3api", "get-object", "--bucket", BUCKET, "--key", key, file.to_str().unwrap()]);
        fs::read_to_string(file).unwrap()
    }
}

/// New, changed, looked at again, the same, only there.
fn comparison(outcome: &Outcome) -> [u64; 5] {
    let said: Value = outcome.the("comparison");
    ["new", "changed", "otherRules", "same", "onlyThere"].map(|name| said[name].as_u64().unwrap())
}

#[test]
fn what_is_there_is_not_sent_again_and_what_was_blacked_out_neither() {
    let practice = Practice::new();
    let first = practice.sync(&["--decide", "redact"]).ended(0);
    assert_eq!(comparison(&first), [3, 0, 0, 0, 0]);
    assert!(practice.stored("rx/odd.txt").contains("[AUSTRALIA_TAX_FILE_NUMBER]"), "a copy was sent");

    let (again, sent) = practice.counted(&[]);
    let again = again.ended(0);
    assert_eq!((comparison(&again), sent), ([0, 0, 0, 3, 0], 0));
    assert_eq!(again.the("summary")["alreadyThere"], 3);

    practice.write("c.txt", &format!("{SCRIPT}Repeats: 3\n"));
    let (more, sent) = practice.counted(&[]);
    assert_eq!((comparison(&more.ended(0)), sent), ([1, 0, 0, 3, 0], 1));
}

#[test]
fn content_decides_and_neither_size_nor_date() {
    let practice = Practice::sent();
    let file = practice.folder.join("a.txt");
    let moment = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, SCRIPT.replace("20", "30")).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(moment).unwrap();
    fs::write(practice.folder.join("b.txt"), format!("{SCRIPT}Repeats: 2\n")).unwrap();

    let held = practice.sync(&[]).ended(1);
    assert_eq!(comparison(&held), [0, 1, 0, 2, 0], "b.txt is newer and the same");
    assert_eq!(held.the("file")["state"], "conflict");
    practice.sync(&["--on-conflict", "keep-both"]).ended(0);
    assert_eq!(practice.stored("rx/a (2).txt"), SCRIPT.replace("20", "30"));
    let (same, sent) = practice.counted(&[]);
    assert_eq!((comparison(&same.ended(0)), sent), ([0, 0, 0, 3, 1], 0), "the file lies under the other key now");
}

#[test]
fn what_was_changed_or_removed_in_the_bucket_is_found() {
    let practice = Practice::sent();
    practice.put("rx/a.txt", "something else\n");
    practice.delete("rx/b.txt");
    practice.delete("rx/odd.txt");
    let found = practice.sync(&[]).ended(1);
    assert_eq!(comparison(&found), [2, 1, 0, 0, 0]);
    let conflict = found.the("file");
    assert_eq!((&conflict["state"], &conflict["name"]), (&"conflict".into(), &"a.txt".into()));
    assert!(
        practice.stored("rx/odd.txt").contains("[AUSTRALIA_TAX_FILE_NUMBER]"),
        "the same bytes under the same rules go as they went"
    );
    assert_eq!(practice.stored("rx/a.txt"), "something else\n", "nothing is overwritten");
}

#[test]
fn the_same_bytes_stored_anew_are_the_same() {
    let practice = Practice::sent();
    let copy = practice.stored("rx/odd.txt");
    practice.delete("rx/odd.txt");
    practice.put("rx/odd.txt", &copy);
    let (same, sent) = practice.counted(&[]);
    assert_eq!((comparison(&same.ended(0)), sent), ([0, 0, 0, 3, 0], 0));
}

#[test]
fn other_rules_look_again() {
    let practice = Practice::sent();
    practice.sandbox.pillbox().run(&["rules", "set", "AUSTRALIA_TAX_FILE_NUMBER", "refuse"]).ended(0);
    let again = practice.sync(&[]).ended(1);
    assert_eq!(comparison(&again), [0, 0, 3, 0, 0]);
    assert_eq!(again.the("summary")["alreadyThere"], 2);
    assert_eq!(again.the("file")["state"], "needsDecision", "what was decided under other rules is asked anew");
    practice.sync(&["--decide", "redact"]).ended(0);
    let (same, sent) = practice.counted(&[]);
    assert_eq!((comparison(&same.ended(0)), sent), ([0, 0, 0, 3, 0], 0));
}

#[test]
fn what_others_stored_is_compared_by_its_bytes_and_proved() {
    let practice = Practice::new();
    fs::remove_file(practice.folder.join("odd.txt")).unwrap();
    practice.put("rx/a.txt", SCRIPT);
    practice.put("rx/b.txt", "something else\n");
    practice.put("rx/theirs.txt", "nobody here knows it\n");
    let (tried, sent) = practice.counted(&["--dry-run"]);
    assert_eq!((comparison(&tried.ended(0)), sent), ([0, 1, 0, 1, 1], 0));
    let (found, sent) = practice.counted(&[]);
    let found = found.ended(1);
    assert_eq!((comparison(&found), sent), ([0, 1, 0, 1, 1], 0), "nothing is sent where something is there");
    assert_eq!((&found.the("summary")["alreadyThere"], &found.the("file")["name"]), (&1.into(), &"b.txt".into()));
    assert_eq!(practice.stored("rx/theirs.txt"), "nobody here knows it\n");
}

#[test]
fn a_comparison_without_the_right_to_list_is_no_comparison() {
    let practice = Practice::sent();
    practice.sandbox.deny(&["s3:ListBucket"]);
    let refused = practice.sync(&[]).ended(2);
    assert_eq!(refused.the("error")["code"], "accessDenied");
}
