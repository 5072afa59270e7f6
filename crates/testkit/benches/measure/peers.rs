//! HiGHS and microlp on the engine's own problem.

use cairn_solver::{Problem, Var};
use good_lp::{
    Expression, ResolutionError, Solution, SolutionStatus, SolverModel, Variable, constraint, highs, microlp,
    variable, variables,
};

use crate::{answer::Answer, worker::Joint};

/// What HiGHS says, with one thread and no tolerance on the optimum.
pub(crate) fn highs_says(problem: &Problem, joint: &Joint) -> Answer {
    let (model, unknowns) = posed(problem, joint, |unsolved| {
        let model = unsolved.using(highs).set_threads(1).set_mip_rel_gap(0.0);
        model.expect("no gap is a gap").set_mip_abs_gap(0.0).expect("no gap is a gap")
    });
    judged(problem, &unknowns, model.solve())
}

/// What microlp says.
pub(crate) fn microlp_says(problem: &Problem, joint: &Joint) -> Answer {
    let (model, unknowns) = posed(problem, joint, |unsolved| unsolved.using(microlp));
    judged(problem, &unknowns, model.solve())
}

/// The problem in the words of a solver.
fn posed<M: SolverModel>(
    problem: &Problem,
    joint: &Joint,
    begin: impl FnOnce(good_lp::variable::UnsolvedProblem) -> M,
) -> (M, Vec<Variable>) {
    let mut vars = variables!();
    let unknown = |&upper: &i64| vars.add(variable().integer().min(0.0).max(upper as f64));
    let unknowns: Vec<Variable> = problem.uppers().iter().map(unknown).collect();
    let sum = |terms: &[(Var, i64)]| -> Expression {
        terms.iter().map(|&(var, factor)| factor as f64 * unknowns[var.index()]).sum()
    };
    let mut model = begin(vars.minimise(sum(&joint.objective)));
    for (terms, least) in &joint.rows {
        model.add_constraint(constraint!(sum(terms) >= *least as f64));
    }
    (model, unknowns)
}

/// The answer, if what the solver found holds when it is counted in whole numbers.
fn judged<S: Solution>(
    problem: &Problem,
    unknowns: &[Variable],
    found: Result<S, ResolutionError>,
) -> Answer {
    match found {
        Ok(found) if !matches!(found.status(), SolutionStatus::Optimal) => {
            Answer::Nothing(format!("{:?}", found.status()))
        }
        Ok(found) => {
            #[expect(clippy::cast_possible_truncation, reason = "the value of a bounded variable")]
            let values: Vec<i64> = unknowns.iter().map(|&var| found.value(var).round() as i64).collect();
            if problem.accepts(&values) {
                let costs = (0..problem.objectives().len()).map(|at| problem.cost(at, &values));
                Answer::Costs(costs.collect())
            } else {
                Answer::Nothing("its solution does not hold".to_owned())
            }
        }
        Err(ResolutionError::Infeasible) => Answer::Unreachable,
        Err(error) => Answer::Nothing(error.to_string()),
    }
}
