//! Single sentences of the rules, and what they force.

use cairn_core::{
    Catalog,
    catalog::{Bound, Clause, Filter, Limit, Qualification, QualificationIx, RequirementIx, Rule, Tally},
};
use cairn_engine::{Forced, Verdict};

use crate::words::{after, credential, limit, list, policy, qualification, requirement, rule, tally};

/// One sentence of the rules.
#[must_use]
pub fn clause(catalog: &Catalog, asked: Option<QualificationIx>, clause: Clause) -> String {
    match clause {
        Clause::Need(within, ix, at) => {
            format!("{} asks for {}", requirement(catalog, within, ix, asked), need(catalog, within, ix, at))
        }
        Clause::Asked(within, ix) => {
            format!("{} asks for {}", requirement(catalog, within, ix, asked), rule(catalog, within, ix))
        }
        Clause::Cap(within, ix, at) => {
            let owner = catalog.qualification(within);
            let cap = match &owner.requirement(ix).rule {
                Rule::Take(take) => take.caps.get(at).map(|cap| limit(catalog, cap, owner)),
                _ => None,
            };
            format!("{} admits {}", requirement(catalog, within, ix, asked), cap.unwrap_or_default())
        }
        Clause::Window(within, ix) => {
            let window = match &catalog.qualification(within).requirement(ix).rule {
                Rule::Take(take) => take.window.map(|window| window.to_string()),
                _ => None,
            };
            let window = window.unwrap_or_default();
            format!(
                "{} asks for awards within {window} of each other",
                requirement(catalog, within, ix, asked)
            )
        }
        Clause::After(within, ix) => {
            let before = after(catalog, within, ix);
            format!("{} asks for awards {before}", requirement(catalog, within, ix, asked))
        }
        Clause::Limit(within, at) => {
            let owner = catalog.qualification(within);
            let verb = if owner.limits[at].bound == Bound::AtLeast { "asks for" } else { "admits" };
            format!("{} {verb} {}", qualification(catalog, within), limit(catalog, &owner.limits[at], owner))
        }
        Clause::Policy(ix) => policy(catalog, ix),
        Clause::Exclusion(at) => {
            let names = catalog.exclusions()[at].between.iter().map(|&ix| credential(catalog, ix));
            format!("of {} at most one is counted", list(&names.collect::<Vec<_>>(), "and"))
        }
    }
}

fn need(catalog: &Catalog, within: QualificationIx, ix: RequirementIx, at: usize) -> String {
    let owner = catalog.qualification(within);
    match &owner.requirement(ix).rule {
        Rule::Take(take) if take.filter.credential.is_some() => rule(catalog, within, ix),
        Rule::Take(take) => {
            take.floors.get(at).map(|floor| floor_text(catalog, floor, owner)).unwrap_or_default()
        }
        _ => rule(catalog, within, ix),
    }
}

fn floor_text(catalog: &Catalog, floor: &Limit, owner: &Qualification) -> String {
    let is_plain =
        floor.share.is_none() && floor.per.is_none() && !matches!(floor.tally, Tally::Average { .. });
    if floor.filter == Filter::default() && is_plain {
        format!("at least {}", tally(catalog, floor.amount, &floor.tally))
    } else {
        limit(catalog, floor, owner)
    }
}

/// What the rules force that follow.
#[must_use]
pub fn forced(verdict: Verdict, forced: &Forced) -> String {
    let (alone, without) = match verdict {
        Verdict::Unreachable => ("it would be out of reach", "within reach"),
        _ => ("as much would remain", "less"),
    };
    if forced.is_minimal {
        format!("with these rules alone {alone}, and without any one of them {without}")
    } else {
        format!("with these rules alone {alone}; perhaps not all of them are needed for that")
    }
}

/// The heading over the rules that force what remains.
#[must_use]
pub fn forced_heading() -> &'static str {
    "What forces this"
}
