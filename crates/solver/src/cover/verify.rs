//! The checker of claims: whether what is said to be the least to be paid is.
//!
//! It uses nothing of how the answer was found, and does not search: it adds up what serves each
//! leaf, and evaluates the bound that the prices prove.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cover, NEVER, PARTS, tree::add, u32_of};

/// What is said of a question, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The least to be paid; [`NEVER`] if nothing will do.
    pub cost: i64,
    /// What serves which leaf, held or bought.
    pub serves: Vec<(u32, u32)>,
    /// What is bought, each once.
    pub bought: Vec<u32>,
    /// Cases of which each answer is one, and why none of them costs less.
    pub cases: Vec<Case>,
}

/// A case, and the prices that bound it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Held items, each with the one leaf of its lane that it serves, in the order in which they were
    /// decided on.
    pub decided: Vec<(u32, u32)>,
    /// The price of each leaf per unit, in parts: whoever could pay less could sell below price.
    pub prices: Vec<i64>,
    /// The leaves whose purchases the bound counts. What is on offer to several is counted in the
    /// first lane of these.
    pub pays: Vec<bool>,
}

/// Why a claim is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It speaks of a leaf or an item that there is not, or not for each leaf.
    Unknown,
    /// Something serves two leaves of one lane, or one that it cannot serve.
    Served(u32),
    /// Something is bought that is not for sale, or twice.
    Bought(u32),
    /// What serves the leaves does not satisfy the root, or does not cost what is said.
    TooLittle,
    /// The prices do not prove that less will not do.
    Unproved,
    /// There are answers that are of none of the cases.
    Open,
}

/// More than any sum of prices that a claim can name: what cannot be had.
pub(super) const WIDE: i128 = 1 << 120;

/// Checks a claim about a question: what is held, each with the leaves that it can serve, and the
/// price of each switch.
///
/// # Errors
///
/// The first flaw.
pub fn verify(cover: &Cover, held: &[(u32, Vec<u32>)], switches: &[i64], claim: &Claim) -> Result<(), Flaw> {
    let leaves = cover.leaves.len();
    let is_sized = |case: &Case| case.prices.len() == leaves && case.pays.len() == leaves;
    let is_priced = |case: &Case| case.prices.iter().all(|price| (0..=NEVER).contains(price));
    if claim.cost > NEVER || !claim.cases.iter().all(|case| is_sized(case) && is_priced(case)) {
        return Err(Flaw::Unknown);
    }
    if claim.cost < NEVER && paid(cover, held, switches, claim)? > claim.cost {
        return Err(Flaw::TooLittle);
    }
    if !are_all(cover, held, &claim.cases) {
        return Err(Flaw::Open);
    }
    for case in &claim.cases {
        let bound = bound(cover, &restricted(cover, held, case), switches, case).ok_or(Flaw::Unproved)?;
        if bound < i128::from(claim.cost) * i128::from(PARTS) - i128::from(PARTS) + 1 {
            return Err(Flaw::Unproved);
        }
    }
    Ok(())
}

/// Whether every answer is of one of the cases: where they part, an item serves another of its leaves in
/// each, and none is left out. Serving none at all is never better.
fn are_all(cover: &Cover, held: &[(u32, Vec<u32>)], cases: &[Case]) -> bool {
    let lane = |leaf: u32| cover.leaves.get(leaf as usize).map(|leaf| leaf.lane);
    // Cases that have their first decisions in common.
    let mut open: Vec<(usize, Vec<&Case>)> = vec![(0, cases.iter().collect())];
    while let Some((depth, cases)) = open.pop() {
        let Some(first) = cases.first() else { return false };
        let Some(&(item, leaf)) = first.decided.get(depth) else { continue };
        let is_again = |&(other, its): &(u32, u32)| other == item && lane(its) == lane(leaf);
        let Some((_, leaves)) = held.iter().find(|(other, _)| *other == item) else { return false };
        if lane(leaf).is_none() || first.decided[..depth].iter().any(is_again) {
            return false;
        }
        for &option in leaves.iter().filter(|&&option| lane(option) == lane(leaf)) {
            let of_it = cases.iter().copied();
            open.push((
                depth + 1,
                of_it.filter(|case| case.decided.get(depth) == Some(&(item, option))).collect(),
            ));
        }
    }
    true
}

/// What is held in a case: what is decided on serves one leaf of its lane only.
fn restricted(cover: &Cover, held: &[(u32, Vec<u32>)], case: &Case) -> Vec<(u32, Vec<u32>)> {
    let lane = |leaf: u32| cover.leaves[leaf as usize].lane;
    let mut held = held.to_vec();
    for (item, leaves) in &mut held {
        for &(_, leaf) in case.decided.iter().filter(|(other, _)| other == item) {
            leaves.retain(|&other| other == leaf || lane(other) != lane(leaf));
        }
    }
    held
}

