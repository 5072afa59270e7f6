//! Open pools: what counts that no rule file knows, and what advice says could be earned elsewhere.

use insta::assert_snapshot;

use crate::record::{audit_text, audit_warned, findings, sentences, shown, steps};

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
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=unit credits=10\nlaw"), @"
    q: complete, 0 credits remain
      LAW-7 -> q#electives
      law -> q#electives
    ");
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=course credits=10\nLAW-8 credits=10"), @"
    q: 15 credits remain in 3
      not-in-catalog: LAW-7 does not count: the rules do not know it
      not-in-catalog: LAW-8 does not count: the rules do not know it
      lacks: “Fifteen credits” has 0 of 15 credits: 15 credits short
      next: earn law
      next: earn q/elsewhere
      next: earn q/elsewhere
    ");
}

#[test]
fn of_one_credential_elsewhere_one_holding_counts() {
    assert_snapshot!(audit_text(DIPLOMA, "LAW-7 kind=unit credits=4\nLAW-7 kind=unit credits=6 on=2026-01-01"), @"
    q: 10 credits remain in 2
      LAW-7 -> q#electives
      same-credential: LAW-7 does not count: LAW-7 already counts, and counts once
      lacks: “Fifteen credits” has 6 of 15 credits: 9 credits short
      next: earn law
      next: earn q/elsewhere
    ");
}

#[test]
fn anything_elsewhere_can_be_advised_as_often_as_is_said() {
    assert_snapshot!(audit_text(DIPLOMA, ""), @"
    q: 15 credits remain in 3
      lacks: “Fifteen credits” has 0 of 15 credits: 15 credits short
      next: earn law
      next: earn q/elsewhere
      next: earn q/elsewhere
    ");
    let alone = DIPLOMA
        .replace("[\"listed\", \"elsewhere\"]", "\"elsewhere\"")
        .replace("{ count = 2 }", "{ count = 3 }");
    assert_snapshot!(audit_text(&alone, "OTHER kind=unit credits=6"), @"
    q: 10 credits remain in 2
      OTHER -> q#electives
      lacks: “Fifteen credits” has 6 of 15 credits: 9 credits short
      next: earn q/elsewhere
      next: earn q/elsewhere
    ");
    assert_snapshot!(audit_text(&alone.replace("repeatable = 3", "offered = false"), "OTHER kind=unit credits=6"), @"
    q: unreachable
      OTHER -> q#electives
      cannot-be-met: “Fifteen credits” would stay 9 credits short, whatever is earned
      lacks: “Fifteen credits” has 6 of 15 credits: 9 credits short
    ");
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
    assert_snapshot!(audit_text(rules, "x kind=unit\ny kind=unit"), @"
    q: 1 count remain
      x -> q#choice
      not-needed: y does not count: “choice” accepts it, but counting it would not lower what remains
      lacks: “core” has 0 of 1 credential: 1 credential short
      lacks: “One of kind unit among what counts” has 1 of 2 credentials: 1 credential short
      next: earn a
    ");
    assert_snapshot!(audit_text(rules, "a"), @"
    q: 1 count remain
      a -> q#core
      lacks: “choice” has 0 of 1 credential: 1 credential short
      lacks: “One of kind unit among what counts” has 1 of 2 credentials: 1 credential short
      next: earn q/open
    ");
}

#[test]
fn two_qualifications_count_it_each_and_a_policy_sees_that_it_is_one() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["z", "own"]
        [requirement.own]
        count = 1
        from = "open"
        [pool.open]
        open = {}
        [[sharing]]
        between = ["q", "z"]
        at_most = { count = 0 }
        ---
        [qualification]
        id = "z"
        all = "own"
        [requirement.own]
        count = 1
        from = "open"
        [pool.open]
        open = {}"#;
    assert_snapshot!(audit_warned(rules, "x"), @"
    q: 1 count remain
      x -> z#own
      lacks: “own” has 0 of 1 credential: 1 credential short
      policy: Without the policy that q and z share nothing at 0.toml:11, it would be complete
      next: earn q/open
    ");
}

#[test]
fn an_open_pool_says_so() {
    assert_snapshot!(sentences(DIPLOMA), @"
    q: “Fifteen credits”
    electives: at least 15 credits from “listed” or “elsewhere”, of which at most 2 from “elsewhere”
    ");
    assert_snapshot!(steps(DIPLOMA, ""), @"
    earn law: 5 credits, for “Fifteen credits”
    earn Another credential (any credential of kind unit and of 5 credits that these rules do not name): 5 credits, for “Fifteen credits”
    earn Another credential (any credential of kind unit and of 5 credits that these rules do not name): 5 credits, for “Fifteen credits”
    ");
    let titled = DIPLOMA.replace("open = { ", "open = { title = \"A unit of another college\", cost = 90, ");
    assert_snapshot!(steps(&titled, "law"), @"
    earn A unit of another college (any credential of kind unit and of 5 credits that these rules do not name): 5 credits, for “Fifteen credits”
    earn A unit of another college (any credential of kind unit and of 5 credits that these rules do not name): 5 credits, for “Fifteen credits”
    ");
    assert_snapshot!(shown(DIPLOMA, "q/elsewhere"), @"
    ␛[1mq␛[0m
    ␛[2mwhat remains is counted in credits␛[0m

    It asks for “Fifteen credits”.
      Fifteen credits: at least 15 credits from “listed” or “elsewhere”, of which at most 2 from “elsewhere”.

    ␛[1mPools␛[0m
      “listed” is law.
      “elsewhere” is any credential of kind unit that is not in “listed”, and any credential of kind unit that these rules do not name.

    ␛[1mAnother credential (q/elsewhere)␛[0m

    It has 5 credits.
    It may count 3 times.
    It leads to q.
    ");
    let named = DIPLOMA.replace("all = [\"electives\"]", "all = [\"electives\", \"q/elsewhere\"]");
    assert_snapshot!(findings(&named), @"unknown-name: no requirement, credential or qualification is named `q/elsewhere`");
}
