//! Rows as facts and facts as rows.

use std::collections::BTreeMap;

use cairn_core::{Amount, Attestation, Attributes, CredentialId, Date, Holding, Source, State};
use jiff::Span;
use rusqlite::{Row, params};

use super::failure::Trouble;
use super::statement;
use crate::key::{LearnerKey, PAYLOAD_VERSION};
use crate::record::Head;
use crate::shape::{self, AttributesShape};
use crate::{Event, EventId, EventKind, FlawKind};

const UNREADABLE: Trouble = Trouble::Flaw(FlawKind::RowUnreadable);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The first row of a record.
pub(super) struct HeadRow {
    pub(super) key: LearnerKey,
    pub(super) external_id: String,
    pub(super) name: Option<String>,
    pub(super) head: Head,
}

pub(super) fn head(row: &Row<'_>) -> Result<HeadRow, Trouble> {
    let head = Head {
        seq: number(row.get(3)?)?,
        hash: row.get(4)?,
        state_hash: row.get(5)?,
        updated_at: row.get(6)?,
    };
    Ok(HeadRow { key: LearnerKey(row.get(0)?), external_id: row.get(1)?, name: row.get(2)?, head })
}

pub(super) fn event(row: &Row<'_>) -> Result<Event, Trouble> {
    let kind: String = row.get(2)?;
    let version: i64 = row.get(3)?;
    if version != PAYLOAD_VERSION {
        return Err(Trouble::Flaw(FlawKind::EventUnreadable));
    }
    Ok(Event {
        seq: number(row.get(0)?)?,
        id: EventId(row.get(1)?),
        kind: EventKind::from_word(&kind).ok_or(Trouble::Flaw(FlawKind::EventUnreadable))?,
        recorded_at: row.get(4)?,
        actor: row.get(5)?,
        reason: row.get(6)?,
        payload: row.get(7)?,
        hash: row.get(8)?,
    })
}

/// A holding with its number and its last event.
pub(super) fn holding(row: &Row<'_>) -> Result<(u64, Holding, u64), Trouble> {
    let text = |place: usize| row.get::<_, String>(place);
    let holding = Holding {
        credential: text(1)?.parse().map_err(|_| UNREADABLE)?,
        awarded: day(row.get(2)?)?,
        expires: day(row.get(3)?)?,
        grade: row.get::<_, Option<i64>>(4)?.map(Amount::from_thousandths),
        credits: row.get::<_, Option<i64>>(5)?.map(Amount::from_thousandths),
        issuer: row.get(6)?,
        source: Source::from_word(&text(7)?).ok_or(UNREADABLE)?,
        state: State::from_word(&text(8)?).ok_or(UNREADABLE)?,
        evidence: row.get(9)?,
        attributes: attributes(&text(10)?)?,
        components: components(row.get(11)?)?,
    };
    Ok((number(row.get(0)?)?, holding, number(row.get(12)?)?))
}

/// An attestation with its number and its event.
pub(super) fn attestation(row: &Row<'_>) -> Result<(u64, Attestation, u64), Trouble> {
    let key: String = row.get(1)?;
    let attestation = Attestation {
        key: key.parse().map_err(|_| UNREADABLE)?,
        amount: Amount::from_thousandths(row.get(2)?),
        on: day(row.get(3)?)?,
        evidence: row.get(4)?,
    };
    Ok((number(row.get(0)?)?, attestation, number(row.get(5)?)?))
}

pub(super) fn save_event(
    connection: &rusqlite::Connection,
    learner: LearnerKey,
    event: &Event,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(statement::INSERT_EVENT)?;
    let seq = integer(event.seq);
    insert.execute(params![
        learner.0,
        seq,
        event.id.0,
        event.kind.word(),
        PAYLOAD_VERSION,
        event.recorded_at,
        event.actor,
        event.reason,
        event.payload,
        event.hash,
    ])?;
    Ok(())
}

pub(super) fn save_holding(
    connection: &rusqlite::Connection,
    learner: LearnerKey,
    (place, holding, seq): (usize, &Holding, u64),
) -> rusqlite::Result<()> {
    let mut save = connection.prepare_cached(statement::SAVE_HOLDING)?;
    save.execute(params![
        learner.0,
        integer(place as u64 + 1),
        holding.credential.as_str(),
        holding.awarded.map(days),
        holding.expires.map(days),
        holding.grade.map(Amount::thousandths),
        holding.credits.map(Amount::thousandths),
        holding.issuer,
        holding.source.word(),
        holding.state.word(),
        holding.evidence,
        shape::text(&AttributesShape::of(&holding.attributes)),
        (!holding.components.is_empty()).then(|| shape::text(&shape::component_names(&holding.components))),
        integer(seq),
    ])?;
    Ok(())
}

pub(super) fn save_attestation(
    connection: &rusqlite::Connection,
    learner: LearnerKey,
    (place, attestation, seq): (usize, &Attestation, u64),
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(statement::INSERT_ATTESTATION)?;
    insert.execute(params![
        learner.0,
        integer(place as u64 + 1),
        attestation.key.as_str(),
        attestation.amount.thousandths(),
        attestation.on.map(days),
        attestation.evidence,
        integer(seq),
    ])?;
    Ok(())
}

/// A count as a column keeps it.
pub(super) fn integer(count: u64) -> i64 {
    i64::try_from(count).expect("counts of rows stay far below 2^63")
}

fn number(column: i64) -> Result<u64, Trouble> {
    u64::try_from(column).map_err(|_| UNREADABLE)
}

fn components(json: Option<String>) -> Result<BTreeMap<CredentialId, u32>, Trouble> {
    json.map_or(Ok(BTreeMap::new()), |json| shape::components(&json).ok_or(UNREADABLE))
}

fn attributes(json: &str) -> Result<Attributes, Trouble> {
    let shape: AttributesShape = serde_json::from_str(json).map_err(|_| UNREADABLE)?;
    shape.read(&mut Vec::new()).ok_or(UNREADABLE)
}

/// Days since 1970-01-01.
fn days(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

fn day(days: Option<i64>) -> Result<Option<Date>, Trouble> {
    let Some(days) = days else { return Ok(None) };
    let span = Span::new().try_days(days).map_err(|_| UNREADABLE)?;
    EPOCH.checked_add(span).map(Some).map_err(|_| UNREADABLE)
}
