//! The traps into which systems of this kind have fallen, one test for each.
//!
//! The rules stand with their learners in one text; what a learner must get was worked out by hand.

use cairn_core::{Catalog, Loading, Severity};
use cairn_engine::{audit, rule_test, run_test};
use cairn_report::AuditReport;
use cairn_testkit::text::files;

mod logic;

mod arithmetic;

mod counting;

mod accepting;

mod time;

mod sharing;

mod awards;

fn load(rules: &str) -> Loading {
    cairn_core::load(&files(rules))
}

/// Every test in the rules passes; how many there are is said, so that none is lost.
fn pass(tests: usize, rules: &str) -> Catalog {
    let loading = load(rules);
    let errors: Vec<_> =
        loading.findings.iter().filter(|finding| finding.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let catalog = loading.catalog.expect("without errors there is a catalog");
    assert_eq!(catalog.tests().len(), tests);
    for test in catalog.tests() {
        let failures = run_test(&catalog, test).failures;
        assert!(failures.is_empty(), "{}: {failures:?}", test.name);
    }
    catalog
}

/// The rules are refused for this.
fn refused(code: &str, rules: &str) {
    let loading = load(rules);
    assert!(loading.catalog.is_none(), "{rules}");
    assert!(loading.findings.iter().any(|finding| finding.code.word() == code), "{:?}", loading.findings);
}

/// The reasons of the audit that a test asks for, in words.
fn reasons(rules: &str, name: &str) -> String {
    let catalog = load(rules).catalog.expect("a catalog");
    let test = catalog.tests().iter().find(|test| test.name == name).expect("a test of that name");
    let learner = run_test(&catalog, test).learner;
    let audit = audit(&catalog, &learner, &rule_test::question(&catalog, test));
    let report = AuditReport::new(&catalog, &learner, &audit);
    report.reasons.iter().map(|reason| format!("{}\n", reason.text)).collect()
}

/// A test of those who hold this on a day. Its name is what it is about.
fn expecting(on: &str, holds: &str, expected: &str) -> String {
    format!("[[test]]\nname = '{on}: {holds}'\non = {on}\nholds = [{holds}]\nexpect = {{ {expected} }}\n")
}

/// One that says whether they are complete, whatever the day.
fn test(holds: &str, complete: bool) -> String {
    expecting("2026-01-01", holds, &format!("complete = {complete}"))
}
