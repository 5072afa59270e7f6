//! The traps into which systems of this kind have fallen, one test for each.
//!
//! The rules stand with their learners in one text; what a learner must get was worked out by hand.

use cairn_core::{Severity, SourceFile};
use cairn_engine::{audit, rule_test, run_test};
use cairn_report::AuditReport;

fn load(rules: &str) -> cairn_core::Loading {
    let text = format!("format = 1\n{rules}");
    cairn_core::load(&[SourceFile { path: "trap.toml".to_owned(), text }])
}

/// Every test in the rules passes; how many there are is said, so that none is lost.
fn pass(tests: usize, rules: &str) {
    let loading = load(rules);
    let errors: Vec<_> =
        loading.findings.iter().filter(|finding| finding.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let catalog = loading.catalog.expect("without errors there is a catalog");
    assert_eq!(catalog.tests().len(), tests);
    for test in catalog.tests() {
        let failures = run_test(&catalog, test).failures;
        assert!(failures.is_empty(), "{}: {failures:?}", test.name);
    }
}

/// The rules are refused for this.
fn refused(code: &str, rules: &str) {
    let loading = load(rules);
    assert!(loading.catalog.is_none(), "{rules}");
    assert!(loading.findings.iter().any(|finding| finding.code.word() == code), "{:?}", loading.findings);
}

/// The reasons of the audit that a test asks for, in words.
fn reasons(rules: &str, name: &str) -> String {
    let catalog = load(rules).catalog.expect("a catalog");
    let test = catalog.tests().iter().find(|test| test.name == name).expect("a test of that name");
    let learner = run_test(&catalog, test).learner;
    let audit = audit(&catalog, &learner, &rule_test::question(&catalog, test));
    let report = AuditReport::new(&catalog, &learner, &audit);
    report.reasons.iter().map(|reason| format!("{}\n", reason.text)).collect()
}

#[test]
fn vacuous_truth() {
    refused("empty-list", "[qualification]\nid = \"q\"\nall = []");
    refused("empty-list", "[qualification]\nid = \"q\"\nany = []");
    refused("vacuous", "[qualification]\nid = \"q\"\nchoose = 0\nof = [\"a\"]\n[credential.a]");
    let counted = |need: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]\n{need}\nfrom = \"p\"\n[pool.p]\nof = \"a\"\n[credential.a]"
        )
    };
    refused("vacuous", &counted("count = 0"));
    refused("vacuous", &counted("credits = 0"));
    // Unless it says so.
    assert!(load(&counted("optional = true")).findings.is_empty());
}

#[test]
fn duplicates() {
    pass(
        3,
        r#"
        [qualification]
        id = "two-of-three"
        all = "r"
        [requirement.r]
        count = 2
        from = "p"
        [pool.p]
        of = ["A", "B", "C", "S"]
        [credential]
        A = {}
        B = {}
        C = {}
        S = { repeatable = 2 }
        [[test]]
        name = "A twice is not two of three"
        on = 2026-01-01
        holds = [{ credential = "A", awarded = 2024-01-01 }, { credential = "A", awarded = 2025-01-01 }]
        expect = { complete = false, counted = { r = 1 }, remaining = { count = 1 } }
        [[test]]
        name = "what is repeatable counts as often as it says"
        on = 2026-01-01
        holds = ["S", { credential = "S", awarded = 2025-01-01 }]
        expect = { complete = true, counted = { r = 2 } }
        [[test]]
        name = "A and B are"
        on = 2026-01-01
        holds = ["A", "A", "B"]
        expect = { complete = true }
    "#,
    );
}

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
fn accept_is_wider_than_advise() {
    pass(
        2,
        r#"
        [qualification]
        id = "q"
        measure = "credits"
        all = "r"
        [requirement.r]
        count = 1
        from = ["advised", "hidden"]
        [pool.advised]
        of = "A"
        [pool.hidden]
        of = "B"
        advise = false
        [credential]
        A = { credits = 5 }
        B = { credits = 1 }
        [[test]]
        name = "what is hidden counts"
        on = 2026-01-01
        holds = ["B"]
        expect = { complete = true }
        [[test]]
        name = "and is not suggested, though it is smaller"
        on = 2026-01-01
        expect = { next = ["A"], remaining = { credits = 5 } }
    "#,
    );
}

