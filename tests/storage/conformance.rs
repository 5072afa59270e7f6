//! What every store must do. Each behaviour runs on all of them.

use cairn_core::{Amount, Date, Learner, SourceFile, State};
use cairn_storage::edition::{entries, on_entry};
use cairn_storage::store::Abandon;
use cairn_storage::{
    AsOf, Context, Edition, EditionHash, Entry, EventKind, Fact, KeptAudit, Rebuilt, Recorded, SealHash,
    Store, StoreError,
};

use crate::support::{at, holding, id, learner, populate};

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
    equal_records_have_equal_hashes,
    a_record_is_told_as_it_was_known,
    a_revocation_begins_on_its_day,
    a_clock_that_was_set_back_changes_no_order,
    a_character_that_not_every_database_keeps_is_refused,
    a_rebuilding_changes_nothing_that_is_sound,
    seals_form_a_chain,
    editions_are_kept_under_the_hash_of_their_files,
    entries_and_audits_name_their_edition,
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

fn equal_records_have_equal_hashes(store: &mut dyn Store) {
    let hash = |store: &dyn Store| store.learner(&id("ada")).expect("read").expect("there").state_hash;
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    let before = hash(store);
    store.add(&learner("ada", &["cert.a"]), &at(9)).expect("recorded");
    assert_eq!(hash(store), before);
    store.add(&learner("ada", &["cert.b"]), &at(9)).expect("recorded");
    assert_ne!(hash(store), before);
}

fn known_at(store: &dyn Store, known_at: i64) -> Option<Vec<(String, State)>> {
    let as_of = AsOf { known_at: Some(known_at), on: None };
    let stored = store.learner_as_of(&id("ada"), as_of).expect("read")?;
    let held = stored.learner.holdings.iter().map(|held| (held.credential.to_string(), held.state));
    Some(held.collect())
}

fn a_record_is_told_as_it_was_known(store: &mut dyn Store) {
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

fn a_revocation_begins_on_its_day(store: &mut dyn Store) {
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
fn a_clock_that_was_set_back_changes_no_order(store: &mut dyn Store) {
    store.add(&learner("ada", &["cert.a"]), &at(i64::MAX)).expect("recorded");
    store.add(&learner("ada", &["cert.b"]), &at(-5)).expect("recorded");
    store.add(&learner("ada", &["cert.c"]), &at(i64::MIN)).expect("recorded");
    assert_eq!(known_at(store, i64::MIN).map(|held| held.len()), Some(3));
    assert_eq!(store.learner(&id("ada")).expect("read").expect("there").seq, 4);
    assert!(store.verify().expect("a verification").is_clean());
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

fn a_rebuilding_changes_nothing_that_is_sound(store: &mut dyn Store) {
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

fn seals_form_a_chain(store: &mut dyn Store) {
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

pub(crate) fn edition(label: &str, from: &str, text: &str) -> Edition {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    Edition {
        label: label.to_owned(),
        effective_from: from.parse().expect("a day"),
        files: vec![file("b.toml", text), file("a/a.toml", "format = 1\n# '; DROP TABLE edition; --")],
    }
}

fn editions_are_kept_under_the_hash_of_their_files(store: &mut dyn Store) {
    let first = edition("2025-26", "2025-08-01", "format = 1");
    let mut shuffled = first.clone();
    shuffled.files.reverse();
    assert_eq!(shuffled.hash(), first.hash(), "the order of files does not matter");
    assert!(store.publish(&first, &at(1)).expect("published"));
    assert!(!store.publish(&shuffled, &at(2)).expect("published before"));
    let second = edition("2026-27", "2026-08-01", "format = 1\n");
    assert_ne!(second.hash(), first.hash());
    assert!(store.publish(&second, &at(3)).expect("published"));
    let listed = store.editions().expect("a list");
    let labels: Vec<_> = listed.iter().map(|edition| (edition.label.as_str(), edition.recorded_at)).collect();
    assert_eq!(labels, [("2025-26", 1), ("2026-27", 3)]);
    let files = store.edition(first.hash()).expect("read").expect("there");
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a/a.toml", "b.toml"]);
    assert_eq!(store.edition(EditionHash([7; 32])).expect("read"), None);
    let on = |day: &str| on_entry(&listed, day.parse().expect("a day")).map(|edition| edition.label.as_str());
    assert_eq!(on("2025-07-31"), None);
    assert_eq!(on("2026-07-31"), Some("2025-26"));
    assert_eq!(on("2026-08-01"), Some("2026-27"));
    assert!(store.verify().expect("a verification").is_clean());
}

fn entries_and_audits_name_their_edition(store: &mut dyn Store) {
    let rules = edition("2025-26", "2025-08-01", "format = 1");
    store.publish(&rules, &at(1)).expect("published");
    store.add(&learner("ada", &["cert.a"]), &at(2)).expect("recorded");
    let stored = store.learner(&id("ada")).expect("read").expect("there");
    let entry = |edition| {
        let on = "2025-09-01".parse().expect("a day");
        Fact::Entered(Entry { qualification: "diploma".to_owned(), on, edition })
    };
    let error = store.note(&id("ada"), entry(EditionHash([7; 32])), &at(3)).expect_err("no such edition");
    assert!(matches!(error, StoreError::NoEdition { .. }), "{error}");
    store.note(&id("bob"), entry(rules.hash()), &at(3)).expect_err("no such learner");
    let holding = Fact::Awarded(Box::new(holding("cert.b")));
    store.note(&id("ada"), holding, &at(3)).expect_err("what is held is added by other ways");
    assert_eq!(store.note(&id("ada"), entry(rules.hash()), &at(4)).expect("noted").notes, 1);
    assert!(store.note(&id("ada"), entry(rules.hash()), &at(5)).expect("noted before").is_nothing());
    let audit = KeptAudit {
        qualification: "diploma".to_owned(),
        on: "2026-03-01".parse().expect("a day"),
        edition: rules.hash(),
        record: stored.state_hash,
        release: "0.1.0".to_owned(),
        answer: r#"{"verdict":"complete"}"#.to_owned(),
    };
    store.note(&id("ada"), Fact::Audited(Box::new(audit.clone())), &at(6)).expect("noted");
    let events = store.events(&id("ada")).expect("a log");
    assert_eq!(events.last().and_then(cairn_storage::Event::fact), Some(Fact::Audited(Box::new(audit))));
    assert_eq!(entries(&events).iter().map(|entry| entry.edition).collect::<Vec<_>>(), [rules.hash()]);
    let after = store.learner(&id("ada")).expect("read").expect("there");
    assert_eq!((after.learner, after.state_hash), (stored.learner, stored.state_hash));
    store.rebuild().expect("rebuilt");
    assert!(store.verify().expect("a verification").is_clean());
}
