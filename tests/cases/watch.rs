//! A watch folder: files are taken when their writers have finished, once, and sent or held; what is held is worked off.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use support::{Outcome, RunningSandbox};

const BUCKET: &str = "the-pain-killer-practice";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";
/// Holds what does not belong in a prescription.
const ODD: &str = "Rx Examplillin 500 mg\nfor payroll, tfn: 123 456 782\n";

struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    /// A practice with a shut bucket and an empty watch folder.
    fn new() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = sandbox.folder().join("scanner");
        fs::create_dir_all(&folder).unwrap();
        let practice = Self { sandbox, folder };
        practice
            .run(&["watch", "add", practice.folder.to_str().unwrap(), "s3://the-pain-killer-practice/rx/"])
            .ended(0);
        practice
    }

    fn run(&self, arguments: &[&str]) -> Outcome {
        self.sandbox.pillbox().run(&[arguments, &["--format", "jsonl"]].concat())
    }

    /// One look, at which everything that is there counts as complete.
    fn once(&self) -> Outcome {
        self.run(&["watch", "run", "--once", "--settle", "0"])
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.join(name);
        fs::write(&file, text).unwrap();
        file
    }

    fn keys(&self) -> Vec<String> {
        self.sandbox.keys("rx/").into_iter().collect()
    }

    /// What is held: each file's upload, number and name.
    fn held(&self) -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let held = self.run(&["held", &format!("s3://{BUCKET}")]).of_type("held");
        held.iter().map(|file| (text(&file["upload"]), text(&file["number"]), text(&file["name"]))).collect()
    }
}

/// Taken, proved, held for a decision, not done, not complete.
fn came_to(outcome: &Outcome) -> [u64; 5] {
    numbers(&outcome.the("watch"))
}

fn numbers(pass: &Value) -> [u64; 5] {
    ["taken", "safe", "needsDecision", "notDone", "unfinished"].map(|name| pass[name].as_u64().unwrap())
}

/// A watch that goes on until the test ends.
struct Watching {
    command: Child,
    lines: BufReader<ChildStdout>,
}

impl Watching {
    fn start(practice: &Practice, rescan: &str) -> Self {
        let arguments = ["watch", "run", "--settle", "0.05", "--rescan", rescan, "--format", "jsonl"];
        let mut command = practice.sandbox.pillbox().start_to_be_heard(&arguments);
        let lines = BufReader::new(command.stdout.take().unwrap());
        Self { command, lines }
    }

