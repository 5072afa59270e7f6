//! Findings about the text of one file.

use insta::assert_snapshot;

use crate::support::{findings, of_one};

#[test]
fn text_that_is_not_toml_is_pointed_at() {
    assert_snapshot!(of_one(r#"
[qualification
id = "Q"
"#), @"r.toml:3:15 error[syntax] this is not TOML: unclosed table, expected `]`");
    assert_snapshot!(of_one(r#"
[credential.a]
[credential.a]
"#), @"
    r.toml:4:13 error[syntax] this is not TOML: duplicate key
      help: write it once; a list of tables has double brackets, `[[…]]`
    ");
}

#[test]
fn a_file_says_which_format_it_is_in() {
    assert_snapshot!(findings(&[("a.toml", "[credential.a]")]), @"
    a.toml:1:1 error[format] the file does not say which format it is written in
      help: begin the file with `format = 1`
    ");
    assert_snapshot!(findings(&[("a.toml", "format = 2\n[credential.a]\nnew_key = 1")]), @"
    a.toml:1:10 error[format] the file is written in format `2`, and this version of Cairn reads format `1`
      help: write `format = 1`, or read the file with a newer version
    ");
    assert_snapshot!(findings(&[("a.toml", "format = \"one\"")]), @"
    a.toml:1:10 error[format] the file is written in format `one`, and this version of Cairn reads format `1`
      help: write `format = 1`, or read the file with a newer version
    ");
    assert_snapshot!(findings(&[("a.toml", "[qualification]\nformat = 1\nid = \"Q\"\nall = [\"a\"]\n[credential.a]")]), @"
    a.toml:2:1 error[unknown-key] `format` stands on its own, not in `qualification`
      help: begin the file with it, before the first table
    ");
}

#[test]
fn a_misspelt_key_is_recognised_and_what_it_says_is_not_missing() {
    assert_snapshot!(of_one(r#"
[qualification]
idd = "Q"
al = ["a"]
[credential.a]
titel = "A"
"#), @"
    r.toml:4:1 error[unknown-key] there is no key `idd` in `qualification`
      help: did you mean `id`?
    r.toml:5:1 error[unknown-key] there is no key `al` in `qualification`
      help: did you mean `all`?
    r.toml:7:1 error[unknown-key] there is no key `titel` in `credential.a`
      help: did you mean `title`?
    ");
    assert_snapshot!(of_one(r#"
[credential.a]
colour = "red"
"#), @"
    r.toml:4:1 error[unknown-key] there is no key `colour` in `credential.a`
      help: an attribute of your own stands under `attributes = { NAME = … }`, a level under `level = { FRAMEWORK = … }`; the keys are: title, kind, issuer, credits, scheme, level, subject, tags, skills, attributes, valid, renewed_by, renewal_window, renewed_from, requires, offered, retired, valid_after_retirement, repeatable, only_toward, cost, effort
    ");
}

#[test]
fn a_key_of_another_place_is_sent_there() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
count = 1
from = "p"
[pool.p]
of = "a"
[credential.a]
"#), @r#"
    r.toml:5:1 error[unknown-key] `count`, `from` belong to a requirement, not to `qualification`
      help: write a requirement, `[requirement.NAME]`, with these keys, and name it here: `all = ["NAME"]`
    "#);
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[qualification.grade]
least = 3
[qualification.requirement.core]
all = "a"
[credential.a]
id = "a"
name = "A"
"#), @r#"
    r.toml:6:16 error[unknown-key] there is no key `grade` in `qualification`
      help: ask for a grade in a requirement with `from`: `min_grade = 50`
    r.toml:8:16 error[unknown-key] `requirement` stands on its own, not in `qualification`
      help: write `[requirement.NAME]`
    r.toml:11:1 error[unknown-key] there is no key `id` in `credential.a`
      help: take it out: the name in the brackets is the id
    r.toml:12:1 error[unknown-key] there is no key `name` in `credential.a`
      help: write `title = "…"`
    "#);
}

#[test]
fn what_format_1_does_not_have_is_named_with_a_way_around() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s", "t"]
[requirement.r]
count = 2
from = "p"
distinct = { by = "subject" }
limits = [{ at_most = { fraction = "1/2" }, per = "subject" }]
[requirement.s]
sum = { of = "points", at_least = 12 }
from = "p"
[requirement.t]
count = 1
from = "p"
over = "attempted"
[pool.p]
of = ["a", "b"]
open = true
[credential]
a = { repeatable = true }
b = {}
"#), @r#"
    r.toml:9:12 error[missing-key] `distinct` says neither the least nor the most
      help: add `at_least = …` or `at_most = …`
    r.toml:10:23 error[missing-key] the key `of` is missing
      help: write `of = "required"`, of what is asked for; or `of = "counted"`, of what is counted
    r.toml:20:8 error[wrong-type] `open` takes a table, not true or false
      help: write keys and values: `{ key = value }`
    r.toml:22:20 error[wrong-type] `repeatable` takes a number, not true or false
      help: write one number, like `12` or `4.5`
    "#);
}

#[test]
fn a_level_is_written_by_framework() {
    assert_snapshot!(of_one(r#"
[credential.a]
level = 3
attributes = { level = 3 }
"#), @"
    r.toml:4:9 error[wrong-type] `level` does not say in which framework
      help: write it with the framework: `level = { aqf = 3 }`
    r.toml:5:16 error[conflicting-keys] `level` is a key of its own, not one of `attributes`
      help: write it directly in the credential: `level = { aqf = 3 }`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
[pool.p]
where = { level = 4 }
[credential.a]
level = { aqf = 4 }
"#), @"
    r.toml:10:19 error[wrong-type] `level` does not say in which framework
      help: write it with the framework: `level = { aqf = 4 }`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "r"
[requirement.r]
count = 1
from = "p"
[pool.p]
where = { levl = { eqf = 4 } }
[credential.a]
level = { eqf = 4 }
"#), @"
    r.toml:10:11 error[unknown-key] `levl` is not asked about by framework, and `eqf` is no word of a condition
      help: did you mean `level = { eqf = … }`?
    ");
}

#[test]
fn a_value_of_another_type_is_named_with_its_key() {
    assert_snapshot!(of_one(r#"
[credential]
a = { title = 3, offered = "yes", credits = true, tags = [1] }
b = 1
"#), @"
    r.toml:4:15 error[wrong-type] `title` takes a text, not a number
      help: put it in quotes
    r.toml:4:28 error[wrong-type] `offered` takes true or false, not a text
      help: write `true` or `false`, without quotes
    r.toml:4:45 error[wrong-type] `credits` takes a number, not true or false
      help: write one number, like `12` or `4.5`
    r.toml:4:59 error[wrong-type] `tags` takes a text, not a number
      help: put it in quotes
    r.toml:5:5 error[wrong-type] `credential.b` takes a table, not a number
      help: write keys and values: `{ key = value }`
    ");
    assert_snapshot!(of_one(r#"
[[qualification]]
id = "Q"
"#), @"
    r.toml:3:1 error[wrong-type] `qualification` takes a table, not a list
      help: write it once, in single brackets: `[qualification]`
    ");
}

#[test]
fn a_number_that_cannot_be_used_is_named_with_its_key() {
    assert_snapshot!(of_one(r#"
[credential]
a = { credits = -5 }
b = { credits = 1e400 }
c = { credits = 0.0001 }
d = { cost = 9223372036854775807 }
e = { valid = "3 weeks" }
g = { retired = "30.2.2025" }
"#), @"
    r.toml:4:17 error[invalid-value] `credits` cannot be negative, and `-5` is
      help: write a number from 0 up
    r.toml:5:17 error[invalid-value] `credits` takes a plain number, not `1e400`
      help: write it like `12` or `4.5`
    r.toml:6:17 error[invalid-value] `credits` is kept to three decimal places, and `0.0001` has more
      help: round it to three places
    r.toml:7:14 error[invalid-value] `cost` is at most 100000000, and `9223372036854775807` is more
      help: choose a larger unit
    r.toml:8:15 error[invalid-value] `valid` takes a period, not `3 weeks`
      help: write it like `3 years`, `30 months` or `90 days`
    r.toml:9:17 error[invalid-value] `retired` takes a day, and `30.2.2025` is none of the calendar
      help: write a day like `2025-09-01`
    ");
    assert_snapshot!(of_one("[credential.a]\nretired = 2025-02-30"), @"
    r.toml:3:11 error[syntax] this is not TOML: invalid date, expected day between 01 and 28
      help: write a day that exists, like `2025-09-01`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
measure = "points"
all = "r"
[requirement.r]
count = 1.5
from = "p"
min_grade = "B"
[pool.p]
of = "a"
[credential.a]
"#), @"
    r.toml:5:11 error[invalid-value] `measure` cannot be `points`
      help: it is one of `count`, `credits`, `cost`, `effort`
    r.toml:8:9 error[invalid-value] `count` takes a whole number, not `1.5`
      help: write it without a point; to ask for parts of a credential, ask for `credits`
    r.toml:10:13 error[invalid-value] `min_grade` takes a number, not `B`
      help: grades are compared as numbers: write what the letter stands for on your scale
    ");
}

#[test]
fn an_id_is_plain() {
    assert_snapshot!(of_one(r#"
[credential."web design"]
[credential."cert.w\u0435b"]
[credential.""]
[credential.".net"]
"#), @"
    r.toml:3:13 error[invalid-id] `web design` cannot be an id: an id may not contain a space (letters a to z, digits and `. _ + - / @` are allowed)
      help: choose a plain id, and put the name as it is in `title`
    r.toml:4:13 error[invalid-id] `cert.wеb` cannot be an id: an id may not contain the character U+0435 (letters a to z, digits and `. _ + - / @` are allowed)
      help: choose a plain id, and put the name as it is in `title`
    r.toml:5:13 error[invalid-id] an id may not be empty
      help: write at least one letter or digit
    r.toml:6:13 error[invalid-id] `.net` cannot be an id: an id begins with a letter or a digit, not with `.`
      help: choose a plain id, and put the name as it is in `title`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q@1"
all = "a/b"
[requirement."a/b"]
all = "a"
[credential.a]
"#), @r#"
    r.toml:4:6 error[invalid-id] the edition is not part of the id
      help: write it in a key of its own: `edition = "…"`
    "#);
}

#[test]
fn a_hidden_character_is_named() {
    assert_snapshot!(of_one(r#"
[credential.a]
title = "A\u202Eb"
"#), @"
    r.toml:4:9 error[hidden-character] `title` contains the invisible character U+202E
      help: delete it: a text must read the way it is stored
    ");
}

#[test]
fn a_key_that_must_be_there_is_asked_for() {
    assert_snapshot!(of_one(r#"
[qualification]
all = "a"
[credential.a]
"#), @r#"
    r.toml:3:1 error[missing-key] the key `id` is missing
      help: a qualification needs an id: `id = "…"`
    "#);
    assert_snapshot!(of_one(r#"
[requirement.r]
all = "a"
[pool.p]
of = "a"
[[sharing]]
[credential.a]
[[equivalence]]
from = "a"
"#), @"
    r.toml:3:14 error[missing-key] a requirement belongs to a qualification, and this file defines none
      help: add a `[qualification]` table to the file, or move it to one that has it
    r.toml:5:7 error[missing-key] a pool belongs to a qualification, and this file defines none
      help: add a `[qualification]` table to the file, or move it to one that has it
    r.toml:7:1 error[missing-key] the key `between` is missing
      help: add `between = …`
    r.toml:9:1 error[missing-key] the key `to` is missing
      help: add `to = …`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r"]
[requirement.r]
from = "p"
limits = [{ from = "p" }]
[pool.p]
"#), @"
    r.toml:6:14 error[missing-key] it is not said how much is to be taken
      help: add `count = …` or `credits = …`; or `optional = true` if nothing need be
    r.toml:8:11 error[missing-key] this limit says neither the least nor the most
      help: add `at_least = …` or `at_most = …`
    r.toml:9:7 error[missing-key] the pool `p` does not say what is in it
      help: write `of = [...]`, `where = {...}`, `not_in = [...]`, or `open = {...}`
    ");
}

#[test]
fn keys_that_exclude_each_other_are_named() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
[credential.a]
"#), @"
    r.toml:3:1 error[conflicting-keys] it is not said what completes it
      help: write exactly one of `all = [...]`, `any = [...]`, or `choose = k` with `of = [...]`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
any = "a"
[credential.a]
"#), @"
    r.toml:3:1 error[conflicting-keys] it is said in several ways what completes it: `all`, `any`
      help: write exactly one of `all = [...]`, `any = [...]`, or `choose = k` with `of = [...]`
    ");
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s", "t", "u"]
[requirement.r]
[requirement.s]
all = "a"
award = "Q"
[requirement.t]
all = "a"
min_grade = 3
[requirement.u]
count = 1
credits = 5
from = "p"
optional = true
layer = "l"
limits = [{ at_most = 3 }]
[pool.p]
of = "a"
[credential.a]
"#), @r#"
    r.toml:6:14 error[conflicting-keys] the requirement `r` asks for nothing
      help: a requirement has exactly one of `all`, `any`, `choose`, `same`, `count` or `credits` with `from`, `award`, `attest`
    r.toml:7:14 error[conflicting-keys] the requirement `s` asks for several things at once: `all`, `award`
      help: a requirement has exactly one of `all`, `any`, `choose`, `same`, `count` or `credits` with `from`, `award`, `attest`
    r.toml:10:14 error[conflicting-keys] `min_grade` does not go with `all`
      help: with `all` the keys are: title, all, when, after
    r.toml:13:14 error[conflicting-keys] `layer` is for requirements that look at holdings instead of taking them
      help: add `over = "counted"`, or take `layer` out
    r.toml:13:14 error[conflicting-keys] an optional requirement asks for no number
      help: take out `optional`, or `count`, `credits` and `sum`
    r.toml:19:23 error[conflicting-keys] it is not said what this number counts
      help: write `{ count = 3 }` or `{ credits = 3 }`
    "#);
}

#[test]
fn files_without_rules_are_not_a_catalog() {
    assert_snapshot!(findings(&[]), @"
    the files error[no-rules] no rule file defines a qualification or a credential
      help: write `[qualification]` or `[credential.ID]`, or name another folder
    ");
    assert_snapshot!(findings(&[("a.toml", "format = 1"), ("b.toml", "# nothing\nformat = 1")]), @"
    the files error[no-rules] no rule file defines a qualification or a credential
      help: write `[qualification]` or `[credential.ID]`, or name another folder
    ");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    assert_snapshot!(findings(&[("a.toml", &" ".repeat(1024 * 1024 + 1))]), @r"
    a.toml:1:1 error[too-large] `a.toml` has more than 1048576 bytes
      help: split it: one qualification per file, credentials in files of their own
    ");
    assert_snapshot!(findings(&vec![("a.toml", " ".repeat(1024 * 1024).as_str()); 17]), @"
    the files error[too-large] the rule files have 17825792 bytes together; a catalog has at most 16777216
      help: split the folder into catalogs of their own
    ");
}

#[test]
fn what_the_format_has_by_another_name_is_said() {
    let text = "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]\ncount = 1\nfrom = \"p\"\npartial = true\n\
                [pool.p]\nof = \"a\"\n[[outcome]]\nid = \"o\"\nall = \"r\"\noutcome = \"x\"\n[policy]\n\
                [credential]\na = { advise = false, framework = \"eqf\" }\nb = {}\n[[equivalence]]\nfrom = \"a\"\n\
                to = \"b\"\npartial = 5\ndated = 2026-01-01";
    assert_snapshot!(of_one(text), @r#"
    r.toml:8:1 error[unknown-key] there is no key `partial` in `requirement.r`
      help: write `larger_than_room = "truncate"`
    r.toml:14:1 error[unknown-key] `outcome` stands on its own, not in `outcome`
      help: write `[[outcome]]`
    r.toml:15:2 error[unknown-key] there is no key `policy` in a rule file
      help: write `attempt` and `max_age_on` in `[qualification]`, and `rounding` beside a `fraction`
    r.toml:17:7 error[unknown-key] there is no key `advise` in `credential.a`
      help: write `advise = false` in the pools or requirements that accept it
    r.toml:17:23 error[unknown-key] `framework` stands on its own, not in `credential.a`
      help: write `[framework.NAME]`
    r.toml:22:1 error[unknown-key] there is no key `partial` in `equivalence`
      help: write how many of the other's credits it covers: `credits = …`
    r.toml:23:1 error[unknown-key] there is no key `dated` in `equivalence`
      help: write the first and the last day: `effective = …`, `until = …`
    "#);
}

#[test]
fn a_level_is_compared_once() {
    assert_snapshot!(of_one("[framework.nfq]\ncompare = { eqf = { 5 = 4, \"5.0\" = 6 } }"), @"
    r.toml:3:28 error[named-twice] `5.0` is named twice
      help: take one of them out: once is enough
      r.toml:3:28 named again here
      r.toml:3:21 first named here
    ");
}

#[test]
fn what_stands_elsewhere_in_the_format_is_said() {
    let text = "[qualification]\nid = \"q\"\nall = [\"r\", \"s\"]\n[requirement.r]\ncount = 1\nfrom = \"p\"\n\
                where = { tags = \"x\" }\n[requirement.s]\nqualification = \"other\"\n[pool.p]\nof = \"a\"\n\
                [credential]\na = { equivalents = [\"b\"], tags = \"x\" }";
    assert_snapshot!(of_one(text), @r#"
    r.toml:8:1 error[unknown-key] there is no key `where` in `requirement.r`
      help: conditions stand in a pool: `[pool.NAME]` with `where = …`; then `from = "NAME"`
    r.toml:10:1 error[unknown-key] `qualification` stands on its own, not in `requirement.s`
      help: another qualification is asked for with `award = "ID"`
    r.toml:14:7 error[unknown-key] there is no key `equivalents` in `credential.a`
      help: make each a credential of its own, and write `[[equivalence]]` with `from` and `to`
    "#);
}
