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
        Rule, SOURCE, Sight, Take, Tally,
    },
};
use cairn_solver::cover::{Leaf, Node};

use crate::{Question, model::gcd, scope::coupled};

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

/// Parts of which all are needed.
type All<'c> = Vec<Part<'c>>;

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
    if coupled(catalog, question.qualification).len() > 1
        || !qualification.sharing.is_empty()
        || !is_plain(qualification)
    {
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
    };
    let conditions = limits.clone().flat_map(|limit| &limit.filter.conditions);
    let conditions = conditions.chain(qualification.pools.iter().flat_map(|pool| &pool.conditions));
    takes.clone().all(|take| take.window.is_none() && take.sight != Sight::Attempted)
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
        let attributes = &self.catalog.credential(credential).attributes;
        filter.accepts(Facts { credential, attributes, own: None, source: None }, &self.qualification.pools)
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
            Rule::Take(take) => vec![self.take(ix, take)?],
            Rule::Award(other, mode) => vec![switch(Switch::Award(*other, *mode))],
            Rule::Attest(attest) => vec![switch(Switch::Attest(attest.key.as_str(), attest.amount))],
        })
    }

    fn take(&mut self, ix: RequirementIx, take: &'c Take) -> Option<Part<'c>> {
        let Take { filter, floors, caps, min_grade, max_age, window: _, sight, advise: _ } = take;
        if take.advised(&self.qualification.pools).is_some() {
            return None;
        }
        let lane = match sight {
            Sight::Taking | Sight::Attempted => 0,
            Sight::Counted { layer } | Sight::Held { layer } => self.lane(layer.as_deref()),
        };
        let is_counted = matches!(sight, Sight::Counted { .. });
        let items: BTreeSet<_> = self
            .catalog
            .credential_indexes()
            .filter(|&credential| self.accepts(filter, credential))
            .filter(|credential| !is_counted || self.takers.contains_key(credential))
            .collect();
        let is_judged = min_grade.is_some() || max_age.is_some();
        let part = self.needs(ix, floors, &items, lane, is_judged)?;
        match (&caps[..], &part.needs[..]) {
            (_, []) => Some(part),
            ([], [need]) if lane == 0 => Some(self.capped_with_all(need).unwrap_or(part)),
            ([], _) => Some(part),
            ([cap], [need]) => self.capped(need, cap),
            _ => None,
        }
    }

    /// An upper limit over everything counted binds each need that could go above it. One is laid out
    /// with the need; all of them are looked at in the end.
    fn capped_with_all(&self, need: &Need) -> Option<Part<'c>> {
        let limits = self.qualification.limits.iter().filter(|limit| limit.bound == Bound::AtMost);
        let speaks = |limit: &&Limit| need.items.iter().any(|&ix| self.accepts(&limit.filter, ix));
        limits.filter(speaks).filter_map(|limit| self.capped(need, limit)).find(|part| part.needs.len() > 1)
    }

    /// A need for so many of which at most so many are of some kind: what is above that must be of
    /// another.
    fn capped(&self, need: &Need, cap: &Limit) -> Option<Part<'c>> {
        let of_kind = need.items.iter().copied().filter(|&ix| self.accepts(&cap.filter, ix)).collect();
        let by_credits = !is_number(&cap.tally);
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
            let Limit { tally, amount, filter, share: _, per: _, bound: _, span: _ } = floor;
            let items: BTreeSet<_> = items.iter().copied().filter(|&ix| self.accepts(filter, ix)).collect();
            let by_credits = !is_number(tally);
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

    /// What looks only at what one need takes is a need within it, as a lower limit of it would be.
    fn within(&self, root: All<'c>) -> All<'c> {
        let is_look = |part: &Part<'_>| is_number_of(part) && part.needs[0].lane > 0;
        let (looks, mut root): (Vec<_>, Vec<_>) = root.into_iter().partition(is_look);
        let mut inner: Vec<Vec<Need>> = root.iter().map(|_| Vec::new()).collect();
        for look in looks {
            let need = &look.needs[0];
            let is_alone = need.items.iter().all(|ix| self.takers.get(ix) == Some(&1));
            let holds = |part: &Part<'_>| {
                is_number_of(part) && part.needs[0].lane == 0 && need.items.is_subset(&part.needs[0].items)
            };
            let found = root.iter().position(holds).filter(|&at| {
                let may_share =
                    |other: &Need| other.lane == need.lane || other.items.is_disjoint(&need.items);
                is_alone && inner[at].iter().all(may_share)
            });
            match found {
                Some(at) => inner[at].push(need.clone()),
                None => {
                    root.push(look);
                    inner.push(Vec::new());
                }
            }
        }
        // The looks of a layer compete for what they look at: they are all within, or none is.
        while let Some(back) = apart_from_its_layer(&root, &mut inner) {
            root.push(leaf(back));
            inner.push(Vec::new());
        }
        root.into_iter().zip(inner).map(|(part, inner)| with_inner(part, inner)).collect()
    }
}

