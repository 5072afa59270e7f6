//! From rules to a tree of needs: the normal form.
//!
//! `any` and `choose` over single credentials become one need for so many of them, `all` of single
//! credentials one need for each of them; a lower limit inside a requirement becomes a need of its
//! own beside the rest; what looks instead of taking stands in a lane of its own. Each step keeps
//! the least cost, for every learner. Rules for which there is no such step are not laid out.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::{
    Amount, Catalog,
    catalog::{
        Attempt, AwardMode, Bound, Credential, CredentialIx, Facts, Filter, Limit, Qualification,
        QualificationIx, RequirementIx, Rule, SOURCE, Sight, Take, Tally,
    },
};
use cairn_solver::cover::{Leaf, Node};

use crate::{Question, model::gcd, scope::binding};

mod part;
use part::{All, Part, all_of, one_of, some_of, switch};

mod take;
use take::is_number;

mod within;

/// The rules of one qualification as a tree of needs.
pub(super) struct Layout<'c> {
    pub(super) leaves: Vec<Leaf>,
    pub(super) nodes: Vec<Node>,
    pub(super) switches: Vec<Switch<'c>>,
    /// The requirement of each leaf.
    pub(super) sources: Vec<RequirementIx>,
    pub(super) accepted: Vec<Accepted>,
    /// Upper limits over everything that is counted.
    pub(super) caps: Vec<Cap>,
}

/// An upper limit over everything that is counted: what it counts of each item, and the most.
#[derive(Debug, Clone)]
pub(super) struct Cap {
    pub(super) values: Vec<i64>,
    pub(super) most: i64,
}

/// A credential that can serve some leaf.
pub(super) struct Accepted {
    pub(super) credential: CredentialIx,
    pub(super) units: u32,
    /// Whether grades or days decide which leaves a holding of it can serve.
    pub(super) is_judged: bool,
}

/// What is asked about each learner beside their holdings.
#[derive(Debug, Clone, Copy)]
pub(super) enum Switch<'c> {
    Award(QualificationIx, AwardMode),
    Attest(&'c str, Amount),
}

struct Layouter<'c> {
    catalog: &'c Catalog,
    qualification: &'c Qualification,
    /// How many taking requirements accept a credential.
    takers: BTreeMap<CredentialIx, usize>,
    layers: BTreeMap<&'c str, u32>,
    lanes: u32,
}

pub(super) fn layout<'c>(catalog: &'c Catalog, question: &Question) -> Option<Layout<'c>> {
    let qualification = catalog.qualification(question.qualification);
    // What a learner may hold is not known yet.
    let is_bound = !binding(catalog, &[question.qualification], |_| true).is_empty();
    if question.outcome.is_some() || is_bound || catalog.has_consuming() || !is_plain(qualification) {
        return None;
    }
    let mut layouter =
        Layouter { catalog, qualification, takers: BTreeMap::new(), layers: BTreeMap::new(), lanes: 0 };
    layouter.find_takers()?;
    let mut root = layouter.parts()?;
    layouter.add_limits(&mut root)?;
    let root = one_of(layouter.within(root));
    let accepted: BTreeSet<CredentialIx> = root.needs.iter().flat_map(|need| &need.items).copied().collect();
    if !stand_alone(catalog, &accepted) || repeats_attestation(&root.switches) {
        return None;
    }
    let caps = layouter.caps(&accepted);
    Some(Layout { caps, ..in_units(catalog, root, &accepted)? })
}

/// Whether all limits are of a number or of credits in stated amounts, and nothing depends on how
/// holdings came to be or how far apart their days are.
fn is_plain(qualification: &Qualification) -> bool {
    let takes = qualification.requirements.iter().filter_map(|requirement| match &requirement.rule {
        Rule::Take(take) => Some(take),
        _ => None,
    });
    let limits =
        takes.clone().flat_map(|take| take.floors.iter().chain(&take.caps)).chain(&qualification.limits);
    let is_plain_limit = |limit: &Limit| {
        matches!(limit.tally, Tally::Count | Tally::Credits)
            && limit.share_of_counted().is_none()
            && limit.per.is_none()
            && limit.last.is_none()
    };
    let conditions = limits.clone().flat_map(|limit| &limit.filter.conditions);
    let conditions = conditions.chain(qualification.pools.iter().flat_map(|pool| &pool.conditions));
    qualification.requirements.iter().all(|requirement| requirement.when.is_none())
        && qualification.attempt == Attempt::Best
        && qualification.pools.iter().all(|pool| pool.open.is_none())
        && takes
            .clone()
            .all(|take| take.window.is_none() && !take.is_ordered && take.sight != Sight::Attempted)
        && { limits }.all(is_plain_limit)
        && { conditions }.all(|condition| condition.attribute != SOURCE)
}

