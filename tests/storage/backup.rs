//! Copies of a store, and the way back.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use cairn_storage::{OpenMode, SqliteStore, Store, StoreError};
use rusqlite::Connection;

use crate::migration::{exported, golden};
use crate::support::{at, file_in, id, learner, open, populate, sqlite_in_folder};

#[test]
fn a_copy_is_made_while_others_write_and_comes_back() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 20);
    let copy = folder.path().join("copy");
    std::thread::scope(|scope| {
        let path = file_in(&folder);
        scope.spawn(move || {
            let mut store = open(&path);
            for number in 0..30 {
                store.add(&learner(&format!("new-{number}"), &["cert.a"]), &at(9)).expect("recorded");
            }
        });
        store.backup(&copy).expect("a copy");
    });
    let mode = fs::metadata(&copy).expect("metadata").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "only its owner may read it");
    let error = store.backup(&copy).expect_err("it is there");
    assert!(matches!(error, StoreError::Exists { .. }), "{error:?}");
    let back = folder.path().join("back");
    SqliteStore::restore(&copy, &back, None).expect("restored");
    let restored = open(&back);
    assert!(restored.verify().expect("a verification").is_clean());
    for number in 0..20 {
        let id = id(&format!("learner-{number:03}"));
        assert_eq!(restored.learner(&id).expect("read"), store.learner(&id).expect("read"));
    }
    let error = SqliteStore::restore(&copy, &back, None).expect_err("it is there");
    assert!(matches!(error, StoreError::Exists { .. }), "{error:?}");
}

#[test]
fn a_store_comes_back_as_it_was_at_an_instant() {
    let (folder, mut store) = sqlite_in_folder();
    store.add(&learner("ada", &["cert.a"]), &at(10)).expect("recorded");
    store.add(&learner("bob", &["cert.a"]), &at(20)).expect("recorded");
    store.seal(&at(25)).expect("sealed");
    let then = exported(&store);
    let seals = store.seals().expect("read");
    store.revoke(&id("ada"), 1, None, &at(30)).expect("revoked");
    store.add(&learner("eve", &["cert.a"]), &at(40)).expect("recorded");
    store.seal(&at(50)).expect("sealed");
    let copy = folder.path().join("copy");
    store.backup(&copy).expect("a copy");
    let back = folder.path().join("back");
    SqliteStore::restore(&copy, &back, Some(25)).expect("restored");
    let mut restored = open(&back);
    assert_eq!((exported(&restored), restored.seals().expect("read")), (then, seals));
    assert!(restored.verify().expect("a verification").is_clean());
    restored.add(&learner("eve", &["cert.b"]), &at(60)).expect("it goes on from there");
    let empty = folder.path().join("empty");
    SqliteStore::restore(&copy, &empty, Some(9)).expect("restored");
    assert_eq!(open(&empty).learners(None, 10).expect("a list"), []);
}

#[test]
fn a_damaged_store_has_no_backup_and_a_damaged_backup_is_no_store() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    let copy = folder.path().join("copy");
    store.backup(&copy).expect("a copy");
    let forge = |path: &std::path::Path| {
        let connection = Connection::open(path).expect("a database");
        connection.execute("UPDATE holding SET grade_milli = 1", []).expect("the damage is done");
    };
    forge(&copy);
    let back = folder.path().join("back");
    SqliteStore::restore(&copy, &back, None).expect_err("damaged");
    forge(&file_in(&folder));
    store.backup(folder.path().join("other")).expect_err("damaged");
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry")).collect();
    let left = left.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    assert!(left.into_iter().all(|name| !name.contains("part") && name != "back" && name != "other"));
}

#[test]
fn a_file_is_copied_before_it_is_migrated() {
    let (_folder, path) = golden(2);
    drop(open(&path));
    let copy = path.with_file_name("learners.sqlite.version-2");
    let version: i64 = Connection::open(&copy)
        .expect("a database")
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("a version");
    assert_eq!(version, 2);
    let error = SqliteStore::open(&copy, OpenMode::ReadOnly).expect_err("of an older release");
    assert!(matches!(error, StoreError::SchemaTooOld { found: 2, .. }), "{error:?}");
    assert_eq!(exported(&open(&copy)), exported(&open(&path)));
}
