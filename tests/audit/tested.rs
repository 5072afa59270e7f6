//! Tests beside the rules: what they compare, and what is said where an answer is another one.

use cairn_core::SourceFile;
use cairn_report::{TestsReport, text};
use insta::assert_snapshot;

use crate::record::plain;

const RULES: &str = r#"
[qualification]
id = "leadership"
all = ["core", "electives", "practice"]

[requirement.core]
title = "Core units"
all = ["planning", "budgets"]

[requirement.electives]
title = "Electives"
credits = 20
from = "electives"
limits = [{ at_most = 10, from = "imported" }]

[requirement.practice]
title = "Practice"
attest = "hours"
at_least = 40

[pool.electives]
of = ["law", "import-1", "import-2", "closed"]

[pool.imported]
of = ["import-1", "import-2"]

[credential]
planning = {}
budgets  = { requires = ["planning"] }
law      = { credits = 10 }
import-1 = { credits = 10 }
import-2 = { credits = 10 }
closed   = { credits = 10, offered = false }
"#;

/// What `cairn test` prints about these rules with these tests.
fn tested(tests: &str) -> String {
    tested_of(RULES, tests)
}

fn tested_of(rules: &str, tests: &str) -> String {
    let file = SourceFile { path: "r.toml".to_owned(), text: format!("format = 1\n{rules}\n{tests}") };
    let files = [file];
    let loading = cairn_core::load(&files);
    assert_eq!(loading.findings, []);
    let catalog = loading.catalog.expect("without findings there is a catalog");
    let outcomes: Vec<_> =
        catalog.tests().iter().map(|test| cairn_engine::run_test(&catalog, test)).collect();
    let report = TestsReport::new(&catalog, &files, &outcomes);
    plain(&text::tests(&report))
}

#[test]
fn only_what_is_written_is_compared() {
    assert_snapshot!(tested(r#"
        [[test]]
        name = "everything is as it is expected"
        on = 2026-06-15
        holds = ["@core", "law"]
        attests = [{ key = "hours", amount = 25 }, { key = "hours", amount = 14.5 }]
        expect = { complete = false, unreachable = false, remaining = { count = 1, credits = 10, attestations = 1 }, counted = { core = 2, electives = 10 }, met = ["core", "core/planning"], open = ["electives", "practice"], next = ["hours", "import-1"] }
        [[test]]
        name = "nothing but that it is complete"
        on = 2026-06-15
        holds = ["@core", "@electives", "@practice"]
        expect = { complete = true }
    "#), @"
    leadership
      ✓ everything is as it is expected
      ✓ nothing but that it is complete

    2 tests: all pass
    ");
}

#[test]
fn a_requirement_that_is_held_is_met_with_its_prerequisites_at_the_least_cost() {
    assert_snapshot!(tested(r#"
        [[test]]
        name = "two requirements are met together"
        on = 2026-06-15
        holds = ["@core/budgets", "@electives"]
        expect = { counted = { core = { count = 2 }, electives = { count = 2 } }, met = ["core"] }
        [[test]]
        name = "what the test holds itself is not given twice"
        on = 2026-06-15
        holds = ["@core", { credential = "planning", state = "revoked" }]
        expect = { open = ["core"] }
    "#), @"
    leadership
      ✓ two requirements are met together
      ✓ what the test holds itself is not given twice

    2 tests: all pass
    ");
}

#[test]
fn another_answer_is_shown_with_its_reasons_and_the_lines_of_the_rules() {
    assert_snapshot!(tested(r#"
        [[test]]
        name = "two imported units count"
        on = 2026-06-15
        holds = ["@core", "import-1", { credential = "import-2", awarded = 2025-01-31 }]
        attests = ["hours"]
        expect = { complete = true, counted = { electives = 20 }, remaining = { count = 0 }, open = ["core"], met = ["practice"], next = [] }
    "#), @"
    leadership
      ✗ two imported units count
          expected  it is complete  r.toml:42
          got       1 credential and 1 confirmation remain
          because   import-2 of 2025-01-31 does not count: an upper limit of “Electives” is reached  r.toml:11
                    “Electives” has 10 of 20 credits: 10 credits short  r.toml:11
                    “Practice” is confirmed for 1 of 40  r.toml:17
          expected  0 credentials remain  r.toml:42
          got       1 credential remains
          expected  20 credits count toward “Electives”  r.toml:42
          got       10 credits
          because   import-1 counts toward “Electives”  r.toml:11
                    import-2 of 2025-01-31 does not count: an upper limit of “Electives” is reached  r.toml:11
                    “Electives” has 10 of 20 credits: 10 credits short  r.toml:11
          expected  “Practice” is met  r.toml:42
          got       it is open
          because   import-2 of 2025-01-31 does not count: an upper limit of “Electives” is reached  r.toml:11
                    “Practice” is confirmed for 1 of 40  r.toml:17
          expected  “Core units” is not met  r.toml:42
          got       it is met
          because   budgets of 2026-06-15 counts toward “budgets” in “Core units”  r.toml:9
                    planning of 2026-06-15 counts toward “planning” in “Core units”  r.toml:9
          expected  what remains is nothing  r.toml:42
          got       what remains is hours and law

    1 test: 0 passed, 1 failed
    ");
}

#[test]
fn the_scenario_and_the_facts_of_a_holding_are_those_of_the_test() {
    assert_snapshot!(tested(r#"
        [[test]]
        name = "in progress"
        on = 2026-06-15
        scenario = "in-progress"
        holds = ["@core", "@practice", { credential = "law", state = "in-progress" }, { credential = "closed", credits = 10.5 }]
        expect = { complete = true }
        [[test]]
        name = "earned"
        on = 2026-06-15
        holds = ["@core", "@practice", { credential = "law", state = "in-progress" }, { credential = "closed", credits = 10.5 }]
        expect = { remaining = { credits = 10 }, counted = { electives = { credits = 10.5 } } }
    "#), @"
    leadership
      ✓ earned
      ✓ in progress

    2 tests: all pass
    ");
}

#[test]
fn what_is_repeatable_is_given_as_often_as_it_takes() {
    let rules = r#"
[qualification]
id = "q"
all = ["topics"]

[requirement.topics]
count = 3
from = "topics"

[pool.topics]
where = { kind = "course", tags = "seminar" }
open = { repeatable = 2 }

[credential]
topic = { kind = "course", tags = "seminar" }
"#;
    assert_snapshot!(tested_of(rules, r#"
        [[test]]
        name = "what meets it meets it"
        on = 2026-06-15
        holds = ["@topics"]
        expect = { complete = true }

        [[test]]
        name = "what no rule file knows is held by its facts"
        on = 2026-06-15
        holds = ["topic", { credential = "other", attributes = { kind = "course", tags = ["seminar"] } }]
        expect = { counted = { topics = 2 }, next = ["q/topics"] }
    "#), @"
    q
      ✓ what meets it meets it
      ✓ what no rule file knows is held by its facts

    2 tests: all pass
    ");
}
