//! The relaxation of a case, and what it proves.
//!
//! Values and prices of the relaxation are guesses. Values are kept only if every row holds of them,
//! prices are rounded to whole numbers and prove what [`crate::bound::Sums::exceed`] says that they prove: so all
//! that leaves this file is a case that is closed by multiples of rows, or is not.
#![expect(clippy::float_arithmetic, reason = "guesses, which whole numbers decide on")]

use std::rc::Rc;

use crate::{
    Row,
    certificate::{Multiplier, Source},
    reduce::{Bounds, strengthen},
    search::Search,
    simplex::{Failure, Tableau, float, whole},
};

/// The largest relaxation that is set up, in cells of its tableau (eight bytes each).
const CELLS_MAX: usize = 6_000_000;

/// The relaxation of a case, for the cases below it to start from.
#[derive(Clone)]
pub(super) struct Relaxed {
    pub(super) tableau: Tableau,
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
        let tableau = Tableau::new(variables, root, &rows, self.objective);
        let (rows, origins) = (rows.into(), origins.into());
        Some(Box::new(Relaxed { tableau, bounds: root.clone(), rows, origins }))
    }

    pub(super) fn solve_relaxation(&self, relaxed: &mut Relaxed, bounds: &Bounds) -> Result<(), Failure> {
        for var in 0..bounds.lower.len() {
            let (lower, upper) = (bounds.lower[var], bounds.upper[var]);
            if lower != relaxed.bounds.lower[var] || upper != relaxed.bounds.upper[var] {
                relaxed.tableau.narrow(var, lower, upper);
            }
        }
        relaxed.bounds.clone_from(bounds);
        relaxed.tableau.solve(self.cutoff())
    }

    /// What a better solution may cost at most.
    pub(super) fn better(&self) -> Option<i64> {
        self.best.as_ref().map(|(_, cost)| cost - self.step)
    }

    /// The objective at which a case holds nothing better, and a little above: so that a rounded proof
    /// of it is good enough.
    pub(super) fn cutoff(&self) -> f64 {
        self.better().map_or(f64::INFINITY, |better| float(better) + float(self.step) * 1e-3)
    }

    /// The multiples of rows that show that a case holds nothing better, if the prices of its
    /// relaxation do.
    pub(super) fn proof_of_bound(&mut self, relaxed: &Relaxed, bounds: &Bounds) -> Option<Vec<Multiplier>> {
        let better = self.better()?;
        if relaxed.tableau.cost() < float(better) - 1e-3 {
            return None;
        }
        let prices: Vec<_> = relaxed.tableau.prices().collect();
        for scale in scales(&prices) {
            let times = times(&prices, scale);
            if self.sums.exceed(&relaxed.rows, &times, self.objective, (scale, better), bounds) {
                let demand = Multiplier { source: Source::Better, times: scale };
                return Some(relaxed.multipliers(&times).chain([demand]).collect());
            }
        }
        None
    }

    /// What a case costs at least, as far as the prices of its relaxation prove it. Asked only where the
    /// search may be stopped: otherwise nobody would see it.
    pub(super) fn least(&mut self, relaxed: &Relaxed) -> Option<i64> {
        if self.effort.cases_max == u64::MAX {
            return None;
        }
        let prices: Vec<_> = relaxed.tableau.prices().collect();
        let scale = scales(&prices).next()?;
        let times = times(&prices, scale);
        let least = self.sums.least(&relaxed.rows, &times, self.objective, scale, &relaxed.bounds)?;
        // Costs are multiples of the step.
        Some((least + self.step - 1).div_euclid(self.step).saturating_mul(self.step))
    }

    /// The multiples of rows that show that nothing satisfies them, if a row of the tableau does.
    pub(super) fn proof_of_conflict(
        &mut self,
        relaxed: &Relaxed,
        row: usize,
        bounds: &Bounds,
    ) -> Option<Vec<Multiplier>> {
        let prices: Vec<_> = relaxed.tableau.conflict(row).collect();
        for scale in scales(&prices) {
            let times = times(&prices, scale);
            if self.sums.exceed(&relaxed.rows, &times, &[], (0, 0), bounds) {
                return Some(relaxed.multipliers(&times).collect());
            }
        }
        None
    }
}

impl Relaxed {
    /// The values, rounded to whole numbers within the bounds.
    pub(super) fn rounded(&self, bounds: &Bounds) -> Vec<i64> {
        let value = |var: usize| whole(self.tableau.value(var)).clamp(bounds.lower[var], bounds.upper[var]);
        (0..bounds.lower.len()).map(value).collect()
    }

    fn multipliers(&self, times: &[(usize, i64)]) -> impl Iterator<Item = Multiplier> {
        times.iter().map(|&(row, times)| Multiplier { source: self.origins[row], times })
    }
}

/// Prices as whole numbers: first in parts that the fractions of small problems are whole in, then
/// as fine as 64 bits allow.
fn scales(prices: &[(usize, f64)]) -> impl Iterator<Item = i64> {
    const USUAL: i64 = 720_720;
    let most = whole(prices.iter().map(|(_, price)| price.ceil()).fold(1.0, f64::max)).max(1);
    let fine = (0..40)
        .rev()
        .map(|bits| 1i64 << bits)
        .find(|&scale| most.checked_mul(scale).is_some_and(|most| most < 1 << 60));
    let usual = (most < (1 << 60) / USUAL).then_some(USUAL);
    usual.into_iter().chain(fine)
}

/// Any times will do for a proof, and these are good ones.
fn times(prices: &[(usize, f64)], scale: i64) -> Vec<(usize, i64)> {
    let times = prices.iter().map(|&(row, price)| (row, whole(price * float(scale))));
    times.filter(|&(_, times)| times > 0).collect()
}
