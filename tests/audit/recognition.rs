//! Equivalence: for a time, for a part, toward some qualifications.

use insta::assert_snapshot;

use crate::record::{audit_text, findings};

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
