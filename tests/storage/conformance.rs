//! What every store must do. Each behaviour runs on all of them.

use cairn_core::{Amount, Learner, State};
use cairn_storage::store::Abandon;
use cairn_storage::{Context, EventKind, Recorded, Store, StoreError};

use crate::support::{at, holding, id, learner, populate};

mod history;
use history::{
    a_clock_that_was_set_back_changes_no_order, a_rebuilding_changes_nothing_that_is_sound,
    a_record_is_told_as_it_was_known, a_revocation_begins_on_its_day, seals_form_a_chain,
};

mod editions;
pub(crate) use editions::edition;
use editions::{editions_are_kept_under_the_hash_of_their_files, entries_and_audits_name_their_edition};

mod exceptions;
use exceptions::{an_exception_holds_once_somebody_else_grants_it, every_exception_comes_back_as_it_was};

macro_rules! store_conformance {
    ($($behaviour:ident),* $(,)?) => {
        mod memory {
            $(#[test] fn $behaviour() { super::$behaviour(crate::support::memory().store.as_mut()); })*
        }
        mod sqlite {
            $(#[test] fn $behaviour() { super::$behaviour(crate::support::sqlite().store.as_mut()); })*
        }
        /// The same for a database that is not made anew for each of them.
        #[cfg(feature = "postgres")]
        pub(crate) const ALL: &[(&str, fn(&mut dyn Store))] = &[$((stringify!($behaviour), $behaviour)),*];
    };
}

store_conformance![
    what_was_added_is_there,
    an_unknown_learner_is_nothing,
    what_earned_an_award_is_kept,
    identical_facts_are_recorded_once,
    a_name_is_replaced_and_comes_back,
    a_revoked_holding_stays_and_does_not_come_back,
    an_export_of_a_revoked_holding_changes_nothing,
    revoking_what_is_not_there_is_an_error,
    learners_are_listed_in_pages_in_the_order_of_their_ids,
    the_log_tells_what_happened_in_order,
    an_import_is_kept_whole_or_not_at_all,
    an_import_that_fails_leaves_nothing,
    rows_of_one_learner_may_be_scattered,
    what_no_file_could_state_is_refused,
    a_store_verifies_clean,
    a_glance_verifies_a_few,
    equal_records_have_equal_hashes,
    a_record_is_told_as_it_was_known,
    a_revocation_begins_on_its_day,
    a_clock_that_was_set_back_changes_no_order,
    a_character_that_not_every_database_keeps_is_refused,
    a_rebuilding_changes_nothing_that_is_sound,
    seals_form_a_chain,
    editions_are_kept_under_the_hash_of_their_files,
    entries_and_audits_name_their_edition,
    an_exception_holds_once_somebody_else_grants_it,
    every_exception_comes_back_as_it_was,
];

fn what_was_added_is_there(store: &mut dyn Store) {
    let mut additions = learner("ada", &["cert.a", "cert.b"]);
    additions.name = Some("Ada".to_owned());
    let recorded = store.add(&additions, &at(7)).expect("recorded");
    assert_eq!(recorded, Recorded { learners: 1, holdings: 2, ..Recorded::default() });
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!(stored.learner, additions);
    assert_eq!((stored.seq, stored.updated_at), (3, 7));
}

fn an_unknown_learner_is_nothing(store: &mut dyn Store) {
    assert_eq!(store.learner(&id("nobody")).expect("read"), None);
    assert_eq!(store.events(&id("nobody")).expect("read"), []);
}

fn what_earned_an_award_is_kept(store: &mut dyn Store) {
    let earned_by = |names: [&str; 3]| {
        let mut award = learner("ada", &["diploma"]);
        for name in names {
            *award.holdings[0].components.entry(name.parse().expect("an id")).or_default() += 1;
        }
        award
    };
    store.add(&earned_by(["cert.b", "cert.a", "cert.b"]), &at(1)).expect("recorded");
    let again = store.add(&earned_by(["cert.a", "cert.b", "cert.b"]), &at(2)).expect("recorded");
    assert!(again.is_nothing());
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!(stored.learner, earned_by(["cert.a", "cert.b", "cert.b"]));
    assert!(store.verify().expect("a verification").is_clean());
}

fn identical_facts_are_recorded_once(store: &mut dyn Store) {
    let additions = learner("ada", &["cert.a", "cert.a"]);
    let first = store.add(&additions, &at(1)).expect("recorded");
    assert_eq!((first.holdings, first.unchanged), (1, 1));
    let again = store.add(&additions, &at(2)).expect("recorded");
    assert!(again.is_nothing());
    assert_eq!(again.unchanged, 2);
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!((stored.seq, stored.updated_at), (2, 1), "nothing happened the second time");
}

fn a_name_is_replaced_and_comes_back(store: &mut dyn Store) {
    let named = |name: &str| Learner { name: Some(name.to_owned()), ..Learner::new(id("ada")) };
    for name in ["Ada", "Lady Lovelace", "Ada", "Ada"] {
        store.add(&named(name), &at(1)).expect("recorded");
    }
    store.add(&learner("ada", &[]), &at(1)).expect("recorded");
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!((stored.learner.name.as_deref(), stored.seq), (Some("Ada"), 3));
}

fn a_revoked_holding_stays_and_does_not_come_back(store: &mut dyn Store) {
    let additions = learner("ada", &["cert.a", "cert.b"]);
    store.add(&additions, &at(1)).expect("recorded");
    let recorded = store.revoke(&id("ada"), 1, None, &at(2)).expect("revoked");
    assert_eq!(recorded.revoked, 1);
    assert!(store.revoke(&id("ada"), 1, None, &at(3)).expect("revoked before").is_nothing());
    assert!(store.add(&additions, &at(4)).expect("recorded").is_nothing());
    let holdings = store.learner(&id("ada")).expect("read").expect("there").learner.holdings;
    assert_eq!(holdings.iter().map(|held| held.state).collect::<Vec<_>>(), [State::Revoked, State::Earned]);
}

fn an_export_of_a_revoked_holding_changes_nothing(store: &mut dyn Store) {
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    store.revoke(&id("ada"), 1, None, &at(2)).expect("revoked");
    let shown = store.learner(&id("ada")).expect("read").expect("there").learner;
    assert!(store.add(&shown, &at(3)).expect("recorded").is_nothing());
}

fn revoking_what_is_not_there_is_an_error(store: &mut dyn Store) {
    let error = store.revoke(&id("ada"), 1, None, &at(1)).expect_err("no learner");
    assert_eq!(error.to_string(), "no learner `ada` is on record");
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    for number in [0, 2, u32::MAX] {
        let error = store.revoke(&id("ada"), number, None, &at(1)).expect_err("no holding");
        assert!(matches!(error, StoreError::NoHolding { holdings: 1, .. }), "{error}");
    }
}

fn learners_are_listed_in_pages_in_the_order_of_their_ids(store: &mut dyn Store) {
    for text in ["b", "a", "C", "a+", "a-1", "10", "9"] {
        store.add(&learner(text, &["cert.a"]), &at(1)).expect("recorded");
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = store.learners(after.as_ref(), 2).expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        seen.extend(page.iter().map(|listed| (listed.id.to_string(), listed.holdings)));
    }
    let expected = ["10", "9", "C", "a", "a+", "a-1", "b"].map(|text| (text.to_owned(), 1));
    assert_eq!(seen, expected);
}

fn the_log_tells_what_happened_in_order(store: &mut dyn Store) {
    populate(store, 1);
    let events = store.events(&id("learner-000")).expect("a log");
    let told: Vec<_> = events.iter().map(|event| (event.seq, event.kind, event.recorded_at)).collect();
    assert_eq!(
        told,
        [
            (1, EventKind::Registered, 1),
            (2, EventKind::Awarded, 1),
            (3, EventKind::Awarded, 1),
            (4, EventKind::Attested, 1),
            (5, EventKind::Revoked, 2),
        ]
    );
    assert_eq!(events[1].payload, r#"{"credential":"cert.a","awarded":"2024-02-29","grade":4.5}"#);
    assert_eq!((events[4].actor.as_str(), events[4].reason.as_str()), ("registrar", "test"));
}

fn an_import_is_kept_whole_or_not_at_all(store: &mut dyn Store) {
    let good = [Ok(learner("ada", &["cert.a"])), Ok(learner("bob", &["cert.a"]))];
    let abandoned = good.clone().into_iter().chain([Err(Abandon)]);
    assert_eq!(store.import(&mut { abandoned }, &at(1)).expect("an import"), None);
    assert_eq!(store.learners(None, 10).expect("a page"), []);
    let recorded = store.import(&mut good.into_iter(), &at(1)).expect("an import").expect("kept");
    assert_eq!((recorded.learners, recorded.holdings), (2, 2));
}

fn an_import_that_fails_leaves_nothing(store: &mut dyn Store) {
    let mut bad = learner("bob", &["cert.a"]);
    bad.holdings[0].grade = Some(Amount::from_thousandths(-1));
    let records = [Ok(learner("ada", &["cert.a"])), Ok(bad)];
    store.import(&mut records.into_iter(), &at(1)).expect_err("an amount below zero");
    assert_eq!(store.learners(None, 10).expect("a page"), []);
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("the store still works");
}

fn rows_of_one_learner_may_be_scattered(store: &mut dyn Store) {
    let rows = [("ada", "cert.a"), ("bob", "cert.a"), ("ada", "cert.b"), ("ada", "cert.a")];
    let mut records = rows.into_iter().map(|(text, credential)| Ok(learner(text, &[credential])));
    let recorded = store.import(&mut records, &at(1)).expect("an import").expect("kept");
    assert_eq!((recorded.learners, recorded.holdings, recorded.unchanged), (2, 3, 1));
    let holdings = store.learner(&id("ada")).expect("read").expect("there").learner.holdings;
    assert_eq!(holdings, [holding("cert.a"), holding("cert.b")]);
}

fn what_no_file_could_state_is_refused(store: &mut dyn Store) {
    let mut additions = learner("ada", &["cert.a"]);
    additions.holdings[0].evidence = Some("x".repeat(5000));
    let error = store.add(&additions, &at(1)).expect_err("a text without end");
    assert_eq!(error.to_string(), "learner `ada`: `evidence` is outside what a record can hold");
    assert_eq!(store.learner(&id("ada")).expect("read"), None);
}

fn a_store_verifies_clean(store: &mut dyn Store) {
    populate(store, 5);
    let verification = store.verify().expect("a verification");
    assert!(verification.is_clean(), "{:?}", verification.flaws);
    assert_eq!((verification.learners, verification.events), (5, 21));
}

fn a_glance_verifies_a_few(store: &mut dyn Store) {
    populate(store, 30);
    for asked in [0, 1, 10, 30, 100, 255] {
        let verification = store.glance(asked).expect("a glance");
        let seen = u64::from(asked.min(1))..=u64::from(asked.min(30));
        assert!(seen.contains(&verification.learners), "{asked}: {}", verification.learners);
        assert!(verification.is_clean(), "{:?}", verification.flaws);
    }
}

fn equal_records_have_equal_hashes(store: &mut dyn Store) {
    let hash = |store: &dyn Store| store.learner(&id("ada")).expect("read").expect("there").state_hash;
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    let before = hash(store);
    store.add(&learner("ada", &["cert.a"]), &at(9)).expect("recorded");
    assert_eq!(hash(store), before);
    store.add(&learner("ada", &["cert.b"]), &at(9)).expect("recorded");
    assert_ne!(hash(store), before);
}

fn a_character_that_not_every_database_keeps_is_refused(store: &mut dyn Store) {
    let mut additions = learner("ada", &["cert.a"]);
    additions.holdings[0].evidence = Some("a\0b".to_owned());
    let error = store.add(&additions, &at(1)).expect_err("no database of every kind keeps it");
    assert_eq!(error.to_string(), "learner `ada`: `evidence` is outside what a record can hold");
    let context = Context { reason: "a\0b".to_owned(), ..at(1) };
    let error = store.add(&learner("ada", &["cert.a"]), &context).expect_err("the same of a reason");
    assert_eq!(error.to_string(), "learner `ada`: `reason` is outside what a record can hold");
}
