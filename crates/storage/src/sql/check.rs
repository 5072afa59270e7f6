//! Verifies a whole store: the database's own check, then every learner's log and rows, then the
//! seals.

use cairn_core::LearnerId;

use super::row::{self, HeadRow};
use super::{Columns, Session, Trouble, Value, edition, seal, statement};
use crate::verify::{Evidence, Flaw, examine};
use crate::{EditionHash, FlawKind, StoreError, Verification, hex};

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

    /// What is wrong with a few records; see [`crate::Store::glance`].
    pub(crate) fn glance(&self, learners: u8) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        if let Err(trouble) = glance(self, learners, &mut verification) {
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
    while let Some(last) = verify_page(session, (&after, PAGE_LEARNERS), editions, verification)? {
        after = last;
    }
    Ok(())
}

/// Learner keys are uniform, so equal steps through them meet everybody alike.
fn glance(session: &Session<'_>, learners: u8, verification: &mut Verification) -> Result<(), Trouble> {
    let editions: Vec<_> = edition::all(session)?.iter().map(|edition| edition.hash).collect();
    let mut last = Vec::new();
    for step in 0..learners {
        let first = u16::from(step) * 256 / u16::from(learners);
        let start = vec![u8::try_from(first).expect("below 256")];
        let after = last.clone().max(start);
        match verify_page(session, (&after, 1), &editions, verification)? {
            Some(key) => last = key,
            None => break,
        }
    }
    Ok(())
}

/// Verifies the next learners after a key; the key of the last of them.
fn verify_page(
    session: &Session<'_>,
    (after, learners): (&[u8], i64),
    editions: &[EditionHash],
    verification: &mut Verification,
) -> Result<Option<Vec<u8>>, Trouble> {
    // The key is read on its own, so that a damaged row does not hide the ones after it.
    let values = [Value::Bytes(after), learners.into()];
    let read = |row: &dyn Columns| Ok((row.bytes(0)?.to_vec(), row::head(row)));
    let heads = session.driver.rows(statement::HEADS_AFTER, &values, read)?;
    let last = heads.last().map(|(key, _)| key.clone());
    for (key, head) in heads {
        verification.learners += 1;
        match head {
            Ok(head) => verify_learner(session, &head, editions, verification)?,
            Err(trouble) => note(trouble, hex(&key), verification)?,
        }
    }
    Ok(last)
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
        let is_note = event.kind.is_note();
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
