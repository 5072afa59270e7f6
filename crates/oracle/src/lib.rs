//! The meaning of an audit as a short program: it tries everything and keeps the best.
//!
//! This follows `docs/concepts/semantics.md` sentence by sentence, and nothing else. It imports
//! neither the engine nor the solver, shares no line of reasoning with them, and even matches
//! attributes by itself: its independence is its worth. It is exponential in everything; use it
//! on catalogs of a handful of credentials.

use cairn_core::{
    Amount, Catalog, Date, Learner, Measure, Scenario,
    catalog::{Clause, CredentialIx, Prerequisite, QualificationIx, RequirementIx, Rule},
};

mod scheme;

mod unit;
use unit::Unit;

mod facts;
use facts::units;

mod complete;
use complete::World;

mod scope;

mod place;

mod tree;

mod overlay;

mod limit;

mod parts;

mod sharing;

mod redeemed;

mod edition;
pub use edition::open_editions;

mod several;
pub use several::{different, unbeaten};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The qualification.
    pub qualification: QualificationIx,
    /// An outcome of it that must be reached as well.
    pub outcome: Option<RequirementIx>,
    /// The day.
    pub as_of: Date,
    /// The day on which the learner entered, if it is not to be read off the record.
    pub entry: Option<Date>,
    /// What is taken to be had.
    pub scenario: Scenario,
    /// What remaining is counted in: first in this, then in that.
    pub measures: Vec<Measure>,
    /// Only these sentences of the rules demand or bar anything; without it, all.
    pub kept: Option<Vec<Clause>>,
    /// A holding, by its position on the record, that must count toward a requirement wherever its
    /// qualification is counted.
    pub placed: Option<(usize, QualificationIx, RequirementIx)>,
}

impl Question {
    fn keeps(&self, clause: Clause) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&clause))
    }
}

/// The cost of a completion, compared from the left.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Each measure over the new credentials.
    pub measures: Vec<Amount>,
    /// How many new credentials and awards.
    pub new: u32,
    /// How many attestations still to be evidenced.
    pub attestations: u32,
}

/// The least cost of a completion; nothing if there is none.
///
/// The qualification is complete exactly if the cost is zero in every part.
#[must_use]
pub fn remaining(catalog: &Catalog, learner: &Learner, question: &Question) -> Option<Cost> {
    remaining_jointly(catalog, learner, &[question.qualification], question)
}

/// The least cost of a completion of several qualifications at once; nothing if there is none.
#[must_use]
pub fn remaining_jointly(
    catalog: &Catalog,
    learner: &Learner,
    wanted: &[QualificationIx],
    question: &Question,
) -> Option<Cost> {
    let all = candidates(catalog, question);
    let best = all.into_iter().find(|one| completes(catalog, learner, question, wanted, one));
    best.map(|one| one.cost)
}

/// What is newly had, perhaps enough to complete the qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What it costs.
    pub cost: Cost,
    /// New credentials, sorted.
    pub new: Vec<CredentialIx>,
    /// New awards, sorted.
    pub awards: Vec<QualificationIx>,
    /// Attestations granted, sorted.
    pub granted: Vec<String>,
}

/// Everything that could be newly had, from the cheapest on.
fn candidates(catalog: &Catalog, question: &Question) -> Vec<Completion> {
    let offered: Vec<CredentialIx> = catalog
        .credential_indexes()
        .filter(|&ix| {
            let credential = catalog.credential(ix);
            credential.offered && credential.retired.is_none_or(|day| question.as_of < day)
        })
        .flat_map(|ix| vec![ix; catalog.credential(ix).times as usize])
        .collect();
    let awardable: Vec<QualificationIx> = catalog
        .qualification_indexes()
        .filter(|&ix| catalog.qualification(ix).retired.is_none_or(|day| question.as_of < day))
        .collect();
    let keys = attestation_keys(catalog);

    let mut candidates = Vec::new();
    for new in subsets(&offered) {
        for awards in subsets(&awardable) {
            for granted in subsets(&keys) {
                let total = |&measure: &Measure| new.iter().map(|&ix| price(catalog, ix, measure)).sum();
                let measures = question.measures.iter().map(total).collect();
                let count = u32::try_from(new.len() + awards.len()).expect("few credentials");
                let attestations = u32::try_from(granted.len()).expect("few keys");
                let cost = Cost { measures, new: count, attestations };
                let granted = granted.into_iter().map(str::to_owned).collect();
                candidates.push(Completion { cost, new: new.clone(), awards: awards.clone(), granted });
            }
        }
    }
    candidates.sort_by_key(|one| one.cost.clone());
    candidates
}

/// Whether the qualifications are complete with what is newly had, and that may be had.
fn completes(
    catalog: &Catalog,
    learner: &Learner,
    question: &Question,
    wanted: &[QualificationIx],
    newly: &Completion,
) -> bool {
    let Completion { new, awards, granted, .. } = newly;
    let units = units(catalog, learner, new, question);
    let world =
        World { catalog, learner, question, units: &units, awards, granted, redeemed: &[], redeeming: None };
    new.iter().all(|&ix| has_prerequisites(&world, ix)) && world.completes(wanted)
}

fn price(catalog: &Catalog, ix: CredentialIx, measure: Measure) -> Amount {
    let credential = catalog.credential(ix);
    match measure {
        Measure::Count => Amount::ONE,
        Measure::Credits => credential.credits,
        Measure::Cost => credential.cost,
        Measure::Effort => credential.effort,
    }
}

/// Every prerequisite is held or new; something equivalent will do.
fn has_prerequisites(world: &World<'_>, ix: CredentialIx) -> bool {
    let catalog = world.catalog;
    let as_of = world.question.as_of;
    let is_had = |prerequisite: &Prerequisite| match *prerequisite {
        Prerequisite::Credential(wanted) => {
            let will_do = |unit: &Unit<'_>| unit.will_do_as(catalog, wanted, as_of);
            world.units.iter().any(|unit| unit.is_current && will_do(unit))
        }
        Prerequisite::Qualification(wanted) => {
            world.is_held(wanted, cairn_core::catalog::Grace::None) || world.awards.contains(&wanted)
        }
    };
    catalog.credential(ix).requires.iter().all(|alternatives| alternatives.iter().any(is_had))
}

fn attestation_keys(catalog: &Catalog) -> Vec<&str> {
    let rules = catalog.qualifications().iter().flat_map(|qualification| &qualification.requirements);
    let mut keys: Vec<_> = rules
        .filter_map(|requirement| match &requirement.rule {
            Rule::Attest(attest) => Some(attest.key.as_str()),
            _ => None,
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// All subsets of a small set.
pub(crate) fn subsets<T: Copy>(set: &[T]) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for &element in set {
        for at in 0..all.len() {
            let mut with = all[at].clone();
            with.push(element);
            all.push(with);
        }
    }
    all
}
