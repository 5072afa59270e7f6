//! Rows as facts and facts as rows.

use std::collections::BTreeMap;

use cairn_core::{
    Amount, Attestation, Attributes, CredentialId, Date, Holding, Learner, SchemeId, Source, State,
};
use jiff::Span;

use super::{Columns, Driver, Trouble, Value, statement};
use crate::key::{LearnerKey, PAYLOAD_VERSION};
use crate::record::Head;
use crate::shape::{self, AttributesShape};
use crate::{Event, EventId, EventKind, FlawKind};

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The first row of a record.
pub(crate) struct HeadRow {
    pub(crate) key: LearnerKey,
    pub(crate) external_id: String,
    pub(crate) name: Option<String>,
    pub(crate) head: Head,
}

pub(crate) fn head(row: &dyn Columns) -> Result<HeadRow, Trouble> {
    let head = Head {
        seq: row.number(3)?,
        hash: row.array(4)?,
        state_hash: row.array(5)?,
        updated_at: row.integer(6)?,
    };
    let key = LearnerKey(row.array(0)?);
    Ok(HeadRow {
        key,
        external_id: row.text(1)?.to_owned(),
        name: row.optional_text(2)?.map(str::to_owned),
        head,
    })
}

pub(crate) fn event(row: &dyn Columns) -> Result<Event, Trouble> {
    if row.integer(3)? != PAYLOAD_VERSION {
        return Err(Trouble::Flaw(FlawKind::EventUnreadable));
    }
    Ok(Event {
        seq: row.number(0)?,
        id: EventId(row.array(1)?),
        kind: EventKind::from_word(row.text(2)?).ok_or(Trouble::Flaw(FlawKind::EventUnreadable))?,
        recorded_at: row.integer(4)?,
        actor: row.text(5)?.to_owned(),
        reason: row.text(6)?.to_owned(),
        payload: row.text(7)?.to_owned(),
        hash: row.array(8)?,
    })
}

/// A holding with its number and its last event.
pub(crate) fn holding(row: &dyn Columns) -> Result<(u64, Holding, u64), Trouble> {
    let holding = Holding {
        credential: row.text(1)?.parse().map_err(|_| Trouble::UNREADABLE)?,
        awarded: day(row.optional_integer(2)?)?,
        expires: day(row.optional_integer(3)?)?,
        grade: row.optional_integer(4)?.map(Amount::from_thousandths),
        credits: row.optional_integer(5)?.map(Amount::from_thousandths),
        scheme: scheme(row.optional_text(13)?)?,
        issuer: row.optional_text(6)?.map(str::to_owned),
        source: Source::from_word(row.text(7)?).ok_or(Trouble::UNREADABLE)?,
        state: State::from_word(row.text(8)?).ok_or(Trouble::UNREADABLE)?,
        evidence: row.optional_text(9)?.map(str::to_owned),
        attributes: attributes(row.text(10)?)?,
        components: components(row.optional_text(11)?)?,
    };
    Ok((row.number(0)?, holding, row.number(12)?))
}

/// An attestation with its number and its event.
pub(crate) fn attestation(row: &dyn Columns) -> Result<(u64, Attestation, u64), Trouble> {
    let attestation = Attestation {
        key: row.text(1)?.parse().map_err(|_| Trouble::UNREADABLE)?,
        amount: Amount::from_thousandths(row.integer(2)?),
        on: day(row.optional_integer(3)?)?,
        evidence: row.optional_text(4)?.map(str::to_owned),
    };
    Ok((row.number(0)?, attestation, row.number(5)?))
}

pub(crate) fn save_head(
    driver: &dyn Driver,
    key: LearnerKey,
    learner: &Learner,
    head: &Head,
) -> Result<(), Trouble> {
    let values = [
        Value::from(&key.0),
        learner.id.as_str().into(),
        learner.name.as_deref().into(),
        Value::count(head.seq),
        Value::from(&head.hash),
        Value::from(&head.state_hash),
        head.updated_at.into(),
    ];
    driver.execute(statement::SAVE_HEAD, &values).map(drop)
}

pub(crate) fn save_event(driver: &dyn Driver, learner: LearnerKey, event: &Event) -> Result<(), Trouble> {
    let values = [
        Value::from(&learner.0),
        Value::count(event.seq),
        Value::from(&event.id.0),
        event.kind.word().into(),
        PAYLOAD_VERSION.into(),
        event.recorded_at.into(),
        event.actor.as_str().into(),
        event.reason.as_str().into(),
        event.payload.as_str().into(),
        Value::from(&event.hash),
    ];
    driver.execute(statement::INSERT_EVENT, &values).map(drop)
}

pub(crate) fn save_holding(
    driver: &dyn Driver,
    learner: LearnerKey,
    (place, holding, seq): (usize, &Holding, u64),
) -> Result<(), Trouble> {
    let attributes = shape::text(&AttributesShape::of(&holding.attributes));
    let is_composed = !holding.components.is_empty();
    let components = is_composed.then(|| shape::text(&shape::component_names(&holding.components)));
    let values = [
        Value::from(&learner.0),
        Value::count(place as u64 + 1),
        holding.credential.as_str().into(),
        holding.awarded.map(days).into(),
        holding.expires.map(days).into(),
        holding.grade.map(Amount::thousandths).into(),
        holding.credits.map(Amount::thousandths).into(),
        holding.issuer.as_deref().into(),
        holding.source.word().into(),
        holding.state.word().into(),
        holding.evidence.as_deref().into(),
        attributes.as_str().into(),
        components.as_deref().into(),
        Value::count(seq),
        holding.scheme.as_ref().map(SchemeId::as_str).into(),
    ];
    driver.execute(statement::SAVE_HOLDING, &values).map(drop)
}

pub(crate) fn save_attestation(
    driver: &dyn Driver,
    learner: LearnerKey,
    (place, attestation, seq): (usize, &Attestation, u64),
) -> Result<(), Trouble> {
    let values = [
        Value::from(&learner.0),
        Value::count(place as u64 + 1),
        attestation.key.as_str().into(),
        attestation.amount.thousandths().into(),
        attestation.on.map(days).into(),
        attestation.evidence.as_deref().into(),
        Value::count(seq),
    ];
    driver.execute(statement::INSERT_ATTESTATION, &values).map(drop)
}

fn scheme(id: Option<&str>) -> Result<Option<SchemeId>, Trouble> {
    id.map(|id| id.parse().map_err(|_| Trouble::UNREADABLE)).transpose()
}

fn components(json: Option<&str>) -> Result<BTreeMap<CredentialId, u32>, Trouble> {
    json.map_or(Ok(BTreeMap::new()), |json| shape::components(json).ok_or(Trouble::UNREADABLE))
}

fn attributes(json: &str) -> Result<Attributes, Trouble> {
    let shape: AttributesShape = serde_json::from_str(json).map_err(|_| Trouble::UNREADABLE)?;
    shape.read(&mut Vec::new()).ok_or(Trouble::UNREADABLE)
}

/// Days since 1970-01-01.
pub(crate) fn days(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// The day that is so many days after 1970-01-01.
pub(crate) fn date(days: i64) -> Result<Date, Trouble> {
    day(Some(days))?.ok_or(Trouble::UNREADABLE)
}

fn day(days: Option<i64>) -> Result<Option<Date>, Trouble> {
    let Some(days) = days else { return Ok(None) };
    let span = Span::new().try_days(days).map_err(|_| Trouble::UNREADABLE)?;
    EPOCH.checked_add(span).map(Some).map_err(|_| Trouble::UNREADABLE)
}
