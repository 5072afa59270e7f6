//! What can happen to a record, as facts.

use cairn_core::{Attestation, Holding, LearnerId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::shape::{self, AttestationShape, HoldingShape};
use crate::value;
use crate::{EventId, EventKind, key};

/// One fact. The log keeps it as its kind and a canonical JSON payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    Registered { id: LearnerId, name: Option<String> },
    Renamed { name: String },
    Awarded(Box<Holding>),
    Attested(Attestation),
    Revoked { holding: u32 },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisteredShape {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RenamedShape {
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RevokedShape {
    holding: u32,
}

impl Fact {
    pub(crate) fn kind(&self) -> EventKind {
        match self {
            Fact::Registered { .. } => EventKind::Registered,
            Fact::Renamed { .. } => EventKind::Renamed,
            Fact::Awarded(_) => EventKind::Awarded,
            Fact::Attested(_) => EventKind::Attested,
            Fact::Revoked { .. } => EventKind::Revoked,
        }
    }

    pub(crate) fn payload(&self) -> String {
        match self {
            Fact::Registered { id, name } => {
                shape::text(&RegisteredShape { id: id.to_string(), name: name.clone() })
            }
            Fact::Renamed { name } => shape::text(&RenamedShape { name: name.clone() }),
            Fact::Awarded(holding) => shape::text(&HoldingShape::of(holding)),
            Fact::Attested(attestation) => shape::text(&AttestationShape::of(attestation)),
            Fact::Revoked { holding } => shape::text(&RevokedShape { holding: *holding }),
        }
    }

    /// The fact that an event carries, or `None` if it carries none that can be understood.
    pub(crate) fn read(kind: EventKind, payload: &str) -> Option<Fact> {
        let mut complaints = Vec::new();
        match kind {
            EventKind::Registered => {
                let shape: RegisteredShape = parse(payload)?;
                Some(Fact::Registered { id: shape.id.parse().ok()?, name: shape.name })
            }
            EventKind::Renamed => {
                parse(payload).map(|shape: RenamedShape| Fact::Renamed { name: shape.name })
            }
            EventKind::Awarded => {
                let holding = parse::<HoldingShape>(payload)?.read(&mut complaints)?;
                Some(Fact::Awarded(Box::new(holding)))
            }
            EventKind::Attested => {
                parse::<AttestationShape>(payload)?.read(&mut complaints).map(Fact::Attested)
            }
            EventKind::Revoked => {
                parse(payload).map(|shape: RevokedShape| Fact::Revoked { holding: shape.holding })
            }
        }
    }

    /// The event's id: equal facts are one event. Only a name may come back after another one,
    /// so its place in the log takes part.
    pub(crate) fn event_id(&self, payload: &str, seq: u64) -> EventId {
        let place = if matches!(self, Fact::Renamed { .. }) { seq } else { 0 };
        key::event_id(self.kind(), payload, place)
    }
}

/// The name of the first part of an addition that could not be read back.
pub(crate) fn unstorable(additions: &cairn_core::Learner) -> Option<&'static str> {
    let name = long(additions.name.as_deref()).then_some("name");
    let holdings = additions.holdings.iter().find_map(unstorable_holding);
    let attestations = additions.attestations.iter().find_map(unstorable_attestation);
    name.or(holdings).or(attestations)
}

fn unstorable_holding(holding: &Holding) -> Option<&'static str> {
    let attribute = |(name, values): (&String, &Vec<cairn_core::Scalar>)| {
        value::attribute_name(name).is_err() || values.iter().any(unstorable_scalar)
    };
    [
        ("grade", outside(holding.grade)),
        ("credits", outside(holding.credits)),
        ("issuer", long(holding.issuer.as_deref())),
        ("evidence", long(holding.evidence.as_deref())),
        ("attributes", holding.attributes.iter().any(attribute)),
    ]
    .into_iter()
    .find_map(|(field, bad)| bad.then_some(field))
}

fn unstorable_attestation(attestation: &Attestation) -> Option<&'static str> {
    [("amount", outside(Some(attestation.amount))), ("evidence", long(attestation.evidence.as_deref()))]
        .into_iter()
        .find_map(|(field, bad)| bad.then_some(field))
}

fn unstorable_scalar(scalar: &cairn_core::Scalar) -> bool {
    match scalar {
        cairn_core::Scalar::Flag(_) => false,
        cairn_core::Scalar::Number(amount) => outside(Some(*amount)),
        cairn_core::Scalar::Text(text) => long(Some(text)),
    }
}

fn outside(amount: Option<cairn_core::Amount>) -> bool {
    let most = cairn_core::quantity::AMOUNT_MAX * 1000 + 999;
    amount.is_some_and(|amount| !(0..=most).contains(&amount.thousandths()))
}

fn long(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.len() > value::TEXT_BYTES_MAX)
}

fn parse<T: DeserializeOwned>(payload: &str) -> Option<T> {
    serde_json::from_str(payload).ok()
}
