//! Findings about rules that nothing can meet, or that everybody meets.

use insta::assert_snapshot;

use crate::support::of_one;

#[test]
fn a_need_of_nothing_is_refused() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s", "t"]
limits = [{ at_least = { count = 0 } }]
[requirement.r]
count = 0
from = "p"
[requirement.s]
credits = 0
from = "p"
[requirement.t]
attest = "hours"
at_least = 0
[pool.p]
of = "a"
[credential.a]
"#), @"
    r.toml:6:34 error[vacuous] at least nothing is always so
      help: take the limit out
    r.toml:8:9 error[vacuous] `count = 0` asks for nothing, so everybody meets it
      help: ask for at least one, or write `optional = true` without the key
    r.toml:11:11 error[vacuous] `credits = 0` asks for nothing, so everybody meets it
      help: ask for some, or write `optional = true` without the key
    r.toml:15:12 error[vacuous] `at_least = 0` asks for no evidence, so everybody meets it
      help: ask for some, or take the requirement out
    ");
}

#[test]
fn nobody_can_choose_more_than_there_is() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
choose = 3
of = ["a", "b"]
[credential]
a = {}
b = {}
"#), @"
    r.toml:5:10 error[choice-too-large] `choose = 3` asks for more than the 2 that `of` names
      help: ask for at most 2, or name more
      r.toml:6:6 the choice
    ");
}

#[test]
fn nobody_can_take_more_than_a_pool_lists() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s"]
[requirement.r]
count = 3
from = ["p", "q"]
[requirement.s]
count = 2
from = "any"
limits = [{ at_least = 2, from = "p" }]
[pool.p]
of = "a"
[pool.q]
of = ["a", "b"]
[pool.any]
where = { kind = "unit" }
[credential]
a = { kind = "unit" }
b = { kind = "unit" }
"#), @"
    r.toml:7:9 error[impossible-count] 3 credentials are asked for, and the pools list 2
      help: ask for at most 2, or put more into `of` of the pool
    r.toml:12:24 error[impossible-count] 2 credentials are asked for, and the pools list 1
      help: ask for at most 1, or put more into `of` of the pool
    ");
    assert_snapshot!(of_one(r#"
# An old unit that counts as one of the pool is one more.
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 2
from = "p"
[pool.p]
of = "a"
[credential]
a = {}
old = {}
[[equivalence]]
from = "old"
to = "a"
"#), @"");
}

#[test]
fn the_least_is_not_above_the_most() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s"]
limits = [{ at_least = { credits = 9 }, at_most = { credits = 8 } }, { at_most = { count = 1 } }]
[requirement.r]
count = 3
from = "p"
limits = [{ at_most = 2 }, { at_most = 1 }, { at_most = 1, where = { kind = "exam" } }]
[requirement.s]
count = 1
from = "p"
limits = [{ at_least = 2, at_most = 1, where = { kind = "unit" } }, { at_least = 1 }]
[pool.p]
where = { kind = ["unit", "exam"] }
[credential]
a = { kind = "unit" }
b = { kind = "exam" }
"#), @"
    r.toml:6:36 error[contradictory-limits] at least 9 and at most 8 credits of the same are asked for
      help: lower the least, raise the most, or say of which credentials each speaks
      r.toml:6:36 the least
      r.toml:6:63 the most
    r.toml:8:9 error[contradictory-limits] at least 3 and at most 1 credentials of the same are asked for
      help: lower the least, raise the most, or say of which credentials each speaks
      r.toml:8:9 the least
      r.toml:10:40 the most
    r.toml:14:24 error[contradictory-limits] at least 2 and at most 1 credentials of the same are asked for
      help: lower the least, raise the most, or say of which credentials each speaks
      r.toml:14:24 the least
      r.toml:14:37 the most
    ");
}

#[test]
fn a_smallest_number_is_not_above_a_largest() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
[pool.p]
where = { credits = { min = 20, max = 5 } }
[credential]
a = { credits = 20 }
b = { credits = 5 }
"#), @"
    r.toml:10:29 error[contradictory-condition] no `credits` is at least 20 and at most 5
      help: exchange the two numbers, or take one out
      r.toml:10:29 the least
      r.toml:10:39 the most
    ");
}

#[test]
fn nobody_can_look_at_what_is_never_counted() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "o", "hours"]
[requirement.r]
count = 1
from = "p"
over = "counted"
[requirement.o]
optional = true
from = "p"
over = "counted"
[requirement.hours]
attest = "hours"
[pool.p]
of = "a"
[credential.a]
"#), @r#"
    r.toml:6:14 error[nothing-counted] `r` looks at what is counted in `Q`, and nothing is counted there
      help: add a requirement that takes holdings, or look at all of them: `over = "held"`
    "#);
}
