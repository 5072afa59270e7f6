//! The same operations on both stores give the same answers, one by one.

use cairn_core::{Learner, LearnerId};
use cairn_storage::store::Abandon;
use cairn_storage::{Event, Store};
use proptest::prelude::*;

use crate::support::{any_learner, at, id, memory, sqlite};

#[derive(Debug, Clone)]
pub(crate) enum Operation {
    Add(Box<Learner>),
    AddAgain,
    Revoke(LearnerId, u32),
    Import(Vec<Learner>, bool),
    List(Option<LearnerId>, u32),
}

fn any_id() -> impl Strategy<Value = LearnerId> {
    "[A-Ea-e][0-1]".prop_map(|text| id(&text))
}

pub(crate) fn any_operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        4 => any_learner().prop_map(|learner| Operation::Add(Box::new(learner))),
        1 => Just(Operation::AddAgain),
        2 => (any_id(), 0u32..4).prop_map(|(id, number)| Operation::Revoke(id, number)),
        1 => (prop::collection::vec(any_learner(), 0..6), any::<bool>())
            .prop_map(|(learners, is_abandoned)| Operation::Import(learners, is_abandoned)),
        1 => (prop::option::of(any_id()), 0u32..5).prop_map(|(after, limit)| Operation::List(after, limit)),
    ]
}

/// The answer as text; errors by their message.
fn answer(store: &mut dyn Store, operation: &Operation, last: &Learner, time: i64) -> String {
    let context = at(time);
    match operation {
        Operation::Add(learner) => spell(store.add(learner, &context)),
        Operation::AddAgain => spell(store.add(last, &context)),
        Operation::Revoke(id, number) => spell(store.revoke(id, *number, None, &context)),
        Operation::Import(learners, is_abandoned) => {
            let end = is_abandoned.then_some(Err(Abandon));
            spell(store.import(&mut learners.iter().cloned().map(Ok).chain(end), &context))
        }
        Operation::List(after, limit) => spell(store.learners(after.as_ref(), *limit)),
    }
}

fn spell<T: std::fmt::Debug>(result: Result<T, cairn_storage::StoreError>) -> String {
    result.map_or_else(|error| error.to_string(), |value| format!("{value:?}"))
}

/// Everything that a store shows. The chain's hashes depend on the store's own key.
fn everything(store: &dyn Store) -> String {
    let mut text = String::new();
    for listed in store.learners(None, 100).expect("a list") {
        let events = store.events(&listed.id).expect("a log").into_iter();
        let events: Vec<_> = events.map(|event| Event { hash: [0; 32], ..event }).collect();
        let stored = store.learner(&listed.id).expect("read");
        text.push_str(&format!("{listed:?}\n{stored:?}\n{events:?}\n"));
    }
    text
}

/// Runs the operations on a store and on the model, and compares every answer and everything shown.
pub(crate) fn answers_like_the_model(
    database: &mut dyn Store,
    operations: &[Operation],
) -> Result<(), TestCaseError> {
    let mut model = memory();
    let mut last = Learner::new(id("a0"));
    for (time, operation) in (1..).zip(operations) {
        let expected = answer(model.store.as_mut(), operation, &last, time);
        prop_assert_eq!(answer(database, operation, &last, time), expected);
        if let Operation::Add(learner) = operation {
            last = learner.as_ref().clone();
        }
    }
    prop_assert_eq!(everything(database), everything(model.store.as_ref()));
    for store in [model.store.as_ref(), database] {
        let verification = store.verify().expect("a verification");
        prop_assert!(verification.is_clean(), "{:?}", verification.flaws);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_answers_like_the_model(operations in prop::collection::vec(any_operation(), 1..14)) {
        answers_like_the_model(sqlite().store.as_mut(), &operations)?;
    }

    #[test]
    fn the_order_of_facts_does_not_matter_to_what_is_held(learner in any_learner()) {
        let mut reversed = learner.clone();
        reversed.holdings.reverse();
        let (mut one, mut other) = (sqlite(), memory());
        one.store.add(&learner, &at(1)).expect("recorded");
        other.store.add(&reversed, &at(1)).expect("recorded");
        let held = |store: &dyn Store| {
            let stored = store.learner(&learner.id).expect("read").expect("there");
            let mut held: Vec<_> = stored.learner.holdings.iter().map(|h| format!("{h:?}")).collect();
            held.sort();
            held
        };
        prop_assert_eq!(held(one.store.as_ref()), held(other.store.as_ref()));
    }
}
