//! Prices of the leaves, and the bound that they prove.
//!
//! For any prices `λ` per unit,
//!
//! ```text
//! paid ≥ cheapest( λ·b + rest(λ) ) − Σ over contested items of the most they bring, max λ·gift
//! ```
//!
//! where `b` is what a leaf needs beside what serves it for good, and `rest(λ)` what filling it
//! costs above `λ` per unit, at the least. `cheapest` is over the branches, so one set of prices
//! bounds all of them at once.

use super::{Contested, Cover, NEVER, NOWHERE, PARTS, Scratch, u32_of};

impl Cover {
    /// Chooses branches as if every contested item could serve all of its leaves.
    pub(super) fn choose_optimistically(&self, scratch: &mut Scratch) {
        scratch.contested_for.clear();
        scratch.contested_for.resize(self.leaves.len(), 0);
        for &Contested { item, start, end, .. } in &scratch.contested {
            for &leaf in &scratch.options[start as usize..end as usize] {
                scratch.contested_for[leaf as usize] += self.gift(item, leaf);
            }
        }
        scratch.wants.clear();
        scratch.costs.clear();
        scratch.terms.clear();
        for leaf in 0..u32_of(self.leaves.len()) {
            let is_open = scratch.is_open[leaf as usize];
            scratch.wants.push(self.missing(leaf, scratch));
            let cost = if is_open { self.unit_cost(leaf, scratch) } else { 0 };
            scratch.costs.push(cost);
            let term = if is_open { self.least_fill(leaf, scratch) } else { 0 };
            scratch.terms.push(parts(term));
        }
        let Scratch { terms, switches, tree, .. } = scratch;
        self.tree.cheapest(terms, switches, PARTS, tree);
        self.tree.choose(tree);
    }

    /// What must be paid for a leaf even if every contested item served it.
    fn least_fill(&self, leaf: u32, scratch: &mut Scratch) -> i64 {
        let least = self.missing(leaf, scratch).saturating_sub(scratch.contested_for[leaf as usize]);
        self.fill(leaf, least, scratch)
    }

    /// Chooses branches by the terms of the last bound; says whether that changes anything.
    pub(super) fn choose_anew(&self, scratch: &mut Scratch) -> bool {
        self.tree.choose(&mut scratch.tree)
    }

    /// A lower bound on what is to be paid, in whole prices.
    pub(super) fn bound(&self, scratch: &mut Scratch) -> i64 {
        self.set_prices(scratch);
        let mut terms = std::mem::take(&mut scratch.terms);
        for leaf in 0..u32_of(self.leaves.len()) {
            terms[leaf as usize] = if scratch.is_open[leaf as usize] { self.term(leaf, scratch) } else { 0 };
        }
        let Scratch { contested, options, prices, wants, switches, tree, .. } = &mut *scratch;
        let needed = self.tree.cheapest(&terms, switches, PARTS, tree);
        let brought: i64 = contested
            .iter()
            .map(|&Contested { item, start, end, .. }| {
                let mine = &options[start as usize..end as usize];
                mine.iter().map(|&leaf| self.worth(item, leaf, prices, wants)).max().unwrap_or(0)
            })
            .sum();
        scratch.terms = terms;
        if needed >= NEVER {
            return NEVER;
        }
        (needed - brought).max(0).div_euclid(PARTS) + i64::from((needed - brought).max(0) % PARTS != 0)
    }

    /// What an item brings to a leaf, which has no use for more than it misses.
    fn worth(&self, item: u32, leaf: u32, prices: &[i64], wants: &[u32]) -> i64 {
        prices[leaf as usize] * i64::from(self.gift(item, leaf).min(wants[leaf as usize]))
    }

    /// The price of a leaf is what it lacks costs, or what those lack whom its items could serve
    /// instead. A leaf outside the chosen branches is as dear as it can be without its items
    /// bringing more.
    fn set_prices(&self, scratch: &mut Scratch) {
        let mut prices = std::mem::take(&mut scratch.prices);
        prices.clear();
        for leaf in 0..u32_of(self.leaves.len()) {
            // What nobody contests needs no price: what it lacks is known.
            let lacks = scratch.contested_for[leaf as usize] > 0
                && self.is_active(leaf, scratch)
                && self.still_missing(leaf, scratch) > 0;
            prices.push(if lacks { scratch.costs[leaf as usize] } else { 0 });
        }
        // Each pass carries prices one item further; a path is no longer than there are leaves.
        for _ in 0..self.leaves.len() {
            let mut changed = false;
            for &Contested { item, start, end, leaf } in &scratch.contested {
                if leaf == NOWHERE {
                    continue;
                }
                let mine = &scratch.options[start as usize..end as usize];
                let most = mine
                    .iter()
                    .map(|&leaf| self.worth(item, leaf, &prices, &scratch.wants))
                    .max()
                    .unwrap_or(0);
                let gift = i64::from(self.gift(item, leaf).min(scratch.wants[leaf as usize])).max(1);
                let price = (most / gift + i64::from(most % gift != 0)).min(scratch.costs[leaf as usize]);
                if price > prices[leaf as usize] {
                    prices[leaf as usize] = price;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        self.lift(&mut prices, scratch);
        scratch.prices = prices;
    }

    fn lift(&self, prices: &mut [i64], scratch: &mut Scratch) {
        let mut room = std::mem::take(&mut scratch.order);
        // For each leaf outside, the least that an item brings per unit which could serve it.
        let is_outside = |leaf: u32| {
            scratch.is_open[leaf as usize]
                && scratch.contested_for[leaf as usize] > 0
                && !self.is_active(leaf, scratch)
        };
        room.clear();
        room.extend((0..u32_of(self.leaves.len())).filter(|&leaf| is_outside(leaf)));
        for &leaf in &room {
            let mut price = scratch.costs[leaf as usize];
            for &Contested { item, start, end, .. } in &scratch.contested {
                let mine = &scratch.options[start as usize..end as usize];
                if mine.contains(&leaf) {
                    let most = mine
                        .iter()
                        .map(|&other| self.worth(item, other, prices, &scratch.wants))
                        .max()
                        .unwrap_or(0);
                    let gift = self.gift(item, leaf).min(scratch.wants[leaf as usize]);
                    price = price.min(most / i64::from(gift).max(1));
                }
            }
            prices[leaf as usize] = prices[leaf as usize].max(price);
        }
        scratch.order = room;
    }

    /// What a leaf comes to at its price: `min over m of λ·b + F(m) − λ·m`, where at least the
    /// amount `m` that no contested item can bring must be bought for `F(m)`.
    fn term(&self, leaf: u32, scratch: &mut Scratch) -> i64 {
        let missing = self.missing(leaf, scratch);
        let least = missing.saturating_sub(scratch.contested_for[leaf as usize]);
        let price = scratch.prices[leaf as usize];
        if least == missing || price == 0 {
            return parts(self.fill(leaf, least, scratch));
        }
        let rest = |bought: u32, cost: i64| match cost {
            NEVER => NEVER,
            cost => cost * PARTS + price * i64::from(missing - bought),
        };
        if !self.leaves[leaf as usize].by_units && self.leaves[leaf as usize].lane == 0 {
            // Each further one costs no less than the price, so the fewest are the cheapest.
            let cost = self.fill(leaf, least, scratch);
            return rest(least, cost);
        }
        (least..=missing)
            .map(|bought| {
                let cost = self.fill(leaf, bought, scratch);
                rest(bought, cost)
            })
            .min()
            .unwrap_or(0)
    }
}

pub(super) fn parts(price: i64) -> i64 {
    if price == NEVER { NEVER } else { price * PARTS }
}
