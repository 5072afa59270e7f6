//! Bit rot and tampering: found, named, never shown as a fact.

use std::fs;
use std::path::Path;

use cairn_storage::{OpenMode, SqliteStore, Store, StoreError, Verification};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{at, file_in, id, learner, open, populate, sqlite_in_folder};

fn damaged_by(sql: &str) -> (TempDir, Verification) {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    drop(store);
    let connection = Connection::open(file_in(&folder)).expect("a database");
    assert!(connection.execute(sql, []).expect("the damage is done") > 0, "{sql}");
    drop(connection);
    let verification = open(&file_in(&folder)).verify().expect("a verification");
    (folder, verification)
}

/// What `verify` says after somebody changed the file behind the store's back.
#[test]
fn every_column_is_guarded() {
    let one = "SET {} WHERE learner_id = (SELECT learner_id FROM learner WHERE external_id = 'learner-001')";
    let cases = [
        ("learner", "name = 'Eve'", "learner `learner-001`: the name or id is not what the log says"),
        ("learner", "external_id = 'eve'", "learner `eve`: the key does not belong to the id"),
        ("learner", "head_seq = 3", "learner `learner-001`: the log does not end where the record says"),
        ("learner", "head_seq = 5", "learner `learner-001`, event 5: the event is missing"),
        (
            "learner",
            "head_hash = zeroblob(32)",
            "learner `learner-001`: the log does not end where the record says",
        ),
        ("learner", "head_hash = x'00'", ": a row cannot be read"),
        ("learner", "state_hash = zeroblob(32)", "learner `learner-001`: the record does not match its hash"),
        ("learner", "updated_at = 9", "learner `learner-001`: the log does not end where the record says"),
        ("holding", "grade_milli = 1 ", "learner `learner-001`, event 2: holding 1 is not what the log says"),
        (
            "holding",
            "awarded_on = awarded_on + 1",
            "learner `learner-001`, event 2: holding 1 is not what the log says",
        ),
        (
            "holding",
            "state = 'planned'",
            "learner `learner-001`, event 3: holding 2 is not what the log says",
        ),
        ("holding", "state = 'passed'", "learner `learner-001`: a row cannot be read"),
        ("holding", "attributes = '{'", "learner `learner-001`: a row cannot be read"),
        ("holding", "credential = 'bad id'", "learner `learner-001`: a row cannot be read"),
        ("holding", "event_seq = 1", "learner `learner-001`, event 2: holding 1 is not what the log says"),
        (
            "holding",
            "holding_no = 9 - holding_no",
            "learner `learner-001`: holding 1 is not what the log says",
        ),
        (
            "attestation",
            "amount_milli = 1",
            "learner `learner-001`, event 4: attestation 1 is not what the log says",
        ),
        (
            "attestation",
            "evidence = NULL",
            "learner `learner-001`, event 4: attestation 1 is not what the log says",
        ),
        (
            "learner_event",
            "event_id = zeroblob(16) WHERE seq = 2",
            "event 2: the event is not what was written",
        ),
        (
            "learner_event",
            "kind = 'revoked'",
            "learner `learner-001`, event 1: the event is not what was written",
        ),
        ("learner_event", "kind = 'promoted'", "learner `learner-001`: the event holds no fact that fits"),
        ("learner_event", "schema_v = 2", "learner `learner-001`: the event holds no fact that fits"),
        (
            "learner_event",
            "recorded_at = 0",
            "learner `learner-001`, event 1: the event is not what was written",
        ),
        (
            "learner_event",
            "actor = 'eve'",
            "learner `learner-001`, event 1: the event is not what was written",
        ),
        ("learner_event", "reason = ''", "learner `learner-001`, event 1: the event is not what was written"),
        (
            "learner_event",
            "payload = payload || ' '",
            "learner `learner-001`, event 1: the event is not what was written",
        ),
        (
            "learner_event",
            "hash = zeroblob(32)",
            "learner `learner-001`, event 1: the event is not what was written",
        ),
        ("learner_event", "seq = seq + 1000", "learner `learner-001`, event 1: the event is missing"),
    ];
    for (table, change, expected) in cases {
        let sql = match change.split_once(" WHERE ") {
            Some((change, condition)) => format!("UPDATE {table} SET {change} WHERE {condition}"),
            None => format!("UPDATE {table} {}", one.replace("{}", change)),
        };
        let (_folder, verification) = damaged_by(&sql);
        let flaws: Vec<_> = verification.flaws.iter().map(ToString::to_string).collect();
        assert!(flaws.iter().any(|flaw| flaw.contains(expected)), "{sql}\n{flaws:#?}");
    }
}

