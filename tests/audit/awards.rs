//! Qualifications inside qualifications.

use insta::assert_snapshot;

use crate::record::audit_text;

/// A diploma that asks for a certificate in some mode.
fn diploma(mode: &str) -> String {
    format!(
        r#"
        [qualification]
        id = "diploma"
        all = ["cert"]
        [requirement.cert]
        award = "certificate"
        as = "{mode}"
        ---
        [qualification]
        id = "certificate"
        all = ["a", "b"]
        [credential]
        a = {{}}
        b = {{}}"#
    )
    .replace("diploma", "a-diploma")
}

#[test]
fn an_award_is_not_its_components_and_they_are_not_the_award() {
    assert_snapshot!(audit_text(&diploma("held"), "a\nb"), @r"
    a-diploma: 0 count remain
      a -> certificate#certificate/a
      b -> certificate#certificate/b
      not-awarded: “cert” asks for certificate, which is not awarded
      next: award certificate
    ");
    assert_snapshot!(audit_text(&diploma("earned"), "certificate"), @r"
    a-diploma: 2 count remain
      not-asked: certificate does not count: no requirement asks for it
      not-awarded: “cert” asks for certificate, which is not complete
      lacks: “a” of certificate has 0 of 1 credential: 1 credential short
      lacks: “b” of certificate has 0 of 1 credential: 1 credential short
      next: earn a
      next: earn b
    ");
    assert_snapshot!(audit_text(&diploma("either"), "certificate"), @r"
    a-diploma: complete, 0 count remain
      shows: certificate is held as an award, and meets “cert”
    ");
    assert_snapshot!(audit_text(&diploma("either"), "a\nb"), @r"
    a-diploma: complete, 0 count remain
      a -> certificate#certificate/a
      b -> certificate#certificate/b
    ");
}

#[test]
fn complete_is_not_awarded() {
    assert_snapshot!(audit_text(&diploma("held"), "a"), @r"
    a-diploma: 1 count remain
      a -> certificate#certificate/a
      not-awarded: “cert” asks for certificate, which is not awarded
      lacks: “b” of certificate has 0 of 1 credential: 1 credential short
      next: earn b
      next: award certificate
    ");
}

/// Two certificates that share a unit, under one qualification.
fn both(policy: &str) -> String {
    format!(
        r#"
        [qualification]
        id = "both"
        all = ["one", "two"]
        [requirement.one]
        award = "cert-1"
        as = "earned"
        [requirement.two]
        award = "cert-2"
        as = "earned"
        {policy}
        ---
        [qualification]
        id = "cert-1"
        all = ["shared", "a"]
        ---
        [qualification]
        id = "cert-2"
        all = ["two"]
        [requirement.two]
        count = 2
        from = "p"
        [pool.p]
        of = ["shared", "b", "c"]
        [credential]
        shared = {{}}
        a = {{}}
        b = {{}}
        c = {{}}"#
    )
}

#[test]
fn scopes_are_independent_unless_a_policy_couples_them() {
    assert_snapshot!(audit_text(&both(""), "shared\na\nb"), @r"
    both: complete, 0 count remain
      a -> cert-1#cert-1/a
      b -> cert-2#two
      shared -> cert-1#cert-1/shared
      shared -> cert-2#two
    ");
    let policy = "[[sharing]]\nbetween = [\"cert-1\", \"cert-2\"]\nat_most = { count = 0 }";
    assert_snapshot!(audit_text(&both(policy), "shared\na\nb"), @"
    both: 1 count remain
      a -> cert-1#cert-1/a
      b -> cert-2#two
      shared -> cert-1#cert-1/shared
      not-awarded: “two” asks for cert-2, which is not complete
      lacks: “two” of cert-2 has 1 of 2 credentials: 1 credential short
      policy: Without the policy that cert-1 and cert-2 share nothing at 0.toml:12, it would be complete
      next: earn c
    ");
}

/// Taking the shared unit twice would otherwise be the cheap way around a policy.
#[test]
fn earning_a_credential_again_does_not_get_round_a_policy() {
    let policy = "[[sharing]]\nbetween = [\"cert-1\", \"cert-2\"]\nat_most = { count = 0 }";
    assert_snapshot!(audit_text(&both(policy), "shared on=2024-01-01\nshared on=2025-01-01\na\nb"), @"
    both: 1 count remain
      a -> cert-1#cert-1/a
      b -> cert-2#two
      shared -> cert-1#cert-1/shared
      same-credential: shared of 2025-01-01 does not count: shared already counts, and counts once
      not-awarded: “two” asks for cert-2, which is not complete
      lacks: “two” of cert-2 has 1 of 2 credentials: 1 credential short
      policy: Without the policy that cert-1 and cert-2 share nothing at 0.toml:12, it would be complete
      next: earn c
    ");
}

/// The award waits for the evidence that the certificate asks for, and for the award it rests on.
#[test]
fn an_award_is_advised_after_what_it_rests_on() {
    let rules = r#"
        [qualification]
        id = "a-diploma"
        all = ["cert"]
        [requirement.cert]
        award = "certificate"
        as = "held"
        ---
        [qualification]
        id = "certificate"
        all = ["c", "hours"]
        [requirement.hours]
        attest = "hours"
        at_least = 40
        ---
        [qualification]
        id = "first-step"
        all = ["b"]
        [credential]
        b = {}
        c = { requires = ["first-step"] }"#;
    assert_snapshot!(audit_text(rules, "shows hours 20"), @r"
    a-diploma: 2 count remain, 1 to confirm
      not-awarded: “cert” asks for certificate, which is not awarded
      lacks: “c” of certificate has 0 of 1 credential: 1 credential short
      unconfirmed: “hours” of certificate is confirmed for 20 of 40
      lacks: “b” of first-step has 0 of 1 credential: 1 credential short
      next: earn b
      next: confirm hours
      next: award first-step
      next: earn c
      next: award certificate
    ");
}
