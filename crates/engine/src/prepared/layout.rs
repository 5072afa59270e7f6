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
        AwardMode, Bound, CredentialIx, Facts, Filter, Limit, Qualification, QualificationIx, RequirementIx,
        Rule, Sight, Take,
    },
};
use cairn_solver::cover::{Leaf, Node};

use crate::{Question, prepared::is_number, scope::coupled};

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
#[derive(Clone, Copy)]
pub(super) enum Switch<'c> {
    Award(QualificationIx, AwardMode),
    Attest(&'c str, Amount),
}

/// A need under construction: its items are credentials, its amount not yet in units.
#[derive(Clone)]
struct Need {
    source: RequirementIx,
    amount: Amount,
    by_credits: bool,
    lane: u32,
    items: BTreeSet<CredentialIx>,
    /// Whether grade or day of a holding matter.
    is_judged: bool,
}

/// A part of the tree; its root is its last node.
#[derive(Default)]
struct Part<'c> {
    needs: Vec<Need>,
    switches: Vec<Switch<'c>>,
    nodes: Vec<Node>,
}

struct Layouter<'c> {
    catalog: &'c Catalog,
    qualification: &'c Qualification,
    /// What taking requirements accept.
    takable: BTreeSet<CredentialIx>,
    layers: BTreeMap<&'c str, u32>,
    lanes: u32,
}

pub(super) fn layout<'c>(catalog: &'c Catalog, question: &Question) -> Option<Layout<'c>> {
    let qualification = catalog.qualification(question.qualification);
    if coupled(catalog, question.qualification).len() > 1 || !qualification.sharing.is_empty() {
        return None;
    }
    let mut layouter =
        Layouter { catalog, qualification, takable: BTreeSet::new(), layers: BTreeMap::new(), lanes: 0 };
    layouter.find_takable()?;
    let root = layouter.parts()?;
    let root = layouter.with_limits(root)?;
    let accepted: BTreeSet<CredentialIx> = root.needs.iter().flat_map(|need| &need.items).copied().collect();
    if !stand_alone(catalog, &accepted) || repeats_attestation(&root.switches) {
        return None;
    }
    let caps = layouter.caps(&accepted);
    Some(Layout { caps, ..in_units(catalog, root, &accepted)? })
}