#[test]
fn rows_that_vanish_are_missed() {
    let cases = [
        ("DELETE FROM learner_event WHERE seq = 2", "learner `learner-001`, event 2: the event is missing"),
        ("DELETE FROM learner_event WHERE seq = 4", "learner `learner-001`, event 4: the event is missing"),
        ("DELETE FROM holding WHERE holding_no = 2", "event 3: holding 2 is not what the log says"),
        ("DELETE FROM attestation", "event 4: attestation 1 is not what the log says"),
        (
            "DELETE FROM learner WHERE external_id = 'learner-002'",
            "the file: there are rows that belong to no learner",
        ),
    ];
    for (sql, expected) in cases {
        let (_folder, verification) = damaged_by(sql);
        let flaws: Vec<_> = verification.flaws.iter().map(ToString::to_string).collect();
        assert!(flaws.iter().any(|flaw| flaw.contains(expected)), "{sql}\n{flaws:#?}");
    }
}

#[test]
fn a_damaged_record_is_an_error_and_the_others_still_work() {
    let sql = "UPDATE holding SET grade_milli = 1 WHERE holding_no = 1 AND learner_id =
        (SELECT learner_id FROM learner WHERE external_id = 'learner-001')";
    let (folder, _) = damaged_by(sql);
    let mut store = open(&file_in(&folder));
    let error = store.learner(&id("learner-001")).expect_err("damaged");
    assert!(matches!(error, StoreError::DamagedRecord { .. }), "{error:?}");
    assert!(error.to_string().contains("the record of learner `learner-001` in `"), "{error}");
    store.add(&learner("learner-001", &["cert.z"]), &at(9)).expect_err("not built upon");
    assert!(store.learner(&id("learner-002")).expect("read").is_some());
    store.add(&learner("learner-002", &["cert.z"]), &at(9)).expect("recorded");
}

#[test]
fn many_flaws_are_counted_and_some_are_kept() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 120);
    drop(store);
    let connection = Connection::open(file_in(&folder)).expect("a database");
    connection.execute("UPDATE holding SET issuer = 'eve'", []).expect("the damage is done");
    drop(connection);
    let verification = open(&file_in(&folder)).verify().expect("a verification");
    assert_eq!((verification.flaws.len(), verification.flaws_total), (100, 240));
}

/// What a store shows, or `None` if it refuses or finds itself damaged.
fn shown(path: &Path) -> Option<String> {
    let store = SqliteStore::open(path, OpenMode::Existing).ok()?;
    if !store.verify().ok()?.is_clean() {
        return None;
    }
    let mut text = String::new();
    for listed in store.learners(None, 1000).ok()? {
        let record = store.learner(&listed.id).ok()?;
        text.push_str(&format!("{listed:?} {record:?} {:?}\n", store.events(&listed.id).ok()?));
    }
    Some(text)
}

/// One bit flipped anywhere is noticed, or changes nothing that is shown.
#[test]
fn no_flipped_bit_is_shown_as_a_fact() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 12);
    drop(store);
    let path = file_in(&folder);
    let whole = fs::read(&path).expect("the file");
    let before = shown(&path).expect("a clean store");
    let (mut seed, mut noticed) = (7u64, 0);
    for _ in 0..220 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(seed >> 20).expect("64 bits") % (whole.len() * 8);
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, flipped).expect("written");
        match shown(&path) {
            None => noticed += 1,
            Some(after) => assert_eq!(after, before, "bit {bit} went unnoticed"),
        }
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(path.with_file_name(["learners.sqlite", suffix].concat()));
        }
    }
    assert!(noticed > 20, "{noticed}");
}

/// A flip inside a payload is found, and the learner and the event are named.
#[test]
fn a_bit_flipped_in_a_fact_is_named() {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    drop(store);
    let path = file_in(&folder);
    let mut bytes = fs::read(&path).expect("the file");
    let payload = br#"{"id":"learner-002""#;
    let place = bytes.windows(payload.len()).position(|window| window == payload).expect("the payload");
    bytes[place + payload.len() - 2] ^= 1;
    fs::write(&path, bytes).expect("written");
    let verification = open(&path).verify().expect("a verification");
    let flaws: Vec<_> = verification.flaws.iter().map(ToString::to_string).collect();
    assert_eq!(flaws, ["learner `learner-002`, event 1: the event is not what was written"]);
}
