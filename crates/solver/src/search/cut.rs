//! Rows that follow for whole numbers and not for fractions: cuts, where division alone is slow.
//!
//! In a row of the solved relaxation, `t_B + Σ a_j·t_j = b` with a fractional `b`, the fractional
//! parts of the `a_j` of slacks say which multiples of which rows to add up so that dividing and
//! rounding says more than before (Gomory 1958, Chvátal 1973). The relaxation hands them out as whole
//! numbers, and the cut is computed from those: whatever they are, it holds, and the checker of
//! proofs derives it again.

use std::rc::Rc;

use cairn_relaxation::{Failure, Multiples, PARTS, Relaxation};

use crate::{
    Row, Var,
    bound::Sums,
    certificate::{Cut, Multiplier, Source},
    reduce::Bounds,
    search::{Relaxed, Search, branch::nearest_to_a_half, relax::indexed, u32_of},
};

/// So often are cuts sought.
const ROUNDS: usize = 30;

/// So many cuts are added at once.
const CUTS_MAX: usize = 30;

/// So many rounds in a row that hardly raise the bound are the last.
const ROUNDS_IN_VAIN: usize = 8;

/// A rise of the bound by no more than this many parts of a step is in vain.
const RISE_MIN: i64 = PARTS / 100;

/// A coefficient above this makes a cut of little use.
const FACTOR_MAX: i128 = 1 << 20;

impl Search<'_> {
    /// Adds cuts to the relaxation of the root as long as they raise its bound.
    pub(super) fn cut(&mut self, relaxed: &mut Relaxed, root: &Bounds, cuts: &mut Vec<Cut>) {
        let first = relaxed.rows.len();
        let mut in_vain = 0;
        for _ in 0..ROUNDS {
            let mut tried = relaxed.clone();
            let added = tried.add_cuts(root, cuts.len());
            if added.is_empty() {
                return;
            }
            match tried.guess.solve(self.cutoff()) {
                Ok(()) | Err(Failure::CutOff) => {}
                Err(Failure::Infeasible(_) | Failure::GaveUp) => return,
            }
            cuts.extend(added);
            let rise = tried.guess.rise_above(&relaxed.guess, self.step);
            *relaxed = tried;
            if self.cutoff().is_some_and(|cutoff| relaxed.guess.has_reached(cutoff)) {
                return;
            }
            relaxed.guess.drop_slack_rows(first);
            in_vain = if rise > RISE_MIN { 0 } else { in_vain + 1 };
            if in_vain == ROUNDS_IN_VAIN {
                return;
            }
        }
    }
}

impl Relaxed {
    /// Adds cuts for fractional variables, numbered from `first` on.
    fn add_cuts(&mut self, root: &Bounds, first: usize) -> Vec<Cut> {
        let mut open: Vec<_> = self.guess.fractional().collect();
        open.sort_by_key(nearest_to_a_half);
        let (mut rows, mut origins) = (self.rows.to_vec(), self.origins.to_vec());
        let mut cuts = Vec::new();
        for one in open {
            let Some(multiples) = self.guess.rounding(one.var) else { continue };
            let Some((row, from_above)) = round(&rows, &multiples, &self.guess, root) else {
                continue;
            };
            if self.guess.breaks(indexed(&row.terms), row.least) {
                let Multiples { times, scale: divisor } = multiples;
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
            self.guess.add(indexed(&row.terms), row.least);
        }
        (self.rows, self.origins) = (Rc::from(rows), Rc::from(origins));
        cuts
    }
}

/// A sum of multiples of rows, divided and rounded: coefficients of variables that are measured from
/// below up, of those measured from above down.
fn round(rows: &[Row], multiples: &Multiples, guess: &Relaxation, root: &Bounds) -> Option<(Row, Vec<Var>)> {
    let mut sums = Sums::default();
    sums.add_up(root.lower.len(), rows, &multiples.times)?;
    let Sums { factors, mut least } = sums;
    let divisor = i128::from(multiples.scale);
    let mut terms = Vec::new();
    let mut from_above = Vec::new();
    let mut anchored: i128 = 0;
    for (var, sum) in (0..).zip(factors).filter(|(_, sum)| *sum != 0) {
        let at = var as usize;
        let is_above = guess.is_from_above(at) && sum % divisor != 0;
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
