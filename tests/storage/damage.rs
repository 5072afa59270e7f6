//! Bit rot and tampering: found, named, never shown as a fact.

use std::fs;
use std::io::Write;
use std::path::Path;

use cairn_storage::{Edition, Entry, Fact, OpenMode, SqliteStore, Store, StoreError, Verification};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

use crate::support::{at, file_in, id, learner, number_from, open, populate, sqlite_in_folder};

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
    for (damage, expected) in damages {
        let (folder, mut store) = sqlite_in_folder();
        let rules = crate::conformance::edition("2025-26", "2025-08-01", "format = 1");
        store.publish(&rules, &at(1)).expect("published");
        store.add(&learner("ada", &[]), &at(1)).expect("recorded");
        let on = "2025-09-01".parse().expect("a day");
        let entry = Entry { qualification: "diploma".to_owned(), on, edition: rules.hash() };
        store.note(&id("ada"), Fact::Entered(entry), &at(2)).expect("noted");
        let connection = Connection::open(file_in(&folder)).expect("a database");
        connection.execute(damage, []).expect("the damage is done");
        let flaws = store.verify().expect("a verification").flaws;
        assert!(flaws.iter().any(|flaw| flaw.to_string().contains(expected)), "{damage}: {flaws:?}");
        assert!(!matches!(store.edition(rules.hash()), Ok(Some(files)) if files != rules_sorted(&rules)));
    }
}

fn rules_sorted(edition: &Edition) -> Vec<cairn_core::SourceFile> {
    let mut files = edition.files.clone();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

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
            state, NULL, attributes, 2, NULL FROM holding LIMIT 1",
    ];
    let (folder, mut store) = sqlite_in_folder();
    populate(&mut store, 3);
    let (path, before) = (file_in(&folder), derived(&file_in(&folder)));
    for damage in damages {
        let connection = Connection::open(&path).expect("a database");
        assert!(connection.execute(damage, []).expect("the damage is done") > 0, "{damage}");
        assert_ne!(derived(&path), before, "{damage}");
        let rebuilt = store.rebuild().expect(damage);
        assert!(rebuilt.mended + rebuilt.orphans > 0, "{damage}: {rebuilt:?}");
        assert_eq!(derived(&path), before, "{damage}");
        assert!(store.verify().expect("a verification").is_clean(), "{damage}");
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
    for (damage, expected) in damages {
        let (folder, mut store) = sqlite_in_folder();
        populate(&mut store, 3);
        let path = file_in(&folder);
        Connection::open(&path).expect("a database").execute(damage, []).expect("the damage is done");
        let before = derived(&path);
        let error = store.rebuild().expect_err(damage).to_string();
        assert!(error.contains(expected), "{damage}: {error}");
        assert_eq!(derived(&path), before, "{damage}");
    }
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
    let flaws = store.verify().expect("a verification").flaws;
    let flaws: Vec<_> = flaws.iter().map(ToString::to_string).collect();
    assert_eq!(flaws, ["learner `learner-000`, event 5: the event is not the one that was sealed"]);

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
    for damage in damages {
        let (folder, mut store) = sqlite_in_folder();
        populate(&mut store, 3);
        store.seal(&at(9)).expect("sealed");
        store.add(&learner("ada", &["cert.a"]), &at(10)).expect("recorded");
        store.seal(&at(11)).expect("sealed");
        let connection = Connection::open(file_in(&folder)).expect("a database");
        connection.execute(damage, []).expect("the damage is done");
        let flaws = store.verify().expect("a verification").flaws;
        assert!(flaws.iter().any(|flaw| flaw.to_string().contains("seal")), "{damage}: {flaws:?}");
    }
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
    let flips = number_from("CAIRN_FLIPS", 220);
    for _ in 0..flips {
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
    let harmless = flips - noticed;
    writeln!(
        std::io::stdout(),
        "figures: {flips} bits flipped, {noticed} noticed, {harmless} without effect, 0 shown"
    )
    .expect("told");
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
