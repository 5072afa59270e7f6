//! Parts of a tree of needs, and how they are put together.

use std::collections::BTreeSet;

use cairn_core::{
    Amount,
    catalog::{CredentialIx, RequirementIx},
};
use cairn_solver::cover::Node;

use super::Switch;

/// A need under construction: its items are credentials, its amount not yet in units.
#[derive(Clone)]
pub(super) struct Need {
    pub(super) source: RequirementIx,
    pub(super) amount: Amount,
    pub(super) by_credits: bool,
    pub(super) lane: u32,
    pub(super) items: BTreeSet<CredentialIx>,
    /// Whether grade or day of a holding matter.
    pub(super) is_judged: bool,
}

/// A part of the tree; its root is its last node.
#[derive(Default)]
pub(super) struct Part<'c> {
    pub(super) needs: Vec<Need>,
    pub(super) switches: Vec<Switch<'c>>,
    pub(super) nodes: Vec<Node>,
}

/// Parts of which all are needed.
pub(super) type All<'c> = Vec<Part<'c>>;

pub(super) fn leaf<'c>(need: Need) -> Part<'c> {
    Part { needs: vec![need], nodes: vec![Node::Leaf], ..Part::default() }
}

pub(super) fn switch(one: Switch<'_>) -> Part<'_> {
    Part { switches: vec![one], nodes: vec![Node::Switch], ..Part::default() }
}

/// So many of several; one need, where they are single slots.
pub(super) fn some_of<'c>(wanted: usize, below: Vec<All<'c>>, source: RequirementIx) -> Part<'c> {
    let parts: Vec<_> = below.into_iter().map(one_of).collect();
    let are_single = parts.iter().all(|part| is_slot(part) && part.needs[0].items.len() == 1);
    if parts.iter().all(is_slot) && (wanted == 1 || (are_single && are_distinct(&parts))) {
        slots(wanted, parts, source)
    } else {
        group(wanted, parts)
    }
}

/// All of several; the single slots among them are one need.
pub(super) fn all_of<'c>(below: Vec<All<'c>>, source: RequirementIx) -> All<'c> {
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
pub(super) fn is_kept_slot(part: &Part<'_>) -> bool {
    let needs_all = |need: &Need| need.amount == Amount::whole(u32::try_from(need.items.len()).unwrap_or(0));
    is_number_of(part) && part.needs[0].lane == 0 && needs_all(&part.needs[0])
}

pub(super) fn are_distinct(parts: &[Part<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    parts.iter().flat_map(|part| &part.needs[0].items).all(|&ix| seen.insert(ix))
}

pub(super) fn slots<'c>(wanted: usize, parts: Vec<Part<'c>>, source: RequirementIx) -> Part<'c> {
    let items = parts.into_iter().flat_map(|part| part.needs.into_iter().flat_map(|need| need.items));
    let amount = Amount::whole(u32::try_from(wanted).unwrap_or(u32::MAX));
    leaf(Need { source, amount, by_credits: false, lane: 0, items: items.collect(), is_judged: false })
}

/// All of several parts as one.
pub(super) fn one_of(mut all: All<'_>) -> Part<'_> {
    if all.len() == 1
        && let Some(one) = all.pop()
    {
        return one;
    }
    let wanted = all.len();
    group(wanted, all)
}

/// One item, of whatever grade and age, taken.
pub(super) fn is_slot(part: &Part<'_>) -> bool {
    part.nodes.len() == 1
        && matches!(&part.needs[..], [need] if need.lane == 0 && !need.by_credits && !need.is_judged
            && need.amount == Amount::ONE)
}

/// A single need for so many items.
pub(super) fn is_number_of(part: &Part<'_>) -> bool {
    part.nodes.len() == 1 && matches!(&part.needs[..], [need] if !need.by_credits && !need.is_judged)
}

pub(super) fn group<'c>(wanted: usize, parts: Vec<Part<'c>>) -> Part<'c> {
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
