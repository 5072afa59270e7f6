//! The engine: what is measured of it, in one place.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use cairn_engine::{Cost, Prepared, Record, audit, prepared::Scratch, remaining};

use crate::{
    answer::Answer,
    family::{Case, Cases, find},
    sample::Timed,
};

/// So much other memory is walked through before a cold answer, more than the caches hold.
const OTHER_MEMORY: usize = 64 << 20;

/// A warm answer is asked for so many times, unless that takes longer than [`WARM_TIME`].
const WARM_TIMES: usize = 5;

const WARM_TIME: Duration = Duration::from_millis(50);

/// What is asked of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// What remains, of a question and a record that are laid out.
    Prepared,
    /// What remains, with everything made anew.
    Remaining,
    /// A whole audit.
    Audit,
}

impl Asked {
    pub(crate) fn of(word: &str) -> Asked {
        match word {
            "prepared" => Asked::Prepared,
            "remaining" => Asked::Remaining,
            "audit" => Asked::Audit,
            _ => panic!("`{word}` is not asked of the engine"),
        }
    }
}

/// How long the answer to a case takes: at first, with cold caches, and then again and again.
pub(crate) fn timed(case: &Case, asked: Asked) -> Timed {
    let mut bench = Bench::of(case, asked);
    forget();
    let started = Instant::now();
    let answer = black_box(bench.ask());
    let cold = started.elapsed();
    let mut warm = vec![cold];
    let mut spent = cold;
    while warm.len() <= WARM_TIMES && spent < WARM_TIME {
        let started = Instant::now();
        black_box(bench.ask());
        warm.push(started.elapsed());
        spent += started.elapsed();
    }
    if warm.len() > 1 {
        warm.remove(0);
    }
    warm.sort_unstable();
    Timed { cold, warm: warm[warm.len() / 2], answer: Answer::of(answer) }
}

/// The answer to a case, timed once as it comes.
pub(crate) fn answered(case: &Case) -> Timed {
    let mut bench = Bench::of(case, Asked::Prepared);
    let started = Instant::now();
    let answer = bench.ask();
    let took = started.elapsed();
    Timed { cold: took, warm: took, answer: Answer::of(answer) }
}

/// A case with what is made of it before time is taken.
struct Bench<'c> {
    case: &'c Case,
    asked: Asked,
    prepared: Prepared<'c>,
    record: Record<'c>,
    scratch: Scratch,
}

impl<'c> Bench<'c> {
    fn of(case: &'c Case, asked: Asked) -> Bench<'c> {
        let prepared = Prepared::new(&case.catalog, &case.question);
        let record = Record::new(&case.catalog, &case.learner);
        Bench { case, asked, prepared, record, scratch: Scratch::default() }
    }

    /// The call that is measured; a function of its own, so that callgrind can count it alone.
    #[inline(never)]
    fn ask(&mut self) -> Option<Cost> {
        let Case { catalog, learner, question, .. } = self.case;
        match self.asked {
            Asked::Prepared => self.prepared.remaining(&self.record, &mut self.scratch),
            Asked::Remaining => remaining(catalog, learner, question),
            Asked::Audit => cairn_testkit::answer::cost(black_box(audit(catalog, learner, question)).verdict),
        }
    }
}

/// Drives the case out of the caches.
fn forget() {
    let mut memory = vec![1u8; OTHER_MEMORY];
    for at in (0..memory.len()).step_by(64) {
        memory[at] = memory[at].wrapping_add(1);
    }
    black_box(memory);
}

/// One answer, so that its instructions can be counted.
#[expect(clippy::print_stdout, reason = "a command prints")]
pub(crate) fn once(family: &str, seed: &str, asked: Asked) {
    let case = Cases::of(find(family)).case(seed.parse().expect("a number"));
    println!("{}", Answer::of(Bench::of(&case, asked).ask()));
}
