//! Verifies a whole store: the database's own check, then every learner's log and rows, then the
//! seals.

use cairn_core::LearnerId;

use super::row::{self, HeadRow};
use super::{Columns, Session, Trouble, Value, edition, seal, statement};
use crate::verify::{Evidence, Flaw, examine};
use crate::{EditionHash, EventKind, FlawKind, StoreError, Verification, hex};

/// How many learners are looked at together.
const PAGE_LEARNERS: i64 = 256;

impl Session<'_> {
    /// Everything that is wrong with the store.
    pub(crate) fn verify(&self) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        if !self.driver.is_sound()? {
            verification.report(Flaw { learner: None, seq: None, kind: FlawKind::DatabaseDamaged });
        }
        let whole = edition::verify(self, &mut verification)
            .and_then(|editions| verify_learners(self, &editions, &mut verification))
            .and_then(|()| find_orphans(self, &mut verification))
            .and_then(|()| seal::verify(self, &mut verification));
        if let Err(trouble) = whole {
            report_trouble(trouble, &mut verification)?;
        }
        Ok(verification)
    }
}

fn verify_learners(
    session: &Session<'_>,
    editions: &[EditionHash],
    verification: &mut Verification,
) -> Result<(), Trouble> {
    let mut after = Vec::new();
    loop {
        // The key is read on its own, so that a damaged row does not hide the ones after it.
        let values = [Value::Bytes(&after), PAGE_LEARNERS.into()];
        let read = |row: &dyn Columns| Ok((row.bytes(0)?, row::head(row)));
        let heads = session.driver.rows(statement::HEADS_AFTER, &values, read)?;
        let Some((last, _)) = heads.last() else { return Ok(()) };
        after.clone_from(last);
        for (key, head) in heads {
            verification.learners += 1;
            match head {
                Ok(head) => verify_learner(session, &head, editions, verification)?,
                Err(trouble) => note(trouble, hex(&key), verification)?,
            }
        }
    }
}

fn verify_learner(
    session: &Session<'_>,
    head: &HeadRow,
    editions: &[EditionHash],
    verification: &mut Verification,
) -> Result<(), Trouble> {
    let learner = head.external_id.clone();
    let events = match session.events_of(head.key) {
        Ok(events) => events,
        Err(trouble) => return note(trouble, learner, verification),
    };
    verification.events += events.len() as u64;
    let id = learner.parse::<LearnerId>();
    if id.is_ok_and(|id| session.key.learner(&id) != head.key) {
        note(Trouble::Flaw(FlawKind::KeyDiffers), learner.clone(), verification)?;
    }
    let projection = match session.projection(head) {
        Ok(projection) => Some(projection),
        Err(trouble) => {
            note(trouble, learner.clone(), verification)?;
            None
        }
    };
    let evidence =
        Evidence { key: head.key, head: head.head, events: &events, projection: projection.as_ref() };
    for event in &events {
        // Only they name one, and reading every fact twice would be felt.
        let is_note = matches!(event.kind, EventKind::Entered | EventKind::Audited);
        let edition = is_note.then(|| event.fact()).flatten().and_then(|fact| fact.edition());
        if edition.is_some_and(|edition| !editions.contains(&edition)) {
            let kind = FlawKind::EditionMissing;
            verification.report(Flaw { learner: Some(learner.clone()), seq: Some(event.seq), kind });
        }
    }
    for (seq, kind) in examine(&evidence) {
        verification.report(Flaw { learner: Some(learner.clone()), seq, kind });
    }
    Ok(())
}

fn find_orphans(session: &Session<'_>, verification: &mut Verification) -> Result<(), Trouble> {
    let orphans = session.driver.rows(statement::ORPHANS, &[], |row| row.integer(0))?;
    if orphans != [0] {
        verification.report(Flaw { learner: None, seq: None, kind: FlawKind::Orphans });
    }
    Ok(())
}

/// Notes what is wrong with one learner; a failure of the whole database goes on.
fn note(trouble: Trouble, learner: String, verification: &mut Verification) -> Result<(), Trouble> {
    let Trouble::Flaw(kind) = trouble else { return Err(trouble) };
    verification.report(Flaw { learner: Some(learner), seq: None, kind });
    Ok(())
}

/// Damage is what was asked about; any other failure ends the verification.
fn report_trouble(trouble: Trouble, verification: &mut Verification) -> Result<(), StoreError> {
    let kind = match trouble {
        Trouble::Flaw(kind) => kind,
        Trouble::Store(StoreError::Damaged { .. }) => FlawKind::DatabaseDamaged,
        Trouble::Store(error) => return Err(error),
    };
    verification.report(Flaw { learner: None, seq: None, kind });
    Ok(())
}
