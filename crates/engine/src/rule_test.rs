//! Tests that stand beside the rules: does an audit say what their author expects?

use cairn_core::{
    Catalog, Learner,
    catalog::{Expectation, Expected, RequirementIx, RuleTest},
};

use crate::{Audit, Question, Reason, audit};

mod described;

mod got;
pub use got::Got;
use got::difference;

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

/// Runs one test.
#[must_use]
pub fn run_test(catalog: &Catalog, test: &RuleTest) -> TestOutcome {
    let question = question(catalog, test);
    let (learner, is_satisfied) = described::learner(catalog, test, &question);
    let beside = catalog.beside(&learner);
    let catalog = beside.as_ref();
    let audit = audit(catalog, &learner, &question);
    let mut failures = Vec::new();
    if !is_satisfied {
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

/// The reasons of the audit that bear on what was expected.
fn because(catalog: &Catalog, audit: &Audit, expected: &Expected) -> Vec<Reason> {
    let asked = audit.question.qualification;
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
        // What is complete is so because of what counts; what is not, because of everything else.
        _ => counts(reason) == audit.is_complete(),
    };
    audit.reasons.iter().filter(bears).cloned().collect()
}
