use std::fs;
use std::path::Path;

use pillbox_files::{Entry, read_whole, walk};
use pillbox_model::SkipReason;
use tempfile::tempdir;

type Seen = (String, Result<u64, SkipReason>);

fn seen(root: &Path) -> Vec<Seen> {
    walk(root).map(outcome).collect()
}

fn outcome(entry: Entry) -> Seen {
    match entry {
        Entry::File(file) => {
            let size = file.size();
            (file.relative, size)
        }
        Entry::Skipped { relative, reason, .. } => (relative, Err(reason)),
    }
}

fn put(root: &Path, relative: &str, content: &str) {
    let path = root.join(relative);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn a_folder_gives_its_files_in_order_without_its_own_name() {
    let folder = tempdir().unwrap();
    for (name, content) in [("b.txt", "22"), ("a/z.txt", "1"), ("a/b/c.txt", ""), (".hidden", "333")] {
        put(folder.path(), name, content);
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    let expected = [(".hidden", 3), ("a/b/c.txt", 0), ("a/z.txt", 1), ("b.txt", 2)];
    assert_eq!(seen(folder.path()), expected.map(|(name, size)| (name.to_owned(), Ok(size))));
}

#[test]
fn a_single_file_has_its_name() {
    let folder = tempdir().unwrap();
    put(folder.path(), "a/one.txt", "1");
    assert_eq!(seen(&folder.path().join("a/one.txt")), [("one.txt".to_owned(), Ok(1))]);
}

#[test]
fn a_root_that_is_missing_is_named() {
    let folder = tempdir().unwrap();
    let missing = folder.path().join("none");
    assert_eq!(seen(&missing), [("none".to_owned(), Err(SkipReason::SourceObjectNoLongerAvailable))]);
}

#[test]
fn paths_are_unicode_in_composed_form() {
    let folder = tempdir().unwrap();
    put(folder.path(), "Zoe\u{308}/it's 💊.txt", "1");
    assert_eq!(seen(folder.path()), [("Zo\u{eb}/it's 💊.txt".to_owned(), Ok(1))]);
}

#[test]
fn what_systems_leave_behind_is_named_and_not_read() {
    let folder = tempdir().unwrap();
    for name in [".DS_Store", "Desktop.ini", "Thumbs.db", "a.txt", "~$letter.docx"] {
        put(folder.path(), name, "1");
    }
    let litter = Err(SkipReason::UnsupportedFileType);
    let expected = [
        (".DS_Store", litter),
        ("Desktop.ini", litter),
        ("Thumbs.db", litter),
        ("a.txt", Ok(1)),
        ("~$letter.docx", litter),
    ];
    assert_eq!(seen(folder.path()), expected.map(|(name, outcome)| (name.to_owned(), outcome)));
}

#[test]
fn a_path_of_a_thousand_characters_is_walked_and_read() {
    let folder = tempdir().unwrap();
    let relative = format!("{}a.txt", "0123456789abcdefghi/".repeat(60));
    put(folder.path(), &relative, "deep");
    let found: Vec<Entry> = walk(folder.path()).collect();
    let [Entry::File(file)] = &found[..] else { panic!("one file") };
    assert_eq!(file.relative, relative);
    assert_eq!(read_whole(&file.path).unwrap(), b"deep");
}

#[test]
fn what_vanishes_on_the_way_is_named() {
    let folder = tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c/d.txt"] {
        put(folder.path(), name, "1");
    }
    let mut entries = walk(folder.path());
    assert_eq!(outcome(entries.next().unwrap()), ("a.txt".to_owned(), Ok(1)));
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    fs::remove_dir_all(folder.path().join("c")).unwrap();
    let gone = Err(SkipReason::SourceObjectNoLongerAvailable);
    let expected = [("b.txt".to_owned(), gone), ("c".to_owned(), gone)];
    assert_eq!(entries.map(outcome).collect::<Vec<_>>(), expected);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn links_within_are_named_and_not_followed() {
        let outside = tempdir().unwrap();
        put(outside.path(), "secret.txt", "1");
        let folder = tempdir().unwrap();
        put(folder.path(), "a.txt", "1");
        symlink(outside.path(), folder.path().join("folder")).unwrap();
        symlink("itself", folder.path().join("itself")).unwrap();
        symlink(folder.path(), folder.path().join("up")).unwrap();
        let link = Err(SkipReason::SymbolicLink);
        let expected = [("a.txt", Ok(1)), ("folder", link), ("itself", link), ("up", link)];
        assert_eq!(seen(folder.path()), expected.map(|(name, outcome)| (name.to_owned(), outcome)));
    }

    #[test]
    fn a_root_that_is_a_link_is_resolved() {
        let folder = tempdir().unwrap();
        put(folder.path(), "real/a.txt", "1");
        symlink("real", folder.path().join("link")).unwrap();
        symlink("real/a.txt", folder.path().join("one.txt")).unwrap();
        symlink("itself", folder.path().join("itself")).unwrap();
        symlink("nothing", folder.path().join("dangling")).unwrap();
        assert_eq!(seen(&folder.path().join("link")), [("a.txt".to_owned(), Ok(1))]);
        assert_eq!(seen(&folder.path().join("itself")), [("itself".to_owned(), Err(SkipReason::SymbolicLink))]);
        let gone = Err(SkipReason::SourceObjectNoLongerAvailable);
        assert_eq!(seen(&folder.path().join("dangling")), [("dangling".to_owned(), gone)]);
        let one: Vec<Entry> = walk(&folder.path().join("one.txt")).collect();
        let [Entry::File(file)] = &one[..] else { panic!("one file") };
        assert_eq!(file.relative, "one.txt");
        assert_eq!(read_whole(&file.path).unwrap(), b"1");
    }

    #[test]
    fn names_that_windows_forbids_are_walked() {
        let folder = tempdir().unwrap();
        put(folder.path(), "a\nb.txt", "1");
        put(folder.path(), "c\\d.txt", "1");
        put(folder.path(), "e\"f.txt", "1");
        let expected = ["a\nb.txt", "c\\d.txt", "e\"f.txt"].map(|name| (name.to_owned(), Ok(1)));
        assert_eq!(seen(folder.path()), expected);
    }

    #[test]
    fn sockets_and_devices_are_named() {
        let folder = tempdir().unwrap();
        let socket = UnixListener::bind(folder.path().join("socket")).unwrap();
        let special = Err(SkipReason::NotARegularFile);
        assert_eq!(seen(folder.path()), [("socket".to_owned(), special)]);
        assert_eq!(seen(Path::new("/dev/null")), [("null".to_owned(), special)]);
        drop(socket);
    }

    /// Root may list everything, so that the expected outcome is asked of the system itself.
    #[test]
    fn a_folder_that_may_not_be_listed_is_named() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempdir().unwrap();
        put(folder.path(), "shut/a.txt", "1");
        let shut = folder.path().join("shut");
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
        let expected = match fs::read_dir(&shut) {
            Ok(_) => ("shut/a.txt".to_owned(), Ok(1)),
            Err(_) => ("shut".to_owned(), Err(SkipReason::PermissionDenied)),
        };
        let seen = seen(folder.path());
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(seen, [expected]);
    }

    /// APFS takes no such names.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_unicode_are_named() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempdir().unwrap();
        fs::write(folder.path().join(OsStr::from_bytes(b"caf\xE9.txt")), b"1").unwrap();
        assert_eq!(seen(folder.path()), [("caf\u{fffd}.txt".to_owned(), Err(SkipReason::NameNotUsable))]);
    }
}
