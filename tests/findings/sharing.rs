//! Sharing policies that say too little, too much, or nothing.

use insta::assert_snapshot;

use crate::support::findings;

/// Two qualifications, of which the first states how many credits it requires, and a policy.
fn of_policy(policy: &str) -> String {
    findings(&[
        (
            "a.toml",
            "format = 1\n[qualification]\nid = \"A\"\nall = \"x\"\nlimits = [{ at_least = { credits = 6 } }]\n[credential]\nx = { credits = 6 }",
        ),
        ("b.toml", "format = 1\n[qualification]\nid = \"B\"\nall = \"x\""),
        ("p.toml", &format!("format = 1\n[[sharing]]\n{policy}")),
    ])
}

/// A policy between the two.
fn between(policy: &str) -> String {
    of_policy(&format!("between = [\"A\", \"B\"]\n{policy}"))
}

#[test]
fn a_policy_demands_one_thing() {
    assert_snapshot!(of_policy("between = [\"A\", \"B\"]"), @"
    p.toml:2:1 error[missing-key] this policy demands nothing
      help: add one of: at_most, unique_at_least, surplus_above, max_purposes, max_partners, banned, banned_above
    ");
    assert_snapshot!(between("banned = true\nat_most = { count = 1 }"), @"
    p.toml:2:1 error[conflicting-keys] `at_most`, `banned` are policies of their own
      help: write a `[[sharing]]` for each
    ");
    assert_snapshot!(between("jointly_with = \"transferred\"\nmax_purposes = 1"), @"
    p.toml:2:1 error[conflicting-keys] `jointly_with` goes with `at_most`, not with `max_purposes`
      help: take it out
    ");
    assert_snapshot!(between("for = \"A\"\nat_most = { count = 1 }"), @"
    p.toml:4:7 error[conflicting-keys] `for` says whose part is measured, and `at_most` measures nobody's part
      help: take it out
    ");
    assert_snapshot!(between("where = { credits = { min = 1 } }\nbanned = true"), @"
    p.toml:4:9 error[conflicting-keys] `banned` is not about some credentials only
      help: take `where` out, or write `banned_above`
    ");
}

#[test]
fn a_policy_is_between_qualifications_or_from_one_into_another() {
    assert_snapshot!(of_policy("from = \"A\"\nat_most = { count = 1 }"), @"
    p.toml:2:1 error[missing-key] the key `into` is missing
      help: add `into = …`
    ");
    assert_snapshot!(of_policy("from = \"A\"\ninto = \"A\"\nat_most = { count = 1 }"), @"
    p.toml:4:8 error[conflicting-keys] a policy is between two different qualifications
      help: name another, or take the policy out
    ");
    assert_snapshot!(between("from = \"A\"\ninto = \"B\"\nat_most = { count = 1 }"), @"
    p.toml:2:1 error[conflicting-keys] a policy is either `between` qualifications or `from` one `into` another
      help: take `between` out, or `from` and `into`
    ");
    assert_snapshot!(of_policy("from = \"A\"\ninto = \"B\"\nmax_partners = 0"), @"
    p.toml:2:1 error[conflicting-keys] `max_partners` has no direction
      help: write `between` instead of `from` and `into`
    ");
    assert_snapshot!(of_policy("from = \"A\"\ninto = \"B\"\nat_most = { count = 1 }\njointly_with = \"recognised\""), @"
    p.toml:2:1 error[conflicting-keys] `jointly_with` has no direction
      help: write `between` instead of `from` and `into`
    ");
    assert_snapshot!(between("for = \"C\"\nunique_at_least = { count = 1 }"), @"
    p.toml:4:7 error[unknown-name] no credential or qualification is named `C`
      help: define it, or take the name out
    ");
}

#[test]
fn an_amount_of_a_policy_says_what_it_counts_and_of_what() {
    assert_snapshot!(between("at_most = 3"), @"
    p.toml:4:11 error[conflicting-keys] it is not said what this number counts
      help: write `{ count = … }` or `{ credits = … }`
    ");
    assert_snapshot!(between("at_most = { sum = 3, of = \"points\" }"), @"
    p.toml:4:11 error[conflicting-keys] `sum` does not go with this amount
      help: write `{ count = … }`, `{ credits = … }`, or `{ fraction = …, measure = … }`
    ");
    assert_snapshot!(between("at_most = { fraction = \"1/2\", measure = \"credits\" }"), @r#"
    p.toml:4:11 error[missing-key] the key `of` is missing
      help: say of which qualification it is a part: `of = "…"`
    "#);
    assert_snapshot!(between("at_most = { fraction = \"1/2\", of = \"A\" }"), @r#"
    p.toml:4:11 error[missing-key] the key `measure` is missing
      help: say in what it is measured: `measure = "credits"` or `measure = "count"`
    "#);
    assert_snapshot!(between("at_most = { fraction = \"1/2\", of = \"B\", measure = \"credits\" }"), @"
    p.toml:4:11 error[missing-key] nothing says how much `B` requires in `credits`
      help: state it there: `limits = [{ at_least = { credits = … } }]`, or write the amount here
    ");
    assert_snapshot!(between("at_most = { fraction = \"3/2\", of = \"A\", measure = \"credits\" }"), @"
    p.toml:4:24 error[invalid-value] `fraction` takes a part of a whole, not `3/2`
      help: write it like `1/2` or `0.25`; it is at most 1, and of at most a thousand parts
    ");
    assert_snapshot!(between("at_most = { fraction = \"1/2\", of = \"A\", measure = \"credits\", rounding = \"near\" }"), @"
    p.toml:4:73 error[invalid-value] `rounding` cannot be `near`
      help: it is one of `up`, `down`
    ");
    assert_snapshot!(between("at_most = { fraction = \"1/2\", of = \"A\", measure = \"credits\" }"), @"");
}

/// Only what comes after is measured: what comes before need not state how much it requires.
#[test]
fn a_part_with_a_direction_is_of_what_comes_after() {
    let part = "at_most = { fraction = \"1/2\", measure = \"credits\" }";
    assert_snapshot!(of_policy(&format!("from = \"B\"\ninto = \"A\"\n{part}")), @"");
    assert_snapshot!(of_policy(&format!("from = \"A\"\ninto = \"B\"\n{part}")), @"
    p.toml:5:11 error[missing-key] nothing says how much `B` requires in `credits`
      help: state it there: `limits = [{ at_least = { credits = … } }]`, or write the amount here
    ");
}

#[test]
fn a_policy_that_demands_nothing_is_named() {
    assert_snapshot!(between("unique_at_least = { credits = 0 }"), @"
    p.toml:4:19 error[vacuous] at least nothing is always so
      help: take the policy out
    ");
    assert_snapshot!(between("max_purposes = 2"), @"
    p.toml:4:16 error[vacuous] with the qualifications that it names, `max_purposes = 2` is always so
      help: lower it, name more qualifications, or take the policy out
    ");
    assert_snapshot!(between("max_purposes = 0"), @"
    p.toml:4:16 error[invalid-value] `max_purposes` takes a whole number from 1 on, not `0`
      help: to share nothing at all, write `at_most = { count = 0 }`
    ");
    assert_snapshot!(between("max_partners = 1"), @"
    p.toml:4:16 error[vacuous] with the qualifications that it names, `max_partners = 1` is always so
      help: lower it, name more qualifications, or take the policy out
    ");
    assert_snapshot!(between("banned = false"), @"
    p.toml:4:10 error[vacuous] `banned = false` demands nothing
      help: take the policy out
    ");
}

#[test]
fn an_id_of_a_policy_is_given_once() {
    let twice = "id = \"p\"\nbetween = [\"A\", \"B\"]\nbanned = true\n[[sharing]]\nid = \"p\"\nbetween = [\"A\", \"B\"]\nmax_partners = 0";
    assert_snapshot!(of_policy(twice), @"
    p.toml:6:1 error[duplicate-id] the sharing policy `p` is defined twice
      help: take one of them out, or give it an id of its own
      p.toml:6:1 defined again here
      p.toml:2:1 first defined here
    ");
}

#[test]
fn a_part_of_a_qualification_that_asks_for_nothing_readable_is_no_panic() {
    let said = findings(&[
        ("b.toml", "format = 1\n[qualification]\nid = \"B\""),
        ("a.toml", "format = 1\n[qualification]\nid = \"A\"\nall = \"x\"\n[credential]\nx = { credits = 6 }"),
        (
            "p.toml",
            "format = 1\n[[sharing]]\nbetween = [\"A\", \"B\"]\nat_most = { fraction = \"1/2\", of = \"B\", measure = \"credits\" }",
        ),
    ]);
    assert!(said.contains("b.toml"), "{said}");
}
