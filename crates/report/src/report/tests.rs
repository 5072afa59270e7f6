//! The view of a run of tests that stand beside the rules.

use cairn_core::{
    Catalog, SourceFile, Span,
    catalog::{Expectation, RuleTest},
};
use cairn_engine::{Reason, TestFailure, TestOutcome};
use serde::Serialize;

use crate::{report::FORMAT_VERSION, words};

/// All tests of a catalog with what came of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestsReport {
    /// The version of the shape.
    pub format_version: u32,
    /// How many tests pass.
    pub passed: usize,
    /// How many do not.
    pub failed: usize,
    /// The tests, by qualification and name.
    pub tests: Vec<TestView>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestView {
    /// What is tested.
    pub name: String,
    /// The qualification that is asked about, with its edition.
    pub qualification: String,
    /// Others that are asked about at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<String>,
    /// The file of the test.
    pub path: String,
    /// The line of its name.
    pub line: usize,
    /// Whether the audit says everything that is expected.
    pub passed: bool,
    /// What it says differently.
    pub failures: Vec<FailureView>,
}

/// Something that an audit says differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureView {
    /// What is expected, in a phrase.
    pub expected: String,
    /// What the audit says instead.
    pub got: String,
    /// The file of the expectation.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// Why the audit says so.
    pub because: Vec<BecauseView>,
}

/// One reason, with the rule that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BecauseView {
    /// The sentence.
    pub text: String,
    /// The file of the rule, where the reason is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl TestsReport {
    /// The view of the outcomes of all tests of a catalog, in their order.
    #[must_use]
    pub fn new(catalog: &Catalog, files: &[SourceFile], outcomes: &[TestOutcome]) -> TestsReport {
        let tests: Vec<_> = catalog
            .tests()
            .iter()
            .zip(outcomes)
            .map(|(test, outcome)| test_view(catalog, files, test, outcome))
            .collect();
        let passed = tests.iter().filter(|test| test.passed).count();
        TestsReport { format_version: FORMAT_VERSION, passed, failed: tests.len() - passed, tests }
    }
}

fn test_view(catalog: &Catalog, files: &[SourceFile], test: &RuleTest, outcome: &TestOutcome) -> TestView {
    let (path, line) = place(files, test.span);
    let catalog = &*catalog.beside(&outcome.learner);
    let failures = outcome.failures.iter();
    TestView {
        name: test.name.clone(),
        qualification: catalog.qualification(test.qualification).id.to_string(),
        beside: test.beside.iter().map(|&ix| catalog.qualification(ix).id.to_string()).collect(),
        path,
        line,
        passed: outcome.failures.is_empty(),
        failures: failures.map(|failure| failure_view(catalog, files, test, outcome, failure)).collect(),
    }
}

fn failure_view(
    catalog: &Catalog,
    files: &[SourceFile],
    test: &RuleTest,
    outcome: &TestOutcome,
    failure: &TestFailure,
) -> FailureView {
    let expectation: &Expectation = &test.expectations[failure.expectation];
    let (path, line) = place(files, expectation.span);
    let reasons = failure.because.iter();
    FailureView {
        expected: words::expected(catalog, test, expectation),
        got: words::got(catalog, test, &outcome.audit, expectation, &failure.got),
        path,
        line,
        because: reasons.map(|reason| because_view(catalog, files, outcome, reason)).collect(),
    }
}

fn because_view(
    catalog: &Catalog,
    files: &[SourceFile],
    outcome: &TestOutcome,
    reason: &Reason,
) -> BecauseView {
    let (_, text) = words::reason(catalog, &outcome.audit, reason);
    let rule = reason.place().map(|(within, ix)| catalog.qualification(within).requirement(ix).span);
    let (path, line) = rule.map(|span| place(files, span)).unzip();
    BecauseView { text, path, line }
}

/// The file and line of a place.
fn place(files: &[SourceFile], span: Span) -> (String, usize) {
    let file = &files[span.file as usize];
    (file.path.clone(), file.line(span))
}
