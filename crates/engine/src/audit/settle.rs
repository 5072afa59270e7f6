//! What a solution of the problem says of what remains.

use cairn_core::{Amount, Fraction};
use cairn_solver::{Bounded, Solution};

use crate::{
    Cost,
    audit::{Bounds, Verdict},
    model::Model,
};

/// What an answer says that may have been stopped early; `most` is the cost of what was found.
pub(super) fn settled(model: &Model<'_>, found: &Bounded, most: Option<Cost>) -> Verdict {
    let least = bound(model, &found.least);
    match most {
        Some(most) if found.is_proved || most <= least => verdict(most),
        _ => Verdict::Stopped(Bounds { least, most, cases: found.cases }),
    }
}

pub(super) fn verdict(cost: Cost) -> Verdict {
    if cost == Cost::ZERO { Verdict::Complete } else { Verdict::Remaining(cost) }
}

/// 1 − m(H) / m(∅), where that has a meaning.
pub(super) fn progress(verdict: Verdict, from_nothing: Option<Cost>) -> Option<Fraction> {
    let cost = match verdict {
        Verdict::Complete => Cost::ZERO,
        Verdict::Remaining(cost) => cost,
        Verdict::Unreachable | Verdict::Stopped(_) => return None,
    };
    let (now, whole) = (cost.measure.thousandths(), from_nothing?.measure.thousandths());
    Fraction::new(whole - now, whole)
}

pub(crate) fn cost_of(solution: &Solution) -> Cost {
    cost_in(&solution.costs)
}

/// The cost of a completion, from what the objectives come to.
fn cost_in(costs: &[i64]) -> Cost {
    let [measures @ .., new, attestations] = costs else {
        unreachable!("the cost of a completion has its number of things and of attestations");
    };
    let number = |&cost: &i64| u64::try_from(cost).expect("costs are not negative");
    let amounts = measures.iter().map(|&cost| Amount::from_thousandths(cost));
    Cost { new: number(new), attestations: number(attestations), ..Cost::measured(amounts) }
}

/// What an answer says that only the costs are wanted of.
pub(crate) fn settled_without(model: &Model<'_>, found: &Bounded) -> Verdict {
    match &found.solution {
        None if found.is_proved => Verdict::Unreachable,
        solution => settled(model, found, solution.as_ref().map(|one| cost_at(model, &one.values))),
    }
}

/// The least cost of a completion, from what is proved of the objectives.
fn bound(model: &Model<'_>, least: &[i64]) -> Cost {
    let objectives = model.question.measures().count() + 2;
    let mut costs = least.to_vec();
    costs.resize(objectives, 0);
    cost_in(&costs)
}

pub(crate) fn cost_at(model: &Model<'_>, values: &[i64]) -> Cost {
    let objectives = 0..model.question.measures().count() + 2;
    cost_in(&objectives.map(|at| model.problem.cost(at, values)).collect::<Vec<_>>())
}
