//! Tests that stand beside the rules: does an audit say what their author expects?

use cairn_core::{
    Amount, Attestation, Catalog, Holding, Learner, Measure,
    catalog::{Expectation, Expected, Qualification, RequirementIx, Rule, RuleTest, Tally},
};

use crate::{
    Action, Audit, Placement, Question, Reason, Standing, Thing, Verdict, audit, audit::scopes_of, model,
    next,
};

/// What came of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// The learner that the test describes.
    pub learner: Learner,
    /// The audit of that learner.
    pub audit: Audit,
    /// What the audit does not say as it is expected; nothing if the test passes.
    pub failures: Vec<TestFailure>,
}

/// Something that an audit says differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFailure {
    /// The expectation, by its position in the test.
    pub expectation: usize,
    /// What the audit says instead.
    pub got: Got,
    /// Why.
    pub because: Vec<Reason>,
}

/// What an audit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// The verdict.
    Verdict(Verdict),
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

/// Runs one test.
#[must_use]
pub fn run_test(catalog: &Catalog, test: &RuleTest) -> TestOutcome {
    let question = question(catalog, test);
    let mut learner = nobody();
    learner.holdings.clone_from(&test.holdings);
    learner.attestations.clone_from(&test.attestations);
    // What meets a requirement is asked without the outcome, which asks for more.
    let plain = Question { outcome: None, ..question };
    let satisfied = satisfy(catalog, &plain, &test.satisfied, &mut learner);
    let audit = audit(catalog, &learner, &question);
    let mut failures = Vec::new();
    if !satisfied {
        // Whatever the audit says, it says of another learner than the one that is meant.
        let got = Got::CannotBeHeld(test.satisfied[0]);
        failures.push(TestFailure { expectation: 0, got, because: Vec::new() });
        return TestOutcome { learner, audit, failures };
    }
    for (at, Expectation { expected, .. }) in test.expectations.iter().enumerate() {
        if let Some(got) = difference(catalog, &learner, &audit, expected) {
            let because = because(catalog, &audit, expected);
            failures.push(TestFailure { expectation: at, got, because });
        }
    }
    TestOutcome { learner, audit, failures }
}

/// The question that a test asks.
#[must_use]
pub fn question(catalog: &Catalog, test: &RuleTest) -> Question {
    let usual = Question::new(catalog, test.qualification, test.on);
    Question { scenario: test.scenario, outcome: test.outcome, ..usual }
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
    for step in next::steps(&model, &solution.values, &scopes) {
        let holding = match step.action {
            Action::Earn(ix) => named(catalog.credential(ix).id.as_str()),
            Action::Award(ix) => named(catalog.qualification(ix).id.as_str()),
            Action::Confirm { key, needed, .. } => {
                learner.attestations.push(Attestation { key, amount: needed, on: None, evidence: None });
                continue;
            }
        };
        // What the test names itself is not given twice.
        if learner.holdings.iter().all(|held| held.credential != holding.credential) {
            learner.holdings.push(holding);
        }
    }
    true
}

/// What the audit says, where that is not what is expected.
fn difference(catalog: &Catalog, learner: &Learner, audit: &Audit, expected: &Expected) -> Option<Got> {
    let differs = |is_it: bool, got: Got| (!is_it).then_some(got);
    match expected {
        Expected::Complete(complete) => {
            differs(audit.is_complete() == *complete, Got::Verdict(audit.verdict))
        }
        Expected::Unreachable(unreachable) => {
            let is_it = audit.verdict == Verdict::Unreachable;
            differs(is_it == *unreachable, Got::Verdict(audit.verdict))
        }
        Expected::Remaining(measure, amount) => {
            let got = remaining(catalog, learner, audit, *measure);
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
            let got = counted(catalog, audit, *ix, *measure);
            differs(got == *amount, Got::Counted(got))
        }
        Expected::Met(ix) => {
            let standing = standing(audit, *ix);
            differs(standing == Standing::Met, Got::Standing(standing))
        }
        Expected::Open(ix) => {
            let standing = standing(audit, *ix);
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

/// What remains where it is counted in the measure.
fn remaining(catalog: &Catalog, learner: &Learner, audit: &Audit, measure: Measure) -> Option<Amount> {
    let cost = match audit.verdict {
        Verdict::Complete => return Some(Amount::ZERO),
        Verdict::Unreachable | Verdict::Stopped(_) => return None,
        Verdict::Remaining(cost) if audit.question.measure == measure => cost,
        Verdict::Remaining(_) => crate::remaining(catalog, learner, &audit.question.by(&[measure]))?,
    };
    Some(cost.measure)
}

fn standing(audit: &Audit, ix: RequirementIx) -> Standing {
    // The first scope is that of the question.
    audit.scopes.first().map_or(Standing::NotNeeded, |scope| scope.requirements[ix.index()].standing)
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
fn counted(catalog: &Catalog, audit: &Audit, ix: RequirementIx, measure: Option<Measure>) -> Amount {
    let Some(scope) = audit.scopes.first() else { return Amount::ZERO };
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
    let within = below(qualification, ix);
    let placed = scope.counted.iter().chain(&scope.looked_at);
    let held = placed.filter(|placed| within.contains(&placed.requirement));
    held.filter_map(|placed| worth(catalog, audit, placed, measure)).sum()
}

/// What something that is held is worth.
fn worth(catalog: &Catalog, audit: &Audit, placed: &Placement, measure: Option<Measure>) -> Option<Amount> {
    let Thing::Held(at) = placed.thing else { return None };
    let credits = || audit.holdings[at].credits.unwrap_or(catalog.credential(placed.face).credits);
    Some(if measure == Some(Measure::Credits) { credits() } else { Amount::ONE })
}

/// A requirement with all those that it asks for.
fn below(qualification: &Qualification, ix: RequirementIx) -> Vec<RequirementIx> {
    let mut found = vec![ix];
    let mut at = 0;
    while let Some(&next) = found.get(at) {
        if let Rule::All(children)
        | Rule::Any(children)
        | Rule::Choose(_, children)
        | Rule::Same(_, children) = &qualification.requirement(next).rule
        {
            let new: Vec<_> = children.iter().filter(|child| !found.contains(child)).copied().collect();
            found.extend(new);
        }
        at += 1;
    }
    found
}

/// The reasons of the audit that bear on what was expected.
fn because(catalog: &Catalog, audit: &Audit, expected: &Expected) -> Vec<Reason> {
    let asked = audit.question.qualification;
    let is_about = |reason: &Reason, wanted: RequirementIx| {
        let within = below(catalog.qualification(asked), wanted);
        reason.place().is_some_and(|(of, ix)| of == asked && within.contains(&ix))
    };
    let counts = |reason: &Reason| matches!(reason, Reason::Counts { .. } | Reason::Shows { .. });
    let bears = |reason: &&Reason| match expected {
        Expected::Counted(ix, ..) | Expected::Met(ix) => {
            is_about(reason, *ix) || (!counts(reason) && reason.holding().is_some())
        }
        Expected::Open(ix) => is_about(reason, *ix),
        // What is complete is so because of what counts; what is not, because of everything else.
        _ => counts(reason) == audit.is_complete(),
    };
    audit.reasons.iter().filter(bears).cloned().collect()
}
