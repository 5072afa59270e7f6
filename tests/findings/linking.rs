//! Findings about names: what they stand for, and who else has them.

use insta::assert_snapshot;

use crate::support::{findings, of_one};

#[test]
fn an_unknown_name_is_guessed() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["htm-basics", "core", "something-else"]
[requirement.cores]
all = "html-basics"
[credential.html-basics]
requires = "nothing"
"#), @"
    r.toml:5:8 error[unknown-name] no requirement, credential or qualification is named `htm-basics`
      help: did you mean `html-basics`?
    r.toml:5:22 error[unknown-name] no requirement, credential or qualification is named `core`
      help: did you mean `cores`?
    r.toml:5:30 error[unknown-name] no requirement, credential or qualification is named `something-else`
      help: define it, or take the name out
    r.toml:9:12 error[unknown-name] no credential or qualification is named `nothing`
      help: define it, or take the name out
    ");
}

#[test]
fn a_look_alike_letter_is_pointed_out() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["w\u0435b"]
[credential.web]
"#), @"
    r.toml:5:8 error[unknown-name] no requirement, credential or qualification is named `wеb`, in which `е` is the character U+0435 and not a letter a to z
      help: did you mean `web`?
    ");
}

#[test]
fn a_pool_is_not_a_requirement_and_a_requirement_not_a_pool() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["p", "r", "s"]
[requirement.r]
count = 1
from = "s"
[requirement.s]
count = 1
from = ["a", "Q", "listed-unit"]
[pool.p]
of = "a"
[pool.listed-units]
of = "a"
[credential.a]
"#), @r#"
    r.toml:5:8 error[unknown-name] `p` is a pool, and a pool asks for nothing
      help: write a requirement that takes from it, `[requirement.NAME]` with `count = 1` and `from = "p"`, and name that
    r.toml:8:8 error[unknown-name] `s` is a requirement, and only pools can stand here
      help: name the pool that `s` takes from
    r.toml:11:9 error[unknown-name] `a` is a credential, and only pools can stand here
      help: put it in a pool, `[pool.NAME]` with `of = ["a"]`
    r.toml:11:14 error[unknown-name] `Q` is a qualification, and only pools can stand here
      help: a pool holds credentials; ask for it in a requirement: `award = "Q"`
    r.toml:11:19 error[unknown-name] no pool is named `listed-unit`
      help: did you mean `listed-units`?
    "#);
}

#[test]
fn a_qualification_is_not_a_credential() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r"]
[requirement.r]
award = "a"
[credential.a]
renewed_by = "Q"
valid = "1 year"
[[sharing]]
between = ["Q", "a"]
at_most = { count = 0 }
"#), @r#"
    r.toml:7:9 error[unknown-name] `a` is a credential, and only qualifications can stand here
      help: name a qualification; a credential is asked for by naming it in `all` or `any`
    r.toml:9:14 error[unknown-name] `Q` is a qualification, and only credentials can stand here
      help: ask for it with a requirement of its own: `award = "Q"`
    r.toml:12:17 error[unknown-name] `a` is a credential, and only qualifications can stand here
      help: name a qualification; a credential is asked for by naming it in `all` or `any`
    "#);
}

