//! The relaxation of a case, and what it proves.
//!
//! Values and multiples that the relaxation hands out are guesses. Values are kept only if every row
//! holds of them, and multiples prove what [`crate::bound::Sums`] computes that they prove: so all
//! that leaves this file is a case that is closed by multiples of rows, or is not.

use std::rc::Rc;

use cairn_relaxation::{Cutoff, Failure, Multiples, Relaxation};

use crate::{
    Row, Var,
    certificate::{Multiplier, Source},
    reduce::{Bounds, strengthen},
    search::Search,
};

/// The largest relaxation that is set up, in cells of its tableau (eight bytes each).
const CELLS_MAX: usize = 6_000_000;

/// The relaxation of a case, for the cases below it to start from.
#[derive(Clone)]
pub(super) struct Relaxed {
    pub(super) guess: Relaxation,
    pub(super) bounds: Bounds,
    /// The rows of the relaxation, and what each is in a proof.
    pub(super) rows: Rc<[Row]>,
    pub(super) origins: Rc<[Source]>,
}

impl Search<'_> {
    /// Sets up the relaxation of the root.
    pub(super) fn relax(&self, root: &Bounds) -> Option<Box<Relaxed>> {
        // The demand for better is what the cutoff does.
        let used = (0..).zip(&self.rows[..self.rows.len() - 1]).filter(|(_, row)| !root.settles(row));
        let (origins, rows): (Vec<Source>, Vec<Row>) =
            used.map(|(at, row)| (Source::Strengthened(at), strengthen(row, root))).unzip();
        let variables = self.problem.uppers.len();
        if rows.len().saturating_mul(variables) > CELLS_MAX {
            return None;
        }
        let bounds = root.lower.iter().copied().zip(root.upper.iter().copied());
        let mut guess = Relaxation::new(bounds, indexed(self.objective));
        rows.iter().for_each(|row| guess.add(indexed(&row.terms), row.least));
        let (rows, origins) = (rows.into(), origins.into());
        Some(Box::new(Relaxed { guess, bounds: root.clone(), rows, origins }))
    }

    pub(super) fn solve_relaxation(&self, relaxed: &mut Relaxed, bounds: &Bounds) -> Result<(), Failure> {
        for var in 0..bounds.lower.len() {
            let (lower, upper) = (bounds.lower[var], bounds.upper[var]);
            if lower != relaxed.bounds.lower[var] || upper != relaxed.bounds.upper[var] {
                relaxed.guess.narrow(var, lower, upper);
            }
        }
        relaxed.bounds.clone_from(bounds);
        relaxed.guess.solve(self.cutoff())
    }

    /// What a solution may cost at most, if one is known.
    pub(super) fn better(&self) -> Option<i64> {
        self.best.as_ref().and(self.rows.last()).map(|demand| -demand.least)
    }

    /// The objective at which a case holds nothing better.
    pub(super) fn cutoff(&self) -> Option<Cutoff> {
        self.better().map(|better| Cutoff { better, step: self.step })
    }

    /// The multiples of rows that show that a case holds nothing better, if those that its relaxation
    /// hands out do.
    pub(super) fn proof_of_bound(&mut self, relaxed: &Relaxed, bounds: &Bounds) -> Option<Vec<Multiplier>> {
        let better = self.better()?;
        if !self.cutoff().is_some_and(|cutoff| relaxed.guess.may_reach(cutoff)) {
            return None;
        }
        relaxed.guess.prices().into_iter().find_map(|multiples| {
            let bound = self.sums.bound(&relaxed.rows, &multiples, self.objective, bounds)?;
            let demand = Multiplier { source: Source::Better, times: multiples.scale };
            (bound > i128::from(multiples.scale) * i128::from(better))
                .then(|| relaxed.multipliers(&multiples).chain([demand]).collect())
        })
    }

    /// What a case costs at least, as far as the prices of its relaxation prove it. Asked only where the
    /// search may be stopped: otherwise nobody would see it.
    pub(super) fn least(&mut self, relaxed: &Relaxed) -> Option<i64> {
        if self.effort.cases_max == u64::MAX {
            return None;
        }
        let multiples = relaxed.guess.prices().into_iter().next()?;
        let bound = self.sums.bound(&relaxed.rows, &multiples, self.objective, &relaxed.bounds)?;
        // Costs are multiples of the step.
        let scaled = i128::from(multiples.scale) * i128::from(self.step);
        let steps = i64::try_from(-(-bound).div_euclid(scaled)).ok()?;
        Some(steps.saturating_mul(self.step))
    }

    /// The multiples of rows that show that nothing satisfies them, if a row of the tableau does.
    pub(super) fn proof_of_conflict(
        &mut self,
        relaxed: &Relaxed,
        row: usize,
        bounds: &Bounds,
    ) -> Option<Vec<Multiplier>> {
        relaxed.guess.conflict(row).into_iter().find_map(|multiples| {
            let bound = self.sums.bound(&relaxed.rows, &multiples, &[], bounds)?;
            (bound > 0).then(|| relaxed.multipliers(&multiples).collect())
        })
    }
}

impl Relaxed {
    /// The values, rounded to whole numbers within the bounds.
    pub(super) fn rounded(&self, bounds: &Bounds) -> Vec<i64> {
        let value = |var: usize| self.guess.rounded(var).clamp(bounds.lower[var], bounds.upper[var]);
        (0..bounds.lower.len()).map(value).collect()
    }

    fn multipliers(&self, multiples: &Multiples) -> impl Iterator<Item = Multiplier> {
        multiples.times.iter().map(|&(row, times)| Multiplier { source: self.origins[row], times })
    }
}

/// Terms with variables as positions.
pub(super) fn indexed(terms: &[(Var, i64)]) -> impl Iterator<Item = (usize, i64)> {
    terms.iter().map(|&(var, factor)| (var.index(), factor))
}
