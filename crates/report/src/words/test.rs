//! What a test expects, and what the audit says instead.

use cairn_core::{
    Amount, Catalog, Measure,
    catalog::{Expected, RequirementIx, Rule, RuleTest},
};
use cairn_engine::{Got, Standing, Verdict};

use crate::words::{amount, count, list, requirement, standing, tally};

/// What a test expects, in a phrase.
#[must_use]
pub fn expected(catalog: &Catalog, test: &RuleTest, expected: &Expected) -> String {
    let name = |ix: RequirementIx| requirement(catalog, test.qualification, ix, Some(test.qualification));
    match expected {
        Expected::Complete(true) => "it is complete".to_owned(),
        Expected::Complete(false) => "it is not complete".to_owned(),
        Expected::Unreachable(true) => "nothing that can be earned would complete it".to_owned(),
        Expected::Unreachable(false) => "something that can be earned would complete it".to_owned(),
        Expected::Remaining(measure, left) => remain(amount(catalog, *left, *measure), *left),
        Expected::Attestations(left) => remain(confirmations(*left), *left),
        Expected::Counted(ix, measure, held) => {
            let verb = if *held == Amount::ONE { "counts" } else { "count" };
            format!("{} {verb} toward {}", counted(catalog, test, *ix, *measure, *held), name(*ix))
        }
        Expected::Met(ix) => format!("{} is met", name(*ix)),
        Expected::Open(ix) => format!("{} is not met", name(*ix)),
        Expected::Outcomes(ixs) => reached(catalog, test, ixs),
        Expected::Next(ids) => format!("what remains is {}", list(ids, "and")),
    }
}

/// What the audit says instead of what was expected, in a phrase.
#[must_use]
pub fn got(catalog: &Catalog, test: &RuleTest, expected: &Expected, got: &Got) -> String {
    match (got, expected) {
        (Got::Verdict(verdict), _) => self::verdict(*verdict, test, catalog),
        (Got::Remaining(None), _) => "nothing that can be earned would complete it".to_owned(),
        (Got::Remaining(Some(left)), Expected::Remaining(measure, _)) => {
            remain(amount(catalog, *left, *measure), *left)
        }
        (Got::Remaining(Some(left)), _) => remain(confirmations(*left), *left),
        (Got::Counted(held), Expected::Counted(ix, measure, _)) => {
            counted(catalog, test, *ix, *measure, *held)
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

fn verdict(verdict: Verdict, test: &RuleTest, catalog: &Catalog) -> String {
    match verdict {
        Verdict::Complete => "it is complete".to_owned(),
        Verdict::Unreachable => "nothing that can be earned would complete it".to_owned(),
        Verdict::Stopped(_) => "the search was stopped".to_owned(),
        Verdict::Remaining(cost) => {
            let measure = catalog.qualification(test.qualification).measure;
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
    test: &RuleTest,
    ix: RequirementIx,
    measure: Option<Measure>,
    held: Amount,
) -> String {
    let own = match &catalog.qualification(test.qualification).requirement(ix).rule {
        Rule::Take(take) if measure.is_none() => take.floors.iter().find(|floor| floor.is_need()),
        _ => None,
    };
    match own {
        Some(need) => tally(catalog, held, &need.tally),
        None => amount(catalog, held, measure.unwrap_or(Measure::Count)),
    }
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
