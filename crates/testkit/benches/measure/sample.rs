//! What one solver made of the cases of a family.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use crate::{Family, Solver, answer::Answer};

/// An answer and how long it took.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub(crate) cold: Duration,
    pub(crate) warm: Duration,
    pub(crate) answer: Answer,
}

/// A family is left alone after so many cases that were given up.
const GIVEN_UP_MAX: usize = 5;

/// For a catalog to load and a case to be made.
const START: Duration = Duration::from_secs(120);

/// The cases by seed; nothing where the time was up.
pub(crate) struct Samples {
    pub(crate) cases: Vec<Option<Timed>>,
    /// The optimum in thousandths, where it is known otherwise.
    pub(crate) optima: Vec<Option<i64>>,
}

impl Samples {
    pub(crate) fn of(solver: Solver, family: &Family, count: usize, limit: Duration) -> Samples {
        let mut samples = Samples { cases: Vec::new(), optima: Vec::new() };
        let mut given_up = 0;
        while samples.cases.len() < count && given_up < GIVEN_UP_MAX {
            let (mut child, lines) = start(solver, family, samples.cases.len(), limit);
            while samples.cases.len() < count {
                let begin = lines.recv_timeout(START).expect("the process works");
                assert_eq!(begin, "begin");
                match lines.recv_timeout(limit) {
                    Ok(line) => samples.push(&line),
                    Err(_) => {
                        samples.cases.push(None);
                        samples.optima.push(None);
                        given_up += 1;
                        break;
                    }
                }
            }
            child.kill().expect("it runs until it is ended");
            child.wait().expect("it has ended");
        }
        samples
    }

    fn push(&mut self, line: &str) {
        let words: Vec<&str> = line.split('\t').collect();
        let &["done", cold, warm, optimum, answer] = &words[..] else { panic!("not a sample: {line}") };
        let time = |text: &str| Duration::from_nanos(text.parse().expect("nanoseconds"));
        let answer = Answer::read(answer);
        self.cases.push(Some(Timed { cold: time(cold), warm: time(warm), answer }));
        self.optima.push(optimum.parse().ok().filter(|&known: &i64| known >= 0));
    }
}

/// Starts a process of this program, and a thread that reads its lines.
fn start(solver: Solver, family: &Family, first: usize, limit: Duration) -> (Child, Receiver<String>) {
    let mut child = Command::new(std::env::current_exe().expect("this program is a file"))
        .args(["worker", &solver.to_string(), family.name(), &first.to_string()])
        // More than the limit, so that giving up is decided here and is not taken for an answer.
        .arg((2 * limit.as_secs() + 1).to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program starts");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    let (to, lines) = channel();
    thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                break;
            }
        }
    });
    (child, lines)
}