/// What is paid, if everything serves as is said and satisfies the root.
fn paid(cover: &Cover, held: &[(u32, Vec<u32>)], switches: &[i64], claim: &Claim) -> Result<i64, Flaw> {
    let mut owned = vec![None; cover.items.len()];
    for (item, leaves) in held {
        *owned.get_mut(*item as usize).ok_or(Flaw::Unknown)? = Some(leaves.as_slice());
    }
    let mut cost = 0;
    for &item in &claim.bought {
        let place = owned.get_mut(item as usize).ok_or(Flaw::Unknown)?;
        let price = cover.items[item as usize].price.ok_or(Flaw::Bought(item))?;
        if place.replace(cover.uses.at(item)).is_some() {
            return Err(Flaw::Bought(item));
        }
        cost = add([cost, price].into_iter());
    }
    let mut got = vec![0u64; cover.leaves.len()];
    let mut busy = BTreeSet::new();
    for &(item, leaf) in &claim.serves {
        let leaves = owned.get(item as usize).ok_or(Flaw::Unknown)?.ok_or(Flaw::Served(item))?;
        let lane = cover.leaves.get(leaf as usize).ok_or(Flaw::Unknown)?.lane;
        if !leaves.contains(&leaf) || !cover.uses.at(item).contains(&leaf) || !busy.insert((item, lane)) {
            return Err(Flaw::Served(item));
        }
        got[leaf as usize] += u64::from(gift(cover, item, leaf));
    }
    let lacks = |leaf: usize| if got[leaf] >= u64::from(cover.leaves[leaf].need) { 0 } else { WIDE };
    let terms: Vec<_> = (0..cover.leaves.len()).map(lacks).collect();
    let switches: Vec<_> = switches.iter().map(|&price| i128::from(price)).collect();
    let root = cover.tree.value(&terms, &switches).ok_or(Flaw::Unknown)?;
    match i64::try_from(root) {
        Ok(root) if root < NEVER => Ok(add([cost, root].into_iter())),
        _ => Err(Flaw::TooLittle),
    }
}

/// What the prices prove, in parts.
fn bound(cover: &Cover, held: &[(u32, Vec<u32>)], switches: &[i64], case: &Case) -> Option<i128> {
    let Case { prices, pays, .. } = case;
    let mut could = vec![0u32; cover.leaves.len()];
    let mut is_held = vec![false; cover.items.len()];
    // What serves one leaf only counts where that leaf does; what could serve several is given to
    // whoever pays most, needed or not.
    let mut own = vec![0i128; cover.leaves.len()];
    let mut wanted: Vec<(u32, Vec<u32>)> = Vec::new();
    for (item, leaves) in held {
        is_held[*item as usize] = true;
        let mut paying: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &leaf in leaves {
            could[leaf as usize] = could[leaf as usize].saturating_add(gift(cover, *item, leaf));
            if pays[leaf as usize] && prices[leaf as usize] > 0 {
                paying.entry(cover.leaves[leaf as usize].lane).or_default().push(leaf);
            }
        }
        for leaves in paying.into_values() {
            match leaves[..] {
                [leaf] => own[leaf as usize] += i128::from(gift(cover, *item, leaf)),
                _ => wanted.push((*item, leaves)),
            }
        }
    }
    // A leaf has no use for more than it misses.
    let misses = |leaf: u32| (i128::from(cover.leaves[leaf as usize].need) - own[leaf as usize]).max(0);
    let worth = |item: u32, leaf: u32| {
        i128::from(prices[leaf as usize]) * i128::from(gift(cover, item, leaf)).min(misses(leaf))
    };
    let most = |(item, leaves): &(u32, Vec<u32>)| leaves.iter().map(|&leaf| worth(*item, leaf)).max();
    let brought: i128 = wanted.iter().filter_map(most).sum();
    let least = |leaf: usize| cover.leaves[leaf].need.saturating_sub(could[leaf]);
    let price_in = |item: u32, lane: u32| {
        let is_paid = cover
            .uses
            .at(item)
            .iter()
            .any(|&other| cover.leaves[other as usize].lane < lane && pays[other as usize]);
        let price = cover.items[item as usize].price.unwrap_or(NEVER);
        if is_paid { 0 } else { price }
    };
    let mut terms = Vec::with_capacity(cover.leaves.len());
    for (at, leaf) in cover.leaves.iter().enumerate() {
        if !pays[at] {
            terms.push(0);
            continue;
        }
        let offers = cover.offers.at(u32_of(at)).iter().filter(|&&offer| !is_held[offer as usize]);
        let offers: Vec<_> =
            offers.map(|&offer| (price_in(offer, leaf.lane), gift(cover, offer, u32_of(at)))).collect();
        let costs = cheapest_fills(&offers, leaf.need);
        let price = i128::from(prices[at]);
        let terms_of = (least(at)..=leaf.need).map(|bought| {
            let cost = costs[bought as usize];
            // What serves this leaf only has brought its share already.
            let rest = (i128::from(leaf.need - bought) - own[at]).max(0);
            if cost >= NEVER { WIDE } else { i128::from(cost) * i128::from(PARTS) + price * rest }
        });
        terms.push(terms_of.min()?);
    }
    let parts = |&price: &i64| if price >= NEVER { WIDE } else { i128::from(price) * i128::from(PARTS) };
    let switches: Vec<_> = switches.iter().map(parts).collect();
    let root = cover.tree.value(&terms, &switches)?;
    // What cannot be had is not made possible by what is held: that is in the terms already.
    Some(if root >= WIDE { WIDE } else { (root - brought).max(0) })
}

fn gift(cover: &Cover, item: u32, leaf: u32) -> u32 {
    if cover.leaves[leaf as usize].by_units { cover.items[item as usize].units } else { 1 }
}

/// The least that brings at least each amount, offer by offer.
fn cheapest_fills(offers: &[(i64, u32)], need: u32) -> Vec<i64> {
    let mut costs = vec![NEVER; need as usize + 1];
    costs[0] = 0;
    for &(price, units) in offers {
        for amount in (1..costs.len()).rev() {
            let below = costs[amount.saturating_sub(units as usize)];
            costs[amount] = costs[amount].min(add([below, price].into_iter()));
        }
    }
    costs
}
