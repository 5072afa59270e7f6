//! What it costs to fill a leaf with what is on offer, and the purchases that do.

use super::{Cover, Item, Leaf, NEVER, PARTS, PRICE_MAX, Scratch, tree::add, u32_of};

/// Offers of one leaf in units that differ in nothing but their names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    units: u32,
    price: i64,
    /// Their place among the offers of the leaf.
    start: u32,
    end: u32,
}

/// The items that a leaf is offered, cheapest first; in units, kind by kind.
pub(super) fn offers(leaf: &Leaf, items: &[Item]) -> Vec<u32> {
    let item = |at: &u32| items[*at as usize];
    let mut offers: Vec<u32> = leaf.items.iter().copied().filter(|at| item(at).price.is_some()).collect();
    offers.retain(|at| !leaf.by_units || item(at).units > 0);
    offers.sort_by_key(|at| {
        let Item { units, price, is_last } = item(at);
        (if leaf.by_units { units } else { 0 }, price, is_last, *at)
    });
    offers
}

pub(super) fn kinds(leaf: &Leaf, offers: &[u32], items: &[Item]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    if !leaf.by_units {
        return kinds;
    }
    for (at, &offer) in (0..).zip(offers) {
        let Item { units, price, .. } = items[offer as usize];
        let price = price.unwrap_or(NEVER);
        match kinds.last_mut() {
            Some(last) if (last.units, last.price) == (units, price) => last.end = at + 1,
            _ => kinds.push(Kind { units, price, start: at, end: at + 1 }),
        }
    }
    kinds
}

/// Offers of so many kinds are told apart in a leaf.
pub(super) const KINDS_MAX: usize = 32;

impl Cover {
    /// For every open leaf, what it costs to fill it by each amount up to what it misses.
    pub(super) fn set_fills(&self, scratch: &mut Scratch) {
        scratch.fills.clear();
        scratch.fill_starts.clear();
        for leaf in 0..u32_of(self.leaves.len()) {
            scratch.fill_starts.push(u32_of(scratch.fills.len()));
            if scratch.is_open[leaf as usize] {
                let missing = self.missing(leaf, scratch);
                if self.leaves[leaf as usize].by_units {
                    self.set_fill_in_units(leaf, missing, scratch);
                } else {
                    self.set_fill_in_number(leaf, missing, scratch);
                }
            }
        }
    }

    fn set_fill_in_number(&self, leaf: u32, missing: u32, scratch: &mut Scratch) {
        let Scratch { fills, held_in, question, .. } = scratch;
        let free = self.offers.at(leaf).iter().filter(|&&offer| held_in[offer as usize] != *question);
        let mut prices = free.map(|&offer| self.price(offer));
        let mut sum = 0;
        fills.push(0);
        for _ in 0..missing {
            sum = add([sum, prices.next().unwrap_or(NEVER)].into_iter());
            fills.push(sum);
        }
    }

    /// The cheapest set of offers that brings at least so many units: one of each kind after the
    /// other, as long as there are any.
    fn set_fill_in_units(&self, leaf: u32, missing: u32, scratch: &mut Scratch) {
        let start = scratch.fills.len();
        scratch.fills.push(0);
        scratch.fills.resize(start + missing as usize + 1, NEVER);
        for kind in &self.kinds[leaf as usize] {
            let offers = &self.offers.at(leaf)[kind.start as usize..kind.end as usize];
            let Scratch { fills, held_in, question, .. } = &mut *scratch;
            let costs = &mut fills[start..];
            let enough = missing.div_ceil(kind.units) as usize;
            // No more are counted than could be of use.
            let free =
                offers.iter().filter(|&&offer| held_in[offer as usize] != *question).take(enough).count();
            let below = |amount: usize| amount.saturating_sub(kind.units as usize);
            if free == enough {
                for amount in 1..costs.len() {
                    costs[amount] = costs[amount].min(add([costs[below(amount)], kind.price].into_iter()));
                }
            } else {
                for _ in 0..free {
                    for amount in (1..costs.len()).rev() {
                        costs[amount] =
                            costs[amount].min(add([costs[below(amount)], kind.price].into_iter()));
                    }
                }
            }
        }
    }

    /// What it costs to fill a leaf by an amount, which is no more than it misses.
    pub(super) fn fill(&self, leaf: u32, amount: u32, scratch: &Scratch) -> i64 {
        if self.leaves[leaf as usize].lane > 0 {
            return self.fill_beside(leaf, amount, scratch);
        }
        scratch.fills[(scratch.fill_starts[leaf as usize] + amount) as usize]
    }

    /// The same for a leaf of a later lane: what the first lane pays for already costs nothing.
    fn fill_beside(&self, leaf: u32, amount: u32, scratch: &Scratch) -> i64 {
        let free = || self.offers.at(leaf).iter().copied().filter(|&offer| !scratch.holds(offer));
        let paid = free().filter(|&offer| self.is_paid_for(offer, leaf, scratch)).count();
        if paid == 0 {
            return scratch.fills[(scratch.fill_starts[leaf as usize] + amount) as usize];
        }
        if self.leaves[leaf as usize].by_units {
            return 0;
        }
        let rest = (amount as usize).saturating_sub(paid);
        let mut prices =
            free().filter(|&offer| !self.is_paid_for(offer, leaf, scratch)).map(|offer| self.price(offer));
        add((0..rest).map(|_| prices.next().unwrap_or(NEVER)))
    }

