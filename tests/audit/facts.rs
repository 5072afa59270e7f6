//! The facts of a holding: its end, its state, its grade, what it may count as.

use cairn_core::Scenario;
use insta::assert_snapshot;

use crate::record::{audit_in, audit_text, audit_warned, findings};

const ONE: &str = r#"
    [qualification]
    id = "q"
    all = ["a"]
    [credential]
    a = { valid = "1 year" }"#;

#[test]
fn a_holding_is_valid_on_its_last_day() {
    assert_snapshot!(audit_text(ONE, "a on=2025-06-15"), @r"
    q: complete, 0 count remain
      a -> q#q/a
    ");
    assert_snapshot!(audit_text(ONE, "a on=2025-06-14"), @r"
    q: 1 count remain
      expired: a of 2025-06-14 does not count: its last day was 2026-06-14
      lacks: “a” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
}

#[test]
fn revoked_expired_superseded_and_retired_are_four_ends() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["a", "b", "c", "d"]
        [credential]
        a = {}
        b = {}
        c = {}
        c-old = { offered = false }
        d = { retired = 2020-01-01 }
        [[equivalence]]
        from = "c-old"
        to = "c""#;
    let record = "a state=revoked\nb to=2026-06-14\nc-old on=2019-01-01\nd on=2019-01-01";
    assert_snapshot!(audit_text(rules, record), @r"
    q: 2 count remain
      c-old as c -> q#q/c
      d -> q#q/d
      revoked: a does not count: its issuer has revoked it
      expired: b does not count: its last day was 2026-06-14
      lacks: “a” has 0 of 1 credential: 1 credential short
      lacks: “b” has 0 of 1 credential: 1 credential short
      next: earn a
      next: earn b
    ");
}

#[test]
fn what_is_retired_is_never_advised() {
    let rules = r#"
        [qualification]
        id = "q"
        any = ["old", "new"]
        measure = "credits"
        [credential]
        old = { credits = 1, retired = 2026-06-15 }
        new = { credits = 5 }"#;
    assert_snapshot!(audit_text(rules, ""), @r"
    q: 5 credits remain in 1
      lacks: “new” has 0 of 1 credential: 1 credential short
      next: earn new
    ");
}

#[test]
fn what_is_in_progress_or_planned_never_mixes_with_what_is_earned() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["a", "b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}"#;
    let record = "a\nb state=in-progress\nc state=planned";
    assert_snapshot!(audit_in(Scenario::Earned, rules, record), @r"
    q: 2 count remain
      a -> q#q/a
      in-progress: b does not count: it is still in progress
      planned: c does not count: it is only planned
      lacks: “b” has 0 of 1 credential: 1 credential short
      lacks: “c” has 0 of 1 credential: 1 credential short
      next: earn b
      next: earn c
    ");
    assert_snapshot!(audit_in(Scenario::InProgress, rules, record), @r"
    q: 1 count remain
      a -> q#q/a
      b -> q#q/b
      planned: c does not count: it is only planned
      lacks: “c” has 0 of 1 credential: 1 credential short
      next: earn c
    ");
    assert_snapshot!(audit_in(Scenario::Planned, rules, record), @r"
    q: complete, 0 count remain
      a -> q#q/a
      b -> q#q/b
      c -> q#q/c
    ");
}

#[test]
fn conditions_say_one_of_each_of_or_none_of() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["one", "each", "none"]
        [requirement.one]
        count = 3
        from = "one"
        over = "held"
        [requirement.each]
        count = 1
        from = "each"
        over = "held"
        [requirement.none]
        count = 1
        from = "none"
        over = "held"
        [pool.one]
        where = { track = ["x", "y"] }
        [pool.each]
        where = { track = { all = ["x", "y"] } }
        [pool.none]
        where = { track = { none = ["x", "y"] } }
        [credential]
        a = { attributes = { track = "x" } }
        b = { attributes = { track = ["x", "y"] } }
        c = { attributes = { track = ["y", "z"] } }
        d = { attributes = { track = "z" } }"#;
    assert_snapshot!(audit_text(rules, "a\nb\nc"), @r"
    q: 1 count remain
      a -> q#one
      b -> q#each
      b -> q#one
      c -> q#one
      lacks: “none” has 0 of 1 credential: 1 credential short
      next: earn d
    ");
}

#[test]
fn facts_of_the_award_beat_those_of_the_credential() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["live"]
        [requirement.live]
        count = 1
        from = "live"
        min_grade = 2.5
        max_age = "2 years"
        [pool.live]
        where = { live = true }
        [credential]
        a = { attributes = { live = true } }
        b = { attributes = { live = true } }
        c = { attributes = { live = true } }"#;
    let record = "a live=false grade=4 on=2026-01-01\nb grade=2 on=2026-01-01\nc grade=2.5 on=2024-06-14";
    assert_snapshot!(audit_text(rules, record), @r"
    q: 1 count remain
      age: c of 2024-06-14 does not count: it was awarded too long ago for “live”
      facts: a of 2026-01-01 does not count: what is recorded about this award keeps it out of “live”
      grade: b of 2026-01-01 does not count: “live” wants a better grade
      lacks: “live” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
}

#[test]
fn an_equivalence_leads_one_way_and_one_step() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}
        [[equivalence]]
        from = "a"
        to = "b"
        [[equivalence]]
        from = "b"
        to = "c""#;
    assert_snapshot!(audit_text(rules, "a"), @r"
    q: 1 count remain
      a as b -> q#q/b
      lacks: “c” has 0 of 1 credential: 1 credential short
      next: earn c
    ");
    assert_snapshot!(audit_text(rules, "c on=2024-01-01\nb on=2024-01-02"), @r"
    q: complete, 0 count remain
      c -> q#q/c
      b -> q#q/b
    ");
}

#[test]
fn what_keeps_a_holding_alive_is_said() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["a"]
        [credential]
        a = { valid = "1 year", renewed_by = "b" }
        b = {}"#;
    assert_snapshot!(audit_text(rules, "a on=2024-03-01\nb on=2024-05-01\nb on=2025-02-01\nb on=2026-01-15"), @r"
    q: complete, 0 count remain
      a -> q#q/a
      renewed: a of 2024-03-01 is valid to 2027-01-15, because b of 2025-02-01 and b of 2026-01-15 renewed it
      not-asked: b of 2024-05-01 does not count: no requirement asks for it
      not-asked: b of 2025-02-01 does not count: no requirement asks for it
      not-asked: b of 2026-01-15 does not count: no requirement asks for it
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

/// What already counts is still to be earned: it is the limit that keeps out what is held.
#[test]
fn what_a_limit_keeps_out_is_not_blamed_on_what_is_to_be_earned() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["a", "b"]
        limits = [{ at_most = { count = 0 }, where = { live = { none = [true] } } }]
        [credential]
        a = { attributes = { live = true } }
        b = { attributes = { live = true } }"#;
    assert_snapshot!(audit_text(rules, "a live=false on=2026-01-01\nb on=2026-01-01"), @r"
    q: 1 count remain
      b -> q#q/b
      capped: a of 2026-01-01 does not count: an upper limit of q is reached
      lacks: “a” has 0 of 1 credential: 1 credential short
      next: earn a
    ");
}
