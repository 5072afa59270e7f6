//! Exact integer optimisation: integers in, a proven optimum out.
//!
//! The solver knows nothing of credentials. It is given whole-number variables, linear rows
//! `Σ aᵢ·xᵢ ≥ b` and objectives to be minimised one after the other, and answers with a solution
//! that nothing can beat, or with the proof that there is none. Everything is integer
//! arithmetic; there is no tolerance, no time limit and no randomness, so the same problem always
//! has the same answer.
//!
//! A number of cases may bound the effort; the answer then says what is proved of it.
//!
//! How: rows are tightened and bounds propagated (`reduce`), multiples of rows that
//! [`cairn_relaxation`] guesses are summed up to lower bounds (`bound`), and what is left is
//! branched on (`search`).

pub mod problem;
pub use problem::{Problem, Row, Var};

mod reduce;

mod bound;

mod search;

mod solve;
pub use solve::{Bounded, Solution, certify, solve, solve_within};

// More answers than one.
pub mod front;
pub use front::Front;

// The proof of an answer, and who checks it.
pub mod certificate;
pub use certificate::Certificate;

pub mod verify;
pub use verify::{Refusal, verify};

// The same for others to read: as a text of our own, and in a standard format.
pub mod proof;
pub use proof::Proof;

pub mod opb;

// Needs that are filled by assignment, without a search.
pub mod cover;
pub use cover::Cover;

mod polish;
pub use polish::Workbench;
