//! Which variable to divide a case on.
//!
//! Until something is known, the one that is nearly whole, which leads to a solution soonest. Then
//! the one that closes cases soonest: what a division of each variable has raised the bound by is
//! remembered, and a few are tried where too little is known ("reliability branching", Achterberg,
//! Koch and Martin 2005). It decides only how long the search takes.
#![expect(clippy::float_arithmetic, reason = "it decides how long the search takes, and nothing else")]

use crate::{
    reduce::Bounds,
    search::{Decision, Relaxed, Search, divided},
    simplex::{Failure, Fractional, Tableau, float},
};

/// So many variables are tried in one case.
const TRIED_MAX: usize = 8;

/// So many divisions of a variable say enough about the next one.
const RELIABLE: f64 = 2.0;

/// A case that closes at once counts for a rise of so many steps.
const CLOSED: f64 = 1e3;

/// What divisions of one variable one way have raised the bound by, for each whole by which the
/// value was moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Past {
    sum: f64,
    times: f64,
}

impl Past {
    fn add(&mut self, rise: f64) {
        self.sum += rise;
        self.times += 1.0;
    }

    fn mean(self) -> Option<f64> {
        (self.times > 0.0).then(|| self.sum / self.times)
    }
}

impl Search<'_> {
    /// The fractional variable to divide on.
    pub(super) fn fractional(&mut self, relaxed: &Relaxed, bounds: &Bounds) -> Option<[Decision; 2]> {
        let mut open: Vec<_> = relaxed.tableau.fractional().collect();
        if self.best.is_none() {
            let rank = |one: &Fractional| self.problem.ranks[one.var];
            let best = open.iter().min_by(|a, b| {
                rank(a).cmp(&rank(b)).then(b.rest.total_cmp(&a.rest)).then(a.var.cmp(&b.var))
            })?;
            return Some(divided(best.var, best.floor + 1));
        }
        self.try_some(relaxed, bounds, &mut open);
        let mean = |way: usize| {
            let known = open.iter().filter_map(|one| self.past[one.var][way].mean());
            let (sum, times) = known.fold((0.0, 0.0), |(sum, times), mean| (sum + mean, times + 1.0));
            if times == 0.0 { 1.0 } else { sum / times }
        };
        let means = [mean(0), mean(1)];
        let score = |one: &Fractional| {
            let rise = |way: usize, moved: f64| {
                (self.past[one.var][way].mean().unwrap_or(means[way]) * moved).max(1e-4)
            };
            rise(0, one.rest) * rise(1, 1.0 - one.rest)
        };
        let best = open.iter().max_by(|a, b| score(a).total_cmp(&score(b)).then(b.var.cmp(&a.var)))?;
        Some(divided(best.var, best.floor + 1))
    }

    /// Tries a few variables of which too little is known, those nearest to a half first.
    fn try_some(&mut self, relaxed: &Relaxed, bounds: &Bounds, open: &mut [Fractional]) {
        let distance = |one: &Fractional| (one.rest - 0.5).abs();
        open.sort_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.var.cmp(&b.var)));
        for one in open.iter().take(TRIED_MAX) {
            if self.past[one.var].iter().all(|past| past.times >= RELIABLE) {
                continue;
            }
            for (way, moved) in [(0, one.rest), (1, 1.0 - one.rest)] {
                let rise = self.rise(relaxed, bounds, one, way);
                self.past[one.var][way].add((rise / moved).min(CLOSED));
            }
        }
    }

    /// By how many steps the bound rises if a variable is rounded one way.
    fn rise(&self, relaxed: &Relaxed, bounds: &Bounds, one: &Fractional, way: usize) -> f64 {
        let mut tableau: Tableau = relaxed.tableau.clone();
        match way {
            0 => tableau.narrow(one.var, bounds.lower[one.var], one.floor),
            _ => tableau.narrow(one.var, one.floor + 1, bounds.upper[one.var]),
        }
        match tableau.solve(self.cutoff()) {
            Ok(()) => ((tableau.cost() - relaxed.tableau.cost()) / float(self.step)).max(0.0),
            Err(Failure::CutOff | Failure::Infeasible(_)) => CLOSED,
            Err(Failure::GaveUp) => 0.0,
        }
    }
}
