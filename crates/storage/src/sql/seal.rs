//! Seals as rows.

use super::{Session, Trouble, Value, statement};
use crate::key::LearnerKey;
use crate::seal::{Seal, SealHash, Sealing};
use crate::verify::Flaw;
use crate::{Context, FlawKind, Verification, hex};

/// Seals everything that the store holds now.
pub(crate) fn seal(session: &Session<'_>, context: &Context) -> Result<Seal, Trouble> {
    let seals = all(session)?;
    let before = seals.last();
    let mut seal = Seal::after(before, context);
    session.driver.execute(statement::SEAL_HEADS, &[Value::count(seal.number)])?;
    (seal.heads, seal.hash) = heads_of(session, seal.number)?.close(before, &seal);
    let values = [
        Value::count(seal.number),
        seal.sealed_at.into(),
        seal.actor.as_str().into(),
        seal.reason.as_str().into(),
        Value::count(seal.heads),
        Value::from(&seal.hash.0),
    ];
    session.driver.execute(statement::INSERT_SEAL, &values)?;
    Ok(seal)
}

/// All seals, the oldest first.
pub(crate) fn all(session: &Session<'_>) -> Result<Vec<Seal>, Trouble> {
    session.driver.rows(statement::SEALS, &[], |row| {
        Ok(Seal {
            number: row.number(0)?,
            sealed_at: row.integer(1)?,
            actor: row.text(2)?.to_owned(),
            reason: row.text(3)?.to_owned(),
            heads: row.number(4)?,
            hash: SealHash(row.array(5)?),
        })
    })
}

/// Computes every seal anew, and looks for the sealed heads in the logs.
pub(crate) fn verify(session: &Session<'_>, verification: &mut Verification) -> Result<(), Trouble> {
    let seals = all(session)?;
    let mut before = None;
    for (number, seal) in (1..).zip(&seals) {
        let computed = heads_of(session, seal.number)?.close(before, seal);
        if seal.number != number || computed != (seal.heads, seal.hash) {
            let kind = FlawKind::SealDiffers(seal.number);
            verification.report(Flaw { learner: None, seq: None, kind });
        }
        before = Some(seal);
    }
    let lost = session.driver.rows(statement::LOST_HEADS, &[], |row| {
        let learner = match row.optional_text(0)? {
            Some(id) => id.to_owned(),
            None => hex(row.bytes(1)?),
        };
        Ok(Flaw { learner: Some(learner), seq: Some(row.number(2)?), kind: FlawKind::SealedEventDiffers })
    })?;
    lost.into_iter().for_each(|flaw| verification.report(flaw));
    verification.seals = seals.into_iter().map(|seal| seal.hash).collect();
    Ok(())
}

fn heads_of(session: &Session<'_>, number: u64) -> Result<Sealing, Trouble> {
    let mut sealing = Sealing::new();
    session.driver.each(statement::SEALED_HEADS, &[Value::count(number)], &mut |row| {
        sealing.head(LearnerKey(row.array(0)?), row.number(1)?, &row.array(2)?);
        Ok(())
    })?;
    Ok(sealing)
}
