//! Credit schemes: which is the common one, and what cannot be exchanged.

use insta::assert_snapshot;

use crate::support::of_one;

#[test]
fn exactly_one_scheme_is_the_common_one() {
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\n[scheme.c]\nexchange = { a = 2 }"), @"
    r.toml:3:9 error[missing-key] neither `a` nor `b` says what its credits are in the other
      help: add `exchange = { a = … }`, or the reverse
      r.toml:2:9 everything is counted in one scheme
    ");
    assert_snapshot!(of_one("[scheme.a]\nexchange = { b = 2 }\n[scheme.b]\nexchange = { a = \"1/2\" }"), @"
    r.toml:3:14 error[conflicting-keys] `b` is exchanged itself
      help: say what a credit is in the scheme that states no exchange
    r.toml:5:14 error[conflicting-keys] `a` is exchanged itself
      help: say what a credit is in the scheme that states no exchange
    ");
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchange = { d = 2 }\n[scheme.c]\nexchange = {}"), @r#"
    r.toml:6:12 error[empty-list] `exchange` names no scheme
      help: name the scheme that everything is counted in: `exchange = { ects = "1/2" }`
    "#);
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchange = { d = 2 }"), @"
    r.toml:4:14 error[unknown-name] no scheme is named `d`
      help: define it: `[scheme.d]`
    ");
}

#[test]
fn a_rate_is_a_fraction_or_a_decimal_above_nothing() {
    let rate = |rate: &str| of_one(&format!("[scheme.a]\n[scheme.b]\nexchange = {{ a = {rate} }}"));
    for good in ["2", "\"4/3\"", "0.5", "1.25", "\"1/1000\""] {
        assert_eq!(rate(good), "", "{good}");
    }
    assert_snapshot!(rate("0"), @"
    r.toml:4:18 error[invalid-value] `exchange` takes a rate, not `0`
      help: write what one credit is, like `1/2`, `2` or `0.75`; it is more than 0, and of at most a thousand parts
    ");
    for bad in ["\"1/0\"", "\"1/1001\"", "\"half\"", "100000000", "-1"] {
        assert!(rate(bad).contains("invalid-value"), "{bad}");
    }
}

#[test]
fn rounding_says_which_way_and_to_what() {
    let with = |text: &str| of_one(&format!("[scheme.a]\n[scheme.b]\nexchange = {{ a = \"1/3\" }}\n{text}"));
    assert_eq!(with("rounding = \"nearest\""), "");
    assert_snapshot!(with("multiple_of = 0.5"), @r#"
    r.toml:3:1 error[missing-key] the key `rounding` is missing
      help: say which way: `rounding = "down"`, `"up"` or `"nearest"`
    "#);
    assert_snapshot!(with("rounding = \"down\"\nmultiple_of = 0"), @"
    r.toml:6:15 error[invalid-value] nothing is a multiple of nothing
      help: write the smallest amount that counts, like `0.5`
    ");
    assert_snapshot!(of_one("[scheme.a]\nrounding = \"down\""), @"
    r.toml:2:1 error[conflicting-keys] what is not exchanged is not rounded
      help: add `exchange = { … }`, or take `rounding` out
    ");
}

/// A qualification that asks for an amount of a scheme of which three credits are one.
fn asking(credits: &str) -> String {
    of_one(&format!(
        r#"
[qualification]
id     = "q"
scheme = "b"
all    = "r"
[requirement.r]
credits = {credits}
from    = "p"
[pool.p]
of = "x"
[scheme.a]
[scheme.b]
exchange = {{ a = "1/3" }}
rounding = "up"
[credential.x]
credits = 10
scheme  = "b"
"#
    ))
}

#[test]
fn what_is_asked_for_is_exchanged_exactly() {
    assert_eq!(asking("9"), "");
    assert_snapshot!(asking("10"), @r#"
    r.toml:8:11 error[inexact-exchange] `10` b credits are no whole thousandths of a credits
      help: write an amount that can be exchanged; what credentials have may be rounded: `rounding = "down"` in `[scheme.b]`
    "#);
}

#[test]
fn a_scheme_that_nobody_defines_is_unknown() {
    assert_snapshot!(of_one("[scheme.ects]\n[credential.a]\nscheme = \"etcs\""), @"
    r.toml:4:10 error[unknown-name] no scheme is named `etcs`
      help: did you mean `ects`?
    ");
    assert_snapshot!(of_one("[credential.a]\nscheme = \"cats\""), @"
    r.toml:3:10 error[unknown-name] no scheme is named `cats`
      help: define it, or take the name out
    ");
}

#[test]
fn an_exchange_that_is_too_large_is_refused() {
    assert_eq!(of_one("[scheme.a]\n[credential.x]\ncredits = 100000000\nscheme = \"a\""), "");
    let text =
        "[scheme.a]\n[scheme.b]\nexchange = { a = 1000 }\n[credential.x]\ncredits = 1000000\nscheme = \"b\"";
    assert_snapshot!(of_one(text), @"
    r.toml:6:11 error[invalid-value] `1000000` b credits are 100000000 a credits or more
      help: write a smaller amount
    ");
}

#[test]
fn a_scheme_that_could_not_be_read_is_known_all_the_same() {
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchange = 2\n[credential.x]\nscheme = \"b\""), @r"
    r.toml:4:12 error[wrong-type] `exchange` takes a table, not a number
      help: write keys and values: `{ key = value }`
    ");
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchnge = { a = 2 }\n[credential.x]\nscheme = \"b\""), @"
    r.toml:4:1 error[unknown-key] there is no key `exchnge` in `scheme.b`
      help: did you mean `exchange`?
    ");
}
