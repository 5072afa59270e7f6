//! How far something is.

use cairn_core::{Amount, Catalog, Measure, Scenario};
use cairn_engine::{Action, Audit, Cost, Standing, Target, Verdict};

use crate::words::{amount, count, further, stopped};

/// The verdict of an audit in a sentence. Only a complete qualification is ever all of it.
#[must_use]
pub fn verdict(catalog: &Catalog, audit: &Audit) -> String {
    match audit.verdict {
        Verdict::Complete => "every requirement is met".to_owned(),
        Verdict::Unreachable => "nothing that can be earned on this day would complete it".to_owned(),
        Verdict::Remaining(cost) => remaining(catalog, cost, audit),
        Verdict::Stopped(bounds) => stopped::bounds(catalog, &bounds, &audit.question),
    }
}

fn remaining(catalog: &Catalog, cost: Cost, audit: &Audit) -> String {
    let measure = audit.question.measure;
    let number =
        |wanted: fn(&Action) -> bool| audit.next.iter().filter(|step| wanted(&step.action)).count() as u64;
    let earned = number(|action| matches!(action, Action::Earn(_)));
    let awarded = number(|action| matches!(action, Action::Award(_)));
    let mut parts = Vec::new();
    if cost.measure > Amount::ZERO {
        let whole = audit.from_nothing.map_or(cost.measure, |whole| whole.measure);
        let of = if whole == cost.measure { String::new() } else { format!("{} of ", cost.measure) };
        let in_what = match measure {
            Measure::Count => String::new(),
            _ => format!(", in {}", count(earned, "credential")),
        };
        parts.push(format!("{of}{} to earn{in_what}", amount(catalog, whole, measure)));
    } else if earned > 0 {
        parts.push(format!("{} to earn", count(earned, "credential")));
    }
    let more: Vec<_> = further(&audit.question, &cost)
        .filter(|&(_, measure)| measure != Measure::Count)
        .map(|(amount_of, measure)| amount(catalog, amount_of, measure))
        .collect();
    if let Some(last) = parts.last_mut()
        && !more.is_empty()
    {
        last.push_str(&format!(" ({})", more.join(", ")));
    }
    if awarded > 0 {
        parts.push(format!("{} to be made", count(awarded, "award")));
    }
    if cost.attestations > 0 {
        parts.push(format!("{} open", count(cost.attestations, "confirmation")));
    }
    parts.join("; ")
}

/// How one qualification of a joint audit stands.
#[must_use]
pub fn target(catalog: &Catalog, target: &Target, measure: Measure) -> String {
    if target.is_complete {
        return "complete beside the others".to_owned();
    }
    match target.alone {
        Verdict::Complete => "complete by itself, but not beside the others".to_owned(),
        Verdict::Unreachable => "out of reach by itself".to_owned(),
        Verdict::Stopped(_) => "not settled by itself".to_owned(),
        Verdict::Remaining(cost) if cost.measure > Amount::ZERO => {
            format!("{} to earn by itself", amount(catalog, cost.measure, measure))
        }
        Verdict::Remaining(cost) => {
            format!("{} left by itself", count(cost.new + cost.attestations, "step"))
        }
    }
}

/// The verdict of a report in words.
#[must_use]
pub fn verdict_word(word: &str) -> &'static str {
    match word {
        "complete" => "complete",
        "unreachable" => "out of reach",
        "stopped" => "not settled",
        _ => "not complete",
    }
}

/// What is said where confirmations alone would complete it.
pub const POSSIBLE: &str = "Nothing is left to earn: it is complete as soon as what is open is confirmed.";

/// The word for a requirement's standing.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met",
        Standing::Open => "open",
        Standing::NotNeeded => "not needed",
        Standing::NotAsked => "not asked",
    }
}

/// The heading over qualifications of one state.
#[must_use]
pub fn state_heading(state: &str) -> &'static str {
    match state {
        "held" => "Awarded",
        "complete" => "Complete, and not yet awarded",
        "begun" => "On the way",
        "open" => "Not begun",
        "stopped" => "Not settled",
        _ => "Out of reach",
    }
}

/// What a scenario takes to be had.
#[must_use]
pub fn scenario(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Earned => "what is earned",
        Scenario::InProgress => "what is earned or in progress",
        Scenario::Planned => "what is earned, in progress or planned",
    }
}

/// A scenario from its word, see [`scenario`].
#[must_use]
pub fn scenario_word(word: &str) -> &'static str {
    Scenario::from_word(word).map_or("what is earned", scenario)
}
