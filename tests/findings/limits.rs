//! Findings about limits: parts, points, different values, averages and windows.

use insta::assert_snapshot;

use crate::support::of_one;

/// A qualification of one requirement over three credentials.
fn requirement(text: &str) -> String {
    of_one(&format!(
        r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
from = "p"
{text}
[pool.p]
of = ["a", "b", "c"]
[credential]
a = {{ credits = 5, subject = "law", attributes = {{ points = 3 }} }}
b = {{ credits = 5, subject = "art", attributes = {{ points = 3 }} }}
c = {{ credits = 5 }}
"#
    ))
}

#[test]
fn a_fraction_says_of_what_and_in_what() {
    assert_snapshot!(requirement(r#"
credits = 10
limits = [
  { at_least = { fraction = "1/2" }, from = "p" },
  { at_least = { fraction = "half", of = "required" }, from = "p" },
  { at_least = { fraction = "3/2", of = "some" }, from = "p" },
  { at_least = { fraction = 0, of = "counted", rounding = "up" }, where = { subject = "law" } },
  { at_most = { fraction = 0.5, of = "counted" } },
  { at_most = { fraction = 0.5, of = "required", rounding = "near" } },
]
"#), @r#"
    r.toml:11:16 error[missing-key] the key `of` is missing
      help: write `of = "required"`, of what is asked for; or `of = "counted"`, of what is counted
    r.toml:12:29 error[invalid-value] `fraction` takes a part of a whole, not `half`
      help: write it like `1/2` or `0.25`; it is at most 1, and of at most a thousand parts
    r.toml:13:29 error[invalid-value] `fraction` takes a part of a whole, not `3/2`
      help: write it like `1/2` or `0.25`; it is at most 1, and of at most a thousand parts
    r.toml:13:41 error[invalid-value] `of` cannot be `some`
      help: it is one of `required`, `counted`
    r.toml:14:29 error[vacuous] at least nothing is always so
      help: take the limit out
    r.toml:14:59 error[conflicting-keys] a part of what is counted is compared exactly, without rounding
      help: take `rounding` out, or write `of = "required"`
    r.toml:15:28 error[conflicting-keys] this compares everything that is counted with a part of itself
      help: say of which part it speaks: add `from = …` or `where = …`
    r.toml:16:61 error[invalid-value] `rounding` cannot be `near`
      help: it is one of `up`, `down`
    "#);
}

#[test]
fn a_fraction_of_what_is_required_needs_a_whole() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
limits = [
  { at_most = { fraction = "1/2", of = "required", measure = "credits" }, where = { source = "transfered" } },
  { at_most = { fraction = "1/2", of = "required" } },
]
[requirement.r]
optional = true
from = "p"
limits = [{ at_most = { fraction = "1/2", of = "required", measure = "count" } }]
[pool.p]
of = ["a", "b"]
[credential]
a = { credits = 5 }
b = { credits = 5 }
"#), @r#"
    r.toml:8:28 error[conflicting-keys] it is not said what this fraction is measured in
      help: write `measure = "credits"` or `measure = "count"`
    r.toml:13:36 error[missing-key] nothing says how much is required in `count`
      help: state the whole beside it: a need of the requirement, or an `at_least` limit over everything; or write `of = "counted"`
    "#);
}

#[test]
fn bounds_of_different_kinds_do_not_mix() {
    assert_snapshot!(requirement(r#"
credits = 10
count = 2
limits = [
  { at_least = { fraction = "1/2", of = "counted", credits = 5 }, from = "p" },
  { at_least = { sum = 3, rounding = "up" } },
  { at_least = { count = 3, of = "points" } },
  { at_least = { of = "points" } },
  { at_least = 3 },
]
"#), @r#"
    r.toml:12:16 error[conflicting-keys] `sum`, `fraction`, and `count` or `credits` are bounds of different kinds
      help: write a limit for each
    r.toml:12:29 error[conflicting-keys] it is not said what this fraction is measured in
      help: write `measure = "credits"` or `measure = "count"`
    r.toml:13:16 error[missing-key] the key `of` is missing
      help: say what is summed, an attribute: `of = "points"`
    r.toml:13:16 error[conflicting-keys] `rounding` does not go with `sum`
      help: with `sum` the keys are: sum, of
    r.toml:14:16 error[conflicting-keys] `of` does not go with `count`
      help: with `count` the keys are: count, credits
    r.toml:15:16 error[missing-key] this limit says no amount
      help: write `{ count = … }` or `{ credits = … }`
    r.toml:16:16 error[conflicting-keys] it is not said what this number counts
      help: write `{ count = 3 }` or `{ credits = 3 }`
    "#);
}

#[test]
fn sums_and_different_values_are_of_attributes() {
    assert_snapshot!(requirement(r#"
sum = { of = "ponits", at_least = 0 }
distinct = [{ by = "subjects", at_least = 1.5 }, { at_most = 2 }, { by = "subject" }]
limits = [{ at_most = 1, per = "tag" }, { at_most = { sum = 3, of = "hours" } }]
"#), @r#"
    r.toml:9:35 error[vacuous] at least nothing is always so
      help: ask for some, or take it out
    r.toml:10:43 error[invalid-value] `distinct` takes a whole number, not `1.5`
      help: write it without a point; to ask for parts of a credential, ask for `credits`
    r.toml:10:50 error[missing-key] the key `by` is missing
      help: say by what they are told apart, an attribute: `by = "subject"`
    r.toml:10:67 error[missing-key] `distinct` says neither the least nor the most
      help: add `at_least = …` or `at_most = …`
    "#);
}

#[test]
fn a_sum_that_states_only_the_most_asks_for_nothing() {
    assert_snapshot!(requirement(r#"sum = { of = "points", at_most = 3 }"#), @"
    r.toml:6:14 error[missing-key] it is not said how much is to be taken
      help: add `count = …` or `credits = …`; or `optional = true` if nothing need be
    ");
}

#[test]
fn an_average_is_on_a_scale() {
    assert_snapshot!(requirement(r#"
count = 2
average = { grade = 3.0 }
"#), @"
    r.toml:10:11 error[missing-key] the key `best` is missing
      help: add the best grade that can be earned, like `best = 4.0`: what is still to be earned is taken to get it
    ");
    assert_snapshot!(requirement(r#"
count = 2
average = { grade = 3.0, best = 2.0, measure = "hours" }
"#), @"
    r.toml:10:48 error[invalid-value] `measure` cannot be `hours`
      help: it is one of `credits`, `count`
    ");
    assert_snapshot!(requirement(r#"
count = 2
average = { grade = 4.5, best = 4.0 }
"#), @"
    r.toml:10:21 error[contradictory-limits] no average is at least 4.5 where the best grade is 4
      help: exchange the two, or correct one
      r.toml:10:21 the least average
      r.toml:10:33 the best grade
    ");
    assert_snapshot!(requirement(r#"
count = 2
average = { grade = 0, best = 4000 }
window = "two years"
"#), @"
    r.toml:10:31 error[invalid-value] `best` is a grade of at most 1000, and `4000` is more
      help: averages are of grades on a scale from 0 to at most 1000
    r.toml:11:10 error[invalid-value] `window` takes a period, not `two years`
      help: write it like `3 years`, `30 months` or `90 days`
    ");
}

#[test]
fn different_values_cannot_be_both_more_and_fewer() {
    assert_snapshot!(requirement(r#"
count = 2
distinct = { by = "subject", at_least = 3, at_most = 2 }
limits = [{ at_most = { count = 1 }, per = "subject" }]
"#), @"
    r.toml:10:41 error[contradictory-limits] at least 3 and at most 2 values of subject of the same are asked for
      help: lower the least, raise the most, or say of which credentials each speaks
      r.toml:10:41 the least
      r.toml:10:54 the most
    ");
}

#[test]
fn a_lower_limit_for_each_value_needs_values() {
    assert_snapshot!(requirement(r#"
count = 1
limits = [{ at_least = { count = 1 }, per = "subject", where = { points = { none = [3] } } }]
"#), @"
    r.toml:10:34 error[unknown-attribute] no credential that this limit speaks of has the attribute `subject`
      help: give it to the credentials that are meant, or take `per` out
    ");
}

#[test]
fn what_was_attempted_is_not_kept_within_limits() {
    assert_snapshot!(requirement(r#"
count = 2
over = "attempted"
layer = "l"
window = "2 years"
"#), @r#"
    r.toml:6:14 error[conflicting-keys] `layer` keeps requirements from looking at a holding twice, and attempts are all looked at
      help: take `layer` out
    r.toml:6:14 error[conflicting-keys] of what was attempted nothing can be left out, so it cannot be kept within a limit
      help: take out `at_most`, `window` and fractions of what is counted, or look at what is held: `over = "held"`
    "#);
    assert_snapshot!(requirement(r#"
count = 2
over = "attempted"
limits = [{ at_most = 3 }]
"#), @r#"
    r.toml:6:14 error[conflicting-keys] of what was attempted nothing can be left out, so it cannot be kept within a limit
      help: take out `at_most`, `window` and fractions of what is counted, or look at what is held: `over = "held"`
    "#);
}

#[test]
fn an_average_over_attempts_can_be_made_worse() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["a", "r"]
[requirement.r]
optional = true
over = "attempted"
from = "p"
average = { grade = 2, best = 4 }
[pool.p]
of = "a"
[credential.a]
"#), @"
    r.toml:10:21 warning[not-monotone] one more holding can make `r` worse: it is an average over everything attempted
      help: if what counts is meant, write the average where it counts, or in `[qualification]`
    ");
}

#[test]
fn repeatable_is_a_number_of_times() {
    assert_snapshot!(of_one(r#"
[credential]
a = { repeatable = 1 }
b = { repeatable = 1000 }
c = { repeatable = 2.5 }
"#), @"
    r.toml:4:20 error[invalid-value] every credential counts once, and `repeatable` says how many times one counts
      help: write 2 or more, or take it out
    r.toml:5:20 error[invalid-value] `repeatable` is at most 100, and `1000` is more
      help: write a smaller number
    r.toml:6:20 error[invalid-value] `repeatable` takes a whole number, not `2.5`
      help: write it without a point; to ask for parts of a credential, ask for `credits`
    ");
    // Three holdings of two credentials are not too many.
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 3
from = "p"
[pool.p]
of = ["a", "b"]
[credential]
a = { repeatable = 2 }
b = {}
"#), @"");
}

#[test]
fn a_credential_has_no_source() {
    assert_snapshot!(of_one(r#"
[credential.a]
attributes = { source = "here" }
"#), @"
    r.toml:4:16 error[conflicting-keys] `source` says how a holding came to be, and is no attribute of a credential
      help: choose another name for it
    ");
}

#[test]
fn the_last_of_what_counts_says_how_far_back_and_of_which() {
    assert_snapshot!(requirement(r#"
credits = 10
limits = [
  { at_least = 5, last = 5 },
  { at_least = 5, last = 0, from = "p" },
  { at_least = 5, last = { count = 1, credits = 5 }, from = "p" },
  { at_least = 5, last = { count = 1 }, per = "subject" },
  { at_most = { fraction = 0.5, of = "counted" }, last = 5, where = { subject = "law" } },
]
"#), @r#"
    r.toml:11:16 error[conflicting-keys] this compares the last of what counts with itself
      help: say of which of the last it speaks: add `from = …` or `where = …`
    r.toml:12:26 error[vacuous] nothing is among the last 0 credits
      help: say how far back the last reaches, or take `last` out
    r.toml:13:26 error[conflicting-keys] the last of something is a number or credits, and not both
      help: write `last = { credits = … }` or `last = { count = … }`
    r.toml:14:16 error[conflicting-keys] `last` is of everything that counts, and `per` for each value by itself
      help: take one of them out
    r.toml:15:28 error[conflicting-keys] `last` and a part of what is counted do not go together
      help: state the amount, or write `of = "required"`
    "#);
    assert_snapshot!(requirement("sum = { of = \"points\", at_least = 3 }\nlimits = [{ at_least = 3, last = 3, from = \"p\" }]"), @"
    r.toml:9:34 error[conflicting-keys] it is not said what this number counts
      help: write `last = { credits = … }` or `last = { count = … }`
    ");
    let last =
        "limits = [{ at_least = { credits = 5 }, last = { credits = 5 }, where = { subject = \"law\" } }]";
    assert_snapshot!(requirement(&format!("credits = 10\nover = \"held\"\n{last}")), @"
    r.toml:10:36 error[conflicting-keys] `last` is of what counts, and this requirement only looks
      help: take `last` out, or `over`
    ");
    assert_snapshot!(requirement(&format!("credits = 10\nsplittable = true\n{last}")), @"
    r.toml:10:36 error[conflicting-keys] `last` adds up whole units, and less than all of a unit's credits may count here
      help: take `last` out, or `larger_than_room` and `splittable`
    ");
}
