//! What a test expects, and what the audit says instead.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{Expectation, Expected, QualificationIx, RequirementIx, Rule, RuleTest},
};
use cairn_engine::{Audit, Got, Standing, Verdict};

use crate::words::{amount, count, list, qualification, requirement, standing, tally};

/// What a test expects, in a phrase.
#[must_use]
pub fn expected(catalog: &Catalog, test: &RuleTest, expectation: &Expectation) -> String {
    let Expectation { of, expected, .. } = expectation;
    let name = |ix: RequirementIx| requirement(catalog, *of, ix, Some(test.qualification));
    match expected {
        Expected::Complete(is_complete) => complete(*is_complete),
        Expected::CompleteBeside(is_complete) => beside(catalog, *of, *is_complete),
        Expected::Unreachable(true) => "nothing that can be earned would complete it".to_owned(),
        Expected::Unreachable(false) => "something that can be earned would complete it".to_owned(),
        Expected::Remaining(measure, left) => remain(amount(catalog, *left, *measure), *left),
        Expected::Attestations(left) => remain(confirmations(*left), *left),
        Expected::Counted(ix, measure, held) => {
            let verb = if *held == Amount::ONE { "counts" } else { "count" };
            format!("{} {verb} toward {}", counted(catalog, *of, *ix, *measure, *held), name(*ix))
        }
        Expected::Met(ix) => format!("{} is met", name(*ix)),
        Expected::Open(ix) => format!("{} is not met", name(*ix)),
        Expected::Outcomes(ixs) => reached(catalog, test, ixs),
        Expected::Next(ids) => format!("what remains is {}", list(ids, "and")),
    }
}

/// What the audit says instead of what was expected, in a phrase.
#[must_use]
pub fn got(
    catalog: &Catalog,
    test: &RuleTest,
    audit: &Audit,
    expectation: &Expectation,
    got: &Got,
) -> String {
    let Expectation { of, expected, .. } = expectation;
    match (got, expected) {
        (Got::Verdict(verdict), _) => self::verdict(*verdict, audit.question.measure, catalog),
        (Got::CompleteBeside(is_complete), _) => beside(catalog, *of, *is_complete),
        (Got::Remaining(None), _) => "nothing that can be earned would complete it".to_owned(),
        (Got::Remaining(Some(left)), Expected::Remaining(measure, _)) => {
            remain(amount(catalog, *left, *measure), *left)
        }
        (Got::Remaining(Some(left)), _) => remain(confirmations(*left), *left),
        (Got::Counted(held), Expected::Counted(ix, measure, _)) => {
            counted(catalog, *of, *ix, *measure, *held)
        }
        (Got::Counted(held), _) => held.to_string(),
        (Got::Standing(Standing::Met), _) => "it is met".to_owned(),
        (Got::Standing(other), _) => format!("it is {}", standing(*other)),
        (Got::Outcomes(ixs), _) => reached(catalog, test, ixs),
        (Got::Next(ids), _) => format!("what remains is {}", list(ids, "and")),
        (Got::CannotBeHeld(ix), _) => {
            let name = requirement(catalog, test.qualification, *ix, Some(test.qualification));
            format!("nothing that can be earned on {} meets {name}, which the test holds", test.on)
        }
    }
}

/// Which outcomes are reached.
fn reached(catalog: &Catalog, test: &RuleTest, outcomes: &[RequirementIx]) -> String {
    let qualification = catalog.qualification(test.qualification);
    let titles = outcomes.iter().map(|&ix| format!("“{}”", qualification.requirement(ix).title));
    format!("the outcomes that are reached are {}", list(&titles.collect::<Vec<_>>(), "and"))
}

fn complete(is_complete: bool) -> String {
    if is_complete { "it is complete".to_owned() } else { "it is not complete".to_owned() }
}

/// Whether one of several qualifications is complete beside the others.
fn beside(catalog: &Catalog, ix: QualificationIx, is_complete: bool) -> String {
    let not = if is_complete { "" } else { "not " };
    format!("{} is {not}complete beside the others", qualification(catalog, ix))
}

fn verdict(verdict: Verdict, measure: Measure, catalog: &Catalog) -> String {
    match verdict {
        Verdict::Complete => complete(true),
        Verdict::Unreachable => "nothing that can be earned would complete it".to_owned(),
        Verdict::Stopped(_) => "the search was stopped".to_owned(),
        Verdict::Remaining(cost) => {
            let credentials = amount(catalog, cost.measure, measure);
            if cost.attestations > 0 {
                let confirmations = count(cost.attestations, "confirmation");
                return format!("{credentials} and {confirmations} remain");
            }
            remain(credentials, cost.measure)
        }
    }
}

fn remain(what: String, amount: Amount) -> String {
    format!("{what} remain{}", if amount == Amount::ONE { "s" } else { "" })
}

fn confirmations(left: Amount) -> String {
    format!("{left} confirmation{}", if left == Amount::ONE { "" } else { "s" })
}

/// So much of what a requirement counts: in the measure, or in its own.
fn counted(
    catalog: &Catalog,
    within: QualificationIx,
    ix: RequirementIx,
    measure: Option<Measure>,
    held: Amount,
) -> String {
    let own = match &catalog.qualification(within).requirement(ix).rule {
        Rule::Take(take) if measure.is_none() => take.floors.iter().find(|floor| floor.is_need()),
        _ => None,
    };
    match own {
        Some(need) => tally(catalog, held, &need.tally),
        None => amount(catalog, held, measure.unwrap_or(Measure::Count)),
    }
}

/// Beside which other qualifications one is asked about, as the end of a line.
#[must_use]
pub fn asked_beside(ids: &[String]) -> String {
    if ids.is_empty() { String::new() } else { format!("  beside {}", list(ids, "and")) }
}

/// How many tests there are, and how many of them pass.
#[must_use]
pub fn tests(passed: usize, failed: usize) -> String {
    let all = count((passed + failed) as u64, "test");
    match failed {
        0 => format!("{all}: all pass"),
        _ => format!("{all}: {passed} passed, {failed} failed"),
    }
}

/// Where there are no tests.
#[must_use]
pub fn no_tests(files: usize) -> String {
    format!("no tests in {}; write `[[test]]` beside the rules", count(files as u64, "file"))
}
