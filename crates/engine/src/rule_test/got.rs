//! What an audit says of what a test expects.

use cairn_core::{
    Amount, Catalog, Learner, Measure,
    catalog::{Expectation, Expected, QualificationIx, RequirementIx, Rule, Tally},
};

use crate::{Action, Audit, JointAudit, Placement, ScopeAudit, Standing, Thing, Verdict};

/// What an audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// The verdict.
    Verdict(Verdict),
    /// Whether one of several qualifications is complete beside the others.
    CompleteBeside(bool),
    /// So much remains; nothing if it is out of reach.
    Remaining(Option<Amount>),
    /// So much counts.
    Counted(Amount),
    /// The requirement stands so.
    Standing(Standing),
    /// These outcomes are reached.
    Outcomes(Vec<RequirementIx>),
    /// These are to be earned, awarded and confirmed, in the order of their ids.
    Next(Vec<String>),
    /// Nothing that can be earned meets what the learner is said to meet.
    CannotBeHeld(RequirementIx),
}

/// What an audit says of the question of a test.
pub(super) enum Answer {
    /// About one qualification.
    One(Audit),
    /// About several at once.
    Several(JointAudit),
}

impl Answer {
    pub(super) fn audit(&self) -> &Audit {
        match self {
            Answer::One(audit) => audit,
            Answer::Several(joint) => &joint.audit,
        }
    }

    pub(super) fn into_audit(self) -> Audit {
        match self {
            Answer::One(audit) => audit,
            Answer::Several(joint) => joint.audit,
        }
    }

    /// What is said, where that is not what is expected.
    pub(super) fn difference(
        &self,
        catalog: &Catalog,
        learner: &Learner,
        expectation: &Expectation,
    ) -> Option<Got> {
        let Expectation { of, expected, .. } = expectation;
        let audit = self.audit();
        let scope = audit.scopes.iter().find(|scope| scope.qualification == *of);
        let differs = |is_it: bool, got: Got| (!is_it).then_some(got);
        match expected {
            Expected::Complete(complete) => {
                differs(audit.is_complete() == *complete, Got::Verdict(audit.verdict))
            }
            Expected::CompleteBeside(complete) => {
                let is_complete = self.is_complete_beside(*of);
                differs(is_complete == *complete, Got::CompleteBeside(is_complete))
            }
            Expected::Unreachable(unreachable) => {
                let is_it = audit.verdict == Verdict::Unreachable;
                differs(is_it == *unreachable, Got::Verdict(audit.verdict))
            }
            Expected::Remaining(measure, amount) => {
                let got = self.remaining(catalog, learner, *measure);
                differs(got == Some(*amount), Got::Remaining(got))
            }
            Expected::Attestations(amount) => {
                let number = |number: u64| Amount::whole(u32::try_from(number).unwrap_or(u32::MAX));
                let got = match audit.verdict {
                    Verdict::Complete => Some(Amount::ZERO),
                    Verdict::Remaining(cost) => Some(number(cost.attestations)),
                    Verdict::Unreachable | Verdict::Stopped(_) => None,
                };
                differs(got == Some(*amount), Got::Remaining(got))
            }
            Expected::Counted(ix, measure, amount) => {
                let got = scope.map_or(Amount::ZERO, |scope| counted(catalog, audit, scope, *ix, *measure));
                differs(got == *amount, Got::Counted(got))
            }
            Expected::Met(ix) => {
                let standing = standing(scope, *ix);
                differs(standing == Standing::Met, Got::Standing(standing))
            }
            Expected::Open(ix) => {
                let standing = standing(scope, *ix);
                differs(standing != Standing::Met, Got::Standing(standing))
            }
            Expected::Outcomes(outcomes) => {
                let reached = audit.outcomes.iter().filter(|outlook| outlook.verdict == Verdict::Complete);
                let mut got: Vec<_> = reached.map(|outlook| outlook.outcome).collect();
                got.sort_unstable();
                differs(got == *outcomes, Got::Outcomes(got))
            }
            Expected::Next(ids) => {
                let got = next_ids(catalog, audit);
                differs(got == *ids, Got::Next(got))
            }
        }
    }

    /// Whether what is held completes one of several qualifications beside the others.
    fn is_complete_beside(&self, qualification: QualificationIx) -> bool {
        match self {
            Answer::One(audit) => audit.is_complete(),
            Answer::Several(joint) => {
                let mut targets = joint.targets.iter();
                targets.any(|target| target.qualification == qualification && target.is_complete)
            }
        }
    }

    /// What remains where it is counted in the measure.
    fn remaining(&self, catalog: &Catalog, learner: &Learner, measure: Measure) -> Option<Amount> {
        let audit = self.audit();
        let cost = match audit.verdict {
            Verdict::Complete => return Some(Amount::ZERO),
            Verdict::Unreachable | Verdict::Stopped(_) => return None,
            Verdict::Remaining(cost) if audit.question.measure == measure => cost,
            Verdict::Remaining(_) => {
                let question = audit.question.by(&[measure]);
                match self {
                    Answer::One(_) => crate::remaining(catalog, learner, &question)?,
                    Answer::Several(joint) => {
                        crate::remaining_jointly(catalog, learner, &joint.question.clone().like(question))?
                    }
                }
            }
        };
        Some(cost.measure)
    }
}

fn standing(scope: Option<&ScopeAudit>, ix: RequirementIx) -> Standing {
    scope.map_or(Standing::NotNeeded, |scope| scope.requirements[ix.index()].standing)
}

fn next_ids(catalog: &Catalog, audit: &Audit) -> Vec<String> {
    let id = |action: &Action| match action {
        Action::Earn(ix) => catalog.credential(*ix).id.to_string(),
        Action::Award(ix) => catalog.qualification(*ix).id.to_string(),
        Action::Confirm { key, .. } => key.to_string(),
    };
    let mut ids: Vec<_> = audit.next.iter().map(|step| id(&step.action)).collect();
    ids.sort_unstable();
    ids
}

/// How much of what is held counts toward a requirement, or toward those below it: in the measure,
/// or in that of the requirement's own need.
fn counted(
    catalog: &Catalog,
    audit: &Audit,
    scope: &ScopeAudit,
    ix: RequirementIx,
    measure: Option<Measure>,
) -> Amount {
    let qualification = catalog.qualification(scope.qualification);
    if let Rule::Take(take) = &qualification.requirement(ix).rule {
        let wanted = |tally: &Tally| match measure {
            None => true,
            Some(Measure::Credits) => *tally == Tally::Credits,
            Some(_) => *tally == Tally::Count,
        };
        let needs = take.floors.iter().zip(&scope.requirements[ix.index()].floors);
        let mut needs = needs.filter(|(limit, _)| limit.is_need() && wanted(&limit.tally));
        if let Some((_, measured)) = needs.next() {
            return measured.held;
        }
    }
    let within = qualification.below(ix);
    let placed = scope.counted.iter().chain(&scope.looked_at);
    let held = placed.filter(|placed| within.contains(&placed.requirement));
    held.filter_map(|placed| worth(catalog, audit, placed, measure)).sum()
}

/// What something that is held is worth.
fn worth(catalog: &Catalog, audit: &Audit, placed: &Placement, measure: Option<Measure>) -> Option<Amount> {
    let Thing::Held(at) = placed.thing else { return None };
    let credits =
        || catalog.credits_recorded(&audit.holdings[at]).unwrap_or(catalog.credential(placed.face).credits);
    Some(if measure == Some(Measure::Credits) { credits() } else { Amount::ONE })
}
