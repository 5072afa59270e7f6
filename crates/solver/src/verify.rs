//! Checks a certificate: no search, no trust, only sums of whole numbers.
//!
//! Nothing of the search is used, so that a mistake there cannot hide here. The text of a
//! certificate may come from anybody: every number is added up in 128 bits with checks, every name
//! is looked up, and the work is proportional to the length of what is read.

use crate::{Certificate, Problem, Solution, Var, problem::at_most};

/// The most numbers that the rows cited in one stage may have together.
pub const WORK_MAX: u64 = 4_000_000_000;

/// Why a certificate is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The solution does not satisfy the rows or the bounds.
    #[error("the solution breaks a rule of the problem")]
    NotASolution,
    /// The number of stages does not fit the problem and the answer.
    #[error("there are {found} stages of proof, and {expected} objectives to prove")]
    Stages {
        /// In the certificate.
        found: usize,
        /// In the problem.
        expected: usize,
    },
    /// A stage claims another optimum than the solution has.
    #[error("stage {stage} is about another value than that of the solution")]
    OtherValue {
        /// The stage, from one.
        stage: usize,
    },
    /// A row or variable that is not there, or a negative multiple.
    #[error("case {case} of stage {stage} refers to something that does not exist")]
    Reference {
        /// The stage, from one.
        stage: usize,
        /// The case, from one; zero is the root.
        case: usize,
    },
    /// A case that is said to be closed is not.
    #[error("case {case} of stage {stage} is not closed by what it cites")]
    Open {
        /// The stage, from one.
        stage: usize,
        /// The case, from one.
        case: usize,
    },
    /// Cases are missing, or there are too many.
    #[error("the cases of stage {stage} are not a complete division")]
    Division {
        /// The stage, from one.
        stage: usize,
    },
    /// The certificate asks for more sums than any honest one.
    #[error("stage {stage} cites more than {WORK_MAX} numbers")]
    TooMuch {
        /// The stage, from one.
        stage: usize,
    },
    /// A number outgrew what can be added up safely.
    #[error("a number of stage {stage} is too large")]
    TooLarge {
        /// The stage, from one.
        stage: usize,
    },
}

/// Checks that `solution` is an optimum of `problem`, or, if there is none, that nothing satisfies it.
///
/// # Errors
///
/// Says what does not hold.
pub fn verify(
    problem: &Problem,
    solution: Option<&Solution>,
    certificate: &Certificate,
) -> Result<(), Refusal> {
    let nothing = Vec::new();
    let objectives: Vec<&Vec<(Var, i64)>> = match &problem.objectives[..] {
        [] => vec![&nothing],
        some => some.iter().collect(),
    };
    let expected = if solution.is_some() { objectives.len() } else { 1 };
    if certificate.stages.len() != expected {
        return Err(Refusal::Stages { found: certificate.stages.len(), expected });
    }
    if solution.is_some_and(|solution| !problem.accepts(&solution.values)) {
        return Err(Refusal::NotASolution);
    }
    let mut rows = problem.rows.clone();
    for (number, (objective, stage)) in (1..).zip(objectives.into_iter().zip(&certificate.stages)) {
        let value = match solution {
            Some(solution) => Some(
                objective_value(objective, &solution.values).ok_or(Refusal::TooLarge { stage: number })?,
            ),
            None => None,
        };
        if stage.best != value || (stage.best.is_none() && stage.known.is_some()) {
            return Err(Refusal::OtherValue { stage: number });
        }
        if solution
            .is_some_and(|solution| solution.costs.get(number - 1).is_some_and(|cost| Some(*cost) != value))
        {
            return Err(Refusal::OtherValue { stage: number });
        }
        if let (Some(known), Some(best)) = (stage.known, stage.best)
            && known < best
        {
            return Err(Refusal::OtherValue { stage: number });
        }
        Checker::new(number, &rows, objective, problem.uppers.len()).stage(stage, &problem.uppers)?;
        if let Some(best) = value {
            rows.push(at_most(objective, best));
        }
    }
    Ok(())
}

fn objective_value(objective: &[(Var, i64)], values: &[i64]) -> Option<i64> {
    let terms = objective.iter().map(|&(var, factor)| i128::from(factor) * i128::from(values[var.index()]));
    i64::try_from(terms.sum::<i128>()).ok()
}

mod limits;

mod follows;

mod checker;
use checker::Checker;

#[cfg(test)]
mod tests;
