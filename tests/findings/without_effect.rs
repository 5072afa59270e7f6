//! Findings about rules that change nothing.

use insta::assert_snapshot;

use crate::support::{findings, of_one};

#[test]
fn a_requirement_is_asked_for() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[requirement.r]
all = "a"
[credential.a]
"#), @"
    r.toml:6:14 error[unused-requirement] nothing asks for the requirement `r`
      help: name it in the qualification or in another requirement, or take it out
    ");
}

#[test]
fn a_pool_is_used() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[pool.p]
of = "a"
[credential.a]
"#), @"
    r.toml:6:7 warning[unused-pool] nothing uses the pool `p`
      help: name it in a `from`, or take it out
    ");
}

#[test]
fn what_is_not_advised_is_taken_from() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
[pool.p]
not_in = "o"
[pool.o]
of = "a"
advise = false
[credential]
a = {}
b = {}
"#), @"
    r.toml:13:10 warning[idle-advice] no requirement takes from `o`, so `advise` says nothing
      help: take `advise` out, or name the pool in the `from` of a requirement
    ");
}

#[test]
fn a_policy_binds_what_is_audited_together() {
    let binding = |third: &str, keys: &str| {
        let a = "format = 1\n[qualification]\nid = \"A\"\nall = \"x\"\n[credential.x]";
        let b = "format = 1\n[qualification]\nid = \"B\"\nall = \"x\"";
        let policy = format!("[[sharing]]\nbetween = [\"A\", \"B\"]\nat_most = {{ count = 0 }}\n{keys}");
        findings(&[("a.toml", a), ("b.toml", b), ("c.toml", &format!("format = 1\n{third}\n{policy}"))])
    };
    let with = |third: &str| binding(third, "");
    // What is held need not be asked for.
    assert_eq!(binding("[qualification]\nid = \"C\"\nall = [\"A\", \"x\"]", "looks_into_awards = true"), "");
    assert_snapshot!(with("[qualification]\nid = \"C\"\nall = [\"A\", \"x\"]"), @"
    c.toml:5:1 error[unrelated-sharing] `C` does not ask for `B` to be earned, so this policy would bind nothing
      help: put the policy into the qualification that asks for both, into one of them, or into a file without a qualification
    ");
    assert_snapshot!(with("[qualification]\nid = \"C\"\nall = [\"A\", \"B\"]"), @"");
    assert_snapshot!(with(""), @"");
}

#[test]
fn an_edition_begins_before_it_ends() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
effective = 2026-01-01
retired = 2025-01-01
all = "a"
[credential.a]
"#), @"
    r.toml:6:11 warning[retired-too-early] the edition is retired on 2025-01-01, and effective only from 2026-01-01
      help: exchange the two days, or correct one
      r.toml:6:11 retired
      r.toml:5:13 effective
    ");
}

#[test]
fn a_renewal_renews() {
    assert_snapshot!(of_one(r#"
[credential]
a = { renewed_by = "b" }
b = { renewed_by = "b", valid = "1 year" }
"#), @r#"
    r.toml:4:20 warning[idle-renewal] `a` is valid for ever, so `renewed_by` renews nothing
      help: say how long it is valid, `valid = "3 years"`, or take `renewed_by` out
    r.toml:5:20 warning[idle-renewal] `b` is said to be renewed by itself
      help: take it out of `renewed_by`: earned again, it is a new holding with its own expiry
    "#);
}

#[test]
fn an_optional_list_is_filled_or_left_out() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
limits = []
source = []
[requirement.r]
count = 1
from = "p"
limits = []
[pool.p]
of = "a"
not_in = []
[credential.a]
requires = []
renewed_by = []
tags = []
subject = []
"#), @"
    r.toml:6:10 warning[idle-list] `limits = []` says nothing
      help: name what is meant, or take the key out
    r.toml:7:10 warning[idle-list] `source = []` says nothing
      help: name what is meant, or take the key out
    r.toml:11:10 warning[idle-list] `limits = []` says nothing
      help: name what is meant, or take the key out
    r.toml:14:10 warning[idle-list] `not_in = []` says nothing
      help: name what is meant, or take the key out
    r.toml:16:12 warning[idle-list] `requires = []` says nothing
      help: name what is meant, or take the key out
    r.toml:17:14 warning[idle-list] `renewed_by = []` says nothing
      help: name what is meant, or take the key out
    r.toml:18:8 warning[idle-list] `tags = []` says nothing
      help: name what is meant, or take the key out
    r.toml:19:11 warning[idle-list] `subject = []` says nothing
      help: name what is meant, or take the key out
    ");
}

#[test]
fn an_equivalence_is_stated_once() {
    assert_snapshot!(findings(&[("a.toml", "format = 1\n[credential]\na = {}\nb = {}\n[[equivalence]]\nfrom = \"a\"\nto = \"b\""), ("b.toml", "format = 1\n[[equivalence]]\nfrom = \"a\"\nto = \"b\"\n[[equivalence]]\nfrom = \"b\"\nto = \"a\"")]), @"
    b.toml:2:1 warning[repeated-equivalence] `a` may count as `b` already
      help: take one of them out, or correct a name
      b.toml:2:1 said again here
      a.toml:5:1 said here
    ");
}

#[test]
fn of_one_pair_two_equivalences_do_not_speak_of_the_same_day() {
    let both = |first: &str, second: &str| {
        let table = |keys: &str| format!("[[equivalence]]\nfrom = \"a\"\nto = \"b\"\n{keys}\n");
        let text = format!(
            "format = 1\n[credential]\na = {{}}\nb = {{ credits = 5 }}\n{}{}",
            table(first),
            table(second)
        );
        findings(&[("r.toml", &text)])
    };
    assert_eq!(both("until = 2020-01-01", "effective = 2020-01-02\ncredits = 2"), "");
    assert_snapshot!(both("until = 2020-01-02", "effective = 2020-01-02\ncredits = 2"), @"
    r.toml:9:1 error[overlapping-equivalence] two equivalences say of the same day how `a` counts as `b`
      help: let one end the day before the other begins, with `until` and `effective`
      r.toml:9:1 said otherwise here
      r.toml:5:1 said here
    ");
    assert_snapshot!(both("effective = 2021-01-01", "credits = 2"), @"
    r.toml:5:1 error[overlapping-equivalence] two equivalences say of the same day how `a` counts as `b`
      help: let one end the day before the other begins, with `until` and `effective`
      r.toml:5:1 said otherwise here
      r.toml:9:1 said here
    ");
}

#[test]
fn what_an_award_does_is_said_in_the_file_of_its_qualification() {
    let with = |text: &str| findings(&[("a.toml", &format!("format = 1\n{text}"))]);
    assert_snapshot!(with("[credential.x]\n[on_award]\ncredits = \"consume\""), @"
    a.toml:3:1 error[missing-key] a table `on_award` belongs to a qualification, and this file defines none
      help: add a `[qualification]` table to the file, or move it to one that has it
    ");
    let rules = "[qualification]\nid = \"A\"\nall = \"x\"\n[credential.x]";
    assert_snapshot!(with(&format!("{rules}\n[on_award]\ncredits = \"burn\"")), @"
    a.toml:7:11 error[invalid-value] `credits` cannot be `burn`
      help: it is one of `keep`, `consume`
    ");
    assert_snapshot!(with(&format!("{rules}\n[on_award]")), @"
    a.toml:6:1 error[missing-key] the key `credits` is missing
      help: add `credits = …`
    ");
    assert_snapshot!(with(&format!("{rules}\n[on_award]\ncredits = \"keep\"")), @"");
}
