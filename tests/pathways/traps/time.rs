//! When something is had: ends, clocks, and what is still to come.

use super::{expecting, pass};

#[test]
fn four_different_ends() {
    pass(
        6,
        r#"
        [qualification]
        id = "q"
        all = "r"
        [requirement.r]
        count = 1
        from = "p"
        [pool.p]
        where = { kind = "exam" }
        [credential]
        new     = { kind = "exam", valid = "3 years" }
        old     = { offered = false }
        closing = { kind = "exam", retired = 2026-01-01, credits = 1 }
        [[equivalence]]
        from = "old"
        to   = "new"
        [[test]]
        name = "revoked does not count"
        on = 2026-01-01
        holds = [{ credential = "new", state = "revoked" }]
        expect = { complete = false }
        [[test]]
        name = "expired does not count"
        on = 2026-01-01
        holds = [{ credential = "new", awarded = 2022-12-31 }]
        expect = { complete = false }
        [[test]]
        name = "superseded counts through its equivalence"
        on = 2026-01-01
        holds = ["old"]
        expect = { complete = true }
        [[test]]
        name = "retired still counts where it is held"
        on = 2026-01-01
        holds = ["closing"]
        expect = { complete = true }
        [[test]]
        name = "retired is never advised"
        on = 2026-01-01
        expect = { next = ["new"] }
        [[test]]
        name = "a revoked holding counts in no scenario"
        on = 2026-01-01
        scenario = "planned"
        holds = [{ credential = "new", state = "revoked" }]
        expect = { complete = false }
    "#,
    );
}

#[test]
fn validity_includes_the_day_it_ends_and_four_clocks_are_four() {
    pass(
        9,
        r#"
        [qualification]
        id = "plain"
        all = "A"
        [credential]
        A  = { valid = "3 years", renewed_by = "R" }
        R  = {}
        [[test]]
        name = "expiry: the last day counts"
        on = 2026-03-01
        holds = [{ credential = "A", awarded = 2023-03-01 }]
        expect = { complete = true }
        [[test]]
        name = "expiry: the day after does not"
        on = 2026-03-02
        holds = [{ credential = "A", awarded = 2023-03-01 }]
        expect = { complete = false }
        [[test]]
        name = "expiry: three years after the 29th of February is the 28th"
        on = 2027-02-28
        holds = [{ credential = "A", awarded = 2024-02-29 }]
        expect = { complete = true }
        [[test]]
        name = "expiry: and not the 1st of March"
        on = 2027-03-01
        holds = [{ credential = "A", awarded = 2024-02-29 }]
        expect = { complete = false }
        [[test]]
        name = "expiry: what is recorded beats what is computed"
        on = 2026-03-02
        holds = [{ credential = "A", awarded = 2023-03-01, expires = 2026-03-02 }]
        expect = { complete = true }
        [[test]]
        name = "renewal: on the last day renews for a whole period"
        on = 2029-03-01
        holds = [{ credential = "A", awarded = 2023-03-01 }, { credential = "R", awarded = 2026-03-01 }]
        expect = { complete = true }
        [[test]]
        name = "renewal: a day late renews nothing"
        on = 2026-03-02
        holds = [{ credential = "A", awarded = 2023-03-01 }, { credential = "R", awarded = 2026-03-02 }]
        expect = { complete = false }
        [[test]]
        name = "renewal: and ends as well"
        on = 2029-03-02
        holds = [{ credential = "A", awarded = 2023-03-01 }, { credential = "R", awarded = 2026-03-01 }]
        expect = { complete = false }
        [[test]]
        name = "a day that is not recorded was long ago, and never expires"
        on = 2026-03-02
        holds = ["A"]
        expect = { complete = true }
    "#,
    );
    let graced = |grace: &str| {
        format!(
            "[qualification]\nid = \"graced\"\n{grace}all = \"A\"\n[credential]\nA = {{ valid = \"3 years\" }}\n"
        )
    };
    let test = |on: &str, complete: bool| {
        expecting(on, "{ credential = \"A\", awarded = 2023-03-01 }", &format!("complete = {complete}"))
    };
    let grace = "grace = \"end of calendar year\"\n";
    pass(2, &(graced(grace) + &test("2026-12-31", true) + &test("2027-01-01", false)));
    let aged = |clock: &str| {
        format!(
            "[qualification]\nid = \"aged\"\nall = \"r\"\n[requirement.r]\ncount = 2\nfrom = \"p\"\n{clock}\n[pool.p]\nof = [\"A\", \"B\"]\n[credential]\nA = {{}}\nB = {{}}\n"
        )
    };
    let test = |second: &str, on: &str, complete: bool| {
        let held = format!(
            "{{ credential = \"A\", awarded = 2020-01-15 }}, {{ credential = \"B\", awarded = {second} }}"
        );
        expecting(on, &held, &format!("complete = {complete}"))
    };
    // Recency: from the award to the day of the audit.
    let recency = aged("max_age = \"5 years\"")
        + &test("2024-01-01", "2025-01-15", true)
        + &test("2024-01-01", "2025-01-16", false);
    pass(2, &recency);
    // A window: from the first of what counts to the last, whatever day it is.
    let window = aged("window = \"30 months\"")
        + &test("2022-07-15", "2030-01-01", true)
        + &test("2022-07-16", "2030-01-01", false);
    pass(2, &window);
}

#[test]
fn in_progress_and_planned_are_scenarios_and_never_mix_with_what_is_earned() {
    let rules = "[qualification]\nid = \"q\"\nall = [\"A\", \"B\"]\n[credential]\nA = {}\nB = {}\n";
    let test = |scenario: &str, complete: bool, open: &str| {
        format!(
            "[[test]]\nname = \"{scenario}\"\non = 2026-01-01\nscenario = \"{scenario}\"\n\
             holds = [{{ credential = \"A\", state = \"in-progress\" }}, {{ credential = \"B\", state = \"planned\" }}]\n\
             expect = {{ complete = {complete}, next = [{open}] }}\n"
        )
    };
    let tests = [
        test("earned", false, "\"A\", \"B\""),
        test("in-progress", false, "\"B\""),
        test("planned", true, ""),
    ];
    pass(3, &(rules.to_owned() + &tests.concat()));
}