const TWO_SIDES: &str = r#"
    [qualification]
    id = "both"
    all = ["one", "two"]
    [[sharing]]
    id = "of-one"
    title = "What the first side allows"
    between = ["one", "two"]
    at_most = { count = 2 }
    [[sharing]]
    id = "of-two"
    title = "What the second side allows"
    between = ["one", "two"]
    at_most = { count = 1 }
    [credential]
    A = {}
    B = {}
    C = {}
    [[test]]
    name = "one shared"
    on = 2026-01-01
    holds = ["A", "B", "C"]
    expect = { complete = true }
    [[test]]
    name = "two shared"
    on = 2026-01-01
    holds = ["A", "B"]
    expect = { complete = false, remaining = { count = 1 } }
"#;

const SIDE: &str = r#"
    [qualification]
    id = "SIDE"
    all = "r"
    [requirement.r]
    count = 2
    from = "p"
    [pool.p]
    of = ["A", "B", "C"]
"#;

#[test]
fn two_sided_sharing_policies_combine_to_the_most_restrictive() {
    let sides = [TWO_SIDES.to_owned(), SIDE.replace("SIDE", "one"), SIDE.replace("SIDE", "two")];
    let files: Vec<_> = (0..)
        .zip(&sides)
        .map(|(at, text)| SourceFile { path: format!("{at}.toml"), text: format!("format = 1\n{text}") })
        .collect();
    let loading = cairn_core::load(&files);
    let catalog = loading.catalog.unwrap_or_else(|| panic!("{:?}", loading.findings));
    assert_eq!(catalog.tests().len(), 2);
    for test in catalog.tests() {
        let outcome = run_test(&catalog, test);
        assert!(outcome.failures.is_empty(), "{}: {:?}", test.name, outcome.failures);
        let question = rule_test::question(&catalog, test);
        let forced = cairn_engine::forced(&catalog, &outcome.learner, &question);
        let clauses = forced.into_iter().flat_map(|forced| forced.clauses);
        let asked = Some(question.qualification);
        let clauses: Vec<_> =
            clauses.map(|clause| cairn_report::words::clause(&catalog, asked, clause)).collect();
        let said = clauses.join("\n");
        assert!(!said.contains("first side"), "the looser policy binds nothing: {said}");
        if test.name == "two shared" {
            assert!(said.contains("second side"), "the policy that binds is named: {said}");
        }
    }
}

#[test]
fn exact_arithmetic() {
    let part = |fraction: &str, whole: &str, sizes: &str, rounding: &str| {
        format!(
            "[qualification]\nid = \"q\"\nmeasure = \"credits\"\nall = \"r\"\n[requirement.r]\ncredits = {whole}\nfrom = \"p\"\n\
             limits = [{{ at_most = {{ fraction = \"{fraction}\", of = \"required\"{rounding} }}, where = {{ kind = \"t\" }} }}]\n\
             [pool.p]\nwhere = {{ kind = [\"t\", \"own\"] }}\n[credential]\nO = {{ kind = \"own\", credits = 200 }}\n{sizes}"
        )
    };
    let test = |name: &str, counted: &str| {
        format!(
            "\n[[test]]\nname = \"{name}\"\non = 2026-01-01\nholds = [\"T\"]\nexpect = {{ counted = {{ r = {counted} }} }}"
        )
    };
    let sized = |credits: &str| format!("T = {{ kind = \"t\", credits = {credits} }}");
    // One sixth of 33 is 5.5; 75 % of 30 is 22.5; 20 % of 12 is 2.4: exactly, and not a thousandth more.
    for (fraction, whole, fits, does_not) in
        [("1/6", "33", "5.5", "5.501"), ("0.75", "30", "22.5", "22.501"), ("0.2", "12", "2.4", "2.401")]
    {
        pass(1, &(part(fraction, whole, &sized(fits), "") + &test("it fits", fits)));
        pass(1, &(part(fraction, whole, &sized(does_not), "") + &test("it does not fit", "0")));
    }
    // The rounding is the rule's, and is stated.
    pass(1, &(part("1/6", "33", &sized("6"), ", rounding = \"up\"") + &test("rounded up", "6")));
    pass(1, &(part("1/6", "33", &sized("5.5"), ", rounding = \"down\"") + &test("rounded down", "0")));
    // Ten times 0.1 is 1, and three times 1.5 is 4.5.
    pass(
        1,
        r#"
        [qualification]
        id = "q"
        all = "r"
        [requirement.r]
        credits = 4.5
        from = "p"
        [pool.p]
        of = ["A", "B", "C"]
        [credential]
        A = { credits = 1.5 }
        B = { credits = 1.4 }
        C = { credits = 1.6 }
        [[test]]
        name = "4.5 credits are 4.5 credits"
        on = 2026-01-01
        holds = ["A", "B", "C"]
        expect = { complete = true, counted = { r = 4.5 } }
    "#,
    );
}

