//! Several findings in one run: none hides another, none echoes another, in an order of their own.

use insta::assert_snapshot;

use crate::support::{file, findings, of_one, render};

const UNITS: &str = r#"format = 1
[credential]
a = { credits = -5 }
b = { valid = "soon" }
c = {}
"#;

const DIPLOMA: &str = r#"format = 1
[qualification]
id = "D"
all = ["core", "electives", "d"]
[requirement.core]
all = ["a", "b"]
[requirement.electives]
count = 1
from = "elective"
[pool.electives]
of = "c"
"#;

#[test]
fn all_findings_of_all_files_are_reported_in_one_run() {
    assert_snapshot!(findings(&[("units.toml", UNITS), ("diploma.toml", DIPLOMA)]), @"
    diploma.toml:4:29 error[unknown-name] no requirement, credential or qualification is named `d`
      help: did you mean `D`?
    diploma.toml:9:8 error[unknown-name] no pool is named `elective`
      help: did you mean `electives`?
    units.toml:3:17 error[invalid-value] `credits` cannot be negative, and `-5` is
      help: write a number from 0 up
    units.toml:4:15 error[invalid-value] `valid` takes a period, not `soon`
      help: write it like `3 years`, `30 months` or `90 days`
    ");
}

#[test]
fn the_order_of_files_does_not_matter() {
    let twice = "format = 1\n[credential.c]\n[issuer.i]\n";
    let again = "format = 1\n[issuer.i]\n[[equivalence]]\nfrom = \"a\"\nto = \"c\"\n";
    let files = [
        ("units.toml", UNITS),
        ("diploma.toml", DIPLOMA),
        ("a.toml", twice),
        ("z.toml", again),
        ("y.toml", again),
    ];
    let expected = findings(&files);
    for turn in 1..files.len() {
        let mut turned = files;
        turned.rotate_left(turn);
        assert_eq!(findings(&turned), expected);
        turned.reverse();
        assert_eq!(findings(&turned), expected);
    }
}

#[test]
fn one_bad_table_does_not_hide_the_next() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = ["r", "s", "t"]
[requirement.r]
all = 3
[requirement.s]
count = "many"
from = "p"
[requirement.t]
[pool.p]
of = ["a", 7]
[credential]
a = 1
b = { credits = "b" }
"#), @"
    r.toml:7:7 error[wrong-type] `all` takes a text, not a number
      help: put it in quotes
    r.toml:9:9 error[invalid-value] `count` takes a number, not `many`
      help: write it in digits, like `12` or `4.5`
    r.toml:11:14 error[conflicting-keys] the requirement `t` asks for nothing
      help: a requirement has exactly one of `all`, `any`, `choose`, `same`, `count` or `credits` with `from`, `award`, `attest`
    r.toml:13:12 error[wrong-type] `of` takes a text, not a number
      help: put it in quotes
    r.toml:15:5 error[wrong-type] `credential.a` takes a table, not a number
      help: write keys and values: `{ key = value }`
    r.toml:16:17 error[invalid-value] `credits` takes a number, not `b`
      help: write it in digits, like `12` or `4.5`
    ");
}

#[test]
fn what_a_broken_file_would_have_defined_is_not_missing() {
    let broken = "format = 1\n[credential\na = {}";
    assert_snapshot!(findings(&[("units.toml", broken), ("d.toml", "format = 1\n[qualification]\nid = \"D\"\nchoose = 3\nof = [\"a\", \"b\"]\n[pool.p]\nwhere = { kind = \"unit\" }")]), @"
    d.toml:4:10 error[choice-too-large] `choose = 3` asks for more than the 2 that `of` names
      help: ask for at most 2, or name more
      d.toml:5:6 the choice
    units.toml:2:12 error[syntax] this is not TOML: unclosed table, expected `]`
    ");
    let later = "format = 2\n[credential]\na = {}";
    assert_snapshot!(findings(&[("units.toml", later), ("d.toml", "format = 1\n[qualification]\nid = \"D\"\nall = \"a\"")]), @"
    units.toml:1:10 error[format] the file is written in format `2`, and this version of Cairn reads format `1`
      help: write `format = 1`, or read the file with a newer version
    ");
}

#[test]
fn a_credential_that_could_not_be_read_is_not_unknown() {
    assert_snapshot!(of_one(r#"
[qualification]
id = "Q"
all = "a"
[credential]
a = "Unit A"
"#), @"
    r.toml:7:5 error[wrong-type] `credential.a` takes a table, not a text
      help: write keys and values: `{ key = value }`
    ");
}

#[test]
fn places_are_those_of_the_file_also_behind_a_byte_order_mark() {
    let text = "\u{feff}format = 1\n[credential.a]\ntitel = \"A\"";
    assert_snapshot!(findings(&[("a.toml", text)]), @"
    a.toml:3:1 error[unknown-key] there is no key `titel` in `credential.a`
      help: did you mean `title`?
    ");
    let loading = cairn_core::load(&[file("a.toml", text)]);
    let span = loading.findings[0].labels[0].span;
    assert_eq!(&text[span.range()], "titel");
}

#[test]
fn warnings_leave_the_catalog_usable() {
    let files = [file("a.toml", "format = 1\n[credential]\na = {}\nA = {}")];
    let loading = cairn_core::load(&files);
    assert!(render(&loading, &files).contains("warning[look-alike-id]"));
    assert!(loading.catalog.is_some());
}
