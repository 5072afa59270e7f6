//! A process that answers case after case with one solver, and says when it begins with each.

use std::{
    fmt,
    time::{Duration, Instant},
};

use cairn_solver::{Problem, Var};

use crate::{
    answer::Answer,
    cpsat::CpSat,
    family::{Case, Cases, find},
    ours::{self, Asked},
    sample::Timed,
};

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Solver {
    /// The engine, asked in this way.
    Ours(Asked),
    /// The engine, asked once only, as the others are.
    Once,
    Highs,
    Microlp,
    CpSat,
}

impl Solver {
    const ALL: [(Solver, &str); 7] = [
        (Solver::Ours(Asked::Prepared), "prepared"),
        (Solver::Ours(Asked::Remaining), "remaining"),
        (Solver::Ours(Asked::Audit), "audit"),
        (Solver::Once, "once"),
        (Solver::Highs, "highs"),
        (Solver::Microlp, "microlp"),
        (Solver::CpSat, "cpsat"),
    ];

    pub(crate) fn of(name: &str) -> Option<Solver> {
        Solver::ALL.iter().find(|(_, other)| *other == name).map(|(solver, _)| *solver)
    }
}

impl fmt::Display for Solver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, name) = Solver::ALL.iter().find(|(solver, _)| solver == self).expect("all are listed");
        f.pad(name)
    }
}

/// The problem as another solver is asked: rows and objectives divided by what their numbers have in
/// common, and the objectives as one, each weighted above all that follow it. The optimum is the same.
pub(crate) struct Joint {
    pub(crate) rows: Vec<(Vec<(Var, i64)>, i64)>,
    pub(crate) objective: Vec<(Var, i64)>,
}

impl Joint {
    pub(crate) fn of(problem: &Problem) -> Joint {
        let rows = problem.rows().iter().map(|row| {
            let common = common(&row.terms);
            (
                divided(&row.terms, common, 1),
                row.least.div_euclid(common) + i64::from(row.least.rem_euclid(common) > 0),
            )
        });
        let rows = rows.collect();
        let mut objective = Vec::new();
        let mut weight = 1;
        for one in problem.objectives().iter().rev() {
            let one = divided(one, common(one), weight);
            let most: i64 = one.iter().map(|&(var, factor)| factor * problem.uppers()[var.index()]).sum();
            weight += most;
            objective.extend(one);
        }
        objective.sort_by_key(|&(var, _)| var);
        objective.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
        Joint { rows, objective }
    }
}

fn divided(terms: &[(Var, i64)], common: i64, weight: i64) -> Vec<(Var, i64)> {
    terms.iter().map(|&(var, factor)| (var, factor / common * weight)).collect()
}

fn common(terms: &[(Var, i64)]) -> i64 {
    let divisor = terms.iter().fold(0, |divisor: i64, &(_, factor)| {
        let (mut a, mut b) = (divisor, factor.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    divisor.max(1)
}

/// Answers the cases of a family from a seed on, until nobody listens.
#[expect(clippy::print_stdout, reason = "it talks to the process that measures")]
pub(crate) fn work(solver: &str, family: &str, first: &str, seconds: &str) {
    let solver = Solver::of(solver).expect("a solver");
    let cases = Cases::of(find(family));
    let mut cpsat = (solver == Solver::CpSat).then(|| CpSat::start(seconds));
    for seed in first.parse().expect("a number").. {
        let case = cases.case(seed);
        let Timed { cold, warm, answer } = match solver {
            Solver::Ours(asked) => {
                begin();
                ours::timed(&case, asked)
            }
            Solver::Once => {
                begin();
                ours::answered(&case)
            }
            _ => peer(solver, &case, cpsat.as_mut()),
        };
        let optimum = case.optimum.map_or(-1, cairn_core::Amount::thousandths);
        println!("done\t{}\t{}\t{optimum}\t{answer}", cold.as_nanos(), warm.as_nanos());
    }
}

/// Says that the time of a case begins; what is made before is not the solver's.
#[expect(clippy::print_stdout, reason = "it talks to the process that measures")]
pub(crate) fn begin() {
    println!("begin");
}

/// Another solver's answer, timed once, with the building of its model.
fn peer(solver: Solver, case: &Case, cpsat: Option<&mut CpSat>) -> Timed {
    let problem = cairn_engine::problem(&case.catalog, &case.learner, &case.question);
    let joint = Joint::of(&problem);
    if let Some(cpsat) = cpsat {
        let (took, answer) = cpsat.says(&problem, &joint);
        return Timed { cold: took, warm: took, answer };
    }
    begin();
    let started = Instant::now();
    let answer = linked(solver, &problem, &joint);
    let took: Duration = started.elapsed();
    Timed { cold: took, warm: took, answer }
}

#[cfg(feature = "peers")]
fn linked(solver: Solver, problem: &Problem, joint: &Joint) -> Answer {
    match solver {
        Solver::Highs => crate::peers::highs_says(problem, joint),
        _ => crate::peers::microlp_says(problem, joint),
    }
}

#[cfg(not(feature = "peers"))]
fn linked(solver: Solver, _: &Problem, _: &Joint) -> Answer {
    panic!("`{solver}` needs `--features peers`")
}
