//! Findings about how large a qualification is.

use insta::assert_snapshot;

use crate::support::of_one;

/// A qualification of a kind of 12 to 24 credits, with more tables.
fn asking(rules: &str) -> String {
    of_one(&format!(
        r#"
[size.certificate]
title = "Certificate"
credits = {{ min = 12, max = 24 }}
[credential]
a = {{ kind = "course", credits = 3 }}
b = {{ kind = "course", credits = 3 }}
c = {{ kind = "course", credits = 3 }}
d = {{ kind = "course", credits = 3 }}
large = {{ credits = 21.5 }}
other = {{ credits = 8 }}
{rules}
"#
    ))
}

fn of(asked: &str) -> String {
    let pool = if asked.contains("\"p\"") { "[pool.p]\nwhere = { kind = \"course\" }" } else { "" };
    asking(&format!("[qualification]\nid = \"q\"\nkind = \"certificate\"\n{asked}\n{pool}"))
}

#[test]
fn what_lies_within_is_no_finding() {
    for asked in [
        "all = \"r\"\n[requirement.r]\ncredits = 12\nfrom = \"p\"",
        "all = \"r\"\n[requirement.r]\ncredits = 24\nfrom = \"p\"",
        "all = [\"r\", \"other\"]\n[requirement.r]\ncount = 2\nfrom = \"p\"",
        "all = \"r\"\nlimits = [{ at_least = { credits = 12 } }]\n[requirement.r]\ncount = 1\nfrom = \"p\"",
        "any = [\"large\", \"r\"]\n[requirement.r]\ncount = 4\nfrom = \"p\"",
    ] {
        assert_eq!(of(asked), "", "{asked}");
    }
}

#[test]
fn a_thousandth_outside_is_outside() {
    assert_snapshot!(of("all = \"r\"\n[requirement.r]\ncredits = 11.999\nfrom = \"p\""), @"
    r.toml:13:1 error[award-size] `q` asks for 11.999 credits, and one of the kind `certificate` asks for at least 12
      help: ask for more, name another kind, or lower what is needed
      r.toml:3:7 the size of its kind
    ");
    assert_snapshot!(of("all = \"r\"\n[requirement.r]\ncredits = 24.001\nfrom = \"p\""), @"
    r.toml:13:1 error[award-size] `q` asks for 24.001 credits, and one of the kind `certificate` asks for at most 24
      help: ask for less, name another kind, or raise what is allowed
      r.toml:3:7 the size of its kind
    ");
    assert_snapshot!(of("any = [\"large\", \"other\"]"), @"
    r.toml:13:1 error[award-size] `q` may ask for 8 credits, and one of the kind `certificate` asks for at least 12
      help: ask for more, name another kind, or lower what is needed
      r.toml:3:7 the size of its kind
    ");
    assert_snapshot!(of("all = [\"large\", \"other\"]"), @"
    r.toml:13:1 error[award-size] `q` asks for 29.5 credits, and one of the kind `certificate` asks for at most 24
      help: ask for less, name another kind, or raise what is allowed
      r.toml:3:7 the size of its kind
    ");
}

#[test]
fn what_cannot_be_told_is_to_be_stated() {
    assert_snapshot!(
        of("all = \"r\"\n[requirement.r]\ncount = 2\nfrom = \"any\"\n[pool.any]\nof = [\"a\", \"large\", \"other\"]"),
        @"
    r.toml:13:1 warning[unclear-size] it cannot be told whether `q` asks for at least 12 credits
      help: state the total: `limits = [{ at_least = { credits = 12 } }]`
      r.toml:3:7 the size of its kind
    r.toml:13:1 warning[unclear-size] it cannot be told whether `q` asks for at most 24 credits
      help: limit the total: `limits = [{ at_most = { credits = 24 } }]`
      r.toml:3:7 the size of its kind
    "
    );
    let stated = "limits = [{ at_least = { credits = 12 } }, { at_most = { credits = 24 } }]";
    assert_eq!(
        of(&format!(
            "all = \"r\"\n{stated}\n[requirement.r]\ncount = 2\nfrom = \"any\"\n[pool.any]\nof = [\"a\", \"large\", \"other\"]"
        )),
        "",
    );
}

#[test]
fn bounds_are_stated_once_and_make_sense() {
    assert_snapshot!(of_one("[size.large]\n[size.small]\ncredits = {}\n[size.odd]\ncredits = { min = 3, max = 2 }"), @"
    r.toml:2:1 error[missing-key] the key `credits` is missing
      help: add `credits = …`
    r.toml:4:11 error[missing-key] it says neither the least nor the most credits
      help: add `min = …` or `max = …`
    r.toml:6:11 error[contradictory-limits] at least 3 and at most 2 credits are asked for
      help: lower the least, or raise the most
    ");
    assert_snapshot!(asking("[qualification]\nid = \"q\"\nkind = \"certifcate\"\nall = \"large\""), @"
    r.toml:15:8 error[unknown-name] no size of a kind is named `certifcate`
      help: did you mean `certificate`?
    ");
}