    /// Waits for a look that came to this.
    fn wait_for(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the watch has ended");
            let pass: Value = serde_json::from_str(&line).unwrap();
            if pass["type"] == "watch" && is_it(&pass) {
                return pass;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.command.kill();
        let _ = self.command.wait();
    }
}

#[test]
fn what_comes_is_taken_once_and_what_asks_is_worked_off_from_the_hold_list() {
    let practice = Practice::new();
    practice.write("a.txt", SCRIPT);
    practice.write("odd.txt", ODD);
    assert_eq!(came_to(&practice.once().ended(1)), [2, 1, 1, 0, 0]);
    assert_eq!(practice.keys(), ["rx/a.txt"]);
    assert_eq!(came_to(&practice.once().ended(1)), [0, 0, 1, 0, 0], "it is taken once");

    let [(upload, number, name)] = practice.held().try_into().unwrap();
    assert_eq!(name, "odd.txt");
    let decided = practice.run(&["held", "decide", &upload, &number, "--decide", "redact"]).ended(0);
    assert_eq!(decided.the("summary")["verified"], 2);
    assert_eq!(practice.keys(), ["rx/a.txt", "rx/odd.txt"]);
    practice.run(&["held"]).ended(0);
    assert_eq!(came_to(&practice.once().ended(0)), [0, 0, 0, 0, 0]);
    assert_eq!(fs::read_to_string(practice.folder.join("odd.txt")).unwrap(), ODD, "the file itself stays as it is");
}

#[test]
fn a_held_file_that_is_put_right_goes_by_itself_and_one_that_is_left_out_stays_away() {
    let practice = Practice::new();
    practice.write("odd.txt", ODD);
    practice.write("empty.txt", "");
    assert_eq!(came_to(&practice.once().ended(1)), [2, 0, 2, 0, 0]);
    practice.write("odd.txt", SCRIPT);
    assert_eq!(came_to(&practice.once().ended(1)), [1, 1, 1, 0, 0]);
    let [(upload, number, _)] = practice.held().try_into().unwrap();
    practice.run(&["held", "decide", &upload, &number, "--decide", "leave-out"]).ended(0);
    assert_eq!(came_to(&practice.once().ended(0)), [0, 0, 0, 0, 0]);
    assert_eq!(practice.keys(), ["rx/odd.txt"]);
}

#[test]
fn what_changes_after_it_was_sent_is_a_conflict_and_overwrites_nothing() {
    let practice = Practice::new();
    practice.write("a.txt", SCRIPT);
    practice.once().ended(0);
    practice.write("a.txt", &SCRIPT.replace("20", "30"));
    assert_eq!(came_to(&practice.once().ended(1)), [1, 0, 1, 0, 0]);
    assert_eq!(practice.held().len(), 1);
    assert_eq!(practice.sandbox.versions("rx/").len(), 1);
}

#[test]
fn a_file_is_left_alone_until_its_writer_has_finished() {
    let practice = Practice::new();
    let file = practice.write("a.txt", SCRIPT);
    let patiently = ["watch", "run", "--once", "--settle", "3600"];
    assert_eq!(came_to(&practice.run(&patiently).ended(0)), [0, 0, 0, 0, 1]);
    let long_ago = SystemTime::now() - Duration::from_secs(7200);
    fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(came_to(&practice.run(&patiently).ended(0)), [1, 1, 0, 0, 0]);
}

#[test]
fn a_name_that_is_not_final_is_waited_for() {
    let practice = Practice::new();
    let part = practice.write("rx.txt.part", SCRIPT);
    practice.write("~$rx.docx", "somebody has it open");
    assert_eq!(came_to(&practice.once().ended(0))[..2], [0, 0]);
    assert!(practice.keys().is_empty());
    fs::rename(part, practice.folder.join("rx.txt")).unwrap();
    assert_eq!(came_to(&practice.once().ended(0)), [1, 1, 0, 0, 0]);
    assert_eq!(came_to(&practice.once().ended(0))[..2], [0, 0]);
    assert_eq!(practice.sandbox.versions("rx/"), ["rx/rx.txt"]);
}

#[test]
fn a_folder_that_goes_and_comes_back_is_the_same_folder() {
    let practice = Practice::new();
    practice.write("a.txt", SCRIPT);
    practice.once().ended(0);
    let away = practice.sandbox.folder().join("unplugged");
    fs::rename(&practice.folder, &away).unwrap();
    assert_eq!(practice.once().ended(2).the("watch")["code"], "sourceVanished");
    fs::rename(&away, &practice.folder).unwrap();
    practice.write("b.txt", &format!("{SCRIPT}Repeats: 2\n"));
    assert_eq!(came_to(&practice.once().ended(0)), [1, 1, 0, 0, 0]);
    assert_eq!(practice.sandbox.versions("rx/").len(), 2, "each once");
}

#[test]
fn a_bucket_that_is_not_shut_holds_the_folder_until_it_is() {
    let practice = Practice::new();
    practice.sandbox.open_up();
    practice.write("a.txt", SCRIPT);
    for taken in [1, 0] {
        let held = practice.once().ended(1);
        assert_eq!((held.the("watch")["code"].as_str(), came_to(&held)[0]), (Some("bucketNotShut"), taken));
        assert!(held.stderr.contains("error: ") && practice.keys().is_empty());
    }
    practice.sandbox.shut();
    assert_eq!(came_to(&practice.once().ended(0)), [0, 1, 0, 0, 0]);
}

#[test]
fn other_rules_look_at_what_is_held_again() {
    let practice = Practice::new();
    practice.write("odd.txt", ODD);
    practice.once().ended(1);
    practice.run(&["rules", "set", "AUSTRALIA_TAX_FILE_NUMBER", "expected"]).ended(0);
    assert_eq!(came_to(&practice.once().ended(0)), [0, 1, 0, 0, 0]);
}

#[test]
fn a_running_watch_hears_of_files_and_is_the_only_one() {
    let practice = Practice::new();
    let mut watching = Watching::start(&practice, "3600");
    watching.wait_for(|pass| numbers(pass) == [0, 0, 0, 0, 0]);
    practice.write("a.txt", SCRIPT);
    watching.wait_for(|pass| pass["safe"] == 1);
    let folder = practice.folder.join("monday");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("b.txt"), format!("{SCRIPT}Repeats: 2\n")).unwrap();
    watching.wait_for(|pass| pass["safe"] == 1);
    assert_eq!(practice.keys(), ["rx/a.txt", "rx/monday/b.txt"]);
    assert_eq!(practice.once().ended(2).the("error")["code"], "alreadyRunning");
    drop(watching);
    practice.once().ended(0);
}

#[test]
fn a_running_watch_goes_on_by_itself_when_the_bucket_is_shut_again() {
    let practice = Practice::new();
    practice.sandbox.open_up();
    practice.write("a.txt", SCRIPT);
    let mut watching = Watching::start(&practice, "1");
    watching.wait_for(|pass| pass["code"] == "bucketNotShut");
    assert!(practice.keys().is_empty());
    practice.sandbox.shut();
    watching.wait_for(|pass| pass["code"] == json!(null) && pass["safe"] == 1);
    assert_eq!(practice.keys(), ["rx/a.txt"]);
}

#[test]
fn a_folder_that_can_not_be_watched_is_refused() {
    let practice = Practice::new();
    let (file, twice) = (practice.write("a.txt", SCRIPT), practice.folder.to_str().unwrap());
    let own = practice.sandbox.pillbox().data_dir().to_str().unwrap().to_owned();
    for folder in [file.to_str().unwrap(), "/no/such/folder", twice, &own, practice.sandbox.folder().to_str().unwrap()]
    {
        let refused = practice.run(&["watch", "add", folder, &format!("s3://{BUCKET}/rx/")]).ended(2);
        assert_eq!(refused.the("error")["code"], "invalidInput", "{folder}");
    }
    practice.run(&["watch", "remove", "1"]).ended(0);
    practice.run(&["watch", "run", "--once"]).ended(2);
}