/// Whether no credential counts as another or several times, or bars another.
fn stand_alone(catalog: &Catalog, accepted: &BTreeSet<CredentialIx>) -> bool {
    let bars = |between: &[CredentialIx]| between.iter().filter(|ix| accepted.contains(ix)).count() > 1;
    accepted.iter().all(|&ix| catalog.credential(ix).times == 1)
        && accepted.iter().all(|&ix| {
            catalog.credential(ix).counts_as.is_empty() && catalog.graph().counts_as(ix).is_empty()
        })
        && !catalog.exclusions().iter().any(|exclusion| bars(&exclusion.between))
}

/// Whether any pool, requirement or limit of a qualification asks for attributes.
pub(super) fn asks_for_facts(qualification: &Qualification) -> bool {
    let asks = |filter: &Filter| !filter.conditions.is_empty();
    let in_take = |rule: &Rule| match rule {
        Rule::Take(take) => {
            asks(&take.filter) || take.floors.iter().chain(&take.caps).any(|limit| asks(&limit.filter))
        }
        _ => false,
    };
    qualification.pools.iter().any(|pool| !pool.conditions.is_empty())
        || qualification.limits.iter().any(|limit| asks(&limit.filter))
        || qualification.requirements.iter().any(|requirement| in_take(&requirement.rule))
}

