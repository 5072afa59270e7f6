//! Dives for good solutions, where dividing cases does not find them soon.
//!
//! A dive rounds one fractional variable after the other and never looks back further than one
//! step. Dives differ by a bias that is a function of their number and the variable alone, so they
//! are the same every time. They prove nothing: the division that follows does, and the nearer the
//! best known solution is to the bound, the shorter it is.

use std::cmp::Reverse;

use cairn_relaxation::{Failure, PARTS, Relaxation};

use crate::{
    certificate::Stage,
    reduce::{Bounds, propagate},
    search::{Decision, Relaxed, Search},
};

/// So many dives in a row that find nothing better are the last.
const DIVES_IN_VAIN: u64 = 12;

/// So often is the neighbourhood of the best known solution looked at, and so many cases of it.
const AROUND_MAX: usize = 12;
const AROUND_CASES: u64 = 200;

impl Search<'_> {
    /// Dives from the root until the best known solution meets the bound, or dives are in vain.
    pub(super) fn dive(&mut self, start: &Relaxed, root: &Bounds) {
        let mut in_vain = 0;
        for number in 0.. {
            let best = self.best.as_ref().map(|(_, cost)| *cost);
            if in_vain == DIVES_IN_VAIN {
                return;
            }
            let mut relaxed = start.clone();
            let mut bounds = root.clone();
            match self.solve_relaxation(&mut relaxed, &bounds) {
                Ok(()) => {}
                // Nothing better is left, or there is nothing to steer by.
                Err(Failure::Infeasible(_) | Failure::CutOff | Failure::GaveUp) => return,
            }
            while let Some([down, up]) = self.nearly_whole(&relaxed.guess, number) {
                let step = self.step_to(&mut relaxed, &mut bounds, up);
                if step.is_err() && self.step_to(&mut relaxed, &mut bounds, down).is_err() {
                    break;
                }
                if relaxed.guess.fractional().next().is_none() {
                    self.keep(relaxed.rounded(&bounds));
                    break;
                }
            }
            let is_better = self.best.as_ref().map(|(_, cost)| *cost) != best;
            in_vain = if is_better { 0 } else { in_vain + 1 };
        }
    }

    /// Looks for better solutions among those that agree with the best known one wherever the relaxation
    /// does ("relaxation induced neighbourhood", Danna, Rothberg and Le Pape 2005).
    pub(super) fn look_around(&mut self, start: &Relaxed, root: &Bounds) {
        for _ in 0..AROUND_MAX {
            let Some((values, cost)) = self.best.clone() else { return };
            let mut bounds = root.clone();
            for (var, &value) in values.iter().enumerate() {
                if start.guess.agrees(var, value) && (bounds.lower[var]..=bounds.upper[var]).contains(&value)
                {
                    (bounds.lower[var], bounds.upper[var]) = (value, value);
                }
            }
            if propagate(&self.rows, &self.incidence, &mut bounds, None, &mut Vec::new()).is_err() {
                return;
            }
            let relaxed = Some(Box::new(start.clone()));
            // What may still be looked at is mostly for the proof.
            let patience = AROUND_CASES.min(self.effort.cases_max.saturating_sub(self.cases) / 4);
            self.divide(&bounds, relaxed, &mut Stage::default(), patience);
            if self.best.as_ref().is_some_and(|(_, now)| *now >= cost) {
                return;
            }
        }
    }

    /// Decides, and solves the relaxation of what is left; nothing is changed if nothing is.
    fn step_to(&self, relaxed: &mut Relaxed, bounds: &mut Bounds, decision: Decision) -> Result<(), ()> {
        let mut narrowed = bounds.clone();
        let var = decision.var;
        narrowed.lower[var] = narrowed.lower[var].max(decision.lower);
        narrowed.upper[var] = narrowed.upper[var].min(decision.upper);
        if narrowed.lower[var] > narrowed.upper[var] {
            return Err(());
        }
        propagate(&self.rows, &self.incidence, &mut narrowed, Some(&[var]), &mut Vec::new())
            .map_err(|_| ())?;
        let mut tried = relaxed.clone();
        self.solve_relaxation(&mut tried, &narrowed).map_err(|_| ())?;
        *relaxed = tried;
        *bounds = narrowed;
        Ok(())
    }

    /// A fractional variable of the lowest rank that is nearly its next value, by and large.
    fn nearly_whole(&self, guess: &Relaxation, number: u64) -> Option<[Decision; 2]> {
        let best = guess.fractional().min_by_key(|one| {
            let weight = one.rest + bias(number, one.var as u64);
            (self.problem.ranks[one.var], Reverse(weight), one.var)
        })?;
        Some(super::divided(best.var, best.floor + 1))
    }
}

/// A number below half of [`PARTS`] that looks random; none for the first dive.
fn bias(dive: u64, var: u64) -> i64 {
    let mut mixed = dive.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ var.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let part = i64::try_from((mixed ^ (mixed >> 32)) % 500).unwrap_or(0);
    if dive == 0 { 0 } else { part * (PARTS / 1000) }
}
