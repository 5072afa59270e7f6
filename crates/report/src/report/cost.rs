//! Views of what remains: costs, bounds, and the part of the way that is done.

use cairn_engine::{Audit, Cost, Question, Verdict};
use serde::Serialize;

use crate::words;

/// The cost of the cheapest completion. Amounts are exact decimals, written as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// `count`, `credits`, `cost` or `effort`.
    pub measure: &'static str,
    /// How much of it.
    pub amount: String,
    /// The further measures of the question, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<AmountView>,
    /// How many credentials and awards.
    pub new: u64,
    /// How many confirmations.
    pub attestations: u64,
}

/// What is known of what remains where the search was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundsView {
    /// No completion costs less.
    pub at_least: Remaining,
    /// The cheapest completion that was found costs this; without one it may be out of reach.
    pub at_most: Option<Remaining>,
    /// How many cases were looked at.
    pub cases: u64,
}

/// An amount in a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountView {
    /// `count`, `credits`, `cost` or `effort`.
    pub measure: &'static str,
    /// How much of it.
    pub amount: String,
}

/// An exact fraction. It is 100 per cent only if the qualification is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressView {
    /// Done.
    pub numerator: i64,
    /// Of.
    pub denominator: i64,
    /// Whole per cent, rounded down.
    pub percent: i64,
}

pub(crate) fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Complete => "complete",
        Verdict::Remaining(_) => "remaining",
        Verdict::Unreachable => "unreachable",
        Verdict::Stopped(_) => "stopped",
    }
}

pub(super) fn remaining(question: &Question, verdict: Verdict) -> Option<Remaining> {
    match verdict {
        Verdict::Unreachable | Verdict::Stopped(_) => None,
        Verdict::Complete => Some(cost_view(question, &Cost::ZERO)),
        Verdict::Remaining(cost) => Some(cost_view(question, &cost)),
    }
}

pub(super) fn bounds(audit: &Audit) -> Option<BoundsView> {
    let Verdict::Stopped(bounds) = audit.verdict else { return None };
    let view = |cost: &Cost| cost_view(&audit.question, cost);
    Some(BoundsView {
        at_least: view(&bounds.least),
        at_most: bounds.most.as_ref().map(view),
        cases: bounds.cases,
    })
}

pub(super) fn cost_view(question: &Question, cost: &Cost) -> Remaining {
    Remaining {
        measure: question.measure.word(),
        amount: cost.measure.to_string(),
        further: further(question, cost),
        new: cost.new,
        attestations: cost.attestations,
    }
}

pub(super) fn further(question: &Question, cost: &Cost) -> Vec<AmountView> {
    let more = words::further(question, cost);
    more.map(|(amount, measure)| AmountView { measure: measure.word(), amount: amount.to_string() }).collect()
}

/// The part of the way that is done.
pub(super) fn progress(audit: &Audit) -> Option<ProgressView> {
    audit.progress.map(|progress| ProgressView {
        numerator: progress.numerator(),
        denominator: progress.denominator(),
        percent: if audit.is_complete() { 100 } else { progress.percent().min(99) },
    })
}
