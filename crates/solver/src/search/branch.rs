//! Which variable to divide a case on.
//!
//! Until something is known, the one that is nearly whole, which leads to a solution soonest. Then
//! the one that closes cases soonest: what a division of each variable has raised the bound by is
//! remembered, and a few are tried where too little is known ("reliability branching", Achterberg,
//! Koch and Martin 2005). It decides only how long the search takes.

use std::cmp::Reverse;

use cairn_relaxation::{Failure, Fractional, PARTS};

use crate::{
    reduce::Bounds,
    search::{Decision, Relaxed, Search, divided},
};

/// So many variables are tried in one case.
const TRIED_MAX: usize = 8;

/// So many divisions of a variable say enough about the next one.
const RELIABLE: i64 = 2;

/// No rise counts for more steps, in [`PARTS`]; a case that closes at once counts for so many.
const RISE_MAX: i64 = 1_000 * PARTS;

/// A rise counts for at least so much: of two ways, one that raises nothing must not hide the other.
const RISE_MIN: i128 = 1 << 16;

/// What divisions of one variable one way have raised the bound by, in [`PARTS`] of a step for each
/// whole by which the value was moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Past {
    sum: i128,
    times: i64,
}

impl Past {
    fn add(&mut self, rise: i64) {
        self.sum += i128::from(rise);
        self.times += 1;
    }

    fn mean(self) -> Option<i128> {
        (self.times > 0).then(|| self.sum / i128::from(self.times))
    }
}

impl Search<'_> {
    /// The fractional variable to divide on.
    pub(super) fn fractional(&mut self, relaxed: &Relaxed, bounds: &Bounds) -> Option<[Decision; 2]> {
        let mut open: Vec<_> = relaxed.guess.fractional().collect();
        if self.best.is_none() || self.is_seeking {
            let nearly_whole = |one: &&Fractional| (self.problem.ranks[one.var], Reverse(one.rest), one.var);
            let best = open.iter().min_by_key(nearly_whole)?;
            return Some(divided(best.var, best.floor + 1));
        }
        self.try_some(relaxed, bounds, &mut open);
        let mean = |way: usize| {
            let known: Vec<_> = open.iter().filter_map(|one| self.past[one.var][way].mean()).collect();
            let number = i128::try_from(known.len()).unwrap_or(i128::MAX);
            if number == 0 { i128::from(PARTS) } else { known.iter().sum::<i128>() / number }
        };
        let means = [mean(0), mean(1)];
        let score = |one: &&Fractional| {
            let rise = |way: usize, moved: i64| {
                let mean = self.past[one.var][way].mean().unwrap_or(means[way]);
                (mean * i128::from(moved) / i128::from(PARTS)).max(RISE_MIN)
            };
            (rise(0, one.rest) * rise(1, PARTS - one.rest), Reverse(one.var))
        };
        let best = open.iter().max_by_key(score)?;
        Some(divided(best.var, best.floor + 1))
    }

    /// Tries a few variables of which too little is known, those nearest to a half first.
    fn try_some(&mut self, relaxed: &Relaxed, bounds: &Bounds, open: &mut [Fractional]) {
        open.sort_by_key(nearest_to_a_half);
        for one in open.iter().take(TRIED_MAX) {
            if self.past[one.var].iter().all(|past| past.times >= RELIABLE) {
                continue;
            }
            for (way, moved) in [(0, one.rest), (1, PARTS - one.rest)] {
                let rise = i128::from(self.rise(relaxed, bounds, one, way));
                let per_whole = rise * i128::from(PARTS) / i128::from(moved);
                let per_whole = i64::try_from(per_whole).unwrap_or(RISE_MAX).min(RISE_MAX);
                self.past[one.var][way].add(per_whole);
            }
        }
    }

    /// By how many parts of a step the bound rises if a variable is rounded one way.
    fn rise(&self, relaxed: &Relaxed, bounds: &Bounds, one: &Fractional, way: usize) -> i64 {
        let mut tried = relaxed.guess.clone();
        match way {
            0 => tried.narrow(one.var, bounds.lower[one.var], one.floor),
            _ => tried.narrow(one.var, one.floor + 1, bounds.upper[one.var]),
        }
        match tried.solve(self.cutoff()) {
            Ok(()) => tried.rise_above(&relaxed.guess, self.step),
            Err(Failure::CutOff | Failure::Infeasible(_)) => RISE_MAX,
            Err(Failure::GaveUp) => 0,
        }
    }
}

/// What is least decided comes first.
pub(super) fn nearest_to_a_half(one: &Fractional) -> (i64, usize) {
    ((2 * one.rest - PARTS).abs(), one.var)
}
