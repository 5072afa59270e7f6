//! Files of every released version are brought up to date, and show what they showed.

use std::fs;
use std::path::{Path, PathBuf};

use cairn_storage::export::export_all;
use cairn_storage::{OpenMode, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

use crate::support::{at, child_path, file_in, id, learner, memory, open, populate, sqlite_in_folder};

pub(crate) fn golden(version: u32) -> (TempDir, PathBuf) {
    let folder = tempdir().expect("a folder");
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/storage/golden")
        .join(format!("version-{version}.sqlite"));
    fs::copy(file, file_in(&folder)).expect("a golden file");
    let path = file_in(&folder);
    (folder, path)
}

fn version_of(path: &Path) -> i64 {
    let connection = Connection::open(path).expect("a database");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

/// Everything that a store holds, as it is exported.
pub(crate) fn exported(store: &SqliteStore) -> String {
    let mut out = Vec::new();
    export_all(store, &mut out).expect("an export");
    String::from_utf8(out).expect("a text")
}

#[test]
fn child_migrates() {
    let Some(path) = child_path() else { return };
    drop(open(&path));
}

#[test]
fn every_older_version_is_brought_up_to_date() {
    let mut expected = memory().store;
    populate(expected.as_mut(), 3);
    for version in [1, 2] {
        let (_folder, path) = golden(version);
        let mut store = open(&path);
        assert!(store.verify().expect("a verification").is_clean());
        for listed in expected.learners(None, 10).expect("a list") {
            assert_eq!(store.learner(&listed.id).expect("read"), expected.learner(&listed.id).expect("read"));
        }
        store.add(&learner("new", &["cert.a"]), &at(3)).expect("recorded");
        assert_eq!(version_of(&path), 6);
    }
}

#[test]
fn the_golden_files_are_small() {
    for version in [1, 2] {
        let (_folder, path) = golden(version);
        assert!(fs::metadata(path).expect("metadata").len() <= 64 << 10);
    }
}

#[test]
fn an_older_version_is_not_changed_by_a_reader() {
    let (_folder, path) = golden(1);
    let Err(error) = SqliteStore::open(&path, OpenMode::ReadOnly) else { panic!("it was opened") };
    assert!(matches!(error, StoreError::SchemaTooOld { found: 1, supported: 6, .. }), "{error:?}");
    assert_eq!(version_of(&path), 1);
}

#[test]
fn a_migrated_file_has_the_schema_of_a_new_one() {
    let (_golden, migrated) = golden(1);
    drop(open(&migrated));
    let (folder, store) = sqlite_in_folder();
    drop(store);
    assert_eq!(schema(&migrated), schema(&file_in(&folder)));
}

fn schema(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).expect("a database");
    let mut query =
        connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name").expect("a query");
    let rows = query.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

#[test]
fn a_step_that_fails_is_undone_and_can_be_repeated() {
    let (_folder, path) = golden(1);
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch("CREATE TABLE holding_credential (x)").expect("in the way");
    assert!(SqliteStore::open(&path, OpenMode::Existing).is_err());
    assert_eq!(version_of(&path), 1);
    connection.execute_batch("DROP TABLE holding_credential").expect("out of the way");
    drop(connection);
    assert!(open(&path).learner(&id("learner-001")).expect("read").is_some());
}

#[test]
fn a_file_made_by_other_migrations_is_refused() {
    let (_folder, path) = golden(1);
    let connection = Connection::open(&path).expect("a database");
    connection.execute("UPDATE schema_migration SET checksum = zeroblob(32)", []).expect("changed");
    drop(connection);
    let Err(error) = SqliteStore::open(&path, OpenMode::Existing) else { panic!("it was opened") };
    assert!(matches!(error, StoreError::MigrationChanged { version: 1, .. }), "{error:?}");
}

#[test]
fn two_processes_may_migrate_at_the_same_time() {
    let (_folder, path) = golden(1);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(open(&path).verify().expect("a verification").is_clean()));
        }
    });
}
