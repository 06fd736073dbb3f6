//! A random schedule against a simple model: files change, another client stores things, everything goes wrong on the way,
//! the program is killed and started again; and after each run the bucket holds what it must, and what is called safe is
//! there.
//!
//! What comes of each request follows from the seed and the request, so that it does not depend on which of several comes
//! first. Which of them are on their way when the program is killed does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use bytes::Bytes;
use pillbox_aws::{Client, Put, PutCondition};
use pillbox_model::FileState;
use pillbox_store::Store;
use sha2::{Digest, Sha256};

use crate::kills::Ending;
use crate::{Asked, Fate, Numbers, Proxy, RunningSandbox};

const BUCKET: &str = pillbox_sandbox::sample::BUCKET;
const PREFIX: &str = "rx/";
const NAMES: [&str; 10] = [
    "a.txt",
    "b.txt",
    "c.txt",
    "d.txt",
    "e.txt",
    "2026/f.txt",
    "2026/g.txt",
    "2026/11/h.txt",
    "2026/11/i.txt",
    "j k.txt",
];
/// So many runs before the one with which nothing goes wrong.
const RUNS: u64 = 4;
/// One request in so many meets a fault.
const ONE_IN: u64 = 8;
/// One request that meets a fault in so many is never answered, which takes a second to find out.
const STALLED_ONE_IN: u64 = 16;
const FAULTS: [Fate; 17] = [
    Fate::Refused(500, "InternalError"),
    Fate::Refused(503, "SlowDown"),
    Fate::Refused(409, "ConditionalRequestConflict"),
    Fate::RefusedWhenDone(500, "InternalError"),
    Fate::RefusedWhenDone(503, "SlowDown"),
    Fate::Refused(400, "ExpiredToken"),
    Fate::Cut,
    Fate::Unanswered,
    Fate::ResetThere(7),
    Fate::ResetBack(9),
    Fate::ResetBack(300),
    Fate::FlippedThere,
    Fate::ShortenedThere,
    Fate::Flipped { unsigned: true },
    Fate::Shortened { unsigned: true },
    Fate::Relabelled("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    Fate::Twice,
];

type Sum = [u8; 32];

/// A bucket, a folder, and what is known of both.
struct World {
    sandbox: RunningSandbox,
    folder: PathBuf,
    /// The other client.
    other: Client,
    /// What lies here.
    here: BTreeMap<&'static str, Vec<u8>>,
    /// Everything that ever lay here under a name.
    ever: BTreeMap<&'static str, BTreeSet<Sum>>,
    /// What the other client stored under a key, last.
    theirs: BTreeMap<String, Sum>,
    /// How often the other client stored something under a key.
    their_puts: BTreeMap<String, usize>,
}

/// Runs one schedule, and fails the test where something is lost, doubled, overwritten, or called safe and not there.
pub fn schedule(random: &mut Numbers) {
    let mut world = World::new();
    for _ in 0..RUNS {
        world.change_files(random);
        world.other_client_stores(random);
        world.upload(random);
        world.holds();
    }
    world.finishes();
}

impl World {
    fn new() -> Self {
        let sandbox = RunningSandbox::with_sample();
        sandbox.shut();
        let folder = sandbox.folder().join("scripts");
        fs::create_dir_all(&folder).expect("a folder");
        Self {
            other: sandbox.client(),
            sandbox,
            folder,
            here: BTreeMap::new(),
            ever: BTreeMap::new(),
            theirs: BTreeMap::new(),
            their_puts: BTreeMap::new(),
        }
    }

    fn change_files(&mut self, random: &mut Numbers) {
        for _ in 0..3 + random.below(6) {
            let name = a_name(random);
            let path = self.folder.join(name);
            if random.below(4) == 0 {
                self.here.remove(name);
                // It may not be there.
                let _ = fs::remove_file(path);
            } else {
                let text = a_prescription(random);
                fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
                fs::write(path, &text).expect("a file");
                self.ever.entry(name).or_default().insert(sum(&text));
                self.here.insert(name, text);
            }
        }
    }

    fn other_client_stores(&mut self, random: &mut Numbers) {
        for _ in 0..random.below(3) {
            let key = format!("{PREFIX}{}", a_name(random));
            let text = if random.below(2) == 0 { a_prescription(random) } else { b"theirs\n".to_vec() };
            let put = async {
                let condition = match self.other.head(BUCKET, &key, None).await.expect("the other client looks") {
                    Some(head) => PutCondition::Replace { e_tag: head.e_tag.expect("an entity tag") },
                    None => PutCondition::CreateOnly,
                };
                let request = Put {
                    bucket: BUCKET.to_owned(),
                    key: key.clone(),
                    sha256: sum(&text),
                    body: Bytes::from(text.clone()),
                    condition,
                    content_type: None,
                    metadata: Vec::new(),
                };
                self.other.put(request).await.expect("the other client stores");
            };
            self.sandbox.wait(put);
            self.theirs.insert(key.clone(), sum(&text));
            *self.their_puts.entry(key).or_default() += 1;
        }
    }

    /// Uploads the folder while things go wrong; one time in three the program is killed in the middle.
    fn upload(&self, random: &mut Numbers) {
        let (seed, kill_at) = (random.below(u64::MAX), random.below(90));
        let end = Ending::new();
        let asked: Mutex<BTreeMap<String, u64>> = Mutex::default();
        let kill = Mutex::new((0, end.killer().filter(|_| kill_at < 30)));
        let proxy = Proxy::start(&self.sandbox.endpoint(), move |request: &Asked| {
            let mut kill = kill.lock().expect("no script fails");
            kill.0 += 1;
            if kill.0 > kill_at
                && let Some(killer) = kill.1.take()
            {
                killer.kill();
            }
            drop(kill);
            let what = format!("{} {}", request.method, request.target);
            let mut asked = asked.lock().expect("no script fails");
            let times = asked.entry(what.clone()).or_default();
            *times += 1;
            fate(seed, &what, *times)
        });
        let on_conflict = [&[][..], &["--on-conflict", "skip"], &["--on-conflict", "keep-both"]];
        let options = on_conflict[usize::try_from(random.below(3)).expect("it is small")];
        let fixed = ["upload", self.folder.to_str().expect("a path"), &destination(), "--read-timeout", "1"];
        let pillbox = self.sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
        end.of(pillbox.start_to_be_heard(&[&fixed, options].concat()));
    }

    /// What must hold at any time. Answers what the journal calls safe: keys, and the SHA-256 of what lies there.
    fn holds(&self) -> BTreeSet<(String, Sum)> {
        let stored = self.stored();
        for (key, theirs) in &self.theirs {
            assert_eq!(stored.get(key), Some(theirs), "what the other client stored as {key} is there");
        }
        for (key, sum) in stored.iter().filter(|(key, _)| !self.theirs.contains_key(*key)) {
            let name = name_of(key).unwrap_or_else(|| panic!("{key} was never asked for"));
            assert!(self.ever.get(name).is_some_and(|ever| ever.contains(sum)), "{key} is a file that lay here");
        }
        let mut called_safe = BTreeSet::new();
        let store = Store::open(self.sandbox.pillbox().data_dir()).expect("the journal opens");
        for upload in store.uploads(1_000).expect("the journal is read") {
            let safe = [FileState::Verified, FileState::AlreadyThere];
            for file in store.files_after(&upload.id, 0, &safe, 1_000).expect("the journal is read") {
                let there = self.read(&file.key, file.version_id.as_deref());
                assert_eq!(file.sent_sha256, there.map(hex::encode), "{} is called safe", file.key);
                called_safe.extend(there.map(|there| (file.key, there)));
            }
        }
        called_safe
    }

    /// When nothing goes wrong any more, everything that lies here lies in the bucket, once for each time that it was
    /// new; and the AWS CLI sees the same.
    fn finishes(&self) {
        let fixed = ["upload", self.folder.to_str().expect("a path"), &destination(), "--format", "jsonl"];
        let outcome = self.sandbox.pillbox().run(&[&fixed[..], &["--on-conflict", "keep-both"]].concat());
        // An upload that is gone on with says which of its files have gone since.
        let gone = outcome.of_type("file");
        for file in &gone {
            let name = file["name"].as_str().expect("a name");
            assert_eq!(file["code"], "sourceVanished", "{outcome:?}");
            assert!(!self.here.contains_key(name), "{name} is here: {outcome:?}");
        }
        let code = if gone.is_empty() && !self.here.is_empty() { 0 } else { 2 };
        assert_eq!(outcome.code, code, "{outcome:?}");
        let called_safe = self.holds();
        let stored = self.stored();
        for (name, text) in &self.here {
            let lies = stored.iter().any(|(key, there)| name_of(key) == Some(*name) && *there == sum(text));
            // What was proved stays in the bucket as the version that it is, whatever others put on top of it later.
            let covered = self.theirs.keys().filter(|key| name_of(key) == Some(*name));
            let lies_below = covered.cloned().any(|key| called_safe.contains(&(key, sum(text))));
            assert!(lies || lies_below, "{name} is in the bucket");
        }
        let mut versions: BTreeMap<String, usize> = BTreeMap::new();
        for key in self.sandbox.versions(PREFIX) {
            *versions.entry(key).or_default() += 1;
        }
        assert!(versions.keys().eq(stored.keys()), "the AWS CLI sees the same");
        for (key, versions) in versions {
            let puts = self.their_puts.get(&key).copied().unwrap_or_default();
            assert!(versions <= puts + 1, "{key} was stored {versions} times, {puts} of them by the other client");
        }
        for (name, text) in &self.here {
            let same = stored.iter().filter(|(key, there)| name_of(key) == Some(*name) && **there == sum(text));
            let own = same.filter(|(key, _)| !self.theirs.contains_key(*key)).count();
            assert!(own <= 1, "{name} is stored twice");
        }
    }

    /// What lies in the bucket, by key.
    fn stored(&self) -> BTreeMap<String, Sum> {
        let read = |key: String| {
            let sum = self.read(&key, None).expect("what is listed is there");
            (key, sum)
        };
        self.sandbox.keys(PREFIX).into_iter().map(read).collect()
    }

    /// What an object is, read by the other client.
    fn read(&self, key: &str, version: Option<&str>) -> Option<Sum> {
        let read = async { self.other.get(BUCKET, key, version, None).await.ok()?.bytes(1 << 20).await.ok() };
        self.sandbox.wait(read).map(|bytes| sum(&bytes))
    }
}

/// What becomes of a request that is made for the so many-th time.
fn fate(seed: u64, what: &str, times: u64) -> Fate {
    let digest = Sha256::digest(format!("{seed} {times} {what}"));
    let number = |at: usize| u64::from_be_bytes(digest[at..at + 8].try_into().expect("eight bytes"));
    if number(0) % ONE_IN != 0 {
        return Fate::Passed;
    }
    if number(8) % STALLED_ONE_IN == 0 {
        return Fate::Stalled;
    }
    FAULTS[usize::try_from(number(16) % FAULTS.len() as u64).expect("it is small")]
}

fn destination() -> String {
    format!("s3://{BUCKET}/{PREFIX}")
}

fn a_name(random: &mut Numbers) -> &'static str {
    NAMES[usize::try_from(random.below(NAMES.len() as u64)).expect("it is small")]
}

fn a_prescription(random: &mut Numbers) -> Vec<u8> {
    format!("Rx Examplillin 500 mg capsules, 20\n1 three times a day\nRepeats: {}\n", random.below(4)).into_bytes()
}

fn sum(bytes: &[u8]) -> Sum {
    Sha256::digest(bytes).into()
}

/// The file that a key was made for: with a number in it where the key itself was taken.
fn name_of(key: &str) -> Option<&'static str> {
    let rest = key.strip_prefix(PREFIX)?;
    NAMES.into_iter().find(|name| {
        let stem = name.strip_suffix(".txt").expect("names end in .txt");
        let middle = rest.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".txt"));
        middle.is_some_and(|middle| middle.is_empty() || (middle.starts_with(" (") && middle.ends_with(')')))
    })
}
