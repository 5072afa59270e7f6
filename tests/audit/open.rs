//! Open pools: what counts that no rule file knows, and what advice says could be earned elsewhere.

use insta::assert_snapshot;

use crate::record::{audit_text, audit_warned, findings, sentences};

const DIPLOMA: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = ["electives"]
    [requirement.electives]
    title = "Fifteen credits"
    credits = 15
    from = ["listed", "elsewhere"]
    limits = [{ at_most = { count = 2 }, from = "elsewhere" }]
    [pool.listed]
    of = ["law"]
    [pool.elsewhere]
    where = { kind = "unit" }
    not_in = "listed"
    open = { credits = 5, repeatable = 3 }
    [credential]
    law = { kind = "unit", credits = 5 }
    art = { kind = "unit", credits = 20, offered = false }"#;

#[test]
fn what_no_rule_file_knows_counts_by_what_is_recorded_with_it() {
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=unit credits=10\nlaw"), @"");
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=course credits=10\nLAW-8 credits=10"), @"");
}

#[test]
fn of_one_credential_elsewhere_one_holding_counts() {
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=unit credits=4\nLAW-7 kind=unit credits=6 on=2026-01-01"), @"");
}

#[test]
fn anything_elsewhere_can_be_advised_as_often_as_is_said() {
    assert_snapshot!(audit_text(DIPLOMA, ""), @"");
    let alone = DIPLOMA.replace("[\"listed\", \"elsewhere\"]", "\"elsewhere\"").replace("{ count = 2 }", "{ count = 3 }");
    assert_snapshot!(audit_text(&alone, "OTHER kind=unit credits=6"), @"");
    assert_snapshot!(audit_text(&alone.replace("repeatable = 3", "offered = false"), "OTHER kind=unit credits=6"), @"");
}

#[test]
fn a_pool_that_is_not_open_has_nothing_that_no_rule_file_knows() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["core", "choice", "of-units"]
        [requirement.core]
        count = 1
        from = "units"
        [requirement.choice]
        count = 1
        from = "open"
        [requirement.of-units]
        title = "One of kind unit among what counts"
        over = "counted"
        count = 2
        from = "units"
        [pool.units]
        where = { kind = "unit" }
        [pool.open]
        where = { kind = "unit" }
        open = { title = "Something else", kind = "unit" }
        [credential]
        a = { kind = "unit" }"#;
    assert_snapshot!(audit_text(rules, "x kind=unit\ny kind=unit"), @"");
    assert_snapshot!(audit_text(rules, "a"), @"");
}

#[test]
fn two_qualifications_count_it_each_and_a_policy_sees_that_it_is_one() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["p", "own"]
        [requirement.own]
        count = 1
        from = "open"
        [pool.open]
        open = {}
        [[sharing]]
        between = ["q", "p"]
        at_most = { count = 0 }
        ---
        [qualification]
        id = "p"
        all = "own"
        [requirement.own]
        count = 1
        from = "open"
        [pool.open]
        open = {}"#;
    assert_snapshot!(audit_warned(rules, "x"), @"");
}

#[test]
fn an_open_pool_says_so() {
    assert_snapshot!(sentences(DIPLOMA), @"");
    let named = DIPLOMA.replace("all = [\"electives\"]", "all = [\"electives\", \"q/elsewhere\"]");
    assert_snapshot!(findings(&named), @"");
}
