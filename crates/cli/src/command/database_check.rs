//! `cairn db check`: what can be said of the database before work, without reading all of it.

use cairn_report::words::count;
use cairn_storage::{Condition, OpenMode, SqliteStore, Store};

use crate::{
    arguments::Places,
    failure::{Exit, Failure},
    output, record,
};

/// The records of so many learners are verified.
const LOOKED_AT: u8 = 100;

/// With less room than this, a single change may fail.
const ROOM_MIN: u64 = 16 << 20;

pub(super) fn run(places: &Places) -> Result<(), Failure> {
    let mut findings = Findings::default();
    let (store, condition): (Box<dyn Store>, _) = if cairn_storage::is_address(&places.db) {
        (record::open(&places.db)?, None)
    } else {
        let store = SqliteStore::open(&places.db, OpenMode::ReadOnly)?;
        let condition = store.condition()?;
        (Box::new(store), Some(condition))
    };
    let mut lines = String::new();
    if let Some(condition) = condition {
        findings.about(&condition);
        lines = told(&condition);
    }
    let seen = store.glance(LOOKED_AT)?;
    for flaw in &seen.flaws {
        findings.error(&flaw.to_string());
    }
    lines.push_str(&format!(
        "records  {} and {} looked at: {}\n",
        count(seen.learners, "learner"),
        count(seen.events, "event"),
        if seen.is_clean() { "the chain holds" } else { "not all of them hold together" },
    ));
    output::answer(&lines)?;
    match findings.errors {
        0 => {
            places.follow(&["cairn db verify".to_owned(), "cairn db backup FILE".to_owned()]);
            Ok(())
        }
        errors => Err(Failure::new(Exit::Database, format!("{} found", count(errors, "error")))
            .help("mend it before anything is recorded; `cairn db verify` reads everything")),
    }
}

/// What is wrong, said as it is found.
#[derive(Default)]
struct Findings {
    errors: u64,
}

impl Findings {
    fn error(&mut self, message: &str) {
        self.errors += 1;
        output::say(&format!("error: {message}"));
    }

    fn about(&mut self, condition: &Condition) {
        for file in &condition.open_to_others {
            let name = file.display();
            self.error(&format!("others may use `{name}`; let only its owner: `chmod 600 {name}`"));
        }
        if !condition.is_writable {
            self.error("this user may not write to the file, or not into its folder, where its log is");
        }
        match condition.free_bytes {
            Some(free) if free < ROOM_MIN => self.error(&format!("only {} are free", size(free))),
            Some(free) if free < condition.bytes => output::say(&format!(
                "warning: a copy needs {}, and {} are free",
                size(condition.bytes),
                size(free)
            )),
            _ => {}
        }
    }
}

fn told(condition: &Condition) -> String {
    let free = condition.free_bytes.map(|free| format!(", {} free", size(free))).unwrap_or_default();
    format!(
        "file     {}{free}\nlog      {} not moved into the file yet\nschema   version {}, that of this release\n",
        size(condition.bytes),
        size(condition.log_bytes),
        condition.schema,
    )
}

/// A number of bytes as people read it, rounded down.
fn size(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    let fits = |power: &usize| bytes >> (10 * power) > 0;
    match (1..=units.len()).rev().find(fits) {
        Some(power) => format!("{} {}", bytes >> (10 * power), units[power - 1]),
        None => count(bytes, "byte"),
    }
}
