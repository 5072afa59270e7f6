//! The learner that a test describes.

use cairn_core::{
    Amount, Attestation, Catalog, Holding, Learner,
    catalog::{RequirementIx, RuleTest},
};

use crate::{Action, Question, audit::scopes_of, model, next};

/// The learner that a test describes; and whether anything can meet what they are said to meet.
///
/// What meets a requirement is asked without the outcome, which asks for more.
pub(super) fn learner(catalog: &Catalog, test: &RuleTest, question: &Question) -> (Learner, bool) {
    let mut learner = nobody();
    learner.holdings.clone_from(&test.holdings);
    learner.attestations.clone_from(&test.attestations);
    let plain = Question { outcome: None, ..*question };
    let is_satisfied = satisfy(catalog, &plain, &test.satisfied, &mut learner);
    (learner, is_satisfied)
}

fn nobody() -> Learner {
    Learner::new("test".parse().expect("an id"))
}

/// The grade of what a learner is said to meet: above what any rule asks for.
const BEST: Amount = Amount::whole(1_000_000);

/// Gives the learner what meets the requirements at the least cost, from nothing and together;
/// whether there is something that does.
fn satisfy(
    catalog: &Catalog,
    question: &Question,
    requirements: &[RequirementIx],
    learner: &mut Learner,
) -> bool {
    if requirements.is_empty() {
        return true;
    }
    let nobody = nobody();
    let model = model::build_to_meet(catalog, &nobody, question, requirements);
    let Some(solution) = cairn_solver::solve(&model.problem) else { return false };
    let scopes = scopes_of(&model, &solution.values);
    let named = |id: &str| Holding {
        awarded: Some(question.as_of),
        grade: Some(BEST),
        ..Holding::of(id.parse().expect("ids of the catalog are ids"))
    };
    let named_by_test = learner.holdings.len();
    for step in next::steps(&model, &solution.values, &scopes) {
        let holding = match step.action {
            Action::Earn(ix) => named(catalog.credential(ix).id.as_str()),
            Action::Award(ix) => named(catalog.qualification(ix).id.as_str()),
            Action::Confirm { key, needed, .. } => {
                learner.attestations.push(Attestation { key, amount: needed, on: None, evidence: None });
                continue;
            }
        };
        // What the test names itself is not given twice; what is repeatable is given as often as it takes.
        if learner.holdings[..named_by_test].iter().all(|held| held.credential != holding.credential) {
            learner.holdings.push(holding);
        }
    }
    true
}
