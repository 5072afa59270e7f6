//! Requirements that look at holdings instead of taking them.

use cairn_engine::{Prepared, Question, Record, prepared::Scratch, remaining};
use cairn_testkit::random::AS_OF;
use insta::assert_snapshot;

use crate::record::{audit_text, catalog, learner};

/// Two units of group `p`, and some that are looked at.
fn rules(looks: &str) -> String {
    format!(
        r#"
        [qualification]
        id = "q"
        all = ["units", "project", "language"]
        [requirement.units]
        count = 2
        from = "p"
        [requirement.project]
        count = 1
        from = "project"
        {looks}
        [requirement.language]
        count = 1
        from = "language"
        {looks}
        [pool.p]
        of = ["a", "b", "c"]
        [pool.project]
        of = ["c", "x"]
        [pool.language]
        of = ["c", "x"]
        [credential]
        a = {{}}
        b = {{}}
        c = {{}}
        x = {{}}"#
    )
}

#[test]
fn counted_looks_at_what_counts_and_held_at_everything() {
    assert_snapshot!(audit_text(&rules("over = \"counted\""), "a on=2024-01-01\nb on=2024-01-02\nx"), @r"
    q: 1 count remain
      a -> q#units
      b -> q#units
      not-asked: x does not count: no requirement asks for it
      lacks: “language” has 0 of 1 credential: 1 credential short
      lacks: “project” has 0 of 1 credential: 1 credential short
      next: earn c
    ");
    assert_snapshot!(audit_text(&rules("over = \"held\""), "a on=2024-01-01\nb on=2024-01-02\nx"), @r"
    q: complete, 0 count remain
      x -> q#language
      x -> q#project
      a -> q#units
      b -> q#units
    ");
}

#[test]
fn two_overlays_may_look_at_one_holding_unless_they_share_a_layer() {
    let record = "a on=2024-01-01\nc on=2024-01-02";
    assert_snapshot!(audit_text(&rules("over = \"held\""), record), @r"
    q: complete, 0 count remain
      a -> q#units
      c -> q#units
    ");
    assert_snapshot!(audit_text(&rules("over = \"held\"\nlayer = \"extra\""), record), @r"
    q: 1 count remain
      a -> q#units
      c -> q#units
      lacks: “project” has 0 of 1 credential: 1 credential short
      next: earn x
    ");
}

/// The second award of `x` is no other credential than the first.
#[test]
fn in_a_layer_two_awards_of_one_credential_are_one() {
    let layer = rules("over = \"held\"\nlayer = \"extra\"");
    assert_snapshot!(audit_text(&layer, "a\nb\nx on=2024-01-01\nx on=2025-01-01"), @"
    q: 1 count remain
      a -> q#units
      b -> q#units
      x -> q#language
      not-needed: x of 2025-01-01 does not count: “language” accepts it, but counting it would not lower what remains
      lacks: “project” has 0 of 1 credential: 1 credential short
      next: earn c
    ");
}

/// Four interchangeable units, of which two count: a layer sees each of the two once.
#[test]
fn a_layer_sees_no_more_than_what_counts() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["units", "one", "other"]
        [requirement.units]
        count = 1
        from = "p"
        [requirement.one]
        count = 1
        from = "p"
        over = "counted"
        layer = "l"
        [requirement.other]
        count = 1
        from = "p"
        over = "counted"
        layer = "l"
        [pool.p]
        where = { kind = "k" }
        [credential]
        a = { kind = "k" }
        b = { kind = "k" }
        c = { kind = "k" }"#;
    assert_snapshot!(audit_text(rules, "a\nb\nc"), @r"
    q: complete, 0 count remain
      a -> q#units
      b -> q#units
      not-needed: c does not count: “units” accepts it, but counting it would not lower what remains
    ");
    assert_snapshot!(audit_text(rules, "a"), @r"
    q: 1 count remain
      a -> q#units
      lacks: “one” has 0 of 1 credential: 1 credential short
      next: earn b
    ");
}

/// One of two that share a layer lies within what another need takes; the other does not.
#[test]
fn a_layer_is_divided_though_one_of_it_looks_within_a_need() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["some", "wide", "narrow"]
        [requirement.some]
        count = 1
        from = "ab"
        [requirement.wide]
        over = "held"
        layer = "l"
        count = 1
        from = "abc"
        [requirement.narrow]
        over = "held"
        layer = "l"
        count = 1
        from = "ab"
        [pool.ab]
        of = ["a", "b"]
        [pool.abc]
        of = ["a", "b", "c"]
        [credential]
        a = {}
        b = {}
        c = {}"#;
    let catalog = catalog(rules);
    let question = Question::new(&catalog, catalog.qualification_indexes().next().expect("one"), AS_OF);
    let nobody = learner("");
    let prepared = Prepared::new(&catalog, &question);
    let at_once = prepared.remaining(&Record::new(&catalog, &nobody), &mut Scratch::default());
    assert_eq!(at_once, remaining(&catalog, &nobody, &question));
    assert_eq!(at_once.map(|cost| cost.new), Some(2));
}
