//! What was cut off goes on where it stopped: parts that were stored are not sent again, a store that comes back is
//! waited for.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use support::{Asked, Fate, Pillbox, Proxy, RunningSandbox, Tally, sha256_of};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";
const MIB: usize = 1024 * 1024;

struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
}

impl Practice {
    fn new() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        Self { sandbox, folder }
    }

    /// A practice with so many prescriptions.
    fn with_files(files: u64) -> Self {
        let practice = Self::new();
        for number in 1..=files {
            let text = format!("{SCRIPT}Repeats: {number}\n");
            fs::write(practice.folder.join(format!("rx-{number:03}.txt")), text).unwrap();
        }
        practice
    }

    /// A practice with one file of five parts, each of other bytes.
    fn with_a_large_file() -> Self {
        let practice = Self::new();
        let lines: String = (0..36 * MIB / 60)
            .map(|line| format!("{line:08} the practice is closed on the holiday.......\n"))
            .collect();
        assert_eq!(lines.len().div_ceil(8 * MIB), 5);
        fs::write(practice.folder.join("large.txt"), lines).unwrap();
        practice
    }

    /// The command by way of a proxy.
    fn pillbox(&self, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Pillbox {
        self.sandbox.pillbox().with("AWS_ENDPOINT_URL", Proxy::start(&self.sandbox.endpoint(), script).endpoint())
    }

    fn upload(&self) -> [&str; 3] {
        ["upload", self.folder.to_str().unwrap(), DESTINATION]
    }

    fn uploads_in_parts(&self) -> usize {
        let listed = self.sandbox.aws().json(&["s3api", "list-multipart-uploads", "--bucket", BUCKET]);
        listed["Uploads"].as_array().map_or(0, Vec::len)
    }

    /// Parts of the one upload in parts that is under way.
    fn parts_there(&self) -> u64 {
        let listed = self.sandbox.aws().json(&["s3api", "list-multipart-uploads", "--bucket", BUCKET]);
        let [upload] = listed["Uploads"].as_array().unwrap().as_slice() else {
            panic!("one upload in parts: {listed}")
        };
        let (key, id) = (upload["Key"].as_str().unwrap(), upload["UploadId"].as_str().unwrap());
        let call = ["s3api", "list-parts", "--bucket", BUCKET, "--key", key, "--upload-id", id];
        self.sandbox.aws().json(&call)["Parts"].as_array().map_or(0, Vec::len) as u64
    }

    fn all_is_there(&self) {
        let copy = self.sandbox.folder().join("copy");
        self.sandbox.aws().run(&["s3", "sync", "--quiet", DESTINATION, copy.to_str().unwrap()]);
        for file in support::files_below(&self.folder) {
            assert_eq!(sha256_of(&copy.join(file.file_name().unwrap())), sha256_of(&file));
        }
    }
}

fn is_part(asked: &Asked) -> bool {
    asked.is_object("PUT") && asked.target.contains("partNumber=")
}

#[test]
fn parts_that_are_there_are_not_sent_again() {
    let practice = Practice::with_a_large_file();
    let parts = Tally::default();
    let lost = practice.pillbox(move |asked| if is_part(asked) && parts.add() >= 2 { Fate::Cut } else { Fate::Passed });
    lost.run(&practice.upload()).ended(2);
    let there = practice.parts_there();
    assert!(there >= 1, "what is there is kept for the next run");

    let sent = Tally::default();
    let seen = sent.clone();
    let counted = practice.pillbox(move |asked| {
        if is_part(asked) {
            seen.add();
        }
        Fate::Passed
    });
    counted.run(&practice.upload()).ended(0);
    assert_eq!(sent.count(), 5 - there, "what is there is not sent again");
    assert_eq!(practice.uploads_in_parts(), 0);
    practice.all_is_there();
}

#[test]
fn parts_of_a_file_that_changed_are_taken_away() {
    let practice = Practice::with_a_large_file();
    let parts = Tally::default();
    let lost = practice.pillbox(move |asked| if is_part(asked) && parts.add() >= 2 { Fate::Cut } else { Fate::Passed });
    lost.run(&practice.upload()).ended(2);
    fs::write(practice.folder.join("large.txt"), SCRIPT.repeat(10 * MIB / SCRIPT.len())).unwrap();
    practice.sandbox.pillbox().run(&practice.upload()).ended(0);
    assert_eq!(practice.uploads_in_parts(), 0);
    practice.all_is_there();
}

/// A store that is gone once twenty files were sent, until all that were on their way were given up for the moment and
/// somebody asks whether it is back.
#[derive(Default)]
struct Outage(Mutex<OutageState>);

#[derive(Default)]
struct OutageState {
    sent: u64,
    /// How often each request about an object was cut off.
    cut: HashMap<String, u64>,
    /// How often the bucket was asked for in vain.
    in_vain: u64,
    over: bool,
}

impl Outage {
    /// A request is tried so often before it is given up.
    const TRIES: u64 = 3;

    fn cuts(&self, asked: &Asked) -> bool {
        let mut state = self.0.lock().unwrap();
        state.sent += u64::from(asked.is_object("PUT"));
        if state.over || state.sent <= 20 {
            return false;
        }
        if asked.is_object(&asked.method) {
            *state.cut.entry(asked.target.clone()).or_default() += 1;
            return true;
        }
        if !state.cut.is_empty() && state.cut.values().all(|cut| cut % Self::TRIES == 0) {
            state.in_vain += 1;
            state.over = state.in_vain > Self::TRIES;
        }
        !state.over
    }

    fn is_over(&self) -> bool {
        self.0.lock().unwrap().over
    }
}

#[test]
fn a_store_that_comes_back_is_waited_for() {
    let practice = Practice::with_files(40);
    let outage = Arc::new(Outage::default());
    let seen = Arc::clone(&outage);
    let pillbox = practice.pillbox(move |asked| if outage.cuts(asked) { Fate::Cut } else { Fate::Passed });
    pillbox.with("PILLBOX_PATIENCE", "600").run(&practice.upload()).ended(0);
    assert!(seen.is_over(), "the store was gone");
    assert_eq!(practice.sandbox.versions("rx/").len(), 40, "each object once");
    practice.all_is_there();
}

#[test]
fn a_bucket_that_was_opened_while_the_store_was_gone_gets_nothing_more() {
    let practice = Practice::with_files(40);
    let (outage, after) = (Outage::default(), Tally::default());
    let seen = after.clone();
    let pillbox = practice.pillbox(move |asked| {
        if outage.cuts(asked) {
            return Fate::Cut;
        }
        if outage.is_over() && asked.is_public_access_block() {
            return Fate::Refused(404, "NoSuchPublicAccessBlockConfiguration");
        }
        if outage.is_over() && asked.is_object("PUT") {
            after.add();
        }
        Fate::Passed
    });
    let outcome = pillbox.with("PILLBOX_PATIENCE", "600").run(&practice.upload()).ended(1);
    assert!(outcome.stderr.contains("Block Public Access"), "{outcome:?}");
    assert_eq!(seen.count(), 0, "nothing is sent before the bucket's protection was read again");
}
