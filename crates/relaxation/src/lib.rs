//! Guesses at the optimum of linear rows: where to look, and which multiples of rows might prove what.
//!
//! The linear relaxation of a problem is solved in floating-point numbers, and **no floating-point
//! number leaves this crate**: what is handed out are whole numbers, namely rounded values,
//! multiples of rows, and fractions in parts. None of them is to be believed. Whoever asks checks
//! values against every row, and computes in whole numbers what multiples of rows prove; so a
//! number that is slightly wrong here costs time, and cannot make an answer wrong.
//!
//! Only the basic operations of IEEE 754 are used, whose bits are the same on every machine: so the
//! same rows give the same guesses everywhere.
#![expect(clippy::float_arithmetic, reason = "guesses, which whole numbers decide on elsewhere")]

mod tableau;
use tableau::{Tableau, WHOLE, float, whole};

pub use tableau::Failure;

/// Fractions are handed out as so many parts of one.
pub const PARTS: i64 = 1 << 30;

/// The linear relaxation of rows `Σ factor·x ≥ least` within bounds.
#[derive(Debug, Clone)]
pub struct Relaxation {
    tableau: Tableau,
}

/// The objective at which nobody wants to know more: better solutions cost at most `better`, and
/// all costs are multiples of `step`.
#[derive(Debug, Clone, Copy)]
pub struct Cutoff {
    /// What a better solution may cost at most.
    pub better: i64,
    /// What all costs are multiples of.
    pub step: i64,
}

/// A variable whose value is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fractional {
    /// The variable.
    pub var: usize,
    /// The next whole number below its value.
    pub floor: i64,
    /// How far its value is above that, in [`PARTS`].
    pub rest: i64,
}

/// Whole multiples of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiples {
    /// The row, by position, and how often it is taken; never less than nothing.
    pub times: Vec<(usize, i64)>,
    /// What stands for one: the times are so many parts.
    pub scale: i64,
}

impl Cutoff {
    /// A little above `better`, so that a rounded proof of it is good enough.
    fn cost(self) -> f64 {
        float(self.better) + float(self.step) * 1e-3
    }
}

impl Relaxation {
    /// Begins without rows, over variables with these bounds, to minimise an objective whose
    /// factors are not negative.
    #[must_use]
    pub fn new(
        bounds: impl Iterator<Item = (i64, i64)>,
        objective: impl Iterator<Item = (usize, i64)>,
    ) -> Relaxation {
        Relaxation { tableau: Tableau::new(bounds, objective) }
    }

    /// Adds a row.
    pub fn add(&mut self, terms: impl Iterator<Item = (usize, i64)>, least: i64) {
        self.tableau.add(terms, least);
    }

    /// Drops rows from the `first`th on that do not bind. The others keep their positions.
    pub fn drop_slack_rows(&mut self, first: usize) {
        self.tableau.drop_slack_rows(first);
    }

    /// Narrows the bounds of a variable. The new ones lie within the old.
    pub fn narrow(&mut self, var: usize, lower: i64, upper: i64) {
        self.tableau.narrow(var, lower, upper);
    }

    /// Solves, as far as anybody wants to know.
    ///
    /// # Errors
    ///
    /// Says why there is no optimum.
    pub fn solve(&mut self, cutoff: Option<Cutoff>) -> Result<(), Failure> {
        self.tableau.solve(cutoff.map_or(f64::INFINITY, Cutoff::cost))
    }

    /// Whether the objective seems to have reached the cutoff.
    #[must_use]
    pub fn has_reached(&self, cutoff: Cutoff) -> bool {
        self.tableau.cost() >= cutoff.cost()
    }

    /// Whether the objective is high enough for a proof that nothing better is left to be worth trying.
    #[must_use]
    pub fn may_reach(&self, cutoff: Cutoff) -> bool {
        self.tableau.cost() >= float(cutoff.better) - 1e-3
    }

    /// By how many [`PARTS`] of a step the objective is above that of `other`; at least nothing.
    #[must_use]
    pub fn rise_above(&self, other: &Relaxation, step: i64) -> i64 {
        whole((self.tableau.cost() - other.tableau.cost()) / float(step) * float(PARTS)).max(0)
    }

    /// The objective, rounded up to what costs can be.
    #[must_use]
    pub fn rounded_cost(&self, step: i64) -> i64 {
        whole((self.tableau.cost() / float(step) - WHOLE).ceil()).saturating_mul(step)
    }

    /// A variable's value, rounded.
    #[must_use]
    pub fn rounded(&self, var: usize) -> i64 {
        whole(self.tableau.value(var))
    }

    /// Whether a variable seems to have this value.
    #[must_use]
    pub fn agrees(&self, var: usize, value: i64) -> bool {
        (self.tableau.value(var) - float(value)).abs() < WHOLE
    }

    /// Whether a variable is measured from its upper bound.
    #[must_use]
    pub fn is_from_above(&self, var: usize) -> bool {
        self.tableau.is_from_above(var)
    }

