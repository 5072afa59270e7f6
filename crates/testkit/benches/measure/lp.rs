//! The problem of a case as a text for other solvers.

use cairn_solver::Var;

use crate::{
    family::{Cases, find},
    worker::Joint,
};

/// Prints the problem of a case in the LP format, which other solvers read.
#[expect(clippy::print_stdout, reason = "a command prints")]
pub(crate) fn print(family: &str, seed: &str) {
    let case = Cases::of(find(family)).case(seed.parse().expect("a number"));
    let problem = cairn_engine::problem(&case.catalog, &case.learner, &case.question);
    let joint = Joint::of(&problem);
    let sum = |terms: &[(Var, i64)]| {
        let terms: Vec<_> =
            terms.iter().map(|(var, factor)| format!("{factor:+} x{}", var.index())).collect();
        terms.join(" ")
    };
    println!("Minimize\n obj: {}\nSubject To", sum(&joint.objective));
    for (at, (row, least)) in joint.rows.iter().enumerate() {
        println!(" r{at}: {} >= {least}", sum(row));
    }
    println!("Bounds");
    for (at, upper) in problem.uppers().iter().enumerate() {
        println!(" 0 <= x{at} <= {upper}");
    }
    println!("General");
    for at in 0..problem.uppers().len() {
        println!(" x{at}");
    }
    println!("End");
}
