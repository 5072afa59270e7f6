//! Better solutions near the best known one, where dividing cases does not find them soon.
//!
//! First a walk is made from there ([`super::walk`]). Then all but some variables are kept as they are, and the small problem that is left is divided. First
//! those are kept on which the solution and the relaxation agree ("relaxation induced neighbourhood",
//! Danna, Rothberg and Le Pape 2005); then all but a few that stand together in rows around something
//! that is paid for ("large neighbourhood search", Shaw 1998), more of them where that was quick and
//! fewer where it was not. It proves nothing: the division that follows does, and the nearer the best
//! known solution is to the bound, the shorter it is. It is the same every time.

use crate::{
    Var,
    certificate::Stage,
    reduce::{Bounds, propagate},
    search::{Relaxed, Search, dice::Dice, u32_of},
};

/// So many neighbourhoods in a row that hold nothing better are the last, the first time.
const IN_VAIN_MAX: usize = 20;

/// So many cases of a neighbourhood are looked at.
const CASES: u64 = 100;

/// How many variables are free in a neighbourhood: at first, and at least.
const FREE: usize = 60;
const FREE_MIN: usize = 20;

/// So many moves of a walk are made in vain, the first time.
const MOVES_MAX: usize = 10_000;

/// What is remembered from one search for better solutions to the next.
#[derive(Debug)]
pub(super) struct Seeker {
    dice: Dice,
    /// How many variables are free in the next neighbourhood.
    free: usize,
    in_vain_max: usize,
    moves_max: usize,
}

impl Default for Seeker {
    fn default() -> Seeker {
        Seeker { dice: Dice::default(), free: FREE, in_vain_max: IN_VAIN_MAX, moves_max: MOVES_MAX }
    }
}

impl Search<'_> {
    /// Looks for better solutions until one meets the bound of the relaxation, or it is in vain.
    pub(super) fn improve(&mut self, start: &Relaxed, root: &Bounds, seeker: &mut Seeker) {
        let least = start.guess.rounded_cost(self.step);
        while self.best.as_ref().is_some_and(|(_, cost)| *cost > least) {
            let Some(values) = self.walk(root, seeker.moves_max, &mut seeker.dice) else { break };
            self.keep(values);
        }
        self.improve_around(start, root, least, seeker);
        seeker.in_vain_max = seeker.in_vain_max.saturating_mul(2);
        seeker.moves_max = seeker.moves_max.saturating_mul(4);
    }

    /// Looks at one neighbourhood after the other, until a solution costs no more than `least`.
    fn improve_around(&mut self, start: &Relaxed, root: &Bounds, least: i64, seeker: &mut Seeker) {
        let mut in_vain = 0;
        while in_vain < seeker.in_vain_max {
            let Some((values, cost)) = self.best.clone() else { return };
            if cost <= least {
                return;
            }
            // Every other time another solution will do that is as good: there may be better ones near it.
            self.is_seeking = in_vain % 2 == 1;
            if self.is_seeking {
                self.demand(cost);
            }
            let is_whole = if in_vain == 0 {
                self.look_near(&values, root, |var| !start.guess.agrees(var, values[var]))
            } else {
                let is_free = self.around_something_paid(&values, root, seeker);
                self.look_near(&values, root, |var| is_free[var])
            };
            self.is_seeking = false;
            let now = self.best.as_ref().map_or(cost, |(_, cost)| *cost);
            self.demand(now - self.step);
            in_vain = if now < cost { 0 } else { in_vain + 1 };
            if in_vain > 1 {
                let free = seeker.free;
                seeker.free = if is_whole { free + free / 4 } else { (free - free / 4).max(FREE_MIN) };
            }
        }
    }

    /// Looks for a better solution in which all variables but the free ones are kept. Says whether it
    /// came to the end of that.
    fn look_near(&mut self, values: &[i64], root: &Bounds, is_free: impl Fn(usize) -> bool) -> bool {
        let mut bounds = root.clone();
        for (var, &value) in values.iter().enumerate() {
            // Bounds of the root may be narrower than a solution that is known from elsewhere.
            if !is_free(var) && (bounds.lower[var]..=bounds.upper[var]).contains(&value) {
                (bounds.lower[var], bounds.upper[var]) = (value, value);
            }
        }
        if propagate(&self.rows, &self.incidence, &mut bounds, None, &mut Vec::new()).is_err() {
            return true;
        }
        let relaxed = self.relax(&bounds);
        // What may still be looked at is mostly for the proof.
        let patience = CASES.min(self.effort.cases_max.saturating_sub(self.cases) / 4);
        self.divide(&bounds, relaxed, &mut Stage::default(), patience).is_none()
    }

    /// About so many variables that stand together in rows, beginning with one that is paid for.
    fn around_something_paid(&self, values: &[i64], root: &Bounds, seeker: &mut Seeker) -> Vec<bool> {
        let Seeker { dice, free, .. } = seeker;
        let mut is_free = vec![false; values.len()];
        let mut is_seen: Vec<bool> = self.rows.iter().map(|row| root.settles(row)).collect();
        // The demand for better holds everything together.
        if let Some(demand) = is_seen.last_mut() {
            *demand = true;
        }
        let objective = self.objective.iter().map(|(var, _)| var.index());
        let mut found: Vec<usize> = objective.filter(|&var| values[var] > root.lower[var]).collect();
        dice.shuffle(&mut found);
        found.truncate(1);
        found.iter().for_each(|&var| is_free[var] = true);
        let mut next = 0;
        while let Some(&var) = found.get(next) {
            next += 1;
            let mut rows: Vec<usize> = self.incidence.rows_of(Var(u32_of(var))).collect();
            dice.shuffle(&mut rows);
            for row in rows {
                if found.len() >= *free || std::mem::replace(&mut is_seen[row], true) {
                    continue;
                }
                let mut vars: Vec<usize> = self.rows[row].terms.iter().map(|(var, _)| var.index()).collect();
                dice.shuffle(&mut vars);
                for var in vars {
                    if !root.is_fixed(var) && !std::mem::replace(&mut is_free[var], true) {
                        found.push(var);
                    }
                }
            }
        }
        is_free
    }
}
