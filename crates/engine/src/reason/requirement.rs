//! What a scope's requirements lack.

use cairn_core::catalog::{QualificationIx, RequirementIx, Rule};

use crate::{
    Reason,
    audit::{Measured, ScopeAudit, Standing},
    eligibility::recorded,
    model::Model,
};

/// The reasons about the requirements and limits of one scope.
pub(super) fn about(model: &Model<'_>, scope: &ScopeAudit) -> Vec<Reason> {
    let qualification = model.catalog.qualification(scope.qualification);
    let mut reasons = Vec::new();
    let is_asked = scope.qualification == model.question.qualification;
    for (ix, _) in qualification.outline_with(model.question.outcome.filter(|_| is_asked)) {
        let status = &scope.requirements[ix.index()];
        if status.standing != Standing::Open {
            continue;
        }
        match &qualification.requirement(ix).rule {
            Rule::Take(_) => {
                reasons.extend(lacks(scope.qualification, Some(ix), &status.floors));
            }
            Rule::Attest(attest) => reasons.push(Reason::Unconfirmed {
                qualification: scope.qualification,
                requirement: ix,
                recorded: recorded(model.learner, attest.key.as_str(), model.question),
                needed: attest.amount,
            }),
            Rule::Award(award, _) => {
                reasons.push(Reason::NotAwarded {
                    qualification: scope.qualification,
                    requirement: ix,
                    award: *award,
                });
            }
            Rule::All(_) | Rule::Any(_) | Rule::Choose(..) | Rule::Same(..) => {}
        }
    }
    reasons.extend(lacks(scope.qualification, None, &scope.limits));
    reasons
}

/// The lower limits that what is held does not reach.
fn lacks(
    qualification: QualificationIx,
    requirement: Option<RequirementIx>,
    floors: &[Measured],
) -> impl Iterator<Item = Reason> {
    let short = floors.iter().enumerate().filter(|(_, floor)| floor.held < floor.needed);
    short.map(move |(limit, floor)| Reason::Lacks {
        qualification,
        requirement,
        limit,
        tally: floor.tally.clone(),
        needed: floor.needed,
        held: floor.held,
    })
}
