//! Writes records as the JSON that import reads.

use std::io::{self, Write};

use cairn_core::{Learner, LearnerId};

use crate::shape::{self, LearnerShape};
use crate::{Store, StoreError};

/// How many learners are asked for at a time.
const PAGE_LEARNERS: u32 = 1000;

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What was exported could not be written.
    #[error("the export cannot be written")]
    Write(#[from] io::Error),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One learner as one line of JSON.
#[must_use]
pub fn learner_json(learner: &Learner) -> String {
    shape::text(&LearnerShape::brief(learner))
}

/// Writes one learner as a list of one.
///
/// # Errors
///
/// If there is no such learner, the store cannot be read or `out` cannot be written.
pub fn export_learner(store: &dyn Store, id: &LearnerId, out: &mut dyn Write) -> Result<(), ExportError> {
    let no_learner = || StoreError::NoLearner { learner: id.clone() };
    let stored = store.learner(id)?.ok_or_else(no_learner)?;
    writeln!(out, "[\n{}\n]", learner_json(&stored.learner))?;
    Ok(())
}

/// Writes every learner in the order of their ids, and says how many there were.
///
/// # Errors
///
/// If the store cannot be read or `out` cannot be written.
pub fn export_all(store: &dyn Store, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut count = 0;
    let mut after = None;
    write!(out, "[")?;
    loop {
        let page = store.learners(after.as_ref(), PAGE_LEARNERS)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        for listed in page {
            let Some(stored) = store.learner(&listed.id)? else { continue };
            let separator = if count == 0 { "\n" } else { ",\n" };
            write!(out, "{separator}{}", learner_json(&stored.learner))?;
            count += 1;
        }
    }
    writeln!(out, "\n]")?;
    Ok(count)
}
