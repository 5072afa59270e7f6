//! What can be derived from the logs, made anew after damage.

use std::path::Path;

use cairn_storage::Store;
use rusqlite::{Connection, types::Value};

use crate::damage::damage;
use crate::support::{file_in, populate, sqlite_in_folder};

/// Every row of what can be derived, as SQLite itself prints it.
fn derived(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).expect("a database");
    let mut rows = Vec::new();
    for table in ["learner", "holding", "attestation"] {
        let mut query = connection.prepare(&format!("SELECT * FROM {table}")).expect("a query");
        let columns = query.column_count();
        let read = query.query_map([], |row| {
            let values = (0..columns).map(|column| row.get::<_, Value>(column));
            Ok(format!("{table} {:?}", values.collect::<Result<Vec<_>, _>>()?))
        });
        rows.extend(read.expect("rows").map(|row| row.expect("a row")));
    }
    rows
}

#[test]
fn what_can_be_derived_is_rebuilt_byte_for_byte() {
    let damages = [
        "DELETE FROM holding",
        "DELETE FROM attestation",
        "DELETE FROM learner WHERE external_id = 'learner-001'",
        "UPDATE holding SET grade_milli = 1, evidence = 'forged'",
        "UPDATE learner SET name = 'Eve', state_hash = zeroblob(32), head_hash = zeroblob(7)",
        "UPDATE learner SET external_id = 'eve' WHERE external_id = 'learner-001'",
        "INSERT INTO holding SELECT zeroblob(16), 1, credential, NULL, NULL, NULL, NULL, NULL, source,
            state, NULL, attributes, 2, NULL, NULL FROM holding LIMIT 1",
    ];
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    let (path, before) = (file_in(&folder), derived(&file_in(&folder)));
    for sql in damages {
        damage(&path, sql);
        assert_ne!(derived(&path), before, "{sql}");
        let rebuilt = store.rebuild().expect(sql);
        assert!(rebuilt.mended + rebuilt.orphans > 0, "{sql}: {rebuilt:?}");
        assert_eq!(derived(&path), before, "{sql}");
        assert!(store.verify().expect("a verification").is_clean(), "{sql}");
    }
}

#[test]
fn nothing_is_rebuilt_from_a_broken_log() {
    let damages = [
        ("UPDATE learner_event SET actor = 'eve' WHERE seq = 2", "the event is not what was written"),
        ("DELETE FROM learner_event WHERE seq = 2", "the event is missing"),
        ("DELETE FROM learner_event WHERE seq > 3", "the event is missing"),
        ("DELETE FROM learner_event", "the event is missing"),
    ];
    for (sql, expected) in damages {
        let (folder, mut store) = sqlite_in_folder();
        populate(&mut store, 3);
        let path = file_in(&folder);
        damage(&path, sql);
        let before = derived(&path);
        let error = store.rebuild().expect_err(sql).to_string();
        assert!(error.contains(expected), "{sql}: {error}");
        assert_eq!(derived(&path), before, "{sql}");
    }
}
