//! Levels, and frameworks that compare them.

use insta::assert_snapshot;

use crate::record::{audit_text, findings};

#[test]
fn a_level_compares_with_that_of_another_framework() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["r"]
        [requirement.r]
        count = 4
        from = "p"
        [pool.p]
        where = { level = { eqf = { min = 5 } } }
        [framework.nfq]
        compare = { eqf = { 5 = 4, 6 = 5 } }
        [framework.x]
        compare = { nfq = { 1 = 6 } }
        [credential]
        stated   = { level = { eqf = 5 } }
        compared = { level = { nfq = 6 } }
        too-low  = { level = { nfq = 5 } }
        unlisted = { level = { nfq = 7 } }
        own-word = { level = { nfq = 6, eqf = 4 } }
        two-steps = { level = { x = 1 } }"#;
    assert_snapshot!(audit_text(rules, "stated\ncompared\ntoo-low\nunlisted\nown-word\ntwo-steps"), @"
    q: unreachable
      compared -> q#r
      stated -> q#r
      not-asked: own-word does not count: no requirement asks for it
      not-asked: too-low does not count: no requirement asks for it
      not-asked: two-steps does not count: no requirement asks for it
      not-asked: unlisted does not count: no requirement asks for it
      cannot-be-met: “r” would stay 2 credentials short, whatever is earned
      lacks: “r” has 2 of 4 credentials: 2 credentials short
    ");
}

#[test]
fn what_a_framework_cannot_say_is_refused() {
    let with = |table: &str| findings(&format!("[credential]\na = {{}}\n[framework.x]\n{table}"));
    assert_snapshot!(with(""), @"
    missing-key: the key `compare` is missing
    ");
    assert_snapshot!(with("compare = {}"), @"
    empty-list: `compare` names no other framework
    ");
    assert_snapshot!(with("compare = { y = {} }"), @"
    empty-list: no level is compared
    ");
    assert_snapshot!(with("compare = { x = { 1 = 2 } }"), @"
    conflicting-keys: the levels of `x` are compared with themselves
    ");
    assert_snapshot!(with("compare = { y = { high = 2 } }"), @"
    invalid-value: `compare` takes a number, not `high`
    ");
    assert_snapshot!(with("compare = { y = { 1 = -2 } }"), @"
    invalid-value: `compare` cannot be negative, and `-2` is
    ");
}
