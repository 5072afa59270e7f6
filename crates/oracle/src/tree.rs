//! §2: in which ways the requirements of a qualification may add up to its root.

use std::collections::BTreeSet;

use cairn_core::{
    Amount,
    catalog::{AwardMode, Clause, Grace, Prerequisite, Qualification, QualificationIx, RequirementIx, Rule},
};

use crate::{complete::World, facts, scope::Scope, subsets};

/// Sets of requirements that are made of no others: all of one set must be met.
pub(crate) type Ways = BTreeSet<BTreeSet<RequirementIx>>;

/// Whether a requirement is made of no others.
pub(crate) fn is_leaf(qualification: &Qualification, ix: RequirementIx) -> bool {
    matches!(qualification.requirement(ix).rule, Rule::Take(_) | Rule::Attest(_) | Rule::Award(..))
}

impl World<'_> {
    /// The ways to meet what is asked for. Each of the requirements beside which others are asked may be
    /// relied on or not.
    pub(crate) fn ways(&self, ix: QualificationIx) -> Ways {
        let qualification = self.catalog.qualification(ix);
        let whens = qualification.requirements.iter().filter_map(|requirement| requirement.when.as_ref());
        let mut relied: Vec<RequirementIx> = whens.filter_map(|when| when.met.clone()).flatten().collect();
        relied.sort_unstable();
        relied.dedup();
        // What must hold: the root, and the outcome that is asked for.
        let outcome = self.question.outcome.filter(|_| self.question.qualification == ix);
        let asked: Vec<_> = outcome.into_iter().chain([qualification.root()]).collect();
        let ways = |declined: Vec<RequirementIx>| {
            let ways = self.ways_without(qualification, &declined);
            all_of(asked.iter().map(|ix| &ways[ix.index()]))
        };
        subsets(&relied).into_iter().flat_map(ways).collect()
    }

    /// The ways to meet each requirement, where some are not relied on.
    fn ways_without(&self, qualification: &Qualification, declined: &[RequirementIx]) -> Vec<Ways> {
        let mut ways: Vec<Ways> = Vec::new();
        for ix in qualification.requirement_indexes() {
            let child = |ix: &RequirementIx| &ways[ix.index()];
            let mine = match &qualification.requirement(ix).rule {
                _ if declined.contains(&ix) => Ways::new(),
                _ if !self.is_asked(qualification, ix, declined) => Ways::from([BTreeSet::new()]),
                Rule::All(children) | Rule::Same(_, children) => all_of(children.iter().map(child)),
                Rule::Any(children) => children.iter().flat_map(child).cloned().collect(),
                Rule::Choose(chosen, children) => subsets(children)
                    .iter()
                    .filter(|some| some.len() == *chosen as usize)
                    .flat_map(|some| all_of(some.iter().map(child)))
                    .collect(),
                Rule::Take(_) | Rule::Attest(_) | Rule::Award(..) => Ways::from([BTreeSet::from([ix])]),
            };
            ways.push(mine);
        }
        ways
    }

    /// Whether a requirement is asked, where these are not relied on.
    fn is_asked(&self, qualification: &Qualification, ix: RequirementIx, declined: &[RequirementIx]) -> bool {
        let Some(when) = &qualification.requirement(ix).when else { return true };
        let is_had = |one: &Prerequisite| match *one {
            Prerequisite::Credential(wanted) => self.units.iter().any(|unit| {
                unit.is_countable(qualification.grace)
                    && unit.will_do_as(self.catalog, wanted, self.question.as_of)
            }),
            Prerequisite::Qualification(wanted) => {
                self.is_held(wanted, qualification.grace) || self.awards.contains(&wanted)
            }
        };
        when.held.as_ref().is_none_or(|held| held.iter().any(is_had))
            && when.attested.as_ref().is_none_or(|key| self.is_shown(key.as_str(), Amount::ONE))
            && when.met.as_ref().is_none_or(|met| met.iter().any(|ix| !declined.contains(ix)))
    }

    /// Whether there is so much evidence of something, or it is granted.
    fn is_shown(&self, key: &str, least: Amount) -> bool {
        let records = self.learner.attestations.iter().filter(|record| {
            record.key.as_str() == key && record.on.is_none_or(|day| day <= self.question.as_of)
        });
        records.map(|record| record.amount).sum::<Amount>() >= least
            || self.granted.iter().any(|granted| granted == key)
    }

    /// Whether a countable holding is an award of the qualification.
    pub(crate) fn is_held(&self, ix: QualificationIx, grace: Grace) -> bool {
        let qualification = self.catalog.qualification(ix);
        self.learner.holdings.iter().any(|holding| {
            qualification.is_named(&holding.credential)
                && facts::is_countable(holding, holding.expires, grace, self.question)
        })
    }
}

impl Scope<'_> {
    /// Whether a requirement for evidence or for another qualification holds.
    pub(crate) fn is_had(&self, ix: RequirementIx) -> bool {
        let is_had = match &self.qualification.requirement(ix).rule {
            Rule::Attest(attest) => self.world.is_shown(attest.key.as_str(), attest.amount),
            Rule::Award(other, mode) => {
                let held = self.world.is_held(*other, self.qualification.grace);
                let earned = || match self.frame.contains(other) {
                    true => self.claimed.contains(other),
                    false => self.world.is_complete(*other),
                };
                match mode {
                    AwardMode::Held => held || self.world.awards.contains(other),
                    AwardMode::Earned => earned(),
                    AwardMode::Either => held || earned(),
                }
            }
            _ => unreachable!("asked of evidence and awards only"),
        };
        is_had || !self.keeps(Clause::Asked(self.ix, ix))
    }
}

/// One way of each of several.
fn all_of<'w>(each: impl Iterator<Item = &'w Ways>) -> Ways {
    each.fold(Ways::from([BTreeSet::new()]), |ways, those| {
        ways.iter().flat_map(|way| those.iter().map(move |one| way | one)).collect()
    })
}
