//! What several qualifications may share.

use cairn_engine::{forced, rule_test, run_test};
use cairn_report::words::clause;

use super::pass;

/// A qualification that asks for two others, and what each of these allows to share.
const TWO_SIDES: &str = r#"
    [qualification]
    id = "both"
    all = ["one", "two"]
    [[sharing]]
    id = "of-one"
    title = "What the first side allows"
    between = ["one", "two"]
    at_most = { count = 2 }
    [[sharing]]
    id = "of-two"
    title = "What the second side allows"
    between = ["one", "two"]
    at_most = { count = 1 }
    [credential]
    A = {}
    B = {}
    C = {}
    [[test]]
    name = "one shared"
    on = 2026-01-01
    holds = ["A", "B", "C"]
    expect = { complete = true }
    [[test]]
    name = "two shared"
    on = 2026-01-01
    holds = ["A", "B"]
    expect = { complete = false, remaining = { count = 1 } }
"#;

/// One of the two.
const SIDE: &str = r#"
    [qualification]
    id = "SIDE"
    all = "r"
    [requirement.r]
    count = 2
    from = "p"
    [pool.p]
    of = ["A", "B", "C"]
"#;

#[test]
fn two_sided_sharing_policies_combine_to_the_most_restrictive() {
    let rules = [TWO_SIDES.to_owned(), SIDE.replace("SIDE", "one"), SIDE.replace("SIDE", "two")].join("---");
    let catalog = pass(2, &rules);
    for test in catalog.tests() {
        let learner = run_test(&catalog, test).learner;
        let question = rule_test::question(&catalog, test);
        let named = forced(&catalog, &learner, &question);
        let clauses = named.into_iter().flat_map(|named| named.clauses);
        let asked = Some(question.qualification);
        let clauses: Vec<_> = clauses.map(|one| clause(&catalog, asked, one)).collect();
        let said = clauses.join("\n");
        assert!(!said.contains("first side"), "the looser policy binds nothing: {said}");
        if test.name == "two shared" {
            assert!(said.contains("second side"), "the policy that binds is named: {said}");
        }
    }
}
