//! What rests on itself.

use insta::assert_snapshot;

use crate::support::{findings, of_one};

#[test]
fn a_circle_is_told_by_the_names_in_the_text() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
all = "Q"
"#), @"
    r.toml:7:7 error[cycle] `Q` rests on itself: `Q` → `r` → `Q`
      help: take one of these steps out
      r.toml:7:7 `Q` leads to `r`
      r.toml:6:14 `r` leads to `Q`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "Q"
"#), @"
    r.toml:5:7 error[cycle] `Q` rests on itself
      help: take one of these steps out
      r.toml:5:7 it leads to itself
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
all = "s"
[requirement.s]
all = "t"
[requirement.t]
all = "r"
"#), @"
    r.toml:6:14 error[cycle] `r` rests on itself: `r` → `t` → `s` → `r`
      help: take one of these steps out
      r.toml:6:14 `r` is part of `t`
      r.toml:10:14 `t` is part of `s`
      r.toml:8:14 `s` is part of `r`
    ");
    assert_snapshot!(of_one(r#"
[credential]
a = { requires = "b" }
b = { requires = "a" }
"#), @"
    r.toml:4:1 error[cycle] `a` rests on itself: `a` → `b` → `a`
      help: take one of these steps out
      r.toml:4:1 `a` leads to `b`
      r.toml:5:1 `b` leads to `a`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
[pool.p]
not_in = "q"
[pool.q]
not_in = "p"
"#), @"
    r.toml:9:7 error[cycle] `p` rests on itself: `p` → `q` → `p`
      help: take one of these steps out
      r.toml:9:7 `p` leaves out `q`
      r.toml:11:7 `q` leaves out `p`
    ");
    assert_snapshot!(findings(&[("p.toml", "format = 1\n[qualification]\nid = \"P\"\nall = \"Q\""), ("q.toml", "format = 1\n[qualification]\nid = \"Q\"\nall = \"u\"\n[credential.u]\nrequires = \"P\"")]), @"
    q.toml:4:7 error[cycle] `u` rests on itself: `u` → `Q` → `P` → `u`
      help: take one of these steps out
      q.toml:4:7 `u` leads to `Q`
      p.toml:4:7 `Q` leads to `P`
      p.toml:2:1 `P` leads to `u`
    ");
}
