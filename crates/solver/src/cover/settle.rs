//! What is not contested is settled: an item that can serve one open leaf serves it, a full leaf
//! is closed, and what is no longer needed with it, until nothing changes.
//!
//! None of it can make anything worse: an item that serves its only leaf could serve no other, and
//! a full leaf or a satisfied branch needs nothing more.

use super::{Contested, Cover, NOWHERE, Scratch, u32_of};

impl Scratch {
    /// Notes the leaves of one lane that an item can serve, those from `start` on.
    pub(super) fn contest(&mut self, cover: &Cover, item: u32, start: u32) {
        match self.options[start as usize..] {
            [] => {}
            [leaf] => {
                self.options.truncate(start as usize);
                if cover.missing(leaf, self) > 0 {
                    self.give(cover, item, leaf);
                }
            }
            _ => {
                let end = u32_of(self.options.len());
                self.contested.push(Contested { item, start, end, leaf: NOWHERE });
            }
        }
    }

    /// Lets a contested item serve one of its leaves for good.
    pub(super) fn decide(&mut self, cover: &Cover, at: usize, leaf: u32) {
        let Contested { item, .. } = self.contested.swap_remove(at);
        self.decided.push((item, leaf));
        self.give(cover, item, leaf);
    }

    fn give(&mut self, cover: &Cover, item: u32, leaf: u32) {
        self.got[leaf as usize] += cover.gift(item, leaf);
        self.given.push((item, leaf));
    }
}

impl Cover {
    /// What an item gives to a leaf.
    pub(super) fn gift(&self, item: u32, leaf: u32) -> u32 {
        if self.leaves[leaf as usize].by_units { self.items[item as usize].units } else { 1 }
    }

    /// What a leaf still needs beside what it was given for good.
    pub(super) fn missing(&self, leaf: u32, scratch: &Scratch) -> u32 {
        self.leaves[leaf as usize].need.saturating_sub(scratch.got[leaf as usize])
    }

    pub(super) fn settle(&self, scratch: &mut Scratch) {
        self.tree.close_free(&scratch.switches, &mut scratch.tree, &mut scratch.is_open);
        for leaf in 0..u32_of(self.leaves.len()) {
            self.close_if_full(leaf, scratch);
        }
        loop {
            let mut changed = false;
            let mut at = 0;
            while at < scratch.contested.len() {
                let Contested { item, start, end, .. } = scratch.contested[at];
                let mut open = scratch.options[start as usize..end as usize]
                    .iter()
                    .copied()
                    .filter(|&leaf| scratch.is_open[leaf as usize]);
                match (open.next(), open.next()) {
                    (Some(_), Some(_)) => at += 1,
                    (Some(leaf), None) => {
                        scratch.contested.swap_remove(at);
                        scratch.give(self, item, leaf);
                        self.close_if_full(leaf, scratch);
                        changed = true;
                    }
                    (None, _) => {
                        scratch.contested.swap_remove(at);
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }

    fn close_if_full(&self, leaf: u32, scratch: &mut Scratch) {
        if scratch.is_open[leaf as usize] && self.missing(leaf, scratch) == 0 {
            self.tree.close(leaf, &mut scratch.tree, &mut scratch.is_open);
        }
    }
}
