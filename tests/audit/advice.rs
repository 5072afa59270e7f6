//! More ways than one, stopped answers, wishes, and what is not advised.

use cairn_core::Measure;
use cairn_engine::{Preference, Question, audit, audit_preferring, best, pareto};
use cairn_report::{AuditReport, CompletionsReport};
use cairn_testkit::random::AS_OF;
use insta::assert_snapshot;

use crate::record::{audit_text, catalog, learner};

const UNITS: &str = r#"
    [qualification]
    id = "q"
    measure = "credits"
    all = ["r"]
    [requirement.r]
    credits = 10
    from = "units"
    [pool.units]
    where = { kind = "u" }
    [credential]
    big = { kind = "u", credits = 10, cost = 500, effort = 40 }
    s1 = { kind = "u", credits = 6, cost = 100, effort = 50 }
    s2 = { kind = "u", credits = 6, cost = 100, effort = 50 }
    s3 = { kind = "u", credits = 6, cost = 100, effort = 50 }"#;

fn ways(is_pareto: bool) -> String {
    let catalog = catalog(UNITS);
    let learner = learner("");
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let question = Question::new(&catalog, first, AS_OF);
    let found = if is_pareto {
        pareto(&catalog, &learner, &question.by(&[Measure::Cost, Measure::Credits, Measure::Effort]))
    } else {
        best(&catalog, &learner, &question, 5)
    };
    let report = CompletionsReport::new(&catalog, &learner, &found, is_pareto);
    let mut text = format!("{}\n", report.summary);
    for way in &report.completions {
        let ids: Vec<_> = way.steps.iter().map(|step| step.id.as_str()).collect();
        let choices: Vec<_> = way.choices.iter().map(|choice| format!("\n    {}", choice.text)).collect();
        text.push_str(&format!("  {}: {}{}\n", way.summary, ids.join(" "), choices.concat()));
    }
    text
}

#[test]
fn what_is_alike_is_one_way_and_said_to_be_a_choice() {
    assert_snapshot!(ways(false), @r#"
    2 different ways to complete it, the cheapest first; there are no others
      10 credits, 1 credential: big
      12 credits, 2 credentials: s1 s2
        instead of s1 or s2, s3 would do as well
    "#);
}

#[test]
fn no_way_of_a_pareto_set_beats_another() {
    assert_snapshot!(ways(true), @r#"
    2 ways to complete it, which no other beats in everything
      200 in cost, 12 credits, 100 hours of effort, 2 credentials: s1 s2
        instead of s1 or s2, s3 would do as well
      500 in cost, 10 credits, 40 hours of effort, 1 credential: big
    "#);
}

#[test]
fn a_stopped_answer_has_two_bounds() {
    let catalog = catalog(UNITS);
    let learner = learner("");
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let summary = |cases_max| {
        let question = Question { cases_max: Some(cases_max), ..Question::new(&catalog, first, AS_OF) };
        let audit = audit(&catalog, &learner, &question);
        let report = AuditReport::new(&catalog, &learner, &audit);
        format!("{}: {}\n", report.verdict, report.summary)
    };
    assert_snapshot!((0..4).map(summary).collect::<String>(), @r#"
    stopped: it may already be complete; the search was stopped after 0 cases
    remaining: 10 credits to earn, in 1 credential
    remaining: 10 credits to earn, in 1 credential
    remaining: 10 credits to earn, in 1 credential
    "#);
}

/// Units of which no few come out even.
#[test]
fn a_search_that_takes_long_can_be_stopped_between_its_bounds() {
    let sizes = [17, 23, 31, 42, 58, 61, 77, 90, 101, 116];
    let units: String =
        sizes.iter().map(|size| format!("u{size} = {{ kind = \"u\", credits = {size} }}\n")).collect();
    let rules = UNITS.split("[credential]").next().expect("a part").replace("credits = 10", "credits = 300");
    let catalog = catalog(&format!("{rules}\n[credential]\n{units}"));
    let learner = learner("");
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let summary = |cases_max| {
        let question = Question { cases_max: Some(cases_max), ..Question::new(&catalog, first, AS_OF) };
        let audit = audit(&catalog, &learner, &question);
        let report = AuditReport::new(&catalog, &learner, &audit);
        format!("{}: {}\n", report.verdict, report.summary)
    };
    // How good the upper bound is by then is the search's own business.
    let stopped = summary(10);
    assert!(stopped.starts_with("stopped: between 300 and 30"), "{stopped}");
    assert!(stopped.ends_with(" credits remain; the search was stopped after 10 cases\n"), "{stopped}");
    assert_snapshot!(summary(1), @"stopped: at least 300 credits remain, and no completion was found; the search was stopped after 1 case");
    assert_snapshot!(summary(u64::MAX / 2), @"remaining: 300 credits to earn, in 4 credentials");
}

const TWO: &str = r#"
    [qualification]
    id = "q"
    all = ["r", "s"]
    [requirement.r]
    count = 1
    from = "p"
    [requirement.s]
    count = 1
    from = "t"
    [pool.p]
    of = ["a", "b"]
    [pool.t]
    of = ["b", "c"]
    [credential]
    a = {}
    b = {}
    c = {}"#;

#[test]
fn a_wish_is_honoured_where_it_costs_nothing_and_priced_otherwise() {
    let catalog = catalog(TWO);
    let first = catalog.qualification_indexes().next().expect("a qualification");
    let question = Question::new(&catalog, first, AS_OF);
    let said = |record: &str, place: &str| {
        let learner = learner(record);
        let rules = catalog.qualification(first);
        let is_it = |ix: &cairn_core::catalog::RequirementIx| rules.requirement(*ix).id.as_str() == place;
        let ix = rules.requirement_indexes().find(is_it).expect("a requirement");
        let credential = catalog.find_credential("b").expect("a credential");
        let wish = Preference { credential, place: (first, ix) };
        let audit = audit_preferring(&catalog, &learner, &question, &[wish]);
        let report = AuditReport::new(&catalog, &learner, &audit);
        format!("{}: {}\n", report.summary, report.preferred[0].text)
    };
    let all = [said("b", "r"), said("b", "s"), said("a\nb", "r"), said("a\nb\nc", "s")];
    assert_snapshot!(all.concat(), @r#"
    1 of 2 credentials to earn: b counts toward “r”, as was wished
    1 of 2 credentials to earn: b counts toward “s”, as was wished
    every requirement is met: b does not count toward “r”: if it had to, it would no longer be complete
    every requirement is met: b counts toward “s”, as was wished
    "#);
}

#[test]
fn what_is_not_advised_counts_where_it_is_held() {
    let rules = r#"
        [qualification]
        id = "q"
        all = ["r"]
        [requirement.r]
        count = 1
        from = ["advised", "accepted"]
        [pool.advised]
        of = "b"
        [pool.accepted]
        of = "a"
        advise = false
        [credential]
        a = {}
        b = {}"#;
    assert_snapshot!(audit_text(rules, ""), @r#"
    q: 1 count remain
      lacks: “r” has 0 of 1 credential: 1 credential short
      next: earn b
    "#);
    assert_snapshot!(audit_text(rules, "a"), @r#"
    q: complete, 0 count remain
      a -> q#r
    "#);
}
