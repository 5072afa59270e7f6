//! Rows that follow for whole numbers and not for fractions: cuts, where division alone is slow.
//!
//! In a row of the solved relaxation, `t_B + Σ a_j·t_j = b` with a fractional `b`, the fractional
//! parts of the `a_j` of slacks say which multiples of which rows to add up so that dividing and
//! rounding says more than before (Gomory 1958, Chvátal 1973). The parts are made whole numbers of
//! a small fraction, and the cut is computed from those: whatever they are, it holds, and the
//! checker of proofs derives it again.
#![expect(clippy::float_arithmetic, reason = "which cuts are tried; each is then derived in whole numbers")]

use std::rc::Rc;

use crate::{
    Row, Var,
    certificate::{Cut, Multiplier, Source},
    reduce::Bounds,
    search::{Relaxed, Search, u32_of},
    simplex::{Failure, Fractional, Tableau, float, whole},
};

/// So often are cuts sought.
const ROUNDS: usize = 30;

/// So many cuts are added at once.
const CUTS_MAX: usize = 30;

/// So many rounds in a row that hardly raise the bound are the last.
const ROUNDS_IN_VAIN: usize = 4;

/// Fractions in which the parts of a row are sought.
const DIVISOR_MAX: i64 = 120;

/// A coefficient above this makes a cut of little use.
const FACTOR_MAX: i128 = 1 << 20;

impl Search<'_> {
    /// Adds cuts to the relaxation of the root as long as they raise its bound.
    pub(super) fn cut(&mut self, relaxed: &mut Relaxed, root: &Bounds, cuts: &mut Vec<Cut>) {
        let first = relaxed.rows.len();
        let mut in_vain = 0;
        for _ in 0..ROUNDS {
            let before = relaxed.tableau.cost();
            let mut tried = relaxed.clone();
            let added = tried.add_cuts(root, cuts.len());
            if added.is_empty() {
                return;
            }
            match tried.tableau.solve(self.cutoff()) {
                Ok(()) | Err(Failure::CutOff) => {}
                Err(Failure::Infeasible(_) | Failure::GaveUp) => return,
            }
            cuts.extend(added);
            *relaxed = tried;
            let after = relaxed.tableau.cost();
            if after >= self.cutoff() {
                return;
            }
            relaxed.tableau.drop_slack_rows(first);
            in_vain = if after > before + 0.01 * float(self.step) { 0 } else { in_vain + 1 };
            if in_vain == ROUNDS_IN_VAIN {
                return;
            }
        }
    }
}

impl Relaxed {
    /// Adds cuts for fractional variables, numbered from `first` on.
    fn add_cuts(&mut self, root: &Bounds, first: usize) -> Vec<Cut> {
        let mut open: Vec<_> = self.tableau.fractional().collect();
        let distance = |one: &Fractional| (one.rest - 0.5).abs();
        open.sort_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.var.cmp(&b.var)));
        let (mut rows, mut origins) = (self.rows.to_vec(), self.origins.to_vec());
        let mut cuts = Vec::new();
        for one in open {
            let Some((times, divisor)) = in_fractions(&self.tableau.parts(one.var)) else { continue };
            let Some((row, from_above)) = round(&rows, &times, divisor, &self.tableau, root) else {
                continue;
            };
            if is_violated(&row, &self.tableau) {
                let source = |&(row, times): &(usize, i64)| Multiplier { source: origins[row], times };
                cuts.push(Cut { rows: times.iter().map(source).collect(), divisor, from_above });
                origins.push(Source::Cut(u32_of(first + cuts.len() - 1)));
                rows.push(row);
            }
            if cuts.len() == CUTS_MAX {
                break;
            }
        }
        for row in &rows[self.rows.len()..] {
            self.tableau.add(row);
        }
        (self.rows, self.origins) = (Rc::from(rows), Rc::from(origins));
        cuts
    }
}

/// The parts as whole numbers of the largest fraction that they all are multiples of.
fn in_fractions(parts: &[(usize, f64)]) -> Option<(Vec<(usize, i64)>, i64)> {
    let is_whole = |number: f64| (number - number.round()).abs() < 1e-4;
    let divisor =
        (2..=DIVISOR_MAX).find(|&divisor| parts.iter().all(|(_, part)| is_whole(part * float(divisor))))?;
    let times: Vec<_> = parts.iter().map(|&(row, part)| (row, whole(part * float(divisor)))).collect();
    (!times.is_empty()).then_some((times, divisor))
}

/// A sum of multiples of rows, divided and rounded: coefficients of variables that are measured from
/// below up, of those measured from above down.
fn round(
    rows: &[Row],
    times: &[(usize, i64)],
    divisor: i64,
    tableau: &Tableau,
    root: &Bounds,
) -> Option<(Row, Vec<Var>)> {
    let mut sums = vec![0i128; root.lower.len()];
    let mut least: i128 = 0;
    for &(row, times) in times {
        let times = i128::from(times);
        least = least.checked_add(times * i128::from(rows[row].least))?;
        for &(var, factor) in &rows[row].terms {
            sums[var.index()] = sums[var.index()].checked_add(times * i128::from(factor))?;
        }
    }
    let divisor = i128::from(divisor);
    let mut terms = Vec::new();
    let mut from_above = Vec::new();
    let mut anchored: i128 = 0;
    for (var, sum) in (0..).zip(sums).filter(|(_, sum)| *sum != 0) {
        let at = var as usize;
        let is_above = tableau.is_from_above(at) && sum % divisor != 0;
        let (anchor, factor) = if is_above {
            from_above.push(Var(var));
            (root.upper[at], sum.div_euclid(divisor))
        } else {
            (root.lower[at], -(-sum).div_euclid(divisor))
        };
        least = least.checked_sub(sum.checked_mul(anchor.into())?)?;
        anchored = anchored.checked_add(factor.checked_mul(anchor.into())?)?;
        if factor != 0 {
            if factor.abs() > FACTOR_MAX {
                return None;
            }
            terms.push((Var(var), i64::try_from(factor).ok()?));
        }
    }
    let least = -(-least).div_euclid(divisor) + anchored;
    Some((Row { terms, least: i64::try_from(least).ok()? }, from_above))
}

fn is_violated(row: &Row, tableau: &Tableau) -> bool {
    let terms = row.terms.iter();
    let value: f64 = terms.map(|&(var, factor)| float(factor) * tableau.value(var.index())).sum();
    value < float(row.least) - 1e-4
}
