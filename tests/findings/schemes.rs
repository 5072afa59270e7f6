//! Credit schemes: which is the common one, and what cannot be exchanged.

use insta::assert_snapshot;

use crate::support::of_one;

#[test]
fn exactly_one_scheme_is_the_common_one() {
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\n[scheme.c]\nexchange = { a = 2 }"), @"");
    assert_snapshot!(of_one("[scheme.a]\nexchange = { b = 2 }\n[scheme.b]\nexchange = { a = \"1/2\" }"), @"");
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchange = { d = 2 }\n[scheme.c]\nexchange = {}"), @"");
    assert_snapshot!(of_one("[scheme.a]\n[scheme.b]\nexchange = { d = 2 }"), @"");
}

#[test]
fn a_rate_is_a_fraction_or_a_decimal_above_nothing() {
    let rate = |rate: &str| of_one(&format!("[scheme.a]\n[scheme.b]\nexchange = {{ a = {rate} }}"));
    for good in ["2", "\"4/3\"", "0.5", "1.25", "\"1/1000\""] {
        assert_eq!(rate(good), "", "{good}");
    }
    assert_snapshot!(rate("0"), @"");
    for bad in ["\"1/0\"", "\"1/1001\"", "\"half\"", "100000000", "-1"] {
        assert!(rate(bad).contains("invalid-value"), "{bad}");
    }
}

#[test]
fn rounding_says_which_way_and_to_what() {
    let with = |text: &str| of_one(&format!("[scheme.a]\n[scheme.b]\nexchange = {{ a = \"1/3\" }}\n{text}"));
    assert_eq!(with("rounding = \"nearest\""), "");
    assert_snapshot!(with("multiple_of = 0.5"), @"");
    assert_snapshot!(with("rounding = \"down\"\nmultiple_of = 0"), @"");
    assert_snapshot!(of_one("[scheme.a]\nrounding = \"down\""), @"");
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
    assert_snapshot!(asking("10"), @"");
}

#[test]
fn a_scheme_that_nobody_defines_is_unknown() {
    assert_snapshot!(of_one("[scheme.ects]\n[credential.a]\nscheme = \"etcs\""), @"");
    assert_snapshot!(of_one("[credential.a]\nscheme = \"cats\""), @"");
}

#[test]
fn an_exchange_that_is_too_large_is_refused() {
    let text = "[scheme.a]\n[scheme.b]\nexchange = { a = 1000 }\n[credential.x]\ncredits = 1000000\nscheme = \"b\"";
    assert_snapshot!(of_one(text), @"");
}
