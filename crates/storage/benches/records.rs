//! How fast records are: an import, one learner out of a million, one durable write; each beside
//! plain SQLite doing the least that could be called the same, in the same run on the same disk.
//!
//! `cargo bench -p cairn-storage --bench records`; `CAIRN_LEARNERS` is the number of learners.

#![expect(clippy::print_stdout, reason = "the figures are the answer")]

use std::path::Path;
use std::time::{Duration, Instant};

use cairn_core::{Amount, Holding, Learner, LearnerId};
use cairn_storage::{Context, OpenMode, SqliteStore, Store};
use rusqlite::{Connection, params};

/// So many holdings each learner of the import has.
const HOLDINGS: u64 = 10;

/// So many reads and writes are measured one by one.
const SINGLE: u64 = 3000;

/// The plain table: a holding by learner and number, with what an import states.
const PLAIN: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
CREATE TABLE holding (learner TEXT NOT NULL, no INTEGER NOT NULL, credential TEXT NOT NULL,
awarded INTEGER, grade INTEGER, PRIMARY KEY (learner, no)) STRICT, WITHOUT ROWID;";

fn main() {
    // `cargo test --benches` only asks whether it runs.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let usual = if is_test { 200 } else { 1_000_000 };
    let learners = std::env::var("CAIRN_LEARNERS").map_or(usual, |text| text.parse().expect("a number"));
    println!("| what | records | plain SQLite | times |\n|---|---|---|---|");
    imports(learners / 4);
    let folder = tempfile::tempdir().expect("a folder");
    let (mut store, plain) = filled(folder.path(), learners);
    reads(&store, &plain, learners);
    writes(&mut store, &plain, if is_test { 50 } else { SINGLE });
}

fn context() -> Context {
    Context { recorded_at: 1, actor: "bench".to_owned(), reason: "bench".to_owned() }
}

fn name(number: u64) -> String {
    format!("learner-{number:07}")
}

fn learner(number: u64, holdings: u64) -> Learner {
    let id: LearnerId = name(number).parse().expect("an id");
    let mut learner = Learner::new(id);
    learner.holdings = (0..holdings).map(|place| holding(number, place)).collect();
    learner
}

fn holding(number: u64, place: u64) -> Holding {
    let credential = format!("cert.{}", (number * 7 + place * 13) % 400);
    Holding {
        awarded: Some("2026-01-15".parse().expect("a day")),
        grade: Some(Amount::from_thousandths(3_500)),
        ..Holding::of(credential.parse().expect("an id"))
    }
}

fn plain_database(path: &Path) -> Connection {
    let plain = Connection::open(path).expect("a database");
    plain.execute_batch(PLAIN).expect("a table");
    plain
}

fn insert_plain(plain: &Connection, number: u64, holdings: u64) {
    let sql = "INSERT INTO holding VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = plain.prepare_cached(sql).expect("a statement");
    for place in 0..holdings {
        let held = holding(number, place);
        insert
            .execute(params![name(number), integer(place), held.credential.as_str(), 20_468, 3_500])
            .expect("a row");
    }
}

fn integer(number: u64) -> i64 {
    i64::try_from(number).expect("a small number")
}

/// Holdings a second, in the order of the learners.
fn imports(learners: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = SqliteStore::open(folder.path().join("ours"), OpenMode::Create).expect("a store");
    let begin = Instant::now();
    let mut records = (0..learners).map(|number| Ok(learner(number, HOLDINGS)));
    store.import(&mut records, &context()).expect("an import");
    let ours = begin.elapsed();
    let mut plain = plain_database(&folder.path().join("plain"));
    let begin = Instant::now();
    let transaction = plain.transaction().expect("a transaction");
    (0..learners).for_each(|number| insert_plain(&transaction, number, HOLDINGS));
    transaction.commit().expect("committed");
    let theirs = begin.elapsed();
    let rate = |taken: Duration| u128::from(learners * HOLDINGS) * 1_000_000 / taken.as_micros().max(1);
    let (ours, theirs) = (rate(ours), rate(theirs));
    println!("| import, holdings a second | {ours} | {theirs} | {} |", times(theirs, ours));
}

fn filled(folder: &Path, learners: u64) -> (SqliteStore, Connection) {
    let mut store = SqliteStore::open(folder.join("ours"), OpenMode::Create).expect("a store");
    let mut records = (0..learners).map(|number| Ok(learner(number, HOLDINGS)));
    store.import(&mut records, &context()).expect("an import");
    let mut plain = plain_database(&folder.join("plain"));
    let transaction = plain.transaction().expect("a transaction");
    (0..learners).for_each(|number| insert_plain(&transaction, number, HOLDINGS));
    transaction.commit().expect("committed");
    (store, plain)
}

/// One learner out of all, asked for a second time.
fn reads(store: &SqliteStore, plain: &Connection, learners: u64) {
    let whom = |at: u64| name(at.wrapping_mul(2_654_435_761) % learners);
    let ours = |at: u64| {
        let id = whom(at).parse().expect("an id");
        let begin = Instant::now();
        assert!(store.learner(&id).expect("read").is_some());
        begin.elapsed()
    };
    let theirs = |at: u64| {
        let id = whom(at);
        let begin = Instant::now();
        let sql = "SELECT credential, awarded, grade FROM holding WHERE learner = ?1 ORDER BY no";
        let mut query = plain.prepare_cached(sql).expect("a statement");
        let rows = query.query_map([id], |row| row.get::<_, String>(0)).expect("rows");
        assert_eq!(rows.count() as u64, HOLDINGS);
        begin.elapsed()
    };
    // Once for the pages, once for the figures.
    (0..SINGLE).for_each(|at| assert!(ours(at) + theirs(at) > Duration::ZERO));
    let (mut first, mut second): (Vec<_>, Vec<_>) = (0..SINGLE).map(|at| (ours(at), theirs(at))).unzip();
    show("load of one learner, warm", &mut first, &mut second);
}

/// One holding more for one learner, on the disk when it is answered.
fn writes(store: &mut SqliteStore, plain: &Connection, count: u64) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..count {
        let mut more = Learner::new(name(number * 37).parse().expect("an id"));
        more.holdings.push(Holding::of(format!("more.{number}").parse().expect("an id")));
        let begin = Instant::now();
        store.add(&more, &context()).expect("recorded");
        ours.push(begin.elapsed());
        let begin = Instant::now();
        let sql = "INSERT INTO holding VALUES (?1, ?2, ?3, NULL, NULL)";
        plain
            .execute(sql, params![more.id.as_str(), integer(100 + number), format!("more.{number}")])
            .expect("a row");
        theirs.push(begin.elapsed());
    }
    show("one durable write", &mut ours, &mut theirs);
}

fn show(what: &str, ours: &mut [Duration], theirs: &mut [Duration]) {
    ours.sort();
    theirs.sort();
    let at = |of: &[Duration], percent: usize| of[(of.len() * percent / 100).min(of.len() - 1)].as_nanos();
    for (word, percent) in [("half within", 50), ("99 % within", 99)] {
        let (ours, theirs) = (at(ours, percent), at(theirs, percent));
        let micros = |nanos: u128| format!("{}.{} µs", nanos / 1000, nanos % 1000 / 100);
        println!("| {what}, {word} | {} | {} | {} |", micros(ours), micros(theirs), times(ours, theirs));
    }
}

fn times(more: u128, less: u128) -> String {
    let hundredths = more * 100 / less.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
