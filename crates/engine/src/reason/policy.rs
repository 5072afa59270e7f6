//! What sharing policies cost: what would remain without them.

use cairn_core::catalog::{Clause, PolicyIx};
use cairn_solver::solve_within;

use crate::{
    Reason, Verdict,
    audit::{Cost, cost_of},
    model::{self, Model, RowTag},
};

/// So many policies are left out, one after the other.
const POLICIES_MAX: usize = 12;

/// So many cases are looked at for each; where that is not enough, nothing is said.
const CASES_MAX: u64 = 5_000;

/// The policies without which less would remain: each that alone is to blame, or else all of them.
pub(crate) fn policies(model: &Model<'_>, verdict: Verdict) -> Vec<Reason> {
    let binding: Vec<PolicyIx> = model.binding().into_iter().collect();
    let now = match verdict {
        Verdict::Complete | Verdict::Stopped(_) => return Vec::new(),
        Verdict::Remaining(cost) => Some(cost),
        Verdict::Unreachable => None,
    };
    if binding.is_empty() {
        return Vec::new();
    }
    // Without wishes, and with every need as it is.
    let whole = model::build(model.catalog, model.learner, model.goal, false);
    let alone = binding.iter().take(POLICIES_MAX).map(|&policy| vec![policy]);
    let mut reasons: Vec<Reason> = alone.filter_map(|policies| less(&whole, now, policies)).collect();
    if reasons.is_empty() && binding.len() > 1 {
        reasons.extend(less(&whole, now, binding));
    }
    reasons
}

fn less(whole: &Model<'_>, now: Option<Cost>, policies: Vec<PolicyIx>) -> Option<Reason> {
    // Where none binds, nothing counts how often a credential is had in all.
    let none_binds = policies.len() == whole.binding().len();
    let is_left_out = |row: usize| match (whole.clauses[row], whole.tags[row]) {
        (Some(Clause::Policy(policy)), _) => policies.contains(&policy),
        (_, RowTag::Times(_)) => none_binds,
        _ => false,
    };
    let free = whole.problem.with_rows(|row| !is_left_out(row));
    let found = solve_within(&free, CASES_MAX.min(whole.question.cases()));
    let without = cost_of(&found.solution.filter(|_| found.is_proved)?);
    now.is_none_or(|now| without < now).then_some(Reason::Policies { policies, without })
}
