//! Requirements that are asked of some only, and outcomes.

use cairn_engine::{Question, audit};
use cairn_report::AuditReport;
use cairn_testkit::random::AS_OF;
use insta::assert_snapshot;

use crate::record::{audit_text, catalog, findings, learner, sentences};

const ASKED_OF_SOME: &str = r#"
    [qualification]
    id = "q"
    all = ["core", "language", "seminar", "track", "methods"]
    [requirement.core]
    all = ["a"]
    [requirement.language]
    all = ["l"]
    when = { held = "foreign" }
    [requirement.seminar]
    all = ["s"]
    when = { attested = "honours", held = ["foreign", "a"] }
    [requirement.track]
    any = ["thesis", "project"]
    [requirement.thesis]
    all = ["t"]
    [requirement.project]
    all = ["p"]
    [requirement.methods]
    all = ["m"]
    when = { met = "thesis" }
    [credential]
    a = {}
    l = {}
    s = {}
    t = {}
    p = {}
    m = {}
    foreign = { offered = false }"#;

#[test]
fn a_requirement_is_asked_only_of_those_whom_it_is_about() {
    assert_snapshot!(audit_text(ASKED_OF_SOME, "a\nt\nm"), @"
    q: complete, 0 count remain
      a -> q#core/a
      m -> q#methods/m
      t -> q#thesis/t
    ");
    assert_snapshot!(audit_text(ASKED_OF_SOME, "a\nt\nm\nforeign"), @"
    q: 1 count remain
      a -> q#core/a
      m -> q#methods/m
      t -> q#thesis/t
      not-asked: foreign does not count: no requirement asks for it
      lacks: “l” in “language” has 0 of 1 credential: 1 credential short
      next: earn l
    ");
    assert_snapshot!(audit_text(ASKED_OF_SOME, "a\nt\nm\nshows honours"), @"
    q: 1 count remain
      a -> q#core/a
      m -> q#methods/m
      t -> q#thesis/t
      lacks: “s” in “seminar” has 0 of 1 credential: 1 credential short
      next: earn s
    ");
    assert_snapshot!(sentences(ASKED_OF_SOME), @"
    q: all of “core”, “language”, “methods”, “seminar” and “track”
    core: “a”
    core/a: a
    language: “l”; asked only of those who hold foreign
    language/l: l
    methods: “m”; asked only of those who rely on “thesis”
    methods/m: m
    seminar: “s”; asked only of those who hold a or foreign and have evidence of honours
    seminar/s: s
    track: either “project” or “thesis”
    project: “p”
    project/p: p
    thesis: “t”
    thesis/t: t
    ");
}

#[test]
fn who_relies_on_another_requirement_is_not_asked() {
    assert_snapshot!(audit_text(ASKED_OF_SOME, "a\nt\np"), @"
    q: complete, 0 count remain
      a -> q#core/a
      p -> q#project/p
      t -> q#thesis/t
    ");
}

#[test]
fn a_condition_says_of_whom_and_names_what_there_is() {
    let with = |when: &str| ASKED_OF_SOME.replace("when = { met = \"thesis\" }", when);
    assert_snapshot!(findings(&with("when = { }")), @"
    missing-key: it is not said of whom this is asked
    ");
    assert_snapshot!(findings(&with("when = { held = \"nothing\", met = \"thesys\" }")), @"
    unknown-name: no credential or qualification is named `nothing`
    unknown-name: no requirement is named `thesys`
    ");
    assert_snapshot!(findings(&with("when = { met = [\"methods\", \"a\"], attested = \"no key\" }")), @"
    conflicting-keys: a requirement cannot be asked of those who rely on it alone
    unknown-name: no requirement is named `a`
    invalid-id: `no key` cannot be an id: an id may not contain a space (letters a to z, digits and `. _ + - / @` are allowed)
    ");
    assert_snapshot!(findings(&with("when = { source = \"earned\" }")), @"
    unknown-key: there is no key `source` in `when`
    ");
}

const OUTCOMES: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = ["units"]
    [[outcome]]
    id = "ageing"
    title = "Certificate (Ageing)"
    all = ["a1", "a2"]
    [[outcome]]
    id = "large"
    title = "Certificate of 30 credits"
    any = ["thirty"]
    [requirement.units]
    credits = 20
    from = "units"
    [requirement.thirty]
    credits = 30
    from = "units"
    over = "counted"
    [pool.units]
    where = { kind = "unit" }
    [credential]
    a1 = { kind = "unit", credits = 10 }
    a2 = { kind = "unit", credits = 10 }
    b1 = { kind = "unit", credits = 8 }
    b2 = { kind = "unit", credits = 8 }"#;

/// How far each outcome is, and what counts and remains where one is asked for.
fn outcomes(record: &str, asked: Option<&str>) -> String {
    let (catalog, learner) = (catalog(OUTCOMES), learner(record));
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let outcome = asked.map(|id| catalog.qualification(first).find_outcome(id).expect("an outcome"));
    let question = Question { outcome, ..Question::new(&catalog, first, AS_OF) };
    let report = AuditReport::new(&catalog, &learner, &audit(&catalog, &learner, &question));
    let outlooks = report.outcomes.iter().map(|one| format!("{}: {}\n", one.title, one.text));
    let standings =
        report.scopes[0].requirements.iter().map(|one| format!("  {} {}\n", one.id, one.standing));
    let next = report.next.iter().map(|step| format!("  next: {}\n", step.text));
    let top = format!("{} {:?}: {}\n", report.title, report.outcome, report.summary);
    std::iter::once(top).chain(outlooks).chain(standings).chain(next).collect()
}

#[test]
fn outcomes_say_how_far_each_title_is() {
    assert_snapshot!(outcomes("a1\nb1\nb2", None), @"
    q None: every requirement is met
    Certificate (Ageing): 10 credits to go
    Certificate of 30 credits: 10 credits to go
      q met
      units met
    ");
    assert_snapshot!(outcomes("a1\nb1\nb2", Some("ageing")), @r#"
    Certificate (Ageing) Some("ageing"): 10 of 20 credits to earn, in 1 credential
      q met
      units met
      ageing open
      ageing/a1 met
      ageing/a2 open
      next: earn a2: 10 credits, for “units”
    "#);
    assert_snapshot!(outcomes("a1\na2", None), @"
    q None: every requirement is met
    Certificate (Ageing): reached
    Certificate of 30 credits: 16 credits to go
      q met
      units met
    ");
    assert_snapshot!(sentences(OUTCOMES), @"
    q: “units”
    units: at least 20 credits from “units”
    ");
}

#[test]
fn an_outcome_has_a_name_of_its_own_and_asks_for_something() {
    let without = |from: &str, to: &str| findings(&OUTCOMES.replacen(from, to, 1));
    assert_snapshot!(without("id = \"ageing\"", ""), @"
    missing-key: the key `id` is missing
    ");
    assert_snapshot!(without("id = \"ageing\"", "id = \"large\""), @"
    duplicate-id: the outcome `large` is defined twice
    ");
    assert_snapshot!(without("id = \"ageing\"", "id = \"units\""), @"
    duplicate-id: the requirement `units` is defined twice
    ");
    assert_snapshot!(without("all = [\"a1\", \"a2\"]", "all = [\"q\"]"), @"
    cycle: `q` rests on itself: `q` → `ageing` → `q`
    ");
    assert_snapshot!(without("all = [\"a1\", \"a2\"]", ""), @"
    conflicting-keys: it is not said what completes it
    ");
}
