//! What counts, how often, and where.

use insta::assert_snapshot;

use crate::record::audit_text;

#[test]
fn two_awards_of_one_credential_count_once() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["two"]
        [requirement.two]
        count = 2
        from = "p"
        [pool.p]
        of = ["a", "b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}"#;
    assert_snapshot!(audit_text(rules, "a on=2025-01-01\na on=2024-01-01"), @r"
    q: 1 count remain
      a -> q#two
      same-credential: a of 2025-01-01 does not count: a already counts, and counts once
      lacks: “two” has 1 of 2 credentials: 1 credential short
      next: earn b
    ");
}

#[test]
fn twelve_fifths_of_twelve_are_counted_exactly() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["five"]
        [requirement.five]
        credits = 12
        from = "p"
        [pool.p]
        where = { credits = { max = 2.4 } }
        [credential]
        a = { credits = 2.4 }
        b = { credits = 2.4 }
        c = { credits = 2.4 }
        d = { credits = 2.4 }
        e = { credits = 2.4 }
        f = { credits = 2.401 }"#;
    assert_snapshot!(audit_text(rules, "a\nb\nc\nd\ne\nf"), @r"
    q: complete, 0 credits remain
      a -> q#five
      b -> q#five
      c -> q#five
      d -> q#five
      e -> q#five
      not-asked: f does not count: no requirement asks for it
    ");
}

#[test]
fn what_does_not_fit_under_a_cap_counts_elsewhere() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["core", "free"]
        [requirement.core]
        credits = 10
        from = "p"
        limits = [{ at_most = 15 }]
        [requirement.free]
        credits = 20
        from = "p"
        [pool.p]
        of = ["a", "b", "c"]
        [credential]
        a = { credits = 10 }
        b = { credits = 10 }
        c = { credits = 10 }"#;
    assert_snapshot!(audit_text(rules, "a on=2024-01-01\nb on=2024-01-02\nc on=2024-01-03"), @r"
    q: complete, 0 credits remain
      a -> q#free
      b -> q#free
      c -> q#core
    ");
}

#[test]
fn a_unit_larger_than_the_room_is_refused_whole() {
    let rules = r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["core"]
        [requirement.core]
        credits = 12
        from = ["own", "other"]
        limits = [{ at_most = { credits = 5 }, from = "other" }]
        [pool.own]
        of = ["a", "b"]
        [pool.other]
        of = ["x"]
        [credential]
        a = { credits = 6 }
        b = { credits = 6 }
        x = { credits = 6 }"#;
    assert_snapshot!(audit_text(rules, "a\nx"), @r"
    q: 6 credits remain in 1
      a -> q#core
      capped: x does not count: an upper limit of “core” is reached
      lacks: “core” has 6 of 12 credits: 6 credits short
      next: earn b
    ");
}

#[test]
fn the_place_that_only_one_holding_fits_is_kept_for_it() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["any", "narrow"]
        [requirement.any]
        count = 1
        from = "wide"
        [requirement.narrow]
        count = 1
        from = "narrow"
        [pool.wide]
        of = ["a", "b"]
        [pool.narrow]
        of = ["a"]
        [credential]
        a = {}
        b = {}"#;
    // First come, first served would give `a` to the wide pool and find nothing for the narrow one.
    assert_snapshot!(audit_text(rules, "a on=2024-01-01\nb on=2025-01-01"), @r"
    q: complete, 0 count remain
      a -> q#narrow
      b -> q#any
    ");
}

#[test]
fn the_earliest_holding_is_the_one_that_counts() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["one"]
        [requirement.one]
        count = 1
        from = "p"
        [pool.p]
        of = ["a", "b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}"#;
    assert_snapshot!(audit_text(rules, "a on=2025-01-01\nc on=2024-06-01\nb on=2024-06-01"), @r"
    q: complete, 0 count remain
      b -> q#one
      not-needed: c of 2024-06-01 does not count: “one” accepts it, but counting it would not lower what remains
      not-needed: a of 2025-01-01 does not count: “one” accepts it, but counting it would not lower what remains
    ");
}

#[test]
fn of_barred_credentials_one_counts() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["two"]
        [requirement.two]
        count = 2
        from = "p"
        [pool.p]
        of = ["a", "b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}
        [[exclusion]]
        between = ["a", "b"]"#;
    assert_snapshot!(audit_text(rules, "a on=2024-01-01\nb on=2025-01-01"), @r"
    q: 1 count remain
      a -> q#two
      excluded: b of 2025-01-01 does not count: a counts, and excludes it
      lacks: “two” has 1 of 2 credentials: 1 credential short
      next: earn c
    ");
}

#[test]
fn interchangeable_units_are_named_each_as_itself() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["two"]
        [requirement.two]
        count = 2
        from = "p"
        [pool.p]
        where = { kind = "k" }
        [credential]
        a = { kind = "k" }
        b = { kind = "k" }"#;
    assert_snapshot!(audit_text(rules, "a\nb"), @r"
    q: complete, 0 count remain
      a -> q#two
      b -> q#two
    ");
}
