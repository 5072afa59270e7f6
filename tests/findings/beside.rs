//! What is wrong with tests that stand beside the rules.

use insta::assert_snapshot;

use crate::support::{findings, of_one};

const RULES: &str = r#"
[qualification]
id = "Q"
all = ["core", "hours"]
[requirement.core]
all = ["a"]
[requirement.hours]
attest = "hours"
[credential.a]
"#;

fn of_test(test: &str) -> String {
    of_one(&format!("{RULES}[[test]]\n{test}"))
}

/// A test of a day that expects this.
fn expecting(expected: &str) -> String {
    of_test(&format!("name = \"t\"\non = 2026-01-01\nexpect = {expected}"))
}

#[test]
fn every_name_of_a_test_is_known() {
    assert_snapshot!(of_test(r#"
        name = "t"
        on = 2026-01-01
        holds = ["@coer", "b", { credential = "c" }, { awarded = 2026-01-01 }]
        expect = { counted = { cor = 1 }, met = ["hour"] }
    "#), @"
    r.toml:15:18 error[unknown-name] no requirement of `Q` is named `coer`
      help: did you mean `core`?
    r.toml:15:27 error[unknown-name] no credential or qualification is named `b`
      help: define it, or take the name out
    r.toml:15:47 error[unknown-name] no credential or qualification is named `c`
      help: define it, or take the name out
    r.toml:15:54 error[missing-key] the key `credential` is missing
      help: add `credential = …`
    r.toml:16:32 error[unknown-name] no requirement of `Q` is named `cor`
      help: did you mean `core`?
    r.toml:16:50 error[unknown-name] no requirement of `Q` is named `hour`
      help: did you mean `hours`?
    ");
}

#[test]
fn a_test_has_a_name_a_day_and_something_to_expect() {
    assert_snapshot!(of_test("holds = [\"a\"]"), @"
    r.toml:11:1 error[missing-key] the key `expect` is missing
      help: add `expect = …`
    r.toml:11:1 error[missing-key] the key `name` is missing
      help: add `name = …`
    r.toml:11:1 error[missing-key] the key `on` is missing
      help: add `on = …`, a day: the answer must be the same whenever the test is run
    ");
    assert_snapshot!(expecting("{}"), @"
    r.toml:14:10 error[empty-list] `expect` says nothing
      help: say what the audit must answer: `expect = { complete = true }`
    ");
    assert_snapshot!(expecting("{ remaining = {} }"), @"
    r.toml:14:24 error[empty-list] `remaining` names no measure
      help: write how much remains: `remaining = { credits = 10 }`
    ");
}

#[test]
fn what_no_audit_can_say_is_not_expected() {
    assert_snapshot!(expecting("{ complete = true, remaining = { count = 1 } }"), @"
    r.toml:14:10 error[conflicting-keys] nothing remains of what is complete
      help: take one of them out
    ");
    assert_snapshot!(expecting("{ unreachable = true, next = [] }"), @"
    r.toml:14:10 error[conflicting-keys] what is out of reach has no remaining and no next
      help: take one of them out
    ");
    assert_snapshot!(expecting("{ counted = { hours = 1 } }"), @r#"
    r.toml:14:24 error[conflicting-keys] nothing counts toward `hours`: it asks for no holdings
      help: say that it is met or open: `met = ["…"]`, `open = ["…"]`
    "#);
}

#[test]
fn values_of_a_test_are_checked_as_those_of_a_record() {
    assert_snapshot!(of_test(r#"
        name = "t"
        on = "2026-02-30"
        scenario = "later"
        holds = [{ credential = "a", grade = "B", source = "bought", state = "lost", awarded = "2026-13-01" }]
        attests = [{ key = "hours", amount = 0 }, { amount = 3 }]
        expect = { complete = "yes", remaining = { count = -1, euros = 3 } }
    "#), @"
    r.toml:14:14 error[invalid-value] `on` takes a day, and `2026-02-30` is none of the calendar
      help: write a day like `2025-09-01`
    r.toml:15:20 error[invalid-value] `scenario` cannot be `later`
      help: it is one of `earned`, `in-progress`, `planned`
    r.toml:16:46 error[invalid-value] `grade` takes a number, not `B`
      help: grades are compared as numbers: write what the letter stands for on your scale
    r.toml:16:60 error[invalid-value] `source` cannot be `bought`
      help: it is one of `earned`, `recognised`, `transferred`
    r.toml:16:78 error[invalid-value] `state` cannot be `lost`
      help: it is one of `earned`, `in-progress`, `planned`, `revoked`
    r.toml:16:96 error[invalid-value] `awarded` takes a day, and `2026-13-01` is none of the calendar
      help: write a day like `2025-09-01`
    r.toml:17:20 error[vacuous] `amount = 0` confirms nothing
      help: write how much is confirmed, or take the entry out
    r.toml:17:51 error[missing-key] the key `key` is missing
      help: add `key = …`
    r.toml:18:31 error[wrong-type] `complete` takes true or false, not a text
      help: write `true` or `false`, without quotes
    r.toml:18:60 error[invalid-value] `count` cannot be negative, and `-1` is
      help: write a number from 0 up
    r.toml:18:64 error[unknown-key] there is no key `euros` in `remaining`
      help: the keys are: count, credits, cost, effort, attestations
    ");
}

#[test]
fn two_tests_of_one_qualification_have_two_names() {
    let test = "name = \"t\"\non = 2026-01-01\nexpect = { complete = false }";
    assert_snapshot!(of_test(&format!("{test}\n[[test]]\n{test}")), @"
    r.toml:16:8 error[duplicate-id] the test `t` is defined twice
      help: take one of them out, or give it an id of its own
      r.toml:16:8 defined again here
      r.toml:12:8 first defined here
    ");
}

#[test]
fn a_test_in_a_file_of_credentials_says_what_it_is_about() {
    assert_snapshot!(of_one("[credential.a]\n[[test]]\nname = \"t\"\non = 2026-01-01\nexpect = { complete = false }"), @r#"
    r.toml:3:1 error[missing-key] the key `qualification` is missing
      help: add `qualification = "…"`, because the file defines none
    "#);
}

#[test]
fn several_qualifications_are_told_apart() {
    let beside = |test: &str| {
        let other = ("s.toml", "format = 1\n[qualification]\nid = \"S\"\nall = \"a\"");
        let text = format!(
            "format = 1\n{RULES}[[outcome]]\nid = \"o\"\nall = \"a\"\n[[test]]\nname = \"t\"\non = 2026-01-01\n{test}"
        );
        findings(&[("r.toml", &text), other])
    };
    let good = "beside = \"S\"\nexpect = { complete = true, each = { Q = { met = [\"core\"] }, S = { complete = true } } }";
    assert_eq!(beside(good), "");
    assert_snapshot!(beside("beside = [\"Q\", \"T\"]\nexpect = { complete = true }"), @"
    r.toml:17:10 error[conflicting-keys] a qualification is not asked about beside itself
      help: name the others only
    r.toml:17:16 error[unknown-name] no credential or qualification is named `T`
      help: define it, or take the name out
    ");
    assert_snapshot!(beside("beside = \"S\"\noutcome = \"o\"\nexpect = { outcomes = [\"o\"] }"), @"
    r.toml:18:11 error[conflicting-keys] an outcome is asked about by itself
      help: take `outcome` or `beside` out
    r.toml:19:23 error[conflicting-keys] outcomes are reached by one qualification, and this test is about several
      help: take `outcomes` or `beside` out
    ");
    assert_snapshot!(beside("expect = { each = { Q = { complete = true } } }"), @"
    r.toml:17:19 error[conflicting-keys] `each` tells several qualifications apart, and this test is about one
      help: name the others with `beside`, or write what is in it beside `each`
    ");
    assert_snapshot!(beside("beside = \"S\"\nexpect = { each = { Q = {}, S = { met = [\"core\"] }, T = { complete = true } } }"), @"
    r.toml:18:25 error[empty-list] nothing is said of `Q`
      help: say what the audit must answer: `{ complete = true }`
    r.toml:18:42 error[unknown-name] no requirement of `S` is named `core`
      help: define it, or take the name out
    r.toml:18:53 error[unknown-name] no credential or qualification is named `T`
      help: define it, or take the name out
    ");
    assert_snapshot!(beside("beside = \"S\"\nexpect = { complete = true, each = { S = { complete = false } } }"), @"
    r.toml:18:10 error[conflicting-keys] nothing remains of what is complete
      help: take one of them out
    ");
}
