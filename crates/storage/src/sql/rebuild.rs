//! Makes everything that can be derived from the logs anew.

use cairn_core::LearnerId;

use super::{Session, Trouble, Value, statement};
use crate::key::LearnerKey;
use crate::record::{Head, replay};
use crate::verify::{Evidence, broken_link, examine};
use crate::{Event, FlawKind, Rebuilt, StoreError, hex};

/// How many learners are looked at together.
const PAGE_LEARNERS: i64 = 256;

pub(crate) fn rebuild(session: &Session<'_>) -> Result<Rebuilt, StoreError> {
    let mut rebuilt = Rebuilt::default();
    let mut after = Vec::new();
    loop {
        let values = [Value::Bytes(&after), PAGE_LEARNERS.into()];
        let keys = session
            .whole(session.driver.rows(statement::LOGS_AFTER, &values, |row| Ok(row.bytes(0)?.to_vec())))?;
        let Some(last) = keys.last() else { break };
        after.clone_from(last);
        for key in keys {
            let name = hex(&key);
            rebuild_learner(session, key, &mut rebuilt)
                .map_err(|trouble| trouble.about(&name, session.driver.place()))?;
        }
    }
    session.whole(remove_orphans(session, &mut rebuilt))?;
    Ok(rebuilt)
}

fn rebuild_learner(session: &Session<'_>, key: Vec<u8>, rebuilt: &mut Rebuilt) -> Result<(), Trouble> {
    let key = LearnerKey(key.try_into().map_err(|_| Trouble::UNREADABLE)?);
    let events = session.events_of(key)?;
    if let Some((_, flaw)) = broken_link(key, &events) {
        return Err(Trouble::Flaw(flaw));
    }
    let replayed = replay(&events, None);
    let (Ok(Some(projection)), Some(last)) = (replayed, events.last()) else {
        return Err(Trouble::Flaw(FlawKind::EventUnreadable));
    };
    if session.key.learner(&projection.learner.id) != key {
        return Err(Trouble::Flaw(FlawKind::KeyDiffers));
    }
    rebuilt.learners += 1;
    rebuilt.events += events.len() as u64;
    rebuilt.mended += u64::from(!is_sound(session, key, &events, &projection.learner.id)?);
    session.driver.execute(statement::DELETE_HOLDINGS, &[Value::from(&key.0)])?;
    session.driver.execute(statement::DELETE_ATTESTATIONS, &[Value::from(&key.0)])?;
    session.driver.execute(statement::DELETE_HEAD, &[Value::from(&key.0)])?;
    session.save_projection(key, &projection, &Head::after(last, &projection), 0)
}

/// Whether the rows are what the log says; a head that knows of more events is not to be mended.
fn is_sound(
    session: &Session<'_>,
    key: LearnerKey,
    events: &[Event],
    id: &LearnerId,
) -> Result<bool, Trouble> {
    let head = match session.head_of(key) {
        Ok(Some(head)) => head,
        Ok(None) | Err(Trouble::Flaw(_)) => return Ok(false),
        Err(trouble) => return Err(trouble),
    };
    if head.head.seq > events.len() as u64 {
        return Err(Trouble::Flaw(FlawKind::EventMissing));
    }
    let projection = match session.projection(&head) {
        Ok(projection) => Some(projection),
        Err(Trouble::Flaw(_)) => None,
        Err(trouble) => return Err(trouble),
    };
    let evidence = Evidence { key, head: head.head, events, projection: projection.as_ref() };
    Ok(head.external_id == id.as_str() && examine(&evidence).is_empty())
}

/// Rows of nobody: a head whose whole log is gone is missed, other rows follow from nothing.
fn remove_orphans(session: &Session<'_>, rebuilt: &mut Rebuilt) -> Result<(), Trouble> {
    let lost = session.driver.rows(statement::HEADS_WITHOUT_LOG, &[], |row| Ok(row.text(0)?.to_owned()))?;
    if let Some(learner) = lost.into_iter().next() {
        let flaw = Trouble::Flaw(FlawKind::EventMissing);
        return Err(Trouble::Store(flaw.about(&learner, session.driver.place())));
    }
    for orphans in [statement::DELETE_ORPHANED_HOLDINGS, statement::DELETE_ORPHANED_ATTESTATIONS] {
        rebuilt.orphans += session.driver.execute(orphans, &[])?;
    }
    Ok(())
}
