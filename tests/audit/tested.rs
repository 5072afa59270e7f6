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
    tested_in(&[("r.toml", &format!("{RULES}\n{tests}"))])
}

fn tested_in(files: &[(&str, &str)]) -> String {
    let file = |&(path, text): &(&str, &str)| SourceFile {
        path: path.to_owned(),
        text: format!("format = 1\n{text}"),
    };
    let files: Vec<_> = files.iter().map(file).collect();
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
    assert_snapshot!(tested_in(&[("r.toml", &format!("{rules}\n{}", r#"
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
    "#))]), @"
    q
      ✓ what meets it meets it
      ✓ what no rule file knows is held by its facts

    2 tests: all pass
    ");
}

/// Two certificates of two courses each that may share one, and a test of both.
fn of_two(test: &str) -> String {
    let certificate = |id: &str, own: &str| {
        format!(
            "[qualification]\nid = \"{id}\"\nall = \"courses\"\n[requirement.courses]\ntitle = \"Courses of {id}\"\n\
             count = 2\nfrom = \"p\"\n[pool.p]\nof = [\"{own}\", \"both-1\", \"both-2\"]\n"
        )
    };
    let common = format!(
        "[[sharing]]\nid = \"one\"\nbetween = [\"A\", \"B\"]\nat_most = {{ count = 1 }}\n\
         [credential]\nown-a = {{}}\nown-b = {{}}\nboth-1 = {{}}\nboth-2 = {{}}\n{test}"
    );
    let (a, b) = (certificate("A", "own-a"), certificate("B", "own-b"));
    tested_in(&[("a.toml", &a), ("b.toml", &b), ("common.toml", &common)])
}

#[test]
fn several_qualifications_are_asked_about_at_once() {
    assert_snapshot!(of_two(r#"
        [[test]]
        name = "both courses complete each, and not both"
        qualification = "A"
        beside = ["B"]
        on = 2026-06-15
        holds = ["both-1", "both-2"]
        expect = { complete = false, unreachable = false, remaining = { count = 1, credits = 0 } }
        [[test]]
        name = "one is complete beside the other"
        qualification = "B"
        beside = ["A"]
        on = 2026-06-15
        holds = ["own-a", "both-1"]
        expect = { open = ["courses"], each = { A = { complete = true, met = ["courses"] }, B = { complete = false, counted = { courses = 1 } } } }
        [[test]]
        name = "by itself"
        qualification = "B"
        on = 2026-06-15
        holds = ["both-1", "both-2"]
        expect = { complete = true }
    "#), @"
    A
      ✓ both courses complete each, and not both  beside B

    B
      ✓ by itself
      ✓ one is complete beside the other  beside A

    3 tests: all pass
    ");
}

#[test]
fn of_one_of_several_it_is_said_what_it_is_beside_the_others() {
    assert_snapshot!(of_two(r#"
        [[test]]
        name = "a course more is needed"
        qualification = "A"
        beside = ["B"]
        on = 2026-06-15
        holds = ["own-a", "both-1"]
        expect = { complete = true, each = { B = { complete = true, counted = { courses = 2 }, met = ["courses"] } } }
    "#), @"
    A
      ✗ a course more is needed  beside B
          expected  it is complete  common.toml:18
          got       1 credential remains
          because   “Courses of B” of B has 1 of 2 credentials: 1 credential short  b.toml:5
          expected  B is complete beside the others  common.toml:18
          got       B is not complete beside the others
          because   both-1 counts toward “Courses of B” of B  b.toml:5
                    “Courses of B” of B has 1 of 2 credentials: 1 credential short  b.toml:5
          expected  2 credentials count toward “Courses of B” of B  common.toml:18
          got       1 credential
          expected  “Courses of B” of B is met  common.toml:18
          got       it is open

    1 test: 0 passed, 1 failed
    ");
}
