//! How far outcomes are.

use cairn_core::Amount;
use cairn_engine::{Cost, Question, Verdict};

use crate::words::{amount, count, list, stopped};

/// What remains to reach an outcome.
#[must_use]
pub fn outlook(verdict: Verdict, question: &Question) -> String {
    match verdict {
        Verdict::Complete => "reached".to_owned(),
        Verdict::Unreachable => "out of reach".to_owned(),
        Verdict::Remaining(cost) => format!("{} to go", left(cost, question)),
        Verdict::Stopped(bounds) => stopped::bounds(&bounds, question),
    }
}

fn left(cost: Cost, question: &Question) -> String {
    let measured = (cost.measure > Amount::ZERO).then(|| amount(cost.measure, question.measure));
    let things = (measured.is_none() && cost.new > 0).then(|| count(cost.new, "step"));
    let confirmations = (cost.attestations > 0).then(|| count(cost.attestations, "confirmation"));
    list(&measured.into_iter().chain(things).chain(confirmations).collect::<Vec<_>>(), "and")
}
