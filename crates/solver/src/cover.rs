//! A tree of needs that items fill, each item one: the shape of nearly all real rules, solved
//! without a search.
//!
//! A *leaf* needs an amount, in number or in units; an item that serves it gives one, or its
//! units, and serves one leaf in each *lane*. Items that are held are free, others are bought at
//! their price. Nodes above the leaves ask for so many of their children. What is the least to be
//! paid?
//!
//! Everything that does not depend on what is held is prepared once, in [`Cover::new`]. A question
//! then takes a few passes over short lists: items that can serve one leaf only are given to it,
//! leaves that are full are closed, until nothing changes; what is still contested is matched by
//! augmenting paths; then *prices* of the leaves give a lower bound (the dual of the assignment),
//! and the purchases an upper one. Where both meet, the answer is proved, and [`verify`] checks it
//! without looking at how it was found. Where they do not, a contested item decides on a few cases,
//! and each is bounded by itself. Where that does not do either, there is no answer here, and the
//! general search must find it: nothing is ever guessed.
//!
//! Source of the bound: Lagrangian relaxation of the assignment, as for matchings with lower
//! quotas; for unit gifts it is Hall's condition, weighted.

use std::collections::BTreeSet;

mod tree;
pub use tree::Node;

mod scratch;
pub use scratch::Scratch;
use scratch::{Best, Contested, NOWHERE};

mod settle;

mod divide;

mod grounds;
use grounds::Grounds;

mod assign;

mod price;

mod fill;

mod verify;
pub use verify::{Case, Claim, Flaw, verify};

/// More than any price; what cannot be had costs this.
pub const NEVER: i64 = i64::MAX / 4;

/// Prices per unit are whole multiples of one part in so many.
pub(crate) const PARTS: i64 = 5040;

/// The largest sum of prices that is accepted, so that sums of parts stay within 64 bits.
pub const PRICE_MAX: i64 = NEVER / PARTS / 4;

/// The largest need that is accepted.
pub const NEED_MAX: u32 = 1 << 12;

/// Something that can serve a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it gives to a leaf that measures in units.
    pub units: u32,
    /// What it costs if it is not held; nothing if it is not to be had.
    pub price: Option<i64>,
    /// Whether it is only bought if nothing else of its price is left.
    pub is_last: bool,
}

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// How much, in number or in units.
    pub need: u32,
    /// Whether it measures in units; otherwise every item gives one.
    pub by_units: bool,
    /// An item serves at most one leaf of each lane.
    pub lane: u32,
    /// The items that can serve it.
    pub items: Vec<u32>,
}

/// A tree of needs, prepared for many questions.
#[derive(Debug, Clone)]
pub struct Cover {
    items: Vec<Item>,
    leaves: Vec<Leaf>,
    tree: tree::Tree,
    /// The leaves that each item can serve, lane by lane.
    uses: Lists,
    /// The items on offer for each leaf, cheapest first.
    offers: Lists,
    /// Leaves from the fewest offers to the most: the order in which purchases are made.
    scarce_first: Vec<u32>,
    /// For each leaf in units, the different kinds of its offers.
    kinds: Vec<Vec<fill::Kind>>,
    /// Whether there is more than one lane.
    has_lanes: bool,
    /// Whether any leaf measures in units.
    has_units: bool,
}

/// Lists in one allocation.
#[derive(Debug, Clone, Default)]
struct Lists {
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Lists {
    fn of(lists: impl Iterator<Item = Vec<u32>>) -> Lists {
        let mut made = Lists { starts: vec![0], entries: Vec::new() };
        for list in lists {
            made.entries.extend(list);
            made.starts.push(u32_of(made.entries.len()));
        }
        made
    }

    fn at(&self, index: u32) -> &[u32] {
        let index = index as usize;
        &self.entries[self.starts[index] as usize..self.starts[index + 1] as usize]
    }
}

impl Cover {
    /// Prepares a tree of needs. `nodes` stand children before parents, the root last; the leaf
    /// nodes among them stand in the order of `leaves`.
    ///
    /// Nothing is returned where numbers are too large for sums in 64 bits, or the nodes are no tree.
    #[must_use]
    pub fn new(items: Vec<Item>, mut leaves: Vec<Leaf>, nodes: Vec<Node>) -> Option<Cover> {
        let total: i128 = items.iter().filter_map(|item| item.price).map(i128::from).sum();
        let are_small = leaves.iter().all(|leaf| leaf.need <= NEED_MAX)
            && items.iter().all(|item| item.units <= NEED_MAX && item.price.is_none_or(|price| price >= 0))
            && total <= i128::from(PRICE_MAX);
        if !are_small {
            return None;
        }
        let tree = tree::Tree::new(nodes, leaves.len())?;
        reserve(&items, &mut leaves, &tree);
        let mut uses = vec![Vec::new(); items.len()];
        let mut order: Vec<u32> = (0..u32_of(leaves.len())).collect();
        order.sort_by_key(|&leaf| leaves[leaf as usize].lane);
        for leaf in order {
            for &item in &leaves[leaf as usize].items {
                uses[item as usize].push(leaf);
            }
        }
        let offers = Lists::of(leaves.iter().map(|leaf| fill::offers(leaf, &items)));
        let mut scarce_first: Vec<u32> = (0..u32_of(leaves.len())).collect();
        scarce_first.sort_by_key(|&leaf| (leaves[leaf as usize].lane, offers.at(leaf).len(), leaf));
        let kinds: Vec<_> =
            (0..).zip(&leaves).map(|(at, leaf)| fill::kinds(leaf, offers.at(at), &items)).collect();
        if kinds.iter().any(|kinds| kinds.len() > fill::KINDS_MAX) {
            return None;
        }
        Some(Cover {
            has_units: leaves.iter().any(|leaf| leaf.by_units),
            has_lanes: leaves.iter().any(|leaf| leaf.lane > 0),
            uses: Lists::of(uses.into_iter()),
            items,
            leaves,
            tree,
            offers,
            scarce_first,
            kinds,
        })
    }

