//! Several answers: the cheapest solutions, none of which has as much as another of everything.
//!
//! A *coordinate* is a sum over variables, and the coordinates of a solution are its *point*. The
//! solutions are found from the cheapest on; one whose point is at least an earlier one in every
//! coordinate is passed over. With what may be bought as coordinates these are the best different
//! purchases, of which none contains another; with prices as coordinates they are the Pareto set.
//!
//! How: what an answer leaves over is divided into parts that do not overlap. In part *i* the point
//! has less than the answer in coordinate *i*, and no less in those before. The cheapest solution of
//! each part is found by the search and proved there, and the cheapest of all parts is the next
//! answer.
//!
//! Source: Lawler, A procedure for computing the k best solutions to discrete optimization problems
//! (1972); the ε-constraint method on integers, Haimes, Lasdon and Wismer (1971).

use std::cmp::Reverse;

use crate::{Problem, Row, Solution, Var, problem::cost, solve_within};

/// The answers, each found when it is asked for.
///
/// A solution should cost more than one that has less of something and no more of the rest; then
/// no answer has as much as a later one of everything either.
#[derive(Debug)]
pub struct Front<'p> {
    problem: &'p Problem,
    coordinates: Vec<Vec<(Var, i64)>>,
    open: Vec<Part>,
    /// The last answer's part, not yet divided.
    last: Option<Part>,
    given: Vec<Vec<i64>>,
    cases_left: u64,
    is_stopped: bool,
}

/// A part of all solutions, with its cheapest.
#[derive(Debug)]
struct Part {
    rows: Vec<Row>,
    solution: Solution,
    point: Vec<i64>,
}

impl<'p> Front<'p> {
    /// Begins; no more than so many cases will be looked at. Coefficients are not negative.
    #[must_use]
    pub fn new(problem: &'p Problem, coordinates: Vec<Vec<(Var, i64)>>, cases_max: u64) -> Front<'p> {
        let mut front = Front {
            problem,
            coordinates: coordinates.into_iter().map(|terms| problem.collect(terms)).collect(),
            open: Vec::new(),
            last: None,
            given: Vec::new(),
            cases_left: cases_max,
            is_stopped: false,
        };
        front.add(Vec::new());
        front
    }

    /// Whether it ended because it had looked at as many cases as it may. What was given stands, and
    /// nothing was passed over; but there may be more.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Finds the cheapest solution of a part, if it has one.
    fn add(&mut self, rows: Vec<Row>) {
        if self.is_stopped {
            return;
        }
        let mut problem = self.problem.clone();
        problem.rows.extend(rows.iter().cloned());
        let found = solve_within(&problem, self.cases_left);
        self.cases_left -= found.cases;
        self.is_stopped = !found.is_proved;
        if let (Some(solution), true) = (found.solution, found.is_proved) {
            let point = self.coordinates.iter().map(|terms| cost(terms, &solution.values)).collect();
            self.open.push(Part { rows, solution, point });
        }
    }

    /// Leaves out of a part all that has as much as `given` of everything.
    fn divide(&mut self, part: &Part, given: &[i64]) {
        let mut rows = part.rows.clone();
        for (at, &most) in given.iter().enumerate() {
            if most == 0 {
                // There is no less than nothing, and all have as much.
                continue;
            }
            let terms = self.coordinates[at].clone();
            let negated = terms.iter().map(|&(var, factor)| (var, -factor)).collect();
            self.add([&rows[..], &[Row { terms: negated, least: 1 - most }]].concat());
            rows.push(Row { terms, least: most });
        }
    }
}

impl Iterator for Front<'_> {
    type Item = Solution;

    fn next(&mut self) -> Option<Solution> {
        if let Some(last) = self.last.take() {
            self.divide(&last, &last.point);
        }
        loop {
            if self.is_stopped {
                return None;
            }
            let order = |&at: &usize| (&self.open[at].solution.costs, Reverse(&self.open[at].point));
            let cheapest = (0..self.open.len()).min_by_key(order)?;
            let part = self.open.swap_remove(cheapest);
            let has_as_much =
                |given: &&Vec<i64>| given.iter().zip(&part.point).all(|(less, more)| less <= more);
            match self.given.iter().find(has_as_much).cloned() {
                Some(given) => self.divide(&part, &given),
                None => {
                    self.given.push(part.point.clone());
                    let solution = part.solution.clone();
                    self.last = Some(part);
                    return Some(solution);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
