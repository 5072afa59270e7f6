//! Requirements that accept only what has one value of an attribute.

use insta::assert_snapshot;

use crate::record::{audit_text, findings, sentences};

const ONE_FIELD: &str = r#"
    [qualification]
    id = "q"
    all = ["one-field"]
    [requirement.one-field]
    same = "field"
    each = ["badges", "exam"]
    [requirement.badges]
    count = 2
    from = "badges"
    [requirement.exam]
    count = 1
    from = "exams"
    over = "counted"
    [pool.badges]
    where = { kind = ["badge", "exam"] }
    [pool.exams]
    where = { kind = "exam" }
    [credential]
    h1 = { kind = "badge", attributes = { field = "health" } }
    hx = { kind = "exam", attributes = { field = "health" } }
    s1 = { kind = "badge", attributes = { field = "social" } }
    sx = { kind = "exam", attributes = { field = "social" } }
    both = { kind = "badge", attributes = { field = ["health", "social"] } }
    none = { kind = "badge" }"#;

#[test]
fn all_that_counts_has_the_value_that_serves_best() {
    assert_snapshot!(audit_text(ONE_FIELD, "h1\nhx\ns1"), @"
    q: complete, 0 count remain
      h1 -> q#badges
      hx -> q#badges
      other-value: s1 does not count: “one-field” asks for one value of field, and it has another
    ");
    assert_snapshot!(audit_text(ONE_FIELD, "both\nsx"), @"
    q: complete, 0 count remain
      both -> q#badges
      sx -> q#badges
    ");
    assert_snapshot!(audit_text(ONE_FIELD, "h1\nsx\nnone"), @"
    q: 1 count remain
      sx -> q#badges
      other-value: h1 does not count: “one-field” asks for one value of field, and it has another
      other-value: none does not count: “one-field” asks for one value of field, and it has another
      lacks: “badges” has 1 of 2 credentials: 1 credential short
      next: earn s1
    ");
    assert_snapshot!(audit_text(ONE_FIELD, "h1\nhx field=arts"), @"
    q: 1 count remain
      h1 -> q#badges
      other-value: hx does not count: “one-field” asks for one value of field, and it has another
      lacks: “badges” has 1 of 2 credentials: 1 credential short
      lacks: “exam” has 0 of 1 credential: 1 credential short
      next: earn hx
    ");
    assert_snapshot!(sentences(ONE_FIELD), @"
    q: “one-field”
    one-field: for one value of field, “badges” and “exam”
    badges: at least 2 credentials from “badges”
    exam: at least 1 credential from “exams”, among what is counted here
    ");
}

#[test]
fn what_is_asked_for_one_value_is_asked_nowhere_else() {
    let with = |from: &str, to: &str| findings(&ONE_FIELD.replacen(from, to, 1));
    assert_snapshot!(with("all = [\"one-field\"]", "all = [\"one-field\", \"exam\"]"), @"
    conflicting-keys: `exam` is asked by `one-field` for one value, and by `q` for all
    ");
    assert_snapshot!(with("over = \"counted\"", "over = \"attempted\""), @"
    conflicting-keys: `exam` looks at everything attempted, whatever value it has
    ");
    assert_snapshot!(with("same = \"field\"", "same = \"feild\""), @"
    unknown-attribute: no credential has the attribute `feild`
    ");
    assert_snapshot!(with("each = [\"badges\", \"exam\"]", ""), @"
    missing-key: the key `each` is missing
    ");
    assert_snapshot!(with("each = [\"badges\", \"exam\"]", "each = []\n    min_grade = 3"), @"
    conflicting-keys: `min_grade` does not go with `same`
    empty-list: `each` names nothing
    ");
}
