//! Writing of every kind, with an acknowledgement for each; and what must be left of it after a
//! fault.
//!
//! Every credential of the workload has a name of its own, so that one that is lost, or there
//! twice, has a name as well.

use std::collections::BTreeMap;
use std::path::Path;

use cairn_storage::{OpenMode, SqliteStore, Store};

use crate::support::{at, id, learner};

/// How many learners the workload is about.
const LEARNERS: u32 = 24;

/// So many records are imported at once; all of them are there afterwards, or none.
pub(crate) const IMPORTED: u32 = 6;

/// Runs so many operations. `acknowledge` gets the credentials that each of them has recorded, and
/// says whether to go on; `fail` gets what went wrong.
pub(crate) fn work(
    path: &Path,
    round: &str,
    operations: u32,
    mut acknowledge: impl FnMut(&[String]) -> bool,
    mut fail: impl FnMut(String),
) {
    let mut store = None;
    for number in 0..operations {
        // The last connection to close moves the log into the file, which is a risk of its own.
        if number % 50 == 49 {
            store = None;
        }
        if store.is_none() {
            match SqliteStore::open(path, OpenMode::Existing) {
                Ok(opened) => store = Some(opened),
                Err(error) => {
                    fail(error.to_string());
                    continue;
                }
            }
        }
        let Some(open) = store.as_mut() else { continue };
        match operation(open, round, number) {
            Ok(recorded) if acknowledge(&recorded) => {}
            Ok(_) => return,
            // A connection that has seen a failure is not trusted any further.
            Err(error) => {
                fail(error.to_string());
                store = None;
            }
        }
    }
}

/// One operation; the credentials that it records.
fn operation(
    store: &mut dyn Store,
    round: &str,
    number: u32,
) -> Result<Vec<String>, cairn_storage::StoreError> {
    let context = at(i64::from(number));
    let whom = |number: u32| format!("learner-{}", number % LEARNERS);
    match number % 40 {
        // Large enough to move the log into the file now and then.
        7 => {
            let names: Vec<_> = (0..IMPORTED).map(|part| format!("import.{round}-{number}.{part}")).collect();
            let records =
                (0..).zip(&names).map(|(part, name)| Ok(learner(&whom(number * 3 + part), &[name])));
            store.import(&mut { records }, &context)?;
            Ok(names)
        }
        17 => {
            store.seal(&context)?;
            Ok(Vec::new())
        }
        27 => {
            if store.learner(&id(&whom(number)))?.is_some_and(|stored| !stored.learner.holdings.is_empty()) {
                store.revoke(&id(&whom(number)), 1, None, &context)?;
            }
            Ok(Vec::new())
        }
        37 => {
            store.rebuild()?;
            Ok(Vec::new())
        }
        _ => {
            let name = format!("add.{round}-{number}");
            store.add(&learner(&whom(number), &[&name]), &context)?;
            Ok(vec![name])
        }
    }
}

/// What is left after a fault: how often each credential is there, if the store is sound.
pub(crate) fn left(path: &Path) -> Result<BTreeMap<String, u32>, String> {
    let store = SqliteStore::open(path, OpenMode::Existing).map_err(|error| error.to_string())?;
    let verification = store.verify().map_err(|error| error.to_string())?;
    if !verification.is_clean() {
        return Err(format!("{:?}", verification.flaws));
    }
    let mut held = BTreeMap::new();
    for listed in store.learners(None, 1_000_000).map_err(|error| error.to_string())? {
        let stored = store.learner(&listed.id).map_err(|error| error.to_string())?;
        for holding in stored.map(|stored| stored.learner.holdings).unwrap_or_default() {
            *held.entry(holding.credential.to_string()).or_insert(0) += 1;
        }
    }
    Ok(held)
}

/// Everything acknowledged is there, nothing is there twice, and no import is there in part.
pub(crate) fn assert_whole(left: &BTreeMap<String, u32>, acknowledged: &[String]) {
    for credential in acknowledged {
        assert!(left.contains_key(credential), "{credential} was acknowledged and is lost");
    }
    let mut imports: BTreeMap<&str, u32> = BTreeMap::new();
    for (credential, count) in left {
        assert_eq!(*count, 1, "{credential} is there twice");
        if let Some((import, _)) = credential.rsplit_once('.').filter(|(import, _)| import.contains('.')) {
            *imports.entry(import).or_insert(0) += 1;
        }
    }
    assert!(imports.values().all(|parts| *parts == IMPORTED), "half of an import: {imports:?}");
}
