//! Branch and bound: what the relaxation leaves fractional is decided both ways.
//!
//! Depth first with an explicit stack, so neither memory nor stack grows with the number of cases.
//! A case is closed when its bound reaches the best solution known, so what is returned is an
//! optimum, whatever order the cases were looked at in. The order is fixed by the problem alone.

use crate::{
    Problem, Row, Var,
    problem::cost,
    reduce::{Bounds, Contradiction, Incidence, gcd, propagate, strengthen},
    simplex::{Failure, Tableau},
};

/// The largest relaxation that is set up, in cells of its tableau (eight bytes each).
const CELLS_MAX: usize = 6_000_000;

/// A solution that no other beats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The values of all variables.
    pub values: Vec<i64>,
    /// The values of all objectives.
    pub costs: Vec<i64>,
}

/// Solves a problem: minimises the first objective, then the second among its optima, and so on.
///
/// `None` means that nothing satisfies the rows.
#[must_use]
pub fn solve(problem: &Problem) -> Option<Solution> {
    let mut rows = problem.rows.clone();
    let mut costs = Vec::with_capacity(problem.objectives.len());
    let nothing = Vec::new();
    let mut values =
        Search::new(problem, rows.clone(), problem.objectives.first().unwrap_or(&nothing)).run(None)?;
    for (position, objective) in problem.objectives.iter().enumerate() {
        if position > 0 {
            values =
                Search::new(problem, rows.clone(), objective).run(Some(values.clone())).unwrap_or(values);
        }
        let least = cost(objective, &values);
        rows.push(Row {
            terms: objective.iter().map(|&(var, factor)| (var, -factor)).collect(),
            least: -least,
        });
        costs.push(least);
    }
    Some(Solution { values, costs })
}

/// A narrowing of one variable's bounds.
#[derive(Debug, Clone, Copy)]
struct Decision {
    var: usize,
    lower: i64,
    upper: i64,
}

struct Search<'p> {
    problem: &'p Problem,
    objective: &'p [(Var, i64)],
    /// The problem's rows, and last the one that demands better than the best known.
    rows: Vec<Row>,
    incidence: Incidence,
    /// Costs are multiples of this.
    step: i64,
    best: Option<(Vec<i64>, i64)>,
}

/// The relaxation of a case, for the cases below it to start from.
struct Relaxed {
    tableau: Tableau,
    bounds: Bounds,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, mut rows: Vec<Row>, objective: &'p [(Var, i64)]) -> Search<'p> {
        let most: i64 = objective.iter().map(|&(var, factor)| factor * problem.uppers[var.index()]).sum();
        rows.push(Row {
            terms: objective.iter().map(|&(var, factor)| (var, -factor)).collect(),
            least: -most,
        });
        let incidence = Incidence::of(problem.uppers.len(), &rows);
        let step = objective.iter().fold(0, |step, &(_, factor)| gcd(step, factor)).max(1);
        Search { problem, objective, rows, incidence, step, best: None }
    }

    /// The values of an optimum; `known` is a solution to begin with.
    fn run(mut self, known: Option<Vec<i64>>) -> Option<Vec<i64>> {
        if let Some(values) = known {
            self.keep(values);
        }
        let mut root = Bounds::of(self.problem);
        if propagate(&self.rows, &self.incidence, &mut root, None).is_err() {
            return self.best.map(|(values, _)| values);
        }
        let mut start = self.relax(&root);
        let mut current: Option<Relaxed> = None;
        let mut path: Vec<Decision> = Vec::new();
        let mut open: Vec<(usize, Option<Decision>)> = vec![(0, None)];
        while let Some((depth, decision)) = open.pop() {
            if depth != path.len() || decision.is_none() {
                current = None;
            }
            path.truncate(depth);
            path.extend(decision);
            let Ok(bounds) = self.narrowed(&root, &path) else { continue };
            let from = current.take().or_else(|| {
                start
                    .as_ref()
                    .map(|start| Relaxed { tableau: start.tableau.clone(), bounds: start.bounds.clone() })
            });
            let Some((branch, relaxed)) = self.examine(&bounds, from) else { continue };
            if path.is_empty() {
                start = relaxed.as_ref().map(|relaxed| Relaxed {
                    tableau: relaxed.tableau.clone(),
                    bounds: relaxed.bounds.clone(),
                });
            }
            current = relaxed;
            let [second, first] = branch;
            open.push((path.len(), Some(second)));
            open.push((path.len(), Some(first)));
        }
        self.best.map(|(values, _)| values)
    }

