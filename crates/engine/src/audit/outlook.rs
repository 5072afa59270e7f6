//! How far each outcome of a qualification is.

use cairn_core::{Catalog, Learner, catalog::RequirementIx};
use cairn_solver::solve_within;

use super::{Verdict, settled_without};
use crate::{
    Question,
    model::{self, Model},
};

/// How far an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// The requirement that has a title of its own.
    pub outcome: RequirementIx,
    /// What an audit says that asks for it.
    pub verdict: Verdict,
}

/// How far each outcome of the one qualification is that is asked about.
pub(super) fn outlooks(model: &Model<'_>, verdict: Verdict) -> Vec<Outlook> {
    let ([_], None) = (model.goal.targets, model.question.outcome) else { return Vec::new() };
    let outlook = |&outcome: &RequirementIx| {
        let question = Question { outcome: Some(outcome), ..*model.question };
        // What asks for more is out of reach as well.
        let verdict = match verdict {
            Verdict::Unreachable => verdict,
            _ => alone(model.catalog, model.learner, &question),
        };
        Outlook { outcome, verdict }
    };
    model.catalog.qualification(model.question.qualification).outcomes.iter().map(outlook).collect()
}

/// What an audit says, and no more; of a canonical learner.
pub(crate) fn alone(catalog: &Catalog, learner: &Learner, question: &Question) -> Verdict {
    let model = model::build(catalog, learner, question, false);
    settled_without(&model, &solve_within(&model.problem, question.cases()))
}
