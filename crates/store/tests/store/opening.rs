//! Opening the data folder and the database.

use std::fs;
use std::path::Path;
use std::sync::Barrier;

use pillbox_model::{ErrorCode, Failure};
use pillbox_store::Store;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::samples::{Kept, connection, file, raw, upload};

fn refusal(dir: &Path) -> Failure {
    Store::open(dir).map(drop).unwrap_err()
}

#[test]
fn what_was_kept_is_there_after_opening_again() {
    let Kept { store, dir } = Kept::new();
    store.save_connection(&connection("practice")).unwrap();
    drop(store);
    let again = Store::open(dir.path()).unwrap();
    assert_eq!(again.connections().unwrap(), [connection("practice")]);
}

#[test]
fn a_missing_folder_is_created_with_its_parents() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(&dir.path().join("a/b")).unwrap();
    assert_eq!(store.dir(), dir.path().join("a/b"));
}

#[test]
fn two_stores_on_one_folder_share_what_they_keep() {
    let Kept { store, dir } = Kept::new();
    let other = Store::open(dir.path()).unwrap();
    store.save_connection(&connection("practice")).unwrap();
    other.save_connection(&connection("branch")).unwrap();
    assert_eq!(store.connections().unwrap(), other.connections().unwrap());
    assert_eq!(store.connections().unwrap().len(), 2);
}

#[test]
fn many_open_a_new_folder_and_write_at_the_same_time() {
    let dir = TempDir::new().unwrap();
    for round in 0..20 {
        let folder = dir.path().join(round.to_string());
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let (folder, start) = (&folder, &start);
                scope.spawn(move || {
                    start.wait();
                    let store = Store::open(folder).unwrap();
                    store.create_upload(&upload(&format!("u{thread}"), thread)).unwrap();
                });
            }
        });
        assert_eq!(Store::open(&folder).unwrap().uploads(100).unwrap().len(), 8);
    }
}

#[test]
fn a_database_of_a_newer_pillbox_is_refused_and_left_as_it_is() {
    let Kept { store, dir } = Kept::new();
    drop(store);
    raw(dir.path()).pragma_update(None, "user_version", 4_000).unwrap();
    let before = fs::read(dir.path().join("pillbox.db")).unwrap();
    assert_eq!(refusal(dir.path()).code, ErrorCode::DatabaseNewer);
    assert_eq!(fs::read(dir.path().join("pillbox.db")).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_called_damaged() {
    let Kept { store, dir } = Kept::new();
    drop(store);
    fs::write(dir.path().join("pillbox.db"), "this is no database ".repeat(1_000)).unwrap();
    assert_eq!(refusal(dir.path()).code, ErrorCode::DatabaseDamaged);
}

#[test]
fn a_database_that_another_program_keeps_locked_is_named() {
    let Kept { store, dir } = Kept::new();
    let other = raw(dir.path());
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Reading goes on; writing gives up after its patience, which a test would have to wait for.
    assert_eq!(store.connections().unwrap(), []);
    other.execute_batch("COMMIT").unwrap();
    store.save_connection(&connection("practice")).unwrap();
}

#[test]
fn a_file_in_the_folders_place_is_refused() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, "").unwrap();
    assert_eq!(refusal(&path).code, ErrorCode::DataFolderUnusable);
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn folders_and_files_are_their_owners_alone() {
        let dir = TempDir::new().unwrap();
        let folder = dir.path().join("pillbox");
        let store = Store::open(&folder).unwrap();
        store.save_connection(&connection("practice")).unwrap();
        let _lease = store.lease("job").unwrap();
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("leases")), 0o700);
        for file in ["pillbox.db", "pillbox.db-wal", "pillbox.db-shm", "open.lock"] {
            assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
        }
        for lock in fs::read_dir(folder.join("leases")).unwrap() {
            assert_eq!(mode(&lock.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn an_empty_folder_is_shut_and_one_with_something_in_it_is_refused() {
        let dir = TempDir::new().unwrap();
        set_mode(dir.path(), 0o755);
        drop(Store::open(dir.path()).unwrap());
        assert_eq!(mode(dir.path()), 0o700);

        for open_to_others in [0o755, 0o750, 0o701, 0o777] {
            set_mode(dir.path(), open_to_others);
            assert_eq!(refusal(dir.path()), Failure::about(ErrorCode::DataFolderUnusable, "permissions"));
            assert_eq!(mode(dir.path()), open_to_others, "what is refused is left as it is");
        }
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let dir = TempDir::new().unwrap();
        // The superuser can give a folder away; for anybody else the root folder is somebody else's.
        let foreign = if chown(dir.path(), Some(65_534), None).is_ok() { dir.path() } else { Path::new("/") };
        assert_eq!(refusal(foreign), Failure::about(ErrorCode::DataFolderUnusable, "owner"));
    }

    #[test]
    fn a_link_in_the_databases_place_is_not_followed() {
        let Kept { store, dir } = Kept::new();
        drop(store);
        fs::remove_file(dir.path().join("pillbox.db")).unwrap();
        let elsewhere = TempDir::new().unwrap();
        symlink(elsewhere.path().join("target"), dir.path().join("pillbox.db")).unwrap();
        assert_eq!(refusal(dir.path()), Failure::about(ErrorCode::DataFolderUnusable, "kind"));
        assert!(!elsewhere.path().join("target").exists());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the disk makes of the file: it is read rightly or called damaged.
    #[test]
    fn damage_is_named(place in 0.0..1.0_f64, garbage in proptest::collection::vec(any::<u8>(), 1..2_000)) {
        let Kept { store, dir } = Kept::with_files(&(1..=200).map(file).collect::<Vec<_>>());
        drop(store);
        let path = dir.path().join("pillbox.db");
        let mut bytes = fs::read(&path).unwrap();
        let start = (place * (bytes.len() - garbage.len()) as f64) as usize;
        bytes[start..start + garbage.len()].copy_from_slice(&garbage);
        fs::write(&path, bytes).unwrap();

        let used = Store::open(dir.path()).and_then(|store| {
            store.files_after("u", 0, &[pillbox_model::FileState::Found], 1_000)?;
            store.file_totals("u")?;
            store.update_file("u", &file(7))
        });
        if let Err(failure) = used {
            // A row whose index was overwritten can't be found; a version that was overwritten may look newer.
            let named = [ErrorCode::DatabaseDamaged, ErrorCode::DatabaseNewer, ErrorCode::NotFound];
            prop_assert!(named.contains(&failure.code), "{failure:?}");
        }
    }
}
