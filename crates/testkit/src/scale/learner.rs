//! Learners who are somewhere on the way.

use std::collections::BTreeSet;

use cairn_core::{Holding, Learner};

use super::{Collection, Filter, Node, Programme, text::id};
use crate::random::Dice;

/// A learner of a programme who holds [`courses_held`].
///
/// Some have finished.
#[must_use]
pub fn learner(collection: &Collection, programme: &Programme, holdings: usize, seed: u64) -> Learner {
    let mut learner = Learner::new(format!("s{seed}").parse().expect("an id"));
    let held = courses_held(collection, programme, holdings, seed);
    learner.holdings = held.iter().map(|code| Holding::of(id(code).parse().expect("an id"))).collect();
    learner
}

/// So many courses, the same for the same seed: from a fifth to all of those that the programme
/// names, and others of the collection.
#[must_use]
pub fn courses_held<'c>(
    collection: &'c Collection,
    programme: &'c Programme,
    holdings: usize,
    seed: u64,
) -> Vec<&'c str> {
    let mut dice = Dice::new(seed);
    let listed = listed(collection, &programme.rule);
    let mut held: Vec<&str> = listed.iter().copied().collect();
    let all = collection.credentials.iter().map(|course| course.id.as_str());
    let mut others: Vec<&str> = all.filter(|id| !listed.contains(id)).collect();
    dice.shuffle(&mut held);
    dice.shuffle(&mut others);
    held.truncate((held.len() * (20 + dice.below(81))).div_ceil(100));
    held.extend(others);
    held.truncate(holdings);
    held
}

/// The courses that a rule names, where it does not accept nearly everything.
fn listed<'c>(collection: &'c Collection, rule: &'c Node) -> BTreeSet<&'c str> {
    match rule {
        Node::Unit(unit) => BTreeSet::from([unit.unit.as_str()]),
        Node::All(all) => all.all.iter().flat_map(|part| listed(collection, part)).collect(),
        Node::Any(any) => any.any.iter().flat_map(|part| listed(collection, part)).collect(),
        Node::AtLeast(some) => some.of.iter().flat_map(|part| listed(collection, part)).collect(),
        Node::Take(take) if matches!(take.from, Filter::Not(_)) => BTreeSet::new(),
        Node::Take(take) => {
            let courses = collection.credentials.iter();
            let accepted = courses.filter(|course| take.from.accepts(collection, course));
            accepted.map(|course| course.id.as_str()).collect()
        }
    }
}
