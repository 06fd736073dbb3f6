use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::time::{Duration, SystemTime};

use pillbox_files::{WHOLE_LIMIT, open, read_whole, skip_reason};
use pillbox_model::SkipReason;
use tempfile::tempdir;

#[test]
fn a_file_is_read_as_it_is() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a b '💊'.txt");
    fs::write(&path, b"Rx\r\n").unwrap();
    assert_eq!(read_whole(&path).unwrap(), b"Rx\r\n");
    fs::write(&path, b"").unwrap();
    assert_eq!(read_whole(&path).unwrap(), b"");
}

#[test]
fn a_file_over_the_limit_is_not_taken_into_memory() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("large.txt");
    let file = File::create(&path).unwrap();
    file.set_len(WHOLE_LIMIT).unwrap();
    assert_eq!(read_whole(&path).unwrap().len() as u64, WHOLE_LIMIT);
    file.set_len(WHOLE_LIMIT + 1).unwrap();
    assert_eq!(read_whole(&path), Err(SkipReason::FileExceedsSizeLimit));
}

#[test]
fn what_is_no_file_is_not_opened() {
    let folder = tempdir().unwrap();
    assert_eq!(read_whole(folder.path()), Err(SkipReason::NotARegularFile));
    assert_eq!(read_whole(&folder.path().join("gone")), Err(SkipReason::SourceObjectNoLongerAvailable));
    fs::write(folder.path().join("file"), b"x").unwrap();
    assert_eq!(read_whole(&folder.path().join("file/below")), Err(SkipReason::SourceObjectNoLongerAvailable));
    assert_eq!(read_whole(&folder.path().join("x".repeat(300))), Err(SkipReason::NameNotUsable));
}

#[test]
fn a_file_that_grows_while_it_is_read_is_noticed() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, b"one line\n").unwrap();
    let mut file = open(&path).unwrap();
    let mut bytes = Vec::new();
    file.by_ref().take(4).read_to_end(&mut bytes).unwrap();
    OpenOptions::new().append(true).open(&path).unwrap().write_all(b"and one more\n").unwrap();
    file.read_to_end(&mut bytes).unwrap();
    assert_eq!(file.unchanged(), Err(SkipReason::ObjectVersionMismatch));
}

#[test]
fn a_file_that_changes_without_growing_is_noticed() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, b"one").unwrap();
    let mut file = open(&path).unwrap();
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    assert_eq!(file.unchanged(), Ok(()));
    let earlier = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
    OpenOptions::new().write(true).open(&path).unwrap().set_modified(earlier).unwrap();
    assert_eq!(file.unchanged(), Err(SkipReason::ObjectVersionMismatch));
}

#[test]
fn a_file_that_was_not_read_to_its_end_is_not_called_read() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, b"one").unwrap();
    assert_eq!(open(&path).unwrap().unchanged(), Err(SkipReason::ObjectVersionMismatch));
}

#[test]
fn what_the_system_answers_has_a_reason() {
    for (kind, reason) in [
        (io::ErrorKind::PermissionDenied, SkipReason::PermissionDenied),
        (io::ErrorKind::NotFound, SkipReason::SourceObjectNoLongerAvailable),
        (io::ErrorKind::InvalidFilename, SkipReason::NameNotUsable),
        (io::ErrorKind::BrokenPipe, SkipReason::UnableToParseFile),
    ] {
        assert_eq!(skip_reason(&kind.into()), reason);
    }
}

/// Root may read everything, so that the expected outcome is asked of the system itself.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused_by_name() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, b"one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let expected = fs::read(&path).map_err(|_| SkipReason::PermissionDenied);
    assert_eq!(read_whole(&path), expected);
}

#[cfg(unix)]
#[test]
fn links_sockets_and_devices_are_not_read() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("file"), b"x").unwrap();
    std::os::unix::fs::symlink("file", folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink("itself", folder.path().join("itself")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
    assert_eq!(read_whole(&folder.path().join("link")), Err(SkipReason::SymbolicLink));
    assert_eq!(read_whole(&folder.path().join("itself")), Err(SkipReason::SymbolicLink));
    assert_eq!(read_whole(&folder.path().join("itself/below")), Err(SkipReason::SymbolicLink));
    assert_eq!(read_whole(&folder.path().join("socket")), Err(SkipReason::NotARegularFile));
    assert_eq!(read_whole("/dev/null".as_ref()), Err(SkipReason::NotARegularFile));
    drop(socket);
}
