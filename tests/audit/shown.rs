//! What is shown of the rules themselves.

use insta::assert_snapshot;

use crate::record::shown;

#[test]
fn what_holds_for_all_requirements_is_said_once() {
    let rules = r#"
        [qualification]
        id = "q"
        edition = "1"
        effective = 2020-01-01
        grace = "end of calendar year"
        attempt = "latest"
        max_age_on = "entry"
        entry = "matriculation"
        all = "r"
        [requirement.r]
        count = 1
        from = "p"
        max_age = "5 years"
        [pool.p]
        of = "a"
        [editions.q]
        choose = "later"
        within = "7 years"
        last = 5
        teach_out = "12 months"
        entry = "matriculation"
        [credential.a]
        valid = "1 year"
        renewed_by = "b"
        renewal_window = "6 months"
        renewed_from = "end"
        retired = 2030-01-01
        valid_after_retirement = "2 years"
        [credential.b]"#;
    assert_snapshot!(shown(rules, "a"), @"
    ␛[1mq@1␛[0m
    ␛[2mwhat remains is counted in credentials · these rules from 2020-01-01␛[0m

    It asks for “r”.
      r: at least 1 credential from “p”, awarded at most 5 years before entry.
    What expires counts to the end of the calendar year.
    Of several attempts only the latest counts.
    Age reckons from the day of entry, which is that of the evidence matriculation.
    A learner may choose among the editions of q: the one in force on the day of entry, or a later one that came within 7 years of it, which is that of the evidence matriculation; of the last 5 only; to be completed within 1 year of the next.

    ␛[1mPools␛[0m
      “p” is a.

    No completion can do without a

    ␛[1ma␛[0m

    It is valid for 1 year.
    b renews it where it is earned within 6 months before its end; the new period begins at that end.
    Without another end, it is valid for 2 years after its retirement.
    It leads to q@1.
    ");
}