    /// The bounds of a case, as far as the rows tell.
    fn narrowed(&self, root: &Bounds, path: &[Decision]) -> Result<Bounds, Contradiction> {
        let mut bounds = root.clone();
        let mut changed = Vec::with_capacity(path.len() + self.objective.len());
        for decision in path {
            bounds.lower[decision.var] = bounds.lower[decision.var].max(decision.lower);
            bounds.upper[decision.var] = bounds.upper[decision.var].min(decision.upper);
            if bounds.lower[decision.var] > bounds.upper[decision.var] {
                return Err(Contradiction);
            }
            changed.push(decision.var);
        }
        // The demand for better may have been raised since the bounds of the root were found.
        changed.extend(self.objective.iter().map(|(var, _)| var.index()));
        propagate(&self.rows, &self.incidence, &mut bounds, Some(&changed))?;
        Ok(bounds)
    }

    /// Sets up the relaxation of the root.
    fn relax(&self, root: &Bounds) -> Option<Relaxed> {
        // The demand for better is what the cutoff does.
        let rows: Vec<_> = self.rows[..self.rows.len() - 1]
            .iter()
            .filter(|row| !root.settles(row))
            .map(|row| strengthen(row, root))
            .collect();
        let variables = self.problem.uppers.len();
        if rows.len().saturating_mul(variables) > CELLS_MAX {
            return None;
        }
        let tableau = Tableau::new(variables, root, &rows, self.objective)?;
        Some(Relaxed { tableau, bounds: root.clone() })
    }

    /// Closes a case, or says how to divide it. The last decision is looked at first.
    fn examine(
        &mut self,
        bounds: &Bounds,
        from: Option<Relaxed>,
    ) -> Option<([Decision; 2], Option<Relaxed>)> {
        if let Some(mut relaxed) = from {
            match self.solve_relaxation(&mut relaxed, bounds) {
                Ok(()) => {
                    let Some(branch) = self.fractional(&relaxed.tableau, bounds) else {
                        let values = whole(&relaxed.tableau, bounds.lower.len());
                        self.keep(values);
                        return None;
                    };
                    return Some((branch, Some(relaxed)));
                }
                Err(Failure::Infeasible | Failure::CutOff) => return None,
                Err(Failure::GaveUp) => {}
            }
        }
        match self.undecided(bounds) {
            Some(branch) => Some((branch, None)),
            None => {
                self.keep(bounds.lower.clone());
                None
            }
        }
    }

    fn solve_relaxation(&self, relaxed: &mut Relaxed, bounds: &Bounds) -> Result<(), Failure> {
        for var in 0..bounds.lower.len() {
            let (lower, upper) = (bounds.lower[var], bounds.upper[var]);
            if lower != relaxed.bounds.lower[var] || upper != relaxed.bounds.upper[var] {
                relaxed.tableau.narrow(var, lower, upper)?;
            }
        }
        relaxed.bounds.clone_from(bounds);
        // A bound is as good as the next multiple of the step above it.
        let cutoff = self.best.as_ref().map(|(_, cost)| cost - self.step + 1);
        relaxed.tableau.solve(cutoff)
    }

    /// The fractional variable to divide on: of the lowest rank, the one nearest to a half.
    fn fractional(&self, tableau: &Tableau, bounds: &Bounds) -> Option<[Decision; 2]> {
        let (var, floor, ..) = tableau.fractional().min_by(|a, b| {
            let distance = |rest: i128, whole: i128| (2 * rest - whole).abs();
            let left = distance(a.2, a.3) * b.3;
            let right = distance(b.2, b.3) * a.3;
            self.problem.ranks[a.0].cmp(&self.problem.ranks[b.0]).then(left.cmp(&right)).then(a.0.cmp(&b.0))
        })?;
        let down = Decision { var, lower: bounds.lower[var], upper: floor };
        let up = Decision { var, lower: floor + 1, upper: bounds.upper[var] };
        Some([down, up])
    }

    /// Without a relaxation: the first variable that is still open.
    fn undecided(&self, bounds: &Bounds) -> Option<[Decision; 2]> {
        let open = (0..bounds.lower.len()).filter(|&var| !bounds.is_fixed(var));
        let var = open.min_by_key(|&var| (self.problem.ranks[var], var))?;
        let (lower, upper) = (bounds.lower[var], bounds.upper[var]);
        Some([Decision { var, lower, upper: upper - 1 }, Decision { var, lower: upper, upper }])
    }

    /// Keeps a solution if it is better than the best known, and demands better from now on.
    fn keep(&mut self, values: Vec<i64>) {
        let cost = cost(self.objective, &values);
        if self.best.as_ref().is_some_and(|(_, best)| *best <= cost) {
            return;
        }
        debug_assert!(self.problem.accepts(&values), "a solution satisfies the problem");
        if let Some(demand) = self.rows.last_mut() {
            demand.least = self.step - cost;
        }
        self.best = Some((values, cost));
    }
}

/// The values of a relaxation that is whole.
fn whole(tableau: &Tableau, variables: usize) -> Vec<i64> {
    (0..variables)
        .map(|var| {
            let (numerator, denominator) = tableau.value(var);
            i64::try_from(numerator / denominator).expect("values lie within 64-bit bounds")
        })
        .collect()
}

#[cfg(test)]
mod tests;
