//! A few cases, where one set of prices does not prove enough: what a contested item serves.
//!
//! No case goes deeper than there are cases, and each has memory of its own, which is kept.

use super::{Contested, Cover, Scratch, grounds::Grounds};

/// A question is divided into no more cases.
const CASES_MAX: u32 = 64;

impl Cover {
    /// Whether nothing costs less than the best known, whatever the contested item serves that brings
    /// the most. Serving nothing is never better.
    pub(super) fn divide(&self, scratch: &mut Scratch, grounds: &mut Grounds) -> bool {
        let Some(at) = self.dearest(scratch) else { return false };
        let Contested { start, end, .. } = scratch.contested[at];
        let mut below = scratch.below.take().unwrap_or_default();
        below.cases = scratch.cases;
        let is_closed = (start..end).all(|option| {
            if below.cases == CASES_MAX {
                return false;
            }
            below.cases += 1;
            below.resume(scratch);
            below.decide(self, at, scratch.options[option as usize]);
            self.settle(&mut below);
            let is_closed = self.close(&mut below, grounds) || self.divide(&mut below, grounds);
            if below.most < scratch.most {
                scratch.most = below.most;
                scratch.best.clone_from(&below.best);
            }
            is_closed
        });
        scratch.cases = below.cases;
        scratch.below = Some(below);
        is_closed
    }

    /// The contested item that brings the most at the last prices.
    fn dearest(&self, scratch: &Scratch) -> Option<usize> {
        let brings = |&at: &usize| {
            let Contested { item, start, end, .. } = scratch.contested[at];
            let mine = scratch.options[start as usize..end as usize].iter();
            mine.map(|&leaf| i64::from(self.gift(item, leaf)).saturating_mul(scratch.prices[leaf as usize]))
                .max()
        };
        (0..scratch.contested.len()).max_by_key(brings)
    }
}
