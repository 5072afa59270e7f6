//! What sharing policies cost: what would remain without them.

use cairn_core::catalog::PolicyIx;

use crate::{
    Reason,
    audit::{Cost, cost_of},
    model::{self, Model},
    scope::Goal,
};

/// So many policies are left out, one after the other.
const POLICIES_MAX: usize = 12;

/// So many cases are looked at for each; where that is not enough, nothing is said.
const CASES_MAX: u64 = 5_000;

/// The policies without which less would remain: each that alone is to blame, or else all of them.
pub(crate) fn policies(model: &Model<'_>, cost: Option<Cost>) -> Vec<Reason> {
    let binding: Vec<PolicyIx> = model.binding().into_iter().collect();
    if cost.is_some_and(Cost::is_nothing) {
        return Vec::new();
    }
    let alone = binding.iter().take(POLICIES_MAX).map(|&policy| vec![policy]);
    let mut reasons: Vec<Reason> = alone.filter_map(|policies| less(model, cost, policies)).collect();
    if reasons.is_empty() && binding.len() > 1 {
        reasons.extend(less(model, cost, binding));
    }
    reasons
}

fn less(model: &Model<'_>, cost: Option<Cost>, policies: Vec<PolicyIx>) -> Option<Reason> {
    let goal = Goal { without: &policies, ..model.goal };
    let free = model::build(model.catalog, model.learner, goal, false);
    let (found, is_proved) = cairn_solver::solve_within(&free.problem, CASES_MAX);
    let without = cost_of(&found.filter(|_| is_proved)?);
    cost.is_none_or(|cost| without < cost).then_some(Reason::Policies { policies, without })
}
