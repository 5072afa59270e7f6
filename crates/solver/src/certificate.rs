//! The proof that a solution is an optimum, or that there is none.
//!
//! For each objective in turn, a division of all cases, every one of which is closed by a
//! non-negative combination of rows that contradicts "better than this". A certificate is a list
//! without references, so it can be neither cyclic nor deep; [`crate::verify()`] checks it without
//! searching.

use crate::Var;
pub use crate::reduce::Step;

/// The proofs for all objectives, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificate {
    /// One for each objective; the last one where nothing satisfies the rows.
    pub stages: Vec<Stage>,
}

/// The proof for one objective: nothing is better than `best`.
///
/// The rows are those of the problem, and one for each earlier objective that keeps it at its best.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// What the objective comes to in a solution that was known before; never better than `best`.
    pub known: Option<i64>,
    /// The optimum; nothing where no solution is.
    pub best: Option<i64>,
    /// What the rows say by themselves, before any division, when better than `known` is demanded.
    pub root: Vec<Step>,
    /// Rows that follow for whole numbers within the bounds of the root.
    pub cuts: Vec<Cut>,
    /// The division: a case that is divided is followed by its upper part, then its lower part.
    pub cases: Vec<Case>,
}

/// A row that follows for whole numbers: a sum of multiples of rows, divided and rounded.
///
/// Where a variable is measured from its lower bound, its coefficient is rounded up; where it is
/// measured from its upper bound, down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The multiples; of cuts, only those before this one.
    pub rows: Vec<Multiplier>,
    /// What the sum is divided by.
    pub divisor: i64,
    /// The variables that are measured from above.
    pub from_above: Vec<Var>,
}

/// One case of a division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case {
    /// The variable is at least `at`, or it is less.
    Divided {
        /// The variable.
        var: Var,
        /// The least value of the upper part.
        at: i64,
    },
    /// The case holds nothing better.
    Closed {
        /// What the rows say within the case.
        steps: Vec<Step>,
        /// The multiples whose sum cannot hold; none where the case holds nothing at all.
        rows: Vec<Multiplier>,
    },
}

/// A multiple of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiplier {
    /// The row.
    pub source: Source,
    /// How often; not negative.
    pub times: i64,
}

/// What a proof is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A row as it is.
    Row(u32),
    /// A row within the bounds of the root: without what is fixed there, divided by what its
    /// coefficients have in common, and with coefficients no larger than the need.
    Strengthened(u32),
    /// A cut of the stage.
    Cut(u32),
    /// The demand for something better than the best.
    Better,
}
