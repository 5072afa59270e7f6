//! Measures the exact answer on real and on hard cases, beside other solvers on the same problems.
//!
//! ```text
//! cargo bench -p cairn-testkit [--features peers] --bench measure -- [options]
//!   --count N        cases of each family (default 100)
//!   --only A,B       these families only
//!   --limit SECONDS  a case that takes longer is given up (default 10)
//!   --peers A,B      of highs, microlp, cpsat; the first two need the feature `peers`
//!   --write          writes the tables into docs/reference/performance.md
//! … -- compare --count N [--peers highs]   counts disagreements on real cases
//! … -- once FAMILY SEED [remaining|audit]  one answer, for callgrind
//! … -- lp FAMILY SEED                      prints the problem of a case for other solvers
//! … -- list                                names the families
//! ```
//!
//! Every solver works in a process of its own, which is ended when a case takes too long.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command prints")]

use std::process::ExitCode;

mod options;

// What is measured.
mod family;

mod answer;

mod ours;

#[cfg(feature = "peers")]
mod peers;

mod cpsat;

mod lp;

// How: a process for each solver, and what comes of it.
mod worker;

mod sample;

mod table;

use family::Family;
use options::Options;
use ours::Asked;
use sample::Samples;
use worker::Solver;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["list"] => family::all().iter().for_each(|family| println!("{}", family.name())),
        ["worker", solver, family, first, seconds] => worker::work(solver, family, first, seconds),
        ["lp", family, seed] => lp::print(family, seed),
        ["once", family, seed] => ours::once(family, seed, Asked::Prepared),
        ["once", family, seed, asked] => ours::once(family, seed, Asked::of(asked)),
        ["compare", ref rest @ ..] => return compare(&Options::of(rest)),
        _ => measure(&Options::of(&words)),
    }
    ExitCode::SUCCESS
}

/// Measures every family, and prints or writes the tables.
fn measure(options: &Options) {
    let mut rows = Vec::new();
    for family in options.families() {
        let samples = |solver: Solver| Samples::of(solver, family, options.count, options.limit);
        let ours = samples(Solver::Ours(Asked::Prepared));
        let anew = samples(Solver::Ours(Asked::Remaining));
        let audit = samples(Solver::Ours(Asked::Audit));
        let peers: Vec<_> = options.peers.iter().map(|&peer| samples(peer)).collect();
        let row = table::Row { family, ours, anew, audit, peers };
        eprintln!("{}", row.line());
        rows.push(row);
    }
    let tables = table::tables(&rows, options);
    if options.write { table::write(&tables) } else { println!("{tables}") }
}

/// Counts on how many real cases another solver has another answer.
fn compare(options: &Options) -> ExitCode {
    let families: Vec<&Family> = options.families().into_iter().filter(|family| family.is_real()).collect();
    let each = options.count.div_ceil(families.len());
    let (mut same, mut other, mut unanswered) = (0, 0, 0);
    for family in families {
        let ours = Samples::of(Solver::Once, family, each, options.limit);
        for &peer in &options.peers {
            let theirs = Samples::of(peer, family, each, options.limit);
            let judged = table::compared(&ours, &theirs);
            eprintln!("{} {peer}: {judged}", family.name());
            same += judged.same;
            other += judged.other.len();
            unanswered += judged.unanswered;
        }
    }
    println!("{same} answers are the same, {other} are not, {unanswered} were not given in time");
    if other == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
