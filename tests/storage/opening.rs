//! What is opened, what is refused, and that refusing touches nothing.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;

use cairn_storage::{OpenMode, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::support::{at, child, child_path, file_in, id, learner, open, populate, sqlite_in_folder};

fn refusal(path: &Path, mode: OpenMode) -> StoreError {
    match SqliteStore::open(path, mode) {
        Ok(_) => panic!("`{}` was opened", path.display()),
        Err(error) => error,
    }
}

/// Both ways of opening an existing file refuse it and leave it and its folder as they are.
fn refuses_and_leaves(path: &Path, is_expected: fn(&StoreError) -> bool) {
    let before = fs::read(path).expect("the file");
    let folder = |path: &Path| fs::read_dir(path.parent().expect("a folder")).expect("a folder").count();
    let files = folder(path);
    for mode in [OpenMode::Existing, OpenMode::ReadOnly, OpenMode::Create] {
        let error = refusal(path, mode);
        let is_right = if mode == OpenMode::Create {
            matches!(error, StoreError::Exists { .. })
        } else {
            is_expected(&error)
        };
        assert!(is_right, "{mode:?}: {error:?}");
        let message = error.to_string();
        assert!(message.contains(&format!("`{}`", path.display())), "{message}");
        assert!(message.starts_with('`') || message.starts_with(char::is_lowercase), "{message}");
        assert!(!message.ends_with('.') && !message.contains('\n'), "{message}");
    }
    assert_eq!(fs::read(path).expect("the file"), before);
    assert_eq!(folder(path), files);
}

#[test]
fn a_new_store_is_for_its_owner_only() {
    let (folder, mut store) = sqlite_in_folder();
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    for entry in fs::read_dir(folder.path()).expect("a folder") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn what_was_recorded_is_there_after_opening_again() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    let before = store.learner(&id("learner-000")).expect("read");
    drop(store);
    for mode in [OpenMode::Existing, OpenMode::ReadOnly] {
        let store = SqliteStore::open(file_in(&folder), mode).expect("the store opens");
        assert_eq!(store.learner(&id("learner-000")).expect("read"), before);
    }
}

#[test]
fn a_file_that_is_not_there_is_not_made() {
    let folder = tempdir().expect("a folder");
    let path = file_in(&folder);
    assert!(matches!(refusal(&path, OpenMode::Existing), StoreError::Missing { .. }));
    assert!(matches!(refusal(&path, OpenMode::ReadOnly), StoreError::Missing { .. }));
    assert!(matches!(refusal(&path.join("x"), OpenMode::Create), StoreError::NoFolder { .. }));
    assert!(matches!(refusal(folder.path(), OpenMode::Existing), StoreError::NotAFile { .. }));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn an_empty_file_is_not_taken_for_a_new_store() {
    let folder = tempdir().expect("a folder");
    fs::write(file_in(&folder), "").expect("written");
    refuses_and_leaves(&file_in(&folder), |error| matches!(error, StoreError::Empty { .. }));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempdir().expect("a folder");
    for text in ["x", "learner,credential\nada,cert.a\n", &"random bytes ".repeat(1000)] {
        fs::write(file_in(&folder), text).expect("written");
        refuses_and_leaves(&file_in(&folder), |error| matches!(error, StoreError::NotADatabase { .. }));
    }
}

#[test]
fn a_header_followed_by_nonsense_is_refused() {
    let folder = tempdir().expect("a folder");
    let short = b"SQLite format 3\0".to_vec();
    fs::write(file_in(&folder), &short).expect("written");
    refuses_and_leaves(&file_in(&folder), |error| matches!(error, StoreError::Damaged { .. }));
    fs::write(file_in(&folder), [short, vec![0xa5; 5000]].concat()).expect("written");
    refuses_and_leaves(&file_in(&folder), |error| matches!(error, StoreError::OtherApplication { .. }));
}

#[test]
fn a_database_of_another_application_is_refused() {
    let folder = tempdir().expect("a folder");
    let other = Connection::open(file_in(&folder)).expect("a database");
    other.execute_batch("CREATE TABLE learner (x); PRAGMA application_id = 42").expect("set up");
    drop(other);
    refuses_and_leaves(&file_in(&folder), |error| {
        matches!(error, StoreError::OtherApplication { found: 42, .. })
    });
}

#[test]
fn a_newer_schema_is_refused() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    set_version(&file_in(&folder), 99);
    refuses_and_leaves(&file_in(&folder), |error| {
        matches!(error, StoreError::SchemaTooNew { found: 99, .. })
    });
    let message = refusal(&file_in(&folder), OpenMode::Existing).to_string();
    assert!(message.ends_with("and this release knows versions up to 6: use a newer release"), "{message}");
}

#[test]
fn a_file_that_was_cut_off_is_refused_or_found_damaged() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 30);
    drop(store);
    let whole = fs::read(file_in(&folder)).expect("the file");
    for length in [20, 99, 100, 3000, 4096, 9000, whole.len() / 2, whole.len() - 1] {
        fs::write(file_in(&folder), &whole[..length]).expect("written");
        for mode in [OpenMode::Existing, OpenMode::ReadOnly] {
            let flaws = SqliteStore::open(file_in(&folder), mode).and_then(|store| store.verify());
            assert!(flaws.is_err() || flaws.is_ok_and(|found| !found.is_clean()), "{length} {mode:?}");
        }
    }
}

