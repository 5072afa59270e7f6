//! Learners who are somewhere on the way.

use std::collections::BTreeSet;

use cairn_core::{Holding, Learner};

use super::{Collection, Filter, Node, Programme, text::id};
use crate::random::Dice;

/// A learner of a programme with so many holdings, the same for the same seed: from a fifth to all
/// of the courses that the programme names, and others of the collection.
///
/// Some have finished.
#[must_use]
pub fn learner(collection: &Collection, programme: &Programme, holdings: usize, seed: u64) -> Learner {
    let mut dice = Dice::new(seed);
    let listed = listed(collection, &programme.rule);
    let mut named: Vec<&str> = listed.iter().copied().collect();
    let all = collection.credentials.iter().map(|course| course.id.as_str());
    let mut others: Vec<&str> = all.filter(|id| !listed.contains(id)).collect();
    dice.shuffle(&mut named);
    dice.shuffle(&mut others);
    named.truncate((named.len() * (20 + dice.below(81))).div_ceil(100));
    named.extend(others);
    named.truncate(holdings);
    let mut learner = Learner::new(format!("s{seed}").parse().expect("an id"));
    learner.holdings = named.iter().map(|code| Holding::of(id(code).parse().expect("an id"))).collect();
    learner
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
