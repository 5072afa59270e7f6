//! How far outcomes are.

use cairn_core::{Amount, Catalog};
use cairn_engine::{Cost, Question, Verdict};

use crate::words::{amount, count, list, stopped};

/// What remains to reach an outcome.
#[must_use]
pub fn outlook(catalog: &Catalog, verdict: Verdict, question: &Question) -> String {
    match verdict {
        Verdict::Complete => "reached".to_owned(),
        Verdict::Unreachable => "out of reach".to_owned(),
        Verdict::Remaining(cost) => format!("{} to go", left(catalog, cost, question)),
        Verdict::Stopped(bounds) => stopped::bounds(catalog, &bounds, question),
    }
}

fn left(catalog: &Catalog, cost: Cost, question: &Question) -> String {
    let measured = (cost.measure > Amount::ZERO).then(|| amount(catalog, cost.measure, question.measure));
    let things = (measured.is_none() && cost.new > 0).then(|| count(cost.new, "step"));
    let confirmations = (cost.attestations > 0).then(|| count(cost.attestations, "confirmation"));
    list(&measured.into_iter().chain(things).chain(confirmations).collect::<Vec<_>>(), "and")
}
