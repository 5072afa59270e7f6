//! Equivalence: for a time, for a part, toward some qualifications.

use insta::assert_snapshot;

use crate::record::{audit_text, audit_warned, findings, shown};

const DATED: &str = r#"
    [qualification]
    id = "q"
    all = ["a"]
    [credential]
    a = {}
    b = { offered = false }
    [[equivalence]]
    from = "b"
    to = "a"
    effective = 2020-01-01
    until = 2022-12-31"#;

#[test]
fn a_recommendation_is_judged_by_the_day_of_award() {
    for day in ["2020-01-01", "2022-12-31"] {
        assert!(audit_text(DATED, &format!("b on={day}")).starts_with("q: complete"), "{day}");
    }
    assert_snapshot!(audit_text(DATED, "b on=2023-01-01"), @"
    q: 1 count remain
      not-equivalent: b of 2023-01-01 does not count: on the day of its award it was not equivalent to a
      lacks: “a” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
    assert!(audit_text(DATED, "b on=2019-12-31").starts_with("q: 1 count remain"));
    assert!(audit_text(DATED, "b").starts_with("q: 1 count remain"), "without a day it is not in time");
}

const PART: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = ["r"]
    [requirement.r]
    credits = 15
    from = "p"
    [pool.p]
    where = { kind = "k" }
    [credential]
    a = { kind = "k", credits = 15 }
    top-up = { kind = "k", credits = 6 }
    b = { offered = false }
    [[equivalence]]
    from = "b"
    to = "a"
    credits = 9"#;

#[test]
fn a_part_leaves_the_rest_to_be_earned() {
    assert_snapshot!(audit_text(PART, "b"), @"
    q: 6 credits remain in 1
      b as a -> q#r
      lacks: “r” has 9 of 15 credits: 6 credits short
      next: earn top-up
    ");
}

#[test]
fn a_part_is_not_the_credential_that_is_asked_for() {
    let by_name = PART
        .replace("all = [\"r\"]", "all = [\"a\", \"r\"]")
        .replace("credits = 15\n    from", "credits = 1\n    from");
    assert_snapshot!(audit_text(&by_name, "b"), @"
    q: 21 credits remain in 2
      same-credential: b does not count: a already counts, and counts once
      lacks: “a” has 0 of 1 credential: 1 credential short
      lacks: “r” has 0 of 1 credit: 1 credit short
      next: earn a
      next: earn top-up
    ");
}

#[test]
fn a_part_takes_a_place_under_an_upper_limit() {
    let capped =
        PART.replace("from = \"p\"", "from = \"p\"\nlimits = [{ at_most = { count = 0 }, from = \"p\" }]");
    assert_snapshot!(audit_text(&capped, "b"), @"
    q: unreachable
      capped: b does not count: an upper limit of “r” is reached
      cannot-be-met: “r” would stay 15 credits short, whatever is earned
      lacks: “r” has 0 of 15 credits: 15 credits short
    ");
}

#[test]
fn what_counts_only_toward_one_qualification_is_unknown_to_others() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["r"]
        [requirement.r]
        credits = 10
        from = "p"
        [pool.p]
        where = { kind = "k" }
        [credential]
        a = { kind = "k", credits = 10 }
        b = { kind = "k", credits = 10, only_toward = "z", offered = false }
        ---
        [qualification]
        id = "z"
        all = ["b"]"#;
    assert_snapshot!(audit_text(rules, "b"), @"
    q: 1 count remain
      restricted: b does not count: “r” accepts it, but it counts only toward other qualifications
      lacks: “r” has 0 of 10 credits: 10 credits short
      next: earn a
    ");
}

#[test]
fn what_an_equivalence_cannot_say_is_refused() {
    let with = |keys: &str| findings(&format!("{PART}\n{keys}"));
    assert_snapshot!(with("effective = 2020-01-02\nuntil = 2020-01-01"), @"
    invalid-value: the equivalence ends on 2020-01-01, before it begins on 2020-01-02
    ");
    assert_snapshot!(with("only_toward = \"z\""), @"
    unknown-name: no credential or qualification is named `z`
    ");
    assert_snapshot!(findings(&PART.replace("credits = 9", "credits = 15")), @"
    invalid-value: `a` has 15 credits, and 15 are not a part of them
    ");
    assert_snapshot!(findings(&PART.replace("credits = 9", "credits = 0")), @"
    vacuous: an equivalence to none of the credits counts for nothing
    ");
}

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

#[test]
fn what_holds_for_all_requirements_is_said_once() {
    let rules = r#"
        [qualification]
        id = "q"
        edition = "1"
        effective = 2020-01-01
        grace = "end of calendar year"
        attempt = "latest"
        max_age_on = "entry"
        entry = "matriculation"
        all = "r"
        [requirement.r]
        count = 1
        from = "p"
        max_age = "5 years"
        [pool.p]
        of = "a"
        [editions.q]
        choose = "later"
        within = "7 years"
        last = 5
        teach_out = "12 months"
        entry = "matriculation"
        [credential.a]
        valid = "1 year"
        renewed_by = "b"
        renewal_window = "6 months"
        renewed_from = "end"
        retired = 2030-01-01
        valid_after_retirement = "2 years"
        [credential.b]"#;
    assert_snapshot!(shown(rules, "a"), @"
    [1mq@1[0m
    [2mwhat remains is counted in credentials · these rules from 2020-01-01[0m

    It asks for “r”.
      r: at least 1 credential from “p”, awarded at most 5 years before entry.
    What expires counts to the end of the calendar year.
    Of several attempts only the latest counts.
    Age reckons from the day of entry, which is that of the evidence matriculation.
    A learner may choose among the editions of q: the one in force on the day of entry, or a later one that came within 7 years of it, which is that of the evidence matriculation; of the last 5 only; to be completed within 1 year of the next.

    [1mPools[0m
      “p” is a.

    No completion can do without a

    [1ma[0m

    It is valid for 1 year.
    b renews it where it is earned within 6 months before its end; the new period begins at that end.
    Without another end, it is valid for 2 years after its retirement.
    It leads to q@1.
    ");
}

#[test]
fn only_the_latest_attempt_counts_where_that_is_said() {
    let rules = r#"
        [qualification]
        id = "q"
        attempt = "latest"
        all = "r"
        [requirement.r]
        count = 1
        from = "p"
        min_grade = 2
        [pool.p]
        of = "a"
        [credential]
        a = {}"#;
    assert_snapshot!(audit_warned(rules, "a on=2024-01-01 grade=3\na on=2025-01-01 grade=1"), @"
    q: 1 count remain
      tried-again: a of 2024-01-01 does not count: it was tried again later, and for “r” only the latest attempt counts
      grade: a of 2025-01-01 does not count: “r” wants a better grade
      lacks: “r” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
    assert_snapshot!(audit_warned(rules, "a on=2024-01-01 grade=1\na on=2025-01-01 grade=3"), @"
    q: complete, 0 count remain
      a -> q#r
      grade: a of 2024-01-01 does not count: “r” wants a better grade
    ");
    assert_snapshot!(audit_warned(rules, "a on=2024-01-01 grade=3\na on=2026-06-16 grade=1"), @"
    q: complete, 0 count remain
      a -> q#r
      not-yet: a of 2026-06-16 does not count: it was awarded on 2026-06-16, after the day of this audit
    ");
    assert_snapshot!(findings(rules), @"
    not-monotone: one more holding can make `q` worse: only the latest attempt counts
    ");
}

#[test]
fn a_renewal_has_its_time() {
    let rules = r#"
        [qualification]
        id = "q"
        all = "a"
        [credential.a]
        valid = "1 year"
        renewed_by = "b"
        renewal_window = "6 months"
        renewed_from = "end"
        [credential.b]
        repeatable = 2"#;
    assert_snapshot!(audit_text(rules, "a on=2025-01-01\nb on=2025-07-01"), @"
    q: complete, 0 count remain
      a -> q#q/a
      renewed: a of 2025-01-01 is valid to 2027-01-01, because b of 2025-07-01 renewed it
      not-asked: b of 2025-07-01 does not count: no requirement asks for it
    ");
    assert_snapshot!(audit_text(rules, "a on=2025-01-01\nb on=2025-06-30"), @"
    q: 1 count remain
      expired: a of 2025-01-01 does not count: its last day was 2026-01-01
      not-asked: b of 2025-06-30 does not count: no requirement asks for it
      lacks: “a” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
}
