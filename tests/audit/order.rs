//! Requirements of which one comes after another.

use insta::assert_snapshot;

use crate::record::{audit_text, findings, sentences};

const IN_ORDER: &str = r#"
    [qualification]
    id = "q"
    all = ["last", "first"]
    [requirement.first]
    all = ["a", "b"]
    [requirement.last]
    count = 1
    from = "exams"
    after = "first"
    [pool.exams]
    where = { kind = "exam" }
    [credential]
    a = {}
    b = {}
    x = { kind = "exam" }
    y = { kind = "exam" }"#;

#[test]
fn what_came_too_early_does_not_count() {
    assert_snapshot!(audit_text(IN_ORDER, "a on=2025-01-01\nb on=2025-01-02\nx on=2025-01-02"), @"
    q: complete, 0 count remain
      a -> q#first/a
      b -> q#first/b
      x -> q#last
    ");
    assert_snapshot!(audit_text(IN_ORDER, "a on=2025-01-01\nb on=2025-01-03\nx on=2025-01-02"), @"
    q: 1 count remain
      a -> q#first/a
      b -> q#first/b
      order: x of 2025-01-02 does not count: it is out of order: what counts toward “last” is awarded no earlier than what counts toward “a” and “b”
      lacks: “last” has 0 of 1 credential: 1 credential short
      next: earn x
    ");
    assert_snapshot!(audit_text(IN_ORDER, "a on=2025-01-01\nb on=2025-01-03\nx on=2025-01-02\ny on=2025-02-01"), @"
    q: complete, 0 count remain
      a -> q#first/a
      b -> q#first/b
      y -> q#last
      order: x of 2025-01-02 does not count: it is out of order: what counts toward “last” is awarded no earlier than what counts toward “a” and “b”
    ");
    assert_snapshot!(audit_text(IN_ORDER, "a\nb on=2025-01-03\nx on=2025-01-04"), @"
    q: 2 count remain
      b -> q#first/b
      order: a does not count: it is out of order: what counts toward “last” is awarded no earlier than what counts toward “a” and “b”
      order: x of 2025-01-04 does not count: it is out of order: what counts toward “last” is awarded no earlier than what counts toward “a” and “b”
      lacks: “a” in “first” has 0 of 1 credential: 1 credential short
      lacks: “last” has 0 of 1 credential: 1 credential short
      next: earn a
      next: earn x
    ");
}

#[test]
fn advice_keeps_the_order() {
    // By name, `a` would be earned first.
    let turned = IN_ORDER
        .replace("all = [\"a\", \"b\"]", "all = [\"x\", \"y\"]")
        .replace("kind = \"exam\" }\n    [cred", "kind = \"first\" }\n    [cred")
        .replace("a = {}", "a = { kind = \"first\" }");
    assert_snapshot!(audit_text(&turned, ""), @"
    q: 3 count remain
      lacks: “x” in “first” has 0 of 1 credential: 1 credential short
      lacks: “y” in “first” has 0 of 1 credential: 1 credential short
      lacks: “last” has 0 of 1 credential: 1 credential short
      next: earn x
      next: earn y
      next: earn a
    ");
    // What must be had before something can be earned comes before it all the same.
    let required = turned.replace("x = {", "x = { requires = \"a\",");
    assert_snapshot!(audit_text(&required, ""), @"
    q: 3 count remain
      lacks: “x” in “first” has 0 of 1 credential: 1 credential short
      lacks: “y” in “first” has 0 of 1 credential: 1 credential short
      lacks: “last” has 0 of 1 credential: 1 credential short
      next: earn y
      next: earn a
      next: earn x
    ");
}

#[test]
fn what_is_new_may_come_too_late_for_what_is_held() {
    let rules = r#"
    [qualification]
    id = "q"
    any = ["first", "last"]
    limits = [{ at_least = { count = 2 } }]
    [requirement.first]
    optional = true
    from = "new"
    [requirement.last]
    all = ["a"]
    after = "first"
    [pool.new]
    of = ["b"]
    [credential]
    a = {}
    b = {}"#;
    assert_snapshot!(audit_text(rules, "a on=2025-01-01"), @"
    q: 1 count remain
      a -> q#last/a
      lacks: q as a whole has 1 of 2 credentials: 1 credential short
      next: earn b
    ");
}

#[test]
fn an_order_is_said_in_sentences() {
    assert_snapshot!(sentences(IN_ORDER), @"
    q: both “first” and “last”
    first: both “a” and “b”
    first/a: a
    first/b: b
    last: at least 1 credential from “exams”, awarded no earlier than what counts toward “first”
    ");
}

#[test]
fn only_what_takes_has_a_place_in_an_order() {
    let with = |from: &str, to: &str| findings(&IN_ORDER.replacen(from, to, 1));
    assert_snapshot!(with("after = \"first\"", "after = \"last\""), @"conflicting-keys: a requirement does not come after itself");
    assert_snapshot!(with("after = \"first\"", "after = \"frist\""), @"unknown-name: no requirement is named `frist`");
    assert_snapshot!(with("after = \"first\"", "after = []"), @"empty-list: `after` names nothing");
    assert_snapshot!(with("all = [\"a\", \"b\"]", "all = [\"a\", \"b\"]\n after = \"last\""), @"cycle: `first` rests on itself: `first` → `last` → `first`");
    assert_snapshot!(with("all = [\"a\", \"b\"]", "all = [\"a\", \"last\"]"), @"cycle: `first` rests on itself: `first` → `last` → `first`");
    assert_snapshot!(with("count = 1", "count = 1\n over = \"held\""), @"
    conflicting-keys: `last` takes no holdings, so it has no day in an order
    ");
    assert_snapshot!(with("all = [\"a\", \"b\"]", "attest = \"hours\""), @"
    conflicting-keys: `first` takes no holdings, so it has no day in an order
    ");
    assert_snapshot!(with("all = [\"a\", \"b\"]", "attest = \"hours\"\n after = \"last\""), @"
    conflicting-keys: `after` does not go with `attest`
    cycle: `first` rests on itself: `first` → `last` → `first`
    ");
}