/// One piece of evidence would be paid for twice.
fn repeats_attestation(switches: &[Switch<'_>]) -> bool {
    let keys = switches.iter().filter_map(|switch| match switch {
        Switch::Attest(key, _) => Some(*key),
        Switch::Award(..) => None,
    });
    let mut seen = BTreeSet::new();
    !{ keys }.all(|key| seen.insert(key))
}

impl<'c> Layouter<'c> {
    fn accepts(&self, filter: &Filter, credential: CredentialIx) -> bool {
        let known = self.catalog.credential(credential);
        let Credential { attributes, origin, .. } = known;
        let facts = Facts { credential, origin: *origin, attributes, own: None, source: None };
        known.counts_toward(self.qualification) && filter.accepts(facts, &self.qualification.pools)
    }

    /// What taking requirements accept. An upper limit would make it depend on what else is taken.
    fn find_takers(&mut self) -> Option<()> {
        for requirement in &self.qualification.requirements {
            if let Rule::Take(take) = &requirement.rule
                && take.sight == Sight::Taking
            {
                for ix in self.catalog.credential_indexes() {
                    if self.accepts(&take.filter, ix) {
                        *self.takers.entry(ix).or_default() += 1;
                    }
                }
            }
        }
        let is_looked_at = |requirement: &cairn_core::catalog::Requirement| {
            matches!(&requirement.rule, Rule::Take(Take { sight: Sight::Counted { .. }, .. }))
        };
        let is_capped = |requirement: &cairn_core::catalog::Requirement| matches!(&requirement.rule, Rule::Take(take) if !take.caps.is_empty() || take.min_grade.is_some() || take.max_age.is_some());
        let looks =
            self.qualification.requirements.iter().any(is_looked_at) || !self.qualification.limits.is_empty();
        (!looks || !self.qualification.requirements.iter().any(is_capped)).then_some(())
    }

    /// The tree of all requirements below the root.
    fn parts(&mut self) -> Option<All<'c>> {
        let qualification = self.qualification;
        let mut is_used = vec![false; qualification.requirements.len()];
        qualification.outline().iter().for_each(|(ix, _)| is_used[ix.index()] = true);
        let mut parts: Vec<Option<All<'c>>> = Vec::with_capacity(qualification.requirements.len());
        for ix in qualification.requirement_indexes() {
            let part = if is_used[ix.index()] { Some(self.part(ix, &mut parts)?) } else { None };
            parts.push(part);
        }
        parts.pop()?
    }

    fn part(&mut self, ix: RequirementIx, parts: &mut [Option<All<'c>>]) -> Option<All<'c>> {
        // A requirement that two others ask for is gone when the second comes: that is no tree.
        let mut below = |children: &[RequirementIx]| -> Option<Vec<All<'c>>> {
            children.iter().map(|child| parts[child.index()].take()).collect()
        };
        Some(match &self.qualification.requirement(ix).rule {
            Rule::All(children) => all_of(below(children)?, ix),
            Rule::Any(children) => vec![some_of(1, below(children)?, ix)],
            Rule::Choose(wanted, children) => vec![some_of(*wanted as usize, below(children)?, ix)],
            Rule::Same(..) => return None,
            Rule::Take(take) => vec![self.take(ix, take)?],
            Rule::Award(other, mode) => vec![switch(Switch::Award(*other, *mode))],
            Rule::Attest(attest) => vec![switch(Switch::Attest(attest.key.as_str(), attest.amount))],
        })
    }

    fn caps(&self, accepted: &BTreeSet<CredentialIx>) -> Vec<Cap> {
        let caps = self.qualification.limits.iter().filter(|limit| limit.bound == Bound::AtMost);
        let cap = |limit: &Limit| {
            let value = |&ix: &CredentialIx| match self.accepts(&limit.filter, ix) {
                true if is_number(&limit.tally) => Amount::ONE.thousandths(),
                true => self.catalog.credential(ix).credits.thousandths(),
                false => 0,
            };
            Cap { values: accepted.iter().map(value).collect(), most: limit.amount.thousandths() }
        };
        caps.map(cap).collect()
    }

    /// The lower limits over everything that is counted look at it.
    fn add_limits(&mut self, root: &mut All<'c>) -> Option<()> {
        let takable: BTreeSet<_> = self.takers.keys().copied().collect();
        let limits = &self.qualification.limits;
        for limit in limits.iter().filter(|limit| limit.bound == Bound::AtLeast) {
            let lane = self.lane(None);
            let limit = std::slice::from_ref(limit);
            root.push(self.needs(self.qualification.root(), limit, &takable, lane, false)?);
        }
        Some(())
    }
}

/// Numbers the items, and measures in the largest unit that all credits are multiples of.
fn in_units<'c>(catalog: &Catalog, root: Part<'c>, accepted: &BTreeSet<CredentialIx>) -> Option<Layout<'c>> {
    let credits = |ix: &CredentialIx| catalog.credential(*ix).credits.thousandths();
    let measured = root.needs.iter().filter(|need| need.by_credits).flat_map(|need| &need.items);
    let unit = measured.clone().fold(0, |unit, ix| gcd(unit, credits(ix))).max(1);
    let is_measured: BTreeSet<_> = measured.collect();
    let position: BTreeMap<_, _> = accepted.iter().zip(0u32..).collect();
    let judged: BTreeSet<_> =
        root.needs.iter().filter(|need| need.is_judged).flat_map(|need| &need.items).collect();
    let mut items = Vec::with_capacity(accepted.len());
    for credential in accepted {
        let units = if is_measured.contains(credential) { credits(credential) / unit } else { 1 };
        items.push(Accepted {
            credential: *credential,
            units: u32::try_from(units).ok()?,
            is_judged: judged.contains(credential),
        });
    }
    let mut leaves = Vec::with_capacity(root.needs.len());
    for need in &root.needs {
        let each = if need.by_credits { unit } else { Amount::ONE.thousandths() };
        let amount = need.amount.thousandths();
        leaves.push(Leaf {
            need: u32::try_from(amount / each + i64::from(amount % each != 0)).ok()?,
            by_units: need.by_credits,
            lane: need.lane,
            items: need.items.iter().map(|ix| position[ix]).collect(),
        });
    }
    let sources = root.needs.iter().map(|need| need.source).collect();
    Some(Layout {
        leaves,
        nodes: root.nodes,
        switches: root.switches,
        sources,
        accepted: items,
        caps: Vec::new(),
    })
}
