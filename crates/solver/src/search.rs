//! Branch and bound: what the relaxation leaves fractional is decided both ways.
//!
//! Depth first with an explicit stack, so neither memory nor stack grows with the number of cases.
//! A case is closed when its bound reaches the best solution known, so what is returned is an
//! optimum, whatever order the cases were looked at in. The order is fixed by the problem alone.

use cairn_relaxation::Failure;

use crate::{
    Problem, Row, Var,
    bound::Sums,
    certificate::{Case, Multiplier, Source, Stage},
    problem::{at_most, cost},
    reduce::{Bounds, Contradiction, Incidence, Step, gcd, propagate},
};

/// So many cases are looked at before better solutions are sought near the best known one, and so many
/// times as many before they are sought again.
const PATIENCE: u64 = 60;
const GROWTH: u64 = 4;

/// How the search is made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Whether the cases are kept for a proof; otherwise the memory does not grow with their number.
    pub(crate) noted: bool,
    /// The most cases that are looked at.
    pub(crate) cases_max: u64,
}

/// A narrowing of one variable's bounds.
#[derive(Debug, Clone, Copy)]
struct Decision {
    var: usize,
    lower: i64,
    upper: i64,
}

/// The search for the least of one objective.
pub(crate) struct Search<'p> {
    problem: &'p Problem,
    objective: &'p [(Var, i64)],
    /// The problem's rows, and last the one that demands better than the best known, or as good.
    rows: Vec<Row>,
    incidence: Incidence,
    /// Costs are multiples of this.
    step: i64,
    best: Option<(Vec<i64>, i64)>,
    /// What divisions of each variable have brought, down and up.
    past: Vec<[branch::Past; 2]>,
    sums: Sums,
    /// Whether a solution is sought now, rather than a proof.
    is_seeking: bool,
    effort: Effort,
    /// How many cases were looked at.
    cases: u64,
}

/// What came of the search for one objective.
pub(crate) struct Examined {
    /// The best that was found.
    pub(crate) values: Option<Vec<i64>>,
    pub(crate) stage: Stage,
    /// Where the search was stopped: no solution costs less.
    pub(crate) stopped_at: Option<i64>,
    pub(crate) cases: u64,
}

/// What became of a case.
enum Outcome {
    /// It holds nothing better, which these multiples of rows show.
    Closed(Vec<Multiplier>),
    /// It is divided; the last decision is looked at first.
    Divided([Decision; 2], Option<Box<Relaxed>>),
}

