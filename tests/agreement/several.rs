//! The best different completions and the Pareto set against an enumeration of everything.

use std::collections::BTreeSet;

use cairn_core::{
    Catalog, Learner, Measure,
    catalog::{CredentialIx, QualificationIx},
};
use cairn_engine::{Action, Completion, Cost, End, Question, best, pareto, remaining};
use cairn_testkit::{
    answer::{for_oracle, from_oracle},
    random::Case,
};

/// Everything that a completion has.
type Things = (Cost, Vec<CredentialIx>, Vec<QualificationIx>, Vec<String>);

/// Says what kinds of answers there were.
pub(crate) fn different_completions(
    catalog: &Catalog,
    case: &Case,
    learner: &Learner,
    question: &Question,
) -> Vec<&'static str> {
    let found = best(catalog, learner, question, usize::MAX);
    assert_eq!(found.end, End::Exhausted, "{}", case.text());
    let costs: Vec<Cost> = found.completions.iter().map(|one| one.cost).collect();
    assert!(costs.is_sorted(), "{costs:?}\n{}", case.text());
    assert_eq!(costs.first().copied(), remaining(catalog, learner, question), "{}", case.text());
    let said: Vec<Things> = found.completions.iter().flat_map(written_out).collect();
    let oracle = cairn_oracle::different(catalog, learner, &for_oracle(question));
    let expected: BTreeSet<Things> =
        oracle.into_iter().map(|one| (from_oracle(&one.cost), one.new, one.awards, one.granted)).collect();
    assert_eq!(said.iter().cloned().collect::<BTreeSet<_>>(), expected, "{question:?}\n{}", case.text());
    assert_eq!(said.len(), expected.len(), "one is said twice: {}", case.text());
    let some = best(catalog, learner, question, 2);
    assert_eq!(some.completions, found.completions[..found.completions.len().min(2)], "{}", case.text());
    let mut kinds = Vec::new();
    if found.completions.len() > 1 {
        kinds.push("different completions");
    }
    if found.completions.iter().any(|one| !one.choices.is_empty()) {
        kinds.push("interchangeable credentials");
    }
    kinds
}

/// A completion with every choice of interchangeable credentials.
fn written_out(completion: &Completion) -> Vec<Things> {
    let Completion { cost, steps, choices } = completion;
    let (mut new, mut awards, mut granted) = (Vec::new(), Vec::new(), Vec::new());
    for step in steps {
        match &step.action {
            Action::Earn(ix) => new.push(*ix),
            Action::Award(ix) => awards.push(*ix),
            Action::Confirm { key, .. } => granted.push(key.to_string()),
        }
    }
    awards.sort_unstable();
    granted.sort_unstable();
    let mut all = vec![new];
    for choice in choices {
        let members = [&choice.chosen[..], &choice.others].concat();
        let ways = choose(&members, choice.chosen.len());
        all.iter_mut().for_each(|new| new.retain(|ix| !choice.chosen.contains(ix)));
        all = all.iter().flat_map(|new| ways.iter().map(|way| [&new[..], way].concat())).collect();
    }
    all.iter_mut().for_each(|new| new.sort_unstable());
    all.into_iter().map(|new| (*cost, new, awards.clone(), granted.clone())).collect()
}

/// All ways to choose so many.
fn choose(members: &[CredentialIx], number: usize) -> Vec<Vec<CredentialIx>> {
    match (number, members) {
        (0, _) => vec![Vec::new()],
        (_, []) => Vec::new(),
        (_, [first, rest @ ..]) => {
            let mut with = choose(rest, number - 1);
            with.iter_mut().for_each(|way| way.insert(0, *first));
            [with, choose(rest, number)].concat()
        }
    }
}

pub(crate) fn pareto_set(
    catalog: &Catalog,
    case: &Case,
    learner: &Learner,
    question: &Question,
) -> Option<&'static str> {
    let question = question.by(&[Measure::Cost, Measure::Credits, Measure::Effort]);
    let found = pareto(catalog, learner, &question);
    assert_eq!(found.end, End::Exhausted, "{}", case.text());
    let said: Vec<Cost> = found.completions.iter().map(|one| one.cost).collect();
    let oracle = cairn_oracle::unbeaten(catalog, learner, &for_oracle(&question));
    let expected: Vec<Cost> = oracle.iter().map(from_oracle).collect();
    assert_eq!(said, expected, "{question:?}\n{}", case.text());
    (said.len() > 1).then_some("Pareto set of several")
}