#[test]
fn a_cap_limits_what_is_applied_here_and_the_surplus_counts_elsewhere() {
    pass(
        1,
        r#"
        [qualification]
        id = "q"
        all = ["major", "free"]
        [requirement.major]
        count = 2
        from = "units"
        limits = [{ at_most = 1, from = "imported" }]
        [requirement.free]
        count = 1
        from = "units"
        [pool.units]
        of = ["U", "I1", "I2"]
        [pool.imported]
        of = ["I1", "I2"]
        [credential]
        U  = {}
        I1 = {}
        I2 = {}
        [[test]]
        name = "the second imported unit is free"
        on = 2026-01-01
        holds = ["U", "I1", "I2"]
        expect = { complete = true, counted = { major = 2, free = 1 } }
    "#,
    );
}

#[test]
fn a_unit_larger_than_the_room_left_is_refused_whole() {
    pass(
        2,
        r#"
        [qualification]
        id = "q"
        all = "r"
        [requirement.r]
        credits = 20
        from = "p"
        limits = [{ at_most = 15, from = "imported" }]
        [pool.p]
        of = ["I1", "I2", "I3", "O"]
        [pool.imported]
        of = ["I1", "I2", "I3"]
        [credential]
        I1 = { credits = 10 }
        I2 = { credits = 10 }
        I3 = { credits = 5 }
        O  = { credits = 5 }
        [[test]]
        name = "10 and 10 under 15 are 10"
        on = 2026-01-01
        holds = ["I1", "I2"]
        expect = { counted = { r = 10 } }
        [[test]]
        name = "10 and 5 fit whole"
        on = 2026-01-01
        holds = ["I1", "I2", "I3", "O"]
        expect = { complete = true, counted = { r = 20 } }
    "#,
    );
}

#[test]
fn multi_valued_facts_need_any_all_and_none() {
    let asked = |tags: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = \"r\"\n[requirement.r]\ncount = 1\nfrom = \"p\"\n[pool.p]\nwhere = {{ tags = {tags} }}\n\
             [credential]\nnone = {{}}\na = {{ tags = \"a\" }}\nab = {{ tags = [\"a\", \"b\"] }}\nc = {{ tags = \"c\" }}\n"
        )
    };
    let test = |held: &str, complete: bool| {
        format!(
            "[[test]]\nname = \"{held}\"\non = 2026-01-01\nholds = [\"{held}\"]\nexpect = {{ complete = {complete} }}\n"
        )
    };
    let all = |expected: [bool; 4]| -> String {
        ["none", "a", "ab", "c"].iter().zip(expected).map(|(held, complete)| test(held, complete)).collect()
    };
    pass(4, &(asked("{ any = [\"a\", \"b\"] }") + &all([false, true, true, false])));
    pass(4, &(asked("{ all = [\"a\", \"b\"] }") + &all([false, false, true, false])));
    // `X <> a OR X <> b` is always true; this is what is meant.
    pass(4, &(asked("{ none = [\"a\", \"b\"] }") + &all([true, false, false, true])));
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

