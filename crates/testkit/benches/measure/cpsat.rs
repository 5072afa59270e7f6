//! CP-SAT on the engine's own problem, in a Python process.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use cairn_solver::Problem;
use cairn_testkit::scale;
use serde_json::json;

use crate::{
    answer::Answer,
    worker::{Joint, begin},
};

/// A Python process that solves one problem after the other.
pub(crate) struct CpSat {
    _child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl CpSat {
    /// Starts the process: `CAIRN_PYTHON`, or the one that `.ci/run` sets up, with `ortools`.
    /// So many seconds are the most that it spends on one problem.
    pub(crate) fn start(seconds: &str) -> CpSat {
        let root = scale::folder().join("../..");
        let python = std::env::var_os("CAIRN_PYTHON");
        let python = python.map_or_else(|| root.join("target/ci-python/bin/python"), PathBuf::from);
        let mut child = Command::new(python)
            .arg(scale::folder().join("cpsat.py"))
            .arg(seconds)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python with ortools is there");
        let to = child.stdin.take().expect("piped");
        let mut from = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        from.read_line(&mut line).expect("Python starts");
        assert_eq!(line, "ready\n");
        CpSat { _child: child, to, from }
    }

    fn line(&mut self, expected: &str) -> String {
        let mut line = String::new();
        let read = self.from.read_line(&mut line).expect(expected);
        assert!(read > 0, "{expected}");
        line
    }

    /// What it says, and how long it took with building its model.
    pub(crate) fn says(&mut self, problem: &Problem, joint: &Joint) -> (Duration, Answer) {
        let terms = |terms: &[(cairn_solver::Var, i64)]| -> Vec<(usize, i64)> {
            terms.iter().map(|&(var, factor)| (var.index(), factor)).collect()
        };
        let rows: Vec<_> = joint.rows.iter().map(|(row, least)| json!([terms(row), least])).collect();
        let asked = json!({
            "uppers": problem.uppers(),
            "rows": rows,
            "joint": terms(&joint.objective),
            "objectives": problem.objectives().iter().map(|one| terms(one)).collect::<Vec<_>>(),
        });
        writeln!(self.to, "{asked}").expect("Python listens");
        // It says when it has read the problem, which takes longer than to solve many a one.
        self.line("Python reads");
        begin();
        let line = self.line("Python answers");
        let (took, answer) = line.trim_end().split_once('\t').expect("a time and an answer");
        (Duration::from_nanos(took.parse().expect("nanoseconds")), Answer::read(answer))
    }
}