    /// The variables whose values are not whole.
    pub fn fractional(&self) -> impl Iterator<Item = Fractional> {
        self.tableau.fractional().map(|(var, value)| {
            let rest = whole((value - value.floor()) * float(PARTS)).clamp(1, PARTS - 1);
            Fractional { var, floor: whole(value.floor()), rest }
        })
    }

    /// Whether the values seem to break a row.
    #[must_use]
    pub fn breaks(&self, terms: impl Iterator<Item = (usize, i64)>, least: i64) -> bool {
        let sum: f64 = terms.map(|(var, factor)| float(factor) * self.tableau.value(var)).sum();
        sum < float(least) - 1e-4
    }

    /// Multiples of rows that may prove the objective, the simplest first.
    #[must_use]
    pub fn prices(&self) -> Vec<Multiples> {
        multiples(&self.tableau.prices().collect::<Vec<_>>())
    }

    /// Multiples of rows that may prove that nothing satisfies them; `row` is that of
    /// [`Failure::Infeasible`].
    #[must_use]
    pub fn conflict(&self, row: usize) -> Vec<Multiples> {
        multiples(&self.tableau.conflict(row).collect::<Vec<_>>())
    }

    /// Multiples of rows whose sum, divided by the scale and rounded, may say more about a fractional
    /// variable than the rows do.
    #[must_use]
    pub fn rounding(&self, var: usize) -> Option<Multiples> {
        /// The fractions in which the parts of a row are sought.
        const SCALE_MAX: i64 = 120;
        let parts = self.tableau.parts(var);
        let is_whole = |number: f64| (number - number.round()).abs() < 1e-4;
        let fits = |scale: &i64| parts.iter().all(|(_, part)| is_whole(part * float(*scale)));
        let scale = (2..=SCALE_MAX).find(fits)?;
        (!parts.is_empty()).then(|| Multiples { times: times(&parts, scale), scale })
    }
}

/// Prices as whole numbers: first in parts in which the fractions of small problems are whole, then
/// as fine as 64 bits allow.
fn multiples(prices: &[(usize, f64)]) -> Vec<Multiples> {
    const USUAL: i64 = 720_720;
    const TIMES_MAX: i64 = 1 << 60;
    let most = whole(prices.iter().map(|(_, price)| price.ceil()).fold(1.0, f64::max)).max(1);
    let fits = |scale: &i64| most.checked_mul(*scale).is_some_and(|most| most < TIMES_MAX);
    let fine = (0..40).rev().map(|bits| 1i64 << bits).find(fits);
    let scales = Some(USUAL).filter(fits).into_iter().chain(fine);
    scales.map(|scale| Multiples { times: times(prices, scale), scale }).collect()
}

fn times(prices: &[(usize, f64)], scale: i64) -> Vec<(usize, i64)> {
    let times = prices.iter().map(|&(row, price)| (row, whole(price * float(scale))));
    times.filter(|&(_, times)| times > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minimise x + y with 2x + y ≥ 3 and x + 2y ≥ 3, each at most 5: both are one.
    fn two() -> Relaxation {
        let mut relaxation = Relaxation::new([(0, 5), (0, 5)].into_iter(), [(0, 1), (1, 1)].into_iter());
        relaxation.add([(0, 2), (1, 1)].into_iter(), 3);
        relaxation.add([(0, 1), (1, 2)].into_iter(), 3);
        relaxation
    }

    #[test]
    fn values_and_prices_are_those_of_the_optimum() {
        let mut relaxation = two();
        assert_eq!(relaxation.solve(None), Ok(()));
        assert_eq!([relaxation.rounded(0), relaxation.rounded(1)], [1, 1]);
        assert_eq!(relaxation.fractional().count(), 0);
        let Multiples { mut times, scale } = relaxation.prices().swap_remove(0);
        times.sort_unstable();
        assert_eq!(times, [(0, scale / 3), (1, scale / 3)]);
    }

    #[test]
    fn what_nothing_satisfies_has_a_conflict() {
        let mut relaxation = two();
        relaxation.narrow(0, 0, 0);
        relaxation.narrow(1, 0, 1);
        let Err(Failure::Infeasible(row)) = relaxation.solve(None) else { panic!("3 is out of reach") };
        assert!(!relaxation.conflict(row)[0].times.is_empty());
    }

    #[test]
    fn a_half_is_rounded_up_by_a_cut() {
        let mut relaxation = Relaxation::new([(0, 1)].into_iter(), [(0, 1)].into_iter());
        relaxation.add([(0, 2)].into_iter(), 1);
        assert_eq!(relaxation.solve(None), Ok(()));
        let open: Vec<_> = relaxation.fractional().collect();
        assert_eq!(open, [Fractional { var: 0, floor: 0, rest: PARTS / 2 }]);
        assert_eq!(relaxation.rounding(0), Some(Multiples { times: vec![(0, 1)], scale: 2 }));
        assert!(relaxation.breaks([(0, 1)].into_iter(), 1));
    }
}
