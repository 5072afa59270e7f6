//! Exceptions: asked for by one, decided by another, under an edition.

use cairn_core::{Amount, Date, Exception, Relief};
use cairn_storage::{
    AskedException, Context, DecidedException, Decision, EditionHash, EventKind, Fact, Standing, Store,
    StoreError, exception::exceptions,
};

use super::edition;
use crate::support::{at, id, learner};

fn asked(relief: Relief, edition: EditionHash) -> AskedException {
    let (qualification, requirement) = ("q".parse().expect("an id"), "r".parse().expect("an id"));
    let exception = Exception { qualification, requirement, relief };
    let day = |text: &str| Some(text.parse().expect("a day"));
    AskedException { exception, edition, from: day("2026-01-01"), until: day("2026-12-31") }
}

fn by(actor: &str, time: i64) -> Context {
    Context { actor: actor.to_owned(), ..at(time) }
}

fn published(store: &mut dyn Store, text: &str) -> EditionHash {
    let edition = edition(text, "2026-01-01", text);
    store.publish(&edition, &at(1)).expect("published");
    edition.hash()
}

pub(super) fn an_exception_holds_once_somebody_else_grants_it(store: &mut dyn Store) {
    let ada = id("ada");
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    store.add(&learner("ben", &["cert.a"]), &at(1)).expect("recorded");
    let (first, second) = (published(store, "one"), published(store, "two"));
    let ask = Fact::ExceptionAsked(Box::new(asked(Relief::Waive, first)));
    assert_eq!(store.note(&ada, ask.clone(), &by("tutor", 2)).expect("noted").notes, 1);
    assert_eq!(store.note(&ada, ask, &by("tutor", 3)).expect("known already").notes, 0);
    assert_eq!(store.noted(EventKind::ExceptionAsked).expect("read"), std::slice::from_ref(&ada));
    let day: Date = "2026-06-01".parse().expect("a day");
    let mut decide = |actor: &str, decision, edition| {
        let decided = DecidedException { number: 1, decision, edition };
        store.note(&ada, Fact::ExceptionDecided(decided), &by(actor, 4)).expect("noted");
        let all = exceptions(&store.events(&ada).expect("read"));
        let [one] = &all[..] else { panic!("{all:?}") };
        let granted = |edition| one.granted(edition, day).map(|by| by.actor.clone());
        (one.standing(first), one.standing(second), granted(first), granted(second))
    };
    let dean = || Some("dean".to_owned());
    let (granted, withdrawn) = (Standing::Decided(Decision::Granted), Standing::Decided(Decision::Withdrawn));
    // Nobody grants what they have asked for.
    assert_eq!(decide("tutor", Decision::Granted, first), (Standing::Asked, Standing::Asked, None, None));
    assert_eq!(decide("dean", Decision::Granted, first), (granted, Standing::NeedsReview, dean(), None));
    assert_eq!(decide("dean", Decision::Withdrawn, first), (withdrawn, withdrawn, None, None));
    assert_eq!(decide("dean", Decision::Granted, first), (granted, Standing::NeedsReview, dean(), None));
    assert_eq!(decide("dean", Decision::Granted, second), (granted, granted, dean(), dean()));
    let events = store.events(&ada).expect("read");
    let one = &exceptions(&events)[0];
    for outside in ["2025-12-31", "2027-01-01"] {
        assert_eq!(one.granted(first, outside.parse().expect("a day")), None, "{outside}");
    }
    // What was known on an earlier day is what had been recorded by then.
    let known = exceptions(cairn_storage::event::known_at(&events, Some(3)));
    assert_eq!(known[0].standing(first), Standing::Asked);
    assert!(store.verify().expect("a verification").is_clean());
}

pub(super) fn every_exception_comes_back_as_it_was(store: &mut dyn Store) {
    let ada = id("ada");
    store.add(&learner("ada", &["cert.a"]), &at(1)).expect("recorded");
    let edition = published(store, "one");
    let credential = |name: &str| name.parse().expect("an id");
    let reliefs = [
        Relief::Allow(credential("a")),
        Relief::Substitute(credential("a"), credential("b")),
        Relief::CountHere(credential("a")),
        Relief::Amount(Amount::from_thousandths(2_500)),
        Relief::Waive,
        Relief::Extend(credential("a"), "2027-02-28".parse().expect("a day")),
    ];
    let all: Vec<_> = reliefs.into_iter().map(|relief| asked(relief, edition)).collect();
    for one in &all {
        store.note(&ada, Fact::ExceptionAsked(Box::new(one.clone())), &at(2)).expect("noted");
    }
    let found = exceptions(&store.events(&ada).expect("read"));
    assert_eq!(found.iter().map(|one| one.asked.clone()).collect::<Vec<_>>(), all);
    assert_eq!(found.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    let nobody_knows = asked(Relief::Waive, EditionHash([7; 32]));
    let refused = store.note(&ada, Fact::ExceptionAsked(Box::new(nobody_knows)), &at(3));
    assert!(matches!(refused, Err(StoreError::NoEdition { .. })), "{refused:?}");
    let too_much = asked(Relief::Amount(Amount::from_thousandths(i64::MAX)), edition);
    let refused = store.note(&ada, Fact::ExceptionAsked(Box::new(too_much)), &at(3));
    assert!(matches!(refused, Err(StoreError::Unstorable { field: "amount", .. })), "{refused:?}");
}