    /// The leaves that an item can serve.
    #[must_use]
    pub fn uses(&self, item: u32) -> &[u32] {
        self.uses.at(item)
    }
}

impl Cover {
    /// The least to be paid, if it can be proved without a search.
    ///
    /// What is held, and the prices of switches, were said to `scratch` since it began.
    #[must_use]
    pub fn solve(&self, scratch: &mut Scratch) -> Option<i64> {
        self.settle(scratch);
        scratch.most = NEVER;
        scratch.cases = 0;
        let mut grounds = std::mem::take(&mut scratch.grounds);
        grounds.clear();
        let is_closed = self.close(scratch, &mut grounds) || self.divide(scratch, &mut grounds);
        scratch.grounds = grounds;
        is_closed.then_some(scratch.most)
    }

    /// Whether nothing costs less than the best known; looks for better.
    fn close(&self, scratch: &mut Scratch, grounds: &mut Grounds) -> bool {
        self.set_fills(scratch);
        scratch.prices.clear();
        scratch.bounding.clear();
        self.choose_optimistically(scratch);
        // The choice among branches is made anew while the prices suggest another one.
        const ROUNDS: usize = 6;
        let mut least = 0;
        for _ in 0..ROUNDS {
            self.assign(scratch);
            self.improve(scratch);
            let bound = self.bound(scratch);
            let cost = self.buy(scratch);
            if cost < scratch.most {
                scratch.most = cost;
                scratch.keep_purchases();
            }
            if bound > least || scratch.bounding.is_empty() {
                least = bound;
                scratch.bounding.clone_from(&scratch.prices);
            }
            if least >= scratch.most {
                grounds.note(self, scratch);
                return true;
            }
            if !self.choose_anew(scratch) {
                return false;
            }
        }
        false
    }

    /// The last answer with its reasons, for [`verify`].
    #[must_use]
    pub fn claim(&self, scratch: &Scratch, cost: i64) -> Claim {
        let Best { bought, serves } = scratch.best.clone();
        Claim { cost, serves, bought, cases: scratch.grounds.cases(self.leaves.len()) }
    }
}

/// A leaf that is needed whatever is chosen, and needs every one of its items, keeps them: no other
/// leaf of its lane has any use for them.
fn reserve(items: &[Item], leaves: &mut [Leaf], tree: &tree::Tree) {
    let gift = |leaf: &Leaf, item: u32| u64::from(if leaf.by_units { items[item as usize].units } else { 1 });
    let needs_all = |leaf: &Leaf| {
        let gifts = leaf.items.iter().map(|&item| gift(leaf, item));
        let least = gifts.clone().min().unwrap_or(0);
        least > 0 && gifts.sum::<u64>() < u64::from(leaf.need) + least
    };
    let mut keeps = vec![false; leaves.len()];
    while let Some(at) = (0..leaves.len())
        .find(|&at| !keeps[at] && tree.is_always_needed(u32_of(at)) && needs_all(&leaves[at]))
    {
        keeps[at] = true;
        let Leaf { lane, items: kept, .. } = leaves[at].clone();
        let kept: BTreeSet<u32> = kept.into_iter().collect();
        for (other, leaf) in leaves.iter_mut().enumerate() {
            if !keeps[other] && leaf.lane == lane {
                leaf.items.retain(|item| !kept.contains(item));
            }
        }
    }
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2³² entries")
}

#[cfg(test)]
mod tests;
