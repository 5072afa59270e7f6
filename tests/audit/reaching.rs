//! What remains, and what cannot be reached.

use insta::assert_snapshot;

use crate::record::audit_text;

#[test]
fn what_cannot_be_reached_says_why() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["core", "gone"]
        [requirement.core]
        credits = 10
        from = "p"
        [pool.p]
        of = ["a", "b"]
        [credential]
        a = { credits = 4 }
        b = { credits = 4 }
        gone = { offered = false }"#;
    assert_snapshot!(audit_text(rules, "a"), @r"
    q: unreachable
      a -> q#core
      cannot-be-met: “core” would stay 2 credits short, whatever is earned
      cannot-be-met: “gone” would stay 1 credential short, whatever is earned
      lacks: “core” has 4 of 10 credits: 6 credits short
      lacks: “gone” has 0 of 1 credential: 1 credential short
    ");
}

#[test]
fn all_that_remains_may_be_a_confirmation() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["a", "placement"]
        [requirement.placement]
        attest = "placement"
        at_least = 120
        unit = "hours"
        [credential]
        a = {}"#;
    assert_snapshot!(audit_text(rules, "a\nshows placement 80\nshows placement 39.5"), @r"
    q: 0 count remain, 1 to confirm
      a -> q#q/a
      unconfirmed: “placement” is confirmed for 119.5 of 120
      next: confirm placement
    ");
    assert_snapshot!(audit_text(rules, "a\nshows placement 80\nshows placement 40"), @r"
    q: complete, 0 count remain
      a -> q#q/a
    ");
}

#[test]
fn what_is_required_first_is_advised_first_and_paid_for() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "cost"
        any = ["z", "y"]
        [credential]
        a = { cost = 3 }
        b = { cost = 9 }
        y = { cost = 6 }
        z = { cost = 2, requires = [["a", "b"]] }"#;
    assert_snapshot!(audit_text(rules, ""), @r"
    q: 5 cost remain in 2
      lacks: “z” has 0 of 1 credential: 1 credential short
      next: earn a
      next: earn z
    ");
    // With `b` in hand nothing need be paid for what is required.
    assert_snapshot!(audit_text(rules, "b"), @r"
    q: 2 cost remain in 1
      not-asked: b does not count: no requirement asks for it
      lacks: “z” has 0 of 1 credential: 1 credential short
      next: earn z
    ");
}
