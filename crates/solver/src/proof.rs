//! A problem, its answer and the proof, as a text that anybody can check and read.
//!
//! ```text
//! cairn certificate 1
//! var 1 earn/css-layout          a variable: its upper bound, and what it stands for
//! row 1 1*v0 -1*v3               1·v0 − 1·v3 ≥ 1
//! minimise 5*v0                  objectives, the first first
//! solution 1 0 0 1               or `solution none`
//! stage 5 none                   the optimum of an objective, and what was known before
//! root r0:v3 r2:v1               tightenings that hold everywhere
//! cut 2 v1 : 1*s0 1*s3          a sum of rows, divided by 2 and rounded, v1 measured from above
//! divide v1 1                    v1 ≥ 1 first, then v1 < 1
//! close r1:v2 : 2*s0 1*better    tightenings, then the rows whose sum cannot hold
//! end
//! ```
//!
//! `r5` is row number 5, `s5` that row strengthened within the bounds of the root, `c5` cut number 5,
//! `better` the demand for a better value.

use std::fmt::Write as _;

use crate::{
    Certificate, Problem, Refusal, Solution, Var,
    certificate::{Case, Multiplier, Source, Step},
    verify,
};

mod read;
pub use read::{ReadError, read};

/// The first line of the text.
const HEADER: &str = "cairn certificate 1";

/// A problem with its answer and the proof of it.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The problem.
    pub problem: Problem,
    /// What each variable stands for, without spaces.
    pub names: Vec<String>,
    /// The answer; nothing where nothing satisfies the rows.
    pub solution: Option<Solution>,
    /// Why there is no better one.
    pub certificate: Certificate,
}

impl Proof {
    /// Checks the proof.
    ///
    /// # Errors
    ///
    /// Says what does not hold.
    pub fn verify(&self) -> Result<(), Refusal> {
        verify::verify(&self.problem, self.solution.as_ref(), &self.certificate)
    }

    /// The number of cases that the proof looks at.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.certificate.stages.iter().map(|stage| stage.cases.len()).sum()
    }

    /// The text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for (upper, name) in self.problem.uppers.iter().zip(&self.names) {
            let _ = writeln!(text, "var {upper} {name}");
        }
        for row in &self.problem.rows {
            let _ = writeln!(text, "row {}{}", row.least, terms(&row.terms));
        }
        for objective in &self.problem.objectives {
            let _ = writeln!(text, "minimise{}", terms(objective));
        }
        match &self.solution {
            None => text.push_str("solution none\n"),
            Some(solution) => {
                let values: Vec<_> = solution.values.iter().map(ToString::to_string).collect();
                let _ = writeln!(text, "solution {}", values.join(" "));
            }
        }
        for stage in &self.certificate.stages {
            let _ = writeln!(text, "stage {} {}", optional(stage.best), optional(stage.known));
            let _ = writeln!(text, "root{}", steps(&stage.root));
            for cut in &stage.cuts {
                let above: String = cut.from_above.iter().map(|var| format!(" v{}", var.index())).collect();
                let _ = writeln!(text, "cut {}{above} :{}", cut.divisor, multipliers(&cut.rows));
            }
            for case in &stage.cases {
                let _ = match case {
                    Case::Divided { var, at } => writeln!(text, "divide v{} {at}", var.index()),
                    Case::Closed { steps: tightened, rows } => {
                        writeln!(text, "close{} :{}", steps(tightened), multipliers(rows))
                    }
                };
            }
        }
        text.push_str("end\n");
        text
    }
}

fn optional(number: Option<i64>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

fn terms(terms: &[(Var, i64)]) -> String {
    terms.iter().map(|(var, factor)| format!(" {factor}*v{}", var.index())).collect()
}

fn steps(steps: &[Step]) -> String {
    steps.iter().map(|step| format!(" r{}:v{}", step.row, step.var.index())).collect()
}

fn multipliers(rows: &[Multiplier]) -> String {
    let source = |source: Source| match source {
        Source::Row(at) => format!("r{at}"),
        Source::Strengthened(at) => format!("s{at}"),
        Source::Cut(at) => format!("c{at}"),
        Source::Better => "better".to_owned(),
    };
    rows.iter().map(|row| format!(" {}*{}", row.times, source(row.source))).collect()
}
