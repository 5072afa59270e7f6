//! What was known when, what follows from the log, and how it is sealed.

use cairn_core::{Date, State};
use cairn_storage::{AsOf, Rebuilt, SealHash, Store};

use crate::support::{at, id, learner, populate};

fn known_at(store: &dyn Store, known_at: i64) -> Option<Vec<(String, State)>> {
    let as_of = AsOf { known_at: Some(known_at), on: None };
    let stored = store.learner_as_of(&id("ada"), as_of).expect("read")?;
    let held = stored.learner.holdings.iter().map(|held| (held.credential.to_string(), held.state));
    Some(held.collect())
}

pub(super) fn a_record_is_told_as_it_was_known(store: &mut dyn Store) {
    store.add(&learner("ada", &["cert.a"]), &at(10)).expect("recorded");
    store.add(&learner("ada", &["cert.b"]), &at(20)).expect("recorded");
    store.revoke(&id("ada"), 1, None, &at(30)).expect("revoked");
    let held = |credential: &str, state| (credential.to_owned(), state);
    assert_eq!(known_at(store, 9), None);
    assert_eq!(known_at(store, 10), Some(vec![held("cert.a", State::Earned)]));
    let both = vec![held("cert.a", State::Earned), held("cert.b", State::Earned)];
    assert_eq!(known_at(store, 29), Some(both));
    let now = vec![held("cert.a", State::Revoked), held("cert.b", State::Earned)];
    assert_eq!(known_at(store, 30), Some(now));
    let everything = store.learner_as_of(&id("ada"), AsOf::default()).expect("read");
    assert_eq!(everything, store.learner(&id("ada")).expect("read"));
    assert_eq!(store.learner_as_of(&id("nobody"), AsOf::default()).expect("read"), None);
}

pub(super) fn a_revocation_begins_on_its_day(store: &mut dyn Store) {
    let day = |text: &str| -> Date { text.parse().expect("a day") };
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    store.revoke(&id("ada"), 1, Some(day("2026-05-01")), &at(2)).expect("revoked");
    let state_on = |on: &str| {
        let as_of = AsOf { known_at: None, on: Some(day(on)) };
        store.learner_as_of(&id("ada"), as_of).expect("read").expect("there").learner.holdings[0].state
    };
    assert_eq!(state_on("2026-04-30"), State::Earned);
    assert_eq!(state_on("2026-05-01"), State::Revoked);
    let events = store.events(&id("ada")).expect("a log");
    assert_eq!(events[2].payload, r#"{"holding":1,"from":"2026-05-01"}"#);
}

/// Known at an instant is what was recorded before the last event of that time, whatever the clock said.
pub(super) fn a_clock_that_was_set_back_changes_no_order(store: &mut dyn Store) {
    store.add(&learner("ada", &["cert.a"]), &at(i64::MAX)).expect("recorded");
    store.add(&learner("ada", &["cert.b"]), &at(-5)).expect("recorded");
    store.add(&learner("ada", &["cert.c"]), &at(i64::MIN)).expect("recorded");
    assert_eq!(known_at(store, i64::MIN).map(|held| held.len()), Some(3));
    assert_eq!(store.learner(&id("ada")).expect("read").expect("there").seq, 4);
    assert!(store.verify().expect("a verification").is_clean());
}

pub(super) fn a_rebuilding_changes_nothing_that_is_sound(store: &mut dyn Store) {
    populate(store, 5);
    let shown = |store: &dyn Store| {
        let listed = store.learners(None, 10).expect("a list");
        let records = listed.iter().map(|listed| store.learner(&listed.id).expect("read"));
        (records.collect::<Vec<_>>(), listed)
    };
    let before = shown(store);
    let rebuilt = store.rebuild().expect("rebuilt");
    assert_eq!(rebuilt, Rebuilt { learners: 5, events: 21, mended: 0, orphans: 0 });
    assert_eq!(shown(store), before);
    assert!(store.verify().expect("a verification").is_clean());
}

pub(super) fn seals_form_a_chain(store: &mut dyn Store) {
    assert_eq!(store.seals().expect("read"), []);
    populate(store, 3);
    let first = store.seal(&at(5)).expect("sealed");
    assert_eq!((first.number, first.heads, first.sealed_at), (1, 3, 5));
    store.add(&learner("learner-001", &["cert.z"]), &at(6)).expect("recorded");
    let second = store.seal(&at(7)).expect("sealed");
    assert_eq!((second.number, second.heads), (2, 1));
    assert_ne!(first.hash, second.hash);
    assert_eq!(store.seals().expect("read"), [first.clone(), second.clone()]);
    let verification = store.verify().expect("a verification");
    assert!(verification.is_clean(), "{:?}", verification.flaws);
    assert_eq!(verification.seals, [first.hash, second.hash]);
    assert_eq!(first.hash.to_string().parse::<SealHash>(), Ok(first.hash));
}
