//! Verifies a whole file: the database's own check, then every learner's log and rows.

use cairn_core::LearnerId;
use rusqlite::params;

use super::failure::{InFile, Trouble};
use super::row::{self, HeadRow};
use super::session::Session;
use super::statement;
use crate::verify::{Evidence, Flaw, examine};
use crate::{FlawKind, StoreError, Verification};

/// How many learners are looked at together.
const PAGE_LEARNERS: u32 = 256;

pub(super) fn verify(session: &Session<'_>) -> Result<Verification, StoreError> {
    let mut verification = Verification::default();
    if !database_is_sound(session)? {
        verification.report(Flaw { learner: None, seq: None, kind: FlawKind::DatabaseDamaged });
    }
    let whole =
        verify_learners(session, &mut verification).and_then(|()| find_orphans(session, &mut verification));
    if let Err(trouble) = whole {
        report_trouble(session, trouble, &mut verification)?;
    }
    Ok(verification)
}

fn database_is_sound(session: &Session<'_>) -> Result<bool, StoreError> {
    let answer = session.rows("PRAGMA integrity_check(1)", [], |row| Ok(row.get::<_, String>(0)?));
    match answer {
        Ok(lines) => Ok(lines == ["ok"]),
        Err(Trouble::Flaw(_)) => Ok(false),
        Err(trouble) => match trouble.of("", session.path) {
            StoreError::Damaged { .. } => Ok(false),
            error => Err(error),
        },
    }
}

fn verify_learners(session: &Session<'_>, verification: &mut Verification) -> Result<(), Trouble> {
    let mut after = Vec::new();
    loop {
        // The key is read on its own, so that a damaged row does not hide the ones after it.
        let heads = session.rows(statement::HEADS_AFTER, params![after, PAGE_LEARNERS], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row::head(row)))
        })?;
        let Some((last, _)) = heads.last() else { return Ok(()) };
        after.clone_from(last);
        for (key, head) in heads {
            verification.learners += 1;
            match head {
                Ok(head) => verify_learner(session, &head, verification)?,
                Err(trouble) => {
                    let learner = key.iter().map(|byte| format_byte(*byte)).collect();
                    note(trouble, learner, verification)?;
                }
            }
        }
    }
}

fn verify_learner(
    session: &Session<'_>,
    head: &HeadRow,
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
    for (seq, kind) in examine(&evidence) {
        verification.report(Flaw { learner: Some(learner.clone()), seq, kind });
    }
    Ok(())
}

fn find_orphans(session: &Session<'_>, verification: &mut Verification) -> Result<(), Trouble> {
    let orphans = session.rows(statement::ORPHANS, [], |row| Ok(row.get::<_, i64>(0)?))?;
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
fn report_trouble(
    session: &Session<'_>,
    trouble: Trouble,
    verification: &mut Verification,
) -> Result<(), StoreError> {
    let kind = match trouble {
        Trouble::Flaw(kind) => kind,
        Trouble::Database(error) => match Err::<(), _>(error).in_file(session.path) {
            Err(StoreError::Damaged { .. }) => FlawKind::DatabaseDamaged,
            other => return other,
        },
    };
    verification.report(Flaw { learner: None, seq: None, kind });
    Ok(())
}

fn format_byte(byte: u8) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('?');
    [digit(byte >> 4), digit(byte & 15)].iter().collect()
}
