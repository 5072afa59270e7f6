//! Trying again, a little later each time.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::StoreError;

/// How long it is tried.
const BUDGET: Duration = Duration::from_secs(20);

/// The longest pause after the first failure, and the longest of all.
const FIRST: Duration = Duration::from_millis(2);
const LONGEST: Duration = Duration::from_millis(500);

/// One thing that is tried until it works or the time is over.
pub(super) struct Retry {
    begun: Instant,
    pause: Cell<Duration>,
}

impl Retry {
    pub(super) fn begin() -> Retry {
        Retry { begun: Instant::now(), pause: Cell::new(FIRST) }
    }

    /// Waits, if trying again can help; otherwise the error is the answer.
    pub(super) fn after(&self, error: StoreError) -> Result<(), StoreError> {
        let can_help = matches!(error, StoreError::Busy { .. } | StoreError::Unavailable { .. });
        if !can_help || self.begun.elapsed() > BUDGET {
            return Err(error);
        }
        let most = self.pause.get();
        std::thread::sleep(part_of(most));
        self.pause.set((most * 2).min(LONGEST));
        Ok(())
    }
}

/// A random part, so that those who were in each other's way do not meet again.
fn part_of(most: Duration) -> Duration {
    let mut byte = [0; 1];
    match getrandom::fill(&mut byte) {
        Ok(()) => most * u32::from(byte[0]) / 255,
        Err(_) => most,
    }
}