    /// Whether an earlier lane may have to pay for an item.
    fn is_paid_for(&self, item: u32, leaf: u32, scratch: &Scratch) -> bool {
        let lane = self.leaves[leaf as usize].lane;
        self.uses.at(item).iter().any(|&other| {
            self.leaves[other as usize].lane < lane
                && scratch.is_open[other as usize]
                && (scratch.prices.get(other as usize).is_none_or(|&price| price > 0)
                    || self.missing(other, scratch) > scratch.contested_for[other as usize])
        })
    }

    fn price(&self, item: u32) -> i64 {
        self.items[item as usize].price.unwrap_or(NEVER)
    }

    /// The least that one unit costs, in parts.
    pub(super) fn unit_cost(&self, leaf: u32, scratch: &Scratch) -> i64 {
        let is_free = |offer: &u32| !scratch.holds(*offer);
        let offers = self.offers.at(leaf);
        let cost = if self.leaves[leaf as usize].by_units {
            let kinds = self.kinds[leaf as usize].iter();
            let free =
                kinds.filter(|kind| offers[kind.start as usize..kind.end as usize].iter().any(&is_free));
            free.map(|kind| kind.price * PARTS / i64::from(kind.units)).min()
        } else {
            offers.iter().find(|one| is_free(one)).map(|&offer| self.price(offer) * PARTS)
        };
        // Where nothing is on offer, no price is too high.
        cost.unwrap_or(PRICE_MAX)
    }

    /// Buys what the chosen branches still miss; says what is to be paid.
    pub(super) fn buy(&self, scratch: &mut Scratch) -> i64 {
        for &item in &scratch.bought {
            scratch.bought_in[item as usize] = 0;
        }
        scratch.bought.clear();
        scratch.sold.clear();
        scratch.paid = 0;
        for &leaf in &self.scarce_first {
            if self.is_active(leaf, scratch) && !self.buy_for(leaf, scratch) {
                return NEVER;
            }
        }
        add([scratch.paid, self.tree.switched(&scratch.switches, &scratch.tree)].into_iter())
    }

    fn buy_for(&self, leaf: u32, scratch: &mut Scratch) -> bool {
        let offers = self.offers.at(leaf);
        loop {
            let missing = self.still_missing(leaf, scratch);
            if missing == 0 {
                return true;
            }
            let chosen = if self.leaves[leaf as usize].by_units {
                self.best_kind(leaf, missing, scratch)
            } else {
                self.best_offer(offers, leaf, scratch)
            };
            let Some(item) = chosen else { return false };
            scratch.bought_in[item as usize] = scratch.question;
            scratch.bought.push(item);
            scratch.sold.push((item, leaf));
            scratch.paid = add([scratch.paid, self.price(item)].into_iter());
            scratch.takes[leaf as usize] += self.gift(item, leaf);
            if self.has_lanes {
                self.serve_later_lanes(item, leaf, scratch);
            }
        }
    }

    fn is_for_sale(&self, item: u32, scratch: &Scratch) -> bool {
        !scratch.holds(item) && scratch.bought_in[item as usize] != scratch.question
    }

    /// The cheapest offer; among the cheapest one that a later lane lacks.
    fn best_offer(&self, offers: &[u32], leaf: u32, scratch: &Scratch) -> Option<u32> {
        let mut free = offers.iter().copied().filter(|&offer| self.is_for_sale(offer, scratch));
        let first = free.next()?;
        if !self.has_lanes || self.is_wanted(first, leaf, scratch) {
            return Some(first);
        }
        let price = self.price(first);
        let same = free.take_while(|&offer| self.price(offer) == price);
        Some({ same }.find(|&offer| self.is_wanted(offer, leaf, scratch)).unwrap_or(first))
    }

    fn is_wanted(&self, item: u32, leaf: u32, scratch: &Scratch) -> bool {
        let lane = self.leaves[leaf as usize].lane;
        self.uses.at(item).iter().any(|&other| {
            self.leaves[other as usize].lane > lane
                && self.is_active(other, scratch)
                && self.still_missing(other, scratch) > 0
        })
    }

    /// An offer of the kind that leaves the least to be paid.
    fn best_kind(&self, leaf: u32, missing: u32, scratch: &Scratch) -> Option<u32> {
        let offers = self.offers.at(leaf);
        let fills = &scratch.fills[scratch.fill_starts[leaf as usize] as usize..];
        let for_sale = |kind: &Kind| {
            let offers = offers[kind.start as usize..kind.end as usize].iter();
            { offers }.find(|&&offer| self.is_for_sale(offer, scratch)).copied()
        };
        let found = self.kinds[leaf as usize].iter().filter_map(|kind| {
            let item = for_sale(kind)?;
            let rest = fills[missing.saturating_sub(kind.units) as usize];
            Some((add([rest, kind.price].into_iter()), item))
        });
        found.min().map(|(_, item)| item)
    }

    /// What is bought for one lane serves those after it as well.
    fn serve_later_lanes(&self, item: u32, leaf: u32, scratch: &mut Scratch) {
        let mut lane = self.leaves[leaf as usize].lane;
        for &other in self.uses.at(item) {
            let its_lane = self.leaves[other as usize].lane;
            if its_lane > lane && self.is_active(other, scratch) && self.still_missing(other, scratch) > 0 {
                scratch.takes[other as usize] += self.gift(item, other);
                scratch.sold.push((item, other));
                lane = its_lane;
            }
        }
    }
}
