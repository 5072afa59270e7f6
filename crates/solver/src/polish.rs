//! Small changes to a solution that keep it one.

use std::collections::BTreeMap;

use crate::{Problem, Var, reduce::Incidence};

/// A solution with the sums of its rows, so that a change of one variable is quickly judged.
#[derive(Debug)]
pub struct Workbench<'p> {
    problem: &'p Problem,
    values: Vec<i64>,
    sums: Vec<i64>,
    incidence: Incidence,
}

impl<'p> Workbench<'p> {
    /// Puts a solution on the bench.
    #[must_use]
    pub fn new(problem: &'p Problem, values: Vec<i64>) -> Workbench<'p> {
        let sums = problem
            .rows
            .iter()
            .map(|row| row.terms.iter().map(|&(var, factor)| factor * values[var.index()]).sum())
            .collect();
        let incidence = Incidence::of(problem.uppers.len(), &problem.rows);
        Workbench { problem, values, sums, incidence }
    }

    /// The values as they are now.
    #[must_use]
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    /// The rows that would not hold if each of these variables were one more.
    ///
    /// # Errors
    ///
    /// No row, where a variable cannot be more.
    pub fn broken_by(&self, vars: &[Var]) -> Result<Vec<usize>, Vec<usize>> {
        if vars.iter().any(|var| self.values[var.index()] >= self.problem.uppers[var.index()]) {
            return Err(Vec::new());
        }
        let mut changed: BTreeMap<usize, i64> = BTreeMap::new();
        for &var in vars {
            for row in self.incidence.rows_of(var) {
                *changed.entry(row).or_default() += self.factor(row, var);
            }
        }
        let is_broken =
            |&(row, change): &(usize, i64)| self.sums[row] + change < self.problem.rows[row].least;
        Ok(changed.into_iter().filter(is_broken).map(|(row, _)| row).collect())
    }

    /// Lowers variables, one after the other, as far as the rows allow.
    pub fn lower(&mut self, vars: impl IntoIterator<Item = Var>) {
        for var in vars {
            let most = self.room(var, -1).min(self.values[var.index()]);
            self.change(var, -most);
        }
    }

    /// Raises a variable as far as the rows and its bound allow.
    pub fn fill(&mut self, var: Var) {
        let left = self.problem.uppers[var.index()] - self.values[var.index()];
        self.change(var, self.room(var, 1).min(left));
    }

    /// How many steps in one direction the rows allow.
    fn room(&self, var: Var, step: i64) -> i64 {
        let allowed = self.incidence.rows_of(var).filter_map(|row| {
            let change = self.factor(row, var) * step;
            (change < 0).then(|| (self.sums[row] - self.problem.rows[row].least) / -change)
        });
        allowed.min().unwrap_or(i64::MAX)
    }

    /// Changes several variables at once, if the rows and their bounds allow.
    pub fn shift(&mut self, changes: &[(Var, i64)]) -> bool {
        let is_within = |&(var, change): &(Var, i64)| {
            (0..=self.problem.uppers[var.index()]).contains(&(self.values[var.index()] + change))
        };
        if !changes.iter().all(is_within) {
            return false;
        }
        let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
        for &(var, change) in changes {
            for row in self.incidence.rows_of(var) {
                *sums.entry(row).or_default() += self.factor(row, var) * change;
            }
        }
        let holds =
            sums.into_iter().all(|(row, change)| self.sums[row] + change >= self.problem.rows[row].least);
        if holds {
            changes.iter().for_each(|&(var, change)| self.change(var, change));
        }
        holds
    }

    /// Raises variables by one each; the rows must allow it, see [`Workbench::broken_by`].
    pub fn raise(&mut self, vars: &[Var]) {
        vars.iter().for_each(|&var| self.change(var, 1));
    }

    fn factor(&self, row: usize, var: Var) -> i64 {
        let terms = &self.problem.rows[row].terms;
        terms[terms.partition_point(|(other, _)| *other < var)].1
    }

    fn change(&mut self, var: Var, change: i64) {
        self.values[var.index()] += change;
        for row in self.incidence.rows_of(var) {
            let factor = self.factor(row, var);
            self.sums[row] += factor * change;
        }
    }
}
