//! Units that count for less than all their credits, or toward several requirements.

use insta::assert_snapshot;

use crate::record::{audit_text, findings, sentences};

/// A qualification of 20 credits, of which at most 9 are transferred.
fn at_most_nine(how: &str) -> String {
    format!(
        r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = ["r"]
        [requirement.r]
        credits = 20
        from = "p"
        limits = [{{ at_most = 9, where = {{ source = "transferred" }} }}]
        {how}
        [pool.p]
        of = ["a", "b", "c", "d"]
        [credential]
        a = {{ credits = 6 }}
        b = {{ credits = 6 }}
        c = {{ credits = 11 }}
        d = {{ credits = 5 }}"#
    )
}

#[test]
fn a_unit_counts_for_what_fits_where_the_rule_says_so() {
    let record = "c\na source=transferred\nb source=transferred";
    let cut = at_most_nine("larger_than_room = \"truncate\"");
    assert_snapshot!(audit_text(&cut, record), @"
    q: complete, 0 credits remain
      a, 3 credits of it -> q#r
      b -> q#r
      c -> q#r
    ");
    let refused = at_most_nine("larger_than_room = \"refuse\"");
    assert_eq!(audit_text(&refused, record), audit_text(&at_most_nine(""), record));
    assert_snapshot!(audit_text(&refused, record), @"
    q: 5 credits remain in 1
      a -> q#r
      c -> q#r
      capped: b does not count: an upper limit of “r” is reached
      lacks: “r” has 17 of 20 credits: 3 credits short
      next: earn d
    ");
    assert_snapshot!(sentences(&cut), @"
    q: “r”
    r: at least 20 credits from “p”, of which at most 9 credits from those that were transferred, a unit larger than the room left counting for what fits
    ");
}

/// Two requirements of 5 credits, between which a unit of 4 may be divided.
const DIVIDED: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = ["law", "art"]
    limits = [{ at_most = { count = 3 } }]
    [requirement.law]
    credits = 5
    from = "law"
    splittable = true
    [requirement.art]
    credits = 5
    from = "art"
    splittable = true
    [pool.law]
    where = { subject = "law" }
    [pool.art]
    where = { subject = "art" }
    [credential]
    both = { credits = 4, subject = ["law", "art"] }
    l = { credits = 3, subject = "law" }
    a = { credits = 3, subject = "art" }"#;

#[test]
fn a_unit_is_divided_between_two_requirements_and_counts_once_in_number() {
    assert_snapshot!(audit_text(DIVIDED, "both\nl\na"), @"
    q: complete, 0 credits remain
      a -> q#art
      both, 2 credits of it -> q#art
      both, 2 credits of it -> q#law
      l -> q#law
    ");
    assert_snapshot!(audit_text(DIVIDED, "both\nl"), @"
    q: 3 credits remain in 1
      both, 2 credits of it -> q#art
      both, 2 credits of it -> q#law
      l -> q#law
      lacks: “art” has 2 of 5 credits: 3 credits short
      next: earn a
    ");
    assert_snapshot!(sentences(DIVIDED), @"
    q: both “art” and “law”
    art: at least 5 credits from “art”, a unit's credits being divided where that helps
    law: at least 5 credits from “law”, a unit's credits being divided where that helps
    of everything: at most 3 in all
    ");
}

#[test]
fn what_is_divided_is_measured_in_credits_alone() {
    let counted = DIVIDED.replacen("credits = 5\n", "credits = 5\ncount = 1\n", 1);
    assert_snapshot!(findings(&counted), @"
    conflicting-keys: `splittable` divides credits, so the requirement can speak of credits only
    ");
    let looks = DIVIDED.replacen("splittable = true", "over = \"held\"\nsplittable = true", 1);
    assert_snapshot!(findings(&looks), @"
    conflicting-keys: `splittable` is for requirements that take, and this one only looks
    ");
}

#[test]
fn what_chooses_by_credits_needs_whole_units() {
    let rules = DIVIDED.replace("\"art\"]\n    limits", "\"art\", \"seen\"]\n    limits").replace(
        "[pool.law]",
        "[requirement.seen]\nover = \"counted\"\ncredits = 2\nfrom = \"law\"\nlimits = [{ at_most = 3 }]\n[pool.law]",
    );
    assert_snapshot!(findings(&rules), @"
    conflicting-keys: `seen` chooses what it looks at by credits, and not all of a unit's credits may count here
    ");
}
