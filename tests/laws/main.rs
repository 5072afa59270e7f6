//! The laws of `docs/concepts/semantics.md` §7, each on random cases.
//!
//! A case is a function of its seed, so a failing seed is all there is to say.

mod soundness;

mod change;

mod rules;

mod joint;

mod order;

mod reasons;

mod stress;

use cairn_core::{Catalog, Learner};
use cairn_engine::{Cost, Question, remaining};
use cairn_testkit::random::{AS_OF, Case};
use proptest::prelude::*;

/// How many cases each law is tried on; `CAIRN_SEED` chooses others.
const CASES: u32 = 1_500;

fn config() -> ProptestConfig {
    let seed = std::env::var("CAIRN_SEED").map_or(1, |text| text.parse().expect("a number"));
    ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        max_global_rejects: 200_000,
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed),
        ..Default::default()
    }
}

/// Seeds; one in seven makes no catalog, so those are passed over.
fn sound_cases() -> impl Strategy<Value = (Case, Catalog)> {
    any::<u32>().no_shrink().prop_filter_map("not a catalog", |seed| {
        let case = Case::of(seed.into());
        let catalog = case.catalog()?;
        Some((case, catalog))
    })
}

/// The question of a case about its first qualification, which asks for the others.
fn question(catalog: &Catalog, case: &Case) -> Question {
    let first = catalog.qualification_indexes().next().expect("one at least");
    Question { scenario: case.scenario, measure: case.measure, ..Question::new(catalog, first, AS_OF) }
}

/// Whether `less` does not lie further away than `more`; nothing is further than out of reach.
fn is_no_further(less: Option<Cost>, more: Option<Cost>) -> bool {
    match (less, more) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(less), Some(more)) => less <= more,
    }
}

fn left(catalog: &Catalog, case: &Case, learner: &Learner) -> Option<Cost> {
    remaining(catalog, learner, &question(catalog, case))
}