#[test]
fn an_id_is_given_once() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "a"
all = "b"
[credential]
a = {}
b = {}
"#), @"
    r.toml:4:6 error[duplicate-id] `a` is the id of a credential and of a qualification
      help: give one of them another id: a name must say which is meant
      r.toml:4:6 the qualification
      r.toml:7:1 the credential
    ");
    assert_snapshot!(findings(&[("b.toml", "format = 1\n[credential.x]\n[issuer.i]"), ("a.toml", "format = 1\n[issuer.i]\n[credential.x]")]), @"
    b.toml:2:13 error[duplicate-id] the credential `x` is defined twice
      help: take one of them out, or give it an id of its own
      b.toml:2:13 defined again here
      a.toml:3:13 first defined here
    b.toml:3:9 error[duplicate-id] the issuer `i` is defined twice
      help: take one of them out, or give it an id of its own
      b.toml:3:9 defined again here
      a.toml:2:9 first defined here
    ");
    assert_snapshot!(findings(&[("a.toml", "format = 1\n[qualification]\nid = \"Q\"\nall = \"x\""), ("b.toml", "format = 1\n[credential.x]\n[qualification]\nid = \"Q\"\nall = \"x\"")]), @"
    b.toml:4:6 error[duplicate-id] the qualification `Q` is defined twice
      help: take one of them out, or give it an id of its own
      b.toml:4:6 defined again here
      a.toml:3:6 first defined here
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[requirement.Q]
all = "a"
[credential.a]
"#), @"
    r.toml:6:14 error[duplicate-id] the requirement `Q` has the name of its qualification
      help: give it a name of its own
    ");
}

#[test]
fn ids_that_look_alike_are_shown() {
    assert_snapshot!(of_one(r#"
[credential]
web-a = {}
WEB-A = {}
HNC-01 = {}
HNC-O1 = {}
unit-1 = {}
unit-l = {}
"#), @"
    r.toml:4:1 warning[look-alike-id] `web-a` and `WEB-A` differ only in upper and lower case
      help: give one of them another id; if they are the same thing, take one out
      r.toml:5:1 the other
    r.toml:7:1 warning[look-alike-id] `HNC-O1` and `HNC-01` differ only in characters that look alike
      help: give one of them another id; if they are the same thing, take one out
      r.toml:6:1 the other
    r.toml:9:1 warning[look-alike-id] `unit-l` and `unit-1` differ only in characters that look alike
      help: give one of them another id; if they are the same thing, take one out
      r.toml:8:1 the other
    ");
}

#[test]
fn an_issuer_that_is_nearly_described_is_shown() {
    assert_snapshot!(of_one(r#"
[issuer.city-college]
[issuer.college-a]
[credential]
a = { issuer = "city-colege" }
b = { issuer = "college-b" }
c = { issuer = "someone" }
"#), @"
    r.toml:6:16 warning[look-alike-issuer] the issuer `city-colege` is not described, and `city-college` is
      help: write `city-college` if it is meant, or describe this one too: `[issuer.ID]`
    ");
}

#[test]
fn a_name_that_means_two_things_is_not_decided() {
    assert_snapshot!(findings(&[("1.toml", "format = 1\n[qualification]\nid = \"Q\"\nedition = \"1\"\nall = \"a\"\n[credential.a]"), ("2.toml", "format = 1\n[qualification]\nid = \"Q\"\nedition = \"2\"\nall = \"a\""), ("3.toml", "format = 1\n[qualification]\nid = \"R\"\nall = \"Q\"")]), @"
    3.toml:4:7 error[ambiguous-name] `Q` has several editions
      help: say which: `Q@1`, `Q@2`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[requirement.a]
all = "b"
[credential]
a = {}
b = {}
"#), @"
    r.toml:5:7 error[ambiguous-name] `a` is a requirement of this file and also a credential or qualification
      help: give the requirement another name
      r.toml:6:14 the requirement
    ");
}

#[test]
fn an_attribute_that_nothing_has_is_guessed() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
limits = [{ at_most = 1, where = { colour = "red" } }]
[pool.p]
where = { knd = "unit" }
[credential.a]
kind = "unit"
"#), @"
    r.toml:9:36 error[unknown-attribute] no credential has the attribute `colour`
      help: give it to the credentials that are meant, or take the condition out
    r.toml:11:11 error[unknown-attribute] no credential has the attribute `knd`
      help: did you mean `kind`?
    ");
}

#[test]
fn a_value_that_nothing_has_is_guessed() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = ["p", "q"]
limits = [{ at_most = 1, where = { tags = { none = ["onlin"] } } }]
[pool.p]
where = { kind = ["unit", "untis"], level = { aqf = "4" }, year = 2 }
[pool.q]
where = { level = { aqf = { min = 7 } }, kind = { max = 3 }, subject = "law" }
[credential]
a = { kind = "unit", level = { aqf = 4 }, tags = "online", attributes = { year = "2" }, subject = ["art", "music"] }
b = { level = { aqf = 6 } }
"#), @r#"
    r.toml:9:53 warning[unknown-value] no credential has `"onlin"` as `tags`
      help: did you mean `"online"`?
    r.toml:11:27 warning[unknown-value] no credential has `"untis"` as `kind`
      help: they have: `unit`
    r.toml:11:53 warning[unknown-value] no credential has `"4"` as `level.aqf`
      help: credentials have the number: write `4`, without quotes
    r.toml:11:67 warning[unknown-value] no credential has `2` as `year`
      help: credentials have the text: write `"2"`, with quotes
    r.toml:13:35 warning[unknown-value] no credential has a number as `level.aqf` that is at least 7
      help: theirs are from 4 to 6
    r.toml:13:57 warning[unknown-value] `min` and `max` compare numbers, and no credential has a number as `kind`
      help: write the number in the credentials without quotes, or ask for the texts
    r.toml:13:72 warning[unknown-value] no credential has `"law"` as `subject`
      help: they have: `art`, `music`
    "#);
}

#[test]
fn a_list_that_must_name_something_names_something() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s"]
[requirement.r]
all = []
[requirement.s]
count = 1
from = "p"
limits = [{ at_most = 1, from = [] }]
[pool.p]
where = { kind = [] }
[credential.a]
kind = "unit"
requires = [[]]
[[exclusion]]
between = ["a"]
[[sharing]]
between = ["Q"]
at_most = { count = 0 }
"#), @"
    r.toml:7:7 error[empty-list] `all` names nothing
      help: name at least one, or take the key out
    r.toml:11:33 error[empty-list] `from` names nothing
      help: name at least one, or take the key out
    r.toml:13:11 error[empty-list] the condition on `kind` names no value
      help: name at least one value, or take the condition out
    r.toml:16:13 error[empty-list] `requires` names nothing
      help: name at least one, or take the key out
    r.toml:18:11 error[empty-list] an exclusion is between two credentials or more
      help: name another, or take the exclusion out
    r.toml:20:11 error[empty-list] sharing is between two qualifications or more
      help: name another, or take the policy out
    ");
}

#[test]
fn a_thing_is_named_once() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["a", "a"]
[credential.a]
requires = ["b"]
[credential.b]
[[sharing]]
between = ["Q", "Q"]
at_most = { count = 0 }
[[exclusion]]
between = ["a", "b", "a"]
"#), @"
    r.toml:5:13 error[named-twice] `a` is named twice
      help: take one of them out: one holding is never two
      r.toml:5:13 named again here
      r.toml:5:8 first named here
    r.toml:10:17 error[named-twice] `Q` is named twice
      help: take one of them out: a policy is between different qualifications
      r.toml:10:17 named again here
      r.toml:10:12 first named here
    r.toml:13:22 error[named-twice] `a` is named twice
      help: take one of them out: one holding is never two
      r.toml:13:22 named again here
      r.toml:13:12 first named here
    ");
}
