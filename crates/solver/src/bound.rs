//! Bounds in whole numbers, from multiples of rows that may come from anywhere.
//!
//! For any non-negative multiples `λ` of rows `Σ a·x ≥ b`, and any scale `S`,
//!
//! ```text
//! S·cost ≥ Σ λ·b + Σ over variables of the least of (S·c − Σ λ·a)·x within its bounds.
//! ```
//!
//! All of it is computed in 128 bits with checks, so what is said holds whatever the multiples are
//! (Neumaier and Shcherbina 2004). Without costs, a right-hand side above zero says that nothing
//! satisfies the rows.

use cairn_relaxation::Multiples;

use crate::{Row, Var, reduce::Bounds};

/// Sums of multiples of rows, kept from one bound to the next so that nothing is allocated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    /// By variable.
    pub(crate) factors: Vec<i128>,
    pub(crate) least: i128,
}

impl Sums {
    /// Adds multiples of rows up, over so many variables. Nothing, if a number is too large.
    pub(crate) fn add_up(&mut self, variables: usize, rows: &[Row], times: &[(usize, i64)]) -> Option<()> {
        self.factors.clear();
        self.factors.resize(variables, 0);
        self.least = 0;
        for &(row, times) in times {
            let times = i128::from(times);
            self.least = self.least.checked_add(times * i128::from(rows[row].least))?;
            for &(var, factor) in &rows[row].terms {
                let sum = &mut self.factors[var.index()];
                *sum = sum.checked_add(times * i128::from(factor))?;
            }
        }
        Some(())
    }

    /// What multiples of rows prove that the scale times `objective` is at least within the bounds.
    pub(crate) fn bound(
        &mut self,
        rows: &[Row],
        multiples: &Multiples,
        objective: &[(Var, i64)],
        bounds: &Bounds,
    ) -> Option<i128> {
        self.add_up(bounds.lower.len(), rows, &multiples.times)?;
        for &(var, factor) in objective {
            let sum = &mut self.factors[var.index()];
            *sum = sum.checked_sub(i128::from(multiples.scale) * i128::from(factor))?;
        }
        let mut bound = self.least;
        for (var, &sum) in self.factors.iter().enumerate() {
            // The rows must not be credited with more than the variable can bring.
            let most = if sum > 0 { bounds.upper[var] } else { bounds.lower[var] };
            bound = bound.checked_sub(sum.checked_mul(most.into())?)?;
        }
        Some(bound)
    }
}
