//! Everything that goes wrong on the way (`docs/faults.md`): what a person is told, what lies in the bucket
//! afterwards as the AWS CLI sees it, and that the next run brings it to an end.

mod checksum;
mod computer;
#[cfg(target_os = "linux")]
mod disk;
mod large;
mod line;
mod random;
mod scan;
mod sign_in;
mod store;
mod table;
mod unreadable;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use pillbox_model::FileState;
use pillbox_store::Store;
use serde_json::Value;
use support::{Asked, Fate, Outcome, Proxy, RunningSandbox, Tally, files_below, sha256_of};

const BUCKET: &str = "the-pain-killer-practice";
const DESTINATION: &str = "s3://the-pain-killer-practice/rx/";
const SCRIPT: &str = "Rx Examplillin 500 mg capsules, 20\n1 three times a day\n";

/// A shut bucket, a folder of prescriptions, and a `pillbox` that uploads them.
struct Practice {
    sandbox: RunningSandbox,
    folder: PathBuf,
    copies: AtomicU32,
}

impl Practice {
    /// With so many small prescriptions.
    fn with(files: u64) -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).unwrap();
        let practice = Self { sandbox, folder, copies: AtomicU32::new(0) };
        for number in 1..=files {
            practice.write(&format!("rx-{number:03}.txt"), &format!("{SCRIPT}Repeats: {number}\n"));
        }
        practice
    }

    /// With one file that is sent in parts.
    fn with_a_large_file() -> Self {
        let practice = Self::with(0);
        practice.write("large.txt", &SCRIPT.repeat(9 * 1024 * 1024 / SCRIPT.len()));
        practice
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    /// Uploads the folder by way of a proxy.
    fn upload(&self, script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Outcome {
        self.upload_with(&[], script)
    }

    /// The same with more options.
    fn upload_with(&self, options: &[&str], script: impl Fn(&Asked) -> Fate + Send + Sync + 'static) -> Outcome {
        let proxy = Proxy::start(&self.sandbox.endpoint(), script);
        let pillbox = self.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
        let fixed = ["upload", self.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"];
        pillbox.run(&[&fixed, options].concat())
    }

    /// Every file that the journal calls safe lies in the bucket, byte for byte as it lies here. Answers how many.
    #[track_caller]
    fn nothing_is_called_safe_that_is_not_there(&self) -> usize {
        let stored = self.stored();
        let safe = self.called_safe();
        for (relative, key) in &safe {
            let name = key.strip_prefix("rx/").unwrap();
            let there = stored.get(name).unwrap_or_else(|| panic!("{name} is called safe and is not there"));
            assert_eq!(*there, sha256_of(&self.folder.join(relative)), "{name} is called safe and is something else");
        }
        safe.len()
    }

    /// The next run, by a way on which nothing goes wrong, brings every file to its end, each once.
    #[track_caller]
    fn the_next_run_finishes(&self) {
        let arguments = ["upload", self.folder.to_str().unwrap(), DESTINATION, "--format", "jsonl"];
        let summary = self.sandbox.pillbox().run(&arguments).ended(0).the("summary");
        self.all_is_there_once();
        assert_eq!(safe(&summary), files_below(&self.folder).len() as u64, "{summary}");
    }

    /// Every file lies in the bucket, byte for byte, in one version, and nothing else does.
    #[track_caller]
    fn all_is_there_once(&self) {
        let files = files_below(&self.folder);
        assert_eq!(self.nothing_is_called_safe_that_is_not_there(), files.len());
        let keys: Vec<String> = files.iter().map(|file| format!("rx/{}", relative(&self.folder, file))).collect();
        assert_eq!(self.sandbox.versions("rx/"), keys, "each once");
    }

    /// What lies in the bucket: names and SHA-256, as the AWS CLI brings it.
    fn stored(&self) -> BTreeMap<String, String> {
        let copy = self.sandbox.folder().join(format!("copy-{}", self.copies.fetch_add(1, Ordering::Relaxed)));
        self.sandbox.aws().run(&["s3", "sync", "--quiet", DESTINATION, copy.to_str().unwrap()]);
        files_below(&copy).iter().map(|file| (relative(&copy, file), sha256_of(file))).collect()
    }

    /// What the journal of the newest upload calls safe: paths and keys.
    fn called_safe(&self) -> Vec<(String, String)> {
        let store = Store::open(self.sandbox.pillbox().data_dir()).unwrap();
        let Some(upload) = store.uploads(1).unwrap().into_iter().next() else { return Vec::new() };
        let safe = [FileState::Verified, FileState::AlreadyThere];
        let files = store.files_after(&upload.id, 0, &safe, 1_000).unwrap();
        files.into_iter().map(|file| (file.relative, file.key)).collect()
    }

    /// Parts that were sent and belong to no object.
    fn uploads_in_parts(&self) -> usize {
        let listed = self.sandbox.aws().json(&["s3api", "list-multipart-uploads", "--bucket", BUCKET]);
        listed["Uploads"].as_array().map_or(0, Vec::len)
    }
}

fn relative(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")
}

/// Files that a summary calls safe.
fn safe(summary: &Value) -> u64 {
    summary["verified"].as_u64().unwrap() + summary["alreadyThere"].as_u64().unwrap()
}

/// What became of the only file that is not safe: its state and its code.
#[track_caller]
fn of_the_file(outcome: &Outcome) -> (String, String) {
    let file = outcome.the("file");
    (file["state"].as_str().unwrap().to_owned(), file["code"].as_str().unwrap().to_owned())
}

/// Why the run ended early.
#[track_caller]
fn ended_by(outcome: &Outcome) -> String {
    assert!(outcome.stderr.contains("help: "), "what to do is said: {}", outcome.stderr);
    outcome.the("error")["code"].as_str().unwrap().to_owned()
}

/// Requests of one kind have these fates in turn; the others, and all that come after, are passed on.
fn first(
    is_meant: impl Fn(&Asked) -> bool + Send + Sync + 'static,
    fates: &[Fate],
) -> impl Fn(&Asked) -> Fate + Send + Sync + 'static {
    let (seen, fates) = (Tally::default(), fates.to_vec());
    move |asked| {
        let turn = is_meant(asked).then(|| usize::try_from(seen.add()).unwrap());
        turn.and_then(|turn| fates.get(turn).copied()).unwrap_or(Fate::Passed)
    }
}

/// Every request of one kind has this fate.
fn every(
    is_meant: impl Fn(&Asked) -> bool + Send + Sync + 'static,
    fate: Fate,
) -> impl Fn(&Asked) -> Fate + Send + Sync + 'static {
    move |asked| if is_meant(asked) { fate } else { Fate::Passed }
}

/// From the request of one kind with this number on (from 0), every request has this fate, whatever it is.
fn from(
    number: u64,
    is_meant: impl Fn(&Asked) -> bool + Send + Sync + 'static,
    fate: Fate,
) -> impl Fn(&Asked) -> Fate + Send + Sync + 'static {
    let seen = Tally::default();
    move |asked| {
        if is_meant(asked) {
            seen.add();
        }
        if seen.count() > number { fate } else { Fate::Passed }
    }
}

fn put(asked: &Asked) -> bool {
    asked.is_object("PUT")
}

fn get(asked: &Asked) -> bool {
    asked.is_object("GET")
}
