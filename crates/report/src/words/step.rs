//! What to do next.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{AwardMode, QualificationIx},
};
use cairn_engine::{Action, Question, Step};

use crate::words::{amount, credential, further, list, qualification, requirement};

/// A step of a completion.
#[must_use]
pub fn step(catalog: &Catalog, question: &Question, asked: Option<QualificationIx>, step: &Step) -> String {
    let places: Vec<_> =
        step.fills.iter().map(|&(within, ix)| requirement(catalog, within, ix, asked)).collect();
    let opens: Vec<_> = step.opens.iter().map(|&ix| credential(catalog, ix)).collect();
    let mut why = Vec::new();
    if !places.is_empty() {
        why.push(format!("for {}", list(&places, "and")));
    }
    if !opens.is_empty() {
        why.push(format!("required for {}", list(&opens, "and")));
    }
    let why = if why.is_empty() { String::new() } else { format!(", {}", why.join("; ")) };
    match &step.action {
        Action::Earn(ix) => {
            let cost = match question.measure {
                Measure::Count => String::new(),
                measure => format!(": {}", amount(catalog, step.cost.measure, measure)),
            };
            let more = further(question, &step.cost).filter(|(_, measure)| *measure != Measure::Count);
            let cost = more.fold(cost, |cost, (more, measure)| {
                let sign = if cost.is_empty() { ": " } else { ", " };
                cost + sign + &amount(catalog, more, measure)
            });
            format!("earn {}{cost}{why}", credential(catalog, *ix))
        }
        Action::Award(ix) => {
            let used: Vec<_> = step.components.iter().map(|&ix| credential(catalog, ix)).collect();
            let uses = if catalog.qualification(*ix).consumes && !used.is_empty() {
                format!(" and uses up {}", list(&used, "and"))
            } else {
                String::new()
            };
            format!("have {} awarded, which is complete by then{uses}{why}", qualification(catalog, *ix))
        }
        Action::Confirm { key, recorded, needed, unit } => {
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            match (*recorded, *needed) {
                (Amount::ZERO, Amount::ONE) => format!("bring evidence of {key}{why}"),
                (Amount::ZERO, needed) => format!("bring evidence of {key}: {needed}{unit}{why}"),
                (recorded, needed) => {
                    let missing = needed.saturating_sub(recorded);
                    format!(
                        "bring evidence of {key}: {missing}{unit} more, {recorded} of {needed} are on record{why}"
                    )
                }
            }
        }
    }
}

/// The order in which qualifications are had.
#[must_use]
pub fn order(ids: &[String]) -> String {
    format!("Had in this order: {}", ids.join(", then "))
}

/// That an award uses up what earned it.
#[must_use]
pub fn consumes() -> &'static str {
    "An award uses up what earned it: from its day on that counts for nothing else"
}

/// An award that is asked for, and is not there.
#[must_use]
pub fn not_awarded(award: &str, mode: AwardMode) -> String {
    match mode {
        AwardMode::Held => format!("{award}, which is not awarded"),
        AwardMode::Earned => format!("{award}, which is not complete"),
        AwardMode::Either => format!("{award}, which is neither awarded nor complete"),
    }
}