/// Takes out a need within another whose layer has needs that are not.
fn apart_from_its_layer(root: &[Part<'_>], inner: &mut [Vec<Need>]) -> Option<Need> {
    let is_outside = |lane: u32| root.iter().flat_map(|part| &part.needs).any(|need| need.lane == lane);
    for needs in inner {
        if let Some(at) = needs.iter().position(|need| is_outside(need.lane)) {
            return Some(needs.remove(at));
        }
    }
    None
}

/// A need with needs within it: each of them, and what they leave of the whole.
fn with_inner(part: Part<'_>, inner: Vec<Need>) -> Part<'_> {
    if inner.is_empty() {
        return part;
    }
    let whole = part.needs[0].clone();
    let within: Amount = inner.iter().map(|need| need.amount).sum();
    let rest = Need { amount: whole.amount.saturating_sub(within), ..whole };
    let mut parts: Vec<_> = inner.into_iter().map(|need| leaf(Need { lane: 0, ..need })).collect();
    if rest.amount > Amount::ZERO {
        parts.push(leaf(rest));
    }
    one_of(parts)
}

/// A single need for so many items.
fn is_number_of(part: &Part<'_>) -> bool {
    part.nodes.len() == 1 && matches!(&part.needs[..], [need] if !need.by_credits && !need.is_judged)
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

/// So many of several; one need, where they are single slots.
fn some_of<'c>(wanted: usize, below: Vec<All<'c>>, source: RequirementIx) -> Part<'c> {
    let parts: Vec<_> = below.into_iter().map(one_of).collect();
    let are_single = parts.iter().all(|part| is_slot(part) && part.needs[0].items.len() == 1);
    if parts.iter().all(is_slot) && (wanted == 1 || (are_single && are_distinct(&parts))) {
        slots(wanted, parts, source)
    } else {
        group(wanted, parts)
    }
}

/// All of several; the single slots among them are one need.
fn all_of<'c>(below: Vec<All<'c>>, source: RequirementIx) -> All<'c> {
    let (single, mut rest): (Vec<_>, Vec<_>) = below.into_iter().flatten().partition(is_kept_slot);
    if are_distinct(&single) && single.len() > 1 {
        let whole = single.iter().map(|part| part.needs[0].items.len()).sum();
        rest.push(slots(whole, single, source));
    } else {
        rest.extend(single);
    }
    rest
}

/// Slots that need each of their items: one credential by name, or several.
fn is_kept_slot(part: &Part<'_>) -> bool {
    let needs_all = |need: &Need| need.amount == Amount::whole(u32::try_from(need.items.len()).unwrap_or(0));
    is_number_of(part) && part.needs[0].lane == 0 && needs_all(&part.needs[0])
}

fn are_distinct(parts: &[Part<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    parts.iter().flat_map(|part| &part.needs[0].items).all(|&ix| seen.insert(ix))
}

fn slots<'c>(wanted: usize, parts: Vec<Part<'c>>, source: RequirementIx) -> Part<'c> {
    let items = parts.into_iter().flat_map(|part| part.needs.into_iter().flat_map(|need| need.items));
    let amount = Amount::whole(u32::try_from(wanted).unwrap_or(u32::MAX));
    leaf(Need { source, amount, by_credits: false, lane: 0, items: items.collect(), is_judged: false })
}

/// All of several parts as one.
fn one_of(mut all: All<'_>) -> Part<'_> {
    if all.len() == 1
        && let Some(one) = all.pop()
    {
        return one;
    }
    let wanted = all.len();
    group(wanted, all)
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

/// The measures in which a limit can be laid out.
fn is_number(tally: &Tally) -> bool {
    *tally == Tally::Count
}