#[test]
fn a_link_to_a_store_is_opened() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let link = folder.path().join("link");
    symlink(file_in(&folder), &link).expect("a link");
    open(&link);
}

#[test]
fn a_store_opened_for_reading_is_not_written() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 1);
    let mut reader = store.reader().expect("a reader");
    let error = reader.add(&learner("ada", &[]), &at(1)).expect_err("read-only");
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    assert!(reader.verify().expect("a verification").is_clean());
    drop(folder);
}

#[test]
fn read_only_files_and_folders_are_named_as_such() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    set_mode(folder.path(), 0o755);
    set_mode(&file_in(&folder), 0o644);
    // For root nothing is read-only, so somebody else looks.
    let mut child = child("opening::child_meets_read_only_places", &file_in(&folder));
    if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
        child.uid(65_534).gid(65_534);
    } else {
        set_mode(&file_in(&folder), 0o444);
        set_mode(folder.path(), 0o555);
    }
    let output = child.output().expect("the child runs");
    set_mode(folder.path(), 0o755);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing was left behind");
}

#[test]
fn child_meets_read_only_places() {
    let Some(path) = child_path() else { return };
    let error = refusal(&path, OpenMode::Existing);
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    let error = refusal(&path.with_file_name("new.sqlite"), OpenMode::Create);
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    // Reading needs two files beside the store, so a folder that takes none is named as the reason.
    let error = refusal(&path, OpenMode::ReadOnly);
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
}

#[test]
fn a_store_that_was_begun_and_not_finished_is_refused() {
    let (folder, store) = sqlite_in_folder();
    drop(store);
    let begun = tempdir().expect("a folder");
    let connection = Connection::open(file_in(&folder)).expect("a database");
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0)).expect("an id");
    let other = Connection::open(file_in(&begun)).expect("a database");
    other.pragma_update(None, "application_id", application).expect("set");
    drop(other);
    for mode in [OpenMode::Existing, OpenMode::ReadOnly] {
        let error = refusal(&file_in(&begun), mode);
        assert!(matches!(error, StoreError::Unfinished { .. }), "{error:?}");
    }
}

#[test]
fn a_writer_that_does_not_let_go_is_named_and_not_waited_for_without_end() {
    let (folder, mut store) = sqlite_in_folder();
    let other = Connection::open(file_in(&folder)).expect("a database");
    other.execute_batch("BEGIN IMMEDIATE").expect("the write lock");
    let error = store.add(&learner("ada", &["cert.a"]), &at(1)).expect_err("held up");
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    assert_eq!(store.learner(&id("ada")).expect("reading goes on"), None);
    other.execute_batch("ROLLBACK").expect("let go");
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("the mode is set");
}

fn set_version(path: &Path, version: i64) {
    let connection = Connection::open(path).expect("a database");
    connection.pragma_update(None, "user_version", version).expect("set");
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("checkpoint");
}
