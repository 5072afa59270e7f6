//! Contested items are matched with the leaves of the chosen branches, the dearest leaf first.
//!
//! For leaves in number this is exact for the chosen branches: what can be served together is a
//! matroid, so the greedy order with augmenting paths gives the best. Leaves in units take what is
//! left over; whether that was best is for the bound to say.

use std::cmp::Reverse;

use super::{Cover, NOWHERE, Scratch, u32_of};

impl Cover {
    pub(super) fn assign(&self, scratch: &mut Scratch) {
        scratch.takes.clear();
        scratch.takes.resize(self.leaves.len(), 0);
        scratch.contested.iter_mut().for_each(|one| one.leaf = NOWHERE);
        if scratch.contested.is_empty() {
            return;
        }
        let mut order = std::mem::take(&mut scratch.order);
        order.clear();
        order.extend((0..u32_of(self.leaves.len())).filter(|&leaf| self.is_active(leaf, scratch)));
        order.sort_by_key(|&leaf| {
            (self.leaves[leaf as usize].by_units, Reverse(scratch.costs[leaf as usize]), leaf)
        });
        for &leaf in &order {
            while self.still_missing(leaf, scratch) > 0 && self.serve(leaf, scratch) {}
        }
        scratch.order = order;
    }

    /// Whether a leaf is needed by the chosen branches, and not full.
    pub(super) fn is_active(&self, leaf: u32, scratch: &Scratch) -> bool {
        scratch.is_open[leaf as usize] && self.tree.is_chosen(leaf, &scratch.tree)
    }

    /// What a leaf still needs beside everything that serves it now.
    pub(super) fn still_missing(&self, leaf: u32, scratch: &Scratch) -> u32 {
        if !scratch.is_open[leaf as usize] {
            return 0;
        }
        self.missing(leaf, scratch).saturating_sub(scratch.takes[leaf as usize])
    }

    /// Lets one more item serve a leaf: a free one, or one whose leaf finds another.
    fn serve(&self, leaf: u32, scratch: &mut Scratch) -> bool {
        if self.leaves[leaf as usize].by_units {
            return self.serve_with_most(leaf, scratch);
        }
        let Scratch { contested, options, via, parent, queue, .. } = scratch;
        // `parent` is the leaf that an item would go to, `via` the item through which a leaf is reached.
        parent.clear();
        parent.resize(contested.len(), NOWHERE);
        via.clear();
        via.resize(self.leaves.len(), NOWHERE);
        queue.clear();
        queue.push(leaf);
        let mut head = 0;
        while let Some(&wanting) = queue.get(head) {
            head += 1;
            for at in 0..contested.len() {
                let one = contested[at];
                let serves = || options[one.start as usize..one.end as usize].contains(&wanting);
                if parent[at] != NOWHERE || one.leaf == wanting || !serves() {
                    continue;
                }
                parent[at] = wanting;
                if one.leaf == NOWHERE {
                    self.shift(u32_of(at), leaf, scratch);
                    return true;
                }
                let reached = one.leaf as usize;
                if !self.leaves[reached].by_units && via[reached] == NOWHERE && one.leaf != leaf {
                    via[reached] = u32_of(at);
                    queue.push(one.leaf);
                }
            }
        }
        false
    }

    /// Moves every item of a path one leaf on.
    fn shift(&self, free: u32, leaf: u32, scratch: &mut Scratch) {
        let mut at = free;
        loop {
            let to = scratch.parent[at as usize];
            scratch.contested[at as usize].leaf = to;
            if to == leaf {
                scratch.takes[leaf as usize] += 1;
                return;
            }
            at = scratch.via[to as usize];
        }
    }

    fn serve_with_most(&self, leaf: u32, scratch: &mut Scratch) -> bool {
        let Scratch { contested, options, .. } = scratch;
        let free = contested.iter().enumerate().filter(|(_, one)| {
            one.leaf == NOWHERE && options[one.start as usize..one.end as usize].contains(&leaf)
        });
        let most = free.max_by_key(|(at, one)| (self.items[one.item as usize].units, Reverse(*at)));
        let Some((at, _)) = most else { return false };
        scratch.contested[at].leaf = leaf;
        scratch.takes[leaf as usize] += self.items[scratch.contested[at].item as usize].units;
        true
    }

    /// Moves single items to where they save more, as long as there are any: in units, what an item
    /// brings differs from leaf to leaf.
    pub(super) fn improve(&self, scratch: &mut Scratch) {
        if !self.has_units {
            return;
        }
        // Each move saves something; a few passes find nearly all.
        for _ in 0..4 {
            let mut changed = false;
            for at in 0..scratch.contested.len() {
                let one = scratch.contested[at];
                let lost = if one.leaf == NOWHERE { 0 } else { self.lost(one.item, one.leaf, scratch) };
                let gain = |&leaf: &u32| (self.saved(one.item, leaf, scratch) - lost, Reverse(leaf));
                let options = scratch.options[one.start as usize..one.end as usize].iter();
                let best = options
                    .filter(|&&leaf| leaf != one.leaf && self.is_active(leaf, scratch))
                    .map(gain)
                    .max();
                let Some((gain, Reverse(leaf))) = best else { continue };
                if gain <= 0 {
                    continue;
                }
                if one.leaf != NOWHERE {
                    scratch.takes[one.leaf as usize] -= self.gift(one.item, one.leaf);
                }
                scratch.takes[leaf as usize] += self.gift(one.item, leaf);
                scratch.contested[at].leaf = leaf;
                changed = true;
            }
            if !changed {
                return;
            }
        }
    }

    /// What one more item saves a leaf.
    fn saved(&self, item: u32, leaf: u32, scratch: &Scratch) -> i64 {
        let missing = self.still_missing(leaf, scratch);
        let after = missing.saturating_sub(self.gift(item, leaf));
        self.fill(leaf, missing, scratch) - self.fill(leaf, after, scratch)
    }

    /// What a leaf must pay more without an item that serves it.
    fn lost(&self, item: u32, leaf: u32, scratch: &Scratch) -> i64 {
        let takes = scratch.takes[leaf as usize] - self.gift(item, leaf);
        let before = self.missing(leaf, scratch).saturating_sub(takes);
        self.fill(leaf, before, scratch) - self.fill(leaf, self.still_missing(leaf, scratch), scratch)
    }
}
