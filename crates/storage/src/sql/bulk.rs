//! Adding many records in one transaction.

use std::collections::BTreeMap;

use cairn_core::Learner;

use super::Session;
use crate::key::LearnerKey;
use crate::store::Records;
use crate::{Context, Recorded, StoreError};

/// How many facts are gathered before they are written.
///
/// Rows that arrive in the order of the database's keys are written several times faster than
/// scattered ones, so as many as fit comfortably into memory (some 150 MB) are sorted first.
const BATCH_FACTS: usize = 250_000;

/// Additions, by learner and in the order in which they came.
type Batch = BTreeMap<LearnerKey, Vec<Learner>>;

/// Adds everything; `None` if the records end in their abandonment.
pub(crate) fn add_all(
    session: &Session<'_>,
    records: &mut Records<'_>,
    context: &Context,
) -> Result<Option<Recorded>, StoreError> {
    let (mut recorded, mut batch, mut facts) = (Recorded::default(), Batch::new(), 0);
    for record in records {
        let Ok(additions) = record else { return Ok(None) };
        facts += 1 + additions.holdings.len() + additions.attestations.len();
        batch.entry(session.key.learner(&additions.id)).or_default().push(additions);
        if facts >= BATCH_FACTS {
            write(session, std::mem::take(&mut batch), context, &mut recorded)?;
            facts = 0;
        }
    }
    write(session, batch, context, &mut recorded)?;
    Ok(Some(recorded))
}

fn write(
    session: &Session<'_>,
    batch: Batch,
    context: &Context,
    recorded: &mut Recorded,
) -> Result<(), StoreError> {
    for additions in batch.into_values() {
        let Some(first) = additions.first() else { continue };
        let mut record = session.record_or_empty(&first.id)?;
        for addition in &additions {
            record.add(addition, context, recorded)?;
        }
        session.save(&first.id, &mut record)?;
    }
    Ok(())
}
