//! Tests that stand beside the rules: does an audit say what their author expects?

use cairn_core::{
    Catalog, Learner,
    catalog::{Expectation, Expected, RequirementIx, RuleTest},
};

use crate::{Audit, JointQuestion, Question, Reason, audit, audit_jointly};

mod described;

mod got;
use got::Answer;
pub use got::Got;

/// What came of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// The learner that the test describes.
    pub learner: Learner,
    /// The audit of that learner; of several qualifications, of all together.
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

/// Runs one test.
#[must_use]
pub fn run_test(catalog: &Catalog, test: &RuleTest) -> TestOutcome {
    let question = question(catalog, test);
    let (learner, is_satisfied) = described::learner(catalog, test, &question);
    let beside = catalog.beside(&learner);
    let catalog = beside.as_ref();
    let answer = match jointly(catalog, test) {
        None => Answer::One(audit(catalog, &learner, &question)),
        Some(question) => Answer::Several(audit_jointly(catalog, &learner, &question)),
    };
    let mut failures = Vec::new();
    if is_satisfied {
        for (at, expectation) in test.expectations.iter().enumerate() {
            if let Some(got) = answer.difference(catalog, &learner, expectation) {
                let because = because(catalog, answer.audit(), expectation);
                failures.push(TestFailure { expectation: at, got, because });
            }
        }
    } else {
        // Whatever the audit says, it says of another learner than the one that is meant.
        let got = Got::CannotBeHeld(test.satisfied[0]);
        failures.push(TestFailure { expectation: 0, got, because: Vec::new() });
    }
    TestOutcome { learner, audit: answer.into_audit(), failures }
}

/// The question that a test asks, of several qualifications about the one that it names first.
#[must_use]
pub fn question(catalog: &Catalog, test: &RuleTest) -> Question {
    let usual = Question::new(catalog, test.qualification, test.on);
    Question { scenario: test.scenario, outcome: test.outcome, ..usual }
}

/// The question that a test asks about several qualifications, if it does.
#[must_use]
pub fn jointly(catalog: &Catalog, test: &RuleTest) -> Option<JointQuestion> {
    if test.beside.is_empty() {
        return None;
    }
    let all = [&test.beside[..], &[test.qualification]].concat();
    let joint = JointQuestion::new(catalog, &all, test.on)?;
    let usual = joint.alone(test.qualification);
    Some(joint.like(Question { scenario: test.scenario, ..usual }))
}

/// The reasons of the audit that bear on what was expected.
fn because(catalog: &Catalog, audit: &Audit, expectation: &Expectation) -> Vec<Reason> {
    let Expectation { of: asked, expected, .. } = expectation;
    let asked = *asked;
    let is_about = |reason: &Reason, wanted: RequirementIx| {
        let within = catalog.qualification(asked).below(wanted);
        reason.place().is_some_and(|(of, ix)| of == asked && within.contains(&ix))
    };
    let counts = |reason: &Reason| matches!(reason, Reason::Counts { .. } | Reason::Shows { .. });
    let bears = |reason: &&Reason| match expected {
        Expected::Counted(ix, ..) | Expected::Met(ix) => {
            is_about(reason, *ix) || (!counts(reason) && reason.holding().is_some())
        }
        Expected::Open(ix) => is_about(reason, *ix),
        Expected::CompleteBeside(_) => reason.place().is_none_or(|(of, _)| of == asked),
        // What is complete is so because of what counts; what is not, because of everything else.
        _ => counts(reason) == audit.is_complete(),
    };
    audit.reasons.iter().filter(bears).cloned().collect()
}