/// Whether no credential counts as another, or bars another.
fn stand_alone(catalog: &Catalog, accepted: &BTreeSet<CredentialIx>) -> bool {
    let bars = |between: &[CredentialIx]| between.iter().filter(|ix| accepted.contains(ix)).count() > 1;
    accepted
        .iter()
        .all(|&ix| catalog.credential(ix).counts_as.is_empty() && catalog.graph().counts_as(ix).is_empty())
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
        let attributes = &self.catalog.credential(credential).attributes;
        filter.accepts(Facts { credential, attributes, own: None }, &self.qualification.pools)
    }

    /// What taking requirements accept. An upper limit would make it depend on what else is taken.
    fn find_takable(&mut self) -> Option<()> {
        for requirement in &self.qualification.requirements {
            if let Rule::Take(take) = &requirement.rule
                && take.sight == Sight::Taking
            {
                let accepted = self.catalog.credential_indexes().filter(|&ix| self.accepts(&take.filter, ix));
                let accepted: Vec<_> = accepted.collect();
                self.takable.extend(accepted);
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
    fn parts(&mut self) -> Option<Part<'c>> {
        let qualification = self.qualification;
        let mut is_used = vec![false; qualification.requirements.len()];
        qualification.outline().iter().for_each(|(ix, _)| is_used[ix.index()] = true);
        let mut parts: Vec<Option<Part<'c>>> = Vec::with_capacity(qualification.requirements.len());
        for ix in qualification.requirement_indexes() {
            let part = if is_used[ix.index()] { Some(self.part(ix, &mut parts)?) } else { None };
            parts.push(part);
        }
        parts.pop()?
    }

    fn part(&mut self, ix: RequirementIx, parts: &mut [Option<Part<'c>>]) -> Option<Part<'c>> {
        // A requirement that two others ask for is gone when the second comes: that is no tree.
        let mut below = |children: &[RequirementIx]| -> Option<Vec<Part<'c>>> {
            children.iter().map(|child| parts[child.index()].take()).collect()
        };
        match &self.qualification.requirement(ix).rule {
            Rule::All(children) => {
                let children = below(children)?;
                Some(joined(children.len(), children, ix))
            }
            Rule::Any(children) => Some(joined(1, below(children)?, ix)),
            Rule::Choose(wanted, children) => Some(joined(*wanted as usize, below(children)?, ix)),
            Rule::Take(take) => self.take(ix, take),
            Rule::Award(other, mode) => Some(switch(Switch::Award(*other, *mode))),
            Rule::Attest(attest) => Some(switch(Switch::Attest(attest.key.as_str(), attest.amount))),
        }
    }

    fn take(&mut self, ix: RequirementIx, take: &'c Take) -> Option<Part<'c>> {
        let Take { filter, floors, caps, min_grade, max_age, sight } = take;
        let lane = match sight {
            Sight::Taking => 0,
            Sight::Counted { layer } | Sight::Held { layer } => self.lane(layer.as_deref()),
        };
        let is_counted = matches!(sight, Sight::Counted { .. });
        let items: BTreeSet<_> = self
            .catalog
            .credential_indexes()
            .filter(|&credential| self.accepts(filter, credential))
            .filter(|credential| !is_counted || self.takable.contains(credential))
            .collect();
        let is_judged = min_grade.is_some() || max_age.is_some();
        let part = self.needs(ix, floors, &items, lane, is_judged)?;
        match (&caps[..], &part.needs[..]) {
            ([], _) | (_, []) => Some(part),
            ([cap], [need]) => self.capped(need, cap),
            _ => None,
        }
    }

    /// A need for so many of which at most so many are of some kind: what is above that must be of
    /// another.
    fn capped(&self, need: &Need, cap: &Limit) -> Option<Part<'c>> {
        let of_kind = need.items.iter().copied().filter(|&ix| self.accepts(&cap.filter, ix)).collect();
        let by_credits = !is_number(cap.measure);
        let unit = Need { amount: Amount::ONE, by_credits, items: of_kind, ..need.clone() };
        let each = match self.in_number(unit.clone()) {
            _ if !by_credits => Amount::ONE,
            one if one.by_credits => return None,
            // Those without credits would slip under the limit.
            one if one.items.len() < unit.items.len() => return None,
            one => one.items.first().map_or(Amount::ONE, |&ix| self.catalog.credential(ix).credits),
        };
        let most = cap.amount.thousandths() / each.thousandths() * Amount::ONE.thousandths();
        if need.by_credits {
            return None;
        }
        if most >= need.amount.thousandths() {
            return Some(leaf(need.clone()));
        }
        let other = need.items.difference(&unit.items).copied().collect();
        let amount = Amount::from_thousandths(need.amount.thousandths() - most);
        let above = Need { amount, items: other, ..need.clone() };
        if most == 0 {
            return Some(leaf(above));
        }
        let below = Need { amount: Amount::from_thousandths(most), ..need.clone() };
        Some(group(2, vec![leaf(above), leaf(below)]))
    }

    fn lane(&mut self, layer: Option<&'c str>) -> u32 {
        let next = self.lanes + 1;
        let lane = match layer {
            Some(layer) => *self.layers.entry(layer).or_insert(next),
            None => next,
        };
        self.lanes = self.lanes.max(lane);
        lane
    }

    /// Lower limits on one set of items. Limits of which each lies within the other or beside it are
    /// one need each, for what the limits within it do not bring.
    fn needs(
        &self,
        source: RequirementIx,
        floors: &[Limit],
        items: &BTreeSet<CredentialIx>,
        lane: u32,
        is_judged: bool,
    ) -> Option<Part<'c>> {
        let mut needs = Vec::with_capacity(floors.len());
        for floor in floors {
            let Limit { measure, amount, filter, bound: _, span: _ } = floor;
            let items: BTreeSet<_> = items.iter().copied().filter(|&ix| self.accepts(filter, ix)).collect();
            let by_credits = !is_number(*measure);
            needs.push(self.in_number(Need { source, amount: *amount, by_credits, lane, items, is_judged }));
        }
        if needs.len() > 1 {
            if needs.iter().any(|need| need.by_credits) {
                return None;
            }
            needs = nested(needs)?;
        }
        let parts: Vec<_> = needs.into_iter().map(leaf).collect();
        Some(match <[_; 1]>::try_from(parts) {
            Ok([one]) => one,
            Err(parts) => group(parts.len(), parts),
        })
    }

    /// Credits of which all items bring the same are a number of items.
    fn in_number(&self, mut need: Need) -> Need {
        if !need.by_credits {
            return need;
        }
        let credits = |ix: &CredentialIx| self.catalog.credential(*ix).credits;
        need.items.retain(|ix| credits(ix) > Amount::ZERO);
        let mut different: Vec<_> = need.items.iter().map(credits).collect();
        different.sort_unstable();
        different.dedup();
        if let [each] = different[..] {
            let (amount, each) = (need.amount.thousandths(), each.thousandths());
            let number = amount / each + i64::from(amount % each != 0);
            need.amount = Amount::from_thousandths(number * Amount::ONE.thousandths());
            need.by_credits = false;
        }
        need
    }

    fn caps(&self, accepted: &BTreeSet<CredentialIx>) -> Vec<Cap> {
        let caps = self.qualification.limits.iter().filter(|limit| limit.bound == Bound::AtMost);
        let cap = |limit: &Limit| {
            let value = |&ix: &CredentialIx| match self.accepts(&limit.filter, ix) {
                true if is_number(limit.measure) => Amount::ONE.thousandths(),
                true => self.catalog.credential(ix).credits.thousandths(),
                false => 0,
            };
            Cap { values: accepted.iter().map(value).collect(), most: limit.amount.thousandths() }
        };
        caps.map(cap).collect()
    }

    /// The lower limits over everything that is counted look at it.
    fn with_limits(&mut self, root: Part<'c>) -> Option<Part<'c>> {
        let limits = &self.qualification.limits;
        if limits.is_empty() {
            return Some(root);
        }
        let mut parts = vec![root];
        for limit in limits.iter().filter(|limit| limit.bound == Bound::AtLeast) {
            let lane = self.lane(None);
            let takable = self.takable.clone();
            parts.push(self.needs(
                self.qualification.root(),
                std::slice::from_ref(limit),
                &takable,
                lane,
                false,
            )?);
        }
        Some(group(parts.len(), parts))
    }
}

/// Lower limits as needs that items fill one at a time. Nothing, if two overlap without one lying in
/// the other.
fn nested(mut needs: Vec<Need>) -> Option<Vec<Need>> {
    needs.sort_by_key(|need| need.items.len());
    let number = |need: &Need| need.amount.thousandths();
    let mut whole: Vec<i64> = Vec::with_capacity(needs.len());
    let mut is_within = vec![false; needs.len()];
    for at in 0..needs.len() {
        let mut within = 0;
        for below in 0..at {
            let (one, other) = (&needs[below].items, &needs[at].items);
            if !is_within[below] && one.is_subset(other) {
                is_within[below] = true;
                within += whole[below];
            } else if !one.is_subset(other) && !one.is_disjoint(other) {
                return None;
            }
        }
        whole.push(number(&needs[at]).max(within));
        needs[at].amount = Amount::from_thousandths(whole[at] - within);
    }
    needs.retain(|need| need.amount > Amount::ZERO);
    Some(needs)
}

fn leaf<'c>(need: Need) -> Part<'c> {
    Part { needs: vec![need], nodes: vec![Node::Leaf], ..Part::default() }
}

fn switch(one: Switch<'_>) -> Part<'_> {
    Part { switches: vec![one], nodes: vec![Node::Switch], ..Part::default() }
}

/// So many of several parts; one need, where they are single slots.
fn joined<'c>(wanted: usize, parts: Vec<Part<'c>>, source: RequirementIx) -> Part<'c> {
    let slots = parts.iter().filter(|part| is_slot(part)).count();
    let are_distinct = {
        let mut seen = BTreeSet::new();
        parts.iter().filter(|part| is_slot(part)).all(|part| {
            part.needs[0].items.len() == 1 && part.needs[0].items.iter().all(|&ix| seen.insert(ix))
        })
    };
    if slots == parts.len() && slots > 1 && (wanted == 1 || are_distinct) {
        let items = parts.into_iter().flat_map(|part| part.needs.into_iter().flat_map(|need| need.items));
        let amount = Amount::whole(u32::try_from(wanted).unwrap_or(u32::MAX));
        let need =
            Need { source, amount, by_credits: false, lane: 0, items: items.collect(), is_judged: false };
        return leaf(need);
    }
    if wanted == parts.len() && slots > 1 && are_distinct {
        // Of everything in an `all`, the single slots are one need.
        let (single, mut rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_slot);
        rest.push(joined(single.len(), single, source));
        return group(rest.len(), rest);
    }
    group(wanted, parts)
}

/// One item, of whatever grade and age, taken.
fn is_slot(part: &Part<'_>) -> bool {
    part.nodes.len() == 1
        && matches!(&part.needs[..], [need] if need.lane == 0 && !need.by_credits && !need.is_judged
            && need.amount == Amount::ONE)
}

fn group<'c>(wanted: usize, parts: Vec<Part<'c>>) -> Part<'c> {
    let mut joined = Part::default();
    let mut roots = Vec::with_capacity(parts.len());
    for Part { needs, switches, nodes } in parts {
        let before = u32::try_from(joined.nodes.len()).unwrap_or(u32::MAX);
        joined.needs.extend(needs);
        joined.switches.extend(switches);
        joined.nodes.extend(nodes.into_iter().map(|node| match node {
            Node::Of(wanted, children) => {
                Node::Of(wanted, children.into_iter().map(|child| child + before).collect())
            }
            other => other,
        }));
        roots.push(u32::try_from(joined.nodes.len()).unwrap_or(u32::MAX) - 1);
    }
    joined.nodes.push(Node::Of(u32::try_from(wanted).unwrap_or(u32::MAX), roots));
    joined
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

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}
