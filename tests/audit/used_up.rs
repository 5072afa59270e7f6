//! What awards use up, and what is said of it.

use insta::assert_snapshot;

use crate::record::audit_text;

/// A diploma of three units.
const DIPLOMA: &str = r#"
    [qualification]
    id = "a-diploma"
    all = "units"
    [requirement.units]
    count = 3
    from = "any"
    [pool.any]
    of = ["a", "b", "c", "d"]
"#;

/// A certificate of two units that uses them up.
const CERT: &str = r#"
    [qualification]
    id = "cert"
    all = "units"
    [requirement.units]
    count = 2
    from = "any"
    [pool.any]
    of = ["a", "b"]
    [on_award]
    credits = "consume"
    [credential]
    a = {}
    b = {}
    c = {}
    d = {}"#;

/// The rules of the diploma and of the certificate.
fn rules() -> String {
    format!("{DIPLOMA}---{CERT}")
}

#[test]
fn what_an_award_has_used_up_counts_for_nothing_else() {
    assert_snapshot!(audit_text(&rules(), "a on=2024-01-01\nb on=2024-01-01\nc\ncert on=2024-02-01 by=a,b"), @"
    a-diploma: 2 count remain
      c -> a-diploma#units
      used-up: a of 2024-01-01 does not count: the award of cert has used it up
      used-up: b of 2024-01-01 does not count: the award of cert has used it up
      not-asked: cert of 2024-02-01 does not count: no requirement asks for it
      lacks: “units” has 1 of 3 credentials: 2 credentials short
      next: earn a
      next: earn b
    ");
}

#[test]
fn what_was_passed_anew_after_the_award_counts() {
    let record = "a on=2024-01-01\nb on=2024-01-01\nc\na on=2024-02-02\ncert on=2024-02-01 by=a,b";
    assert_snapshot!(audit_text(&rules(), record), @"
    a-diploma: 1 count remain
      c -> a-diploma#units
      a -> a-diploma#units
      used-up: a of 2024-01-01 does not count: the award of cert has used it up
      used-up: b of 2024-01-01 does not count: the award of cert has used it up
      not-asked: cert of 2024-02-01 does not count: no requirement asks for it
      lacks: “units” has 2 of 3 credentials: 1 credential short
      next: earn b
    ");
}

#[test]
fn an_award_of_which_nothing_is_recorded_uses_nothing_up() {
    assert_snapshot!(audit_text(&rules(), "a\nb\nc\ncert on=2024-02-01"), @"
    a-diploma: complete, 0 count remain
      a -> a-diploma#units
      b -> a-diploma#units
      c -> a-diploma#units
      not-asked: cert of 2024-02-01 does not count: no requirement asks for it
      unrecorded: cert of 2024-02-01 uses nothing up: what earned it is not recorded
    ");
}

/// Neither does one that was taken back, or that is only planned.
#[test]
fn an_award_that_is_not_had_uses_nothing_up() {
    for state in ["revoked", "planned"] {
        let text = audit_text(&rules(), &format!("a\nb\nc\ncert on=2024-02-01 by=a,b state={state}"));
        assert!(text.contains("complete, 0"), "{text}");
    }
    let text = audit_text(&rules(), "a\nb\nc\ncert on=2024-02-01 to=2024-03-01 by=a,b");
    assert!(text.contains("2 count remain"), "it has expired, and what it used up is gone: {text}");
}

/// An award that is still to come uses up what it rests on: that is planned for.
#[test]
fn a_new_award_is_reckoned_with() {
    let rules = r#"
        [qualification]
        id = "a-ladder"
        all = ["award", "more"]
        [requirement.award]
        award = "cert"
        as = "held"
        [requirement.more]
        count = 1
        from = "any"
        [pool.any]
        of = ["a", "b"]
        ---
        [qualification]
        id = "cert"
        all = "a"
        [on_award]
        credits = "consume"
        [credential]
        a = {}
        b = {}"#;
    assert_snapshot!(audit_text(rules, "a"), @"
    a-ladder: 1 count remain
      a -> cert#cert/a
      not-awarded: “award” asks for cert, which is not awarded
      lacks: “more” has 0 of 1 credential: 1 credential short
      next: earn b
      next: award cert
    ");
    assert_snapshot!(audit_text(rules, "a\nb"), @"
    a-ladder: 0 count remain
      a -> cert#cert/a
      b -> a-ladder#more
      not-awarded: “award” asks for cert, which is not awarded
      next: award cert
    ");
}

/// The award of today is expired and has used up what a new one needs; it is of the same qualification,
/// so the new one counts it again, although the diploma could not.
#[test]
fn a_new_award_may_use_up_what_one_of_the_same_qualification_has() {
    let diploma = r#"
        [qualification]
        id = "a-diploma"
        any = ["a", "awarded"]
        [requirement.awarded]
        award = "cert"
        as = "held"
        "#;
    let rules = format!("{diploma}---{CERT}");
    assert_snapshot!(audit_text(&rules, "a on=2024-01-01\nb on=2024-01-01\ncert on=2026-06-15 to=2025-01-01 by=a,b"), @"
    a-diploma: 0 count remain
      a -> cert#units
      b -> cert#units
      expired: cert of 2026-06-15 does not count: its last day was 2025-01-01
      not-awarded: “awarded” asks for cert, which is not awarded
      next: award cert
    ");
}
