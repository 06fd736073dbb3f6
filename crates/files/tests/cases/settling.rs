//! A file is taken when its writer has finished, once for each time that it has.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use pillbox_files::{FileStamp, Settling, is_temporary};
use proptest::prelude::*;

const SETTLE: Duration = Duration::from_secs(5);

/// A stamp for each number: that of a file of so many bytes.
fn stamps() -> Vec<FileStamp> {
    let folder = tempfile::tempdir().unwrap();
    (0..4usize)
        .map(|size| {
            let file = folder.path().join(size.to_string());
            fs::write(&file, vec![0; size]).unwrap();
            FileStamp::of(&fs::metadata(&file).unwrap())
        })
        .collect()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn a_file_is_taken_once_it_has_lain_still() {
    let (stamps, path) = (stamps(), Path::new("a.txt"));
    let mut settling = Settling::new(SETTLE);
    assert!(!settling.look(path, stamps[1], seconds(0), seconds(0)));
    assert!(!settling.look(path, stamps[2], seconds(0), seconds(4)), "it grows");
    assert!(!settling.look(path, stamps[2], seconds(4), seconds(8)));
    assert_eq!(settling.moving(), 1);
    assert!(settling.look(path, stamps[2], seconds(5), seconds(9)));
    assert!(!settling.look(path, stamps[2], seconds(60), seconds(60)), "it was taken");
    assert_eq!(settling.moving(), 0);
    assert!(!settling.look(path, stamps[3], seconds(60), seconds(61)), "it is written again");
    assert!(settling.look(path, stamps[3], seconds(60), seconds(66)));
    settling.gone(path);
    assert!(settling.look(path, stamps[3], seconds(5), seconds(70)), "one of the same name came in its place");
}

#[test]
fn its_own_account_is_believed_of_a_file_that_nobody_saw_move() {
    let (stamps, path) = (stamps(), Path::new("a.txt"));
    let mut settling = Settling::new(SETTLE);
    assert!(settling.look(path, stamps[1], SETTLE, seconds(0)));
    assert!(!settling.look(path, stamps[2], seconds(900), seconds(1)), "a copy that was given its old date last");
}

#[test]
fn a_file_from_the_future_rests_for_nobody_knows_how_long() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(&file, "Rx").unwrap();
    let stamp = FileStamp::of(&fs::metadata(&file).unwrap());
    assert_eq!(stamp.rests_since(SystemTime::UNIX_EPOCH), Duration::ZERO);
    assert!(stamp.rests_since(SystemTime::now() + SETTLE) >= SETTLE);
}

#[test]
fn what_programs_are_not_done_with_has_names_of_its_own() {
    for name in ["~$letter.docx", "scan.PDF.part", "a.crdownload", "x.tmp", ".~lock.a.odt#", "a.txt~", "rx.TMP"] {
        assert!(is_temporary(OsStr::new(name)), "{name}");
    }
    for name in ["rx.txt", "part.txt", "tmp", ".hidden.txt", "okafor~1.txt"] {
        assert!(!is_temporary(OsStr::new(name)), "{name}");
    }
}

/// What happens to a file, or to who looks at it.
#[derive(Debug, Clone, Copy)]
enum Step {
    Written(usize),
    Removed,
    Looked,
    Waited(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0usize..4).prop_map(Step::Written),
        1 => Just(Step::Removed),
        4 => Just(Step::Looked),
        3 => (0u64..8).prop_map(Step::Waited),
    ]
}

proptest! {
    /// Whatever writers do: a file that is taken was like this at every look for as long as it takes to settle, nothing is
    /// taken twice without having moved, and what lies still is taken in the end.
    #[test]
    fn what_is_taken_lay_still_and_what_lies_still_is_taken(steps in prop::collection::vec(step(), 0..60)) {
        let (stamps, path) = (stamps(), Path::new("a.txt"));
        let mut settling = Settling::new(SETTLE);
        let (mut now, mut file, mut taken) = (0, None, None);
        let mut looks = Vec::<(u64, usize)>::new();
        for step in steps.into_iter().chain([Step::Looked, Step::Waited(5), Step::Looked]) {
            match step {
                Step::Written(which) => file = Some(which),
                Step::Removed => {
                    (file, taken) = (None, None);
                    looks.clear();
                    settling.gone(path);
                }
                Step::Waited(time) => now += time,
                Step::Looked => {
                    let Some(which) = file else { continue };
                    looks.push((now, which));
                    if settling.look(path, stamps[which], Duration::ZERO, seconds(now)) {
                        let still = looks.iter().rev().take_while(|(_, seen)| *seen == which).last().unwrap();
                        prop_assert!(now - still.0 >= SETTLE.as_secs(), "{looks:?}");
                        prop_assert!(taken != Some(which) || looks.iter().rev().skip(1).any(|(_, seen)| *seen != which));
                        taken = Some(which);
                    } else if taken != Some(which) {
                        taken = None;
                    }
                }
            }
        }
        prop_assert_eq!(taken, file, "it lay still to the end");
    }
}