impl<'p> Search<'p> {
    pub(crate) fn new(
        problem: &'p Problem,
        mut rows: Vec<Row>,
        objective: &'p [(Var, i64)],
        effort: Effort,
    ) -> Search<'p> {
        let most: i64 = objective.iter().map(|&(var, factor)| factor * problem.uppers[var.index()]).sum();
        rows.push(at_most(objective, most));
        let incidence = Incidence::of(problem.uppers.len(), &rows);
        let step = objective.iter().fold(0, |step, &(_, factor)| gcd(step, factor)).max(1);
        let past = vec![[branch::Past::default(); 2]; problem.uppers.len()];
        let sums = Sums::default();
        Search {
            problem,
            objective,
            rows,
            incidence,
            step,
            best: None,
            past,
            sums,
            is_seeking: false,
            effort,
            cases: 0,
        }
    }

    /// The best solution with its proof, unless the search was stopped; `known` is a solution to
    /// begin with.
    pub(crate) fn run(mut self, known: Option<Vec<i64>>) -> Examined {
        let mut stage = Stage::default();
        let mut stopped_at = None;
        if let Some(values) = known {
            self.keep(values);
            stage.known = self.best.as_ref().map(|(_, cost)| *cost);
        }
        let mut root = Bounds::of(self.problem);
        match propagate(&self.rows, &self.incidence, &mut root, None, &mut stage.root) {
            Ok(()) => stopped_at = self.prove(&root, &mut stage),
            Err(contradiction) => {
                stage.cases.push(Case::Closed { steps: Vec::new(), rows: vec![self.sole(contradiction)] });
            }
        }
        stage.best = self.best.as_ref().map(|(_, cost)| *cost);
        Examined { values: self.best.map(|(values, _)| values), stage, stopped_at, cases: self.cases }
    }

    /// Divides with more and more patience. In between come a better bound, once, and better solutions:
    /// the cases are then looked at anew. If it has to stop, it returns what nothing costs less than.
    fn prove(&mut self, root: &Bounds, stage: &mut Stage) -> Option<i64> {
        let mut start = self.relax(root);
        let mut seeker = Seeker::default();
        let mut patience = PATIENCE;
        let mut least = i64::MIN;
        for is_first in std::iter::once(true).chain(std::iter::repeat(false)) {
            let patience_left = patience.min(self.effort.cases_max - self.cases);
            let proved = self.divide(root, start.clone(), stage, patience_left)?;
            least = least.max(proved);
            if self.cases == self.effort.cases_max {
                break;
            }
            stage.cases.clear();
            if let Some(start) = &mut start
                && self.solve_relaxation(start, root).is_ok()
            {
                if is_first {
                    self.cut(start, root, &mut stage.cuts);
                }
                self.improve(start, root, &mut seeker);
            }
            patience = patience.saturating_mul(GROWTH);
        }
        Some(least)
    }

    /// Looks at all cases below the root, and notes them in the order in which they are met. If it
    /// does not come to an end within so many cases, it returns what nothing costs less than.
    fn divide(
        &mut self,
        root: &Bounds,
        mut start: Option<Box<Relaxed>>,
        stage: &mut Stage,
        patience: u64,
    ) -> Option<i64> {
        let cases_max = self.cases.saturating_add(patience);
        let at_root = self.objective.iter().map(|&(var, factor)| factor * root.lower[var.index()]).sum();
        let mut current: Option<Box<Relaxed>> = None;
        let mut path: Vec<Decision> = Vec::new();
        // What is open, and a bound on what it holds.
        let mut open: Vec<(usize, Option<Decision>, i64)> = vec![(0, None, at_root)];
        while let Some((depth, decision, bound)) = open.pop() {
            if self.cases == cases_max {
                let bounds = open.iter().map(|&(.., other)| other).chain([bound]);
                return bounds.chain(self.best.as_ref().map(|(_, cost)| *cost)).min();
            }
            self.cases += 1;
            if depth != path.len() || decision.is_none() {
                current = None;
            }
            path.truncate(depth);
            path.extend(decision);
            let mut steps = Vec::new();
            let outcome = match self.narrowed(root, &path, &mut steps) {
                Ok(bounds) => {
                    let from = current.take().or_else(|| start.clone());
                    self.examine(&bounds, from)
                }
                Err(contradiction) => {
                    Outcome::Closed(contradiction.into_iter().map(|row| self.sole(row)).collect())
                }
            };
            match outcome {
                Outcome::Closed(rows) if self.effort.noted => stage.cases.push(Case::Closed { steps, rows }),
                Outcome::Closed(_) => {}
                Outcome::Divided([second, first], relaxed) => {
                    if self.effort.noted {
                        stage.cases.push(Case::Divided { var: Var(u32_of(first.var)), at: first.lower });
                    }
                    if path.is_empty() {
                        start.clone_from(&relaxed);
                    }
                    let proved = relaxed.as_deref().and_then(|relaxed| self.least(relaxed));
                    let bound = proved.map_or(bound, |proved| proved.max(bound));
                    current = relaxed;
                    open.push((path.len(), Some(second), bound));
                    open.push((path.len(), Some(first), bound));
                }
            }
        }
        None
    }

    /// The proof that consists of one row that cannot hold.
    fn sole(&self, contradiction: Contradiction) -> Multiplier {
        Multiplier { source: self.source(contradiction.row), times: 1 }
    }

    fn source(&self, row: u32) -> Source {
        if row as usize + 1 == self.rows.len() { Source::Better } else { Source::Row(row) }
    }

    /// The bounds of a case, as far as the rows tell. The contradiction is empty where two
    /// decisions leave a variable no value.
    fn narrowed(
        &self,
        root: &Bounds,
        path: &[Decision],
        steps: &mut Vec<Step>,
    ) -> Result<Bounds, Option<Contradiction>> {
        let mut bounds = root.clone();
        let mut changed = Vec::with_capacity(path.len() + self.objective.len());
        for decision in path {
            bounds.lower[decision.var] = bounds.lower[decision.var].max(decision.lower);
            bounds.upper[decision.var] = bounds.upper[decision.var].min(decision.upper);
            if bounds.lower[decision.var] > bounds.upper[decision.var] {
                return Err(None);
            }
            changed.push(decision.var);
        }
        // The demand for better may have been raised since the bounds of the root were found.
        changed.extend(self.objective.iter().map(|(var, _)| var.index()));
        propagate(&self.rows, &self.incidence, &mut bounds, Some(&changed), steps).map_err(Some)?;
        Ok(bounds)
    }

    /// Closes a case, or says how to divide it.
    fn examine(&mut self, bounds: &Bounds, from: Option<Box<Relaxed>>) -> Outcome {
        let Some(mut relaxed) = from else {
            return self.divide_or_keep(bounds, None);
        };
        let closed = match self.solve_relaxation(&mut relaxed, bounds) {
            Ok(()) => {
                if let Some(rows) = self.proof_of_bound(&relaxed, bounds) {
                    return Outcome::Closed(rows);
                }
                if let Some(branch) = self.fractional(&relaxed, bounds) {
                    return Outcome::Divided(branch, Some(relaxed));
                }
                self.keep(relaxed.rounded(bounds));
                self.proof_of_bound(&relaxed, bounds)
            }
            Err(Failure::CutOff) => self.proof_of_bound(&relaxed, bounds),
            Err(Failure::Infeasible(row)) => self.proof_of_conflict(&relaxed, row, bounds),
            Err(Failure::GaveUp) => None,
        };
        match closed {
            Some(rows) => Outcome::Closed(rows),
            // The guess was too rough to prove anything: the case is divided further.
            None => self.divide_or_keep(bounds, Some(relaxed)),
        }
    }

    fn divide_or_keep(&mut self, bounds: &Bounds, relaxed: Option<Box<Relaxed>>) -> Outcome {
        match self.undecided(bounds) {
            Some(branch) => Outcome::Divided(branch, relaxed),
            None => {
                self.keep(bounds.lower.clone());
                // The demand for better, which has just been raised, contradicts the case by itself.
                Outcome::Closed(vec![Multiplier { source: Source::Better, times: 1 }])
            }
        }
    }

    /// Without a relaxation: the first variable that is still open.
    fn undecided(&self, bounds: &Bounds) -> Option<[Decision; 2]> {
        let open = (0..bounds.lower.len()).filter(|&var| !bounds.is_fixed(var));
        let var = open.min_by_key(|&var| (self.problem.ranks[var], var))?;
        Some(divided(var, bounds.upper[var]))
    }

    /// Keeps values if they are a solution such as is demanded, and demands better from now on.
    fn keep(&mut self, values: Vec<i64>) {
        if self.rows.iter().all(|row| row.holds(&values)) {
            let cost = cost(self.objective, &values);
            self.best = Some((values, cost));
            self.demand(cost - self.step);
        }
    }

    /// Demands solutions that cost at most so much.
    fn demand(&mut self, most: i64) {
        if let Some(demand) = self.rows.last_mut() {
            demand.least = -most;
        }
    }
}

/// A variable is less than `at`, or at least that. A decision says no more than this: what the rows
/// add to it is found again, so that it stands in the proof.
fn divided(var: usize, at: i64) -> [Decision; 2] {
    [Decision { var, lower: 0, upper: at - 1 }, Decision { var, lower: at, upper: i64::MAX }]
}

fn u32_of(var: usize) -> u32 {
    u32::try_from(var).expect("fewer than 2³² variables")
}

mod relax;
use relax::Relaxed;

mod branch;

mod cut;

mod near;
use near::Seeker;

mod walk;

mod dice;

#[cfg(test)]
pub(crate) mod tests;
