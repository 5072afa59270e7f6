//! The engine: what is measured of it, in one place.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use cairn_engine::{audit, remaining};

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

/// How long the answer to a case takes: at first, with cold caches, and then again and again.
pub(crate) fn timed(case: &Case, is_audit: bool) -> Timed {
    forget();
    let started = Instant::now();
    let answer = black_box(ask(case, is_audit));
    let cold = started.elapsed();
    let mut warm = vec![cold];
    let mut spent = cold;
    while warm.len() <= WARM_TIMES && spent < WARM_TIME {
        let started = Instant::now();
        black_box(ask(case, is_audit));
        warm.push(started.elapsed());
        spent += started.elapsed();
    }
    if warm.len() > 1 {
        warm.remove(0);
    }
    warm.sort_unstable();
    Timed { cold, warm: warm[warm.len() / 2], answer }
}

/// The answer to a case, timed once as it comes.
pub(crate) fn answered(case: &Case) -> Timed {
    let started = Instant::now();
    let answer = ask(case, false);
    let took = started.elapsed();
    Timed { cold: took, warm: took, answer }
}

/// The call that is measured; a function of its own, so that callgrind can count it alone.
#[inline(never)]
fn ask(case: &Case, is_audit: bool) -> Answer {
    let Case { catalog, learner, question, .. } = case;
    if is_audit {
        let audit = black_box(audit(catalog, learner, question));
        Answer::of(cairn_testkit::answer::cost(audit.verdict))
    } else {
        Answer::of(remaining(catalog, learner, question))
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
pub(crate) fn once(family: &str, seed: &str, is_audit: bool) {
    let case = Cases::of(find(family)).case(seed.parse().expect("a number"));
    println!("{}", ask(&case, is_audit));
}
