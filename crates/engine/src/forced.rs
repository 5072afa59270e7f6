//! The smallest set of rules that forces what remains.

use std::collections::BTreeSet;

use cairn_core::{Catalog, Learner, catalog::Clause};
use cairn_solver::solve_within;

use crate::{
    JointQuestion, Question,
    audit::canonical,
    model::{self, Model},
    scope::Goal,
};

/// So many cases are looked at, unless the question says how many.
const CASES_MAX: u64 = 20_000;

/// Rules that force what remains, or that nothing completes the qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    /// With these rules alone, and those that say what is a child of what, as much remains.
    pub clauses: Vec<Clause>,
    /// Whether less would remain without any one of them. Otherwise the search was stopped before all
    /// of them were tried.
    pub is_minimal: bool,
}

/// Leaves out one rule after the other, the last first, as long as as much remains.
///
/// Nothing is returned where it is not settled how much remains.
#[must_use]
pub fn forced(catalog: &Catalog, learner: &Learner, question: &Question) -> Option<Forced> {
    forced_for(catalog, learner, question.into())
}

/// The same about several qualifications at once.
#[must_use]
pub fn forced_jointly(catalog: &Catalog, learner: &Learner, question: &JointQuestion) -> Option<Forced> {
    forced_for(catalog, learner, question.goal())
}

fn forced_for(catalog: &Catalog, learner: &Learner, goal: Goal<'_>) -> Option<Forced> {
    let learner = canonical(learner);
    let model = model::build(catalog, &learner, goal, false);
    let mut cases_left = goal.question.cases_max.unwrap_or(CASES_MAX);
    let mut kept: BTreeSet<Clause> = model.clauses.iter().flatten().copied().collect();
    let whole = remaining(&model, &kept, &mut cases_left)?;
    let mut is_minimal = true;
    for clause in kept.clone().into_iter().rev() {
        kept.remove(&clause);
        let less = remaining(&model, &kept, &mut cases_left);
        is_minimal &= less.is_some();
        if less.is_none_or(|less| less != whole) {
            kept.insert(clause);
        }
    }
    Some(Forced { clauses: kept.into_iter().collect(), is_minimal })
}

/// What the objectives come to with only these rules, nothing where it cannot be done; nothing at all
/// if that is not settled within the cases that are left.
fn remaining(model: &Model<'_>, kept: &BTreeSet<Clause>, cases_left: &mut u64) -> Option<Option<Vec<i64>>> {
    let problem =
        model.problem.with_rows(|row| model.clauses[row].is_none_or(|clause| kept.contains(&clause)));
    let found = solve_within(&problem, *cases_left);
    *cases_left -= found.cases;
    found.is_proved.then(|| found.solution.map(|solution| solution.costs))
}
