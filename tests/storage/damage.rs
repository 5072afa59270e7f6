//! Bit rot and tampering: found, named, never shown as a fact.

use std::path::Path;

use cairn_storage::{Edition, Entry, Fact, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{at, file_in, id, learner, open, populate, sqlite_in_folder};

/// Changes a file behind the store's back.
pub(crate) fn damage(path: &Path, sql: &str) {
    let connection = Connection::open(path).expect("a database");
    assert!(connection.execute(sql, []).expect("the damage is done") > 0, "{sql}");
}

/// What `verify` finds, in its words.
pub(crate) fn flaws(store: &SqliteStore) -> Vec<String> {
    store.verify().expect("a verification").flaws.iter().map(ToString::to_string).collect()
}

fn damaged_by(sql: &str) -> (TempDir, SqliteStore) {
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    drop(store);
    damage(&file_in(&folder), sql);
    let store = open(&file_in(&folder));
    (folder, store)
}

fn assert_found(sql: &str, expected: &str) {
    let (_folder, store) = damaged_by(sql);
    let flaws = flaws(&store);
    assert!(flaws.iter().any(|flaw| flaw.contains(expected)), "{sql}\n{flaws:#?}");
}

#[test]
fn a_glance_sees_what_is_wrong_with_whom_it_looks_at() {
    let (_folder, store) = damaged_by("UPDATE holding SET grade_milli = 1 WHERE holding_no = 1");
    let seen = store.glance(100).expect("a glance");
    assert_eq!((seen.learners, seen.flaws_total > 0), (3, true), "{:?}", seen.flaws);
    assert!(store.glance(0).expect("a glance").is_clean());
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
        assert_found(&sql, expected);
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
        assert_found(sql, expected);
    }
}

#[test]
fn a_damaged_record_is_an_error_and_the_others_still_work() {
    let sql = "UPDATE holding SET grade_milli = 1 WHERE holding_no = 1 AND learner_id =
        (SELECT learner_id FROM learner WHERE external_id = 'learner-001')";
    let (_folder, mut store) = damaged_by(sql);
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
    damage(&file_in(&folder), "UPDATE holding SET issuer = 'eve'");
    let verification = open(&file_in(&folder)).verify().expect("a verification");
    assert_eq!((verification.flaws.len(), verification.flaws_total), (100, 240));
}

#[test]
fn editions_are_guarded() {
    let damages = [
        ("UPDATE edition SET content = replace(content, 'format', 'former')", "is not what was published"),
        ("UPDATE edition SET label = 'other'", "is not what was published"),
        ("UPDATE edition SET effective_from = 1", "is not what was published"),
        ("UPDATE edition SET reason = ''", "is not what was published"),
        ("UPDATE edition SET edition_hash = zeroblob(32)", "is not what was published"),
        ("DELETE FROM edition", "learner `ada`, event 2: the edition of the rules that it names is missing"),
    ];
    for (sql, expected) in damages {
        let (folder, mut store) = sqlite_in_folder();
        let rules = crate::conformance::edition("2025-26", "2025-08-01", "format = 1");
        store.publish(&rules, &at(1)).expect("published");
        store.add(&learner("ada", &[]), &at(1)).expect("recorded");
        let on = "2025-09-01".parse().expect("a day");
        let entry = Entry { qualification: "diploma".to_owned(), on, edition: rules.hash() };
        store.note(&id("ada"), Fact::Entered(entry), &at(2)).expect("noted");
        damage(&file_in(&folder), sql);
        let flaws = flaws(&store);
        assert!(flaws.iter().any(|flaw| flaw.contains(expected)), "{sql}: {flaws:?}");
        assert!(!matches!(store.edition(rules.hash()), Ok(Some(files)) if files != rules_sorted(&rules)));
    }
}

fn rules_sorted(edition: &Edition) -> Vec<cairn_core::SourceFile> {
    let mut files = edition.files.clone();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The chain alone cannot see that its end was cut off together with the head that names it, nor
/// that somebody wrote all of it anew.
#[test]
fn a_seal_shows_what_the_chain_cannot() {
    let cut = "DELETE FROM learner_event WHERE seq = 5;
        UPDATE learner SET head_seq = 4, head_hash = (SELECT hash FROM learner_event
            WHERE learner_event.learner_id = learner.learner_id AND seq = 4), updated_at = 1
        WHERE external_id = 'learner-000'";
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    let seal = store.seal(&at(9)).expect("sealed");
    let path = file_in(&folder);
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(cut).expect("the damage is done");
    store.rebuild().expect("the log that is left is whole");
    assert_eq!(flaws(&store), ["learner `learner-000`, event 5: the event is not the one that was sealed"]);

    connection.execute_batch("DELETE FROM sealed_head; DELETE FROM seal").expect("the damage is done");
    let verification = store.verify().expect("a verification");
    assert!(verification.is_clean(), "{:?}", verification.flaws);
    assert!(!verification.seals.contains(&seal.hash), "only who kept the seal elsewhere can tell");
}

#[test]
fn seals_are_guarded_themselves() {
    let damages = [
        "UPDATE seal SET reason = 'other' WHERE seal_no = 1",
        "UPDATE seal SET sealed_at = 1",
        "UPDATE seal SET hash = zeroblob(32) WHERE seal_no = 2",
        "DELETE FROM seal WHERE seal_no = 1",
        "DELETE FROM sealed_head WHERE head_seq = 4",
        "UPDATE sealed_head SET head_hash = zeroblob(32) WHERE head_seq = 4",
    ];
    for sql in damages {
        let (folder, mut store) = sqlite_in_folder();
        populate(&mut store, 3);
        store.seal(&at(9)).expect("sealed");
        store.add(&learner("ada", &["cert.a"]), &at(10)).expect("recorded");
        store.seal(&at(11)).expect("sealed");
        damage(&file_in(&folder), sql);
        let flaws = flaws(&store);
        assert!(flaws.iter().any(|flaw| flaw.contains("seal")), "{sql}: {flaws:?}");
    }
}
