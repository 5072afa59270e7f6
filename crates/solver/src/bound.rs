//! Bounds in whole numbers, from prices that may come from anywhere.
//!
//! For any non-negative multiples `λ` of rows `Σ a·x ≥ b`, and any number `S`,
//!
//! ```text
//! S·cost ≥ Σ λ·b + Σ over variables of the least of (S·c − Σ λ·a)·x within its bounds.
//! ```
//!
//! All of it is computed in 128 bits with checks, so what is said holds whatever the prices are
//! (Neumaier and Shcherbina 2004). With `S = 0`, a right-hand side above zero says that nothing
//! satisfies the rows.

use crate::{Row, Var, reduce::Bounds};

/// Sums of multiples of rows, kept from one bound to the next so that nothing is allocated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sums {
    sums: Vec<i128>,
}

impl Sums {
    /// Whether these multiples of rows prove that `objective` times `scale` is above `most` times
    /// `scale` within the bounds.
    pub(crate) fn exceed(
        &mut self,
        rows: &[Row],
        times: &[(usize, i64)],
        objective: &[(Var, i64)],
        (scale, most): (i64, i64),
        bounds: &Bounds,
    ) -> bool {
        self.bound(rows, times, objective, scale, bounds)
            .is_some_and(|bound| bound > i128::from(scale) * i128::from(most))
    }

    /// What these multiples of rows prove that `objective` is at least within the bounds.
    pub(crate) fn least(
        &mut self,
        rows: &[Row],
        times: &[(usize, i64)],
        objective: &[(Var, i64)],
        scale: i64,
        bounds: &Bounds,
    ) -> Option<i64> {
        let bound = self.bound(rows, times, objective, scale, bounds)?;
        i64::try_from(-(-bound).div_euclid(scale.into())).ok()
    }

    fn bound(
        &mut self,
        rows: &[Row],
        times: &[(usize, i64)],
        objective: &[(Var, i64)],
        scale: i64,
        bounds: &Bounds,
    ) -> Option<i128> {
        let sums = &mut self.sums;
        sums.clear();
        sums.resize(bounds.lower.len(), 0);
        let mut bound: i128 = 0;
        for &(var, factor) in objective {
            sums[var.index()] = i128::from(scale) * i128::from(factor);
        }
        for &(row, times) in times {
            let times = i128::from(times);
            bound = bound.checked_add(times * i128::from(rows[row].least))?;
            for &(var, factor) in &rows[row].terms {
                let sum = &mut sums[var.index()];
                *sum = sum.checked_sub(times * i128::from(factor))?;
            }
        }
        for (var, &sum) in sums.iter().enumerate() {
            let end = if sum > 0 { bounds.lower[var] } else { bounds.upper[var] };
            bound = bound.checked_add(sum.checked_mul(end.into())?)?;
        }
        Some(bound)
    }
}
