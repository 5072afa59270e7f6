//! What is asked of a problem: its objectives are minimised one after the other, each by a search of its own.

use crate::{
    Problem,
    certificate::Certificate,
    problem::{at_most, cost},
    search::{Effort, Search},
};

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
    run(problem, Effort { noted: false, cases_max: u64::MAX }).solution
}

/// An answer that may have been stopped early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounded {
    /// The best that was found. Where it is not proved, there may be a better one; no solution then
    /// does not mean that there is none.
    pub solution: Option<Solution>,
    /// What the objectives come to at least, as far as that is proved: each of those whose optimum is
    /// proved, then a bound for the first whose optimum is not.
    pub least: Vec<i64>,
    /// Whether the solution is proved to be an optimum, or that there is none.
    pub is_proved: bool,
    /// How many cases were looked at.
    pub cases: u64,
}

/// Looks at no more than so many cases. The same problem and number always have the same answer.
#[must_use]
pub fn solve_within(problem: &Problem, cases_max: u64) -> Bounded {
    let Answer { solution, least, is_proved, cases, .. } = run(problem, Effort { noted: false, cases_max });
    Bounded { solution, least, is_proved, cases }
}

/// Solves a problem, with the proof that no solution is better, or that there is none.
#[must_use]
pub fn certify(problem: &Problem) -> (Option<Solution>, Certificate) {
    let answer = run(problem, Effort { noted: true, cases_max: u64::MAX });
    (answer.solution, answer.certificate)
}

struct Answer {
    solution: Option<Solution>,
    certificate: Certificate,
    least: Vec<i64>,
    is_proved: bool,
    cases: u64,
}

fn run(problem: &Problem, effort: Effort) -> Answer {
    let nothing = Vec::new();
    let objectives: Vec<_> = match &problem.objectives[..] {
        [] => vec![&nothing],
        some => some.iter().collect(),
    };
    let mut rows = problem.rows.clone();
    let mut stages = Vec::with_capacity(objectives.len());
    let mut values: Option<Vec<i64>> = None;
    let (mut least, mut is_proved, mut cases) = (Vec::with_capacity(objectives.len()), true, 0);
    for objective in objectives {
        let effort = Effort { cases_max: effort.cases_max - cases, ..effort };
        let examined = Search::new(problem, rows.clone(), objective, effort).run(values.take());
        stages.push(examined.stage);
        cases += examined.cases;
        is_proved = examined.stopped_at.is_none();
        let best = examined.values.as_ref().map(|values| cost(objective, values));
        least.extend(examined.stopped_at.or(best));
        values = examined.values;
        let (Some(best), true) = (best, is_proved) else { break };
        rows.push(at_most(objective, best));
    }
    let solution = values.map(|values| Solution {
        costs: problem.objectives.iter().map(|objective| cost(objective, &values)).collect(),
        values,
    });
    Answer { solution, certificate: Certificate { stages }, least, is_proved, cases }
}
