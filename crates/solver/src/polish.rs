//! Small changes to a solution that keep it one.

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

    /// The rows that would not hold if the variable changed by `change`; none of them may name a
    /// change out of its bounds.
    pub fn broken_by(&self, var: Var, change: i64) -> impl Iterator<Item = usize> {
        self.incidence.rows_of(var).filter(move |&row| {
            let row_of = &self.problem.rows[row];
            let at = row_of.terms.partition_point(|(other, _)| *other < var);
            self.sums[row] + row_of.terms[at].1 * change < row_of.least
        })
    }

    /// Lowers variables, one after the other, as far as the rows allow.
    pub fn lower(&mut self, vars: impl IntoIterator<Item = Var>) {
        for var in vars {
            while self.values[var.index()] > 0 && self.broken_by(var, -1).next().is_none() {
                self.change(var, -1);
            }
        }
    }

    /// Raises a variable by one, if the rows and its bound allow.
    pub fn raise(&mut self, var: Var) -> bool {
        let fits = self.values[var.index()] < self.problem.uppers[var.index()]
            && self.broken_by(var, 1).next().is_none();
        if fits {
            self.change(var, 1);
        }
        fits
    }

    fn change(&mut self, var: Var, change: i64) {
        self.values[var.index()] += change;
        for row in self.incidence.rows_of(var) {
            let terms = &self.problem.rows[row].terms;
            let at = terms.partition_point(|(other, _)| *other < var);
            self.sums[row] += terms[at].1 * change;
        }
    }
}