#[test]
fn an_average_over_what_is_chosen_is_not_one_over_everything_attempted() {
    let asked = |over: &str| {
        format!(
            "[qualification]\nid = \"q\"\nall = [\"r\", \"standing\"]\n[requirement.r]\ncount = 2\nfrom = \"p\"\n\
             [requirement.standing]\noptional = true\nover = \"{over}\"\nfrom = \"p\"\naverage = {{ grade = 3, best = 4, measure = \"count\" }}\n\
             [pool.p]\nwhere = {{ kind = \"course\" }}\n[credential]\nA = {{ kind = \"course\" }}\nB = {{ kind = \"course\" }}\nC = {{ kind = \"course\" }}\n\
             [[test]]\nname = \"3, 3 and 1\"\non = 2026-01-01\n\
             holds = [{{ credential = \"A\", grade = 3 }}, {{ credential = \"B\", grade = 3 }}, {{ credential = \"C\", grade = 1 }}]\n"
        )
    };
    // The 1 is left out: then the average of what is chosen is 3.
    pass(1, &(asked("counted") + "expect = { complete = true }"));
    // It was attempted, and stays in the average of everything: 7 of 3 is less than 3.
    pass(1, &(asked("attempted") + "expect = { complete = false, open = [\"standing\"] }"));
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
        format!(
            "[[test]]\nname = \"{on}\"\non = {on}\nholds = [{{ credential = \"A\", awarded = 2023-03-01 }}]\nexpect = {{ complete = {complete} }}\n"
        )
    };
    let grace = "grace = \"end of calendar year\"\n";
    pass(2, &(graced(grace) + &test("2026-12-31", true) + &test("2027-01-01", false)));
    let aged = |clock: &str| {
        format!(
            "[qualification]\nid = \"aged\"\nall = \"r\"\n[requirement.r]\ncount = 2\nfrom = \"p\"\n{clock}\n[pool.p]\nof = [\"A\", \"B\"]\n[credential]\nA = {{}}\nB = {{}}\n"
        )
    };
    let test = |second: &str, on: &str, complete: bool| {
        format!(
            "[[test]]\nname = \"{second} on {on}\"\non = {on}\nholds = [{{ credential = \"A\", awarded = 2020-01-15 }}, {{ credential = \"B\", awarded = {second} }}]\n\
             expect = {{ complete = {complete} }}\n"
        )
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
fn an_award_held_is_not_its_components_held() {
    let asked = |mode: &str| {
        [
            format!("format = 1\n[qualification]\nid = \"upper\"\nall = \"r\"\n[requirement.r]\naward = \"lower\"\nas = \"{mode}\"\n"),
            "format = 1\n[qualification]\nid = \"lower\"\nall = [\"A\", \"B\"]\n[credential]\nA = {}\nB = {}\n".to_owned(),
        ]
    };
    let test = |held: &str, complete: bool| {
        format!(
            "[[test]]\nname = '{held}'\non = 2026-01-01\nholds = [{held}]\nexpect = {{ complete = {complete} }}\n"
        )
    };
    for (mode, of_award, of_components) in
        [("held", true, false), ("earned", false, true), ("either", true, true)]
    {
        let [upper, lower] = asked(mode);
        let upper = upper + &test("\"lower\"", of_award) + &test("\"A\", \"B\"", of_components);
        let files = [("upper.toml", upper), ("lower.toml", lower)];
        let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text });
        let catalog = cairn_core::load(&files).catalog.expect("a catalog");
        for test in catalog.tests() {
            assert_eq!(run_test(&catalog, test).failures, [], "{mode}: {}", test.name);
        }
    }
}

#[test]
fn equivalence_is_directional_and_not_transitive() {
    let rules = "[qualification]\nid = \"q\"\nall = \"C\"\n[credential]\nA = {}\nB = {}\nC = {}\n\
                 [[equivalence]]\nfrom = \"A\"\nto = \"B\"\n[[equivalence]]\nfrom = \"B\"\nto = \"C\"\n";
    let test = |held: &str, complete: bool| {
        format!(
            "[[test]]\nname = \"{held}\"\non = 2026-01-01\nholds = [\"{held}\"]\nexpect = {{ complete = {complete} }}\n"
        )
    };
    pass(3, &(rules.to_owned() + &test("A", false) + &test("B", true) + &test("C", true)));
    let back = rules.replace("all = \"C\"", "all = \"A\"");
    pass(2, &(back + &test("B", false) + &test("C", false)));
}

#[test]
fn complete_is_not_awarded() {
    let rules = r#"
        [qualification]
        id = "course"
        all = "A"
        [credential]
        A = {}
        B = { requires = ["course"] }
        [[test]]
        name = "it is complete"
        on = 2026-01-01
        holds = ["A"]
        expect = { complete = true }
    "#;
    pass(1, rules);
    assert!(!reasons(rules, "it is complete").contains("award"), "nothing is conferred by being complete");
    let upper = "format = 1\n[qualification]\nid = \"upper\"\nall = \"B\"\n\
                 [[test]]\nname = \"the award is a step of its own\"\non = 2026-01-01\nholds = [\"A\"]\nexpect = { next = [\"course\", \"B\"] }\n\
                 [[test]]\nname = \"once it is conferred, it is not\"\non = 2026-01-01\nholds = [\"A\", \"course\"]\nexpect = { next = [\"B\"] }\n";
    let files = [("course.toml", format!("format = 1\n{rules}")), ("upper.toml", upper.to_owned())];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text });
    let catalog = cairn_core::load(&files).catalog.expect("a catalog");
    assert_eq!(catalog.tests().len(), 3);
    for test in catalog.tests() {
        assert_eq!(run_test(&catalog, test).failures, [], "{}", test.name);
    }
}
