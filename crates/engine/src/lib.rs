//! What counts where, how far it is, and what to earn next: exactly.
//!
//! Pure functions of a catalog, a learner and a question. Audit and advice are one optimisation:
//! the cheapest set of new credentials and attestations that would complete the qualification,
//! together with the allocation that shows it. The meaning is that of
//! `docs/concepts/semantics.md`.
//!
//! Read the modules in the order in which an audit runs through them.

// What is asked, and which holdings may take part.
pub mod question;
pub use question::{FURTHER_MAX, Question};

pub mod eligibility;
pub use eligibility::Countability;

// The rules as an integer problem, and the solution as an allocation.
mod scope;

mod model;

mod allocation;

mod tally;

// What the answer is made of.
pub mod audit;
pub use audit::{
    Audit, Bounds, Certainty, Cost, Measured, Outlook, Part, Placement, ScopeAudit, Standing, Status, Thing,
    Verdict, audit, audit_preferring, certify, problem, remaining,
};

pub mod reason;
pub use reason::{Place, Reason, WhyNot};

mod price;
pub use price::{Outcome, Preference, Preferred, Price, price_of};

mod forced;
pub use forced::{Forced, forced, forced_jointly};

pub mod next;
pub use next::{Action, Step};

// One question for many learners.
pub mod prepared;
pub use prepared::{Prepared, Record};

pub mod several;
pub use several::{Choice, Completion, Completions, End, best, pareto};

// Questions that are made of several audits.
pub mod what_if;
pub use what_if::{Change, what_if};

pub mod joint;
pub use joint::{JointAudit, JointQuestion, Target, audit_jointly, certify_jointly, remaining_jointly};

pub mod edition;
pub use edition::{EditionChoice, EditionEntry, EditionStanding, best_edition};

pub mod skills;
pub use skills::{Evidence, Shown, skills};

pub mod overview;
pub use overview::{Entry, overview};

// What an author expects of the answers.
pub mod rule_test;
pub use rule_test::{Got, TestFailure, TestOutcome, run_test};

/// The proof that comes with a certified audit.
pub use cairn_solver::Proof;
