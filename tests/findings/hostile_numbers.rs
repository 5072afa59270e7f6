//! Numbers and days that cannot be used, each refused at its place.

use crate::support::of_one;

fn refused(value: &str) -> String {
    let said = of_one(&format!("[credential.a]\ncredits = {value}"));
    assert!(said.starts_with("r.toml:3:1"), "{value}: {said}");
    said
}

#[test]
fn what_toml_accepts_as_a_number_is_not_always_an_amount() {
    for value in
        ["inf", "-inf", "nan", "+nan", "-0.0", "-1", "1e2", "0x10", "0o7", "0b1", "0.0001", "1000000001"]
    {
        assert!(refused(value).contains("error[invalid-value] `credits`"), "{value}");
    }
    for value in
        ["\"1e400\"", "\"\"", "\"-\"", "\"1.2.3\"", "\"١٢\"", "\"½\"", "\"9223372036854775808\"", "\" 1\""]
    {
        assert!(refused(value).contains("error[invalid-value] `credits`"), "{value}");
    }
    for value in ["1e400", "9223372036854775808", "99999999999999999999999", "1__0", "01", "1."] {
        let said = refused(value);
        assert!(said.contains("[syntax]") || said.contains("[invalid-value]"), "{said}");
    }
}

#[test]
fn what_is_a_number_is_kept_exactly() {
    for value in ["0", "+5", "1_000", "0.125", "4.50", "100000000", "\"7.5\"", "1.1000"] {
        assert_eq!(of_one(&format!("[credential.a]\ncredits = {value}")), "", "{value}");
    }
}

#[test]
fn days_that_do_not_exist_are_refused() {
    for day in [
        "\"2025-02-29\"",
        "\"2025-13-01\"",
        "\"2025-00-10\"",
        "\"10000-01-01\"",
        "\"2025-1-1\"",
        "\"today\"",
        "20250101",
        "2025-01-01T10:00:00Z",
        "10:00:00",
    ] {
        let said = of_one(&format!("[credential.a]\nretired = {day}"));
        assert!(said.starts_with("r.toml:3:11 error[invalid-value] `retired` takes a day"), "{day}: {said}");
    }
    for day in ["2025-02-29", "2025-13-01", "2025-00-10"] {
        assert!(of_one(&format!("[credential.a]\nretired = {day}")).contains("[syntax]"), "{day}");
    }
    assert_eq!(of_one("[credential.a]\nretired = \"2024-02-29\""), "");
}

#[test]
fn periods_that_cannot_be_used_are_refused() {
    for period in [
        "3",
        "3 weeks",
        "0 days",
        "-1 years",
        "999999999999 years",
        "201 years",
        "1.5 years",
        "",
        "three years",
    ] {
        let said = of_one(&format!("[credential.a]\nvalid = \"{period}\""));
        assert!(
            said.starts_with("r.toml:3:9 error[invalid-value] `valid` takes a period"),
            "{period}: {said}"
        );
    }
}

#[test]
fn whole_numbers_are_whole() {
    for count in ["0.5", "1.001", "\"2.5\"", "4294967296"] {
        let said = of_one(&format!(
            "[qualification]\nid = \"Q\"\nall = \"r\"\n[requirement.r]\ncount = {count}\nfrom = \"p\"\n[pool.p]\nof = \"a\"\n[credential.a]"
        ));
        assert!(said.starts_with("r.toml:6:9 error[invalid-value] `count`"), "{count}: {said}");
    }
}
