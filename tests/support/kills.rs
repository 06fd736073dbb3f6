//! Programs that are killed at random moments, again and again, and what the last start makes of it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Child;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use pillbox_model::FileState;
use pillbox_sandbox::sample::BUCKET;
use pillbox_store::Store;

use crate::{Fate, Numbers, Proxy, RunningSandbox, files_below, sha256_of};

const PREFIX: &str = "rx/";
/// One file in so many holds what does not belong in a prescription.
const ODD_ONE_IN: u64 = 50;

/// Uploads so many files and kills the program so often; then each file is there once, byte for byte, and at no time was
/// one called safe that was not there.
pub fn kill_uploads(random: &mut Numbers, files: u64, kills: u64) {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = sandbox.folder().join("scripts");
    write_files(&folder, files, false);
    let (source, destination) = (folder.to_str().expect("a path"), destination());
    let arguments = ["upload", source, &destination];
    for _ in 0..kills {
        // Each file is sent and read back.
        run_and_kill(&sandbox, &arguments, random.below(4 * files / kills));
        let (safe, stored) = (safe_keys(sandbox.pillbox().data_dir()), sandbox.keys(PREFIX));
        assert!(safe.is_subset(&stored), "called safe and not there: {:?}", safe.difference(&stored).next());
    }
    sandbox.pillbox().run(&arguments).ended(0);
    assert_eq!(safe_keys(sandbox.pillbox().data_dir()).len() as u64, files);
    assert_eq!(sandbox.versions(PREFIX).len() as u64, files, "each object once");
    let copy = sandbox.folder().join("copy");
    sandbox.aws().run(&["s3", "sync", "--quiet", &destination, copy.to_str().expect("a path")]);
    for file in files_below(&folder) {
        let name = file.file_name().expect("a file has a name");
        assert_eq!(sha256_of(&copy.join(name)), sha256_of(&file), "{}", file.display());
    }
}

/// Scans so many objects and kills the program so often; then a scan looks into all of them, and each that holds what does
/// not belong there has one finding.
pub fn kill_scans(random: &mut Numbers, objects: u64, kills: u64) {
    let sandbox = RunningSandbox::with_sample();
    sandbox.shut();
    let folder = sandbox.folder().join("scripts");
    write_files(&folder, objects, true);
    let destination = destination();
    let decided = ["--decide", "send", "--reason", "the tax office asked for it"];
    let upload = ["upload", folder.to_str().expect("a path"), &destination];
    // By another program: the scan is to find all of it by itself.
    let another = crate::Pillbox::new(&sandbox.folder().join("another"));
    let another = sandbox.environment().into_iter().fold(another, |pillbox, (name, value)| pillbox.with(name, &value));
    another.run(&[&upload[..], &decided].concat()).ended(0);
    let odd: BTreeSet<String> = (0..objects).step_by(50).map(|number| format!("{PREFIX}{}", name(number))).collect();
    let scan = ["scan", &destination, "--format", "jsonl", "--reveal"];
    for _ in 0..kills {
        run_and_kill(&sandbox, &scan, random.below(2 * objects / kills));
        assert!(found(&sandbox).iter().all(|key| odd.contains(key)), "a finding of what holds nothing");
    }
    let summary = sandbox.pillbox().run(&scan).ended(1).the("summary");
    assert_eq!((&summary["skipped"], &summary["complete"]), (&0.into(), &true.into()), "{summary}");
    let found = found(&sandbox);
    assert_eq!(found.len(), odd.len(), "one finding each");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), odd);
    assert_eq!(sandbox.versions(PREFIX).len() as u64, objects, "a scan changes nothing");
}

/// Runs the command through a proxy and kills it at its request of this number, wherever it is at that moment.
fn run_and_kill(sandbox: &RunningSandbox, arguments: &[&str], at: u64) {
    let end = Ending::new();
    let proxy = Proxy::start(&sandbox.endpoint(), {
        let kill = Mutex::new((0, end.killer()));
        move |_| {
            let mut kill = kill.lock().expect("no script fails");
            kill.0 += 1;
            if kill.0 > at
                && let Some(killer) = kill.1.take()
            {
                killer.kill();
            }
            Fate::Passed
        }
    });
    let pillbox = sandbox.pillbox().with("AWS_ENDPOINT_URL", proxy.endpoint());
    end.of(pillbox.start_to_be_heard(arguments));
}

/// Waits for a program to end by itself or to be killed, whichever comes first.
pub(crate) struct Ending {
    sender: Sender<End>,
    receiver: Receiver<End>,
}

enum End {
    Killed,
    ByItself,
}

/// What a script kills the program with.
pub(crate) struct Killer(Sender<End>);

impl Killer {
    pub(crate) fn kill(self) {
        // Nobody waits where it has ended before.
        let _ = self.0.send(End::Killed);
    }
}

impl Ending {
    pub(crate) fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }

    pub(crate) fn killer(&self) -> Option<Killer> {
        Some(Killer(self.sender.clone()))
    }

    /// Waits for the end of this program, which prints to be heard.
    pub(crate) fn of(self, mut program: Child) {
        let mut output = program.stdout.take().expect("what it prints can be read");
        let reader = std::thread::spawn(move || {
            output.read_to_end(&mut Vec::new()).expect("the output is read");
            // Nobody waits where it was killed before.
            let _ = self.sender.send(End::ByItself);
        });
        if let Ok(End::Killed) = self.receiver.recv() {
            program.kill().expect("the program can be killed");
        }
        program.wait().expect("the program ends");
        reader.join().expect("the output is read");
    }
}

/// Invented prescriptions, each with bytes of its own.
fn write_files(folder: &Path, files: u64, some_odd: bool) {
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..files {
        let odd = if some_odd && number % ODD_ONE_IN == 0 { "Tax file number: 876 543 210\n" } else { "" };
        let text = format!("Rx {number}\nExamplillin 500 mg capsules, 20\n1 three times a day\n{odd}");
        fs::write(folder.join(name(number)), text).expect("a file");
    }
}

fn name(number: u64) -> String {
    format!("rx-{number:05}.txt")
}

fn destination() -> String {
    format!("s3://{BUCKET}/{PREFIX}")
}

/// Keys that the journal calls safe.
fn safe_keys(data_dir: &Path) -> BTreeSet<String> {
    let store = Store::open(data_dir).expect("the journal opens");
    let Some(upload) = store.uploads(1).expect("the journal is read").into_iter().next() else {
        return BTreeSet::new();
    };
    let safe = [FileState::Verified, FileState::AlreadyThere];
    let mut keys = BTreeSet::new();
    let mut after = 0;
    loop {
        let files = store.files_after(&upload.id, after, &safe, 1000).expect("the journal is read");
        let Some(last) = files.last() else { return keys };
        after = last.number;
        keys.extend(files.into_iter().map(|file| file.key));
    }
}

/// Keys of objects with findings; a key with two comes twice.
fn found(sandbox: &RunningSandbox) -> Vec<String> {
    let listed = sandbox.pillbox().run(&["findings", "--format", "jsonl", "--reveal"]).ended(0);
    let key = |finding: &serde_json::Value| finding["resourcesAffected"]["s3Object"]["key"].as_str().map(str::to_owned);
    listed.objects().iter().filter_map(key).collect()
}
