//! What an answer rests on: for each case the prices that bound it.

use super::{Cover, Scratch, u32_of, verify::Case};

/// The grounds of all cases, in as few lists as possible, so that they are kept from one question to
/// the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Grounds {
    decided: Vec<(u32, u32)>,
    /// Where the decisions of each case end.
    ends: Vec<usize>,
    prices: Vec<i64>,
    pays: Vec<bool>,
}

impl Grounds {
    pub(super) fn clear(&mut self) {
        self.decided.clear();
        self.ends.clear();
        self.prices.clear();
        self.pays.clear();
    }

    /// Notes a case that is closed.
    pub(super) fn note(&mut self, cover: &Cover, scratch: &Scratch) {
        let prices = &scratch.bounding;
        let pays = |leaf: usize| {
            scratch.is_open[leaf]
                && (prices[leaf] > 0 || cover.missing(u32_of(leaf), scratch) > scratch.contested_for[leaf])
        };
        self.decided.extend_from_slice(&scratch.decided);
        self.ends.push(self.decided.len());
        self.prices.extend_from_slice(prices);
        self.pays.extend((0..cover.leaves.len()).map(pays));
    }

    pub(super) fn cases(&self, leaves: usize) -> Vec<Case> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        let of_leaves = |at: usize| at * leaves..(at + 1) * leaves;
        { starts.zip(&self.ends).enumerate() }
            .map(|(at, (start, &end))| Case {
                decided: self.decided[start..end].to_vec(),
                prices: self.prices[of_leaves(at)].to_vec(),
                pays: self.pays[of_leaves(at)].to_vec(),
            })
            .collect()
    }
}
