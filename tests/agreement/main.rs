//! The engine against the oracle, on random catalogs, along every public path.

use std::collections::BTreeMap;

use cairn_core::{Amount, Catalog, Measure, catalog::QualificationIx};
use cairn_engine::{Question, Verdict};
use cairn_testkit::random::{AS_OF, Case};

/// The remaining cost, with nothing where it cannot be reached.
type Parts = Option<(Amount, u64, u64)>;

fn oracle(catalog: &Catalog, case: &Case, question: &Question) -> Parts {
    let asked = cairn_oracle::Question {
        qualification: question.qualification,
        as_of: question.as_of,
        scenario: question.scenario,
        measure: question.measure,
    };
    let cost = cairn_oracle::remaining(catalog, &case.learner, &asked);
    cost.map(|cost| (cost.measure, cost.new.into(), cost.attestations.into()))
}

#[test]
fn verdict_and_remaining_equal_the_oracles() {
    let wanted: u64 = std::env::var("CAIRN_AGREEMENT").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let first: u64 = std::env::var("CAIRN_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut compared = 0;
    let mut tally: BTreeMap<(&str, bool), u64> = BTreeMap::new();
    let mut seed = first;
    while compared < wanted {
        let case = Case::of(seed);
        seed += 1;
        let Some(catalog) = case.catalog() else { continue };
        let qualification = catalog.qualification_indexes().next().expect("one at least");
        let question = Question { scenario: case.scenario, ..Question::new(&catalog, qualification, AS_OF) };
        let expected = oracle(&catalog, &case, &question);
        let audit = cairn_engine::audit(&catalog, &case.learner, &question);
        let found = match audit.verdict {
            Verdict::Complete => Some((Amount::ZERO, 0, 0)),
            Verdict::Remaining(cost) => Some((cost.measure, cost.new, cost.attestations)),
            Verdict::Unreachable => None,
        };
        assert_eq!(found, expected, "{}", case.text());
        for construct in &case.constructs {
            *tally.entry((construct, audit.is_complete())).or_default() += 1;
        }
        compared += 1;
    }
    println!("{compared} of {} catalogs from seed {first} agree; {tally:#?}", seed - first);
}
